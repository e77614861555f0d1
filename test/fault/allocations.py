"""What `memory.c` counts, refuses and tells, in a file that both map."""

import array
import mmap
import struct
import tempfile

MOST = 1 << 64  # allocations
ROOM = 1_000_000  # allocations whose place can be kept
HEAD = struct.Struct("<5Q")
FRAMES = 8192
COUNT, FIRST, REFUSED = 8, 16, 32  # offsets


class Allocations:
    """A context. `refuse` may be called before the program begins, or while it runs."""

    def __init__(self, folder, keeps_places=False):
        self.file = tempfile.NamedTemporaryFile(dir=folder, prefix="allocations")
        self.file.truncate(HEAD.size + FRAMES + (8 * ROOM if keeps_places else 0))
        self.bytes = mmap.mmap(self.file.fileno(), 0)
        self.variables = {"FAULT_MEMORY": self.file.name}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.bytes.close()
        self.file.close()

    def number(self, offset):
        return struct.unpack_from("<Q", self.bytes, offset)[0]

    def refuse(self, first, is_sticky):
        """The allocation of that number, from 1, and if so each after it."""
        struct.pack_into("<Q", self.bytes, FIRST + 8, MOST - 1 if is_sticky else first)
        struct.pack_into("<Q", self.bytes, FIRST, first)

    def allow(self):
        struct.pack_into("<Q", self.bytes, FIRST, 0)

    @property
    def count(self):
        return self.number(COUNT)

    @property
    def refused(self):
        return self.number(REFUSED)

    def where(self):
        """Who asked for the first that was refused, the innermost first."""
        return self.bytes[HEAD.size:HEAD.size + FRAMES].split(b"\0")[0].decode().split()

    def places(self):
        """The numbers of the allocations of each place."""
        found = array.array("Q", self.bytes[HEAD.size + FRAMES:])
        out = {}
        for at in range(min(self.count, len(found))):
            out.setdefault(found[at], []).append(at + 1)
        return list(out.values())
