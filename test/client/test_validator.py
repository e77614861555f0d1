"""stac-api-validator and stac-check over the API, with schemas from files instead of the network.

The schemas of STAC itself are those that pystac ships. Those of extensions come from the folder
`conformance/schemas` (host, then path) beside the one that TERRACAT_CORPUS names; without it members of
extensions are not validated, which is a failure where all tests must run (CI=true).
"""

import io
import json
import os
from importlib.resources import files
from pathlib import Path

import pytest
import requests
import urllib3
from conftest import KEY
from stac_api_validator import validations
from stac_check.lint import Linter

SHIPPED = Path(str(files("pystac.validation"))) / "jsonschemas"
SHIPPED_HOSTS = {"schemas.stacspec.org": "stac-spec", "geojson.org": "geojson"}
MORE = Path(os.environ.get("TERRACAT_CORPUS", "/nonexistent")).parent / "conformance/schemas"
HOSTS = {*SHIPPED_HOSTS, "stac-extensions.github.io", "proj.org"}

CLASSES = [
    "core", "browseable", "children", "collections", "features", "features#sort", "features#fields",
    "features#query", "features#filter", "item-search", "item-search#sort", "item-search#fields",
    "item-search#query", "item-search#filter",
]
GEOMETRY = '{"type":"Polygon","coordinates":[[[0,41],[8,41],[8,46],[0,46],[0,41]]]}'
QUERIES = {
    "query_comparison_field": "eo:cloud_cover",
    **{f"query_{op}_value": "50" for op in ("eq", "neq", "lt", "lte", "gt", "gte")},
    "query_substring_field": "platform",
    "query_starts_with_value": "sentinel",
    "query_ends_with_value": "-2a",
    "query_contains_value": "tinel",
    "query_in_field": "instruments",  # the validator takes the field for a list
    "query_in_values": "msi,olci",
}


def schema(host, path):
    """The bytes of the schema at an address."""
    if host in SHIPPED_HOSTS:
        segments = path.strip("/").split("/")
        # pystac keeps all schemas of one version of STAC in one folder.
        version = segments[0] if host == "schemas.stacspec.org" else ""
        return (SHIPPED / SHIPPED_HOSTS[host] / version / segments[-1]).read_bytes()
    file = MORE / host / path.strip("/")
    if file.is_file():
        return file.read_bytes()
    assert os.environ.get("CI") != "true", f"there is no schema for https://{host}{path}"
    anything = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": f"https://{host}{path}"}
    return json.dumps(anything).encode()


# stac-validator tries where the links of a record lead and says so, without an error; conftest.py
# refuses that.
LINKED_HOSTS = {"creativecommons.org", "doi.org"}


@pytest.fixture
def offline(monkeypatch, asked_elsewhere):
    """Answers requests for schemas from files and refuses every host but this one."""
    asked = []
    urlopen = urllib3.HTTPConnectionPool.urlopen

    def urlopen_here(self, method, url, *arguments, **settings):
        asked.append(self.host)
        if self.host in HOSTS:
            body = io.BytesIO(schema(self.host, url))
            return urllib3.HTTPResponse(body, status=200, preload_content=False)
        assert self.host == "127.0.0.1", f"{self.host}{url} was asked for"
        return urlopen(self, method, url, *arguments, **settings)

    monkeypatch.setattr(urllib3.HTTPConnectionPool, "urlopen", urlopen_here)
    yield asked
    asked_elsewhere[:] = [host for host in asked_elsewhere if host not in LINKED_HOSTS]


def validate(root, classes, transaction_collection=None, headers=None):
    return validations.validate_api(
        root_url=root,
        ccs_to_validate=classes,
        collection="tiles",
        geometry=GEOMETRY,
        auth_bearer_token=None,
        auth_query_parameter=None,
        fields_nested_property="properties.eo:cloud_cover",
        validate_pagination=True,
        query_config=validations.QueryConfig(**QUERIES),
        transaction_collection=transaction_collection,
        headers=headers or {},
        open_assets_urls=False,
        stac_check_config=None,
    )


@pytest.mark.parametrize("conformance_class", CLASSES)
def test_a_class_has_no_error(site, offline, conformance_class):
    _, errors = validate(site.stac, [conformance_class])
    assert [str(error) for error in errors] == []


def test_transactions_have_no_error(writable, offline):
    _, errors = validate(writable.stac, ["transaction"], transaction_collection="tiles",
                         headers={"X-API-Key": KEY})
    # The last question is for what was removed: here it says so, the validator knows 404 only.
    removed = ("S2A_47XNF_20230423_0_L2A", "unexpected status code 410 instead of 404")
    said = [str(error) for error in errors]
    assert len(said) == 1 and all(part in said[0] for part in removed), said


def test_answers_are_held_against_the_schemas(site, offline, monkeypatch):
    """The control of collections: one without its licence must be an error."""
    answer = requests.Response.json

    def without_licence(self, **settings):
        value = answer(self, **settings)
        if isinstance(value, dict):
            value.pop("license", None)
        return value

    _, errors = validate(site.stac, ["collections"])
    assert [str(error) for error in errors] == []
    monkeypatch.setattr(requests.Response, "json", without_licence)
    _, errors = validate(site.stac, ["collections"])
    assert "'license' is a required property" in json.dumps([str(error) for error in errors])


def test_items_are_held_against_the_schemas(site, offline, monkeypatch):
    """The control of items: a date that is none must be an error."""
    answer = requests.Response.json

    def with_a_bad_date(self, **settings):
        value = answer(self, **settings)
        if isinstance(value, dict):
            for feature in [value, *value.get("features", [])]:
                if feature.get("type") == "Feature":
                    feature["properties"]["created"] = "yesterday"
        return value

    monkeypatch.setattr(requests.Response, "json", with_a_bad_date)
    _, errors = validate(site.stac, ["features"])
    assert "yesterday" in json.dumps([str(error) for error in errors])


def test_children_are_held_against_the_links(site, offline, monkeypatch):
    """The control of children: one that no list of them has must be an error."""
    answer = requests.Response.json

    def without_the_first(self, **settings):
        value = answer(self, **settings)
        if isinstance(value, dict) and "children" in value:
            del value["children"][0]
        return value

    monkeypatch.setattr(requests.Response, "json", without_the_first)
    _, errors = validate(site.stac, ["children"])
    assert "/children does not" in json.dumps([str(error) for error in errors])


@pytest.mark.parametrize("path", ["", "/browse", "/collections/tiles", "/collections/tiles/browse",
                                  "/collections/tiles/items/tile_000"])
def test_stac_check_finds_no_error(site, offline, path):
    linter = Linter(site.stac + path)
    assert (linter.valid_stac, linter.error_msg) == (True, "")


def test_stac_check_finds_what_is_wrong(site, offline):
    """The control: a collection without its licence must be an error."""
    collection = requests.get(site.stac + "/collections/tiles", timeout=30).json()
    del collection["license"]
    linter = Linter(collection)
    assert not linter.valid_stac
    assert "license" in linter.error_msg
