"""What should cost little more than something simpler: page 1000, twelve collections at once."""

import http.client
import json
import re
import urllib.parse
from contextlib import closing
from dataclasses import dataclass

from programs import Lines, load

LISTS = 16
ITEMS_BEFORE = 9_990  # page 1000 begins behind so many
STEP = 999
COLLECTIONS = 12
BOXES = 5_000
TOKEN = re.compile(rb'"rel":"next"[^}]*[?&]token=([^"&]+)')


@dataclass
class Comparison:
    what: str
    most: float  # what is aimed at
    plain: float  # p50 over one connection, milliseconds
    harder: float

    @property
    def ratio(self):
        return self.harder / self.plain


def targets_of(path, beginning, count):
    """The first GET targets of a file that begin so."""
    with path.open() as lines:
        found = (line.split(" ", 1)[1].strip() for line in lines)
        return [target for target, _ in zip(filter(lambda one: one.startswith(beginning), found),
                                            range(count))]


def compare(server, folder, what, most, plain, harder):
    def median(targets):
        path = folder / "compared"
        path.write_text("".join(f"GET {target}\n" for target in targets))
        return load(server, Lines(path, 1, len(targets)), 1, connections=1, again=True).p50
    median(plain)  # files and caches are warm then
    return Comparison(what, most, median(plain), median(harder))


def deep(url, target):
    """The same list from its page 1000 on, or from near its end if it is shorter."""
    token = None
    with closing(http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)) as connection:
        for _ in range(ITEMS_BEFORE // STEP):
            large = target.replace("limit=10&", f"limit={STEP}&")
            connection.request("GET", large + (f"&token={token}" if token else ""))
            found = TOKEN.search(connection.getresponse().read()[-3_000:])
            if not found:
                break
            token = found[1].decode()
    return f"{target}&token={token}" if token else target


def pages(server, folder):
    lists = targets_of(folder / "requests/latest", "/stac/collections/tiles-l2a/", LISTS)
    return compare(server, folder, "page 1000, of page 1", 1.2, lists,
                   [deep(server.url, target) for target in lists])


def collections(server, folder):
    boxes = targets_of(folder / "requests/box", "/stac/search?", BOXES)
    with (folder / "collections.ndjson").open() as documents:
        names = ",".join(json.loads(line)["id"] for line, _ in zip(documents, range(COLLECTIONS)))
    return compare(server, folder, f"{COLLECTIONS} collections, of one", 3, boxes,
                   [re.sub("collections=[^&]*", f"collections={names}", box) for box in boxes])
