"""OWSLib's clients of OGC API Features and Records against /features and /records."""

import catalogue
import pytest
from owslib.ogcapi.features import Features
from owslib.ogcapi.records import Records


@pytest.fixture(scope="module")
def features(site):
    return Features(f"{site.url}/features")


def test_it_lists_collections_as_features(features):
    assert {"tiles", "pacific", "odd", "tracks"} <= set(features.feature_collections())


def test_items_of_a_box_and_a_page(features):
    found = features.collection_items("tiles", bbox=[2.1, 44.1, 2.9, 44.9], limit=4)
    assert found["numberMatched"] == catalogue.DAYS
    assert len(found["features"]) == found["numberReturned"] == 4


def test_items_of_a_time(features):
    found = features.collection_items("tiles", datetime_="2024-03-05T00:00:00Z/..", limit=1)
    assert found["numberMatched"] == 2 * len(catalogue.PLACES)


def test_one_item(features):
    item = features.collection_item("tiles", "tile_007")
    assert item["geometry"] == catalogue.square(*catalogue.PLACES[7], 1)


def test_queryables(features):
    assert "eo:cloud_cover" in features.collection_queryables("tiles")["properties"]


@pytest.fixture(scope="module")
def records(site):
    return Records(f"{site.url}/records")


def test_it_lists_catalogs(records):
    assert records.records() == ["all"]
    assert records.collection("all")["itemType"] == "record"
    assert "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core" in (
        records.conformance()["conformsTo"]
    )


def found(records, **what):
    answer = records.collection_items("all", **what)
    assert answer["numberReturned"] == len(answer["features"])
    return [record["id"] for record in answer["features"]]


def test_records_by_place_and_time(records):
    assert found(records, bbox=[1, 41, 2, 42]) == ["tiles"]
    assert found(records, bbox=[-179.5, -1, -179, 1]) == ["pacific"]
    assert found(records, datetime_="2024-03-10T00:00:00Z", bbox=[1, 41, 2, 42]) == ["tiles"]
    assert found(records, datetime_="2024-04-10T00:00:00Z", bbox=[1, 41, 2, 42]) == []


def test_records_by_words_and_properties(records):
    assert found(records, q="TILES of sentinel") == ["tiles"]
    assert found(records, q="odd ids,ground") == ["tracks", "odd"]
    assert found(records, type="dataset", keywords="optical") == ["tiles"]
    assert found(records, ids="odd,tiles", sortby=("title", "desc")) == ["tiles", "odd"]


def test_records_by_a_filter(records):
    assert found(records, filter="title LIKE 'Tiles%'") == ["tiles"]
    assert found(records, filter="CASEI(title) LIKE CASEI('TILES%')") == ["tiles"]


def test_pages_of_records(records):
    pages = [found(records, limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 2, 0]
    assert len({name for page in pages for name in page}) == 6


def test_one_record(records):
    tiles = records.collection_item("all", "tiles")
    assert tiles["properties"]["title"] == "Tiles of Sentinel-2"
    assert tiles["properties"]["keywords"] == ["optical"]
    assert tiles["time"]["interval"] == ["2024-03-01T00:00:00Z", "2024-03-31T00:00:00Z"]


def test_queryables_of_records(records):
    assert "externalIds" in records.collection_queryables("all")["properties"]
