"""THREDDS servers: with every trick, and killed midway."""

import unittest
from urllib.parse import urlsplit

import test_sources as hostile  # knows where csw is
from terracat import run
from test_sources import at, saying

BEGIN = ('<?xml version="1.0"?>\n<catalog xmlns="http://www.unidata.ucar.edu/namespaces/thredds/'
         'InvCatalog/v1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
         '<service name="f" serviceType="HTTPServer" base="/f/"/>')


def catalog(names, references=()):
    return (BEGIN + "".join(
        f'<dataset name="Title of {name}" ID="{name}" urlPath="{name}.nc">'
        "<serviceName>f</serviceName><documentation>About it</documentation></dataset>"
        for name in names) + "".join(
        f'<catalogRef xlink:href="{reference}" xlink:title="R"/>' for reference in references)
        + "</catalog>")


class Server(hostile.Killing):
    """A catalogue of catalogues with one data set each, with a trap in place of one address."""

    def top(self):
        return catalog((), [f"{self.root}/{name}/catalog.xml" for name in self.names])

    def __call__(self, handler):
        path = self.path_for(handler)
        if path is None:
            return None
        name = path.strip("/").partition("/")[0]
        if path == "":
            return hostile.send(handler, self.top(), Content_Type="application/xml")
        if name in self.names:
            return hostile.send(handler, catalog([name]), Content_Type="application/xml")
        return hostile.send(handler, "", status=404)


class ThreddsTraps(hostile.Sources):
    """One run over servers that play every trick; then what became of each source."""

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        def endless(path, handler):
            base = urlsplit(handler.path).path
            hostile.send(handler, catalog([], [base + "/x", base + "/y"]))
            return True

        elsewhere = f"http://127.0.0.2:{trap.port}/"
        b, rest = "/b/catalog.xml", catalog(["b"])[len(BEGIN):]
        away = catalog(["x"], [elsewhere, "file:///etc/passwd", "javascript:alert(1)"])
        return {
            "honest": (None, "complete", 3),
            "leads-away": (saying("", away), "complete", 1),
            "circle": (saying(b, catalog(["b"], ["/circle"])), "complete", 3),
            "again": (saying(b, catalog(["a"])), "complete", 2),
            "links": (saying(b, catalog(["b"]).replace('base="/f/"', 'base="file:///etc/passwd?"')),
                      "complete", 3),
            "gone": (saying(b, "", status=404), "incomplete", 2),
            "moved": (saying(b, "", status=302, Location=elsewhere), "incomplete", 2),
            "broken": (saying(b, catalog(["b"])[:-20]), "incomplete", 2),
            "other": (saying(b, "<rss/>"), "incomplete", 2),
            "signed-in": (saying(b, "<!DOCTYPE html><html>Sign in</html>"), "incomplete", 2),
            "large": (saying(b, hostile.bomb_of(b"<catalog>"), Content_Encoding="gzip"),
                      "incomplete", 2),
            "laughs": (saying(b, hostile.LAUGHS + "<catalog>&a9;</catalog>"), "incomplete", 2),
            "reads": (saying(b, hostile.external(trap) + "<catalog><dataset name='&e;&f;' ID='b' "
                                                         "urlPath='b'/></catalog>"),
                      "incomplete", 2),
            "deep": (saying(b, BEGIN + "<dataset name='d'>" * 150 + "<dataset name='f' urlPath='f'/>"
                            + "</dataset>" * 150 + "</catalog>"), "incomplete", 2),
            "deeper": (saying(b, BEGIN + "<dataset>" * 100_000), "incomplete", 2),
            "nothing": (saying("", catalog([])), "incomplete", 0),
            "endless": (endless, "incomplete", 0),
            "truncated": (saying("", BEGIN + rest[:-5]), "failed", 0),
            "no-xml": (saying("", b"\x00<\x01\xff>\x02" * 1_000), "failed", 0),
            "bomb": (saying("", hostile.bomb_of(b"<catalog>"), Content_Encoding="gzip"),
                     "failed", 0),
            "login": (saying("", "<html><body>Sign in</body></html>"), "failed", 0),
            "busy": (saying("", "", status=503, Retry_After="100000"), "failed", 0),
            "elsewhere": (saying("", "", status=302, Location=elsewhere), "failed", 0),
            "drips": (at("", hostile.drip), "failed", 0),
        }

    def test_every_trap_ends_as_it_should(self):
        unused = hostile.Trap(["127.0.0.1"])
        self.addCleanup(unused.close)
        names = iter(self.traps(unused))
        web, _ = self.play("thredds", "max_catalogs = 300",
                           lambda trap: Server(f"/{next(names)}", list("abc"), trap))
        self.assertLess(web.pages["/endless"].asked, 310)
        exported = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        self.assertNotIn("passwd", exported)


class Honest(hostile.Sources):
    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive_kills("thredds", Server)


if __name__ == "__main__":
    unittest.main()
