"""What goes wrong around the program: files, discs, ports, signals. Nothing is lost and one line says why."""

import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import ThreadingHTTPServer
from pathlib import Path

from terracat import BINARY, ROOT, Server, SilentSource, environment, run
from test_command_line import Folder, item

sys.path.append(str(ROOT / "test/fault"))
from csw import Csw  # noqa: E402

SPACE = os.environ.get("TERRACAT_FAULT_SPACE")


def lines(count, **properties):
    return "".join(json.dumps(item(f"i{n:05}", **properties)) + "\n" for n in range(count))


def record(name):
    return json.dumps({
        "type": "Feature", "id": name, "time": None, "geometry": None, "links": [],
        "conformsTo": ["http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"],
        "properties": {"type": "dataset", "title": name, "description": f"The weather: {name}",
                       "keywords": ["weather"]}}) + "\n"


def logged(test, log, event):
    """The next line of the log about it; what comes before is passed over."""
    for line in log:
        if f'"event":"{event}"' in line:
            return json.loads(line)
    test.fail(f"the log ends without {event}")


def one_line(text):
    return text.count("\n") == 1


class DamagedFiles(Folder):
    def setUp(self):
        super().setUp()
        self.succeeds("import", self.write("items.ndjson", lines(10)))
        self.file = self.folder / "terracat.sqlite"
        self.settle()

    def settle(self):
        """Leaves the file alone, without a log, as a backup would be."""
        connection = sqlite3.connect(self.file)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        for name in ("terracat.sqlite-wal", "terracat.sqlite-shm"):
            (self.folder / name).unlink(missing_ok=True)

    def refuses(self, wanted, *command):
        """Every command says the same of the file and leaves each byte where it was."""
        before = self.file.read_bytes()
        names = sorted(os.listdir(self.folder))
        for command in (["serve", "--listen", "127.0.0.1:0"], ["check"], ["export"],
                        ["import", "items.ndjson"], ["runs"]):
            code, said, errors = self.run_here(*command)
            self.assertIn(code, (1, 74), (command, said, errors))
            self.assertRegex(errors, wanted)
            self.assertTrue(one_line(errors), errors)
            self.assertEqual(self.file.read_bytes(), before, command)
        known = {*names, "terracat.sqlite.lock"}
        self.assertLessEqual(set(os.listdir(self.folder)), known)

    def test_a_newer_one(self):
        connection = sqlite3.connect(self.file)
        connection.execute("PRAGMA user_version = 999")
        connection.close()
        self.settle()
        self.refuses("newer terracat")

    def test_another_sqlite_file(self):
        self.file.unlink()
        connection = sqlite3.connect(self.file)
        connection.execute("CREATE TABLE thing (x)")
        connection.commit()
        connection.close()
        self.refuses("no terracat catalogue")

    def test_what_is_no_database(self):
        self.file.write_bytes(b"This is a letter, not a catalogue.\n" * 300)
        self.refuses("damaged or no SQLite file")

    def test_half_a_file(self):
        whole = self.file.read_bytes()
        self.file.write_bytes(whole[: len(whole) // 2 // 8192 * 8192])
        self.refuses("damaged")


class Discs(Folder):
    def test_a_folder_that_cannot_be_written(self):
        code, _, errors = self.run_here("--store", "/proc/nowhere/terracat.sqlite", "import", "-",
                                        stdin=lines(1))
        self.assertEqual(code, 74, errors)
        self.assertIn("/proc/nowhere/terracat.sqlite", errors)

    def test_a_file_that_may_not_grow(self):
        self.succeeds("import", self.write("first.ndjson", lines(100)))
        file = self.write("more.ndjson", lines(30_000, text="x" * 200))
        limit = (self.folder / "terracat.sqlite").stat().st_size + 3_000_000

        def bound():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        done = subprocess.run([BINARY, "import", file], cwd=self.folder, env=environment(),
                              preexec_fn=bound, capture_output=True, text=True)
        self.assertEqual(done.returncode, 74, done.stdout + done.stderr)
        self.assertNotIn("terminate called", done.stderr)
        self.assertIn("sound", self.succeeds("check"))
        kept = self.succeeds("export").count('"id":"i')
        self.assertGreaterEqual(kept, 100)
        self.succeeds("import", file)
        self.assertEqual(self.succeeds("export").count('"type":"Feature"'), 30_000)

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("mount"), "needs root to mount a disc")
    def test_a_disc_that_is_full(self):
        disc = self.folder / "disc"
        disc.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disc])
        if mounted.returncode != 0:
            self.skipTest("this machine lets nobody mount")
        self.addCleanup(subprocess.run, ["umount", disc], check=True)
        store = disc / "terracat.sqlite"
        self.succeeds("--store", store, "import", self.write("first.ndjson", lines(100)))
        file = self.write("more.ndjson", lines(30_000, text="x" * 200))
        code, said, errors = self.run_here("--store", store, "import", file)
        self.assertEqual(code, 74, said + errors)
        self.assertIn("full", said + errors)
        self.assertIn("sound", self.succeeds("--store", store, "check"))
        self.assertGreaterEqual(self.succeeds("--store", store, "export").count('"id":"i'), 100)


class Damage(Folder):
    def test_requests_that_meet_damage_are_counted(self):
        self.succeeds("import", "-", stdin=lines(2))
        connection = sqlite3.connect(self.folder / "terracat.sqlite")
        with connection:
            number, body = connection.execute("SELECT item, body FROM item_body ORDER BY 1").fetchone()
            connection.execute("UPDATE item_body SET body = ? WHERE item = ?",
                               (body[:-1] + bytes([body[-1] ^ 1]), number))
        connection.close()
        with Server(folder=self.folder) as server:
            self.assertIn(b"\nterracat_store_corrupt_total 0\n", server.get("/metrics")[2])
            items = "/stac/collections/c/items/"
            self.assertEqual([server.get(items + one)[0] for one in ("i00000", "i00001", "i00000")],
                             [500, 200, 500])
            self.assertIn(b"\nterracat_store_corrupt_total 2\n", server.get("/metrics")[2])

    def test_a_damaged_record_costs_searches_no_other_one(self):
        for column in ("whole", "body", "words"):
            with self.subTest(column):
                self.meet_damage(column)

    def meet_damage(self, column):
        file = self.folder / "terracat.sqlite"
        file.unlink(missing_ok=True)
        self.succeeds("import", "-", stdin="".join(map(record, ("rain", "snow", "hail"))))
        table = "record_words" if column == "words" else "record_text"
        connection = sqlite3.connect(file)
        with connection:
            number = connection.execute("SELECT number FROM record WHERE id = 'snow'").fetchone()[0]
            bytes_, = connection.execute(f"SELECT {column} FROM {table} WHERE record = ?",
                                         (number,)).fetchone()
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE record = ?",
                               (bytes_[:-1] + bytes([bytes_[-1] ^ 1]), number))
        connection.close()
        # A collection can be made anew of the record, and what has lost its words is still listed.
        all_ids = {"rain", "hail"} if column == "whole" else {"rain", "snow", "hail"}
        log, end = os.pipe()
        with open(log) as log_lines, Server(folder=self.folder, stderr=end) as server:
            os.close(end)
            records = "/records/collections/all/items"
            found = server.json(records)
            self.assertEqual({one["id"] for one in found["features"]}, all_ids)
            self.assertEqual(found["numberMatched"], len(all_ids))
            collections = server.json("/stac/collections")["collections"]
            self.assertEqual({one["id"] for one in collections}, all_ids)
            for asked in ("q=weather&explain=true", "q=weather", "filter=description%20LIKE%20'%25weather%25'",
                          "keywords=weather"):
                found = {one["id"] for one in server.json(f"{records}?{asked}")["features"]}
                self.assertLessEqual({"rain", "hail"}, found, asked)
                self.assertLessEqual(found, all_ids, asked)
            facets = server.json("/api/v1/facets?facets=kind")["facets"]
            self.assertEqual(facets[0]["buckets"][0]["count"], len(all_ids))
            self.assertEqual(server.get(f"{records}/rain")[0], 200)
            if column == "whole":
                status, _, body = server.get(f"{records}/snow")
                self.assertEqual((status, json.loads(body)["code"]), (500, "store-corrupt"))
                told = logged(self, log_lines, "store.record_unreadable")
                self.assertEqual(told["record"], number)
                self.assertIn("searches do without it", told["msg"])

    def test_what_rots_while_the_server_runs_spoils_its_own_pages_only(self):
        self.succeeds("import", "-", stdin="".join(map(record, ("rain", "snow", "hail"))))
        records = "/records/collections/all/items"
        with Server(folder=self.folder) as server:
            asked = (f"{records}?q=weather&explain=true", f"{records}?keywords=weather")
            for target in asked:
                self.assertEqual(len(server.json(target)["features"]), 3, target)
            with contextlib.closing(sqlite3.connect(self.folder / "terracat.sqlite")) as connection:
                connection.execute("UPDATE record_text SET whole = zeroblob(length(whole)) WHERE "
                                   "record = (SELECT number FROM record WHERE id = 'snow')")
                connection.commit()
            # Another state: what was read of the former one is known, and is not read again.
            self.succeeds("import", "-", stdin=record("sleet"))
            for name, expected in (("rain", 200), ("snow", 500), ("hail", 200), ("sleet", 200)):
                for target in (f"{records}/{name}", *(f"{one}&ids={name}" for one in asked)):
                    status, _, body = server.get(target)
                    self.assertEqual(status, expected, target)
                    if expected == 500:
                        self.assertEqual(json.loads(body)["code"], "store-corrupt")
            # Who counts or suggests reads no record.
            facets = server.json("/api/v1/facets?facets=kind&q=weather&explain=true")["facets"]
            self.assertEqual(facets[0]["buckets"][0]["count"], 4)
            self.assertEqual(server.get("/api/v1/suggest?q=sn")[0], 200)

    def test_a_broken_structure_is_found_beside_the_work(self):
        """A start does not wait for the proof of every page; who looks learns of it."""
        self.succeeds("import", "-", stdin=lines(300))
        file = self.folder / "terracat.sqlite"
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root, size = connection.execute("SELECT rootpage, (SELECT page_size FROM pragma_page_size) "
                                        "FROM sqlite_schema WHERE name = 'document'").fetchone()
        connection.close()
        with file.open("r+b") as bytes_of_it:
            bytes_of_it.seek((root - 1) * size)
            bytes_of_it.write(b"\xff" * size)
        log, end = os.pipe()
        with open(log) as log_lines, Server(folder=self.folder, stderr=end) as server:
            os.close(end)
            self.assertIn("restore a backup", logged(self, log_lines, "store.damaged")["msg"])
            status, _, body = server.get("/health/ready")
            self.assertEqual(status, 503)
            self.assertIn(b"the catalogue file is damaged", body)
            self.assertNotIn(b"terracat.sqlite", body)
            self.assertIn(b"\nterracat_store_corrupt_total 1\n", server.get("/metrics")[2])
            self.assertEqual(server.json("/stac/search")["numberMatched"], 300)
        self.assertIn("is damaged", self.run_here("export")[2])


class BrokenCsw(Csw):
    """Twenty records; nobody gets beyond the first page until it is mended."""

    def __init__(self):
        super().__init__([f"r{n:02}" for n in range(20)])
        self.is_broken = True

    def answer(self, path):
        if self.is_broken and self.numbers_of(path)[0] > 1:
            raise ConnectionError
        return super().answer(path)


@unittest.skipUnless(SPACE, "TERRACAT_FAULT_SPACE names no library: the build has none")
class NearlyFullDiscs(Folder):
    def setUp(self):
        super().setUp()
        self.csw = BrokenCsw()
        self.addCleanup(self.csw.close)
        self.write("terracat.toml", f"""
[[source]]
name = "slow"
kind = "csw"
address = "{self.csw.url}/csw"
schedule = "0 0 1 1 *"
delay = 0
retries = 0
allow_networks = ["127.0.0.0/8"]
[source.options]
page_size = 10
""")
        self.room = self.folder / "room"

    def test_harvests_wait_for_room_and_reading_goes_on(self):
        # A run that was cut short goes on as soon as a server is there, if it may.
        self.assertEqual(self.run_here("harvest")[0], 1)
        self.assertIn("interrupted", self.succeeds("sources"))
        self.csw.is_broken = False
        self.csw.asked.clear()
        self.room.write_text("99000000")
        log, end = os.pipe()
        with open(log) as lines, Server(folder=self.folder, stderr=end, LD_PRELOAD=SPACE,
                                        FAULT_SPACE=str(self.room)) as server:
            os.close(end)
            logged(self, lines, "harvest.paused")
            status, _, body = server.get("/health/ready")
            self.assertEqual(status, 503)
            self.assertIn(b"less than 100 MB are free", body)
            self.assertIn(b"terracat_store_disk_free_bytes 9899", server.get("/metrics")[2])
            self.assertEqual(len(server.json("/stac/collections")["collections"]), 10)
            self.assertEqual(self.csw.asked, {})
            self.room.write_text("9000000000")
            self.assertEqual(logged(self, lines, "harvest.finished")["created"], 10)
            self.assertEqual(server.get("/health/ready")[0], 200)
            self.assertEqual(len(server.json("/stac/collections")["collections"]), 20)

    def test_no_room_at_all_is_no_unknown_room(self):
        self.room.write_text("0")
        with Server(folder=self.folder, LD_PRELOAD=SPACE, FAULT_SPACE=str(self.room)) as server:
            self.assertEqual(server.get("/health/ready")[0], 503)
            self.assertIn(b"\nterracat_store_disk_free_bytes 0\n", server.get("/metrics")[2])
        with Server("--store", "memory:", folder=self.folder) as server:  # it is on no disc
            self.assertEqual(server.get("/health/ready")[0], 200)
            self.assertNotIn(b"\nterracat_store_disk_free_bytes", server.get("/metrics")[2])


class Others(Folder):
    def test_a_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            code, _, errors = self.run_here("serve", "--listen", f"127.0.0.1:{port}")
        self.assertEqual(code, 75, errors)
        self.assertRegex(errors, rf"(?m)^terracat: cannot listen on 127\.0\.0\.1:{port}: Address already in use$")

    def test_a_catalogue_in_use(self):
        with Server(folder=self.folder) as server:
            code, _, errors = self.run_here("serve", "--listen", "127.0.0.1:0")
            self.assertEqual(code, 75, errors)
            self.assertIn(f"pid {server.process.pid}", errors)
            # Reading beside it is harmless.
            self.assertIn("sound", self.succeeds("check"))


class Signals(Folder):
    def test_killed_in_the_middle_of_an_import_it_keeps_whole_batches(self):
        file = self.write("items.ndjson", lines(50_000))
        process = subprocess.Popen([BINARY, "import", file], cwd=self.folder, env=environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        store = self.folder / "terracat.sqlite-wal"
        while process.poll() is None and not (store.exists() and store.stat().st_size > 2_000_000):
            pass  # until it has committed something
        process.kill()
        self.assertEqual(process.wait(), -signal.SIGKILL)  # else it had ended before
        self.assertIn("sound", self.succeeds("check"))
        kept = self.succeeds("export").count('"type":"Feature"')
        self.assertGreater(kept, 0)
        self.assertEqual(kept % 500, 0)
        self.succeeds("import", file)
        self.assertEqual(self.succeeds("export").count('"type":"Feature"'), 50_000)

    def test_a_harvest_that_was_killed_goes_on(self):
        folder = self.folder / "documents"
        folder.mkdir()
        for part in range(40):
            (folder / f"{part:02}.ndjson").write_text("".join(
                json.dumps(item(f"i{part:02}-{n:03}")) + "\n" for n in range(1000)))
        named = {"type": "Collection", "id": "c", "title": "C", "description": "d",
                 "stac_version": "1.1.0", "license": "other", "links": [],
                 "extent": {"spatial": {"bbox": [[0, 0, 3, 3]]}, "temporal": {"interval": [[None, None]]}}}
        (folder / "collection.json").write_text(json.dumps(named))
        self.write("terracat.toml",
                   f'[[source]]\nname = "files"\nkind = "files"\naddress = "{folder}"\n')
        process = subprocess.Popen([BINARY, "harvest"], cwd=self.folder, env=environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        store = self.folder / "terracat.sqlite-wal"
        while process.poll() is None and not (store.exists() and store.stat().st_size > 2_000_000):
            pass
        process.kill()
        self.assertEqual(process.wait(), -signal.SIGKILL)  # else it had ended before
        self.assertIn("interrupted", self.succeeds("sources"))
        said = self.succeeds("harvest")
        created = int(said.split(": ")[2].split(" created")[0])
        self.assertLess(created, 40_001)  # what was committed is not taken again
        self.assertIn("sound", self.succeeds("check"))
        self.assertEqual(self.succeeds("export").count('"type":"Feature"'), 40_000)

    def test_an_answer_under_way_is_completed(self):
        self.succeeds("import", self.write("items.ndjson", lines(9_000, text="x" * 500)))
        with Server(folder=self.folder) as server:
            host, port = server.url.removeprefix("http://").split(":")
            with socket.create_connection((host, int(port))) as client:
                client.sendall(b"GET /stac/search?limit=9000 HTTP/1.1\r\nHost: x\r\n\r\n")
                answer = client.recv(1)  # it has begun; megabytes are still to come
                server.process.send_signal(signal.SIGTERM)
                while piece := client.recv(1 << 16):
                    answer += piece
            self.assertEqual(server.process.wait(30), 0)
        head, _, body = answer.partition(b"\r\n\r\n")
        self.assertIn(b"200 OK", head)
        self.assertEqual(json.loads(body)["numberReturned"], 9_000)


class Stopping(Folder):
    def test_ctrl_c_ends_a_harvest_that_waits_for_its_source(self):
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
allow_networks = ["127.0.0.1/32"]
""")
        process = subprocess.Popen([BINARY, "harvest"], cwd=self.folder, env=environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.assertTrue(SilentSource.asked.wait(20))
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 1)
        self.assertIn("interrupted", said)


if __name__ == "__main__":
    unittest.main()
