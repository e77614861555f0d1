"""pystac-client against the API. Its warnings are errors here."""

import catalogue
import pytest
import requests
from pystac_client import Client

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def client(site):
    return Client.open(site.stac)


def ids(search):
    return [item.id for item in search.items()]


def tile_ids(numbers):
    return [f"tile_{number:03}" for number in numbers]


def test_it_opens_and_finds_the_classes(client):
    for name in ("COLLECTIONS", "FEATURES", "ITEM_SEARCH", "SORT", "FIELDS", "QUERY", "FILTER"):
        assert client.conforms_to(name), name


def test_collections_come_by_title_with_their_links(client, site):
    collections = list(client.get_collections())
    assert [c.id for c in collections] == [
        "tracks", "odd", "pacific", "tiles", "glacier-velocity", "no_box",
    ]
    tiles = client.get_collection("tiles")
    assert tiles.title == "Tiles of Sentinel-2"
    assert tiles.get_single_link("items").href == f"{site.stac}/collections/tiles/items"
    assert tiles.get_root_link().href == site.stac
    # The ISO record has no items, and no link that leads nowhere.
    assert client.get_collection("glacier-velocity").get_links("items") == []


def searched(client, **what):
    search = client.collection_search(**what)
    found = [collection.id for collection in search.collections()]
    assert search.matched() == len(found)
    return found


def test_collections_are_searched_by_the_server(client):
    for name in ("COLLECTION_SEARCH", "COLLECTION_SEARCH_FREE_TEXT"):
        assert client.conforms_to(name), name
    everywhere = "no_box"
    assert searched(client, bbox=[1, 41, 2, 42], datetime="2024-03-10") == ["tiles", everywhere]
    assert searched(client, bbox=[-179.5, -1, -179, 1]) == ["pacific", everywhere]
    assert searched(client, q='"TILES of sentinel"') == ["tiles"]
    assert searched(client, q="sentinel AND (tiles OR tracks)") == ["tiles"]
    assert searched(client, q=["odd ids", "TILES of sentinel"]) == ["odd", "tiles"]
    assert searched(client, q="odd ids,ground") == ["tracks", "odd"]
    assert searched(client, filter="title LIKE 'Tiles%'") == ["tiles"]
    assert searched(client, sortby="-title", limit=2) == [
        "no_box", "glacier-velocity", "tiles", "pacific", "odd", "tracks",
    ]


def test_a_collection_without_a_box_has_that_of_the_world(client):
    extent = client.get_collection("no_box").extent
    assert extent.spatial.bboxes == [[-180, -90, 180, 90]]


def test_an_item_by_its_id(client):
    item = client.get_collection("tiles").get_item("tile_007")
    assert item.properties["test:number"] == 7
    assert item.collection_id == "tiles"
    assert item.datetime.isoformat() == "2024-03-01T10:30:00+00:00"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("limit", [1000, 100, 37])
def test_every_item_comes_once_whatever_the_page(client, method, limit):
    search = client.search(collections=["tiles"], method=method, limit=limit)
    found = ids(search)
    assert len(found) == len(set(found)) == catalogue.TILES
    assert search.matched() == catalogue.TILES


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_sort_holds_over_pages(client, method):
    search = client.search(
        collections=["tiles"], method=method, limit=50,
        sortby=["+properties.eo:cloud_cover", "-id"],
    )
    numbers = sorted(
        range(catalogue.TILES), key=lambda n: (catalogue.cloud_cover(n), -n)
    )
    assert ids(search) == tile_ids(numbers)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("datetime, count", [
    ("2024-03-02", len(catalogue.PLACES)),  # the client makes a day of it
    ("2024-03-01T10:30:00Z", len(catalogue.PLACES)),
    ("2024-03-05T00:00:00Z/..", 2 * len(catalogue.PLACES)),
    ("../2024-03-01T10:29:59Z", 0),
    ("2024-03", catalogue.TILES),
])
def test_times(client, method, datetime, count):
    search = client.search(collections=["tiles"], datetime=datetime, method=method)
    assert search.matched() == count


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_places(client, method):
    # Tiles are one degree wide, two degrees apart in latitude: a box inside one finds it alone.
    inside = client.search(collections=["tiles"], bbox=[2.1, 44.1, 2.9, 44.9], method=method)
    assert inside.matched() == catalogue.DAYS
    between = client.search(collections=["tiles"], bbox=[2.1, 45.1, 2.9, 45.9], method=method)
    assert between.matched() == 0
    point = {"type": "Point", "coordinates": [2.5, 44.5]}
    at = client.search(collections=["tiles"], intersects=point, method=method)
    assert at.matched() == catalogue.DAYS
    # The box crosses the antimeridian: passes 0 to 9 begin at -20, -16, … 16.
    pacific = client.search(collections=["pacific"], bbox=[179, -21, -179, 0], method=method)
    assert sorted(ids(pacific)) == [f"pass-{n}" for n in range(6)]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_conditions(client, method):
    clear = [n for n in range(catalogue.TILES) if catalogue.cloud_cover(n) < 10]
    query = client.search(
        collections=["tiles"], query={"eo:cloud_cover": {"lt": 10}}, method=method, max_items=None
    )
    assert sorted(ids(query)) == tile_ids(clear)
    expression = {
        "op": "and",
        "args": [
            {"op": "<", "args": [{"property": "eo:cloud_cover"}, 10]},
            {"op": "in", "args": [{"property": "platform"}, ["sentinel-2a"]]},
        ],
    }
    filtered = client.search(
        collections=["tiles"], filter=expression, filter_lang="cql2-json", method=method
    )
    assert sorted(ids(filtered)) == tile_ids(n for n in clear if n % 2 == 0)


def test_a_query_with_numbers_as_texts(client):
    # So the client sends them itself by GET, from its own syntax.
    search = client.search(collections=["tiles"], query=["eo:cloud_cover<10"], method="GET")
    assert search.matched() == sum(catalogue.cloud_cover(n) < 10 for n in range(catalogue.TILES))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_ids_and_fields(client, method):
    search = client.search(ids=["tile_001", "pass-1"], method=method)
    assert sorted(ids(search)) == ["pass-1", "tile_001"]
    lean = client.search(
        collections=["tiles"], ids=["tile_001"], method=method,
        fields={"include": ["properties.eo:cloud_cover"], "exclude": ["assets"]},
    )
    item = next(lean.items_as_dicts())
    assert item["properties"]["eo:cloud_cover"] == catalogue.cloud_cover(1)
    assert "assets" not in item


def test_queryables_of_several_collections(client):
    merged = client.get_merged_queryables(["tiles", "pacific"])
    assert {"eo:cloud_cover", "sat:relative_orbit", "datetime"} <= set(merged["properties"])


def test_odd_ids_lead_to_their_items(client):
    # Clients read numbers and constants where texts are meant, and write ids into paths as they are.
    collection = client.get_collection("odd")
    found = [item.id for item in collection.get_items()]
    assert len(found) == 6
    for name in found:
        assert collection.get_item(name).id == name
    assert "ok.id-1" in found and not {"20240101", "1e5", "True", "a/b c"} & set(found)


def test_old_ids_still_lead_there(site):
    answer = requests.get(f"{site.stac}/collections/odd/items/20240101")
    assert answer.status_code == 200
    assert answer.json()["properties"]["title"] == "20240101"


def test_a_search_over_everything(client):
    search = client.search(limit=200)
    found = [(item.collection_id, item.id) for item in search.items()]
    assert len(found) == len(set(found)) == catalogue.TILES + 10 + 6 + 3


def test_no_page_is_short_and_the_last_has_no_next(site):
    body = {"collections": ["tiles"], "limit": 100}
    sizes = []
    while body:
        page = requests.post(f"{site.stac}/search", json=body).json()
        sizes.append(len(page["features"]))
        links = [link for link in page["links"] if link["rel"] == "next"]
        assert all(link["method"] == "POST" for link in links)
        body = links[0]["body"] if links else None
    assert sizes == [100, 100, 100, 100, 100, 4]
