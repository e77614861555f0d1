"""The code that pages offer to begin with, run as it stands. That of R and QGIS is held to its grammar
and to the requests that it makes, and run where rstac and QGIS are (CONTRIBUTING.md)."""

import html.parser
import json
import os
import re
import shlex
import shutil
import subprocess

import numpy
import pytest
import rasterio
import requests
from conftest import Site
from rasterio.transform import from_bounds

NEWEST = [f"tile_{number:03}" for number in range(503, 493, -1)]  # of the last day, the last first
COLLECTIONS = {"tiles": NEWEST, "tracks": ["track-2", "track-1", "track-0"]}


class Snippets(html.parser.HTMLParser):
    """The code of a page, by the name of its tool."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.name, self.code = None, {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "pre":
            self.name = dict(attributes).get("data-snippet")

    def handle_endtag(self, tag):
        if tag == "pre":
            self.name = None

    def handle_data(self, data):
        if self.name:
            self.code[self.name] = self.code.get(self.name, "") + data


def snippets(site, collection):
    page = requests.get(f"{site.url}/en/datasets/{collection}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    return Snippets(page.text).code


def printed(code, capsys):
    exec(compile(code, "snippet", "exec"), {"__name__": "__main__"})
    return capsys.readouterr().out


@pytest.fixture(params=COLLECTIONS)
def collection(request):
    return request.param


def test_pages_and_the_api_say_the_same(site, collection):
    said = requests.get(f"{site.url}/api/v1/datasets/{collection}/snippets").json()["snippets"]
    assert {one["id"]: one["code"] for one in said} == snippets(site, collection)
    tools = ["eodag", "pystac", "r", "qgis", "curl"]
    assert [one["id"] for one in said if one["id"] != "odc"] == tools
    assert ("odc" in snippets(site, collection)) == (collection == "tiles")  # it has GeoTIFF


def test_without_items_there_is_none(site):
    assert snippets(site, "glacier-velocity") == {}
    answer = requests.get(f"{site.url}/api/v1/datasets/glacier-velocity/snippets")
    assert answer.json() == {"snippets": []}
    assert requests.get(f"{site.url}/api/v1/datasets/none/snippets").status_code == 404


def test_eodag(site, collection, capsys, monkeypatch, tmp_path):
    (tmp_path / "collections.json").write_text("{}")
    monkeypatch.setenv("EODAG_CFG_DIR", str(tmp_path))
    monkeypatch.setenv("EODAG_EXT_COLLECTIONS_CFG_URI", str(tmp_path / "collections.json"))
    code = snippets(site, collection)["eodag"]
    assert printed(code, capsys).split() == COLLECTIONS[collection]


def test_pystac_client(site, collection, capsys):
    lines = printed(snippets(site, collection)["pystac"], capsys).splitlines()
    assert [line.split()[0] for line in lines] == COLLECTIONS[collection]


def test_curl(site, collection):
    code = snippets(site, collection)["curl"].replace("curl ", "curl --silent --fail ", 1)
    done = subprocess.run(["sh", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["features"]
    assert [one["id"] for one in found] == COLLECTIONS[collection]


def test_r_asks_for_the_same(site, collection, tmp_path):
    code = snippets(site, collection)["r"]
    if shutil.which("Rscript"):
        (tmp_path / "snippet.R").write_text(code)
        read = ["Rscript", "-e", f"parse({json.dumps(str(tmp_path / 'snippet.R'))})"]
        assert subprocess.run(read, capture_output=True).returncode == 0
    # What rstac makes of these arguments: one GET with each as a parameter.
    stac = json.loads(re.search(r'stac\(("[^"]*")\)', code)[1])
    parameters = {name: json.loads(value) for name, value in
                  re.findall(r'(collections|datetime) = ("[^"]*")', code)}
    box = re.search(r"bbox = c\(([^)]*)\)", code)
    parameters["bbox"] = box[1].replace(" ", "")
    parameters["limit"] = re.search(r"limit = (\d+)", code)[1]
    assert code.count("(") == code.count(")")
    answer = requests.get(f"{stac}/search", params=parameters).json()
    assert [one["id"] for one in answer["features"]] == COLLECTIONS[collection]


def has_rstac():
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", "library(rstac)"], capture_output=True).returncode == 0


def test_r_runs(site, collection, tmp_path):
    if not has_rstac():
        pytest.skip("there is no R with rstac")
    code = snippets(site, collection)["r"]
    (tmp_path / "snippet.R").write_text(
        code + 'cat(vapply(found$features, function(one) one$id, ""), sep = "\n")\n')
    done = subprocess.run(["Rscript", str(tmp_path / "snippet.R")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "matched feature(s)" in done.stdout  # what the snippet itself prints
    wanted = COLLECTIONS[collection]
    assert done.stdout.split()[-len(wanted):] == wanted


# As the browser of QGIS opens a layer of a connection; a window is not needed.
OPEN_LAYER = """
import sys
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
_, address, name = sys.argv
layer = QgsVectorLayer(f"url='{address}' typename='{name}'", name, "OAPIF")
print(layer.isValid(), layer.featureCount(), layer.fields().names(),
      sorted(one["id"] for one in layer.getFeatures())[:3])
del layer
application.exitQgis()
"""


def python_of_qgis():
    """A command: the system's, or what TERRACAT_QGIS_PYTHON says; None if it has no QGIS."""
    python = shlex.split(os.environ.get("TERRACAT_QGIS_PYTHON", "/usr/bin/python3"))
    asked = subprocess.run([*python, "-c", "import qgis.core"], capture_output=True)
    return python if asked.returncode == 0 else None


def test_qgis_opens_the_layer(site, collection):
    python = python_of_qgis()
    if python is None:
        pytest.skip("there is no QGIS for Python")
    _, features, layer = re.findall(r"\S+$", snippets(site, collection)["qgis"], re.MULTILINE)
    done = subprocess.run(
        [*python, "-c", OPEN_LAYER, features, layer], capture_output=True, text=True, timeout=120,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp", "QT_QPA_PLATFORM": "offscreen"})
    assert done.returncode == 0, done.stderr
    is_valid, count, *_ = done.stdout.split()
    assert (is_valid, count) == ("True", {"tiles": "504", "tracks": "3"}[collection])
    if collection == "tracks":
        assert "['track-0', 'track-1', 'track-2']" in done.stdout


def test_qgis_finds_what_it_connects_to(site, collection):
    code = snippets(site, collection)["qgis"]
    stac, features, layer = re.findall(r"\S+$", code, re.MULTILINE)
    landing = requests.get(stac).json()  # as its STAC connection begins
    rels = {link["rel"]: link["href"] for link in landing["links"]}
    assert layer in [one["id"] for one in requests.get(rels["data"]).json()["collections"]]
    # The provider "WFS / OGC API - Features" asks as GDAL's driver does.
    read = ["ogrinfo", "-ro", "-so", f"OAPIF:{features}", layer]
    done = subprocess.run(read, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"Layer name: {layer}" in done.stdout
    count = {"tiles": 504, "tracks": 3}[collection]
    assert f"Feature Count: {count}\n" in done.stdout


@pytest.fixture(scope="module")
def rasters(tmp_path_factory):
    """A site with two small GeoTIFFs of its own, side by side."""
    made = Site(tmp_path_factory.mktemp("rasters"), before=write_rasters)
    yield made
    made.stop()


def write_rasters(folder):
    extent = {"spatial": {"bbox": [[1, 44, 3, 45]]},
              "temporal": {"interval": [["2024-03-01T00:00:00Z", "2024-03-02T00:00:00Z"]]}}
    (folder / "site/a-heights.json").write_text(json.dumps({
        "type": "Collection", "stac_version": "1.1.0", "id": "heights", "title": "Heights",
        "description": "Two tiles.", "license": "CC-BY-4.0", "extent": extent, "links": []}))
    for number in (1, 2):
        with rasterio.open(folder / f"site/h{number}.tif", "w", driver="GTiff", width=100, height=100,
                           count=1, dtype="int16", crs="EPSG:4326",
                           transform=from_bounds(number, 44, number + 1, 45, 100, 100)) as file:
            file.write(numpy.full((100, 100), number * 100, dtype="int16"), 1)
        west, east = number, number + 1
        ring = [[west, 44], [east, 44], [east, 45], [west, 45], [west, 44]]
        (folder / f"site/h{number}.json").write_text(json.dumps({
            "type": "Feature", "stac_version": "1.1.0", "stac_extensions": [], "id": f"h{number}",
            "collection": "heights", "geometry": {"type": "Polygon", "coordinates": [ring]},
            "bbox": [west, 44, east, 45], "properties": {"datetime": "2024-03-01T10:00:00Z"},
            "assets": {"height": {"href": f"h{number}.tif", "roles": ["data"],
                                  "type": "image/tiff; application=geotiff"}}, "links": []}))


def test_xarray(rasters):
    code = snippets(rasters, "heights")["odc"]
    ran = {}
    exec(compile(code, "snippet", "exec"), ran)
    heights = ran["data"]["height"].load()
    assert heights.shape == (1, 100, 200)  # a moment, a degree, two degrees by hundredths
    assert sorted(set(heights.values.ravel().tolist())) == [100, 200]
    assert heights.sel(longitude=1.5, latitude=44.5, method="nearest").item() == 100
    assert heights.sel(longitude=2.5, latitude=44.5, method="nearest").item() == 200
