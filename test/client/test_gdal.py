"""GDAL opens the catalogue file, with and without a server: records and items are layers."""

import json
import math
import subprocess
import urllib.request

import catalogue
import pytest
from conftest import Site
from shapely.geometry import box, shape
from shapely.ops import unary_union


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "GDAL warns of nothing"
    return done.stdout


def features(site, layer, where, fields="id"):
    printed = run("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", site.store, layer, "-where", where,
                  "-select", fields)
    return json.loads(printed)["features"]


@pytest.mark.parametrize("layer, count", [
    ("record", 6),
    ("item", catalogue.TILES + 10 + 6 + 3),
])
def test_a_layer(site, layer, count):
    said = run("ogrinfo", "-ro", "-so", site.store, layer)
    assert f"Feature Count: {count}\n" in said
    assert 'ID["EPSG",4326]' in said
    assert "Geometry: Unknown (any)" in said  # points, lines and polygons stand side by side


def test_an_item_is_where_it_says(site):
    (tile,) = features(site, "item", "id = 'tile_001'", "id,time")
    west, south = catalogue.PLACES[1]
    assert shape(tile["geometry"]).equals(shape(catalogue.square(west, south, 1)))
    # 2024-03-01T10:30:00Z in milliseconds
    assert tile["properties"]["time"] == 1709289000000


def test_an_item_across_the_antimeridian_has_both_its_parts(site):
    (item,) = features(site, "item", "id = 'pass-0'")
    assert item["geometry"]["type"] == "MultiPolygon"
    assert shape(item["geometry"]).area == pytest.approx(8)


def test_a_record_of_iso_metadata_has_its_area(site):
    (record,) = features(site, "record", "id = 'glacier-velocity'", "id,title")
    assert record["properties"]["title"] == "Velocity of glaciers"
    assert not shape(record["geometry"]).is_empty


def test_the_file_of_a_stopped_server(tmp_path):
    stopped = Site(tmp_path)
    stopped.stop()
    said = run("ogrinfo", "-ro", "-so", stopped.store, "item")
    assert f"Feature Count: {catalogue.TILES + 10 + 6 + 3}\n" in said
    (tile,) = features(stopped, "item", "id = 'tile_001'")
    assert shape(tile["geometry"]).equals(shape(catalogue.square(*catalogue.PLACES[1], 1)))


def test_a_record_without_a_box_is_nowhere(site):
    (record,) = features(site, "record", "id = 'no_box'")
    assert record["geometry"] is None


def bounds(zoom, x, y):
    """West, south, east, north of a tile, in degrees."""
    def latitude(row):
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**zoom))))
    return (x * 360 / 2**zoom - 180, latitude(y + 1), (x + 1) * 360 / 2**zoom - 180, latitude(y))


@pytest.mark.parametrize("place, question", [
    ((0, 0, 0), "sortby=id"),
    ((5, 16, 11), "collections=tiles&datetime=2024-03-02T00:00:00Z/2024-03-02T23:59:59Z"),
])
def test_a_vector_tile_of_a_search(site, tmp_path, place, question):
    """GDAL draws what a search answers that has the box of the tile, each where it is."""
    zoom, x, y = place
    tile = tmp_path / "tile.mvt"
    with urllib.request.urlopen(f"{site.stac}/search/tiles/{zoom}/{x}/{y}.mvt?{question}&fields=properties.gsd") as answer:
        tile.write_bytes(answer.read())
        count = int(answer.headers["OGC-NumberReturned"])
    printed = run("ogr2ogr", "-f", "GeoJSON", "-t_srs", "EPSG:4326", "/vsistdout/", str(tile), "items",
                  "-oo", f"X={x}", "-oo", f"Y={y}", "-oo", f"Z={zoom}", "-oo", "CLIP=NO")
    drawn = {}
    found = json.loads(printed)["features"]
    for feature in found:
        drawn.setdefault(feature["properties"]["id"], []).append(shape(feature["geometry"]))
    assert len(drawn) == count > 10
    with urllib.request.urlopen(f"{site.stac}/search?{question}&limit=1000") as answer:
        items = {item["id"]: shape(item["geometry"]) for item in json.load(answer)["features"]
                 if item["geometry"]}
    unit = 360 / 2**zoom / 4096
    for name, shapes in drawn.items():
        whole = unary_union(shapes)
        assert items[name].buffer(2 * unit).covers(whole), name
        visible = items[name].intersection(box(*bounds(zoom, x, y)))
        assert whole.buffer(2 * unit).covers(visible), name
    assert all(feature["properties"].get("gsd") == 10 for feature in found
               if feature["properties"]["collection"] == "tiles")
