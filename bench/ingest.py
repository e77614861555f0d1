"""How fast documents become searchable, beside a bare insert of the same text."""

import itertools
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass

from programs import BINARY, BUILD, CONFIGURATION

MOST_RAW = 100_000  # the rate does not change with the number
MOST_ON_DISC = 2_000_000  # more items go from the generator straight into the importer
BATCH = 10_000
GENERATE = BUILD / "bench/generate"


@dataclass
class Ingest:
    items: int
    text_bytes: int
    seconds: float
    raw_rate: float  # items a second
    file_bytes: int

    @property
    def rate(self):
        return self.items / self.seconds

    @property
    def ratio(self):
        return self.rate / self.raw_rate

    @property
    def share_of_text(self):
        return self.file_bytes / self.text_bytes


def raw_rate(documents, folder):
    """Items a second that SQLite takes: text in rows without any index, WAL, transactions of ten
    thousand, no synchronisation but at checkpoints."""
    path = folder / "raw.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as store, documents.open() as lines:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = NORMAL")
        store.execute("CREATE TABLE item (number INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        count = 0
        began = time.monotonic()
        while batch := [(line,) for line in itertools.islice(lines, min(BATCH, MOST_RAW - count))]:
            store.execute("BEGIN")
            store.executemany("INSERT INTO item (body) VALUES (?)", batch)
            store.execute("COMMIT")
            count += len(batch)
        taken = time.monotonic() - began
    path.unlink()
    return count / taken


def item_options(arguments):
    options = ["--items", str(arguments.items), "--seed", str(arguments.seed)]
    return options + (["--checksums"] if arguments.checksums else [])


def generate(folder, arguments):
    """Writes collections, items (of very many only the first), and what may be asked of them."""
    with (folder / "collections.ndjson").open("w") as file:
        subprocess.run([GENERATE, "--collections"], stdout=file, check=True)
    command = [GENERATE, *item_options(arguments)]
    with (folder / "items.ndjson").open("wb") as file:
        if arguments.items <= MOST_ON_DISC:
            subprocess.run(command, stdout=file, check=True)
        else:
            with subprocess.Popen(command, stdout=subprocess.PIPE) as items:
                file.writelines(itertools.islice(items.stdout, MOST_RAW))
                items.kill()
    subprocess.run([BUILD / "bench/requests", "--items", str(arguments.items), "--seed",
                    str(arguments.seed), folder / "requests"], check=True)


def import_documents(folder, documents):
    """How many seconds it took."""
    began = time.monotonic()
    done = subprocess.run([BINARY, "import", "-"], stdin=documents, cwd=folder,
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"import failed: {done.stdout}{done.stderr}")
    return time.monotonic() - began


def ingest(folder, arguments):
    """Fills a catalogue in the folder. The documents go when they are in."""
    (folder / "terracat.toml").write_text(CONFIGURATION)
    generate(folder, arguments)
    path = folder / "items.ndjson"
    raw = raw_rate(path, folder)
    with (folder / "collections.ndjson").open() as collections:
        import_documents(folder, collections)
    text_bytes = path.stat().st_size
    if arguments.items <= MOST_ON_DISC:
        with path.open() as items:
            taken = import_documents(folder, items)
    else:
        text_bytes = text_bytes * arguments.items // MOST_RAW
        with subprocess.Popen([GENERATE, *item_options(arguments)],
                              stdout=subprocess.PIPE) as items:
            taken = import_documents(folder, items.stdout)
    path.unlink()
    size = sum(one.stat().st_size for one in folder.glob("terracat.sqlite*"))
    return Ingest(arguments.items, text_bytes, taken, raw, size)
