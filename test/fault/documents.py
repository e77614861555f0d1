"""Documents that scenarios import: STAC items and collections, in files of one a line."""

import base64
import json
import random

OLD, NEW = "2001-01-01T00:00:00Z", "2002-02-02T00:00:00Z"


def item(name, time, text="", collection="items"):
    return json.dumps({
        "type": "Feature", "stac_version": "1.0.0", "id": name, "collection": collection,
        "geometry": {"type": "Point", "coordinates": [int(name[1:]) % 180, 10]},
        "properties": {"datetime": time, "note": text}, "links": [], "assets": {}})


def collections(path, names):
    path.write_text("".join(json.dumps({
        "type": "Collection", "stac_version": "1.0.0", "id": name, "title": name,
        "description": "d", "license": "other", "links": [],
        "extent": {"spatial": {"bbox": [[0, 0, 1, 1]]},
                   "temporal": {"interval": [[OLD, None]]}}}) + "\n" for name in names))


def items(path, count, time, size=0, collection="items"):
    """Writes a file of items; `size` bytes of each cannot be compressed."""
    noise = random.Random(1)
    path.write_text("".join(
        item(f"i{n:05}", time, base64.b64encode(noise.randbytes(size)).decode(), collection) + "\n"
        for n in range(count)))
