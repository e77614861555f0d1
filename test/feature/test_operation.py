"""doc/operation.md, typed as it is written there, on a running site; reload, supervision, archives."""

import contextlib
import json
import os
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
import time
import unittest
import urllib.request
from pathlib import Path

from terracat import BINARY, ROOT, Server, environment, older_catalogues
from test_command_line import Folder, item
from test_faults import BrokenCsw

PAGE = ROOT / "doc/operation.md"

COLLECTION = {"type": "Collection", "stac_version": "1.1.0", "id": "c", "title": "C", "links": [],
              "description": "d", "license": "other", "extent": {
                  "spatial": {"bbox": [[0, 0, 3, 3]]}, "temporal": {"interval": [[None, None]]}}}


def blocks():
    """(whether it is for root, lines) of each block of shell but that of the build."""
    text = PAGE.read_text()
    for match in re.finditer(r"```sh\n(.*?)```", text, re.S):
        lead = text[:match.start()].rstrip().rsplit("\n\n", 1)[-1]
        if "scripts/build" not in match.group(1):
            yield "*as root*" in lead, match.group(1).splitlines()


def commands():
    """What needs no root."""
    return [line for for_root, lines in blocks() if not for_root for line in lines]


class Site(Folder):
    """A folder with a source of files, and a configuration."""

    def setUp(self):
        super().setUp()
        documents = self.folder / "documents"
        documents.mkdir()
        (documents / "collection.json").write_text(json.dumps(COLLECTION))
        (documents / "a.json").write_text(json.dumps(item("a")))
        self.configure()

    def configure(self, site="title = \"First\"", more="", source="documents"):
        self.write("terracat.toml", f"""
[site]
{site}
{more}
[[source]]
name = "{source}"
kind = "files"
address = "documents"
""")

    def logged(self, server, event):
        return [json.loads(line) for line in server.said().splitlines()
                if line.startswith("{") and f'"event":"{event}"' in line]

    def wait_for(self, server, event, count=1):
        latest = time.monotonic() + 60
        while len(self.logged(server, event)) < count:
            self.assertIsNone(server.process.poll(), server.said())
            self.assertLess(time.monotonic(), latest, server.said())
            time.sleep(0.01)  # a file cannot be waited for
        return self.logged(server, event)[-1]


class Page(Site):
    def shell(self, line):
        place = self.folder / "bin"
        place.mkdir(exist_ok=True)
        if not (place / "terracat").exists():
            (place / "terracat").symlink_to(Path(BINARY).resolve())
        return subprocess.run(["sh", "-c", line], cwd=self.folder, capture_output=True, text=True,
                              timeout=60, env=environment(PATH=f"{place}:{os.environ['PATH']}"))

    def test_each_command_does_what_the_page_says(self):
        self.write("new.ndjson", json.dumps(item("n", "imported")) + "\n")
        typed = commands()
        self.assertGreater(len(typed), 15, typed)
        alone = [line for line in typed if line == "terracat restore today.sqlite"]
        archive = [line for line in typed if "--read-only" in line]
        self.assertEqual((len(alone), len(archive)), (1, 1))
        with Server(folder=self.folder) as server:
            for line in typed:
                if line in alone + archive:
                    continue
                done = self.shell(line)
                self.assertEqual(done.returncode, 0, (line, done.stdout, done.stderr))
            self.wait_for(server, "config.reloaded")
            self.assertEqual({one["id"] for one in server.json("/stac/search")["features"]},
                             {"a", "n"})
            self.assertEqual(self.shell(alone[0]).returncode, 75)
        done = self.shell(alone[0])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(self.succeeds("export").splitlines()),
                         sorted((self.folder / "everything.ndjson").read_text().splitlines()))
        with subprocess.Popen(["sh", "-c", "exec " + archive[0]], cwd=self.folder, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env=environment(PATH=f"{self.folder}/bin:/usr/bin:/bin")) as process:
            self.assertRegex(process.stdout.readline(), "^serving on ")
            process.terminate()
            self.assertEqual(process.wait(20), 0)


# What the page uses of systemd, here for want of one: it does what the installed unit says.
SYSTEMCTL = r"""#!/bin/sh
set -eu
of() { sed -n "s/^$1=//p" /etc/systemd/system/terracat.service; }
start() { # returns when it is ready
  install -d -m "$(of StateDirectoryMode)" -o "$(of User)" -g "$(of Group)" \
    "/var/lib/$(of StateDirectory)"
  cd "$(of WorkingDirectory)"
  umask "$(of UMask)"
  rm -f /run/said
  mkfifo /run/said
  setpriv --reuid "$(of User)" --regid "$(of Group)" --clear-groups --no-new-privs -- \
    $(of ExecStart) --listen 127.0.0.1:0 >/run/said 2>>/run/log &
  echo $! >/run/pid
  exec 3</run/said
  read -r said <&3 || { cat /run/log; exit 1; }
}
case "$*" in
daemon-reload) ;;
"enable --now terracat" | "start terracat") start ;;
"reload terracat") MAINPID=$(cat /run/pid); eval "$(of ExecReload)" ;;
"stop terracat")
  kill "$(cat /run/pid)"
  flock /var/lib/terracat/terracat.sqlite.lock true ;; # until it is gone
*) exit 64 ;;
esac
"""

# What is written to the folders of the machine is in memory, and gone at the end.
MACHINE = r"""set -eu
mount -t tmpfs tmpfs /run
for place in etc usr/bin usr/share/doc var/lib; do
  mkdir -p "/run/over/$place/new" "/run/over/$place/work"
  mount -t overlay overlay \
    -o "lowerdir=/$place,upperdir=/run/over/$place/new,workdir=/run/over/$place/work" "/$place"
done
mkdir -p /etc/systemd/system
rm -rf /etc/terracat /var/lib/terracat
install -m 755 systemctl /usr/bin/systemctl
"""


class Installed(Folder):
    """The whole page as root types it on a machine, in a folder that has nothing to do with it."""

    def machine(self, script):
        return subprocess.run(
            ["unshare", "--mount", "sh", "-c", MACHINE + script], cwd=self.folder, text=True,
            capture_output=True, timeout=120, env=environment(PATH="/usr/sbin:/usr/bin:/sbin:/bin"))

    def setUp(self):
        super().setUp()
        self.write("systemctl", SYSTEMCTL)
        if os.geteuid() != 0 or self.machine("").returncode != 0:
            self.skipTest("needs root, and leave to mount: unshare, overlay")
        checkout = self.folder / "checkout"
        (checkout / "build/release").mkdir(parents=True)
        (checkout / "build/release/terracat").symlink_to(Path(BINARY).resolve())
        for place in ("packaging", "doc"):
            (checkout / place).symlink_to(ROOT / place)
        (self.folder / "anywhere").mkdir()
        self.write("anywhere/new.ndjson", json.dumps(item("n", "imported")) + "\n")
        self.write("collection.json", COLLECTION)
        self.write("a.json", item("a"))
        self.write("source.toml", "[[source]]\nname = \"documents\"\nkind = \"files\"\n"
                   "address = \"documents\"\n")

    def test_each_command_acts_on_the_catalogue_of_the_site(self):
        script = ["cd checkout"]
        typed = list(blocks())
        self.assertEqual([for_root for for_root, _ in typed].count(True), 2)
        first_root = True
        for for_root, lines in typed:
            for line in lines:
                if "--read-only" in line:
                    continue  # serves until it is stopped: typed by the test of one folder
                if line.startswith("kill "):
                    line = f"(cd /var/lib/terracat; {line})"
                elif line == "terracat restore today.sqlite":
                    line = ("code=0; terracat restore today.sqlite || code=$?; test $code = 75; "
                            "systemctl stop terracat; runuser -u terracat -- "
                            "terracat restore /run/copy.sqlite; systemctl start terracat")
                script.append(f"echo {shlex.quote(line)} >&2\n{line}")
                if line == "terracat backup today.sqlite":
                    script.append("install -m 644 today.sqlite today.sqlite.json /run\n"
                                  "mv /run/today.sqlite /run/copy.sqlite\n"
                                  "mv /run/today.sqlite.json /run/copy.sqlite.json")
            if for_root and first_root:
                first_root = False
                script.append("install -D -m 644 -t /etc/terracat/documents ../*.json\n"
                              "cat ../source.toml >>/etc/terracat/terracat.toml\n"
                              "systemctl reload terracat; cd ../anywhere")
        script.append("systemctl stop terracat; cat /run/log\nstat -c %U /var/lib/terracat/*")
        done = self.machine("\n".join(script))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        exported = (self.folder / "anywhere/everything.ndjson").read_text()
        self.assertEqual({json.loads(line)["id"] for line in exported.splitlines()},
                         {"a", "c", "imported", "n"})
        self.assertFalse((self.folder / "anywhere/terracat.sqlite").exists())
        # Three are typed, two of them one after the other: signals that come at once are one.
        self.assertIn(done.stdout.count('"event":"config.reloaded"'), (2, 3))
        self.assertNotIn("root", done.stdout.splitlines()[-3:])


class Upgrade(Folder):
    def test_the_file_of_an_earlier_version_is_served_and_brought_up_to_date(self):
        for schema, content in older_catalogues():
            with self.subTest(schema):
                (self.folder / "terracat.sqlite").write_bytes(content)
                with Server(folder=self.folder) as server:
                    self.assertGreater(len(server.json("/stac/search")["features"]), 0)
                    self.succeeds("backup", "after.sqlite")
                self.assertRegex(self.succeeds("check"), "terracat.sqlite: sound\n$")
                for left in self.folder.glob("*.sqlite*"):
                    left.unlink()


class Reload(Site):
    def test_what_was_interrupted_is_taken_up(self):
        csw = BrokenCsw()
        self.addCleanup(csw.close)

        def configure(schedule):
            self.write("terracat.toml", f"""
[[source]]
name = "slow"
kind = "csw"
address = "{csw.url}/csw"
schedule = "{schedule}"
delay = 0
retries = 0
allow_networks = ["127.0.0.0/8"]
[source.options]
page_size = 10
""")

        configure("")
        self.assertEqual(self.run_here("harvest")[0], 1)
        csw.is_broken = False
        with Server(folder=self.folder) as server:
            self.assertTrue(server.json("/health")["sources"][0]["interrupted"])
            configure("0 0 1 1 *")
            server.process.send_signal(signal.SIGHUP)
            self.assertEqual(self.wait_for(server, "harvest.finished")["outcome"], "complete")
            self.assertFalse(server.json("/health")["sources"][0]["interrupted"])

    def test_what_may_change_changes_and_tags_with_it(self):
        with Server(folder=self.folder) as server:
            self.succeeds("harvest")
            before = server.json("/stac")
            _, headers, _ = server.get("/stac/collections")
            self.configure(site='title = "Second"', more="[api]\ndefault_limit = 1\n"
                           '[log]\nlevel = "debug"\n[backup]\nfolder = "kept"\n'
                           "[server]\nio_threads = 3\n", source="renamed")
            server.process.send_signal(signal.SIGHUP)
            told = self.wait_for(server, "config.reloaded")
            self.assertEqual(told["changed"], "api.default_limit, backup.folder, log.level, "
                             "server.io_threads, site.title, source")
            self.assertEqual(told["needs_restart"], "server.io_threads")
            after = server.json("/stac")
            self.assertEqual((before["title"], after["title"]), ("First", "Second"))
            status, again, _ = server.get("/stac/collections", **{"If-None-Match": headers["ETag"]})
            self.assertEqual(status, 200)
            self.assertNotEqual(again["ETag"], headers["ETag"])
            self.assertIn("renamed: complete", self.succeeds("harvest"))
            self.wait_for(server, "backup.made")

    def test_operators_are_let_in_by_the_key_that_stands_there_now(self):
        def answers(server):
            return [server.get("/api/v1/runs", **{"X-API-Key": key})[0] for key in keys]

        keys = ["a-first-key-of-operators", "another-key-of-operators"]
        with Server(folder=self.folder) as server:
            self.assertEqual(answers(server), [404, 404])
            steps = ((keys[0], [200, 401]), (keys[1], [401, 200]), ("", [404, 404]))
            for count, (key, expected) in enumerate(steps, 1):
                self.configure(more=f'[operators]\napi_key = "{key}"\n')
                server.process.send_signal(signal.SIGHUP)
                told = self.wait_for(server, "config.reloaded", count)
                self.assertEqual(told["needs_restart"], "")
                self.assertEqual(answers(server), expected)

    def test_the_guard_knows_a_new_address_of_the_site_at_once(self):
        source = ('[[source]]\nname = "own"\nkind = "stac-api"\nretries = 0\n'
                  'address = "http://own.example/stac"\n')
        self.configure(more=source)
        with Server(folder=self.folder) as server:
            self.configure(site='public_url = "http://own.example"', more=source)
            server.process.send_signal(signal.SIGHUP)
            self.assertEqual(self.wait_for(server, "config.reloaded")["needs_restart"], "")
            code, said, _ = self.run_here("harvest", "own")
            self.assertEqual(code, 1)
            self.assertIn("not allowed: this site's own address", said)

    def test_a_request_that_has_begun_is_answered_by_the_settings_of_its_beginning(self):
        body = b'{"ids": ["a", "b"]}'
        head = (f"POST /stac/search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n")
        (self.folder / "documents/b.json").write_text(json.dumps(item("b")))
        with Server(folder=self.folder) as server:
            self.succeeds("harvest")
            port = int(server.local_url.rsplit(":", 1)[1])
            with socket.create_connection(("127.0.0.1", port), timeout=30) as begun:
                begun.sendall(head.encode())
                self.assertEqual(begun.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
                self.configure(more="[api]\ndefault_limit = 1\n")
                server.process.send_signal(signal.SIGHUP)
                self.wait_for(server, "config.reloaded")
                begun.sendall(body)
                answer = b"".join(iter(lambda: begun.recv(65536), b""))
            found = json.loads(answer.split(b"\r\n\r\n", 1)[1])
            self.assertEqual(len(found["features"]), 2)
            self.assertEqual(len(server.json("/stac/search")["features"]), 1)

    def test_a_file_that_is_wrong_changes_nothing(self):
        with Server(folder=self.folder) as server:
            self.configure(site='titel = "Second"')
            server.process.send_signal(signal.SIGHUP)
            told = self.wait_for(server, "config.refused")
            self.assertIn("site.titel: there is no such key", told["cause"])
            self.configure(site='title = "Third"', more="[[source]]\nname = \"x\"\nkind = \"y\"\n"
                           "address = \"z\"\n")
            server.process.send_signal(signal.SIGHUP)
            self.wait_for(server, "config.refused", 2)
            self.assertEqual(server.json("/stac")["title"], "First")
            (self.folder / "terracat.toml").write_text("[[[")
            server.process.send_signal(signal.SIGHUP)
            self.wait_for(server, "config.refused", 3)
            self.assertEqual(server.stop(), 0)

    def figures(self, server):
        text = server.get("/metrics")[2].decode()
        return dict(re.findall(r'^(terracat_harvest_[a-z_]+\{source="\w+"\}) (\S+)$', text, re.M))

    def test_figures_of_sources_outlive_a_restart_but_not_the_source(self):
        seen = 'terracat_harvest_last_success_timestamp_seconds{source="documents"}'
        held = 'terracat_harvest_deletions_held{source="documents"}'
        with Server(folder=self.folder) as server:
            self.assertEqual(self.figures(server), {held: "0", seen: "0"})  # never
            self.succeeds("harvest")
            before = self.figures(server)[seen]
        with Server(folder=self.folder) as server:
            self.assertAlmostEqual(float(self.figures(server)[seen]), float(before), delta=1)
            self.configure(source="renamed")
            server.process.send_signal(signal.SIGHUP)
            self.wait_for(server, "config.reloaded")
            self.assertEqual(self.figures(server),
                             {held.replace("documents", "renamed"): "0",
                              seen.replace("documents", "renamed"): "0"})

    def test_backups_are_of_the_catalogue_that_is_served(self):
        self.succeeds("harvest")
        with Server(folder=self.folder) as server:
            self.configure(more='[backup]\nfolder = "kept"\n[store]\npath = "other.sqlite"\n')
            server.process.send_signal(signal.SIGHUP)
            self.assertEqual(self.wait_for(server, "config.reloaded")["needs_restart"], "store.path")
            made = self.wait_for(server, "backup.made")["file"]
        self.assertTrue(Path(made).name.startswith("terracat-"), made)
        self.assertFalse((self.folder / "other.sqlite").exists())


class Import(Site):
    def refused(self):
        code, said, errors = self.run_here("import", "--source", "documents", "-",
                                           stdin=json.dumps(item("n")))
        self.assertEqual((code, said), (78, ""), errors)
        self.assertIn("the source 'documents' is harvested (its kind is 'files')", errors)

    def test_nothing_is_imported_into_a_source_that_is_harvested(self):
        self.refused()
        with Server(folder=self.folder) as server:
            self.refused()
            self.assertEqual(server.json("/stac/search")["features"], [])


class Fixture(Folder):
    def test_the_fixture_of_a_schema_is_a_catalogue_of_this_program(self):
        subprocess.run([ROOT / "scripts/make-store-fixture", "--to", self.folder], check=True,
                       capture_output=True, env=environment(TERRACAT_BINARY=BINARY))
        (schema, content), = older_catalogues(self.folder)
        self.assertNotIn(schema, [older for older, _ in older_catalogues()])
        (self.folder / "terracat.sqlite").write_bytes(content)
        self.assertRegex(self.succeeds("check"), "terracat.sqlite: sound\n$")
        self.assertEqual({json.loads(line)["id"] for line in self.succeeds("export").splitlines()},
                         {"rain", "rain-1", "rain-2"})


class Damaged(Site):
    def test_a_damaged_item_fails_with_every_page_that_has_it_until_it_is_harvested_again(self):
        for name in "bc":
            (self.folder / f"documents/{name}.json").write_text(json.dumps(item(name)))
        self.succeeds("harvest")
        with contextlib.closing(sqlite3.connect(self.folder / "terracat.sqlite")) as catalogue:
            catalogue.execute("UPDATE item_body SET body = zeroblob(length(body)) WHERE item = "
                              "(SELECT number FROM item WHERE id = 'b')")
            catalogue.commit()
        with Server(folder=self.folder) as server:
            status, _, body = server.get("/stac/search")
            self.assertEqual((status, json.loads(body)["code"]), (500, "store-corrupt"))
            for name, expected in (("a", 200), ("b", 500), ("c", 200)):
                self.assertEqual(server.get(f"/stac/collections/c/items/{name}")[0], expected)
                self.assertEqual(server.get(f"/stac/search?ids={name}")[0], expected)
            self.run_here("check", "--repair")
            self.assertIn("1 updated", self.succeeds("harvest"))
            self.assertEqual(len(server.json("/stac/search")["features"]), 3)
            self.assertRegex(self.succeeds("check"), "terracat.sqlite: sound\n$")


    def test_damage_that_a_harvest_meets_is_counted(self):
        self.succeeds("harvest")
        with contextlib.closing(sqlite3.connect(self.folder / "terracat.sqlite")) as catalogue:
            catalogue.execute("UPDATE item_body SET body = zeroblob(length(body))")
            catalogue.commit()
        with Server(folder=self.folder) as server:
            def count():
                text = server.get("/metrics")[2].decode()
                return int(re.search(r"\nterracat_store_corrupt_total (\d+)\n", text)[1])

            self.assertEqual(count(), 0)
            self.assertIn("1 with warnings", self.succeeds("harvest", "--replay"))
            self.assertEqual(count(), 1)
            self.assertIn("1 updated", self.succeeds("harvest", "--full"))
            self.assertEqual(count(), 2)


class Supervised(Folder):
    """The part of systemd that a service of Type=notify speaks with."""

    def start(self, name, patience="900000000"):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.socket.close)
        self.socket.settimeout(30)
        self.socket.bind(name.replace("@", "\0", 1) if name.startswith("@") else name)
        process = subprocess.Popen(
            [BINARY, "serve", "--listen", "127.0.0.1:0"], cwd=self.folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment(NOTIFY_SOCKET=name, WATCHDOG_USEC=patience))
        self.addCleanup(process.stdout.close)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        return process

    def told(self):
        return self.socket.recv(4096).decode()

    def life(self, name):
        process = self.start(name)
        self.assertEqual({self.told(), self.told()}, {"WATCHDOG=1", "READY=1"})
        process.send_signal(signal.SIGHUP)
        self.assertRegex(self.told(), r"^RELOADING=1\nMONOTONIC_USEC=\d+$")
        self.assertEqual(self.told(), "READY=1")
        process.terminate()
        self.assertEqual(self.told(), "STOPPING=1")
        self.assertEqual(process.wait(30), 0)

    def test_it_says_what_it_is_doing(self):
        self.life(str(self.folder / "notify"))

    def test_also_where_there_is_no_file(self):
        self.life(f"@terracat-test-{os.getpid()}")

    def test_the_watchdog_is_fed_as_often_as_it_wants(self):
        process = self.start(str(self.folder / "notify"), patience="300000")
        fed = 0
        while fed < 4:
            fed += self.told() == "WATCHDOG=1"
        process.terminate()
        self.assertEqual(process.wait(30), 0)

    def test_a_server_that_stands_still_is_not_called_alive(self):
        process = self.start(str(self.folder / "notify"), patience="300000")
        while self.told() != "WATCHDOG=1":
            pass
        process.send_signal(signal.SIGSTOP)
        self.socket.settimeout(2)
        with self.assertRaises(TimeoutError):
            while True:
                self.told()
        process.send_signal(signal.SIGCONT)
        process.terminate()
        self.assertEqual(process.wait(30), 0)


class ReadOnly(Folder):
    def test_an_archive_is_served_and_nothing_is_made_beside_it(self):
        self.succeeds("import", "-", stdin=json.dumps(item("a")))
        self.succeeds("backup", "copy.sqlite")
        place = self.folder / "archive"
        place.mkdir()
        (self.folder / "copy.sqlite").rename(place / "c.sqlite")
        place.chmod(0o555)
        process = subprocess.Popen(
            [BINARY, "--store", place / "c.sqlite", "serve", "--read-only", "--listen",
             "127.0.0.1:0"], cwd=self.folder, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=environment())
        said = process.stdout.readline()
        url = said.split()[2]
        with urllib.request.urlopen(url + "stac/search", timeout=20) as found:
            self.assertEqual([one["id"] for one in json.load(found)["features"]], ["a"])
        process.terminate()
        self.assertEqual(process.wait(30), 0)
        process.stdout.close()
        self.assertEqual(os.listdir(place), ["c.sqlite"])
        place.chmod(0o755)

    def test_what_somebody_writes_is_no_archive(self):
        with Server(folder=self.folder) as server:
            code, _, errors = self.run_here("serve", "--read-only", "--listen", "127.0.0.1:0")
            self.assertEqual(code, 75, errors)
            self.assertIn(f"pid {server.process.pid}", errors)


if __name__ == "__main__":
    unittest.main()
