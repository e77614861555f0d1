"""Servers of ERDDAP: with every trick, and killed midway."""

import json
import unittest

import test_sources as hostile
from terracat import ROOT, run
from test_sources import at, saying


def dataset(name):
    rows = [["attribute", "NC_GLOBAL", key, "String", value] for key, value in (
        ("title", f"Title of {name}"), ("summary", "About it"))]
    return json.dumps({"table": {"columnNames": ["Row Type", "Variable Name", "Attribute Name",
                                                 "Data Type", "Value"], "rows": rows}})


class Server(hostile.Killing):
    """A server over some data sets, with a trap in place of one address."""

    def listing(self):
        return json.dumps({"table": {"columnNames": ["datasetID", "tabledap"], "rows": [
            [name, "x"] for name in ["allDatasets", *self.names]]}})

    def __call__(self, handler):
        path = self.path_for(handler)
        if path is None:
            return None
        if path == "/tabledap/allDatasets.json":
            return hostile.send(handler, self.listing(), Content_Type="application/json")
        name = path.rpartition("/index.json")[0].rpartition("/")[2]
        if name in self.names:
            return hostile.send(handler, dataset(name), Content_Type="application/json")
        return hostile.send(handler, "", status=404)


class ServerTraps(hostile.Sources):
    """One run over servers that play every trick; then what became of each source."""

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        elsewhere = f"http://127.0.0.2:{trap.port}/"
        lists, b = "/tabledap/allDatasets.json", "/info/b/index.json"
        page = Server("", "abc").listing()
        stolen = dataset("b").replace("]]", '],["attribute","NC_GLOBAL","infoUrl","String",'
                                      '"file:///etc/passwd"]]')
        return {
            "honest": (None, "complete", 3),
            "links": (saying(b, stolen), "complete", 3),
            "repeats": (saying(lists, page.replace('"c"', '"b"')), "complete", 2),
            "nameless": (saying(lists, page.replace('"c"', "null")), "incomplete", 2),
            "climbs": (saying(lists, page.replace('"c"', '"../../x"')), "incomplete", 2),
            "gone": (saying(b, "", status=404), "incomplete", 2),
            "broken": (saying(b, "{"), "complete", 2),
            "deep": (saying(b, '{"table":' + "[" * 100_000 + "]" * 100_000 + "}"), "complete", 2),
            "moved": (saying(b, "", status=302, Location=elsewhere), "incomplete", 2),
            "signed-in": (saying(b, "<!DOCTYPE html><html>Sign in</html>"), "incomplete", 2),
            "large": (saying(b, hostile.bomb_of(b"["), Content_Encoding="gzip"), "incomplete", 2),
            "nothing": (saying(lists, Server("", "").listing()), "incomplete", 0),
            "no-list": (saying(lists, "", status=404), "failed", 0),
            "truncated": (saying(lists, page[:-10]), "failed", 0),
            "no-json": (saying(lists, b"\x00\x01\x02" * 1_000), "failed", 0),
            "endless": (saying(lists, '{"table":' + "[" * 100_000 + "]" * 100_000 + "}"),
                        "failed", 0),
            "bomb": (saying(lists, hostile.bomb_of(b"["), Content_Encoding="gzip"), "failed", 0),
            "login": (saying(lists, "<!DOCTYPE html><html>Sign in</html>"), "failed", 0),
            "busy": (saying(lists, "", status=503, Retry_After="100000"), "failed", 0),
            "elsewhere": (saying(lists, "", status=302, Location=elsewhere), "failed", 0),
            "drips": (at(lists, hostile.drip), "failed", 0),
        }

    def test_every_trap_ends_as_it_should(self):
        unused = hostile.Trap(["127.0.0.1"])
        self.addCleanup(unused.close)
        names = iter(self.traps(unused))
        web, _ = self.play("erddap", "", lambda trap: Server(f"/{next(names)}", list("abc"), trap))
        self.assertFalse([path for _, path, _, _ in web.asked if "/../" in path])
        exported = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        self.assertNotIn("passwd", exported)


class Honest(hostile.Sources):
    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive_kills("erddap", Server)

    def test_a_data_set_is_shown_as_what_it_becomes(self):
        code, said, errors = run("map", ROOT / "test/fixtures/formats/erddap/grid.json")
        self.assertEqual(code, 0, errors)
        self.assertIn("Daily sea surface temperature", said)
        self.assertIn("10.17882/00001", said)


if __name__ == "__main__":
    unittest.main()
