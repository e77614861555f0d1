"""Sites with data sets in their pages: with every trick, changed since, and killed midway."""

import json
import time
import unittest
from urllib.parse import urlsplit

import test_sources as hostile  # knows where csw is
from test_sources import at, saying


def page(name):
    text = json.dumps({"@context": "https://schema.org", "@type": "Dataset",
                       "@id": f"https://data.example/{name}", "name": f"Title of {name}",
                       "description": "About it"})
    return ("<!DOCTYPE html><html><head><title>A page</title>"
            f'<script type="application/ld+json">{text}</script></head><body>x</body></html>')


class Site(hostile.Killing):
    """A site with a map of its pages, with a trap in place of one address."""

    def __init__(self, name, trap=None):
        super().__init__(f"/{name}", ["a", "b", "c"], trap)
        self.changed = {}

    def map_of(self, more=""):
        entries = "".join(
            f"<url><loc>{self.root}/{name}</loc>"
            + (f"<lastmod>{self.changed[name]}</lastmod>" if name in self.changed else "") + "</url>"
            for name in self.names)
        return ('<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
                f"{entries}{more}</urlset>")

    def __call__(self, handler):
        path = self.path_for(handler)
        if path is None:
            return None
        if path == "":
            return hostile.send(handler, self.map_of(), Content_Type="application/xml")
        if path[1:] in self.names:
            return hostile.send(handler, page(path[1:]), Content_Type="text/html")
        return hostile.send(handler, "", status=404)


class SitemapTraps(hostile.Sources):
    """One run over sites that play every trick; then what became of each source."""

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        def endless(path, handler):
            if path in ("/a", "/b", "/c"):
                return False
            base = urlsplit(handler.path).path
            hostile.send(handler, f"<sitemapindex><sitemap><loc>{base}/x</loc></sitemap>"
                                  f"<sitemap><loc>{base}/y</loc></sitemap></sitemapindex>"
                         if len(base) < 40 else "<urlset/>")
            return True

        elsewhere = f"http://127.0.0.2:{trap.port}/"
        site = Site("leads-away")
        away = site.map_of(f"<url><loc>{elsewhere}x</loc></url><url><loc>file:///etc/passwd</loc></url>"
                           "<url><loc>javascript:alert(1)</loc></url>")
        index = ("<sitemapindex><sitemap><loc>/%s/pages</loc></sitemap>"
                 "<sitemap><loc>/%s/gone</loc></sitemap></sitemapindex>")

        def half(path, handler):
            if path == "":
                hostile.send(handler, index % ("half", "half"))
            elif path == "/pages":
                hostile.send(handler, Site("half").map_of())
            else:
                return False
            return True

        return {
            "honest": (None, "complete", 3),
            "leads-away": (saying("", away), "complete", 3),
            "page-gone": (saying("/b", "", status=404), "incomplete", 2),
            "page-moved": (saying("/b", "", status=302, Location=elsewhere), "incomplete", 2),
            "page-bomb": (saying("/b", hostile.bomb_of(b"<html>"), Content_Encoding="gzip"),
                          "incomplete", 2),
            "page-plain": (saying("/b", "<html>nothing here</html>"), "complete", 2),
            # It was had, and nobody can tell which data set that is.
            "page-broken": (saying("/b", page("b").replace('"name"', "name")), "complete", 2),
            "page-deep": (saying("/b", '<script type="application/ld+json">{"Dataset":'
                                 + "[" * 100_000 + "</script>"), "complete", 2),
            "page-again": (saying("/b", page("a")), "complete", 2),
            "half": (half, "incomplete", 3),
            "map-cut": (saying("", Site("map-cut").map_of()[:-12]), "failed", 0),
            "map-laughs": (saying("", hostile.LAUGHS + "<urlset><url><loc>&a9;</loc></url></urlset>"),
                           "failed", 0),
            "map-reads": (saying("", hostile.external(trap)
                                 + "<urlset><url><loc>&e;&f;</loc></url></urlset>"), "failed", 0),
            "map-empty": (saying("", "<urlset></urlset>"), "incomplete", 0),
            "endless": (endless, "incomplete", 0),
            "login": (saying("", "<html><body>Sign in</body></html>"), "failed", 0),
            "nothing": (saying("", ""), "failed", 0),
            "no-map": (saying("", b"\x00<\x01\xff>\x02" * 1_000), "failed", 0),
            "bomb": (saying("", hostile.bomb_of(b"<urlset>"), Content_Encoding="gzip"), "failed", 0),
            "busy": (saying("", "", status=503, Retry_After="100000"), "failed", 0),
            "elsewhere": (saying("", "", status=302, Location=elsewhere), "failed", 0),
            "drips": (at("", hostile.drip), "failed", 0),
        }

    def test_every_trap_ends_as_it_should(self):
        unused = hostile.Trap(["127.0.0.1"])
        self.addCleanup(unused.close)
        names = iter(self.traps(unused))
        web, _ = self.play("sitemap", "", lambda trap: Site(next(names), trap))
        self.assertLess(web.pages["/endless"].asked, 10_100)
        self.assertFalse([path for _, path, _, _ in web.asked if "passwd" in path])


class RealSite(hostile.Sources):
    def setUp(self):
        super().setUp()
        self.web = hostile.Web()
        self.addCleanup(self.web.close)
        self.site = self.web.pages["/site"] = Site("site")
        self.source("site", "sitemap", f"{self.web.url}/site", "", ["127.0.0.1/32"])

    def test_robots_are_obeyed_and_removals_seen(self):
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["site"], r"^complete,.* 3 created", said)
        self.site.names = ["a", "b"]
        lines, said, _ = self.harvest()
        self.assertRegex(lines["site"], r"^complete,.* 2 unchanged.* 1 missing", said)
        self.web.pages["/robots.txt"] = lambda handler: hostile.send(
            handler, "User-agent: terracat\nDisallow: /site/a\n")
        before = len(self.web.asked)
        self.harvest()
        asked = [path for _, path, _, _ in self.web.asked[before:]]
        self.assertEqual(asked, ["/site", "/robots.txt", "/site/b"])

    def test_only_what_has_changed_is_fetched(self):
        self.text = self.text.replace("[source.options]", "changes_days = 30\n[source.options]")
        self.site.changed = dict.fromkeys("abc", "2001-01-01")
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["site"], r"^complete,.* 3 created", said)
        self.site.changed["b"] = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86_400))
        before = len(self.web.asked)
        lines, said, _ = self.harvest()
        self.assertRegex(lines["site"], r" 1 unchanged(?!.* missing)", said)
        asked = [path for _, path, _, _ in self.web.asked[before:]]
        self.assertEqual(asked, ["/site", "/robots.txt", "/site/b"])

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.site.names = [f"d{n:03}" for n in range(160)]
        self.kill_twice_then_harvest("site", self.site)


if __name__ == "__main__":
    unittest.main()
