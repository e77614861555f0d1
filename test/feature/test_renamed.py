#!/usr/bin/env python3
"""Records that get another identifier at their source, harvested by the real program: they are
proposed as one, and an operator decides."""

import json
import unittest
import urllib.request

import test_sources as hostile
from terracat import Server, run

ISO = "http://www.isotc211.org/2005"
KEY = "key-of-the-operators-here"


def text(name, value):
    return f"<gmd:{name}><gco:CharacterString>{value}</gco:CharacterString></gmd:{name}>"


def iso(name, title, link):
    edges = "".join(f"<gmd:{edge}><gco:Decimal>{value}</gco:Decimal></gmd:{edge}>"
                    for edge, value in (("westBoundLongitude", 2), ("eastBoundLongitude", 3),
                                        ("southBoundLatitude", 43), ("northBoundLatitude", 44)))
    return (f'<gmd:MD_Metadata xmlns:gmd="{ISO}/gmd" xmlns:gco="{ISO}/gco">'
            + text("fileIdentifier", name)
            + "<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>"
            + text("title", title) + "</gmd:CI_Citation></gmd:citation>" + text("abstract", "About.")
            + "<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>"
            + edges + "</gmd:EX_GeographicBoundingBox></gmd:geographicElement></gmd:EX_Extent>"
            "</gmd:extent></gmd:MD_DataIdentification></gmd:identificationInfo>"
            "<gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions>"
            "<gmd:MD_DigitalTransferOptions><gmd:onLine><gmd:CI_OnlineResource><gmd:linkage>"
            f"<gmd:URL>{link}</gmd:URL></gmd:linkage></gmd:CI_OnlineResource></gmd:onLine>"
            "</gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution>"
            "</gmd:distributionInfo></gmd:MD_Metadata>")


class Renamed(hostile.Sources):
    def setUp(self):
        super().setUp()
        self.web = hostile.Web()
        self.addCleanup(self.web.close)
        self.records = [(f"other-{number}", f"Other {number}", f"https://data.example/{number}")
                        for number in range(4)]
        self.records += [("rain-1", "Rain", "https://data.example/rain.nc"),
                         ("snow-1", "Snow", "https://data.example/snow.nc")]
        self.web.pages["/csw"] = self.page
        self.source("agency", "csw", f"{self.web.url}/csw", "", ["127.0.0.1/32"])

    def page(self, handler):
        start = hostile.start_of(handler)
        shown = self.records[start - 1:start + 1]
        behind = start + len(shown)
        hostile.send(handler, hostile.page([], len(self.records),
                                           behind if behind <= len(self.records) else 0)
                     .replace('numberOfRecordsReturned="0"',
                              f'numberOfRecordsReturned="{len(shown)}"')
                     .replace("</csw:SearchResults>",
                              "".join(iso(*one) for one in shown) + "</csw:SearchResults>"))

    def rename(self, before, after, **changed):
        index = [name for name, _, _ in self.records].index(before)
        _, title, link = self.records[index]
        self.records[index] = (after, changed.get("title", title), changed.get("link", link))

    def command(self, *arguments):
        return run("--config", "terracat.toml", *arguments, folder=self.folder)

    def succeeds(self, *arguments):
        code, said, errors = self.command(*arguments)
        self.assertEqual(code, 0, said + errors)
        return said

    def fails(self, *arguments):
        code, said, errors = self.command(*arguments)
        self.assertEqual(code, 1, said + errors)
        return errors

    def complete(self, pattern=""):
        lines, said, _ = self.harvest()
        self.assertRegex(lines["agency"], "^complete, .*" + pattern, said)

    def proposed(self):
        told = json.loads(self.succeeds("renamed", "--json"))["renamed"]
        return [(one["former"]["id"], one["now"]["id"]) for one in told]

    def reported(self):
        """What the last run tells of names: the new one, and the former."""
        last = json.loads(self.succeeds("runs", "--json"))["runs"][0]["number"]
        told = json.loads(self.succeeds("runs", str(last), "--json"))["documents"]
        return [(one["id"], one["excerpt"]) for one in told
                if one.get("code") == "renamed-at-source"]

    def test_an_accepted_name_takes_the_place_of_the_former_one(self):
        self.complete("6 created")
        self.assertEqual((self.proposed(), self.reported()), ([], []))
        self.succeeds("edit", "rain-1", "title=Rain of the mountains")
        self.rename("rain-1", "rain-2")
        self.complete("1 created")
        self.assertEqual(self.proposed(), [("rain-1", "rain-2")])
        self.assertEqual(self.reported(), [("rain-2", "rain-1")])
        self.assertIn("terracat renamed accept", self.succeeds("renamed"))
        self.assertIn("there is no record", self.fails("renamed", "accept", "rain-1", "nothing"))
        self.assertIn("its source has 'snow-1' still",
                      self.fails("renamed", "accept", "snow-1", "rain-2"))
        self.assertIn("not two records", self.fails("renamed", "accept", "rain-1", "rain-1"))
        with Server("--config", "terracat.toml", folder=self.folder) as server:
            self.assertEqual(server.json("/records/collections/all/items")["numberMatched"], 7)
            self.assertIn("rain-1: is what was rain-2",
                          self.succeeds("renamed", "accept", "rain-1", "rain-2"))
            for name in ("rain-1", "rain-2"):  # the new address leads to the old one
                found = server.json(f"/stac/collections/{name}")
                self.assertEqual((found["id"], found["title"]),
                                 ("rain-1", "Rain of the mountains"))
            self.assertEqual(server.json("/records/collections/all/items")["numberMatched"], 6)
        self.assertEqual(self.proposed(), [])
        self.assertIn("there is no record 'rain-2'",
                      self.fails("renamed", "accept", "rain-1", "rain-2"))
        self.complete("6 unchanged(?!.* missing)")
        self.assertEqual(self.reported(), [])
        self.rename("rain-2", "rain-3")  # and once more: all that led there still does
        self.complete("1 created")
        self.assertEqual(self.proposed(), [("rain-1", "rain-3")])
        with Server("--config", "terracat.toml", folder=self.folder,
                    TERRACAT_OPERATORS_API_KEY=KEY) as server:
            headers = {"X-API-Key": KEY}
            told = json.loads(server.get("/api/v1/renamed", **headers)[2])["renamed"]
            self.assertEqual(told, [{"title": "Rain", "source": "agency",
                                     "former": {"id": "rain-1", "native_id": "rain-2"},
                                     "now": {"id": "rain-3", "native_id": "rain-3"}}])
            body = json.dumps({"former": "rain-1", "now": "rain-3", "decision": "accept"})
            request = urllib.request.Request(
                f"{server.url}/api/v1/renamed", method="POST", data=body.encode(),
                headers={**headers, "Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=60) as answer:
                self.assertEqual(json.load(answer)["decision"], "accept")
            for name in ("rain-1", "rain-2", "rain-3"):
                self.assertEqual(server.json(f"/stac/collections/{name}")["id"], "rain-1")
        self.succeeds("check")

    def test_a_refused_name_is_not_proposed_again(self):
        self.complete()
        self.rename("snow-1", "snow-2")
        self.complete()
        self.assertEqual(self.proposed(), [("snow-1", "snow-2")])
        self.assertIn("not proposed again", self.succeeds("renamed", "refuse", "snow-1", "snow-2",
                                                          "--by", "Ada", "--reason", "made anew"))
        self.assertEqual(self.proposed(), [])
        self.complete("6 unchanged")
        self.assertEqual(self.reported(), [])
        self.assertNotIn("other-than", self.succeeds("edit", "--list", "--json"))
        with Server("--config", "terracat.toml", folder=self.folder) as server:
            for name in ("snow-1", "snow-2"):
                self.assertEqual(server.json(f"/stac/collections/{name}")["id"], name)
                self.assertNotIn("terracat:corrected", server.json(f"/stac/collections/{name}"))

    def test_what_says_something_else_is_not_proposed(self):
        self.complete()
        self.rename("rain-1", "rain-2", link="https://data.example/other.nc")
        self.rename("snow-1", "snow-2", title="Snow and ice")
        self.complete("2 created")
        self.assertEqual((self.proposed(), self.reported()), ([], []))

    def test_of_two_that_may_be_it_none_is_proposed(self):
        self.complete()
        self.rename("rain-1", "rain-2")
        self.records.append(("rain-3", "RAIN", "https://data.example/rain.nc"))
        self.complete("2 created")
        self.assertEqual((self.proposed(), self.reported()), ([], []))

    def test_what_was_there_beside_it_is_not_proposed(self):
        self.records.append(("rain-0", "Rain", "https://data.example/rain.nc"))
        self.complete("7 created")
        self.records = [one for one in self.records if one[0] != "rain-1"]
        self.complete("6 unchanged")
        self.assertEqual((self.proposed(), self.reported()), ([], []))


if __name__ == "__main__":
    unittest.main()
