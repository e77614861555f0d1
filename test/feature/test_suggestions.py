"""What operators decide of keywords: by command, by HTTP and on the page, beside a server or alone."""

import base64
import json
import re
import unittest

from terracat import Server, send_form
from test_command_line import Folder
from test_pages import Page

KEY = "key-of-the-operators-here"
PASSWORD = "Basic " + base64.b64encode(f"anyone:{KEY}".encode()).decode()
RAIN = "http://example.org/weather/rain"
WEATHER = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/weather/> .
ex: a skos:ConceptScheme .
ex:rain a skos:Concept ; skos:inScheme ex: ; skos:prefLabel "rain"@en, "pluie"@fr ;
  skos:altLabel "skywater"@en .
"""


def record(name, *keywords):
    return {"type": "Feature", "id": name, "time": None, "geometry": None, "links": [],
            "conformsTo": ["http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"],
            "properties": {"type": "dataset", "title": name, "description": "What fell",
                           "keywords": list(keywords)}}


class Suggestions(Folder):
    def setUp(self):
        super().setUp()
        self.write("weather.ttl", WEATHER)
        self.write("terracat.toml", '[[vocabulary]]\nname = "weather"\npath = "weather.ttl"\n')
        lines = [record("a", "Skywater", "it's <wet>"), record("b", "SKYWATER")]
        self.bring(*lines)

    def bring(self, *records):
        self.run_here("import", self.write("some.ndjson", "\n".join(map(json.dumps, records))))

    def listed(self, status):
        said = self.succeeds("suggestions", "--status", status, "--json")
        return json.loads(said)["suggestions"]

    def about_rain(self, server):
        path = f"/records/collections/all/items?concepts={RAIN}"
        return [one["id"] for one in json.loads(server.get(path)[2])["features"]]

    def test_alone_the_command_lists_decides_and_takes_back(self):
        near, = self.listed("near")
        self.assertEqual((near["keyword"], near["records"], near["examples"]),
                         ("skywater", 2, ["a", "b"]))
        candidate, = near["candidates"]
        self.assertEqual((candidate["uri"], candidate["method"], candidate["score"]),
                         (RAIN, "alternate", 0.9))
        self.assertRegex(self.succeeds("suggestions"),
                         rf'(?m)^ +2  Skywater\n +0\.90  alternate  {RAIN}  "skywater"$')
        unknown, = self.listed("unknown")
        self.assertEqual((unknown["keyword"], unknown["records"]), ("it s wet", 1))

        self.assertIn(RAIN, self.succeeds("suggestions", "accept", "SkyWater", RAIN, "--by", "Ada"))
        self.assertIn("not offered", self.succeeds("suggestions", "refuse", "it's <WET>"))
        self.assertEqual(self.listed("near") + self.listed("unknown"), [])
        accepted, = self.listed("accepted")
        self.assertEqual((accepted["concept"], accepted["by"], accepted["records"]),
                         (RAIN, "Ada", 2))
        self.assertEqual([one["keyword"] for one in self.listed("refused")], ["it s wet"])
        self.succeeds("check")

        self.succeeds("suggestions", "withdraw", "skywater")
        self.assertEqual([one["keyword"] for one in self.listed("near")], ["skywater"])

    def test_what_cannot_be_decided_is_told(self):
        for arguments, word in ((("accept", "skywater", "http://example.org/hail"), "hail"),
                                (("refuse", " - "), "keyword")):
            code, said, errors = self.run_here("suggestions", *arguments)
            self.assertEqual(code, 2)
            self.assertEqual(said, "")
            self.assertIn(word, errors)
        self.assertEqual(self.run_here("suggestions", "accept", "skywater")[0], 2)
        self.assertEqual(self.run_here("suggestions", "--status", "odd")[0], 2)

    def test_beside_a_server_a_decision_is_answered_at_once(self):
        with Server(folder=self.folder, TERRACAT_OPERATORS_API_KEY=KEY) as server:
            self.assertEqual(self.about_rain(server), [])
            self.succeeds("suggestions", "accept", "skywater", RAIN)
            self.assertEqual(self.about_rain(server), ["a", "b"])
            self.bring(record("c", "skywater"))
            self.assertEqual(self.about_rain(server), ["a", "b", "c"])
            self.succeeds("suggestions", "withdraw", "skywater")
            self.assertEqual(self.about_rain(server), [])

    def test_the_page_of_a_server_that_only_reads_shows_commands(self):
        with Server(folder=self.folder, options=["--read-only"],
                    TERRACAT_OPERATORS_API_KEY=KEY) as server:
            for language in ("fr", "en"):
                path = f"/{language}/operator/suggestions?status=unknown"
                self.assertEqual(server.get(path)[0], 401)
                page = Page(self.page(server, path))
                self.assertEqual(page.headings[0], 1)
                self.assertIn("it's <wet>", page.text)
                self.assertIn("terracat suggestions refuse -- 'it'\\''s <wet>'", page.text)
                self.assertNotIn('name="token"', self.page(server, path))

    def test_forms_of_the_page_decide_what_their_buttons_say(self):
        with Server(folder=self.folder, TERRACAT_OPERATORS_API_KEY=KEY) as server:
            path = "/fr/operator/suggestions?status=near"
            page = self.page(server, path)
            self.assertNotIn("<code", page)
            self.assertIn('aria-label="Accepter « pluie » pour « Skywater »"', page)
            token, = set(re.findall('name="token" value="([0-9a-f]{32})"', page))
            keyword = {"token": token, "keyword": "Skywater"}
            # Without the token of the page nothing is decided, whoever knows the password.
            for wrong in ({}, {"token": "0" * 32}):
                form = {"keyword": "Skywater", "accept": RAIN} | wrong
                self.assertEqual(self.send(server, path, form)[0], 403)
            for wrong in ({}, {"accept": ""}, {"accept": RAIN, "refuse": "yes"},
                          {"accept": "http://example.org/hail"}):
                self.assertEqual(self.send(server, path, keyword | wrong)[0], 400, wrong)
            self.assertEqual(
                self.send(server, path, {"token": token, "keyword": " - ", "refuse": "yes"})[0], 400)
            self.assertEqual(self.about_rain(server), [])

            self.assertEqual(self.send(server, path, keyword | {"accept": RAIN}),
                             (303, path + "&done=accept#keywords"))
            self.assertEqual(self.about_rain(server), ["a", "b"])
            page = self.page(server, path + "&done=accept")
            self.assertIn("Accepté : le mot-clé vaut désormais pour ce concept", page)
            self.assertNotIn("Skywater", page)
            # What was decided is listed, and can be taken back there.
            path = "/en/operator/suggestions?status=accepted"
            self.assertIn('aria-label="Take back the decision on “Skywater”"',
                          self.page(server, path))
            self.assertEqual(self.send(server, path, keyword | {"withdraw": "yes"}),
                             (303, path + "&done=withdraw#keywords"))
            self.assertEqual(self.about_rain(server), [])
            self.assertIn("the keyword waits again", self.page(server, path + "&done=withdraw"))

            # Whoever decides in the middle of a list goes on there; text of others stays text.
            behind = "/en/operator/suggestions?status=unknown&after=9%200%20x"
            page = self.page(server, behind)
            self.assertIn('action="/en/operator/suggestions?status=unknown&amp;after=9%200%20x"',
                          page)
            self.assertIn('name="keyword" value="it&#39;s &lt;wet&gt;"', page)
            wet = {"token": token, "keyword": "it's <wet>"}
            self.assertEqual(self.send(server, behind, wet | {"refuse": "yes"}),
                             (303, behind + "&done=refuse#keywords"))
            refused, = self.listed("refused")
            self.assertEqual((refused["keyword"], refused["label"]), ("it s wet", "it's <wet>"))
            for secret in (KEY, token):
                self.assertNotIn(secret, server.said())

    def page(self, server, path):
        status, headers, body = server.get(path, Authorization=PASSWORD)
        self.assertEqual((status, headers["Cache-Control"]), (200, "no-store"))
        return body.decode()

    def send(self, server, path, fields):
        """(status, where it leads) of a form that a browser sends."""
        return send_form(server, path, fields, PASSWORD)


if __name__ == "__main__":
    unittest.main()
