"""OGC API Records of others: servers that play tricks, and another terracat."""

import json
import unittest
from urllib.parse import parse_qs, urlsplit

import test_sources as hostile
from terracat import ROOT, Server, run


def record(name, **properties):
    return {"id": name, "type": "Feature", "geometry": None, "links": [],
            "conformsTo": ["http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"],
            "properties": {"type": "dataset", "title": f"Title of {name}", **properties}}


class Records:
    """One catalogue of some records, two on a page, with a trap in place of its pages."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    def page(self, start, total=None, following=None):
        records = [record(name) for name in self.names[start:start + 2]]
        if following is None and start + 2 < len(self.names):
            following = f"?limit=2&offset={start + 2}"
        links = [{"rel": "next", "type": "text/html", "href": "/html"},
                 {"rel": "next", "type": "application/geo+json", "href": following}]
        return json.dumps({"type": "FeatureCollection", "features": records,
                           "numberMatched": len(self.names) if total is None else total,
                           "links": links if following else []})

    def __call__(self, handler):
        parts = urlsplit(handler.path)
        name, _, path = parts.path[1:].partition("/")
        if path == "":
            return self.say(handler, {"links": [
                {"rel": "data", "type": "text/html", "href": "/html"},
                {"rel": "data", "type": "application/json", "href": f"{name}/collections"}]})
        if path == "collections":
            return self.say(handler, {"collections": [
                {"id": "features", "itemType": "feature"}, {"id": "main", "itemType": "record"}]})
        self.lists += 1
        start = int(parse_qs(parts.query).get("offset", ["0"])[0])
        if self.trap:
            return self.trap(self, handler, start)
        return hostile.send(handler, self.page(start), Content_Type="application/geo+json")

    @staticmethod
    def say(handler, content):
        hostile.send(handler, json.dumps(content), Content_Type="application/json")


class RecordsTraps(hostile.Sources):
    """One run over APIs that play every trick; then what became of each source."""

    NAMES = [f"d{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        say, later = hostile.OaiTraps.saying, hostile.OaiTraps.later
        page = Records(self.NAMES[:2]).page(0)
        empty = '{"type":"FeatureCollection","features":[],"numberMatched":%d,"links":[]}'
        inner = f"http://127.0.0.2:{trap.port}/"

        def of_page(**members):
            return lambda r, h, start: hostile.send(h, r.page(start, **members))

        def expiring(records, handler, start):
            if start == 4 and records.lists == 3:
                return hostile.send(handler, "{}", status=400)
            return hostile.send(handler, records.page(start))

        return {
            "honest": (None, "complete", 6),
            "expiring": (expiring, "complete", 6),
            "size-too-large": (of_page(total=9), "incomplete", 6),
            "size-too-small": (of_page(total=2), "incomplete", 6),
            "size-none": (lambda r, h, start: hostile.send(
                h, r.page(start).replace("numberMatched", "n")), "complete", 6),
            "size-moves": (lambda r, h, start: hostile.send(h, r.page(start, total=6 + start)),
                           "incomplete", 6),
            "same-page": (lambda r, h, start: hostile.send(
                h, r.page(0, following=f"?n={r.lists}")), "incomplete", 2),
            "same-link": (of_page(following="?offset=2"), "incomplete", 4),
            "endless": (lambda r, h, start: hostile.send(
                h, r.page(start, following=f"?offset={start + 2}")), "complete", 6),
            "inner-page": (of_page(following=inner), "failed", 2),
            "file-page": (of_page(following="file:///etc/passwd"), "incomplete", 2),
            "empty-page": (later(say(empty % 6)), "incomplete", 2),
            "nothing": (say(empty % 0), "incomplete", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            "rubbish": (say(json.dumps({"numberMatched": 4, "features": [
                7, None, {"id": {}}, record("d1")]})), "incomplete", 1),
            **hostile.no_lists(trap, page, "features"),
            **hostile.in_mid_run(trap),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("ogc-records", "", lambda trap: Records(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)
        self.assertFalse([path for _, path, _, _ in web.asked if "html" in path])

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("ogc-records", Records, [f"d{n:02}" for n in range(40)], {3, 8, 13, 18, 23})


class AnotherTerracat(hostile.Sources):
    """What one terracat has, another one takes over through its OGC API Records."""

    def start(self, more=""):
        self.peer = self.folder / "peer"
        self.documents = self.peer / "documents"
        self.documents.mkdir(parents=True)
        (self.peer / "terracat.toml").write_text(
            f'[[source]]\nname = "own"\nkind = "files"\naddress = "{self.documents}"\n' + more)
        for number in range(30):
            self.write(f"own-{number:02}")
        self.harvest_peer()
        server = Server("--config", "terracat.toml", folder=self.peer)
        self.server = server.__enter__()
        self.addCleanup(server.__exit__, None, None, None)
        self.source("peer", "ogc-records", f"{self.server.url}/records", "page_size = 7",
                    ["127.0.0.1/32"])

    def write(self, name, title=None, updated="2024-05-01T00:00:00Z"):
        (self.documents / f"{name}.json").write_text(json.dumps(record(
            name, title=title or f"Title of {name}", updated=updated)))

    def harvest_peer(self):
        code, said, errors = run("--config", "terracat.toml", "harvest", folder=self.peer)
        self.assertEqual(code, 0, said + errors)

    def titles(self, folder):
        said = run("--config", "terracat.toml", "export", folder=folder)[1]
        return sorted(json.loads(line)["title"] for line in said.splitlines())

    def test_taken_over_whole_and_then_what_has_changed(self):
        self.start('[[source]]\nname = "iso"\nkind = "files"\n'
                   f'address = {json.dumps(str(ROOT / "examples/data-terra/records"))}\n')
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["peer"], r"^complete,.* 44 created")
        self.assertEqual(self.titles(self.folder), self.titles(self.peer))

        lines, said, _ = self.harvest()
        self.assertRegex(lines["peer"], r"^complete,.* 0 updated, 44 unchanged", said)
        self.write("own-03", "Another title")
        (self.documents / "own-04.json").unlink()
        self.harvest_peer()
        lines, said, _ = self.harvest()
        # What is missing at the peer is still there until its days are over.
        self.assertRegex(lines["peer"], r"^complete,.* 1 updated, 43 unchanged", said)
        self.assertIn("Another title", self.titles(self.folder))
        lines, said, _ = self.harvest("--sweep")
        self.assertRegex(lines["peer"], r"^complete,.* 44 unchanged", said)

    def test_only_what_was_updated_is_asked_for(self):
        self.start()
        self.text = self.text.replace("[source.options]", "changes_days = 7\n[source.options]")
        self.assertRegex(self.harvest()[0]["peer"], r"^complete,.* 30 created")
        self.assertRegex(self.harvest()[0]["peer"], r"^complete,.* 0 created, 0 updated, 0 unchanged")
        self.write("own-03", "Another title", "2999-01-01T00:00:00Z")
        self.write("own-99", updated="2999-01-01T00:00:00Z")
        self.harvest_peer()
        lines, said, _ = self.harvest()
        self.assertRegex(lines["peer"], r"^complete,.* 1 created, 1 updated, 0 unchanged", said)
        self.write("own-silent", updated=None)
        self.harvest_peer()
        lines, said, _ = self.harvest()  # of which a filter knows nothing: all is asked for
        self.assertRegex(lines["peer"], r"^complete,.* 1 created, 0 updated, 31 unchanged", said)
        self.assertIn("harvest.restarted", said)


if __name__ == "__main__":
    unittest.main()
