"""The real server, killed while it harvests by schedule and many clients search.

Each time it is started again it is ready soon, its file is sound, and no client is ever told less
than any client was told before: the catalogue only grows here, in whole pages, so a count says all.
"""

import http.client
import json
import os
import random
import threading
import time

import program
from csw import Csw
from scenarios import content

CLOCK = os.environ.get("TERRACAT_FAULT_CLOCK",
                       str(program.ROOT / "build/release/test/fault/fault_clock.so"))
SOURCE = "kgm"  # a schedule's delay depends on the name: this one waits 5 ms
CLIENTS = 24
PAGE = 5
READY = 3  # seconds
PATIENCE = 60


class SlowCsw(Csw):
    """Takes its time, so that there is something to interrupt; tells when it was asked."""

    def __init__(self, names):
        super().__init__(names)
        self.requests = threading.Semaphore(0)
        self.closing = threading.Event()

    def answer(self, path):
        self.requests.release()
        self.closing.wait(0.05)
        return super().answer(path)


class History:
    """What clients were told. Thread-safe."""

    def __init__(self):
        self.mutex = threading.Lock()
        self.most = 0
        self.answers = 0
        self.wrong = []
        self.grown = threading.Condition(self.mutex)

    def told(self, count, most_before):
        with self.mutex:
            self.answers += 1
            if count < most_before:
                self.wrong.append(f"{count} records after {most_before} were seen")
            self.most = max(self.most, count)
            self.grown.notify_all()

    def complain(self, what):
        with self.mutex:
            self.wrong.append(what)


def client(port, history, stop):
    """Asks again and again until the server is gone."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    while not stop.is_set():
        before = history.most
        try:
            connection.request("GET", "/stac/collections?limit=1000")
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            return  # killed
        if answer.status == 200:
            history.told(len(json.loads(body)["collections"]), before)
        elif answer.status != 503:
            history.complain(f"status {answer.status}: {body[:200]}")


class Server:
    """`terracat serve` half a second before a full minute, with clients at work."""

    def __init__(self, folder, history):
        offset = 59_500 - int(time.time() * 1000) % 60_000
        began = time.monotonic()
        self.log = (folder / "server.log").open("a")
        self.process = program.subprocess.Popen(
            [program.BINARY, "--config", "terracat.toml", "serve", "--listen", "127.0.0.1:0"],
            cwd=folder, stdout=program.subprocess.PIPE, stderr=self.log, text=True,
            env=program.variables(LD_PRELOAD=CLOCK, FAULT_CLOCK_OFFSET=str(offset % 60_000)))
        said = self.process.stdout.readline()
        if not said.startswith("serving on "):
            raise RuntimeError(f"the server does not start again: see {self.log.name}")
        port = int(said.split()[2].rstrip("/").rsplit(":", 1)[1])
        self.seconds = time.monotonic() - began
        self.stop = threading.Event()
        self.clients = [threading.Thread(target=client, args=(port, history, self.stop))
                        for _ in range(CLIENTS)]
        for one in self.clients:
            one.start()

    def end(self, kill):
        if kill:
            self.process.kill()
        self.stop.set()
        for one in self.clients:
            one.join()
        if not kill:
            self.process.terminate()
        code = self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.log.close()
        return code


def configure(folder, url):
    folder.mkdir(parents=True)
    (folder / "terracat.toml").write_text(
        f'[store]\npath = "{program.STORE}"\n[log]\naccess = false\n'
        f'[[source]]\nname = "{SOURCE}"\nkind = "csw"\ndelay = 0\nschedule = "* * * * *"\n'
        f'address = "{url}/csw"\nallow_networks = ["127.0.0.0/8"]\n'
        f"[source.options]\npage_size = {PAGE}\n")


def undisturbed(folder, url):
    configure(folder, url)
    done = program.run(folder, "--config", "terracat.toml", "harvest", SOURCE)
    if done.code != 0:
        raise RuntimeError(done.errors)
    return program.run(folder, "export").said


def judge(folder, names, history, server):
    out = [f"ready after {server.seconds:.1f} s"] if server.seconds > READY else []
    checked = program.run(folder, "check")
    if checked.code != 0:
        out.append(f"check says {checked.said[:300]}{checked.errors[:300]}")
        return out
    found = content(folder)
    count = sum(name in found for name in names)
    if found.keys() != set(names[:count]) or (count % PAGE and count != len(names)):
        out.append(f"{count} records, which are no whole pages in order")
    if count < history.most:
        out.append(f"{count} records where clients had seen {history.most}")
    return out


def kill_one(folder, csw, history, dice):
    server = Server(folder, history)
    for _ in range(dice.randint(1, 4)):
        if not csw.requests.acquire(timeout=PATIENCE):
            server.end(kill=True)
            return [f"no harvest within {PATIENCE} s"]
    csw.closing.wait(dice.random() * 0.06)
    server.end(kill=True)
    while csw.requests.acquire(blocking=False):
        pass
    return judge(folder, csw.names, history, server)


def finish(folder, csw, history, exported):
    """Lets the harvest end by itself."""
    server = Server(folder, history)
    with history.mutex:
        is_whole = history.grown.wait_for(lambda: history.most == len(csw.names), PATIENCE)
    code = server.end(kill=False)
    out = [] if is_whole else [f"stays at {history.most} records"]
    out += [f"stopped with {code}"] if code != 0 else []
    out += judge(folder, csw.names, history, server)
    if program.run(folder, "export").said != exported:
        out.append("what is exported in the end is not that of an undisturbed run")
    return out


def sweep(folder, kills, seed):
    """Kills so many times, a new catalogue whenever one is full. Returns how much went wrong."""
    start = time.monotonic()
    dice = random.Random(seed)
    csw = SlowCsw([f"r{n:04}" for n in range(150)])
    bad, answers, done = [], 0, 0
    try:
        exported = undisturbed(folder / "undisturbed", csw.url)
        while csw.requests.acquire(blocking=False):
            pass
        for number in range(0, kills, 10):
            history = History()
            site = folder / f"site{number}"
            configure(site, csw.url)
            for _ in range(min(10, kills - number)):
                bad += kill_one(site, csw, history, dice)
                done += 1
            bad += finish(site, csw, history, exported) + history.wrong[:5]
            answers += history.answers
    finally:
        csw.closing.set()
        csw.close()
    print(f"restart: {done} kills, {CLIENTS} clients, {answers} answers, {len(bad)} wrong, "
          f"{time.monotonic() - start:.0f} s", flush=True)
    for text in bad[:20]:
        print(f"  {text}")
    return len(bad)
