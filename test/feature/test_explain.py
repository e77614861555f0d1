"""How searches are answered, told to operators: `explain`, `suggest-indexes`, `Terracat-Plan`."""

import json
import unittest
import urllib.request

from terracat import Server
from test_command_line import Folder, item

KEY = "key-of-the-feature-test"
COMPUTED = "/stac/search?limit=1&filter=casei(%22a:note%22)%3Dcasei('WET')"


class Explain(Folder):
    def setUp(self):
        super().setUp()
        items = [item(f"i{n}", datetime=f"2024-01-0{n}T00:00:00Z", platform="s2a",
                      instruments=["msi"], **{"a:note": "wet"}) for n in range(1, 10)]
        documents = self.write("items.ndjson", "".join(json.dumps(one) + "\n" for one in items))
        self.succeeds("import", documents)

    def explained(self, *arguments, **more):
        return json.loads(self.succeeds("explain", *arguments, "--json", **more))

    def check_explanations(self):
        whole, = self.explained("/stac/search?bbox=0,0,5,5&limit=2")["searches"]
        self.assertEqual((whole["by"], whole["order"], whole["matched"]), ("index", "latest", 9))
        self.assertEqual((whole["segments"], whole["segments_in_all"]), (1, 1))
        self.assertGreater(whole["blocks"], 0)
        self.assertEqual((whole["footprints"], whole["bodies"], whole["in_bodies"]), (0, 0, []))
        asked, = self.explained(COMPUTED)["searches"]
        self.assertEqual((asked["bodies"], asked["in_bodies"]), (9, ["a:note"]))
        named, = self.explained("/stac/search?ids=i1,i2")["searches"]
        self.assertEqual((named["by"], named["because"]), ("store", "ids"))
        self.assertEqual(named["in_bodies"], [])
        filtered, = self.explained("/stac/search?filter=platform='https://x.org/y'")["searches"]
        self.assertEqual(filtered["matched"], 0)
        listed, = self.explained("/stac/search?filter=a_contains(instruments,('x'))")["searches"]
        self.assertEqual(listed["in_bodies"], ["instruments"])
        posted, = self.explained("http://anywhere/stac/search", "--body", "-",
                                 stdin='{"datetime": "2030-01-01T00:00:00Z"}')["searches"]
        self.assertEqual((posted["segments"], posted["matched"]), (0, 0))
        self.assertEqual(self.explained("/stac"), {"status": 200, "searches": []})
        said = self.succeeds("explain", COMPUTED)
        self.assertIn("the index, latest first\n", said)
        self.assertIn("9 items asked for a:note", said)
        code, _, errors = self.run_here("explain", "/stac/search?limit=x")
        self.assertEqual(code, 1)
        self.assertIn("the answer is 400", errors)

    def test_without_a_server(self):
        self.check_explanations()
        code, _, errors = self.run_here("suggest-indexes")
        self.assertEqual(code, 1)
        self.assertIn("no server has the catalogue", errors)

    def test_with_the_server_that_has_the_catalogue(self):
        with Server(folder=self.folder) as server:
            server.wait_for_index()
            self.assertIn("no search has looked", self.succeeds("suggest-indexes"))
            self.check_explanations()
            server.json(COMPUTED)
            suggested, = json.loads(self.succeeds("suggest-indexes", "--json"))
            # Each of the two explanations of it has looked, too. No list is suggested.
            self.assertEqual((suggested["property"], suggested["searches"], suggested["bodies"]),
                             ("a:note", 3, 27))
            self.assertIn("a:note", self.succeeds("suggest-indexes"))

    def test_the_header_is_for_who_has_the_key(self):
        def plan(server, **headers):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            request = urllib.request.Request(server.local_url + COMPUTED, headers=named)
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.headers.get("Terracat-Plan")

        with Server(folder=self.folder, TERRACAT_TRANSACTIONS_API_KEY=KEY) as server:
            server.wait_for_index()
            told = plan(server, Terracat_Explain="?1", X_API_Key=KEY)
            self.assertRegex(told, r"^index;order=latest;segments=1;blocks=\d+;outlines=0;"
                                   r'footprints=0;computed=0;bodies=9;of=1;in-bodies="a:note";matched=9;us=\d+$')
            self.assertIsNone(plan(server, X_API_Key=KEY))
            # No cache may keep it for others.
            request = urllib.request.Request(server.local_url + COMPUTED, headers={
                "Terracat-Explain": "?1", "X-API-Key": KEY})
            with urllib.request.urlopen(request, timeout=30) as answer:
                self.assertEqual(answer.headers.get_all("Cache-Control"), ["no-store"])
            self.assertIsNone(plan(server, Terracat_Explain="?1", X_API_Key="another"))
            self.assertIsNone(plan(server, Terracat_Explain="?1"))


if __name__ == "__main__":
    unittest.main()
