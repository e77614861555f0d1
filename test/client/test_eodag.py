"""EODAG with the site as a provider: by one call, and by a configuration file."""

import re
from pathlib import Path

import catalogue
import pytest
import requests

PROVIDER = "centre"
CONFIGURATION = """
{provider}:
  priority: 5
  url: {url}
  search:
    type: StacSearch
    api_endpoint: {stac}/search
    need_auth: false
    asset_key_from_href: false
    pagination: {{max_limit: 1000, next_page_token_key: token}}
    sort:
      sort_param_mapping:
        id: id
        start_datetime: properties.datetime
        eo:cloud_cover: properties.eo:cloud_cover
  products:
    GENERIC_COLLECTION: {{_collection: '{{collection}}'}}
  download: {{type: HTTPDownload, extract: false}}
"""


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    """Makes gateways that ask nobody but the site."""
    # EODAG reads the environment when it is imported; conftest.py has set the home folder by now.
    from eodag import EODataAccessGateway
    from eodag.config import EODAGSettings

    folder = tmp_path_factory.mktemp("eodag")
    (folder / "collections.json").write_text("{}")

    def make(**settings):
        known = EODAGSettings(
            cfg_dir=folder, ext_collections_cfg_uri=str(folder / "collections.json"), **settings
        )
        return EODataAccessGateway(settings=known)

    return make


@pytest.fixture(scope="module")
def by_call(gateway, site):
    dag = gateway()
    dag.add_provider(PROVIDER, f"{site.stac}/search")
    return dag


@pytest.fixture(scope="module")
def by_file(gateway, site, tmp_path_factory):
    file = tmp_path_factory.mktemp("configuration") / "eodag.yml"
    file.write_text(CONFIGURATION.format(provider=PROVIDER, url=site.url, stac=site.stac))
    return gateway(cfg_file=file)


@pytest.fixture(params=["by_call", "by_file"])
def dag(request):
    return request.getfixturevalue(request.param)


def search(dag, **criteria):
    found = dag.search(provider=PROVIDER, raise_errors=True, validate=True, count=True, **criteria)
    return found, [product.properties["id"] for product in found]


def numbers(products):
    return sorted(int(name.removeprefix("tile_")) for name in products)


def tile(day, west, south):
    return (day - 1) * len(catalogue.PLACES) + catalogue.PLACES.index((west, south))


def test_it_lists_all_collections_on_the_first_page(dag):
    found = {c.id: c for c in dag.list_collections(provider=PROVIDER)}
    assert {"tiles", "pacific", "odd", "tracks", "glacier-velocity"} <= set(found)
    assert found["tiles"].title == "Tiles of Sentinel-2"
    assert found["glacier-velocity"].license == "CC-BY-SA-4.0"


def test_queryables_are_there_for_the_provider_and_for_each_collection(dag):
    of_tiles = dag.list_queryables(provider=PROVIDER, collection="tiles")
    # EODAG names them as Python does.
    assert {"eo_cloud_cover", "platform", "instruments"} <= set(of_tiles)
    for name in ("pacific", "odd", "tracks", "glacier-velocity"):
        assert dag.list_queryables(provider=PROVIDER, collection=name)
    assert "eo_cloud_cover" in dag.list_queryables(provider=PROVIDER)


def test_places(dag):
    for geometry in (
        "POINT (2.5 44.5)",
        "POLYGON ((2.1 44.1, 2.9 44.1, 2.9 44.9, 2.1 44.9, 2.1 44.1))",
        [2.1, 44.1, 2.9, 44.9],
        {"lonmin": 2.1, "latmin": 44.1, "lonmax": 2.9, "latmax": 44.9},
    ):
        found, names = search(dag, collection="tiles", geom=geometry, limit=20)
        assert numbers(names) == [tile(day, 2, 44) for day in range(1, 7)]
        assert found.number_matched == 6


def test_a_place_of_several_parts(dag):
    two = "MULTIPOINT ((2.5 44.5), (-5.5 40.5))"
    _, names = search(dag, collection="tiles", geom=two, limit=20)
    expected = [tile(day, *place) for day in range(1, 7) for place in [(2, 44), (-6, 40)]]
    assert numbers(names) == sorted(expected)


def test_times(dag):
    found, names = search(
        dag, collection="tiles", start="2024-03-02", end="2024-03-03", limit=200
    )
    # The end is an instant: nothing of the 3rd of March.
    assert numbers(names) == list(range(84, 168))
    found, _ = search(dag, collection="tiles", start="2024-03-05", limit=5)
    assert found.number_matched == 168


def test_cloud_cover_means_at_most(dag):
    _, names = search(dag, collection="tiles", limit=500, **{"eo:cloud_cover": 10})
    assert numbers(names) == [
        n for n in range(catalogue.TILES) if catalogue.cloud_cover(n) <= 10
    ]


def test_other_parameters_come_as_texts(dag):
    # EODAG asks for `query.{name}.eq` with the value as a text, whatever its type.
    _, names = search(dag, collection="tiles", limit=20, **{"test:number": 17})
    assert names == ["tile_017"]
    _, names = search(dag, collection="tiles", limit=500, **{"test:flag": True})
    assert numbers(names) == list(range(0, catalogue.TILES, 3))
    _, names = search(dag, collection="tiles", limit=500, platform="sentinel-2b")
    assert numbers(names) == list(range(1, catalogue.TILES, 2))
    _, names = search(dag, collection="tiles", limit=5, instruments=["msi"])
    assert len(names) == 5


@pytest.mark.parametrize("size", [37, 100, 252])
def test_all_pages_without_loss_or_repetition(dag, size):
    found = dag.search_all(provider=PROVIDER, collection="tiles", limit=size)
    assert numbers(p.properties["id"] for p in found) == list(range(catalogue.TILES))


def test_the_sort_holds_over_pages(by_file):
    # EODAG does not send the sort again: the token has to carry it.
    first = by_file.search(
        provider=PROVIDER, collection="tiles", limit=60, raise_errors=True,
        sort_by=[("eo:cloud_cover", "ASC"), ("id", "DESC")],
    )
    names = [product.properties["id"] for product in first]
    for page in first.next_page():
        names += [product.properties["id"] for product in page]
    expected = sorted(range(catalogue.TILES), key=lambda n: (catalogue.cloud_cover(n), -n))
    assert names == [f"tile_{n:03}" for n in expected]


def test_one_item_by_its_id(dag):
    found, names = search(dag, collection="tiles", id="tile_123")
    assert names == ["tile_123"]
    product = found[0]
    assert product.properties["eo:cloud_cover"] == catalogue.cloud_cover(123)
    assert product.geometry.bounds == (*catalogue.PLACES[39], *(c + 1 for c in catalogue.PLACES[39]))


def test_ids_that_python_takes_for_values(dag):
    # A single such id would cost the whole page.
    _, names = search(dag, collection="odd", limit=20)
    assert len(names) == 6
    for name in names:
        assert isinstance(name, str)
        assert search(dag, collection="odd", id=name)[1] == [name]


def test_a_product_across_the_antimeridian(dag):
    found, names = search(dag, collection="pacific", geom="POINT (-179.5 -19)", limit=20)
    assert names == ["pass-0"]
    assert found[0].geometry.geom_type == "MultiPolygon"


def test_a_collection_without_items_finds_nothing(dag):
    found, names = search(dag, collection="glacier-velocity", limit=20)
    assert names == [] and found.number_matched == 0


def test_it_downloads(dag, site, tmp_path):
    found, names = search(dag, collection="tracks", id="track-1")
    path = Path(dag.download(found[0], output_dir=str(tmp_path), extract=False))
    files = [path] if path.is_file() else list(path.rglob("*.csv"))
    assert [f.read_bytes() for f in files] == [(site.folder / "site/track-1.csv").read_bytes()]
    assert files[0].name == "track-1.csv"


def test_it_streams_a_download(dag, site):
    found, _ = search(dag, collection="tracks", id="track-2")
    streamed = found[0].stream_download()
    assert b"".join(streamed.content) == (site.folder / "site/track-2.csv").read_bytes()


def test_parts_of_a_file(dag, site):
    # As xarray and GDAL read: a HEAD for the size, then ranges.
    found, _ = search(dag, collection="tracks", id="track-2")
    (asset,) = found[0].assets.values()  # EODAG may give it a key of its own
    address = asset["href"]
    whole = (site.folder / "site/track-2.csv").read_bytes()
    head = requests.head(address)
    assert int(head.headers["Content-Length"]) == len(whole)
    assert head.headers["Accept-Ranges"] == "bytes"
    assert 'filename="track-2.csv"' in head.headers["Content-Disposition"]
    part = requests.get(address, headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert part.content == whole[100:200]


def test_items_come_back_from_their_addresses(by_file, site):
    found = by_file.import_stac_items([f"{site.stac}/collections/tiles/items/tile_003"])
    assert [p.properties["id"] for p in found] == ["tile_003"]
    assert found[0].provider == PROVIDER


def test_results_are_stac_items(dag):
    found, _ = search(dag, collection="tiles", limit=3)
    for feature in found.as_dict()["features"]:
        assert feature["stac_version"]
        assert feature["properties"]["datetime"].startswith("2024-03-0")


# What breaks a provider in EODAG, where the tests above do not show it.


def test_a_token_survives_being_pasted_into_json(site):
    page = requests.post(f"{site.stac}/search", json={"collections": ["tiles"], "limit": 7}).json()
    (following,) = [link for link in page["links"] if link["rel"] == "next"]
    assert re.fullmatch(r"[A-Za-z0-9_-]+", following["body"]["token"])
    assert following["body"]["collections"] == ["tiles"] and "merge" not in following


def test_a_large_page_is_not_cut(dag):
    # A page shorter than what was asked for would be the last one.
    _, names = search(dag, collection="tiles", limit=1000)
    assert numbers(names) == list(range(catalogue.TILES))


def test_every_queryable_has_a_type_and_none_is_required(site):
    # Without a type EODAG refuses every value; a required one blocks every search.
    listed = requests.get(f"{site.stac}/collections").json()["collections"]
    assert len(listed) == 6
    for base in [site.stac, *(f"{site.stac}/collections/{one['id']}" for one in listed)]:
        answer = requests.get(f"{base}/queryables")
        assert answer.status_code == 200
        document = answer.json()
        assert document["$id"] == f"{base}/queryables"
        assert not document.get("required")
        untyped = [name for name, one in document["properties"].items()
                   if not {"type", "enum", "anyOf", "$ref"} & set(one)]
        assert untyped == []


def test_values_that_no_item_has_may_be_asked_for(dag):
    # Observed values as `enum` or bounds would make EODAG refuse them.
    assert search(dag, collection="tiles", limit=5, platform="sentinel-9")[1] == []
    assert search(dag, collection="tiles", limit=5, **{"test:number": 100000})[1] == []


def test_assets_of_one_file_name_stay_two(by_file):
    found, _ = search(by_file, collection="tiles", id="tile_009")
    assert {name: asset["href"] for name, asset in found[0].assets.items()} == {
        "B04": "https://data.example.org/9/B04.tif",
        "B04_20m": "https://data.example.org/9/20m/B04.tif",
    }


def test_members_that_it_does_not_know_are_no_error(site):
    body = {"collections": ["tiles"], "limit": 3, "page": 1, "skip": 0, "surprise": "x"}
    answer = requests.post(f"{site.stac}/search", json=body)
    assert answer.status_code == 200
    assert len(answer.json()["features"]) == 3


def test_dates_are_those_of_the_acquisition(dag):
    # All of the day were taken at 10:30 and catalogued at 12:00.
    day = {"collection": "tiles", "limit": 200}
    at_noon = search(dag, start="2024-03-02T11:30:00Z", end="2024-03-02T12:30:00Z", **day)
    assert at_noon[1] == []
    before = search(dag, start="2024-03-02T10:00:00Z", end="2024-03-02T11:00:00Z", **day)
    assert numbers(before[1]) == list(range(84, 168))


def test_a_place_of_several_areas(dag):
    two = ("MULTIPOLYGON (((2.1 44.1, 2.9 44.1, 2.9 44.9, 2.1 44.1)), "
           "((-5.9 40.1, -5.1 40.1, -5.1 40.9, -5.9 40.1)))")
    _, names = search(dag, collection="tiles", geom=two, limit=20)
    expected = [tile(day, *place) for day in range(1, 7) for place in [(2, 44), (-6, 40)]]
    assert numbers(names) == sorted(expected)


RECORDS = """
records:
  priority: 1
  url: {url}
  search:
    type: OARSearch
    api_endpoint: {url}/records
    need_auth: false
    metadata_mapping:
      geometry: ['bbox={{geometry#to_bounds_str}}', '$.geometry']
  products:
    GENERIC_COLLECTION: {{_collection: '{{collection}}'}}
  download: {{type: HTTPDownload, extract: false}}
"""


@pytest.fixture(scope="module")
def records(gateway, site, tmp_path_factory):
    file = tmp_path_factory.mktemp("records") / "eodag.yml"
    file.write_text(RECORDS.format(url=site.url))
    dag = gateway(cfg_file=file)

    def search(**criteria):
        found = dag.search(
            provider="records", collection="all", raise_errors=True, count=True, **criteria
        )
        return found.number_matched, [product.properties["id"] for product in found]

    return search


def test_records_are_found_by_the_address_of_the_api_alone(records):
    assert records(geom=[1, 41, 2, 42]) == (1, ["tiles"])
    assert records(geom=[-180, -90, 180, 90], limit=2)[0] == 5
    assert records(geom=[1, 41, 2, 42], start="2024-03-02", end="2024-03-03") == (1, ["tiles"])
    assert records(geom=[1, 41, 2, 42], start="2023-03-02", end="2023-03-03") == (0, [])
    assert records(geom=[-180, -90, 180, 90], license="CC-BY-SA-4.0") == (1, ["glacier-velocity"])
