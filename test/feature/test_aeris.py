"""Catalogues of AERIS: with every trick, and killed midway."""

import json
import unittest

import test_sources as hostile  # knows where csw is
from terracat import run
from test_sources import saying


def collection(name):
    return json.dumps({"id": name, "resourceTitle": {"en": f"Title of {name}"},
                       "resourceAbstract": {"en": "About it"}, "links": None})


class Aeris(hostile.Killing):
    """A catalogue over some collections, with a trap in place of one address."""

    def listing(self):
        return json.dumps({"results": [{"id": name} for name in self.names]})

    def __call__(self, handler):
        path = self.path_for(handler)
        if path is None:
            return None
        name = path.rpartition("/")[2]
        if path == "/metadata/summaries":
            return hostile.send(handler, self.listing(), Content_Type="application/json")
        if name in self.names:
            return hostile.send(handler, collection(name), Content_Type="application/json")
        return hostile.send(handler, "", status=404)


class AerisTraps(hostile.Sources):
    """One run over catalogues that play every trick; then what became of each source."""

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        elsewhere = f"http://127.0.0.2:{trap.port}/"
        lists, b = "/metadata/summaries", "/metadata/b"
        page = Aeris("", "abc").listing()
        stolen = collection("b").replace(
            "null", '[{"type":"INFORMATION_LINK","url":"file:///etc/passwd"}]')
        return {
            "links": (saying(b, stolen), "complete", 3),
            **hostile.listed_documents(lists, b, page, elsewhere, '{"results":[]}', '{"results":',
                                       '{"resourceTitle":'),
        }

    def test_every_trap_ends_as_it_should(self):
        unused = hostile.Trap(["127.0.0.1"])
        self.addCleanup(unused.close)
        names = iter(self.traps(unused))
        web, _ = self.play("aeris", "", lambda trap: Aeris(f"/{next(names)}", list("abc"), trap))
        self.assertFalse([path for _, path, _, _ in web.asked if "/../" in path])
        exported = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        self.assertNotIn("passwd", exported)


class Honest(hostile.Sources):
    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive_kills("aeris", Aeris)


if __name__ == "__main__":
    unittest.main()
