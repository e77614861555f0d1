#!/usr/bin/env python3
"""Makes the items of the example: python3 items.py FOLDER

Writes FOLDER/items/COLLECTION.ndjson for the canned STAC API of remote.py, and FOLDER/tracks/ with
items and the files that they offer. The same every time. README.md says where the facts come from.
"""

import json
import struct
import sys
import zlib
from datetime import datetime, timedelta, timezone
from math import asin, atan2, cos, degrees, pi, radians, sin
from pathlib import Path

HERE = Path(__file__).resolve().parent

# The orbit of Sentinel-2: circular, sun-synchronous, 143 revolutions in ten days.
INCLINATION = radians(98.62)
ORBITS = 143
CYCLE = timedelta(days=10)
PERIOD = CYCLE / ORBITS
HALF_SWATH = 145 / 6371.0  # half of 290 km, as an angle at the centre of the Earth
STEP = 2.6  # degrees of latitude of one piece of a swath

# Relative orbit 110 comes down over French Guiana and crosses the equator at 54.9° W. Sentinel-2B did
# so on 2017-12-31 at 14:10:39 UTC, Sentinel-2A a year later: five days apart in the cycle.
REFERENCE_ORBIT = 110
REFERENCE_LONGITUDE = -54.9
REFERENCE_TIMES = {
    "a": datetime(2018, 12, 31, 14, 10, 41, tzinfo=timezone.utc),
    "b": datetime(2017, 12, 31, 14, 10, 39, tzinfo=timezone.utc),
}
BEGIN = datetime(2024, 4, 1, tzinfo=timezone.utc)
END = datetime(2024, 10, 1, tzinfo=timezone.utc)

# Latitudes from north to south, longitudes from west to east (beyond 180 across the antimeridian).
FRANCE = (41.0, 52.0, -5.5, 10.0)
GUIANA = (1.0, 6.5, -55.5, -51.0)
WALLIS = (-20.0, -10.0, 176.0, 184.0)


def wrapped(longitude):
    return (longitude + 180) % 360 - 180


def below(crossing, angle):
    """Where the satellite stands `angle` radians after it came down across the equator."""
    seconds = angle / (2 * pi) * PERIOD.total_seconds()
    latitude = asin(-sin(INCLINATION) * sin(angle))
    along = atan2(cos(INCLINATION) * sin(angle), cos(angle))
    return degrees(latitude), crossing + degrees(along) - seconds * 360 / 86400


def aside(point, heading, distance):
    """The point at a distance (radians) from a point (degrees), towards a heading (radians)."""
    latitude, longitude = map(radians, point)
    there = asin(sin(latitude) * cos(distance) + cos(latitude) * sin(distance) * cos(heading))
    turn = atan2(
        sin(heading) * sin(distance) * cos(latitude), cos(distance) - sin(latitude) * sin(there)
    )
    return round(degrees(there), 5), round(degrees(longitude + turn), 5)


def across(crossing, angle):
    """The two ends of the swath beside the track, the western one first."""
    here, ahead = below(crossing, angle), below(crossing, angle + 1e-4)
    east = (ahead[1] - here[1]) * cos(radians(here[0]))
    heading = atan2(east, ahead[0] - here[0])
    return aside(here, heading + pi / 2, HALF_SWATH), aside(here, heading - pi / 2, HALF_SWATH)


def angle_at(latitude):
    """How far after the equator, coming down, the satellite is at a latitude; negative before."""
    return -asin(sin(radians(latitude)) / sin(INCLINATION))


def passes(satellite):
    """(relative orbit, time, longitude) of each descending crossing of the equator."""
    reference = REFERENCE_TIMES[satellite]
    cycles = (BEGIN - reference) // CYCLE
    orbit, time = REFERENCE_ORBIT, reference + cycles * CYCLE
    while time < END:
        if time >= BEGIN:
            shift = (orbit - REFERENCE_ORBIT) * 360 * PERIOD.total_seconds() / 86400
            yield orbit, time, wrapped(REFERENCE_LONGITUDE - shift)
        orbit, time = orbit % ORBITS + 1, time + PERIOD


def pieces(crossing, area):
    """(number, angle, corners) of the pieces of a swath that lie in an area."""
    south, north, west, east = area
    number, top = 0, north
    while top > south:
        bottom = max(top - STEP, south)
        first, last = across(crossing, angle_at(top)), across(crossing, angle_at(bottom))
        ring = [first[0], first[1], last[1], last[0]]
        for turn in (-360, 0, 360):
            corners = [(longitude + turn, latitude) for latitude, longitude in ring]
            if min(c[0] for c in corners) < east and max(c[0] for c in corners) > west:
                yield number, angle_at(top), corners
        number, top = number + 1, bottom


def half(corners, inside):
    """The part of a convex ring on one side of 180°, where it is cut."""
    out = []
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1]):
        if inside(x1):
            out.append([x1, y1])
        if inside(x1) != inside(x2):
            out.append([180, round(y1 + (180 - x1) / (x2 - x1) * (y2 - y1), 5)])
    return out


def footprint(corners):
    """Geometry and box of a ring; two polygons if it crosses the antimeridian."""
    ring = corners[::-1]  # counter-clockwise
    latitudes = [c[1] for c in ring]
    if max(c[0] for c in ring) <= 180:
        longitudes = [c[0] for c in ring]
        box = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
        return {"type": "Polygon", "coordinates": [[*map(list, ring), list(ring[0])]]}, box
    west = half(ring, lambda x: x <= 180)
    east = [[round(x - 360, 5) if x > 180 else -180, y] for x, y in half(ring, lambda x: x > 180)]
    if not west:  # all of it lies beyond
        return footprint([(x - 360, y) for x, y in corners])
    box = [min(c[0] for c in west), min(latitudes), max(c[0] for c in east), max(latitudes)]
    parts = [[[*west, west[0]]], [[*east, east[0]]]]
    return {"type": "MultiPolygon", "coordinates": parts}, box


def item(name, collection, geometry, box, properties, assets=None):
    return {
        "type": "Feature", "stac_version": "1.1.0", "stac_extensions": [], "id": name,
        "collection": collection, "geometry": geometry, "bbox": box, "properties": properties,
        "assets": assets or {}, "links": [],
    }


def text(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def acquisition(collection, level, satellite, orbit, time, piece):
    number, angle, corners = piece
    moment = time + PERIOD * (angle / (2 * pi))
    geometry, box = footprint(corners)
    name = f"S2{satellite.upper()}_{level}_R{orbit:03}_{moment:%Y%m%dT%H%M%S}_{number}"
    properties = {
        "datetime": text(moment),
        "platform": f"sentinel-2{satellite}", "constellation": "sentinel-2", "instruments": ["msi"],
        "sat:orbit_state": "descending", "sat:relative_orbit": orbit, "gsd": 10,
        "processing:level": level,
    }
    return item(name, collection, geometry, box, properties)


def acquisitions(collection, level, areas):
    for satellite in REFERENCE_TIMES:
        for orbit, time, crossing in passes(satellite):
            for area in areas:
                for piece in pieces(crossing, area):
                    yield acquisition(collection, level, satellite, orbit, time, piece)


def thirds(collection, title, begin, end):
    """One item for each third of a month: days 1 to 10, 11 to 20, 21 to the end."""
    ring = [[-180, -60], [180, -60], [180, 80], [-180, 80], [-180, -60]]
    year, month = begin
    while (year, month) <= end:
        following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=timezone.utc)
        starts = [datetime(year, month, day, tzinfo=timezone.utc) for day in (1, 11, 21)]
        for start, stop in zip(starts, [*starts[1:], following]):
            yield item(
                f"{collection}_{start:%Y%m%d}", collection,
                {"type": "Polygon", "coordinates": [ring]}, [-180, -60, 180, 80],
                {"title": f"{title}, from {start:%Y-%m-%d}", "datetime": None,
                 "start_datetime": text(start), "end_datetime": text(stop - timedelta(seconds=1)),
                 "gsd": 333},
            )
        year, month = following.year, following.month


def scenario():
    ring = [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]
    yield item(
        "CMIP6.ScenarioMIP.IPSL.IPSL-CM6A-LR.ssp119.r4i1p1f1.CFmon.clcalipso.gr.v20191122",
        "cmip6-ipsl-cm6a-lr", {"type": "Polygon", "coordinates": [ring]}, [-180, -90, 180, 90],
        {"title": "CALIPSO percentage cloud cover, scenario ssp119, monthly", "datetime": None,
         "start_datetime": "2015-01-01T00:00:00Z", "end_datetime": "2100-12-31T23:59:59Z",
         "cmip6:experiment_id": "ssp119", "cmip6:variable_id": "clcalipso",
         "cmip6:institution_id": "IPSL", "cmip6:source_id": "IPSL-CM6A-LR",
         "cmip6:frequency": "mon", "cmip6:nominal_resolution": "250 km"},
    )


def track(satellite, orbit, time, crossing):
    """The points below a pass from 52° to 41° north, ten seconds apart: time, longitude, latitude."""
    angle, last = angle_at(FRANCE[1]), angle_at(FRANCE[0])
    while angle <= last:
        latitude, longitude = below(crossing, angle)
        moment = time + PERIOD * (angle / (2 * pi))
        yield text(moment), round(wrapped(longitude), 5), round(latitude, 5)
        angle += 2 * pi * 10 / PERIOD.total_seconds()


def png(rows):
    """A picture of grey values, as many bytes in each row."""
    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content
                + struct.pack(">I", zlib.crc32(kind + content)))
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    lines = b"".join(b"\0" + bytes(row) for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 9))
            + chunk(b"IEND", b""))


def sketch(points, size=160):
    """A small picture of a track over France, north up, with each whole fifth degree as a grey line."""
    south, north, west, east = FRANCE
    rows = [bytearray(b"\xee" * size) for _ in range(size)]
    at = lambda longitude, latitude: (round((longitude - west) / (east - west) * (size - 1)),
                                      round((north - latitude) / (north - south) * (size - 1)))
    for x, _ in (at(longitude, north) for longitude in range(-5, 11, 5)):
        for row in rows:
            row[x] = 0xb8
    for _, y in (at(west, latitude) for latitude in range(45, 53, 5)):
        rows[y][:] = b"\xb8" * size
    for (_, x1, y1), (_, x2, y2) in zip(points, points[1:]):
        for step in range(65):
            x, y = at(x1 + (x2 - x1) * step / 64, y1 + (y2 - y1) * step / 64)
            for near in range(x - 1, x + 2):
                if 0 <= near < size and 0 <= y < size:
                    rows[y][near] = 0x20
    return png(rows)


def write_tracks(folder):
    folder.mkdir(parents=True, exist_ok=True)
    name = "sentinel-2-ground-tracks"
    (folder / "collection.json").write_text((HERE / f"collections/{name}.json").read_text())
    count = 0
    for satellite in REFERENCE_TIMES:
        for orbit, time, crossing in passes(satellite):
            if time.month != 4 or not any(True for _ in pieces(crossing, FRANCE)):
                continue
            points = list(track(satellite, orbit, time, crossing))
            line = [[longitude, latitude] for _, longitude, latitude in points]
            own = f"S2{satellite.upper()}_R{orbit:03}_{points[0][0][:10].replace('-', '')}"
            rows = [f"{moment},{longitude},{latitude}" for moment, longitude, latitude in points]
            content = "time,longitude,latitude\n" + "\n".join(rows) + "\n"
            (folder / f"{own}.csv").write_text(content)
            (folder / f"{own}.png").write_bytes(sketch(points))
            longitudes, latitudes = [p[0] for p in line], [p[1] for p in line]
            made = item(
                own, name, {"type": "LineString", "coordinates": line},
                [min(longitudes), min(latitudes), max(longitudes), max(latitudes)],
                {"datetime": points[0][0], "start_datetime": points[0][0],
                 "end_datetime": points[-1][0], "platform": f"sentinel-2{satellite}",
                 "sat:relative_orbit": orbit, "sat:orbit_state": "descending"},
                {"data": {"href": f"{own}.csv", "type": "text/csv", "roles": ["data"],
                          "title": "Ground track", "file:size": len(content.encode())},
                 "thumbnail": {"href": f"{own}.png", "type": "image/png", "roles": ["thumbnail"],
                               "title": "Sketch of the track"}},
            )
            (folder / f"{own}.json").write_text(json.dumps(made))
            count += 1
    return count


def main(folder):
    made = {
        "sentinel-2-l1c": acquisitions("sentinel-2-l1c", "L1C", [FRANCE, GUIANA, WALLIS]),
        "sentinel2-l2a-sen2cor": acquisitions("sentinel2-l2a-sen2cor", "L2A", [FRANCE]),
        "ndvi-333m": thirds("ndvi-333m", "NDVI", (2014, 1), (2023, 12)),
        "burnt-area-333m": thirds("burnt-area-333m", "Burnt area", (2014, 1), (2022, 3)),
        "cmip6-ipsl-cm6a-lr": scenario(),
    }
    (folder / "items").mkdir(parents=True, exist_ok=True)
    tally = {}
    for name, items in made.items():
        lines = [json.dumps(one) + "\n" for one in items]
        (folder / f"items/{name}.ndjson").write_text("".join(lines))
        tally[name] = len(lines)
    tally["sentinel-2-ground-tracks"] = write_tracks(folder / "tracks")
    (folder / "tally.json").write_text(json.dumps(tally, indent=2) + "\n")
    print(f"{sum(tally.values())} items of {len(tally)} collections")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
