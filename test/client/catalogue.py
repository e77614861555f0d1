"""The catalogue that the client tests ask: small, made here, every figure known."""

import json
from pathlib import Path

STAC = {"stac_version": "1.1.0", "stac_extensions": []}
TILES = 504  # of "tiles": 84 places, 6 days
PLACES = [(west, south) for west in range(-6, 15) for south in (40, 42, 44, 46)]
DAYS = 6


def collection(name, title, box, period, **members):
    return {
        "type": "Collection", **STAC, "id": name, "title": title,
        "description": f"{title}, for tests.", "license": "CC-BY-4.0",
        "extent": {"spatial": {"bbox": [box]}, "temporal": {"interval": [period]}},
        "links": [], **members,
    }


def square(west, south, size):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def item(name, parent, geometry, box, properties, assets=None):
    return {
        "type": "Feature", **STAC, "id": name, "collection": parent, "geometry": geometry,
        "bbox": box, "properties": properties, "assets": assets or {}, "links": [],
    }


def cloud_cover(number):
    """0 to 95 in steps of 5, in no order of time or place."""
    return number * 7 % 20 * 5


def tiles():
    """One tile for each place and day. All tiles of a day share one moment: a page ends in ties."""
    number = 0
    for day in range(1, DAYS + 1):
        for west, south in PLACES:
            yield item(
                f"tile_{number:03}", "tiles", square(west, south, 1),
                [west, south, west + 1, south + 1],
                {
                    "datetime": f"2024-03-{day:02}T10:30:00Z",
                    "created": f"2024-03-{day:02}T12:00:00Z",
                    "eo:cloud_cover": cloud_cover(number),
                    "platform": f"sentinel-2{'ab'[number % 2]}",
                    "instruments": ["msi"],
                    "gsd": 10,
                    "constellation": "sentinel-2",
                    "mission": "sentinel-2",
                    "test:number": number,
                    "test:flag": number % 3 == 0,
                },
                {"B04": {"href": f"https://data.example.org/{number}/B04.tif",
                         "type": "image/tiff; application=geotiff; profile=cloud-optimized",
                         "roles": ["data"], "title": "Red"},
                 "B04_20m": {"href": f"https://data.example.org/{number}/20m/B04.tif",
                             "type": "image/tiff; application=geotiff", "roles": ["data"],
                             "title": "Red, 20 m"}},
            )
            number += 1


def across():
    """Passes over the Pacific, each cut in two at the antimeridian, with start and end."""
    for number in range(10):
        south = -20 + number * 4
        halves = [square(178, south, 2)["coordinates"], square(-180, south, 2)["coordinates"]]
        yield item(
            f"pass-{number}", "pacific", {"type": "MultiPolygon", "coordinates": halves},
            [178, south, -178, south + 2],
            {
                "datetime": None,
                "start_datetime": f"2023-06-0{number % 9 + 1}T00:00:00Z",
                "end_datetime": f"2023-06-0{number % 9 + 1}T00:50:00Z",
                "sat:relative_orbit": number,
            },
        )


def odd():
    """Ids that clients would take for numbers, constants or paths, and one without a footprint."""
    for number, name in enumerate(["20240101", "1e5", "True", "a/b c", "ok.id-1"]):
        yield item(name, "odd", {"type": "Point", "coordinates": [number, 0]},
                   [number, 0, number, 0], {"datetime": "2022-01-01T00:00:00Z", "title": name})
    yield item("nowhere", "odd", None, None, {"datetime": "2022-01-02T00:00:00Z"})


def files(folder):
    """Items with files that the site serves itself."""
    for number in range(3):
        name = f"track-{number}"
        (folder / f"{name}.csv").write_text("time,lon,lat\n" + f"{number},1.5,2.5\n" * 1000)
        made = item(
            name, "tracks", {"type": "LineString", "coordinates": [[0, 0], [10, number + 1]]},
            [0, 0, 10, number + 1], {"datetime": f"2021-05-0{number + 1}T00:00:00Z"},
            {"data": {"href": f"{name}.csv", "type": "text/csv", "roles": ["data"],
                      "title": "Ground track"}},
        )
        (folder / f"{name}.json").write_text(json.dumps(made))


def write(folder: Path, pole=""):
    """Writes everything below `folder`: `import.ndjson`, `site/` for the kind `files`, and the
    configuration. `pole` is whose the files are."""
    imported = [
        collection("tiles", "Tiles of Sentinel-2", [-6, 40, 15, 47],
                   ["2024-03-01T00:00:00Z", "2024-03-31T00:00:00Z"], keywords=["optical"]),
        collection("pacific", "Passes over the Pacific", [178, -20, -178, 18],
                   ["2023-06-01T00:00:00Z", None]),
        collection("odd", "Odd ids", [0, 0, 5, 5], ["2022-01-01T00:00:00Z", None]),
        *tiles(), *across(), *odd(),
    ]
    lines = "".join(json.dumps(one) + "\n" for one in imported)
    (folder / "import.ndjson").write_text(lines)
    site = folder / "site"
    site.mkdir()
    tracks = collection("tracks", "Ground tracks", [0, 0, 10, 5], ["2021-05-01T00:00:00Z", None])
    (site / "collection.json").write_text(json.dumps(tracks))
    files(site)
    (folder / "terracat.toml").write_text(f"""
[store]
path = {json.dumps(str(folder / "terracat.sqlite"))}

[[source]]
name = "site"
kind = "files"
address = {json.dumps(str(site))}
asset_folder = {json.dumps(str(site))}
pole = "{pole}"
""" + (f'[[pole]]\nname = "{pole}"\n' if pole else ""))
