"""The requests that stac-browser sends, in its order, under the rules that a web browser adds.

stac-browser is a page of another origin: what it may not read does not exist for it, and what it may
not send is not sent. `Browser` refuses both as a web browser does.
"""

import catalogue
import pytest
import requests

ORIGIN = "https://browser.example"
OGC = "http://www.opengis.net/def/rel/ogc/1.0/"
STAC = "https://api.stacspec.org/"
READ = {"ETag", "Link", "Allow", "Content-Disposition", "Content-Language"}  # headers, by the page
ALL = ["tracks", "odd", "pacific", "tiles", "glacier-velocity", "no_box"]  # by title
CLEAR = [n for n in range(catalogue.TILES) if catalogue.cloud_cover(n) < 10]


def link(document, rel, **members):
    """The one link of that kind."""
    found = [one for one in document["links"]
             if one["rel"] == rel and all(one.get(name) == value for name, value in members.items())]
    assert len(found) == 1, (rel, members, document["links"])
    return found[0]


def href(document, rel, **members):
    return link(document, rel, **members)["href"]


def has(document, rel):
    return any(one["rel"] == rel for one in document["links"])


def ids(page):
    return [feature["id"] for feature in page["features"]]


def tile_ids(numbers):
    return [f"tile_{number:03}" for number in numbers]


class Browser:
    """A page of ORIGIN asks."""

    def __init__(self, language="en"):
        self.session = requests.Session()
        self.session.headers = {"Origin": ORIGIN, "Accept-Language": language,
                                "Accept": "application/json, text/plain, */*"}

    def preflight(self, method, url, headers):
        """What a browser asks before a request that a form could not send."""
        answer = self.session.options(url, headers={
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": ",".join(sorted(map(str.lower, headers)))})
        assert 200 <= answer.status_code < 300, (url, answer.status_code)
        assert answer.headers["Access-Control-Allow-Origin"] in ("*", ORIGIN)
        given = {name.strip() for name in answer.headers["Access-Control-Allow-Methods"].split(",")}
        assert method in given, given
        # "*" would not stand for Authorization.
        given = {name.strip().lower()
                 for name in answer.headers["Access-Control-Allow-Headers"].split(",")}
        assert {name.lower() for name in headers} <= given, given

    def ask(self, method, url, status=200, headers=(), **body):
        headers = dict(headers)
        if "json" in body:
            headers["Content-Type"] = "application/json"
        if headers or method not in ("GET", "HEAD", "POST"):
            self.preflight(method, url, headers)
        answer = self.session.request(method, url, headers=headers, allow_redirects=False, **body)
        assert answer.headers["Access-Control-Allow-Origin"] in ("*", ORIGIN), url
        exposed = {name.strip() for name in answer.headers["Access-Control-Expose-Headers"].split(",")}
        assert READ <= exposed, exposed
        assert answer.status_code == status, (url, answer.text)
        return answer

    def get(self, url, **more):
        return self.ask("GET", url, **more).json()

    def post(self, url, body, **more):
        return self.ask("POST", url, json=body, **more).json()

    def follow(self, found):
        """A link of a page: by POST with its body alone, for `merge` is not known there."""
        if found.get("method", "GET") == "GET":
            return self.get(found["href"])
        assert not found.get("merge")
        return self.post(found["href"], found["body"])

    def pages(self, page):
        """From this page to the last one."""
        yield page
        while has(page, "next"):
            page = self.follow(link(page, "next"))
            yield page

    def pages_back(self, page):
        """From the one before this page to the first one."""
        while has(page, "prev"):
            page = self.follow(link(page, "prev"))
            yield page


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def root(browser, site):
    return browser.get(site.stac)


def test_the_root_says_what_there_is_to_show(browser, site, root):
    assert href(root, "self") == href(root, "root") == site.stac
    assert not has(root, "parent")
    classes = set(root["conformsTo"])
    assert browser.get(href(root, "conformance"))["conformsTo"] == root["conformsTo"]
    for part in ("v1.0.0/core", "v1.0.0/collections", "v1.0.0/item-search",
                 "v1.0.0/item-search#sort", "v1.0.0/item-search#filter",
                 "v1.0.0/ogcapi-features", "v1.0.0/ogcapi-features#sort",
                 "v1.0.0-rc.1/collection-search", "v1.0.0-rc.1/collection-search#sort",
                 "v1.0.0-rc.1/collection-search#filter",
                 "v1.0.0-rc.1/collection-search#free-text"):
        assert STAC + part in classes, part
    for part in ("cql2/1.0/conf/cql2-text", "cql2/1.0/conf/cql2-json", "cql2/1.0/conf/basic-cql2",
                 "cql2/1.0/conf/advanced-comparison-operators", "cql2/1.0/conf/array-functions",
                 "ogcapi-features-3/1.0/conf/features-filter"):
        assert "http://www.opengis.net/spec/" + part in classes, part
    # The page of a search is shown for links of exactly this type.
    for method in ("GET", "POST"):
        assert href(root, "search", type="application/geo+json", method=method) == (
            f"{site.stac}/search")


@pytest.mark.parametrize("rel", ["data", "children"])
def test_children_come_by_title_page_by_page(browser, site, root, rel):
    member, query = {"data": ("collections", "?sortby=title&"), "children": ("children", "?")}[rel]
    first = browser.get(href(root, rel) + query + "limit=4")
    assert first["numberMatched"] == len(ALL)
    pages = list(browser.pages(first))
    assert [[one["id"] for one in page[member]] for page in pages] == [ALL[:4], ALL[4:]]
    assert [page[member] for page in browser.pages_back(pages[-1])] == [first[member]]
    # Without a limit all of them, so that people can choose.
    every = browser.get(href(root, rel) + query.rstrip("?&"))
    assert [one["id"] for one in every[member]] == ALL
    assert not has(every, "next")
    for child in every[member]:
        assert child["title"]
        assert href(child, "self") == f"{site.stac}/collections/{child['id']}"
        assert href(child, "parent") == href(child, "root") == site.stac


def test_collections_are_searched_as_they_say(browser, root):
    data = href(root, "data")
    listed = browser.get(data)
    queryables = browser.get(href(listed, OGC + "queryables", type="application/schema+json"))
    assert queryables["properties"]["title"] == {"type": "string", "title": "Title"}
    sortables = browser.get(href(listed, OGC + "sortables", type="application/schema+json"))
    assert "title" in sortables["properties"]

    def found(query):
        page = browser.get(f"{data}?{query}")
        names = [one["id"] for one in page["collections"]]
        assert page["numberMatched"] == len(names)
        return names

    assert found("q=tiles,ground&sortby=title") == ["tracks", "tiles"]
    assert found("sortby=-title") == ALL[::-1]
    assert found("bbox=178.5,-1,179,1") == ["pacific", "no_box"]  # nobody knows where no_box is
    assert found("filter-lang=cql2-text&filter=title+LIKE+'Tiles%25'") == ["tiles"]


def test_a_collection_and_what_people_can_ask_of_it(browser, site, root):
    listed = browser.get(href(root, "data") + "?sortby=title")["collections"]
    tiles = browser.get(href(listed[ALL.index("tiles")], "self"))
    assert (tiles["id"], tiles["title"]) == ("tiles", "Tiles of Sentinel-2")
    assert tiles["extent"]["spatial"]["bbox"] == [[-6, 40, 15, 47]]
    assert tiles["links"] == listed[ALL.index("tiles")]["links"]
    queryables = browser.get(href(tiles, OGC + "queryables", type="application/schema+json"))
    shown = queryables["properties"]
    assert shown["eo:cloud_cover"] == {
        "type": "number", "title": "Cloud cover (%)", "minimum": 0, "maximum": 100}
    assert shown["datetime"]["format"] == "date-time"
    # A queryable without a type gets no operator.
    assert [name for name, schema in shown.items() if "type" not in schema] == []
    assert "sat:relative_orbit" not in shown  # no tile has one
    sortables = browser.get(href(tiles, OGC + "sortables", type="application/schema+json"))
    assert {"id", "datetime", "eo:cloud_cover"} <= set(sortables["properties"]) <= set(shown)
    everything = browser.get(href(root, OGC + "queryables", type="application/schema+json"))
    assert set(shown) | {"sat:relative_orbit", "title"} == set(everything["properties"])
    # It has no items, and nothing that leads to any.
    velocity = browser.get(f"{site.stac}/collections/glacier-velocity")
    assert not has(velocity, "items")


def test_items_page_by_page_there_and_back(browser, site):
    tiles = browser.get(f"{site.stac}/collections/tiles")
    first = browser.get(href(tiles, "items", type="application/geo+json") + "?limit=200")
    assert not has(first, "prev")
    pages = list(browser.pages(first))
    assert [len(page["features"]) for page in pages] == [200, 200, 104]
    assert {page["numberMatched"] for page in pages} == {catalogue.TILES}
    # The latest first, and the highest number of those of a moment.
    assert [name for page in pages for name in ids(page)] == (
        tile_ids(reversed(range(catalogue.TILES))))
    back = list(browser.pages_back(pages[-1]))
    assert [ids(page) for page in back] == [ids(page) for page in pages[1::-1]]
    assert not has(back[-1], "prev")


def test_items_are_sorted_and_filtered_within_a_collection(browser, site):
    items = f"{site.stac}/collections/tiles/items"
    page = browser.get(f"{items}?limit=20&sortby=%2Beo:cloud_cover,-id"
                       "&filter-lang=cql2-text&filter=eo:cloud_cover<10")
    assert page["numberMatched"] == len(CLEAR)
    wanted = sorted(CLEAR, key=lambda n: (catalogue.cloud_cover(n), -n))
    found = [name for one in browser.pages(page) for name in ids(one)]
    assert found == tile_ids(wanted)


def test_an_item_leads_back_to_the_root(browser, site):
    page = browser.get(f"{site.stac}/collections/tiles/items?limit=1&sortby=id")
    listed, = page["features"]
    item = browser.get(href(listed, "self"))
    assert item == listed
    assert (item["id"], item["properties"]["test:number"]) == ("tile_000", 0)
    assert item["geometry"] == catalogue.square(-6, 40, 1)
    assert set(item["assets"]) == {"B04", "B04_20m"}
    assert href(item, "self") == f"{site.stac}/collections/tiles/items/tile_000"
    collection = browser.get(href(item, "collection"))
    assert collection == browser.get(href(item, "parent"))
    assert collection["id"] == "tiles"
    root = browser.get(href(collection, "parent"))
    assert href(root, "self") == href(item, "root") == href(collection, "root") == site.stac


def test_a_file_that_the_site_serves_can_be_fetched(browser, site):
    track = browser.get(f"{site.stac}/collections/tracks/items/track-1")
    answer = browser.ask("GET", track["assets"]["data"]["href"])
    assert answer.text.splitlines()[:2] == ["time,lon,lat", "1,1.5,2.5"]


def test_a_search_by_post_whose_next_body_is_whole(browser, root):
    search = href(root, "search", type="application/geo+json", method="POST")
    asked = {
        "collections": ["tiles"], "bbox": [-6, 40, 15, 47], "limit": 20,
        "datetime": "2024-03-01T00:00:00Z/2024-03-31T00:00:00Z",
        "sortby": [{"field": "properties.eo:cloud_cover", "direction": "asc"},
                   {"field": "id", "direction": "desc"}],
        "filter-lang": "cql2-json",
        "filter": {"op": "<", "args": [{"property": "eo:cloud_cover"}, 10]},
    }
    first = browser.post(search, asked)
    assert first["numberMatched"] == len(CLEAR)
    following = link(first, "next")
    assert following["method"] == "POST"
    assert {name: following["body"][name] for name in asked} == asked
    pages = list(browser.pages(first))
    wanted = tile_ids(sorted(CLEAR, key=lambda n: (catalogue.cloud_cover(n), -n)))
    assert [ids(page) for page in pages] == [wanted[at:at + 20] for at in range(0, len(wanted), 20)]
    back = list(browser.pages_back(pages[-1]))
    assert [ids(page) for page in back] == [ids(page) for page in pages[-2::-1]]


def test_searches_by_get(browser, root):
    search = href(root, "search", type="application/geo+json", method="GET")
    page = browser.get(f"{search}?ids=tile_001,pass-1,nobody&sortby=id")
    assert (ids(page), page["numberMatched"]) == (["pass-1", "tile_001"], 2)
    page = browser.get(f"{search}?collections=tiles,pacific&bbox=179,-21,-179,0&limit=4")
    assert page["numberMatched"] == 6  # passes that begin at -20, -16, … 0
    assert [name for one in browser.pages(page) for name in ids(one)] == [
        f"pass-{number}" for number in reversed(range(6))]
    page = browser.get(f"{search}?filter-lang=cql2-text&limit=1"
                       "&filter=platform='sentinel-2b'+AND+eo:cloud_cover<10")
    assert page["numberMatched"] == sum(number % 2 for number in CLEAR)


@pytest.mark.parametrize("by", ["get", "post"])
def test_only_the_members_that_are_asked_for_come(browser, root, by):
    search = href(root, "search", method=by.upper())
    if by == "get":
        page = browser.get(f"{search}?ids=tile_001&fields=id,properties.eo:cloud_cover,links,-assets")
    else:
        page = browser.post(search, {"ids": ["tile_001"], "fields": {
            "include": ["id", "properties.eo:cloud_cover", "links"], "exclude": ["assets"]}})
    item, = page["features"]
    assert (item["id"], item["properties"]) == ("tile_001", {"eo:cloud_cover": 35})
    assert not {"assets", "geometry"} & set(item)
    assert href(item, "self").endswith("/collections/tiles/items/tile_001")


@pytest.mark.parametrize("method, path", [
    ("GET", ""), ("GET", "/collections"), ("GET", "/collections/tiles/items"),
    ("GET", "/collections/tiles/items/tile_001"), ("POST", "/search"),
])
def test_a_browser_may_send_a_key_and_a_language(browser, site, method, path):
    browser.preflight(method, site.stac + path,
                      ["Accept-Language", "Authorization", "Content-Type", "X-API-Key"])


def test_who_has_an_answer_is_told_so(browser, site):
    tag = browser.ask("GET", site.stac).headers["ETag"]
    browser.ask("GET", site.stac, status=304, headers={"If-None-Match": tag})


@pytest.mark.parametrize("query, code, where", [
    ("/nowhere", "not-found", None),
    ("/collections/nowhere", "not-found", None),
    ("/collections/tiles/items/nobody", "not-found", None),
    ("/search?bbox=1,2,3", "invalid-parameter", "bbox"),
    ("/search?sortby=nothing", "unknown-property", "sortby"),
    ("/search?filter=nothing=1", "unknown-property", "filter, character 1"),
    ("/collections/tiles/items?token=x", "invalid-parameter", "token"),
])
def test_errors_can_be_read_and_shown(browser, site, query, code, where):
    said = browser.get(site.stac + query, status=404 if code == "not-found" else 400)
    assert (said["code"], said.get("where")) == (code, where)
    assert said["description"]  # stac-browser shows these two


def test_errors_of_a_search_by_post_can_be_read(browser, site):
    search = f"{site.stac}/search"
    for body, where in (({"limit": 0}, "/limit"), ({"bbox": "everywhere"}, "/bbox"),
                        ({"filter": {"op": "="}}, "/filter")):
        said = browser.post(search, body, status=400)
        assert said["where"].startswith(where), said
    said = browser.post(search, {"x": "y" * 2_000_000}, status=413)
    assert said["code"] == "payload-too-large"
    answer = browser.session.delete(search)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert answer.headers["Access-Control-Allow-Origin"] in ("*", ORIGIN)


def test_texts_come_in_the_language_of_the_browser(site):
    titles = {"fr": "Vitesse des glaciers", "en": "Velocity of glaciers"}
    for language, title in titles.items():
        browser = Browser(f"{language}-CA,{language};q=0.9,de;q=0.5")
        root = browser.get(site.stac)
        assert root["language"]["code"] == language
        assert {root["language"]["code"], *(one["code"] for one in root["languages"])} == {"fr", "en"}
        address = f"{site.stac}/collections/glacier-velocity"
        answer = browser.ask("GET", address)
        assert answer.headers["Content-Language"] == language
        assert answer.json()["title"] == title
        assert link(root, "child", href=address)["title"] == title
        # It changes to another language by itself.
        other, = set(titles) - {language}
        there = link(answer.json(), "alternate", hreflang=other)
        assert browser.get(there["href"])["title"] == titles[other]
