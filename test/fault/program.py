"""The real program, run to its end with or without the shim that makes files fail."""

import os
import re
import struct
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("TERRACAT_BINARY", str(ROOT / "build/release/terracat"))
FAULTY = os.environ.get("TERRACAT_FAULTY", str(ROOT / "build/release/test/fault/terracat-faulty"))
SHIM = os.environ.get("TERRACAT_FAULT_SHIM", str(ROOT / "build/release/test/fault/fault_shim.so"))
STORE = "catalogue.sqlite"
PATIENCE = 60  # seconds; a run that takes longer hangs


@dataclass(frozen=True)
class Fault:
    """What goes wrong in a run: at the `at`-th file operation, of the kind `mode`; or at the \
`at`-th pass of a failpoint."""

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
        if self.point:
            return f"{self.point}={self.mode}@{self.at}"
        return (f"{self.mode} at {self.at}" + (" and from then on" if self.sticky else "") +
                (f", seed {self.seed}" if self.mode == "cut" else ""))


NOTHING = Fault("none", 0)


@dataclass
class Outcome:
    """How a run ended."""

    code: int  # negative: a signal; None: it hung and was killed
    said: str
    errors: str
    operations: int = 0
    acknowledged: int = 0  # commits
    injected: int = 0
    opens: int = 0  # of these, those that would open a file
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


def run_under(fault, folder, *arguments, beside=(), **more):
    """Runs a command under the shim. `beside` is a command that runs meanwhile, without it."""
    binary = FAULTY if fault.point else BINARY
    with tempfile.NamedTemporaryFile(dir=folder, prefix="report") as report:
        report.truncate(32)
        process = start(folder, arguments, binary, LD_PRELOAD=SHIM, FAULT_PATH=STORE,
                        FAULT_REPORT=report.name, **fault.variables(), **more)
        others = [end(start(folder, beside))] if beside else []
        outcome = end(process)
        outcome.beside = others
        (outcome.operations, outcome.acknowledged, outcome.injected,
         outcome.opens) = struct.unpack("<QQQQ", Path(report.name).read_bytes())
        if fault.point:
            outcome.injected = int(outcome.code != 0)
        return outcome
