"""GDAL opens the catalogue file, with and without a server: records and items are layers."""

import json
import subprocess

import catalogue
import pytest
from conftest import Site
from shapely.geometry import shape


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
