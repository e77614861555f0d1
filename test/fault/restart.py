"""The real server, killed while it harvests by schedule and many clients search.

Each time it is started again it is ready soon and its file is sound. What clients were told over all
these lives must be one history of one catalogue (history.py), and what the catalogue holds in the
end is what one holds that nothing disturbed, be it in a file or in memory.
"""

import http.client
import os
import random
import re
import threading
import time

import history
import program
from csw import Csw
from history import Acknowledged, Answer, Handed, History

CLOCK = os.environ.get("TERRACAT_FAULT_CLOCK",
                       str(program.ROOT / "build/release/test/fault/fault_clock.so"))
SOURCE = "kgm"  # a schedule's delay depends on the name: this one waits 5 ms
CLIENTS = 50
PAGE = 5
PAGES = 30
READY = 3        # seconds, and a tenth of one for each 100 MB of log
PATIENCE = 75   # a server that starts just after a full minute harvests at the next one
IDLE = 1         # seconds without a request after which a harvest has ended
NAMES = [f"r{n:04}" for n in range(PAGE * PAGES)]
PARTS = [NAMES[first:first + PAGE] for first in range(0, len(NAMES), PAGE)]
TITLE = re.compile(r'"title":"(r\d{4}) (\d+)"')
TAG = re.compile(r'W/"([0-9a-f]+)-(\d+)-[0-9a-f]+"')


class GrowingCsw(Csw):
    """All titles are new in each run. It takes its time, so that there is something to interrupt."""

    def __init__(self):
        super().__init__(NAMES)
        self.requests = threading.Semaphore(0)
        self.closing = threading.Event()
        self.generation = 0
        self.interrupted = 0  # lives that ended while there was something to harvest
        self.history = None
        self.is_growing = True
        self.pending = []  # pages of this run that were handed out and are not acknowledged yet

    def title(self, name):
        return f"{name} {self.generation}"

    def answer(self, path):
        self.requests.release()
        self.closing.wait(0.03)
        page = (self.numbers_of(path)[0] - 1) // PAGE
        with self.mutex:
            if page == 0 and self.is_growing:
                self.generation += 1
            generation = self.generation
            now = time.monotonic()
            if self.history is not None:
                self.note(Handed(now, page, generation))
        return super().answer(path)

    def note(self, handed):
        """A page is asked for when the last but one before it has been committed."""
        self.history.add(handed)
        if self.pending and self.pending[-1].page + 1 != handed.page:
            self.pending = []  # another run
        self.pending.append(handed)
        if len(self.pending) > 2:
            safe = self.pending[-3]
            self.history.add(Acknowledged(handed.at, safe.page, safe.generation))


def client(port, log, stop, is_lazy):
    """Asks again and again until the server is gone. A lazy one asks only for what is new."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    tag, last = None, None
    while not stop.is_set():
        began = time.monotonic()
        try:
            headers = {"If-None-Match": tag} if is_lazy and tag else {}
            connection.request("GET", "/stac/collections?limit=1000", headers=headers)
            answer = connection.getresponse()
            body = answer.read().decode()
        except (OSError, http.client.HTTPException):
            return  # killed
        ended = time.monotonic()
        if answer.status == 200:
            tag = answer.headers["ETag"]
            last = history.pages_of({name: int(generation) for name, generation
                                     in TITLE.findall(body)}, PARTS)
        elif answer.status not in (304, 429, 503):
            log.complain(f"status {answer.status}: {body[:200]}")
        if isinstance(last, str):
            log.complain(last)
        elif answer.status in (200, 304):
            epoch, sequence = TAG.fullmatch(tag).groups()
            log.add(Answer(began, ended, epoch, int(sequence), last))


class Server:
    """`terracat serve` half a second before a full minute, with clients at work."""

    def __init__(self, folder, log, store=program.STORE):
        offset = 59_500 - int(time.time() * 1000) % 60_000
        logged = folder / (program.STORE + "-wal")
        self.patience = READY + (logged.stat().st_size / 1e9 if logged.exists() else 0)
        began = time.monotonic()
        self.log = (folder / "server.log").open("a")
        self.process = program.subprocess.Popen(
            [program.BINARY, "--config", "terracat.toml", "--store", store, "serve",
             "--listen", "127.0.0.1:0", "--port-file", "port"],
            cwd=folder, stdout=program.subprocess.PIPE, stderr=self.log, text=True,
            env=program.variables(LD_PRELOAD=CLOCK, FAULT_CLOCK_OFFSET=str(offset % 60_000)))
        if not self.process.stdout.readline().startswith("serving on "):
            raise RuntimeError(f"the server does not start again: see {self.log.name}")
        self.seconds = time.monotonic() - began
        self.port = int((folder / "port").read_text())
        self.stop = threading.Event()
        self.clients = [
            threading.Thread(target=client, args=(self.port, log, self.stop, n % 3 == 0))
            for n in range(CLIENTS)]
        for one in self.clients:
            one.start()

    def quieten(self):
        """Ends the clients."""
        self.stop.set()
        for one in self.clients:
            one.join()

    def end(self, kill):
        if kill:
            self.process.kill()
        self.quieten()
        if not kill:
            self.process.terminate()
        code = self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.log.close()
        return code

    def collections(self):
        """Asked alone: among so many clients it may be refused."""
        self.quieten()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/stac/collections?limit=1000")
        answer = connection.getresponse()
        return f"{answer.status} {answer.read().decode()}"


def configure(folder, url):
    folder.mkdir(parents=True)
    (folder / "terracat.toml").write_text(
        f'[site]\npublic_url = "http://catalogue.example"\n[store]\npath = "{program.STORE}"\n'
        "[log]\naccess = false\n[limits]\naddress_rate = 0\n"
        f'[[source]]\nname = "{SOURCE}"\nkind = "csw"\ndelay = 0\nschedule = "* * * * *"\n'
        f'address = "{url}/csw"\nallow_networks = ["127.0.0.0/8"]\n'
        f"[source.options]\npage_size = {PAGE}\n")


def undisturbed(folder, csw):
    """What is exported from a file, and answered from memory, if all goes well."""
    configure(folder, csw.url)
    done = program.run(folder, "--config", "terracat.toml", "harvest", SOURCE)
    if done.code != 0:
        raise RuntimeError(done.errors)
    log = History()
    server = Server(folder, log, store="memory:")
    log.wait_for((csw.generation,) * PAGES, PATIENCE)
    answer = server.collections()
    server.end(kill=False)
    return program.run(folder, "export").said, answer, log.wrong


def kill_one(folder, csw, log, dice):
    """One life of the server: it ends at a page or between two, or when all is quiet."""
    server = Server(folder, log)
    for _ in range(dice.randint(1, 20)):
        # What a kill interrupted goes on at once. The first harvest is waited for: a server that
        # took long to start begins it a minute later.
        if not csw.requests.acquire(timeout=IDLE if csw.generation else PATIENCE):
            break
    else:
        csw.interrupted += 1
    csw.closing.wait(dice.random() * 0.06)
    server.end(kill=True)
    while csw.requests.acquire(blocking=False):
        pass
    out = []
    if server.seconds > server.patience:
        out.append(f"ready after {server.seconds:.1f} s")
    checked = program.run(folder, "check")
    if checked.code != 0:
        out.append(f"check says {checked.said[:300]}{checked.errors[:300]}")
    return out


def finish(folder, csw, log):
    """Lets the last harvest end by itself, and compares with a catalogue that had no trouble."""
    csw.is_growing = False
    server = Server(folder, log)
    out = []
    if not log.wait_for((csw.generation,) * PAGES, PATIENCE):
        out.append(f"the last run does not bring generation {csw.generation} to {log.answers[-1]}")
    answer = server.collections()
    code = server.end(kill=False)
    out += [f"stopped with {code}"] if code != 0 else []
    csw.history = None
    exported, from_memory, wrong = undisturbed(folder / "undisturbed", csw)
    if program.run(folder, "export").said != exported:
        out.append("what is exported in the end is not that of an undisturbed run")
    if answer != from_memory or not answer.startswith("200 "):
        out.append("what is answered in the end is not what a catalogue in memory answers: "
                   f"{answer[:200]} … {from_memory[:200]}")
    return out + wrong


def sweep(folder, kills, seed):
    """Kills so many times. Returns how much went wrong."""
    start = time.monotonic()
    dice = random.Random(seed)
    csw = GrowingCsw()
    log = csw.history = History()
    bad = history.prove()
    configure(folder, csw.url)
    try:
        for _ in range(kills):
            bad += kill_one(folder, csw, log, dice)
        if kills > 0 and csw.interrupted == 0:
            bad.append("no harvest was interrupted")
        bad += finish(folder, csw, log)
        bad += history.check(log)
    finally:
        csw.closing.set()
        csw.close()
    print(f"restart: {kills} kills, {CLIENTS} clients, {len(log.answers)} answers, "
          f"{len({answer.sequence for answer in log.answers})} states, "
          f"{csw.interrupted} harvests interrupted, {len(log.acknowledged)} pages acknowledged, {csw.generation} generations, "
          f"{len(bad)} wrong, {time.monotonic() - start:.0f} s", flush=True)
    for text in bad[:20]:
        print(f"  {text}")
    return len(bad)
