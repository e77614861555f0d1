"""Pivot files of Theia/OZCAR: on the web with every trick, here in an archive, and killed midway."""

import io
import json
import signal
import subprocess
import time
import unittest
import zipfile

import test_sources as hostile  # knows where csw is
from terracat import BINARY, environment, run


def pivot(names, language="en"):
    return json.dumps({"version": "1.0", "producer": {"name": "Producer"}, "datasets": [
        {"datasetId": f"SNOW_DAT_{name}",
         "metadata": {"title": f"Title of {name}" if language == "en" else f"Titre de {name}",
                      "description": "About it"},
         "observations": []} for name in names]})


def archive(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in files.items():
            target.writestr(name, text)
    return out.getvalue()


class PivotTraps(hostile.Sources):
    """One run over files that play every trick; then what became of each source."""

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        def saying(body, **more):
            return lambda handler: hostile.send(handler, body, **more)

        whole = pivot("abc")
        elsewhere = f"http://127.0.0.2:{trap.port}/"
        stolen = json.dumps({"producer": {}, "datasets": [{"datasetId": "SNOW_DAT_a", "metadata": {
            "title": "Title", "onlineResource": {"urlInfo": "javascript:alert(1)",
                                                 "urlDownload": "file:///etc/passwd"}}}]})
        return {
            "honest": (saying(whole), "complete", 3),
            "archive": (saying(archive({"x_en.json": whole, "x_fr.json": pivot("ab", "fr")})),
                        "complete", 3),
            "links": (saying(stolen), "complete", 1),
            "repeats": (saying(pivot("aab")), "incomplete", 2),
            "nameless": (saying(whole.replace("SNOW_DAT_b", "")), "incomplete", 2),
            # It was had, and cannot be read.
            "untitled": (saying(whole.replace("Title of b", "")), "complete", 2),
            "nothing": (saying(pivot("")), "incomplete", 0),
            "truncated": (saying(whole[:-20]), "incomplete", 0),
            "no-json": (saying(b"\x00\x01\x02" * 1_000), "incomplete", 0),
            "deep": (saying('{"datasets":' + "[" * 100_000 + "]" * 100_000 + "}"), "incomplete", 0),
            "cut-archive": (saying(archive({"x_en.json": whole})[:-30]), "incomplete", 0),
            "archive-bomb": (saying(archive({"x_en.json": " " * 200_000_000, "y_en.json": whole})),
                             "incomplete", 3),
            "climbs": (saying(archive({"../../x_en.json": whole, "/etc/y_fr.json": pivot("c", "fr")})),
                       "complete", 3),
            "bomb": (saying(hostile.bomb_of(b"["), Content_Encoding="gzip"), "failed", 0),
            "login": (saying("<!DOCTYPE html><html><body>Sign in</body></html>"), "failed", 0),
            "busy": (saying("", status=503, Retry_After="100000"), "failed", 0),
            "gone": (saying("", status=404), "failed", 0),
            "elsewhere": (saying("", status=302, Location=elsewhere), "failed", 0),
            "drips": (hostile.drip, "failed", 0),
        }

    def test_every_trap_ends_as_it_should(self):
        self.play("theia-pivot", "")
        exported = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        self.assertNotIn("passwd", exported)
        self.assertNotIn("javascript", exported)


class Here(hostile.Sources):
    """An archive on this machine."""

    def setUp(self):
        super().setUp()
        self.names = [f"d{n:04}" for n in range(3_000)]
        self.write(self.names)
        self.source("snow", "theia-pivot", str(self.folder / "SNOW.zip"))

    def write(self, names):
        (self.folder / "SNOW.zip").write_bytes(archive({
            "SNOW/SNOW_en.json": pivot(names), "SNOW/SNOW_fr.json": pivot(names, "fr"),
            "SNOW/SNOW_OBS_1.txt": "1;2"}))

    def records(self):
        exported = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        return [json.loads(line) for line in exported.splitlines()]

    def test_harvested_whole_and_then_what_has_changed(self):
        self.write("abc")
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["snow"], r"^complete,.* 3 created", said)
        self.assertEqual(sorted(record["title"] for record in self.records()),
                         ["Title of a", "Title of b", "Title of c"])
        self.write("bc")
        lines, said, _ = self.harvest()
        self.assertRegex(lines["snow"], r"^complete,.* 2 unchanged.* 1 missing", said)
        lines, _, _ = self.harvest("--sweep")
        self.assertRegex(lines["snow"], r"^complete,")
        self.write("")
        lines, said, _ = self.harvest()  # an empty file is no proof that all is gone
        self.assertRegex(lines["snow"], r"^incomplete,(?!.* missing)", said)

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        (self.folder / "terracat.toml").write_text(self.text)
        log = self.folder / "terracat.sqlite-wal"
        stopped = 0
        for pages in (1, 2, 3):
            process = subprocess.Popen([BINARY, "--config", "terracat.toml", "harvest"],
                                       cwd=self.folder, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=environment())
            changes, before = 0, log.stat().st_mtime_ns if log.exists() else 0
            while process.poll() is None and changes < 2 * pages:
                now = log.stat().st_mtime_ns if log.exists() else 0
                changes, before = changes + (now != before), now
                time.sleep(0.001)  # a file cannot be waited for
            process.kill()
            stopped += process.wait(60) == -signal.SIGKILL
        self.assertGreater(stopped, 0)
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["snow"], "^complete,", said)
        self.assertEqual(sorted(record["title"] for record in self.records()),
                         [f"Title of {name}" for name in self.names])


if __name__ == "__main__":
    unittest.main()
