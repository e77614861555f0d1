"""Vocabularies of the configuration: what a person reads of them, and when a server does."""

import hashlib
import json
import os
import re
import signal
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from terracat import Remote, Server
from test_operation import Site

WEATHER = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <http://example.org/weather/> .
ex: a skos:ConceptScheme ; dct:title "Weather"@en, "Météo"@fr ; skos:hasTopConcept ex:water .
ex:water a skos:Concept ; skos:prefLabel "water"@en, "eau"@fr ; skos:inScheme ex: .
ex:rain a skos:Concept ; skos:prefLabel "rain"@en, "pluie"@fr ; skos:altLabel "rainfall"@en ;
  skos:broader ex:water, ex:sky ; skos:inScheme ex: .
ex:old a skos:Concept ; skos:prefLabel "hyetal events"@en ; owl:deprecated true ;
  dct:isReplacedBy ex:rain ; skos:inScheme ex: .
"""


class Vocabularies(Site):
    def configure(self, text=WEATHER, path="weather.ttl"):
        self.write("weather.ttl", text)
        self.write("terracat.toml", f"""
[[vocabulary]]
name = "earth"
[[vocabulary]]
name = "weather"
path = "{path}"
""")

    def test_each_is_listed_with_what_is_odd(self):
        self.configure()
        said = self.succeeds("vocabularies")
        self.assertRegex(said, r"(?m)^weather +3 +1 +2  Weather$")
        self.assertIn("http://example.org/weather/: 3 concepts, 1 at the top", said)
        self.assertRegex(said, r"(?m)^ +relation-dangling +1  .*; first "
                         r"http://example.org/weather/rain \(http://example.org/weather/sky\)$")
        (one,) = json.loads(self.succeeds("vocabularies", "--json"))["vocabularies"]
        self.assertEqual(one["languages"], {"en": 4, "fr": 2})
        self.assertEqual([line["code"] for line in one["findings"]], ["relation-dangling"])

    def test_a_folder_is_one_vocabulary(self):
        self.configure(path="all")
        (self.folder / "all").mkdir()
        os.rename(self.folder / "weather.ttl", self.folder / "all/weather.ttl")
        (self.folder / "all/more.nt").write_text(
            "<http://example.org/weather/sky> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<http://www.w3.org/2004/02/skos/core#Concept> .\n")
        said = self.succeeds("vocabularies")
        self.assertRegex(said, r"(?m)^weather +4 ")
        self.assertNotIn("relation-dangling", said)

    def test_a_large_document_is_read_in_pieces(self):
        skos = "http://www.w3.org/2004/02/skos/core#"
        # Each concept is spoken of twice, far apart; labels are things without an address.
        count = 20_000
        lines = []
        for i in range(count):
            here = f"<http://example.org/many/{i}>"
            lines.append(f"{here} <{skos}broader> <http://example.org/many/{i // 10}> .")
            lines.append(f"{here} <http://www.w3.org/2008/05/skos-xl#prefLabel> _:l{i} .")
        for i in range(count):
            here = f"<http://example.org/many/{i}>"
            lines.append("_:l%d <http://www.w3.org/2008/05/skos-xl#literalForm> \"name %d\"@en ."
                         % (i, i))
            lines.append(f"{here} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
                         f"<{skos}Concept> .")
        self.configure("\n".join(lines) + "\n", "many.nt")
        os.rename(self.folder / "weather.ttl", self.folder / "many.nt")
        self.assertGreater((self.folder / "many.nt").stat().st_size, 7_000_000)
        said = self.succeeds("vocabularies")
        self.assertRegex(said, r"(?m)^weather +20000 +0 +1 ")
        self.assertNotIn("label-missing", said)
        self.assertNotIn("relation-dangling", said)
        said = self.succeeds("vocabularies", "resolve", "Name 19999")
        self.assertIn("http://example.org/many/19999", said)

        lines.insert(70_000, "this is no statement")
        (self.folder / "many.nt").write_text("\n".join(lines) + "\n")
        code, _, errors = self.run_here("vocabularies")
        self.assertEqual(code, 1)
        self.assertIn("many.nt: the document is not valid RDF (line 70001:", errors)

    def test_keywords_of_gcmd_are_a_vocabulary(self):
        self.configure(
            '"Keyword Version: 1","see https://gcmd.earthdata.nasa.gov/kms/concepts/'
            'concept_scheme/sciencekeywords/?format=xml"\r\n'
            "Category,Topic,UUID\r\n"
            '"EARTH SCIENCE","","e9f67a66-e9fc-435c-b720-ae32a2c3d8f5"\r\n'
            '"EARTH SCIENCE","ATMOSPHERE","c47f6052-634e-40ef-a5ac-13f69f6f4c2a"\r\n')
        said = self.succeeds("vocabularies")
        self.assertRegex(said, r"(?m)^weather +2 +0 +1  GCMD sciencekeywords, version 1$")
        self.assertIn(": 2 concepts, 1 at the top", said)

    def test_keywords_lead_to_concepts(self):
        self.configure()
        said = self.succeeds("vocabularies", "resolve", "Pluies")
        self.assertRegex(said, r'^0\.90  variant    weather  http://example.org/weather/rain  '
                         r'"pluie"@fr\n$')
        found = json.loads(self.succeeds("vocabularies", "resolve", "Hyetal events", "--json"))
        self.assertEqual(found["concepts"], [
            {"uri": "http://example.org/weather/rain", "vocabulary": "weather", "score": 1,
             "method": "preferred", "label": "hyetal events", "lang": "en"}])
        code, said, _ = self.run_here("vocabularies", "resolve", "snow")
        self.assertEqual((code, said), (1, "no concept has such a label\n"))

    def test_one_that_cannot_be_read_is_told(self):
        self.configure("ex:a a skos:Concept .")
        code, said, errors = self.run_here("vocabularies")
        self.assertEqual((code, said), (1, ""))
        self.assertRegex(errors, r"^terracat: weather: .*weather.ttl: the document is not valid RDF "
                         r"\(line 1: ex:a a skos:Concept \.\)\n$")
        self.configure(path="gone.ttl")
        code, _, errors = self.run_here("vocabularies")
        self.assertEqual(code, 1)
        self.assertIn("gone.ttl: the file cannot be read", errors)

    def test_one_is_shipped_and_may_be_left_out_or_replaced(self):
        self.write("terracat.toml", "")
        (earth,) = json.loads(self.succeeds("vocabularies", "--json"))["vocabularies"]
        self.assertEqual(earth["name"], "earth")
        self.assertGreaterEqual(earth["concepts"], 600)
        self.assertEqual(list(earth["languages"]), ["en", "fr"])
        self.assertIn("https://w3id.org/terracat/earth/sea-ice",
                      self.succeeds("vocabularies", "resolve", "banquise"))
        self.write("terracat.toml", '[[vocabulary]]\nname = "earth"\n')
        self.assertEqual(self.succeeds("vocabularies"), "there are no vocabularies\n")
        self.write("weather.ttl", WEATHER)
        self.write("terracat.toml", '[[vocabulary]]\nname = "earth"\npath = "weather.ttl"\n')
        self.assertRegex(self.succeeds("vocabularies"), r"(?m)^earth +3 ")

    def test_a_server_reads_them_again_and_keeps_what_it_has_from_a_slip(self):
        def reload(server, count):
            server.process.send_signal(signal.SIGHUP)
            self.wait_for(server, "config.reloaded", count)

        self.configure()
        with Server(folder=self.folder) as server:
            (line,) = self.logged(server, "vocabulary.loaded")
            self.assertEqual((line["vocabulary"], line["concepts"]), ("weather", 3))
            _, headers, _ = server.get("/stac")
            tag = headers["ETag"]
            self.configure(WEATHER.replace("rainfall", "rains"))
            reload(server, 1)
            _, headers, _ = server.get("/stac")
            self.assertNotEqual(headers["ETag"], tag)
            tag = headers["ETag"]
            self.configure("broken")
            reload(server, 2)
            (line,) = self.logged(server, "vocabulary.refused")
            self.assertIn("weather.ttl", line["cause"])
            _, headers, _ = server.get("/stac")
            self.assertEqual(headers["ETag"], tag)


class CompartmentRules(Site):
    """The collection of the source has no keyword at all."""

    def rule(self, text):
        pole = "[[pole]]\nname = \"sea\"\ntitle = \"Sea\"\n"
        self.configure(more=pole + (text and "[[compartment_rule]]\nname = \"a-rule\"\n" + text))

    def counts(self, server):
        return {one["id"]: one.get("count") for one in server.json("/api/v1/themes")["themes"]}

    def wait_for(self, holds):
        latest = time.monotonic() + 20
        while not holds():
            self.assertLess(time.monotonic(), latest)
            time.sleep(0.02)  # nothing tells of a version

    def test_they_go_with_a_reload(self):
        self.rule('compartment = "ocean"\nkinds = ["files"]\n')
        self.succeeds("harvest")
        with Server(folder=self.folder) as server:
            self.wait_for(lambda: self.counts(server)["ocean"] == 1)
            self.assertEqual(self.counts(server)["atmosphere"], 0)
            (told,) = server.json("/api/v1/datasets/c/enrichment")["concepts"]
            self.assertEqual(told["provenance"], {"step": "compartments", "rule": "a-rule"})
            self.rule('compartment = "atmosphere"\nsources = ["documents"]\nkinds = ["files", "csw"]\n')
            server.process.send_signal(signal.SIGHUP)
            self.wait_for(lambda: self.counts(server)["atmosphere"] == 1)
            self.assertEqual(self.counts(server)["ocean"], 0)
            self.rule('compartment = "atmosphere"\npoles = ["sea"]\n')  # the source is of none
            server.process.send_signal(signal.SIGHUP)
            self.wait_for(lambda: self.counts(server)["atmosphere"] == 0)
            self.assertNotIn("config.rule_idle", server.said())
            self.rule('compartment = "moon"\nkeywords = ["crater*"]\n')
            server.process.send_signal(signal.SIGHUP)
            self.wait_for(lambda: "config.rule_idle" in server.said())
            self.assertIn('"compartment":"moon"', server.said())

    def test_what_cannot_be_is_told(self):
        self.rule('poles = ["land"]\nkinds = ["phone"]\nformats = ["clay"]\nkeywords = ["*"]\n')
        code, _, errors = self.run_here("config", "check")
        self.assertEqual(code, 78)
        self.assertIn("compartment_rule 'a-rule'.compartment: expected a compartment", errors)
        self.assertIn("compartment_rule 'a-rule'.poles: there is no pole 'land'", errors)
        self.rule('compartment = "ocean"\nkinds = ["phone"]\nformats = ["clay"]\nkeywords = ["*"]\n')
        code, _, errors = self.run_here("config", "check")
        self.assertEqual(code, 78)
        self.assertIn("kinds: there is no kind 'phone'", errors)
        self.assertIn("formats: there is no format 'clay'", errors)
        self.assertIn("keywords: '*' has no letters or digits", errors)
        self.rule('compartment = "ocean"\n')
        self.assertIn("it says of no record that it belongs there", self.run_here("config", "check")[2])


class Publisher(Remote):
    """Publishes one document at /weather.ttl, for a `with` block."""

    def __init__(self, text=WEATHER):
        self.text = text
        self.asked = []  # the entity tags that were brought along
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                tag = '"%s"' % hashlib.sha256(publisher.text.encode()).hexdigest()
                known = self.headers.get("If-None-Match")
                publisher.asked.append(known)
                content = b"" if known == tag else publisher.text.encode()
                self.send_response(304 if known == tag else 200)
                self.send_header("ETag", tag)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        super().__init__(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        self.url = f"http://127.0.0.1:{self.port}/weather.ttl"


class Published(Site):
    def publish(self, publisher, more=""):
        self.write("terracat.toml", f"""
[[vocabulary]]
name = "weather"
path = "brought/weather.ttl"
url = "{publisher.url}"
{more}
allow_networks = ["127.0.0.0/8"]
""")

    def test_it_is_brought_by_hand(self):
        with Publisher() as publisher:
            self.publish(publisher)
            self.assertNotIn("weather", self.succeeds("vocabularies"))  # and that is no fault
            self.assertEqual(self.succeeds("vocabularies", "fetch"), "weather: brought, 3 concepts\n")
            said = self.succeeds("vocabularies")
            self.assertRegex(said, r"(?m)^weather +3 +1 +2  Weather$")
            self.assertRegex(said, rf"(?m)^    from {re.escape(publisher.url)}, asked 20")
            self.assertEqual(self.succeeds("vocabularies", "fetch", "weather"),
                             "weather: unchanged\n")
            publisher.text = "this is no vocabulary"
            code, _, errors = self.run_here("vocabularies", "fetch")
            self.assertEqual(code, 1)
            self.assertIn("weather: not taken: ", errors)
            self.assertIn("weather", self.succeeds("vocabularies"))
            code, _, errors = self.run_here("vocabularies", "fetch", "sky")
            self.assertEqual(code, 78)
            self.assertIn("those that have are weather", errors)

    def test_a_server_fetches_it_and_takes_it_at_once(self):
        address = "/skosmos/rest/v1/vocabularies?lang=en"

        def titles(server):
            return [one["title"] for one in server.json(address)["vocabularies"]]

        with Publisher() as publisher:
            self.publish(publisher, 'schedule = "0 0 1 1 *"')
            with Server(folder=self.folder) as server:
                self.assertEqual(self.wait_for(server, "vocabulary.fetched")["outcome"], "brought")
                self.wait_until(lambda: "Weather" in titles(server))
            # The next server knows when it was asked, and waits for its time.
            with Server(folder=self.folder) as server:
                self.assertIn("Weather", titles(server))
            self.assertEqual(publisher.asked, [None])

    def wait_until(self, holds):
        latest = time.monotonic() + 60
        while not holds():
            self.assertLess(time.monotonic(), latest)
            time.sleep(0.01)  # nothing tells when a server answers by what it has read


if __name__ == "__main__":
    unittest.main()
