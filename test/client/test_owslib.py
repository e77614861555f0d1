"""OWSLib's client of OGC API Features against /features."""

import catalogue
import pytest
from owslib.ogcapi.features import Features


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
