"""What a server does beside other work: light requests beside heavy ones, items that are written one
by one, answers while a source brings items."""

import datetime
import http.client
import json
import sqlite3
import subprocess
import threading
import time
import urllib.parse
from contextlib import closing
from dataclasses import dataclass

from ingest import GENERATE
from programs import BINARY, KEY, Lines, lines_of, load

HEAVY_ITEMS = 10_000  # whose bodies are looked into: some 100 ms
LAST_YEARS = 10  # of the archive
WRITTEN = 300
HARVEST_RATE = 5_000  # items a second
STEP = 0.05  # seconds between two pieces of them
FIRST_DAY = datetime.date(2018, 1, 1)
COLLECTION = "tiles-l1c"


@dataclass
class Row:
    """One line of what is printed."""

    what: str
    value: str
    aim: str
    holds: bool


def heavy_requests(folder, items):
    """Searches that look into the bodies of so many items of any year."""
    days = max(1, round(HEAVY_ITEMS / items * 365 * LAST_YEARS))
    path = folder / "heavy"
    with path.open("w") as lines:
        for first in range(60):
            start = FIRST_DAY + datetime.timedelta(first)
            query = urllib.parse.urlencode({
                "limit": 1, "datetime": f"{moment(start)}/{moment(start + datetime.timedelta(days))}",
                "filter": "a_contains(instruments,('nothing'))"})
            lines.write(f"GET /stac/search?{query}\n")
    return Lines(path, 1, 60)


def moment(day):
    return f"{day.isoformat()}T00:00:00Z"


def mixed(server, folder, items, seconds):
    """Eight clients of heavy searches, eight of items."""
    heavy = heavy_requests(folder, items)
    light, _, warm = lines_of(folder / "requests/item")
    alone = load(server, heavy, 2, connections=1, again=True)
    load(server, warm, 1)
    found = {}
    beside = threading.Thread(
        target=lambda: found.update(heavy=load(server, heavy, seconds, 8, again=True)))
    beside.start()
    time.sleep(0.5)  # until all eight are under way
    answers = load(server, light, max(1, seconds - 1), 8)
    beside.join()
    yield Row(f"items beside searches of {alone.p50:.0f} ms, eight clients each",
              f"{answers.rate:.0f}/s, p50 {answers.p50:.2f} ms, p99 {answers.p99:.2f} ms",
              "≥ 25000/s, ≤ 0.25 ms, ≤ 5 ms",
              answers.rate >= 25_000 and answers.p50 <= 0.25 and answers.p99 <= 5)
    yield Row("those searches beside the items", f"{found['heavy'].rate:.0f}/s", "≥ 5/s",
              found["heavy"].rate >= 5)


def some_items(count, seed):
    """Of another archive than the one that is asked."""
    with subprocess.Popen([GENERATE, "--items", str(count), "--seed", str(seed)],
                          stdout=subprocess.PIPE) as generated:
        return generated.stdout.readlines()


def bare_rate(folder, documents):
    """Inserts a second, each synchronised with the disc before the next."""
    path = folder / "bare.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = FULL")
        store.execute("CREATE TABLE item (number INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        began = time.monotonic()
        for document in documents:
            store.execute("INSERT INTO item (body) VALUES (?)", (document,))
        taken = time.monotonic() - began
    path.unlink()
    return len(documents) / taken


def transactions(server, folder):
    """Items that are written one by one by HTTP."""
    documents = [{**json.loads(line), "collection": COLLECTION, "id": f"written-{number}"}
                 for number, line in enumerate(some_items(WRITTEN, 77))]
    texts = [json.dumps(document) for document in documents]
    headers = {"X-API-Key": KEY, "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection(urllib.parse.urlsplit(server.url).netloc)) as client:
        began = time.monotonic()
        for text in texts:
            client.request("POST", f"/stac/collections/{COLLECTION}/items", text, headers)
            answer = client.getresponse()
            body = answer.read()
            if answer.status != 201:
                raise RuntimeError(f"an item was not written: {answer.status} {body[:300]}")
        rate = len(texts) / (time.monotonic() - began)
    bare = bare_rate(folder, texts)
    yield Row("items written one by one, of the rate of bare inserts",
              f"{rate / bare:.2f} ({rate:.0f}/s of {bare:.0f}/s)", "≥ 0.5", rate >= bare / 2)


class Arrival:
    """Items that a source brings into the running server, so many a second, for a `with` block."""

    def __init__(self, folder, seconds):
        self.documents = some_items(HARVEST_RATE * seconds, 78)
        self.process = subprocess.Popen([BINARY, "import", "-"], cwd=folder,
                                        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self.thread = threading.Thread(target=self.feed)

    def feed(self):
        step = int(HARVEST_RATE * STEP)
        began = time.monotonic()
        for number, first in enumerate(range(0, len(self.documents), step), 1):
            try:
                self.process.stdin.write(b"".join(self.documents[first:first + step]))
                self.process.stdin.flush()
            except BrokenPipeError:
                return
            time.sleep(max(0, began + number * STEP - time.monotonic()))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, kind, *_):
        if kind is None and self.process.poll() is not None:
            raise RuntimeError("the import ended before the items that it was to bring")
        self.process.terminate()
        self.process.wait(60)
        self.thread.join()


def harvest(server, folder, seconds):
    """Pages while items arrive, compared with the same when none do."""
    main, _, warm = lines_of(folder / "requests/latest")
    load(server, warm, 1)
    idle = load(server, main, seconds, again=True)
    with Arrival(folder, seconds + 4):
        time.sleep(1)  # until they arrive
        busy = load(server, main, seconds, again=True)
    share = busy.rate / idle.rate
    longer = busy.p99 / idle.p99
    yield Row(f"latest while {HARVEST_RATE} items a second arrive, of when none do",
              f"rate {share:.2f} ({busy.rate:.0f}/s of {idle.rate:.0f}/s), "
              f"p99 {longer:.1f} ({busy.p99:.1f} ms of {idle.p99:.1f})", "≥ 0.85, ≤ 3",
              share >= 0.85 and longer <= 3)


def rows(server, folder, items, seconds):
    yield from mixed(server, folder, items, seconds)
    yield from transactions(server, folder)
    yield from harvest(server, folder, seconds)
