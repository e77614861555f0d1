#!/usr/bin/env python3
"""The same data sets from sources of different kinds, harvested by the real program: lists have each
once, the others stay, and nothing of it depends on when a run ended or was killed."""

import json
import signal
import subprocess
import unittest

import test_sources as hostile
from terracat import BINARY, Server, environment, run

DOI = "10.1234"
ISO = "http://www.isotc211.org/2005"


def iso(name):
    """As a catalogue service tells it, by a name of its own."""
    return (f'<gmd:MD_Metadata xmlns:gmd="{ISO}/gmd" xmlns:gco="{ISO}/gco"><gmd:fileIdentifier>'
            f"<gco:CharacterString>iso-{name}</gco:CharacterString></gmd:fileIdentifier>"
            "<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>"
            f"<gmd:title><gco:CharacterString>Agency {name}</gco:CharacterString></gmd:title>"
            "<gmd:identifier><gmd:MD_Identifier><gmd:code><gco:CharacterString>"
            f"https://dx.doi.org/{DOI}/{name.upper()}</gco:CharacterString></gmd:code>"
            "</gmd:MD_Identifier></gmd:identifier></gmd:CI_Citation></gmd:citation>"
            "<gmd:abstract><gco:CharacterString>About it.</gco:CharacterString></gmd:abstract>"
            "</gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>")


class Repository(hostile.Repository):
    """Dublin Core, with the DOI among the identifiers."""

    def page(self, start, size=None, token=None):
        page = super().page(start, size, token)
        for name in self.names:
            page = page.replace(f"Title of {name}</dc:title><dc:identifier>10.5072/same<",
                                f"Portal {name}</dc:title><dc:identifier>doi:{DOI}/{name}<")
        return page


class Clusters(hostile.Sources):
    def setUp(self):
        super().setUp()
        self.web = hostile.Web()
        self.addCleanup(self.web.close)

    def serve(self, name, kind, play, options=""):
        self.web.pages[f"/{name}"] = play
        self.source(name, kind, f"{self.web.url}/{name}", options, ["127.0.0.1/32"])

    def csw(self, names):
        def answer(handler):
            start = hostile.start_of(handler)
            shown = names[start - 1:start + 1]
            behind = start + len(shown)
            hostile.send(handler, hostile.page([], len(names), behind if behind <= len(names) else 0)
                         .replace('numberOfRecordsReturned="0"',
                                  f'numberOfRecordsReturned="{len(shown)}"')
                         .replace("</csw:SearchResults>",
                                  "".join(map(iso, shown)) + "</csw:SearchResults>"))
        return answer

    def report(self, source):
        """What became of the documents of the source's last run, those of clusters alone."""
        runs = json.loads(run("--config", "terracat.toml", "runs", "--json",
                              folder=self.folder)[1])["runs"]
        last = next(one["number"] for one in runs if one["source"] == source)
        text = run("--config", "terracat.toml", "runs", str(last), "--json", folder=self.folder)[1]
        return {one["id"]: one["excerpt"] for one in json.loads(text)["documents"]
                if one.get("code") == "cluster-joined"}

    def test_what_three_kinds_of_sources_tell_is_one(self):
        names = ["rain", "snow", "wind"]
        self.serve("agency", "csw", self.csw(names))
        self.serve("portal", "oai-pmh", Repository(names))
        self.serve("dois", "datacite", hostile.Dois(names), 'client = "a"')
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        for name in ("agency", "portal", "dois"):
            self.assertRegex(lines[name], "^complete, .*3 created", said)

        with Server("--config", "terracat.toml", folder=self.folder) as server:
            every = server.json("/records/collections/all/items")
            self.assertEqual([one["id"] for one in every["features"]],
                             [f"iso-{name}" for name in names])
            self.assertEqual(every["numberMatched"], 3)
            self.assertEqual(server.json("/stac/collections")["numberMatched"], 3)
            facets = server.json("/api/v1/facets?facets=kind")["facets"]
            self.assertEqual([bucket["count"] for bucket in facets[0]["buckets"]], [3])
            others = [link["href"] for link in every["features"][0]["links"]
                      if link.get("title", "").startswith("Described by")]
            self.assertEqual(len(others), 2)
            for address in others:  # each is there, and says which one lists have
                _, _, body = server.get(address.replace(server.url, ""))
                member = json.loads(body)
                canonical = [link["href"] for link in member["links"]
                             if link["rel"] == "canonical"]
                self.assertEqual(canonical,
                                 [f"{server.url}/records/collections/all/items/iso-rain"])
                found = server.json(f"/records/collections/all/items?ids={member['id']}")
                self.assertEqual([one["id"] for one in found["features"]], ["iso-rain"])
            status, headers, _ = server.get(f"/stac/collections/{DOI}%2Frain")
            self.assertEqual((status, json.loads(server.get("/stac/collections/iso-rain")[2])["id"]),
                             (200, "iso-rain"))  # urllib follows the redirect

        # The source of the canonical ones goes: the next ones stand.
        self.text = self.text.split("\n[[source]]\n")
        self.text = "".join("\n[[source]]\n" + one for one in self.text if 'name = "' in one
                            and 'name = "agency"' not in one)
        (self.folder / "terracat.toml").write_text(self.text)
        code, said, errors = run("--config", "terracat.toml", "sources", "remove", "agency",
                                 folder=self.folder)
        self.assertEqual(code, 0, said + errors)
        with Server("--config", "terracat.toml", folder=self.folder) as server:
            every = server.json("/records/collections/all/items")
            self.assertEqual([one["properties"]["title"] for one in every["features"]],
                             [f"Portal {name}" for name in names])
            self.assertEqual(server.get("/stac/collections/iso-rain")[0], 410)

    def test_the_report_says_what_was_joined(self):
        self.serve("agency", "csw", self.csw(["rain"]))
        self.harvest()
        self.serve("portal", "oai-pmh", Repository(["rain", "fog"]))
        _, said, _ = self.harvest()
        self.assertEqual(self.report("agency"), {}, said)
        told = json.loads(run("--config", "terracat.toml", "duplicates", "--json",
                              folder=self.folder)[1])
        self.assertEqual([[one["source"] for one in cluster["records"]]
                          for cluster in told["clusters"]], [["agency", "portal"]])
        self.assertEqual(told["likely"], [])
        self.assertEqual(self.report("portal"),
                         {"rain": "joined to the cluster of iso-rain of source agency"})

    def test_killed_at_any_page_it_joins_all_the_same(self):
        names = [f"d{number:02}" for number in range(40)]
        holder = [None]

        def kill(played, handler, start):
            if played.lists in (5, 12, 16):
                holder[0].kill()
            hostile.send(handler, played.page(start))

        self.serve("agency", "csw", self.csw(names))
        self.harvest()
        self.serve("portal", "oai-pmh", Repository(names, kill))
        (self.folder / "terracat.toml").write_text(self.text)
        for _ in range(3):
            holder[0] = subprocess.Popen([BINARY, "--config", "terracat.toml", "harvest", "portal"],
                                         cwd=self.folder, stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL, env=environment())
            self.assertEqual(holder[0].wait(60), -signal.SIGKILL)
            self.check(names)
        lines, said, code = self.harvest("portal")
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["portal"], "^complete,", said)
        self.assertEqual(self.check(names), 40)

    def check(self, names):
        """Each data set is listed once, and no key is lost. How many have two descriptions."""
        code, said, errors = run("--config", "terracat.toml", "check", folder=self.folder)
        self.assertEqual(code, 0, said + errors)
        with Server("--config", "terracat.toml", folder=self.folder) as server:
            every = server.json("/records/collections/all/items?limit=100")["features"]
        self.assertEqual([one["id"] for one in every], [f"iso-{name}" for name in names])
        return sum(any(link.get("title") == "Described by the source portal"
                       for link in one["links"]) for one in every)


if __name__ == "__main__":
    unittest.main()
