"""Servers of ERDDAP: with every trick, and killed midway."""

import json
import unittest

import test_sources as hostile
from terracat import ROOT, run
from test_sources import saying


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
            "links": (saying(b, stolen), "complete", 3),
            "no-list": (saying(lists, "", status=404), "failed", 0),
            **hostile.listed_documents(lists, b, page, elsewhere, Server("", "").listing(),
                                       '{"table":', '{"table":'),
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
