"""What the program is doing when the fault comes, and what must be in the catalogue then.

A scenario writes documents in a known order, so many in each commit. Whatever happens, a catalogue
must hold a whole number of commits, in order, and no fewer than were acknowledged.
"""

import contextlib
import ctypes
import itertools
import re
import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import copies
import keeping
import program
import verdict
from csw import Csw
from documents import NEW, OLD, collections, item, items
from verdict import content

BATCH = 25
LONG_LOG = 17 << 20  # bytes; after 16 MB it is carried over between two commits


def unpacked(packed):
    """What zstd has packed; Python 3.11 has no module for it."""
    library = ctypes.CDLL("libzstd.so.1")
    library.ZSTD_decompress.restype = ctypes.c_size_t
    out = ctypes.create_string_buffer(1 << 24)
    size = library.ZSTD_decompress(out, ctypes.c_size_t(len(out)), packed,
                                   ctypes.c_size_t(len(packed)))
    if size > len(out):
        raise RuntimeError("cannot be unpacked")
    return out.raw[:size]


@dataclass
class Scenario:
    """One command and what it does to a catalogue. What `Backup` and `Restore` have as well, and \
all that a sweep of faults needs: name, operations, measure, prepare, run, judge."""

    name: str
    command: list
    documents: list  # names, in the order in which they are written
    batch: int       # documents in one commit
    tail: int        # commits after the last document
    beside: tuple = ()
    may_be_absent: bool = False  # before the first commit there is no catalogue
    may_be_older: bool = False   # before the first commit it is of an earlier schema
    variables: dict = field(default_factory=dict)
    csw: Csw = None
    template: Path = None
    # Of the run that nothing disturbs:
    before: dict = None
    after: dict = None
    exported: str = None
    operations: int = 0
    commits: int = 0

    def prepare(self, folder):
        """A folder as it is before the run."""
        shutil.copytree(self.template, folder)
        if self.csw is not None:
            (folder / "terracat.toml").write_text(
                '[[source]]\nname = "csw"\nkind = "csw"\ndelay = 0\nretries = 0\n'
                f'address = "{self.csw.url}/{folder.name}"\nallow_networks = ["127.0.0.0/8"]\n'
                f"[source.options]\npage_size = {self.batch}\n")

    def run(self, fault, folder):
        return program.run_under(fault, folder, *self.command, beside=self.beside,
                                 **self.variables)

    def judge(self, fault, folder, outcome):
        return verdict.of(self, fault, folder, outcome)

    def exports(self, folder):
        what = "records" if self.csw is not None else "stac"
        return program.run(folder, "export", what)

    def measure(self, folder):
        """Runs without a fault and remembers how that was."""
        self.prepare(folder)
        self.before = content(folder) if (folder / program.STORE).exists() else {}
        outcome = self.run(program.NOTHING, folder)
        if outcome.code != 0 or outcome.injected != 0:
            raise RuntimeError(f"{self.name} fails by itself: {outcome}")
        self.after = content(folder)
        self.exported = self.exports(folder).said
        self.operations, self.commits = outcome.operations, outcome.acknowledged
        undone = self.undone()
        if undone or not self.exported:
            raise RuntimeError(f"{self.name} does not do its work: {undone[:3]}")

    def undone(self):
        """Documents that a run without a fault did nothing with."""
        return [name for name in self.documents if name not in self.after]

    def least(self, outcome, folder):
        """Documents that must be there, for what the run acknowledged."""
        writing = -(-len(self.documents) // self.batch) + self.tail
        before = self.commits - writing  # those that make the schema
        least = (outcome.acknowledged - before) * self.batch
        if self.csw is not None:
            # A page is asked for when the last but one before it has been committed.
            least = max(least, self.csw.asked.get("/" + folder.name, 1) - 1 - 2 * self.batch)
        return len(self.documents) if outcome.code == 0 else max(
            0, min(least, len(self.documents)))

    def written(self, found):
        """How many documents of this run a catalogue holds. \
        Returns (number, what is wrong with the rest)."""
        count = 0
        for name in self.documents:
            if name not in found or found[name] != self.after[name]:
                break
            count += 1
        wrong = [name for name in self.documents[count:] if found.get(name) != self.before.get(name)]
        wrong += [name for name in self.before if name not in found]
        return count, wrong


class Sweep(Scenario):
    """A source has lost documents: these are removed, in their order, so many in each commit."""

    def undone(self):
        return [name for name in self.documents if name in self.after]

    def written(self, found):
        count = 0
        while count < len(self.documents) and self.documents[count] not in found:
            count += 1
        gone = set(self.documents[:count])
        if gone:  # the items of the first one are hidden with it, and cleared away later
            gone |= {name for name in self.before if name.startswith("i")}
        wrong = [name for name in self.before
                 if name not in gone and found.get(name) != self.before[name]]
        wrong += [name for name in found if name not in self.before]
        return count, wrong


class Edit(Scenario):
    """What is exported tells when it was corrected, which no two runs agree on."""

    def exports(self, folder):
        done = super().exports(folder)
        done.said = re.sub(r'"\d{4}-\d\d-\d\dT[^"]*Z"', '"a time"', done.said)
        return done


class Scenarios:
    """All of them, prepared in a folder. A context: it ends what it started."""

    def __init__(self, folder):
        self.folder = folder
        self.csw = Csw([f"r{n:04}" for n in range(120)])
        self.all = [self.first_start(), self.imports(), self.replaces(), self.harvests(),
                    self.sweeps(), self.checkpoints(), self.exports(), self.migrates(),
                    self.edits(),
                    *copies.both(folder), keeping.Keep(folder)]
        for scenario in self.all:
            scenario.measure(folder / f"measured-{scenario.name}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.csw.close()

    def make(self, name, kind=Scenario, **fields):
        template = self.folder / f"template-{name}"
        template.mkdir()
        variables = {"TERRACAT_HARVEST_BATCH_SIZE": str(fields["batch"])}
        return kind(name=name, template=template, variables=variables, **fields)

    def make_import(self, name, count, time, **fields):
        scenario = self.make(name, command=["import", "new.ndjson"], batch=BATCH, tail=1,
                             documents=[f"i{n:05}" for n in range(count)], **fields)
        items(scenario.template / "new.ndjson", count, time)
        return scenario

    def fill(self, scenario, count, size=0, time=OLD):
        """Lets the catalogue hold items of old."""
        path = scenario.template / "old.ndjson"
        items(path, count, time, size)
        done = program.run(scenario.template, "import", path.name)
        if done.code != 0:
            raise RuntimeError(done.errors)
        path.unlink()

    def first_start(self):
        return self.make_import("first-start", 50, NEW, may_be_absent=True)

    def imports(self):
        scenario = self.make_import("import", 300, NEW)
        (scenario.template / "other.ndjson").write_text(item("o1", OLD, collection="others"))
        program.run(scenario.template, "import", "other.ndjson")
        return scenario

    def replaces(self):
        scenario = self.make_import("replace", 200, NEW)
        self.fill(scenario, 200)
        return scenario

    def harvests(self):
        scenario = self.make("harvest", command=["--config", "terracat.toml", "harvest", "csw"],
                             documents=self.csw.names, batch=10, tail=1, csw=self.csw)
        scenario.variables = {}
        (scenario.template / "other.ndjson").write_text(item("o1", OLD, collection="others"))
        program.run(scenario.template, "import", "other.ndjson")
        return scenario

    def sweeps(self):
        names = [f"c{n:03}" for n in range(120)]
        gone = names[1::2]
        scenario = self.make("sweep", kind=Sweep, documents=gone, batch=10, tail=2,
                             command=["--config", "terracat.toml", "harvest", "folder"])
        folder = scenario.template
        (folder / "documents").mkdir()
        (folder / "terracat.toml").write_text(
            '[[source]]\nname = "folder"\nkind = "files"\naddress = "documents"\n'
            "grace_days = 0\ngrace_sweeps = 1\nbrake_share = 100\n")
        collections(folder / "documents/all.ndjson", names)
        items(folder / "documents/items.ndjson", 3, OLD, collection=gone[0])
        done = program.run(folder, *scenario.command)
        if done.code != 0:
            raise RuntimeError(done.errors)
        (folder / "documents/items.ndjson").unlink()
        collections(folder / "documents/all.ndjson", [name for name in names if name not in gone])
        return scenario

    def checkpoints(self):
        """A log that is long enough: the next commit has to carry it over into the file."""
        scenario = self.make_import("checkpoint", BATCH, NEW)
        self.fill(scenario, 1)
        log = scenario.template / (program.STORE + "-wal")
        days = itertools.count(1)
        with contextlib.closing(sqlite3.connect(
                f"file:{scenario.template / program.STORE}?mode=ro", uri=True)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM item").fetchone()
            while not log.exists() or log.stat().st_size < LONG_LOG:  # the reader keeps it
                self.fill(scenario, 32, 40_000, f"2001-01-{next(days):02}T00:00:00Z")
        return scenario

    def migrates(self):
        """A file of the first schema goes through each step to the newest, and is written then."""
        scenario = self.make_import("migration", 50, NEW, may_be_older=True)
        packed = (program.ROOT / "test/fixtures/store/schema-1.sqlite.zst").read_bytes()
        (scenario.template / program.STORE).write_bytes(unpacked(packed))
        return scenario

    def edits(self):
        """A correction of what a source says."""
        scenario = self.make("edit", kind=Edit, documents=["c1"], batch=1, tail=0,
                             command=["edit", "c1", "title=Corrected", "--by", "nobody"])
        path = scenario.template / "collections.ndjson"
        collections(path, ["c0", "c1", "c2"])
        done = program.run(scenario.template, "import", path.name)
        if done.code != 0:
            raise RuntimeError(done.errors)
        return scenario

    def exports(self):
        scenario = self.make_import("export", 200, NEW, beside=("export",))
        self.fill(scenario, 200)
        return scenario
