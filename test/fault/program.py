"""The real program, run to its end with or without the shim that makes files fail."""

import contextlib
import os
import re
import struct
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from allocations import Allocations

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("TERRACAT_BINARY", str(ROOT / "build/release/terracat"))
FAULTY = os.environ.get("TERRACAT_FAULTY", str(ROOT / "build/release/test/fault/terracat-faulty"))
SHIM = os.environ.get("TERRACAT_FAULT_SHIM", str(ROOT / "build/release/test/fault/fault_shim.so"))
MEMORY = os.environ.get("TERRACAT_FAULT_MEMORY",
                        str(ROOT / "build/release/test/fault/fault_memory.so"))
STORE = "catalogue.sqlite"
PATIENCE = 60  # seconds; a run that takes longer hangs


@dataclass(frozen=True)
class Fault:
    """What goes wrong in a run: at the `at`-th file operation, of the kind `mode`; or at the \
`at`-th pass of a failpoint; or, if that is `memory`, at the `at`-th allocation."""

    mode: str
    at: int
    seed: int = 0
    sticky: bool = False
    lie: bool = False  # syncs say yes and do nothing
    point: str = ""

    def variables(self):
        if self.point:
            return {"TERRACAT_FAILPOINTS": f"{self.point}={self.mode}@{self.at}"}
        return {"FAULT_MODE": self.mode, "FAULT_AT": str(self.at), "FAULT_SEED": str(self.seed),
                "FAULT_STICKY": str(int(self.sticky)), "FAULT_LIE": str(int(self.lie))}

    def __str__(self):
        if self.mode == "memory":
            return f"allocation {self.at} refused" + (" and all after it" if self.sticky else "")
        if self.point:
            return f"{self.point}={self.mode}@{self.at}"
        return (f"{self.mode} at {self.at}" + (" and from then on" if self.sticky else "") +
                (f", seed {self.seed}" if self.mode == "cut" else ""))


NOTHING = Fault("none", 0)
PLACES = Fault("places", 0)  # nothing goes wrong, and the places of all allocations are kept


@dataclass
class Outcome:
    """How a run ended."""

    code: int  # negative: a signal; None: it hung and was killed
    said: str
    errors: str
    operations: int = 0
    acknowledged: int = 0  # commits
    injected: int = 0
    unsaid: int = 0  # of these, those that nobody has to be told of
    where: list = field(default_factory=list)  # functions that were refused memory
    places: list = field(default_factory=list)  # numbers of allocations, place by place
    beside: list = field(default_factory=list)  # outcomes of what ran at the same time


def variables(**more):
    """The variables of the machine without those of terracat and of faults."""
    return {**{name: value for name, value in os.environ.items()
               if not re.match("TERRACAT_|FAULT_|LD_PRELOAD", name)}, **more}


def start(folder, arguments, binary=BINARY, **more):
    return subprocess.Popen([binary, "--store", STORE, *map(str, arguments)], cwd=folder,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, errors="replace",
                            env=variables(**more))


def end(process):
    try:
        said, errors = process.communicate(timeout=PATIENCE)
        return Outcome(process.returncode, said, errors)
    except subprocess.TimeoutExpired:
        process.kill()
        said, errors = process.communicate()
        return Outcome(None, said, errors)


def run(folder, *arguments, **more):
    return end(start(folder, arguments, **more))


@contextlib.contextmanager
def allocations_under(fault, folder):
    """None if memory is not what the fault is about: to count costs."""
    if fault.mode not in ("memory", PLACES.mode):
        yield None
        return
    with Allocations(folder, keeps_places=fault.mode == PLACES.mode) as out:
        out.refuse(fault.at, fault.sticky)
        yield out


def run_under(fault, folder, *arguments, beside=(), attend=None, **more):
    """Runs a command under the shims. `beside` is a command that runs meanwhile, without them; \
`attend` is called with the process, and returns what it has read of its standard error."""
    binary = FAULTY if fault.point else BINARY
    with tempfile.NamedTemporaryFile(dir=folder, prefix="report") as report, \
            allocations_under(fault, folder) as allocations:
        report.truncate(32)
        if allocations:
            more.update(allocations.variables)
        process = start(folder, arguments, binary, FAULT_PATH=STORE, FAULT_REPORT=report.name,
                        LD_PRELOAD=f"{SHIM}:{MEMORY}" if allocations else SHIM,
                        **fault.variables(), **more)
        others = [end(start(folder, beside))] if beside else []
        read = attend(process) if attend else ""
        outcome = end(process)
        outcome.errors = read + outcome.errors
        outcome.beside = others
        (outcome.operations, outcome.acknowledged, outcome.injected,
         outcome.unsaid) = struct.unpack("<QQQQ", Path(report.name).read_bytes())
        if fault.point:
            outcome.injected = int(outcome.code != 0)
        if allocations:
            outcome.injected = allocations.refused
            outcome.where = allocations.where()
            outcome.places = allocations.places() if fault == PLACES else []
        return outcome
