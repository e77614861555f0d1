"""Addresses as long as clients that know GET alone make them: QGIS names every collection it knows.

A request line may have 65,536 bytes.
"""

import json
import unittest
from urllib.parse import quote

from test_doors import Door, item, raw_answer

LONGEST = 65_536  # "GET TARGET HTTP/1.1"
COLUMNS, ROWS = 50, 40


def name(number):
    return f"i{number:05}"


def place(number):
    """Row by row from the south, each from west to east, one degree apart."""
    return number % COLUMNS, number // COLUMNS


def comb():
    """A polygon with a tooth on every second column, each a degree longer than the one before: on the
    first one lie 3 places, on the last of 25 lie 27. Its edges have positions that they do not need."""
    ring = []
    for tooth in range(COLUMNS // 2):
        west, east, top = 2 * tooth - 0.25, 2 * tooth + 0.25, tooth + 2.5
        heights = [-0.25 + at / 4 for at in range(4 * tooth + 11)]
        ring += [[west, y] for y in heights] + [[west, top], [east, top]]
        ring += [[east, y] for y in reversed(heights)]
    ring += [[COLUMNS, -0.25], [COLUMNS, -0.5], [-0.25, -0.5], ring[0]]
    return {"type": "Polygon", "coordinates": [ring]}


ON_TEETH = [number for number in range(COLUMNS * ROWS)
            if place(number)[0] % 2 == 0 and place(number)[1] <= place(number)[0] // 2 + 2]


class LongUrls(Door):
    def setUp(self):
        super().setUp()
        self.configure("")
        self.load([{**item(name(number)), "bbox": [*place(number), *place(number)],
                    "geometry": {"type": "Point", "coordinates": place(number)}}
                   for number in range(COLUMNS * ROWS)])
        self.server = self.serve()
        self.client = self.connect(self.server)

    def page(self, target):
        status, _, body = self.client.ask("GET", target)
        self.assertEqual(status, 200, body[:500])
        return json.loads(body)

    def target(self, page, rel):
        found = [link["href"] for link in page["links"] if link["rel"] == rel]
        return found[0].removeprefix(self.server.url) if found else None

    def walk(self, target, rel):
        pages = [self.page(target)]
        while target := self.target(pages[-1], rel):
            pages.append(self.page(target))
        return pages

    def find(self, target, numbers, limit):
        """Every page of a search has what it should have, there and back. All items are of one moment:
        the highest number comes first."""
        pages = self.walk(target, "next")
        wanted = [name(number) for number in sorted(numbers, reverse=True)]
        listed = [[one["id"] for one in page["features"]] for page in pages]
        self.assertEqual(listed, [wanted[at:at + limit] for at in range(0, len(wanted), limit)])
        self.assertEqual({page["numberMatched"] for page in pages}, {len(wanted)})
        back = self.walk(self.target(pages[-1], "self"), "prev")
        self.assertEqual([[one["id"] for one in page["features"]] for page in back], listed[::-1])

    def test_sixty_thousand_bytes_of_ids(self):
        # Even numbers only, most of which no item has.
        ids = ",".join(name(number) for number in range(0, 17_140, 2))
        target = "/stac/search?limit=300&ids=" + ids
        self.assertEqual(len(ids), 8_570 * 7 - 1)
        self.find(target, range(0, COLUMNS * ROWS, 2), 300)
        # With commas as some clients write them, the same bytes are fewer ids.
        self.find("/stac/search?limit=300&ids=" + quote(ids[:7 * 6_500 - 1]),
                  range(0, COLUMNS * ROWS, 2), 300)

    def test_sixty_thousand_bytes_of_collections(self):
        names = ",".join(f"x{number:05}" for number in range(8_570))
        target = f"/stac/search?limit=900&collections={names},c"
        self.find(target, range(COLUMNS * ROWS), 900)
        self.assertEqual(self.page(target.removesuffix(",c"))["numberMatched"], 0)

    def test_a_polygon_of_38_thousand_bytes(self):
        self.assertEqual(len(ON_TEETH), 25 * (3 + 27) // 2)
        text = json.dumps(comb(), separators=(",", ":"))
        self.assertAlmostEqual(len(text), 38_000, delta=1_000)
        # Browsers send brackets as they are, most libraries do not.
        for written in (text, quote(text, safe=""), quote(text, safe=",:[]{}")):
            self.find("/stac/search?limit=100&intersects=" + written, ON_TEETH, 100)
            condition = f'{{"op":"s_intersects","args":[{{"property":"geometry"}},{written}]}}'
            self.find(f"/stac/collections/c/items?limit=100&filter={condition}", ON_TEETH, 100)
        status, _, found = self.client.search({"intersects": json.loads(text), "limit": 1})
        self.assertEqual((status, found["numberMatched"]), (200, len(ON_TEETH)))

    def test_what_has_no_room_for_a_token_is_refused_instead_of_a_link_that_leads_nowhere(self):
        ids = ",".join(name(number) for number in range(COLUMNS * ROWS - 2, 11_300))
        target = "/stac/search?limit={}&ids=" + ids
        status, _, body = self.client.ask("GET", target.format(1))
        self.assertEqual((status, json.loads(body)["code"]), (400, "invalid-parameter"))
        self.assertIn("POST", json.loads(body)["detail"])
        # On one page it is answered.
        self.assertEqual(self.page(target.format(2))["numberMatched"], 2)

    def test_the_longest_line_and_one_byte_more(self):
        def target(length):
            start = "/stac/search?ids=i00007,"
            return start + "x" * (length - len("GET  HTTP/1.1") - len(start))

        found = self.page(target(LONGEST))
        self.assertEqual([one["id"] for one in found["features"]], ["i00007"])
        status, headers, body = self.client.ask("GET", target(LONGEST + 1))
        self.assertEqual((status, json.loads(body)["code"]), (414, "uri-too-long"))
        self.assertEqual(headers["Content-Type"], "application/problem+json")
        self.assertEqual(headers["Access-Control-Allow-Origin"], "*")
        self.assertTrue(json.loads(body)["detail"])
        # However much too long, the answer arrives, and the server goes on.
        for length in (LONGEST + 100, 1_000_000):
            answer = raw_answer(self.server, target(length).encode())
            self.assertTrue(answer.startswith(b"HTTP/1.1 414 "), answer[:100])
        self.assertEqual(self.server.get("/health/live")[0], 200)


if __name__ == "__main__":
    unittest.main()
