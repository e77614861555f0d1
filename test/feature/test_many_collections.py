"""A catalogue of 5,000 collections: what lists them leaves none out, what searches them finds those."""

import html
import json
import re
import tempfile
import unittest
import urllib.parse
from pathlib import Path

from terracat import Server, run

COUNT = 5_000
# By title: its number is 7 times that of the id (modulo 5,000), and 7 · 2,143 is 15,001.
BY_TITLE = [number * 2_143 % COUNT for number in range(COUNT)]


def name(number):
    return f"c-{number:04}"


def names(numbers):
    return [name(number) for number in numbers]


def corner(number):
    """A place of its own for each, 100 of them in a row from west to east."""
    return number % 100 - 50, number // 100 - 25


def collection(number):
    west, south = corner(number)
    year = 1970 + number % 50
    return {"type": "Collection", "stac_version": "1.1.0", "id": name(number), "links": [],
            "title": f"Station {number * 7 % COUNT:04}",
            "description": "Counts of kelp" if number % 1_000 == 7 else "Counts",
            "providers": [{"name": f"Institute {number % 60:02}", "roles": ["producer"]}],
            "license": "CC0-1.0" if number % 500 == 0 else "CC-BY-4.0",
            "extent": {"spatial": {"bbox": [[west, south, west + 0.8, south + 0.8]]},
                       "temporal": {"interval": [[f"{year}-01-01T00:00:00Z",
                                                  f"{year}-12-31T00:00:00Z"]]}}}


def item(number):
    return {"type": "Feature", "stac_version": "1.1.0", "id": "only", "collection": name(number),
            "geometry": {"type": "Point", "coordinates": corner(number)}, "assets": {}, "links": [],
            "properties": {"datetime": f"{1970 + number % 50}-06-01T00:00:00Z"}}


def has_item(number):
    return number % 5 != 0


class ManyCollections(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        folder = Path(temporary.name)
        with (folder / "all.ndjson").open("w") as file:
            for number in range(COUNT):
                documents = [collection(number)] + [item(number)] * has_item(number)
                file.writelines(json.dumps(one) + "\n" for one in documents)
        code, said, errors = run("import", "all.ndjson", folder=folder)
        assert code == 0 and "9000 created" in said, said + errors
        cls.server = Server(folder=folder)
        cls.addClassCleanup(cls.server.__exit__)

    def page(self, address):
        return self.server.json(address.removeprefix(self.server.url))

    def pages(self, path, rel="next"):
        """This page and those that its links lead to."""
        address = self.server.url + path
        while address:
            page = self.page(address)
            yield page
            address = next((link["href"] for link in page["links"] if link["rel"] == rel), None)

    def walked(self, path, member, limit):
        """The ids of all pages in their order; the way back has to pass the same pages."""
        ahead = list(self.pages(f"{path}limit={limit}"))
        listed = [[one["id"] for one in page[member]] for page in ahead]
        self.assertEqual({len(ids) for ids in listed[:-1]}, {limit})
        count = sum(map(len, listed))
        self.assertEqual({page["numberMatched"] for page in ahead}, {count})
        self.assertEqual([page["numberReturned"] for page in ahead], list(map(len, listed)))
        last = next(link["href"] for link in ahead[-1]["links"] if link["rel"] == "self")
        back = list(self.pages(last.removeprefix(self.server.url), rel="prev"))
        self.assertEqual([[one["id"] for one in page[member]] for page in back], listed[::-1])
        return [one for ids in listed for one in ids]

    def test_every_page_of_stac(self):
        self.assertEqual(self.walked("/stac/collections?", "collections", 700), names(BY_TITLE))
        self.assertEqual(self.walked("/stac/children?", "children", 999), names(BY_TITLE))
        # Without a limit: all at once.
        whole, = self.pages("/stac/collections")
        self.assertEqual([one["id"] for one in whole["collections"]], names(BY_TITLE))

    def test_pages_that_end_among_equals(self):
        # A hundred begin at the same moment.
        found = self.walked("/stac/collections?sortby=-datetime&", "collections", 333)
        self.assertEqual([int(one[2:]) % 50 for one in found],
                         [year for year in reversed(range(50)) for _ in range(100)])
        self.assertEqual(sorted(found), names(range(COUNT)))

    def test_every_page_of_features(self):
        with_items = names(filter(has_item, BY_TITLE))
        self.assertEqual(self.walked("/features/collections?", "collections", 300), with_items)

    def test_every_page_of_records(self):
        catalogs = self.server.json("/records/collections")["collections"]
        self.assertEqual([one["id"] for one in catalogs], ["all"])
        self.assertEqual(self.walked("/records/collections/all/items?", "features", 800),
                         names(BY_TITLE))

    def test_every_page_to_browse(self):
        """A static crawler follows `child` alone: to collections, and to the next page of them."""
        address, found = self.server.url + "/stac/browse", []
        while address:
            links = [link for link in self.page(address)["links"] if link["rel"] == "child"]
            self.assertLessEqual(len(links), 1_001)
            address = None
            for link in links:
                path = urllib.parse.urlsplit(link["href"]).path
                if path == "/stac/browse":
                    self.assertIsNone(address)
                    address = link["href"]
                else:
                    self.assertTrue(path.startswith("/stac/collections/"), path)
                    found.append(path.removeprefix("/stac/collections/"))
        self.assertEqual(found, names(BY_TITLE))
        found = [link["href"].rpartition("/")[2]
                 for page in self.pages("/records/collections/all/browse")
                 for link in page["links"] if link["rel"] == "item"]
        self.assertEqual(found, names(BY_TITLE))

    def found(self, **parameters):
        """The numbers of the collections that a search finds, in their own order."""
        query = urllib.parse.urlencode(parameters)
        page = self.server.json("/stac/collections?" + query)
        self.assertEqual(page["numberMatched"], len(page["collections"]))
        return sorted(int(one["id"][2:]) for one in page["collections"])

    def test_searches_by_words(self):
        kelp = [7, 1_007, 2_007, 3_007, 4_007]
        self.assertEqual(self.found(q="kelp"), kelp)
        self.assertEqual(self.found(q="KELP"), kelp)
        self.assertEqual(self.found(q='"counts of kelp"'), kelp)
        self.assertEqual(self.found(q='"kelp counts"'), [])
        self.assertEqual(self.found(q="trees"), [])
        # 7 · 1,234 is 8,638: 3638.
        self.assertEqual(self.found(q="3638"), [1_234])
        self.assertEqual(self.found(q="3638,kelp"), sorted([1_234, *kelp]))

    def test_searches_by_place_and_time(self):
        # Columns 50 to 52 of rows 25 and 26; the last row ends at 25 − 0.2.
        box = [2_550, 2_551, 2_552, 2_650, 2_651, 2_652]
        self.assertEqual(self.found(bbox="0.1,0.1,2.5,1.5"), box)
        self.assertEqual(self.found(bbox="0.85,0.1,0.95,0.9"), [])  # between two
        self.assertEqual(self.found(bbox="-50.5,-25.5,-49.9,-23.9"), [0, 100])
        self.assertEqual(self.found(bbox="-60,24.9,60,30"), [])
        year = range(5, COUNT, 50)
        self.assertEqual(self.found(datetime="1975-06-01T00:00:00Z"), list(year))
        self.assertEqual(self.found(datetime="1975-06-01T00:00:00Z", bbox="4.1,-25,5.1,0.9"),
                         [55 + 100 * row for row in range(26)])

    def test_searches_by_filter(self):
        # Titles 1200 to 1299.
        titled = sorted(BY_TITLE[1_200:1_300])
        self.assertEqual(self.found(filter="title LIKE 'Station 12%'"), titled)
        self.assertEqual(self.found(filter="license='CC0-1.0'"), list(range(0, COUNT, 500)))
        self.assertEqual(self.found(filter="license='CC0-1.0' AND NOT id='c-0500' AND id<'c-2001'"),
                         [0, 1_000, 1_500, 2_000])
        self.assertEqual(self.found(filter="license='CC0-1.0'", bbox="-50,-25,-49,25"),
                         list(range(0, COUNT, 500)))
        self.assertEqual(self.found(**{"filter-lang": "cql2-json", "filter": json.dumps(
            {"op": "in", "args": [{"property": "id"}, names([4_999, 3, 5_000])]})}), [3, 4_999])
        searched = self.walked("/stac/collections?filter=license%3D'CC-BY-4.0'&", "collections", 998)
        self.assertEqual(searched, names(n for n in BY_TITLE if n % 500))

    def test_records_are_searched_likewise(self):
        found = self.server.json("/records/collections/all/items?q=kelp&limit=10")
        self.assertEqual(sorted(one["id"] for one in found["features"]),
                         names([7, 1_007, 2_007, 3_007, 4_007]))
        found = self.server.json("/records/collections/all/items?bbox=0.1,0.1,2.5,1.5&limit=10")
        self.assertEqual(sorted(one["id"] for one in found["features"]),
                         names([2_550, 2_551, 2_552, 2_650, 2_651, 2_652]))

    def for_people(self, path):
        status, _, body = self.server.get(path, Accept="text/html")
        self.assertEqual(status, 200)
        return html.unescape(body.decode())

    def test_every_value_of_a_facet_can_be_reached(self):
        producer = "Institute {:02}".format
        boxes = re.compile(r'name="producer" value="(Institute \d\d)"')
        page = self.for_people("/en/search?from=1970")
        self.assertEqual(len(boxes.findall(page)), 30)
        self.assertIn('href="/en/search?from=1970&all=producer">Show all (30 more)</a>', page)
        whole = self.for_people("/en/search?from=1970&all=producer")
        self.assertEqual(sorted(boxes.findall(whole)), [producer(each) for each in range(60)])
        self.assertNotIn("Show all", whole)
        # Who ticks another box there stays there.
        self.assertIn('<input type="hidden" name="all" value="producer">', whole)

    def test_more_boxes_than_count_are_told_of(self):
        def ticked(count):
            values = [("producer", f"Institute {each:02}") for each in range(count)]
            return self.for_people("/en/search?" + urllib.parse.urlencode(values))
        page = ticked(50)
        self.assertIn("4,170 data sets</h2>", page)  # twenty of 84, thirty of 83
        self.assertNotIn("too many", page)
        page = ticked(51)
        self.assertIn("4,170 data sets</h2>", page)
        self.assertIn("One box too many: fifty at most count.", page)
        self.assertIn("3 boxes too many: fifty at most count.", ticked(53))

    def test_items_of_many_collections(self):
        some = ",".join(names(range(1_200, 1_400)))
        pages = list(self.pages(f"/stac/search?limit=50&collections={some}"))
        self.assertEqual([len(page["features"]) for page in pages], [50, 50, 50, 10])
        self.assertEqual(sorted(one["collection"] for page in pages for one in page["features"]),
                         names(filter(has_item, range(1_200, 1_400))))
        self.assertEqual(self.server.json("/stac/search?ids=only&limit=1")["numberMatched"], 4_000)


if __name__ == "__main__":
    unittest.main()
