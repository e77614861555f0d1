"""Rules of a site by which files of sources can be had by other addresses as well."""

import json
import signal
import time
import unittest

from terracat import Server
from test_command_line import Folder

EXTENSION = "https://stac-extensions.github.io/alternate-assets/v1.2.0/schema.json"
RULES = """
[[storage]]
prefix = "s3://bucket/"
name = "https"
href = "https://files.example/s3/"
title = "HTTPS of the centre"
[[storage]]
prefix = "s3://bucket/deep/"
name = "https"
href = "https://deep.example/{path}?download=1"
[[storage]]
prefix = "s3://bucket/"
name = "opendap"
href = "https://thredds.example/dodsC/{path}.html"
title = "OPeNDAP"
[[storage]]
prefix = "irods://centre.example/zone/home/"
name = "https"
href = "https://davrods.example/"
"""


def asset(href, **more):
    return {"href": href, "roles": ["data"], **more}


ITEM = {"type": "Feature", "stac_version": "1.1.0", "id": "i", "collection": "c",
        "geometry": {"type": "Point", "coordinates": [1, 1]}, "bbox": [1, 1, 1, 1],
        "properties": {"datetime": "2024-01-01T00:00:00Z"}, "links": [],
        "assets": {"cube": asset("s3://bucket/a/b.nc", alternate={
                       "opendap": {"href": "https://own.example/b"},
                       "ftp": {"href": "ftp://own.example/b"}}),
                   "deep": asset("s3://bucket/deep/c%20d.nc"),
                   "tape": asset("irods://centre.example/zone/home/x.nc"),
                   "climbs": asset("s3://bucket/../secret"),
                   "other": asset("https://elsewhere.example/s3://bucket/")}}
COLLECTION = {"type": "Collection", "stac_version": "1.1.0", "id": "c", "title": "Rain",
              "description": "d", "license": "CC-BY-4.0", "links": [],
              "extent": {"spatial": {"bbox": [[0, 0, 2, 2]]},
                         "temporal": {"interval": [["2024-01-01T00:00:00Z", None]]}},
              "assets": {"all": asset("s3://bucket/all.zip", type="application/zip")}}


class Storage(Folder):
    def configure(self, rules):
        self.write("terracat.toml", "[store]\npath = \"terracat.sqlite\"\n" + rules)

    def setUp(self):
        super().setUp()
        self.configure("")
        documents = [COLLECTION, ITEM, {**ITEM, "id": "plain", "assets": {
            "a": asset("https://plain.example/a")}}]
        self.succeeds("import", self.write("some.ndjson", "\n".join(map(json.dumps, documents))))

    def test_items_have_alternates_of_which_their_own_count_more(self):
        self.configure(RULES)
        with Server(folder=self.folder) as server:
            item = server.json("/stac/collections/c/items/i")
            self.assertIn(EXTENSION, item["stac_extensions"])
            assets = item["assets"]
            self.assertEqual(assets["cube"]["alternate"], {
                "opendap": {"href": "https://own.example/b"},
                "ftp": {"href": "ftp://own.example/b"},
                "https": {"href": "https://files.example/s3/a/b.nc",
                          "title": "HTTPS of the centre"}})
            self.assertEqual(assets["deep"]["alternate"], {
                "https": {"href": "https://deep.example/c%20d.nc?download=1"},
                "opendap": {"href": "https://thredds.example/dodsC/deep/c%20d.nc.html",
                            "title": "OPeNDAP"}})
            self.assertEqual(assets["tape"]["alternate"],
                             {"https": {"href": "https://davrods.example/x.nc"}})
            for name in ("climbs", "other"):
                self.assertNotIn("alternate", assets[name])
            self.assertEqual(assets["cube"]["href"], "s3://bucket/a/b.nc")

            found = {one["id"]: one for one in server.json("/stac/search?ids=i,plain")["features"]}
            self.assertEqual({**found["i"], "links": 0}, {**item, "links": 0})
            self.assertNotIn(EXTENSION, found["plain"].get("stac_extensions", []))
            chosen, = server.json("/stac/search?ids=i&fields=assets.tape")["features"]
            self.assertEqual(chosen["assets"]["tape"], assets["tape"])
            lines = server.get("/stac/search?ids=i&f=ndjson")[2].decode().splitlines()
            self.assertEqual(json.loads(lines[0])["assets"], assets)

    def test_collections_records_and_pages_tell_the_other_ways(self):
        self.configure(RULES)
        with Server(folder=self.folder) as server:
            collection = server.json("/stac/collections/c")
            self.assertIn(EXTENSION, collection["stac_extensions"])
            self.assertEqual(collection["assets"]["all"]["alternate"], {
                "https": {"href": "https://files.example/s3/all.zip",
                          "title": "HTTPS of the centre"},
                "opendap": {"href": "https://thredds.example/dodsC/all.zip.html",
                            "title": "OPeNDAP"}})
            listed, = server.json("/stac/collections")["collections"]
            self.assertEqual(listed["assets"], collection["assets"])
            record = server.json("/records/collections/all/items/c")
            ways = {link["href"]: link for link in record["links"]}
            own, other = ways["s3://bucket/all.zip"], ways["https://files.example/s3/all.zip"]
            self.assertEqual((other["rel"], other["type"], other["title"]),
                             (own["rel"], own["type"], "HTTPS of the centre"))
            page = server.get("/en/datasets/c")[2].decode()
            self.assertIn("https://files.example/s3/all.zip", page)
            self.assertIn("HTTPS of the centre", page)

    def test_rules_change_without_a_harvest(self):
        with Server(folder=self.folder) as server:
            path = "/stac/collections/c/items/i"
            _, headers, body = server.get(path)
            self.assertNotIn("https", json.loads(body)["assets"]["cube"]["alternate"])
            self.configure(RULES)
            server.process.send_signal(signal.SIGHUP)
            latest = time.monotonic() + 60
            while '"event":"config.reloaded"' not in server.said():
                self.assertLess(time.monotonic(), latest, server.said())
                time.sleep(0.01)  # a file cannot be waited for
            status, _, body = server.get(path, **{"If-None-Match": headers["ETag"]})
            self.assertEqual(status, 200)
            self.assertIn("https", json.loads(body)["assets"]["cube"]["alternate"])

    def test_wrong_rules_are_told(self):
        for rule, what in (('prefix = "s3://bucket"\nname = "a"\nhref = "https://x.example/"',
                            "storage 'a'.prefix: expected an address with a host and a slash at its end"),
                           ('prefix = "/zone/"\nname = "a"\nhref = "https://x.example/"',
                            "storage 'a'.prefix: expected an address"),
                           ('prefix = "s3://b/"\nname = "A b"\nhref = "https://x.example/"',
                            "storage 'A b'.name: expected small letters"),
                           ('prefix = "s3://b/"\nname = "a"\nhref = "javascript:alert(1)"',
                            "storage 'a'.href: expected an address of http"),
                           ('prefix = "s3://b/"\nname = "a"\nhref = "https://x.example/<y>"',
                            "storage 'a'.href: expected an address of http"),
                           ('prefix = "https://"\nname = "a"\nhref = "https://x.example/"',
                            "storage 'a'.prefix: expected an address with a host"),
                           ('prefix = "s3://b/"\nname = "a"\nhref = "https://x.example"',
                            "storage 'a'.href: expected a host, and a slash"),
                           ('prefix = "s3://b/"\nname = "a"\nhref = "https://x.example{path}/"',
                            "storage 'a'.href: expected a host, and a slash"),
                           ('prefix = "s3://b/"\nname = "a"\nhref = "https://x.example?a=/{path}"',
                            "storage 'a'.href: expected a host, and a slash"),
                           ('prefix = "s3://b/"\nname = "a"\nhref = "https://u:p@x.example/"',
                            "storage 'a'.href: credentials would be published"),
                           ('prefix = "s3://b/"\nname = "a"\nhref = "https://x.example/{path}/{path}"',
                            "storage 'a'.href: expected {path} once")):
            with self.subTest(rule=rule):
                self.configure(f"[[storage]]\n{rule}\n")
                code, _, errors = self.run_here("config", "check")
                self.assertEqual(code, 78)
                self.assertIn(what, errors)
        self.configure(RULES + RULES)
        self.assertIn("another rule of that name has the same",
                      self.run_here("config", "check")[2])


if __name__ == "__main__":
    unittest.main()
