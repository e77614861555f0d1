"""Static STAC catalogues: a tree of files on a real server, and one that plays tricks."""

import json
import unittest
from urllib.parse import urlsplit

import test_sources as hostile
import test_waf as waf
from terracat import run
from test_sources import at


def listed(identifier, children=(), items=(), **more):
    links = [{"rel": "child", "href": href} for href in children]
    links += [{"rel": "item", "href": href} for href in items]
    return {"type": "Catalog", "stac_version": "1.0.0", "id": identifier, "description": "d",
            "links": links, **more}


def collection(identifier, children=(), items=(), version="1.0.0"):
    return listed(identifier, children, items, type="Collection", title=f"Title of {identifier}",
                  stac_version=version, license="CC-BY-4.0",
                  extent={"spatial": {"bbox": [[0, 0, 1, 1]]},
                          "temporal": {"interval": [["2024-01-01T00:00:00Z", None]]}})


def item(identifier, of, **more):
    return {"type": "Feature", "stac_version": "1.0.0", "id": identifier, "collection": of,
            "geometry": {"type": "Point", "coordinates": [0.5, 0.5]}, "bbox": [0.5, 0.5, 0.5, 0.5],
            "properties": {"datetime": "2024-01-01T00:00:00Z"}, "links": [],
            "assets": {"data": {"href": f"./{identifier}.tif"}}, **more}


class Tree:
    """A catalogue of two collections, with a trap in place of one address."""

    def __init__(self, name, trap=None):
        self.root = f"/{name}"
        self.trap = trap or (lambda path, handler: False)
        self.asked = 0
        self.files = {
            "": listed("root", [f"./{name}/a/collection.json", f"{name}/more/catalog.json"]),
            "/a/collection.json": collection("a", items=["1.json", "2.json"]),
            "/a/1.json": item("a1", "a"), "/a/2.json": item("a2", "a"),
            "/more/catalog.json": listed("more", ["../b/collection.json"]),
            "/b/collection.json": collection("b", items=["1.json"]),
            "/b/1.json": item("b1", "b")}

    def __call__(self, handler):
        self.asked += 1
        path = urlsplit(handler.path).path[len(self.root):]
        if self.trap(path, handler):
            return None
        if path not in self.files:
            return hostile.send(handler, "", status=404)
        return hostile.send(handler, json.dumps(self.files[path]), Content_Type="application/json")


class StaticTraps(hostile.Sources):
    """One run over catalogues that play every trick; then what became of each source."""

    def traps(self, trap):
        """name: (trap, how the run ends, how many collections and items it brought)"""
        def saying(wanted, body, **more):
            text = body if isinstance(body, (str, bytes)) else json.dumps(body)
            return at(wanted, lambda handler: hostile.send(handler, text, **more))

        def endless(path, handler):
            hostile.send(handler, json.dumps(collection(f"c{len(path)}", ["endless/x"])))
            return True

        elsewhere = f"http://127.0.0.2:{trap.port}/"
        away = [elsewhere + "x.json", "http://169.254.169.254/latest/", "//127.0.0.2/x.json"]
        whole = json.dumps(item("a2", "a"))
        return {
            "honest": (None, "complete", 5),
            "leads-away": (saying("/more/catalog.json", listed(
                "more", ["../b/collection.json", *away], away)), "complete", 5),
            "leads-to-files": (saying("/more/catalog.json", listed(
                "more", ["../b/collection.json", "file:///etc/passwd"])), "incomplete", 5),
            "circle": (saying("/more/catalog.json", listed(
                "more", ["../b/collection.json", "catalog.json", "../../circle",
                         "../a/collection.json"])), "complete", 5),
            "endless": (endless, "incomplete", 30),
            "list-gone": (saying("/more/catalog.json", "", status=404), "incomplete", 3),
            "list-moved": (saying("/more/catalog.json", "", status=302, Location=elsewhere),
                           "incomplete", 3),
            "list-login": (saying("/more/catalog.json", "<html>Sign in</html>"), "incomplete", 3),
            "list-of-rubbish": (saying("/more/catalog.json", {"type": "Catalog", "links": [
                7, None, {}, {"rel": 7}, {"rel": "child"}, {"rel": "child", "href": 7},
                {"rel": "child", "href": "../b/collection.json"}]}), "incomplete", 5),
            "item-gone": (saying("/a/2.json", "", status=404), "incomplete", 4),
            "item-error": (saying("/a/2.json", "", status=500), "incomplete", 4),
            "item-moved": (saying("/a/2.json", "", status=302, Location=elsewhere),
                           "incomplete", 4),
            "item-cut": (saying("/a/2.json", whole[:-20]), "incomplete", 4),
            "item-deep": (saying("/a/2.json", "[" * 1_000_000), "incomplete", 4),
            "item-bomb": (saying("/a/2.json", hostile.bomb_of(b'{"type":"Feature",'),
                                 Content_Encoding="gzip"), "incomplete", 4),
            "item-other": (saying("/a/2.json", {"type": "Point"}), "incomplete", 4),
            "item-nameless": (saying("/a/2.json", item("", "a")), "incomplete", 4),
            "item-twice": (saying("/a/2.json", item("a1", "a")), "complete", 4),
            # What was had and cannot be read is no hole in the list.
            "item-orphan": (saying("/a/2.json", item("a2", "nobody")), "complete", 4),
            "nothing": (saying("", ""), "failed", 0),
            "login": (saying("", "<html>Sign in</html>"), "failed", 0),
            "empty": (saying("", listed("root")), "incomplete", 0),
            "an-api": (saying("", listed("root", conformsTo=[])), "failed", 0),
            "bomb": (saying("", hostile.bomb_of(b"{"), Content_Encoding="gzip"), "failed", 0),
            "elsewhere": (saying("", "", status=302, Location=elsewhere), "failed", 0),
            "busy": (saying("/a/2.json", "", status=429, Retry_After="100000"), "failed", 0),
            "drips": (at("", hostile.drip), "failed", 0),
        }

    def test_every_trap_ends_as_it_should(self):
        unused = hostile.Trap(["127.0.0.1"])
        self.addCleanup(unused.close)
        names = iter(self.traps(unused))
        web, _ = self.play("stac-static", "items = true", lambda trap: Tree(next(names), trap))
        self.assertLess(web.pages["/endless"].asked, 40)
        self.assertFalse([path for _, path, _, _ in web.asked if "passwd" in path])


class RealTree(waf.ServedFolder):
    """Files as publishers write them, of several versions of STAC, on a real server."""

    def setUp(self):
        super().setUp()
        self.tree = self.folder / "stac"
        self.names = [f"c{n}" for n in range(4)]
        for n, name in enumerate(self.names):
            items = [f"./{name}-{i:02}/{name}-{i:02}.json" for i in range(30)]
            self.write(f"{name}/collection.json", collection(
                name, ["../catalog.json"], items, ("0.8.0", "0.9.0", "1.0.0", "1.1.0")[n]))
            for i, path in enumerate(items):
                self.write(f"{name}/{path}", item(f"{name}-{i:02}", name))
        self.write("deep/catalog.json", listed("deep", ["../c2/collection.json", "..\\c3\\collection.json"]))
        address = self.serve(self.tree)
        self.write("catalog.json", listed("root", [
            "c0/collection.json", f"{address}c1/collection.json", "deep/catalog.json"]))
        self.source("folder", "stac-static", f"{address}catalog.json", "items = true",
                    ["127.0.0.1/32"])

    def write(self, path, document):
        target = self.tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(document))

    def exported(self):
        said = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        return [json.loads(line) for line in said.splitlines()]

    def items(self):
        return sorted(one["id"] for one in self.exported() if one["type"] == "Feature")

    def everything(self):
        return sorted(f"{name}-{i:02}" for name in self.names for i in range(30))

    def test_harvested_whole_and_then_what_has_changed(self):
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["folder"], r"^complete,.* 124 created")
        self.assertEqual(self.items(), self.everything())
        asset = next(one for one in self.exported() if one["id"] == "c3-07")["assets"]["data"]
        self.assertTrue(asset["href"].endswith("/c3/c3-07/c3-07.tif"), asset)

        (self.tree / "c0/c0-00/c0-00.json").write_text(json.dumps(item(
            "c0-00", "c0", properties={"datetime": "2025-01-01T00:00:00Z"})))
        self.write("c1/collection.json", collection("c1", items=[
            f"./c1-{i:02}/c1-{i:02}.json" for i in range(29)]))
        lines, said, _ = self.harvest()
        self.assertRegex(lines["folder"],
                         r"^complete,.* 1 updated.* 122 unchanged.* 1 missing", said)
        lines, said, _ = self.harvest("--sweep")
        self.assertRegex(lines["folder"], "^complete,", said)

    def test_a_list_that_is_gone_removes_nothing(self):
        self.harvest()
        (self.tree / "deep/catalog.json").unlink()
        lines, said, _ = self.harvest()
        self.assertRegex(lines["folder"], "^incomplete,", said)
        self.assertNotIn("missing", lines["folder"])
        self.assertEqual(self.items(), self.everything())

    def test_killed_at_any_file_it_loses_and_doubles_nothing(self):
        self.harvest_with_deaths(60)  # what was had is not asked for again
        self.assertEqual(self.items(), self.everything())


if __name__ == "__main__":
    unittest.main()
