"""Index nodes of the Earth System Grid Federation, and ones that play tricks."""

import json
import re
import unittest
from urllib.parse import parse_qs, urlsplit

import test_sources as hostile
from terracat import ROOT, run


class Index:
    """The search of an index node over some data sets, two on a page, with a trap in place of it."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0
        self.documents = {}

    def document(self, name):
        return {"id": f"{name}|n.example", "instance_id": name, "data_node": "n.example",
                "type": "Dataset", "title": f"Title of {name}", "project": ["CMIP6"],
                "score": self.lists, "_version_": self.lists, **self.documents.get(name, {})}

    def page(self, start, total=None, header=None, size=2):
        docs = [self.document(name) for name in self.names[start:start + size]]
        return json.dumps({"responseHeader": {"status": 0, **(header or {})}, "response": {
            "numFound": len(self.names) if total is None else total, "start": start,
            "docs": docs}})

    def __call__(self, handler):
        self.lists += 1
        query = parse_qs(urlsplit(handler.path).query)
        start = int(query["offset"][0])
        if self.trap:
            return self.trap(self, handler, start)
        return hostile.send(handler, self.page(start), Content_Type="application/json")


class IndexTraps(hostile.Sources):
    """One run over index nodes that play every trick; then what became of each source."""

    NAMES = [f"d{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        say, later = hostile.OaiTraps.saying, hostile.OaiTraps.later
        page = Index(self.NAMES[:2]).page(0)
        empty = '{"response":{"numFound":%d,"docs":[]}}'

        def of_page(**members):
            return lambda i, h, start: hostile.send(h, i.page(start, **members))

        return {
            "honest": (None, "complete", 6),
            "size-too-large": (of_page(total=9), "incomplete", 6),
            "size-too-small": (of_page(total=2), "incomplete", 6),
            "size-moves": (lambda i, h, start: hostile.send(h, i.page(start, total=6 + start)),
                           "incomplete", 6),
            "size-huge": (of_page(total=10_000_000), "failed", 0),
            "same-page": (lambda i, h, start: hostile.send(h, i.page(0, total=900)),
                          "incomplete", 2),
            "more-than-asked": (of_page(size=5), "complete", 6),
            "in-part": (of_page(header={"partialResults": True}), "incomplete", 6),
            "empty-page": (later(say(empty % 6)), "incomplete", 2),
            "nothing": (say(empty % 0), "incomplete", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            "rubbish": (say(json.dumps({"response": {"numFound": 4, "docs": [
                7, None, {"id": ["d1"]}, Index([]).document("d1")]}})), "incomplete", 1),
            **hostile.no_lists(trap, page, "response"),
            **hostile.in_mid_run(trap),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("esgf", "page_size = 4", lambda trap: Index(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("esgf", Index, [f"d{n:02}" for n in range(40)], {3, 8, 13, 18, 23})


class Versions(hostile.Sources):
    def setUp(self):
        super().setUp()
        self.web = hostile.Web()
        self.addCleanup(self.web.close)
        self.index = self.web.pages["/esgf"] = Index(["a.v1", "b.v1", "c.v1"])

    def test_what_solr_writes_by_itself_is_no_change_but_a_new_time_is_asked_for(self):
        self.source("esgf", "esgf", f"{self.web.url}/esgf/search", "", ["127.0.0.1/32"])
        self.text = self.text.replace("[source.options]", "changes_days = 7\n[source.options]")
        self.assertRegex(self.harvest()[0]["esgf"], "^complete,.* 3 created")
        self.index.names = ["b.v1"]
        lines, said, _ = self.harvest()
        self.assertRegex(lines["esgf"], "^complete,.* 1 unchanged(?!.* missing)", said)
        asked = [path for _, path, _, _ in self.web.asked if "from=" in path]
        self.assertTrue(asked and all(re.search(r"&from=20\d\d-", path) for path in asked), asked)

    def test_a_retracted_version_is_missing_or_says_so(self):
        self.source("latest", "esgf", f"{self.web.url}/esgf/search", "", ["127.0.0.1/32"])
        self.source("all", "esgf", f"{self.web.url}/esgf/search",
                    'versions = "all"\nreplicas = true', ["127.0.0.1/32"])
        self.harvest()

        def with_retracted(index, handler, start):
            is_latest = "latest=true" in handler.path
            index.names = ["b.v1", "c.v1"] if is_latest else ["a.v1", "b.v1", "c.v1"]
            hostile.send(handler, index.page(start))

        self.index.trap = with_retracted
        self.index.documents["a.v1"] = {"latest": False, "retracted": True}
        lines, said, _ = self.harvest()
        self.assertRegex(lines["latest"], "^complete,.* 2 unchanged.* 1 missing", said)
        self.assertRegex(lines["all"], "^complete,.* 1 updated, 2 unchanged(?!.* missing)", said)

    def test_a_document_of_an_index_is_shown_as_what_it_becomes(self):
        code, said, errors = run("map", ROOT / "test/fixtures/formats/esgf/cmip6.json")
        self.assertEqual(code, 0, errors)
        self.assertIn("Near-Surface Air Temperature", said)
        self.assertIn("21.14100/00000000-1111-2222-3333-444444444444", said)


if __name__ == "__main__":
    unittest.main()
