"""Commands beside a running server: they hand over their work, and nobody sees a difference."""

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import threading
import unittest
from http.server import ThreadingHTTPServer

from terracat import BINARY, Server, SilentSource, environment
from test_command_line import FIXTURES, Folder, item


def lines(*names, **properties):
    return "".join(json.dumps(item(name, **properties)) + "\n" for name in names)


def frame(content, kind=b"j"):
    return len(content).to_bytes(4, "big") + kind + content


class Beside(Folder):
    def start(self, process, **more):
        return subprocess.Popen([BINARY, *map(str, process)], cwd=self.folder, env=environment(),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)

    def slow_source(self):
        SilentSource.asked.clear()
        source = ThreadingHTTPServer(("127.0.0.1", 0), SilentSource)
        source.daemon_threads = True
        threading.Thread(target=source.serve_forever, daemon=True).start()
        self.addCleanup(source.server_close)
        self.addCleanup(source.shutdown)
        self.write("terracat.toml", f"""
[[source]]
name = "slow"
kind = "csw"
address = "http://127.0.0.1:{source.server_address[1]}/csw"
retries = 0
allow_networks = ["127.0.0.1/32"]
""")

    def test_imports_say_and_do_the_same(self):
        broken = self.write("broken.ndjson", lines("a", "b") + '{"type": "Feature", broken\n')
        folder = self.folder / "documents"
        folder.mkdir()
        (folder / "d.json").write_text(json.dumps(item("d", "peoples")))
        (folder / "record.xml").write_bytes((FIXTURES / "iso/full_19139.xml").read_bytes())
        commands = [(["import", broken], None), (["import", "-"], lines("c")),
                    (["import", folder, "--source", "people"], None),
                    (["import", self.folder / "nowhere"], None)]
        alone = [self.run_here("--store", "alone.sqlite", *command, stdin=stdin)
                 for command, stdin in commands]
        with Server(folder=self.folder) as server:
            beside = [self.run_here(*command, stdin=stdin) for command, stdin in commands]
            found = server.json("/stac/search")["features"]
        for (code, said, _), (other_code, other_said, errors) in zip(alone, beside, strict=True):
            self.assertEqual((other_code, other_said), (code, said), errors)
        self.assertEqual(beside[0][0], 1)
        self.assertIn("terracat: 1 documents could not be read; see `terracat runs 1`",
                      beside[0][2])
        self.assertEqual({one["id"] for one in found}, {"a", "b", "c", "d"})
        self.assertEqual(sorted(self.succeeds("export").splitlines()),
                         sorted(self.succeeds("--store", "alone.sqlite", "export").splitlines()))

    def test_a_large_import_arrives_whole(self):
        names = [f"i{n:05}" for n in range(6_000)]
        file = self.write("many.ndjson", lines(*names, text="x" * 1_000))
        with Server(folder=self.folder) as server:
            self.assertIn("6000 created", self.succeeds("import", file))
            self.assertEqual(server.json("/stac/search?limit=1")["numberMatched"], 6_000)

    def test_a_harvest_is_done_by_the_configuration_of_the_server(self):
        (self.folder / "documents").mkdir()
        (self.folder / "documents/a.json").write_text(json.dumps(item("a")))
        (self.folder / "documents/collection.json").write_text(json.dumps(
            {"type": "Collection", "stac_version": "1.1.0", "id": "c", "title": "C", "links": [],
             "description": "d", "license": "other", "extent": {
                 "spatial": {"bbox": [[0, 0, 3, 3]]}, "temporal": {"interval": [[None, None]]}}}))
        self.write("terracat.toml",
                   '[[source]]\nname = "files"\nkind = "files"\naddress = "documents"\n')
        with Server(folder=self.folder) as server:
            said = self.succeeds("harvest", "files")
            self.assertRegex(said, "^files: complete, run 1: 2 created")
            self.assertEqual(len(server.json("/stac/search")["features"]), 1)
            self.assertIn("2 unchanged", self.succeeds("harvest"))
            code, _, errors = self.run_here("harvest", "nothing")
            self.assertEqual(code, 78, errors)
            self.assertIn("there is no source 'nothing' in the configuration; there are files",
                          errors)
            self.assertIn("c", self.succeeds("harvest", "--dry-run", "files"))  # asks no server

    def test_a_folder_may_be_as_deep_as_one_likes(self):
        deep = self.folder
        for _ in range(6):
            deep = deep / ("a" * 40)
        deep.mkdir(parents=True)
        with Server("--store", deep / "c.sqlite", folder=self.folder):
            self.assertIn("1 created", self.succeeds("--store", deep / "c.sqlite", "import", "-",
                                                     stdin=lines("a")))

    def test_only_the_owner_may_come_in_and_nothing_stays_behind(self):
        place = self.folder / "terracat.sqlite.sock"
        with Server(folder=self.folder) as server:
            self.assertEqual(stat.S_IMODE(place.stat().st_mode), 0o600)
            server.process.kill()
            server.process.wait()
        self.assertTrue(place.exists())
        self.assertIn("1 created", self.succeeds("import", "-", stdin=lines("a")))
        with Server(folder=self.folder) as server:  # takes over what the dead one left
            self.assertIn("1 created", self.succeeds("import", "-", stdin=lines("b")))
            self.assertEqual(server.stop(), 0)
        self.assertFalse(place.exists())

    def test_ctrl_c_stops_the_work_in_the_server(self):
        self.slow_source()
        with Server(folder=self.folder) as server:
            process = self.start(["harvest"])
            self.assertTrue(SilentSource.asked.wait(20))
            process.send_signal(signal.SIGINT)
            said, errors = process.communicate(timeout=20)
            self.assertEqual(process.returncode, 1, said + errors)
            self.assertIn("slow: interrupted, run 1", said)
            self.assertEqual(server.json("/health/live")["status"], "ok")

    def test_a_command_that_dies_ends_its_work(self):
        self.slow_source()
        with Server(folder=self.folder) as server:
            process = self.start(["harvest"])
            self.assertTrue(SilentSource.asked.wait(20))
            process.kill()
            process.communicate()
            while "harvest.finished" not in server.said():
                self.assertIsNone(server.process.poll())
        self.assertIn("interrupted", self.succeeds("runs"))

    def test_a_server_that_dies_is_told(self):
        self.slow_source()
        with Server(folder=self.folder) as server:
            process = self.start(["harvest"])
            self.assertTrue(SilentSource.asked.wait(20))
            server.process.kill()
            said, errors = process.communicate(timeout=20)
            self.assertEqual(process.returncode, 1)
            self.assertIn("the server ended before the work did", errors)

    def test_a_server_that_stops_ends_the_work_in_order(self):
        self.slow_source()
        with Server(folder=self.folder) as server:
            process = self.start(["harvest"])
            self.assertTrue(SilentSource.asked.wait(20))
            self.assertEqual(server.stop(), 0)
            said, errors = process.communicate(timeout=20)
            self.assertEqual(process.returncode, 1, errors)
            self.assertIn("slow: interrupted, run 1", said)

    def test_an_import_waits_for_its_input_and_can_be_stopped_meanwhile(self):
        with Server(folder=self.folder) as server:
            process = self.start(["import", "-"], stdin=subprocess.PIPE)
            process.stdin.write(lines("a"))
            process.stdin.flush()
            while "job.started" not in server.said():
                self.assertIsNone(process.poll())
            self.assertEqual(server.json("/health/ready")["status"], "ready")
            said, errors = process.communicate(lines("b"), timeout=20)
            self.assertEqual(process.returncode, 0, errors)
            self.assertIn("2 created", said)

    def test_nonsense_is_refused_and_hurts_nobody(self):
        deep = b"[" * 3_000
        strange = [b"", b"GET / HTTP/1.1\r\n\r\n", frame(b"{"), frame(b"[]"), frame(deep),
                   frame(b'{"protocol":2,"command":"harvest"}'), frame(b"x" * 10, b"b"),
                   frame(b'{"protocol":1,"command":"rm"}'), b"\xff\xff\xff\xffj",
                   frame(b'{"protocol":1,"command":"harvest","sources":"a"}'),
                   frame(b'{"protocol":1,"command":"harvest","sources":[1]}'),
                   frame(b'{"protocol":1,"command":"harvest","more":1}'),
                   frame(b'{"protocol":1,"command":"import","source":"p"}') + frame(b'{"page":1}'),
                   frame(b'{"protocol":1,"command":"import","source":"p"}') + frame(
                       b'{"page":{"documents":[{"bytes":-1}],"failures":[]}}'),
                   frame(b'{"protocol":1,"command":"import","source":"p"}') + frame(
                       b'{"page":{"documents":[],"failures":[{"code":"none"}]}}')]
        with Server(folder=self.folder) as server:
            for message in strange:
                with socket.socket(socket.AF_UNIX) as client:
                    client.settimeout(20)
                    client.connect(str(self.folder / "terracat.sqlite.sock"))
                    client.sendall(message)
                    client.shutdown(socket.SHUT_WR)
                    answer = b""
                    with contextlib.suppress(ConnectionResetError):  # it need not read it all
                        while piece := client.recv(1 << 16):
                            answer += piece
                self.assertNotIn(b'{"exit":0}', answer, message)
            self.assertIn("1 created", self.succeeds("import", "-", stdin=lines("a")))
            self.assertEqual(server.json("/health/live")["status"], "ok")

    def test_another_version_is_told_apart(self):
        with Server(folder=self.folder):
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(self.folder / "terracat.sqlite.sock"))
                client.sendall(frame(b'{"protocol":2,"command":"harvest"}'))
                answer = b""
                while b"exit" not in answer:
                    answer += client.recv(1 << 16)
        self.assertIn(b"another version of terracat", answer)
        self.assertIn(b'{"exit":2}', answer)


if __name__ == "__main__":
    unittest.main()
