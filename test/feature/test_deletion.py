#!/usr/bin/env python3
"""Sources whose content shrinks, harvested by the real program: what is gone there is missing, then
goes here, and its address says so."""

import json
import os
import tempfile
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from terracat import Remote, Server, run

CLOCK = os.environ.get("TERRACAT_FAULT_CLOCK")
DAY = 86_400_000  # milliseconds

ISO = """<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"
 xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>{id}
</gco:CharacterString></gmd:fileIdentifier><gmd:identificationInfo><gmd:MD_DataIdentification>
<gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>Record {id}</gco:CharacterString>
</gmd:title></gmd:CI_Citation></gmd:citation><gmd:abstract><gco:CharacterString>About it.
</gco:CharacterString></gmd:abstract></gmd:MD_DataIdentification></gmd:identificationInfo>
</gmd:MD_Metadata>"""


class Sources(Remote):
    """A catalogue service under /csw and a STAC API under /stac, for a `with` block."""

    def __init__(self, page=2):
        self.page = page
        self.records = []       # ids
        self.collections = {}   # id: ids of items
        self.fails_at = None    # a page of the catalogue service from here on is not answered
        self.asked = []         # ElementSetName and fields of each request
        sources = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                sources.answer(self, urlsplit(self.path))

            def log_message(self, *_):
                pass

        super().__init__(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        self.url = f"http://127.0.0.1:{self.port}"

    def answer(self, handler, target):
        query = {name: values[0] for name, values in parse_qs(target.query).items()}
        self.asked.append(query.get("ElementSetName") or query.get("fields"))
        if target.path == "/csw":
            body, kind = self.csw(int(query["startPosition"])), "application/xml"
        else:
            body, kind = self.stac(target.path, query), "application/json"
        handler.send_response(404 if body is None else 200)
        content = (body or "").encode()
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def csw(self, start):
        if self.fails_at is not None and start >= self.fails_at:
            return None
        ids = self.records[start - 1:start - 1 + self.page]
        behind = start + len(ids)
        return ('<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
                f'<csw:SearchResults numberOfRecordsMatched="{len(self.records)}" '
                f'numberOfRecordsReturned="{len(ids)}" '
                f'nextRecord="{behind if behind <= len(self.records) else 0}">'
                + "".join(ISO.format(id=one) for one in ids)
                + "</csw:SearchResults></csw:GetRecordsResponse>")

    def stac(self, path, query):
        if path == "/stac":
            return json.dumps({
                "type": "Catalog", "stac_version": "1.0.0", "id": "x", "description": "x",
                "conformsTo": ["https://api.stacspec.org/v1.0.0/ogcapi-features#fields"],
                "links": [{"rel": "data", "href": f"{self.url}/stac/collections"}]})
        if path == "/stac/collections":
            return json.dumps({"collections": [self.collection(one) for one in self.collections],
                               "links": []})
        collection = path.split("/")[3]
        if collection not in self.collections:
            return None
        return json.dumps({
            "type": "FeatureCollection", "links": [],
            "features": [self.item(collection, one, query.get("fields"))
                         for one in self.collections[collection]]})

    def collection(self, name):
        return {"type": "Collection", "stac_version": "1.0.0", "id": name, "title": f"Data {name}",
                "description": "d", "license": "other",
                "extent": {"spatial": {"bbox": [[0, 0, 1, 1]]},
                           "temporal": {"interval": [["2020-01-01T00:00:00Z", None]]}},
                "links": [{"rel": "items", "href": f"{self.url}/stac/collections/{name}/items"}]}

    @staticmethod
    def item(collection, name, fields):
        if fields:
            return {"id": name, "collection": collection}
        return {"type": "Feature", "stac_version": "1.0.0", "id": name, "collection": collection,
                "geometry": {"type": "Point", "coordinates": [0.5, 0.5]},
                "properties": {"datetime": "2020-01-02T00:00:00Z", "title": f"Granule {name}"},
                "links": [], "assets": {}}


class Deletion(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.sources = self.enterContext(Sources())
        self.sources.records = [f"r{n:02}" for n in range(1, 8)]
        self.sources.collections = {"rain": ["rain-1", "rain-2"], "snow": ["snow-1"]}
        self.configure()

    def configure(self, grace_days=0, grace_sweeps=2, csw=True, **more):
        settings = "".join(f"{name} = {value}\n" for name, value in dict(
            grace_days=grace_days, grace_sweeps=grace_sweeps, delay=0, retries=0, **more).items())
        common = f'allow_networks = ["127.0.0.0/8"]\n{settings}'
        text = ""
        if csw:
            text += (f'[[source]]\nname = "records"\nkind = "csw"\naddress = "{self.sources.url}/csw"\n'
                     f"{common}[source.options]\npage_size = {self.sources.page}\n")
        text += (f'[[source]]\nname = "granules"\nkind = "stac-api"\n'
                 f'address = "{self.sources.url}/stac"\n{common}[source.options]\nitems = true\n')
        (self.folder / "terracat.toml").write_text(text)

    def terracat(self, *arguments, code=0, days=0):
        """Runs a command, so many days from now. Returns what it says."""
        later = {"LD_PRELOAD": CLOCK, "FAULT_CLOCK_OFFSET": str(int(days * DAY))} if days else {}
        found, said, errors = run(*arguments, folder=self.folder, **later)
        self.assertEqual(found, code, said + errors)
        return said + errors

    def sound(self):
        self.assertIn("sound", self.terracat("check"))

    def test_what_is_gone_is_missing_then_removed_and_answered_with_410(self):
        self.assertIn("7 created", self.terracat("harvest"))
        self.sources.records.remove("r03")
        self.sources.collections["rain"].remove("rain-2")
        del self.sources.collections["snow"]
        said = self.terracat("harvest")
        self.assertRegex(said, r"records: complete.* 1 missing")
        self.assertRegex(said, r"granules: complete.* 3 missing")
        self.assertIn("1 missing", self.terracat("sources"))
        with Server(folder=self.folder) as server:
            self.assertEqual(server.get("/stac/collections/snow")[0], 200)
        said = self.terracat("harvest")
        self.assertRegex(said, r"records: complete.* 1 deleted")
        self.assertRegex(said, r"granules: complete.* 3 deleted")
        self.assertIn("deleted", self.terracat("runs", "6"))
        with Server(folder=self.folder) as server:
            for path, id_, title in (("/stac/collections/r03", "r03", "Record r03"),
                                     ("/stac/collections/snow", "snow", "Data snow"),
                                     ("/stac/collections/snow/items", "snow", "Data snow"),
                                     ("/stac/collections/snow/items/snow-1", "snow", "Data snow"),
                                     ("/features/collections/snow", "snow", "Data snow"),
                                     ("/stac/collections/rain/items/rain-2", "rain-2",
                                      "Granule rain-2")):
                status, headers, body = server.get(path)
                self.assertEqual(status, 410, path)
                problem = json.loads(body)
                self.assertEqual(problem["code"], "gone")
                self.assertEqual(headers["Content-Type"], "application/problem+json")
                self.assertIn(f"'{id_}' ({title}) was removed on 2", problem["detail"])
            self.assertEqual(server.get("/stac/collections/never")[0], 404)
            self.assertEqual(server.get("/stac/collections/rain/items/never")[0], 404)
            found = server.json("/stac/search")
            self.assertEqual([one["id"] for one in found["features"]], ["rain-1"])
            listed = server.json("/stac/collections")["collections"]
            self.assertEqual(len(listed), 6 + 1)
        self.sound()

    def test_the_brake_holds_until_it_is_released(self):
        self.sources.records = [f"r{n:02}" for n in range(1, 41)]
        self.configure(grace_sweeps=1)
        self.terracat("harvest", "records")
        del self.sources.records[:25]
        said = self.terracat("harvest", "records")
        self.assertIn("25 are missing, more than 20, and 25 are due for removal", said)
        self.assertIn("harvest.deletions_held", said)
        self.assertIn("mass-deletion-held", self.terracat("runs", "2"))
        said = self.terracat("sources")
        self.assertIn("MassDeletionHeld: 25 removals wait for "
                      "`terracat harvest records --accept-deletions`", said)
        with Server(folder=self.folder) as server:
            self.assertEqual(len(server.json("/stac/collections")["collections"]), 40)
            self.assertIn(b'terracat_harvest_deletions_held{source="records"} 25',
                          server.get("/metrics")[2])
            health = server.json("/health")
            self.assertIn({"source": "records", "code": "MassDeletionHeld", "removals": 25},
                          health["remarks"])
        said = self.terracat("harvest", "records", "--accept-deletions")
        self.assertIn("25 deleted", said)
        self.assertNotIn("MassDeletionHeld", self.terracat("sources"))
        self.sound()

    def test_a_partial_run_deletes_nothing_and_goes_on_rightly(self):
        self.configure(grace_sweeps=1)
        self.terracat("harvest")
        del self.sources.records[1]  # r02
        self.sources.fails_at = 5
        said = self.terracat("harvest", "records", code=1)
        self.assertIn("failed", said)
        self.assertNotIn(" missing", said)
        self.sources.fails_at = None
        said = self.terracat("harvest", "records")  # from the third page on
        self.assertRegex(said, r"complete.* 1 deleted")
        with Server(folder=self.folder) as server:
            self.assertEqual(server.get("/stac/collections/r02")[0], 410)
            for name in ("r01", "r03", "r07", "rain", "snow"):
                self.assertEqual(server.get(f"/stac/collections/{name}")[0], 200, name)
        self.sound()

    def test_a_sweep_asks_for_ids_only(self):
        self.configure(grace_sweeps=1)
        self.terracat("harvest")
        self.sources.records.remove("r03")
        self.sources.collections["rain"].remove("rain-2")
        self.sources.asked.clear()
        said = self.terracat("harvest", "--sweep")
        self.assertRegex(said, r"records: complete.* 6 unchanged.* 1 deleted")
        self.assertRegex(said, r"granules: complete.* 4 unchanged.* 1 deleted")
        self.assertEqual(set(self.sources.asked), {"brief", "id,collection", None})
        self.assertNotIn("full", self.sources.asked)
        self.sound()

    @unittest.skipUnless(CLOCK, "TERRACAT_FAULT_CLOCK names no clock: the build has none")
    def test_the_grace_is_seven_days_and_two_sweeps(self):
        self.configure(grace_days=7)
        self.terracat("harvest", "records")
        self.sources.records.remove("r03")
        self.assertIn("1 missing", self.terracat("harvest", "records", days=1))
        self.assertIn("1 missing", self.terracat("harvest", "records", days=7))
        self.assertIn("1 deleted", self.terracat("harvest", "records", days=8.5))

    def test_a_retired_source_is_shown_and_removed(self):
        self.terracat("harvest")
        self.assertIn("is in the configuration",
                      self.terracat("sources", "remove", "records", code=1))
        self.configure(csw=False)
        said = self.terracat("sources")
        self.assertRegex(said, r"records +retired .*7 records")
        self.assertIn("granules", said)
        with Server(folder=self.folder) as server:
            self.assertEqual({one["source"]: one["standing"]
                              for one in server.json("/health")["sources"]},
                             {"records": "retired", "granules": "configured"})
        self.assertIn("nothing is kept of a source 'other'",
                      self.terracat("sources", "remove", "other", code=1))
        said = self.terracat("sources", "remove", "records")
        self.assertIn("7 records and items removed", said)
        self.assertNotIn("retired", self.terracat("sources"))
        with Server(folder=self.folder) as server:
            self.assertEqual(server.get("/stac/collections/r01")[0], 410)
            self.assertEqual(server.get("/stac/collections/rain")[0], 200)
        self.assertNotIn("records ", self.terracat("runs").replace("records and", ""))
        self.sound()


if __name__ == "__main__":
    unittest.main()
