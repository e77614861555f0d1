"""Backups: made beside a server and without one, kept, refused, put back."""

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import unittest
import urllib.parse
from pathlib import Path

from terracat import BINARY, Server, environment
from test_command_line import Folder, item

CLOCK = os.environ.get("TERRACAT_FAULT_CLOCK")


def lines(*names, **properties):
    return "".join(json.dumps(item(name, **properties)) + "\n" for name in names)


class Backups(Folder):
    def setUp(self):
        super().setUp()
        self.succeeds("import", "-", stdin=lines("a", "b"))

    def listed(self, folder="."):
        return sorted(name for name in os.listdir(self.folder / folder)
                      if not name.startswith("terracat.sqlite"))

    def exported(self, *options):
        return self.succeeds(*options, "export")

    def test_made_put_back_elsewhere_and_served_there(self):
        before = self.exported()
        said = self.succeeds("backup", "copy")
        self.assertRegex(said, r"^copy: revision \d+, \d+ bytes, proven\n$")
        self.succeeds("import", "-", stdin=lines("later"))
        said = self.succeeds("--store", "other.sqlite", "restore", "copy")
        self.assertRegex(said, r"^other\.sqlite: revision \d+ of 20.+Z, under a new epoch\n")
        self.assertIn("410", said)
        self.assertEqual(self.exported("--store", "other.sqlite"), before)
        self.assertIn("sound", self.succeeds("--store", "other.sqlite", "check"))
        with Server("--store", "other.sqlite", folder=self.folder) as server:
            found = server.json("/stac/collections/c/items")
        self.assertEqual([one["id"] for one in found["features"]], ["b", "a"])

    def test_beside_a_server_it_is_made_but_not_put_back(self):
        with Server(folder=self.folder) as server:
            self.succeeds("backup", "copy")
            code, _, errors = self.run_here("restore", "copy")
            self.assertEqual(code, 75, errors)
            self.assertIn(f"pid {server.process.pid}", errors)

    def test_what_was_handed_out_before_is_known_to_be_of_another_past(self):
        self.succeeds("backup", "copy")
        with Server(folder=self.folder) as server:
            page = server.json("/stac/search?limit=1")
            (following,) = [one["href"] for one in page["links"] if one["rel"] == "next"]
            token = urllib.parse.urlsplit(following).query
            _, headers, _ = server.get("/stac/collections")
            tag = headers["ETag"]
        said = self.succeeds("restore", "copy")
        (kept,) = [name for name in os.listdir(self.folder) if ".before-" in name]
        self.assertIn(kept, said)
        with Server(folder=self.folder) as server:
            status, _, body = server.get("/stac/search?" + token)
            self.assertEqual((status, json.loads(body)["code"]), (410, "token-expired"))
            self.assertEqual(server.get("/stac/collections", **{"If-None-Match": tag})[0], 200)

    def test_a_damaged_one_is_refused_and_the_catalogue_stays(self):
        self.succeeds("backup", "copy")
        before = self.exported()
        with open(self.folder / "copy", "r+b") as file:
            file.seek(300_000)
            byte = file.read(1)
            file.seek(300_000)
            file.write(bytes([byte[0] ^ 4]))
        code, _, errors = self.run_here("restore", "copy")
        self.assertEqual(code, 1)
        self.assertIn("its checksum is not that of the manifest", errors)
        self.assertEqual(self.exported(), before)

    def test_a_full_target_is_told_and_leaves_nothing(self):
        def bound():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        done = subprocess.run([BINARY, "backup", "copy"], cwd=self.folder, env=environment(),
                              preexec_fn=bound, capture_output=True, text=True)
        self.assertEqual(done.returncode, 74, done.stdout + done.stderr)
        self.assertIn("copy", done.stderr)
        self.assertEqual(self.listed(), [])
        if not os.path.exists("/dev/shm") or os.geteuid() != 0 or not shutil.which("mount"):
            self.skipTest("needs root to mount a disc that is full")
        disc = self.folder / "disc"
        disc.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disc]).returncode:
            self.skipTest("this machine lets nobody mount")
        self.addCleanup(subprocess.run, ["umount", disc], check=True)
        code, _, errors = self.run_here("backup", disc / "copy")
        self.assertEqual(code, 74, errors)
        self.assertIn("full", errors)
        self.assertEqual(os.listdir(disc), [])

    def test_a_folder_keeps_some_of_each_age(self):
        self.succeeds("backup", "--to", "kept")
        (name,) = [one for one in self.listed("kept") if one.endswith(".sqlite")]
        for stamp in ("20200101T000000Z", "20200131T000000Z", "20200131T120000Z"):
            for end in ("", ".json"):
                shutil.copy(self.folder / "kept" / (name + end),
                            self.folder / f"kept/terracat-{stamp}.sqlite{end}")
        said = self.succeeds("backup", "--to", "kept", TERRACAT_BACKUP_KEEP_DAYS="2",
                             TERRACAT_BACKUP_KEEP_WEEKS="1", TERRACAT_BACKUP_KEEP_MONTHS="1")
        self.assertIn("terracat-20200131T000000Z.sqlite: removed", said)
        left = [one for one in self.listed("kept") if one.endswith(".sqlite")]
        self.assertEqual(left[0], "terracat-20200131T120000Z.sqlite")
        self.assertEqual(len(left), 2)

    def test_without_a_place_it_says_what_to_name(self):
        code, _, errors = self.run_here("backup")
        self.assertEqual(code, 2)
        self.assertIn("backup.folder", errors)

    def test_the_server_makes_them_by_itself_and_tells_when(self):
        self.write("terracat.toml", '[backup]\nfolder = "kept"\n')
        with Server(folder=self.folder) as server:
            while "backup.made" not in server.said():
                self.assertIsNone(server.process.poll())
            metrics = server.get("/metrics")[2].decode()
            health = server.json("/health")["backups"]
            server.stop()
            (made,) = [json.loads(one) for one in server.said().splitlines() if "backup.made" in one]
        self.assertRegex(health["newest"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertIn(health["age_seconds"], range(120))
        self.assertRegex(metrics, r"terracat_backup_last_success_timestamp_seconds 1\d{9}")
        self.assertIn("sound", self.succeeds("--store", made["file"], "check"))
        with Server(folder=self.folder) as server:  # the newest is young enough
            server.json("/stac")
            server.stop()
            self.assertNotIn("backup.made", server.said())

    def begun_by(self, server):
        """The backup that the server is making, opened; None if it was over before it was seen."""
        while "backup.made" not in server.said():
            self.assertIsNone(server.process.poll())
            for part in (self.folder / "kept").glob("*.sqlite.part"):
                with contextlib.suppress(FileNotFoundError):
                    return open(part, "rb")
        return None

    def survives_a_reload(self):
        """Whether a backup went on; None if there was none to be seen."""
        (self.folder / "kept").mkdir()
        with Server(folder=self.folder) as server:
            begun = self.begun_by(server)
            if begun is None:
                return None
            with begun:  # no other file can be it while it is open
                server.process.send_signal(signal.SIGHUP)
                while "config.reloaded" not in server.said() or "backup.made" not in server.said():
                    self.assertIsNone(server.process.poll())
                (made,) = [one for one in self.listed("kept") if one.endswith(".sqlite")]
                return os.path.samestat(os.fstat(begun.fileno()),
                                        os.stat(self.folder / "kept" / made))

    def test_a_reload_that_does_not_concern_it_lets_it_go_on(self):
        self.write("large", lines(*map(str, range(20_000)), noise=os.urandom(500).hex()))
        self.succeeds("import", "large")
        self.write("terracat.toml", '[backup]\nfolder = "kept"\n')
        for _ in range(5):  # on a busy machine one may be over before anybody looks
            went_on = self.survives_a_reload()
            if went_on is not None:
                break
            shutil.rmtree(self.folder / "kept")
        self.assertTrue(went_on)

    def made_by_a_server(self, **variables):
        with Server(folder=self.folder, **variables) as server:
            while "backup.made" not in server.said():
                self.assertIsNone(server.process.poll())
            metrics = server.get("/metrics")[2].decode()
        return re.search(r"^terracat_backup_last_success_timestamp_seconds (\S+)", metrics, re.M)[1]

    @unittest.skipUnless(CLOCK, "TERRACAT_FAULT_CLOCK names no library: the build has none")
    def test_a_clock_that_was_ahead_stops_no_backup(self):
        self.write("terracat.toml", '[backup]\nfolder = "kept"\n')
        year = 365 * 86_400
        ahead = self.made_by_a_server(LD_PRELOAD=CLOCK, FAULT_CLOCK_OFFSET=str(year * 1_000))
        right = self.made_by_a_server()
        self.assertAlmostEqual(float(ahead) - float(right), year, delta=300)
        self.assertEqual(len([one for one in self.listed("kept") if one.endswith(".sqlite")]), 2)


if __name__ == "__main__":
    unittest.main()
