"""The abstract tests of CQL2 (OGC 21-065r2, annex A) asked of the real program.

The folder `conformance/cql2` beside the corpus (TERRACAT_CORPUS) holds the standard's data set as a
GeoPackage, its predicates with the count that each has to find, and combinations of four of them.
Each is asked in text by GET and in JSON by POST, of the memory store and of the catalogue file,
with the index and without: an order by text is one that the index does not have.
"""

import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "feature"))

from terracat import Server, run  # noqa: E402

TABLES = ["ne_110m_populated_places_simple", "ne_110m_admin_0_countries",
          "ne_110m_rivers_lake_centerlines"]
COMBINATION = "(NOT ({p2}) AND {p1}) OR ({p3} AND {p4}) OR NOT ({p1} OR {p4})"
# Counts of the annex that its own data contradict. Three names begin with "Ch" (Chicago, Chengdu,
# Chișinău); without accents and case one begins with "chis".
CORRECTED = {"ACCENTI(name) LIKE accenti('Ch%')": 3,
             "ACCENTI(CASEI(name)) LIKE accenti(casei('Chiș%'))": 1,
             "ACCENTI(CASEI(name)) LIKE accenti(casei('cHis%'))": 1}
SKIPPED = 77
ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes, by the flags of the head


def data_folder():
    """The folder of the tests; ends the test where it is not."""
    corpus = os.environ.get("TERRACAT_CORPUS", "")
    folder = Path(corpus).parent / "conformance/cql2"
    if corpus and (folder / "predicates.tsv").is_file():
        return folder
    said = "TERRACAT_CORPUS names no folder with conformance/cql2 beside it"
    if os.environ.get("CI") == "true":
        sys.exit(said)
    print("skipped:", said)
    sys.exit(SKIPPED)


class Wkb:
    """Well-known binary in two dimensions, read from the front."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        out = struct.unpack_from(self.order + form, self.data, self.at)
        self.at += struct.calcsize(self.order + form)
        return out

    def many(self, read):
        return [read() for _ in range(self.take("I")[0])]

    def position(self):
        return list(self.take("dd"))

    def path(self):
        return self.many(self.position)

    def geometry(self):
        self.order = "<" if self.data[self.at] == 1 else ">"
        self.at += 1
        kind = self.take("I")[0]
        names = {1: "Point", 2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString",
                 6: "MultiPolygon"}
        if kind == 1:
            coordinates = self.position()
        elif kind == 2:
            coordinates = self.path()
        elif kind == 3:
            coordinates = self.many(self.path)
        else:
            coordinates = self.many(lambda: self.geometry()["coordinates"])
        return {"type": names[kind], "coordinates": coordinates}


def geometry(blob):
    """Of a GeoPackage: a head with an envelope, then well-known binary."""
    assert blob[:2] == b"GP"
    return Wkb(blob[8 + ENVELOPES[blob[3] >> 1 & 7]:]).geometry()


def positions(coordinates):
    if isinstance(coordinates[0], float):
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part)


def value(column_type, given):
    """As JSON has it: GeoPackage keeps booleans as numbers, and moments without zone."""
    if given is None or not column_type.startswith(("BOOLEAN", "DATETIME")):
        return given
    return bool(given) if column_type == "BOOLEAN" else given.removesuffix("Z") + "Z"


def documents(folder):
    """The data set as STAC: each table is a collection."""
    with sqlite3.connect(f"file:{folder / 'ne110m4cql2.gpkg'}?immutable=1", uri=True) as database:
        for table in TABLES:
            yield {"type": "Collection", "stac_version": "1.1.0", "stac_extensions": [],
                   "id": table, "title": table, "description": table, "license": "other",
                   "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]]},
                              "temporal": {"interval": [["2022-01-01T00:00:00Z", None]]}},
                   "links": []}
            types = {row[1]: row[2] for row in database.execute(f"PRAGMA table_info({table})")}
            for row in database.execute(f"SELECT * FROM {table}"):
                members = dict(zip(types, row))
                place = geometry(members.pop("geom"))
                xs, ys = zip(*positions(place["coordinates"]))
                properties = {name: value(types[name], given) for name, given in members.items()}
                yield {"type": "Feature", "stac_version": "1.1.0", "stac_extensions": [],
                       "id": f"i{members['fid']}", "collection": table, "geometry": place,
                       "bbox": [min(xs), min(ys), max(xs), max(ys)],
                       "properties": {"datetime": "2022-01-01T00:00:00Z", **properties},
                       "assets": {}, "links": []}


def rows(path):
    head, *lines = path.read_text().splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"))) for line in lines]


def tests(folder):
    """(class, collection, filter, how many it finds)"""
    for row in rows(folder / "predicates.tsv"):
        yield (row["conf_class"], row["data_source"],
               re.sub(r"\bgeom\b", "geometry", row["predicate"]),
               CORRECTED.get(row["predicate"], int(row["expected"])))
    for row in rows(folder / "combinations.tsv"):
        yield row["conf_class"], TABLES[0], COMBINATION.format(**row), int(row["expected"])


def as_json(filters):
    done = subprocess.run([os.environ["TERRACAT_CQL2_JSON"]], input="\n".join(filters) + "\n",
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def ask(request):
    """The number that matched, or what the answer said instead."""
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["numberMatched"]
    except urllib.error.HTTPError as error:
        with error:
            return json.load(error).get("detail", error.code)


def by_text(url, collection, text, order):
    parameters = {"collections": collection, "filter": text, "filter-lang": "cql2-text",
                  "limit": 1, **({"sortby": order} if order else {})}
    return ask(url + "/stac/search?" + urllib.parse.urlencode(parameters))


def by_json(url, collection, node, order):
    body = {"collections": [collection], "filter": node, "filter-lang": "cql2-json", "limit": 1,
            **({"sortby": [{"field": order, "direction": "asc"}]} if order else {})}
    return ask(urllib.request.Request(url + "/stac/search", json.dumps(body).encode(),
                                      {"Content-Type": "application/json"}))


def wait_for(what, until=120):
    """A harvest by schedule begins within a minute, and the index is built by a thread: nothing
    tells, so it is asked again and again."""
    end = time.monotonic() + until
    while not what():
        assert time.monotonic() < end, "what is waited for does not come"
        time.sleep(0.2)


def has_items(server, count):
    return server.json("/stac/search?limit=1").get("numberMatched") == count


def faults(server, store, cases, nodes):
    for (name, collection, text, expected), node in zip(cases, nodes):
        for order in (None, "id"):
            for found, form in ((by_text(server.url, collection, text, order), "text"),
                                (by_json(server.url, collection, node, order), "JSON")):
                if found != expected:
                    yield (f"{name}, {store}, {form}, {'store' if order else 'index'}: {text}: "
                           f"expected {expected}, found {found}")


def main():
    folder = data_folder()
    cases = list(tests(folder))
    nodes = as_json([text for _, _, text, _ in cases])
    found = list(documents(folder))
    count = sum(one["type"] == "Feature" for one in found)
    wrong = []
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        (place / "data").mkdir()
        (place / "data/natural_earth.ndjson").write_text("\n".join(map(json.dumps, found)))
        (place / "terracat.toml").write_text(
            '[limits]\naddress_rate = 0\n[[source]]\nname = "natural-earth"\nkind = "files"\n'
            f'address = "{place}/data"\nschedule = "* * * * *"\n')
        code, said, errors = run("--config", "terracat.toml", "harvest", folder=place)
        assert code == 0, said + errors
        for store in ("terracat.sqlite", "memory:"):
            with Server("--config", "terracat.toml", "--store", store, folder=place) as server:
                wait_for(lambda: has_items(server, count))
                wait_for(lambda: "index of items is there" in server.said())
                wrong += faults(server, store, cases, nodes)
    print("\n".join(wrong))
    print(f"{len(cases)} filters, each asked 8 times: {len(wrong)} wrong answers")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
