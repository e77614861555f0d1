"""Services of OGC SensorThings, and ones that play tricks."""

import json
import unittest
from urllib.parse import parse_qs, urlsplit

import test_sources as hostile
from terracat import ROOT, run


class Service:
    """A service of some Things, two on a page, with a trap in place of its pages."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    @staticmethod
    def thing(name):
        return {"@iot.id": name, "name": f"Title of {name}", "description": "About it",
                "Locations": [{"location": {"type": "Point", "coordinates": [2, 43]}}],
                "Datastreams": [{"@iot.id": 1, "name": "s", "ObservedProperty": {"name": "level"}}]}

    def page(self, start, total=None, following=None, **more):
        things = [{**self.thing(name), **more} for name in self.names[start:start + 2]]
        if following is None:
            following = f"?$skip={start + 2}" if start + 2 < len(self.names) else ""
        return json.dumps({"@iot.count": len(self.names) if total is None else total,
                           "value": things,
                           **({"@iot.nextLink": following} if following else {})})

    def __call__(self, handler):
        address = urlsplit(handler.path)
        if address.path.endswith("/Things"):
            self.lists += 1
            start = int(parse_qs(address.query).get("$skip", ["0"])[0])
            if self.trap:
                return self.trap(self, handler, start)
            return hostile.send(handler, self.page(start), Content_Type="application/json")
        return hostile.send(handler, "", status=404)


class ServiceTraps(hostile.Sources):
    """One run over services that play every trick; then what became of each source."""

    NAMES = [f"t{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        say, later = hostile.OaiTraps.saying, hostile.OaiTraps.later
        page = Service(self.NAMES[:2]).page(0)
        inner = f"http://127.0.0.2:{trap.port}/"

        def of_page(**members):
            return lambda s, h, start: hostile.send(h, s.page(start, **members))

        def with_streams(address):
            return of_page(**{"Datastreams@iot.nextLink": address})

        return {
            "inner-streams": (with_streams(inner), "incomplete", 0),
            "lost-streams": (with_streams("Datastreams"), "incomplete", 0),
            "no-count": (lambda s, h, start: hostile.send(h, json.dumps(
                {"value": [s.thing(name) for name in s.names[:2]]})), "incomplete", 2),
            "links": (of_page(**{"@iot.selfLink": "file:///etc/passwd"}), "complete", 6),
            "empty-page": (later(say('{"@iot.count":6,"value":[]}')), "incomplete", 2),
            "nothing": (say('{"@iot.count":0,"value":[]}'), "incomplete", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            "rubbish": (say(json.dumps({"@iot.count": 4, "value": [
                7, None, {"@iot.id": ["t1"]}, Service.thing("t1")]})), "incomplete", 1),
            **hostile.paged(trap, "?$skip={}".format),
            **hostile.no_lists(trap, page, "value"),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("sensorthings", "", lambda trap: Service(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 30, name)


class Kept(hostile.Sources):
    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("sensorthings", Service, [f"t{n:02}" for n in range(40)], {3, 8, 13, 18, 23})

    def test_a_thing_is_shown_as_what_it_becomes(self):
        code, said, errors = run("map", ROOT / "test/fixtures/formats/sensorthings/thing.json")
        self.assertEqual(code, 0, errors)
        self.assertIn("Groundwater level", said)
        self.assertIn("10.5072/well-12", said)


if __name__ == "__main__":
    unittest.main()
