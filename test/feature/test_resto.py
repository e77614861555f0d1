"""Services of OpenSearch such as RESTO, and ones that play tricks."""

import json
import unittest
from urllib.parse import parse_qs, urlsplit

import test_sources as hostile
from terracat import ROOT, run

OPEN = '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'


def description(template, type_="application/json"):
    return (f'{OPEN}<ShortName>c</ShortName><LongName>Collection</LongName><Description>About it'
            f'</Description><Url type="{type_}" template="{template}"/></OpenSearchDescription>')


class Service:
    """A description and a search over some products, two on a page, with a trap in place of pages
    (or, by `describes`, of the description)."""

    def __init__(self, names, trap=None, describes=None):
        self.names = names
        self.trap = trap
        self.describes = describes
        self.lists = 0

    @staticmethod
    def product(name):
        return {"type": "Feature", "id": name, "geometry": {"type": "Point", "coordinates": [2, 43]},
                "properties": {"title": f"Title of {name}", "productIdentifier": name,
                               "startDate": "2024-01-01T00:00:00Z"}}

    def page(self, start, total=None, size=2, **more):
        return json.dumps({"type": "FeatureCollection", "properties": {
            "totalResults": len(self.names) if total is None else total, "exactCount": True, **more},
            "features": [self.product(name) for name in self.names[start:start + size]]})

    def __call__(self, handler):
        address = urlsplit(handler.path)
        if not address.query:
            if self.describes:
                return self.describes(self, handler, 0)
            return hostile.send(handler, description(
                f"{address.path}?n={{count?}}&amp;i={{startIndex?}}&amp;box={{geo:box?}}"))
        self.lists += 1
        start = int(parse_qs(address.query)["i"][0]) - 1
        if self.trap:
            return self.trap(self, handler, start)
        return hostile.send(handler, self.page(start), Content_Type="application/json")


class ServiceTraps(hostile.Sources):
    """One run over services that play every trick; then what became of each source. The collection
    counts."""

    NAMES = [f"p{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records and items it brought)"""
        say, later = hostile.OaiTraps.saying, hostile.OaiTraps.later
        page = Service(self.NAMES[:2]).page(0)
        empty = '{"features":[],"properties":{"totalResults":%d}}'
        inner = f"http://127.0.0.2:{trap.port}/"

        def of_page(**members):
            return lambda s, h, start: hostile.send(h, s.page(start, **members))

        def with_link(address):
            return of_page(links=[{"rel": "next", "href": address}])

        lists = {
            "honest": (None, "complete", 7),
            "size-too-large": (of_page(total=9), "incomplete", 7),
            "size-too-small": (of_page(total=2), "incomplete", 7),
            "size-moves": (lambda s, h, start: hostile.send(h, s.page(start, total=6 + start)),
                           "incomplete", 7),
            "size-huge": (of_page(total=10_000_000), "failed", 1),
            "estimate": (of_page(exactCount=False), "incomplete", 7),
            "same-page": (lambda s, h, start: hostile.send(h, s.page(0, total=900)),
                          "incomplete", 3),
            "more-than-asked": (of_page(size=5), "complete", 7),
            "inner-page": (with_link(inner), "incomplete", 3),
            "circle": (lambda s, h, start: hostile.send(h, s.page(start, links=[
                {"rel": "next", "href": h.path}])), "incomplete", 3),
            "empty-page": (later(say(empty % 6)), "incomplete", 3),
            "nothing": (say(empty % 0), "incomplete", 1),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 3),
            "rubbish": (say(json.dumps({"properties": {"totalResults": 4}, "features": [
                7, None, {"id": ["p1"]}, Service.product("p1")]})), "incomplete", 2),
            **{name: (play, outcome, count + 1) for name, (play, outcome, count)
               in {**hostile.no_lists(trap, page, "features"), **hostile.in_mid_run(trap)}.items()},
        }
        descriptions = {
            "no-description": say("<html>Sign in</html>"),
            "other-search": say(description(f"{inner}?n={{count?}}")),
            "no-search": say(OPEN + "<ShortName>c</ShortName></OpenSearchDescription>"),
            "other-place": say("", status=302, Location=inner),
            "external": say(hostile.external(trap) + description("?n={count?}").replace(
                "About it", "&e;&f;")),
            "laughs": say(hostile.LAUGHS + description("?n={count?}").replace("About it", "&a9;")),
            "packed": say(hostile.bomb_of(OPEN.encode()), Content_Encoding="gzip"),
        }
        return {**{name: ((play, None), outcome, count)
                   for name, (play, outcome, count) in lists.items()},
                **{name: ((None, play), "failed", 0) for name, play in descriptions.items()}}

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("resto", "page_size = 2",
                               lambda trap: Service(self.NAMES, *trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)


class Kept(hostile.Sources):
    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("resto", Service, [f"p{n:02}" for n in range(40)], {3, 8, 13, 18, 23},
                     "page_size = 2", ["Collection"])

    def test_a_feed_of_atom_is_a_collection_with_items(self):
        web = hostile.Web()
        self.addCleanup(web.close)
        entry = (ROOT / "test/fixtures/formats/products/entry.xml").read_text()
        entry = entry[entry.index("<entry"):]

        def answer(handler):
            if "?" not in handler.path:
                return hostile.send(handler, description(
                    "/atom?i={startIndex?}", "application/atom+xml"))
            is_first = "i=1" in handler.path
            hostile.send(handler, '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:os="http://a9.com/'
                         '-/spec/opensearch/1.1/"><os:totalResults>1</os:totalResults>'
                         + (entry if is_first else "") + "</feed>")

        web.pages["/atom"] = answer
        self.source("atom", "resto", f"{web.url}/atom", "", ["127.0.0.1/32"])
        lines, said, _ = self.harvest()
        self.assertRegex(lines["atom"], "^complete,.* 2 created", said)
        lines, said, _ = self.harvest()
        self.assertRegex(lines["atom"], "^complete,.* 2 unchanged", said)

    def test_documents_are_shown_as_what_they_become(self):
        for name, part in (("resto.json", "SATA_L2A_20240615T105631_T31TDJ.SAFE"),
                           ("odata.json", "SARA_IW_GRDH_20141004T005844"),
                           ("entry.xml", "Aerosols over the sea"),
                           ("describe.xml", "Images of SAT")):
            code, said, errors = run("map", ROOT / "test/fixtures/formats/products" / name)
            self.assertEqual(code, 0, errors)
            self.assertIn(part, said)


if __name__ == "__main__":
    unittest.main()
