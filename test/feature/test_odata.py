"""Catalogues of products by OData, and ones that play tricks."""

import json
import re
import unittest
from urllib.parse import parse_qs, unquote, urlsplit

import test_sources as hostile


class Catalogue:
    """A catalogue of some products, two on a page, with a trap in place of its pages."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    @staticmethod
    def moment(name):
        return f"2024-01-01T00:{int(re.sub('[^0-9]', '', name) or 0):02}:00Z"

    @staticmethod
    def product(name):
        return {"Id": name, "Name": f"Title of {name}.SAFE",
                "ContentDate": {"Start": Catalogue.moment(name), "End": "2024-01-02T00:00:10Z"},
                "GeoFootprint": {"type": "Point", "coordinates": [2, 43]}, "Attributes": []}

    def page(self, start, total=None, size=2, following=None):
        names = self.names[start:start + size]
        if following is None:
            following = f"?$skip={start + size}" if start + size < len(self.names) else ""
        return json.dumps({"@odata.count": len(self.names) if total is None else total,
                           "value": [self.product(name) for name in names],
                           **({"@odata.nextLink": following} if following else {})})

    def __call__(self, handler):
        self.lists += 1
        start = int(parse_qs(urlsplit(handler.path).query).get("$skip", ["0"])[0])
        if self.trap:
            return self.trap(self, handler, start)
        return hostile.send(handler, self.page(start), Content_Type="application/json")


class CatalogueTraps(hostile.Sources):
    """One run over catalogues that play every trick; then what became of each source. The
    collection counts."""

    NAMES = [f"p{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records and items it brought)"""
        say, later = hostile.OaiTraps.saying, hostile.OaiTraps.later
        page = Catalogue(self.NAMES[:2]).page(0)

        def of_page(**members):
            return lambda c, h, start: hostile.send(h, c.page(start, **members))

        def far(catalogue, handler, start):
            """Refuses what begins behind the third product of a list."""
            if start > 3:
                return hostile.send(handler, "", status=400)
            since = re.search(r"ContentDate/Start ge (\S+?)(?:&|$)", unquote(handler.path))
            names = [name for name in catalogue.names
                     if not since or catalogue.moment(name) >= since[1]]
            query = handler.path.partition("?")[2].partition("&$skip=")[0]
            following = f"?{query}&$skip={start + 2}" if start + 2 < len(names) else ""
            return hostile.send(handler, Catalogue(names).page(start, following=following))

        return {
            "far": (far, "complete", 7),
            "no-page": (of_page(following="file:///etc/passwd"), "incomplete", 3),
            "empty-page": (later(say('{"@odata.count":6,"value":[]}')), "incomplete", 3),
            "nothing": (say('{"@odata.count":0,"value":[]}'), "incomplete", 1),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 3),
            "rubbish": (say(json.dumps({"@odata.count": 4, "value": [
                7, None, {"Id": ["p1"]}, Catalogue.product("p1")]})), "incomplete", 2),
            **hostile.paged(trap, "?$skip={}".format, beside=1),
            **hostile.no_lists(trap, page, "value"),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("odata", 'collection = "c"',
                               lambda trap: Catalogue(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)


class Kept(hostile.Sources):
    OPTIONS = 'collection = "c"\ntitle = "Collection"\nfilter = "Collection/Name eq \'C\'"'

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("odata", Catalogue, [f"p{n:02}" for n in range(40)], {3, 8, 13, 18, 23},
                     self.OPTIONS, ["Collection"])

    def test_between_complete_runs_only_what_has_changed_is_asked_for(self):
        web = hostile.Web()
        self.addCleanup(web.close)
        web.pages["/odata"] = Catalogue(["a", "b", "c"])
        self.source("odata", "odata", f"{web.url}/odata", self.OPTIONS, ["127.0.0.1/32"])
        self.text = self.text.replace("[source.options]", "changes_days = 7\n[source.options]")
        lines, said, _ = self.harvest()
        self.assertRegex(lines["odata"], "^complete,.* 4 created", said)
        web.pages["/odata"].names = ["b"]
        lines, said, _ = self.harvest()
        self.assertRegex(lines["odata"], "^complete,.* 2 unchanged(?!.* missing)", said)
        asked = [unquote(path) for _, path, _, _ in web.asked]
        self.assertTrue(any(re.search(
            r"\$filter=\(Collection/Name eq 'C'\) and ModificationDate ge 20\d\d-", path)
            for path in asked), asked)


if __name__ == "__main__":
    unittest.main()
