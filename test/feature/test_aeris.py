"""Catalogues of AERIS: with every trick, and killed midway."""

import json
import signal
import subprocess
import time
import unittest
from urllib.parse import urlsplit

import test_sources as hostile  # knows where csw is
from terracat import BINARY, environment, run


def collection(name):
    return json.dumps({"id": name, "resourceTitle": {"en": f"Title of {name}"},
                       "resourceAbstract": {"en": "About it"}, "links": None})


class Aeris:
    """A catalogue over some collections, with a trap in place of one address."""

    def __init__(self, root, names, trap=None):
        self.root = root
        self.names = names
        self.trap = trap or (lambda path, handler: False)
        self.asked = 0
        self.kill = None
        self.stored = lambda: None  # where the run stands
        self.before = None

    def listing(self):
        return json.dumps({"results": [{"id": name} for name in self.names]})

    def __call__(self, handler):
        self.asked += 1
        if self.kill and self.asked % 70 == 40:
            self.before = self.stored()
        if self.kill and self.asked % 70 == 0:
            latest = time.monotonic() + 60
            while self.stored() == self.before and time.monotonic() < latest:
                time.sleep(0.01)  # nothing tells
            self.kill()
        path = urlsplit(handler.path).path[len(self.root):]
        if self.trap(path, handler):
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
        def at(wanted, answer):
            def play(path, handler):
                if path != wanted:
                    return False
                answer(handler)
                return True
            return play

        def saying(wanted, body, **more):
            return at(wanted, lambda handler: hostile.send(handler, body, **more))

        elsewhere = f"http://127.0.0.2:{trap.port}/"
        lists, b = "/metadata/summaries", "/metadata/b"
        page = Aeris("", "abc").listing()
        stolen = collection("b").replace(
            "null", '[{"type":"INFORMATION_LINK","url":"file:///etc/passwd"}]')
        return {
            "honest": (None, "complete", 3),
            "links": (saying(b, stolen), "complete", 3),
            "repeats": (saying(lists, page.replace('"c"', '"b"')), "complete", 2),
            "nameless": (saying(lists, page.replace('"c"', "null")), "incomplete", 2),
            "climbs": (saying(lists, page.replace('"c"', '"../../x"')), "incomplete", 2),
            "gone": (saying(b, "", status=404), "incomplete", 2),
            "broken": (saying(b, "{"), "complete", 2),
            "deep": (saying(b, '{"resourceTitle":' + "[" * 100_000 + "]" * 100_000 + "}"),
                     "complete", 2),
            "moved": (saying(b, "", status=302, Location=elsewhere), "incomplete", 2),
            "signed-in": (saying(b, "<!DOCTYPE html><html>Sign in</html>"), "incomplete", 2),
            "large": (saying(b, hostile.bomb_of(b"["), Content_Encoding="gzip"), "incomplete", 2),
            "nothing": (saying(lists, '{"results":[]}'), "incomplete", 0),
            "truncated": (saying(lists, page[:-10]), "failed", 0),
            "no-json": (saying(lists, b"\x00\x01\x02" * 1_000), "failed", 0),
            "endless": (saying(lists, '{"results":' + "[" * 100_000 + "]" * 100_000 + "}"),
                        "failed", 0),
            "bomb": (saying(lists, hostile.bomb_of(b"["), Content_Encoding="gzip"), "failed", 0),
            "login": (saying(lists, "<!DOCTYPE html><html>Sign in</html>"), "failed", 0),
            "busy": (saying(lists, "", status=503, Retry_After="100000"), "failed", 0),
            "elsewhere": (saying(lists, "", status=302, Location=elsewhere), "failed", 0),
            "drips": (at(lists, hostile.drip), "failed", 0),
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
        web = hostile.Web()
        self.addCleanup(web.close)
        names = [f"d{n:03}" for n in range(160)]
        played = web.pages["/played"] = Aeris("/played", names)
        self.source("played", "aeris", f"{web.url}/played", "", ["127.0.0.1/32"])
        (self.folder / "terracat.toml").write_text(self.text)
        played.stored = self.checkpoint
        for _ in range(2):
            process = subprocess.Popen([BINARY, "--config", "terracat.toml", "harvest"],
                                       cwd=self.folder, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=environment())
            played.kill = process.kill
            self.assertEqual(process.wait(60), -signal.SIGKILL)
        played.kill = None
        before = played.asked
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["played"], "^complete,", said)
        exported = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        titles = sorted(json.loads(line)["title"] for line in exported.splitlines())
        self.assertEqual(titles, [f"Title of {name}" for name in names])
        self.assertLess(played.asked - before, 70)  # what was had is not asked for again
        lines, _, _ = self.harvest("--sweep")
        self.assertRegex(lines["played"], "^complete,(?!.* missing)")
        played.names = names[1:]
        lines, said, _ = self.harvest()
        self.assertRegex(lines["played"], " 159 unchanged.* 1 missing", said)


if __name__ == "__main__":
    unittest.main()
