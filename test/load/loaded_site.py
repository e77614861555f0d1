"""A site to put load on: a catalogue of made items, a source that changes, and what the server uses."""

import json
import os
import random
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("TERRACAT_BINARY", str(ROOT / "build/release/terracat"))
ITEMS = 1_000
PAGE = os.sysconf("SC_PAGE_SIZE")

# Clients on another core than the server: else they are slowed down by what they measure, and
# cannot ask for more than it answers.
CLIENT_CORE = max(os.sched_getaffinity(0))
SERVER_CORES = os.sched_getaffinity(0) - {CLIENT_CORE} or {CLIENT_CORE}

COLLECTION = {"type": "Collection", "stac_version": "1.1.0", "id": "scenes", "title": "Scenes",
              "description": "Made scenes", "license": "other", "links": [], "extent": {
                  "spatial": {"bbox": [[-180, -90, 180, 90]]},
                  "temporal": {"interval": [["2015-01-01T00:00:00Z", None]]}}}


def item(name, chance, collection="scenes"):
    """An item of some 3 KB, as those of a satellite archive."""
    west, south = chance.uniform(-180, 178), chance.uniform(-85, 83)
    ring = [[west, south], [west + 1.5, south], [west + 1.5, south + 1], [west, south + 1],
            [west, south]]
    day = f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    assets = {f"band_{band}": {"href": f"https://data.example/{name}/B{band:02}.tif",
                               "type": "image/tiff; application=geotiff; "
                                       "profile=cloud-optimized", "roles": ["data"],
                               "title": f"Band {band}"} for band in range(1, 13)}
    return {"type": "Feature", "stac_version": "1.1.0", "id": name, "collection": collection,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "bbox": [west, south, west + 1.5, south + 1], "links": [], "assets": assets,
            "properties": {"datetime": f"{day}T10:{chance.randint(0, 59):02}:00Z",
                           "platform": chance.choice(["a", "b"]),
                           "eo:cloud_cover": round(chance.uniform(0, 100), 1)}}


def targets(chance, count=2_000):
    """What clients ask for: mostly pages, of which few are large, and single items.

    Pages take the server several times as long as the client that asks for them, which shares a
    machine with it and has to ask for twice what it answers.
    """
    for _ in range(count):
        kind = chance.random()
        width = 30 if kind < 0.8 else 90
        west, south = chance.uniform(-180, 180 - width), chance.uniform(-85, 85 - width)
        box = f"{west:.2f},{south:.2f},{west + width:.2f},{south + width:.2f}"
        if kind < 0.3:
            yield f"/stac/collections/scenes/items/s{chance.randrange(ITEMS)}"
        elif kind < 0.8:
            yield f"/stac/search?bbox={box}&limit=10"
        elif kind < 0.95:
            yield f"/stac/search?bbox={box}&limit=100&datetime=2018-01-01T00:00:00Z/.."
        else:
            yield "/stac/collections/scenes"


class Site:
    """A running server with its folder. What it logs is kept in a file."""

    def __init__(self, folder, seed):
        self.folder = Path(folder)
        self.chance = random.Random(seed)
        self.process = None
        self.generation = 0
        documents = "".join(json.dumps(item(f"s{n}", self.chance)) + "\n" for n in range(ITEMS))
        (self.folder / "source").mkdir()
        self.change_source()
        (self.folder / "terracat.toml").write_text(f"""
[limits]
address_rate = 0 # all clients are of this machine
[backup]
folder = "{self.folder}/backups"
interval = 10
keep_days = 1
[log]
access = false
[[source]]
name = "changing"
kind = "files"
address = "{self.folder}/source"
schedule = "* * * * *"
""")
        for text in (json.dumps(COLLECTION) + "\n", documents):
            subprocess.run([BINARY, "import", "-"], input=text, text=True, check=True,
                           cwd=self.folder, stdout=subprocess.DEVNULL)

    def change_source(self):
        """Half the documents of the source that is harvested say something else."""
        self.generation += 1
        (self.folder / "source/collection.json").write_text(
            json.dumps({**COLLECTION, "id": "changing"}))
        for number in range(200):
            one = item(f"c{number}", random.Random(number), "changing")
            one["properties"]["title"] = f"{self.generation if number % 2 else 0}"
            path = self.folder / f"source/c{number}.json"
            path.with_suffix(".new").write_text(json.dumps(one))
            path.with_suffix(".new").rename(path)

    def start(self):
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--listen", "127.0.0.1:0"], cwd=self.folder, text=True,
                stdout=subprocess.PIPE, stderr=log,
                preexec_fn=lambda: os.sched_setaffinity(0, SERVER_CORES))
        self.url = self.process.stdout.readline().split()[2].rstrip("/")
        addresses = "".join(f"{self.url}{target}\n" for target in targets(self.chance))
        (self.folder / "addresses").write_text(addresses)

    def stop(self):
        self.process.terminate()
        code = self.process.wait(60)
        self.process.stdout.close()
        return code

    def resident(self):
        """Bytes of memory."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def log_of_the_store(self):
        """Bytes of the write-ahead log."""
        path = self.folder / "terracat.sqlite-wal"
        return path.stat().st_size if path.exists() else 0

    def events(self):
        """{event: how often it was logged}"""
        counts = {}
        for name in re.findall(r'"event":"([^"]+)"', (self.folder / "log").read_text()):
            counts[name] = counts.get(name, 0) + 1
        return counts
