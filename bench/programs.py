"""The programs that answer while they are measured, and the load that is put on them."""

import json
import os
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/release"
BINARY = Path(os.environ.get("TERRACAT_BINARY", BUILD / "terracat"))
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
KEEPING = 600  # seconds that an index may take until it is in the file
FEW = 100  # requests: a file with less has all that there are

KEY = "key-of-the-benchmarks"

CONFIGURATION = f"""\
[limits]
address_rate = 0 # all clients are of this machine
scan_items = 1000000000 # searches through bodies do not wait for each other
[log]
access = false
[transactions]
api_key = "{KEY}"
"""


class Program:
    """A server on a port of this machine, until it is stopped."""

    def __init__(self, command, folder):
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()
        self.process.stderr.close()

    def first_line(self):
        """What it prints when it answers."""
        line = self.process.stdout.readline()
        if not line:
            cause = self.process.stderr.read()
            raise RuntimeError(f"{self.process.args[0]} did not start: {cause}")
        return line

    def processor_time(self):
        """Seconds, in the process and in the kernel."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident(self):
        """Bytes of memory."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE


class Yardstick(Program):
    """The ceiling or the floor."""

    def __init__(self, name, arguments):
        super().__init__([BUILD / "bench" / name, *arguments], ROOT)
        self.url = f"http://127.0.0.1:{self.first_line().strip()}"


class Terracat(Program):
    """A running site over the catalogue of a folder. Waits until the index of items is there,
    and the file is proven."""

    def __init__(self, folder):
        self.folder = folder
        self.events = set()
        began = time.monotonic()
        super().__init__([BINARY, "serve", "--listen", "127.0.0.1:0"], folder)
        self.url = self.first_line().split()[2].rstrip("/")
        self.seconds_to_answer = time.monotonic() - began
        try:
            self.wait_for("index.built")
            self.seconds_to_index = time.monotonic() - began
            self.wait_for("store.proven")  # beside the work, which it takes time of
        except BaseException:
            self.process.kill()
            raise
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def wait_for(self, wanted):
        """Returns when the program has said it."""
        while wanted not in self.events:
            line = self.process.stderr.readline()
            if not line:
                raise RuntimeError(f"terracat ended before {wanted}")
            event = json.loads(line).get("event", "")
            if event in ("index.failed", "store.damaged"):
                raise RuntimeError(line)
            self.events.add(event)

    def wait_until_calm(self):
        """Returns when it has nothing to do: what searches ask of all records is in memory then,
        of which it tells nobody."""
        while True:
            before = self.processor_time()
            time.sleep(1)  # the length of the measurement
            if self.processor_time() - before < 0.05:
                return

    def wait_until_kept(self):
        """Returns when the catalogue file has the index, so that the next start need not build it:
        the contents come last."""
        path = f"file:{self.folder / 'terracat.sqlite'}?mode=ro"
        latest = time.monotonic() + KEEPING
        with closing(sqlite3.connect(path, uri=True)) as store:
            while not store.execute("SELECT 1 FROM segment WHERE number = 0").fetchone():
                if time.monotonic() > latest:
                    raise RuntimeError("the index was not kept")
                time.sleep(0.1)  # a file cannot be waited for

    def __exit__(self, *arguments):
        self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()


@dataclass
class Answers:
    """What one load got."""

    count: int  # those with a status 2xx
    seconds: float
    p50: float  # milliseconds
    p99: float
    refused: int  # all others
    errors: int
    processor: float  # microseconds of the server for each of `count`

    @property
    def rate(self):
        return self.count / self.seconds

    def __str__(self):
        faults = f", {self.refused} refused" if self.refused else ""
        faults += f", {self.errors} errors" if self.errors else ""
        return (f"{self.count} answers in {self.seconds:.2f} s, {self.rate:.0f}/s, "
                f"{self.processor:.1f} us of the server each, p50 {self.p50:.3f} ms, "
                f"p99 {self.p99:.3f} ms{faults}")


@dataclass
class Lines:
    """Some lines of a file of requests."""

    path: Path
    first: int
    count: int


def lines_of(path):
    """Parts of a file: what is measured, what is asked over one connection, and what warms up.

    A file with few lines, of which there are no more, is all three."""
    count = path.read_bytes().count(b"\n")
    if count < FEW:
        return [Lines(path, 1, count)] * 3
    main, single = count * 8 // 10, count // 10
    return [Lines(path, 1, main), Lines(path, main + 1, single),
            Lines(path, main + single + 1, count - main - single)]


def load(program, lines, seconds, connections=16, again=False):
    """Asks for so long, or until there is nothing more to ask; nothing is asked twice but documents
    that there are few of, unless `again`."""
    again = again or lines.count < FEW
    environment = {**os.environ, "BENCH_REQUESTS": str(lines.path), "BENCH_FIRST": str(lines.first),
                   "BENCH_MOST": str(lines.count), "BENCH_AGAIN": "1" if again else ""}
    before = program.processor_time()
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s",
         "-s", str(ROOT / "bench/requests.lua"), program.url],
        env=environment, capture_output=True, text=True)
    used = program.processor_time() - before
    told = [line.split("\t") for line in done.stdout.splitlines() if line.startswith("bench\t")]
    if done.returncode != 0 or not told:
        raise RuntimeError(f"wrk failed: {done.stdout}{done.stderr}")
    count, taken, p50, p99, refused, errors = map(float, told[0][1:])
    count -= refused
    if count == 0:
        raise RuntimeError(f"no answer within {seconds} s: {done.stdout}")
    return Answers(int(count), taken, p50 / 1000, p99 / 1000, int(refused), int(errors),
                   used / count * 1e6)
