"""Web-accessible folders: a real server's list of a real folder, and lists that play tricks."""

import functools
import re
import signal
import subprocess
import threading
import time
import unittest
from http.server import SimpleHTTPRequestHandler
from urllib.parse import urlsplit

import test_sources as hostile  # knows where csw is
from csw import PatientServer
from terracat import BINARY, environment
from test_sources import at, saying


def document(name):
    return ('<?xml version="1.0"?>' + hostile.record(name, f"Title of {name}").replace(
        "<gmd:MD_Metadata>", f"<gmd:MD_Metadata {hostile.NAMESPACES}>"))


class Waf:
    """A folder with a folder, as Apache lists them, with a trap in place of one address."""

    def __init__(self, name, trap=None):
        self.root = f"/{name}/"
        self.files = {"a.xml": document("a"), "b.xml": document("b"), "sub/c.xml": document("c")}
        self.trap = trap or (lambda path, handler: False)
        self.asked = 0

    def listing(self, folder, more=""):
        below = {path[len(folder):] for path in self.files if path.startswith(folder)}
        names = sorted({path.partition("/")[0] + ("/" if "/" in path else "") for path in below})
        links = "".join(f'<tr><td><a href="{name}">{name}</a></td></tr>' for name in names)
        return ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN"><html><body><table>'
                '<tr><th><a href="?C=N;O=D">Name</a></th></tr>'
                f'<tr><td><a href="../">Parent Directory</a></td></tr>{links}{more}'
                "</table></body></html>")

    def __call__(self, handler):
        self.asked += 1
        path = urlsplit(handler.path).path
        if not path.startswith(self.root):
            return hostile.send(handler, "", status=301, Location=self.root)
        path = path[len(self.root):]
        if self.trap(path, handler):
            return None
        if path in self.files:
            return hostile.send(handler, self.files[path])
        if path == "" or path.endswith("/"):
            return hostile.send(handler, self.listing(path), Content_Type="text/html")
        return hostile.send(handler, "", status=404)


class WafTraps(hostile.Sources):
    """One run over folders that play every trick; then what became of each source."""

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        def endless(path, handler):
            if not path.endswith("/"):
                return False
            hostile.send(handler, '<a href="a.xml">a</a><a href="deeper/">d</a></body>')
            return True

        elsewhere = f"http://127.0.0.2:{trap.port}/"
        links = (f'<a href="{elsewhere}x.xml">x</a><a href="../../secret.xml">y</a>'
                 '<a href="file:///etc/passwd">z</a><a href="javascript:alert(1)">j</a>')
        return {
            "honest": (None, "complete", 3),
            "leads-away": (saying("", Waf("x").listing("", links)), "complete", 3),
            "again": (saying("", Waf("x").listing("", '<a href="b.xml">b</a>' * 3)), "complete", 3),
            "busy": (saying("b.xml", "", status=429, Retry_After="100000"), "failed", 0),
            "file-gone": (saying("b.xml", "", status=404), "incomplete", 2),
            # What was had and cannot be read is no hole in the list.
            "file-broken": (saying("b.xml", "<gmd:MD_Metadata"), "complete", 2),
            "file-moved": (saying("b.xml", "", status=302, Location=elsewhere), "incomplete", 2),
            "file-login": (saying("b.xml", "<!DOCTYPE html><html>Sign in</html>"), "incomplete", 2),
            "file-bomb": (saying("b.xml", hostile.bomb_of(b"<a>"), Content_Encoding="gzip"),
                          "incomplete", 2),
            "file-laughs": (saying("b.xml", hostile.LAUGHS + "<x>&a9;</x>"), "complete", 2),
            "file-reads": (saying("b.xml", hostile.external(trap) + "<x>&e;&f;</x>"),
                           "complete", 2),
            "folder-gone": (saying("sub/", "", status=404), "incomplete", 2),
            "folder-cut": (saying("sub/", Waf("x").listing("sub/")[:-20]), "incomplete", 3),
            "folder-login": (saying("sub/", "<html><body>Sign in</body></html>"), "incomplete", 2),
            "endless": (endless, "incomplete", 2),
            "login": (saying("", "<html><body>Sign in</body></html>"), "failed", 0),
            "nothing": (saying("", ""), "failed", 0),
            "no-list": (saying("", b"\x00<\x01\xff>\x02" * 1_000), "failed", 0),
            "bomb": (saying("", hostile.bomb_of(b"<html>"), Content_Encoding="gzip"), "failed", 0),
            "elsewhere": (saying("", "", status=302, Location=elsewhere), "failed", 0),
            "drips": (at("", hostile.drip), "failed", 0),
        }

    def test_every_trap_ends_as_it_should(self):
        unused = hostile.Trap(["127.0.0.1"])
        self.addCleanup(unused.close)
        names = iter(self.traps(unused))
        web, _ = self.play("waf", "", lambda trap: Waf(next(names), trap))
        self.assertLess(web.pages["/endless"].asked, 100)
        self.assertFalse([path for _, path, _, _ in web.asked if "secret" in path])


class ServedFolder(hostile.Sources):
    """A folder that Python's own server serves, and lists; it can kill who harvests it."""

    def serve(self, folder):
        """The address of the folder."""
        def wait_for_store(before):
            latest = time.monotonic() + 60
            while self.checkpoint() == before and time.monotonic() < latest:
                time.sleep(0.01)  # nothing tells

        checkpoint = self.checkpoint

        class Handler(SimpleHTTPRequestHandler):
            asked = 0
            kill = None
            before = ""

            def do_GET(self):
                Handler.asked += 1
                if Handler.kill and Handler.asked % 60 == 40:
                    Handler.before = checkpoint()
                if Handler.kill and Handler.asked % 60 == 0:
                    wait_for_store(Handler.before)  # until a page is kept
                    Handler.kill()
                super().do_GET()

            def log_message(self, *_):
                pass

        self.handler = Handler
        self.server = PatientServer(
            ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/"

    def harvest_with_deaths(self, most_asked):
        """Killed twice, and then to the end, for which no more than so many requests are made."""
        (self.folder / "terracat.toml").write_text(self.text)
        for _ in range(2):
            process = subprocess.Popen([BINARY, "--config", "terracat.toml", "harvest"],
                                       cwd=self.folder, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=environment())
            self.handler.kill = process.kill
            self.assertEqual(process.wait(60), -signal.SIGKILL)
        self.handler.kill = None
        before = self.handler.asked
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertTrue(re.match("complete,", lines["folder"]), lines)
        self.assertLess(self.handler.asked - before, most_asked)


class RealFolder(ServedFolder):
    """What Python's own server lists."""

    def setUp(self):
        super().setUp()
        self.waf = self.folder / "waf"
        self.names = [f"d{n:03}" for n in range(120)]
        for folder in ("", "deep", "deep/er"):
            (self.waf / folder).mkdir()
        for n, name in enumerate(self.names):
            (self.waf / ("", "deep", "deep/er")[n % 3] / f"{name} é&x.xml").write_text(document(name))
        (self.waf / "notes.txt").write_text("no metadata")
        self.source("folder", "waf", self.serve(self.waf), "", ["127.0.0.1/32"])

    def test_harvested_whole_and_then_what_has_changed(self):
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["folder"], r"^complete,.* 120 created")
        self.assertEqual(self.titles(), [f"Title of {name}" for name in self.names])
        (self.waf / "d000 é&x.xml").unlink()
        (self.waf / "deep" / "d001 é&x.xml").write_text(document("d001").replace("Title", "Name"))
        lines, said, _ = self.harvest()
        self.assertRegex(lines["folder"], r"^complete,.* 1 updated.* 118 unchanged.* 1 missing", said)
        self.assertIn("Name of d001", self.titles())

    def test_killed_at_any_file_it_loses_and_doubles_nothing(self):
        self.harvest_with_deaths(40)  # what was had is not asked for again
        self.assertEqual(self.titles(), [f"Title of {name}" for name in self.names])


if __name__ == "__main__":
    unittest.main()
