"""Catalogues of Copernicus data stores, and ones that play tricks."""

import json
import unittest
from urllib.parse import parse_qs, urlsplit

import test_sources as hostile
from terracat import ROOT, run


class Store:
    """A store of some collections, two on a page of its list, with a trap in place of its pages (or,
    by `details`, of the collection c2)."""

    def __init__(self, names, trap=None, details=None):
        self.names = names
        self.trap = trap
        self.details = details
        self.lists = 0

    def collection(self, name):
        return json.dumps({"type": "Collection", "stac_version": "1.1.0", "id": name,
                           "title": f"Title of {name}", "description": "About it", "links": [],
                           "cads:sanity_check": {"timestamp": self.lists}})

    def page(self, start, total=None, following=None):
        if following is None:
            following = f"?cursor={start + 2}" if start + 2 < len(self.names) else ""
        links = [{"rel": "next", "href": following}] if following else []
        return json.dumps({"collections": [{"id": name} for name in self.names[start:start + 2]],
                           "links": links, **({} if total is None else {"numberMatched": total})})

    def __call__(self, handler):
        address = urlsplit(handler.path)
        name = address.path.rpartition("/")[2]
        if name == "c2" and self.details:
            return self.details(self, handler, 0)
        if name in self.names:
            return hostile.send(handler, self.collection(name), Content_Type="application/json")
        if name != "collections":
            return hostile.send(handler, "", status=404)
        self.lists += 1
        start = int(parse_qs(address.query).get("cursor", ["0"])[0])
        if self.trap:
            return self.trap(self, handler, start)
        return hostile.send(handler, self.page(start), Content_Type="application/json")


class StoreTraps(hostile.Sources):
    """One run over stores that play every trick; then what became of each source."""

    NAMES = [f"c{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        say, later = hostile.OaiTraps.saying, hostile.OaiTraps.later
        page = Store(self.NAMES[:2]).page(0)
        inner = f"http://127.0.0.2:{trap.port}/"

        def of_page(**members):
            return lambda s, h, start: hostile.send(h, s.page(start, **members))

        lists = {
            "size": (of_page(total=6), "complete", 6),
            "all-at-once": (lambda s, h, start: hostile.send(h, json.dumps(
                {"collections": [{"id": name} for name in s.names], "links": []})),
                "complete", 6),
            "empty-page": (later(say('{"collections":[],"numberMatched":6}')), "incomplete", 2),
            "nothing": (say('{"collections":[]}'), "incomplete", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            "rubbish": (say(json.dumps({"collections": [7, None, {"id": ["c1"]}, {"id": "c1"}]})),
                        "incomplete", 1),
            **hostile.paged(trap, "?cursor={}".format),
            **hostile.no_lists(trap, page, "collections"),
        }
        details = {
            "gone": (say("", status=404), "incomplete", 5),
            "broken": (say("{"), "complete", 5),
            "deep": (say('{"links":' + "[" * 100_000 + "]" * 100_000 + "}"), "complete", 5),
            "moved": (say("", status=302, Location=inner), "incomplete", 5),
            "signed-in": (say("<!DOCTYPE html><html>Sign in</html>"), "incomplete", 5),
            "large": (say(hostile.bomb_of(b"["), Content_Encoding="gzip"), "incomplete", 5),
            "stops": (say("", status=503, Retry_After="100000"), "failed", 0),
        }
        return {**{name: ((play, None), outcome, count)
                   for name, (play, outcome, count) in lists.items()},
                **{f"one-{name}": ((None, play), outcome, count)
                   for name, (play, outcome, count) in details.items()}}

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("cds", "", lambda trap: Store(self.NAMES, *trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)


class Kept(hostile.Sources):
    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("cds", Store, [f"d{n:02}" for n in range(40)], {3, 8, 13, 18, 23})

    def test_a_collection_is_shown_as_what_it_becomes(self):
        code, said, errors = run("map", ROOT / "test/fixtures/formats/cds/collection.json")
        self.assertEqual(code, 0, errors)
        self.assertIn("Reanalysis of rain", said)
        self.assertIn("Which requests have data", said)


if __name__ == "__main__":
    unittest.main()
