"""What operators say to the harvests of a running site, and what it finds out about its hosts."""

import base64
import json
import re
import signal
import subprocess
import threading
import time
import unittest
import urllib.error
import urllib.request

from terracat import BINARY, FORM, Server, environment, run, send_form
from test_sources import Sources, Web, page, send, start_of

NEVER = "0 0 1 1 *"  # a schedule whose time does not come while a test runs
PATIENCE = 60  # seconds
KEY = "key-of-the-operators-here"
PASSWORD = "Basic " + base64.b64encode(f"anyone:{KEY}".encode()).decode()


class Catalogue:
    """CSW over twenty records, two on a page. The third page waits until it may be sent."""

    NAMES = [f"r{n:02}" for n in range(1, 21)]

    def __init__(self):
        self.asked = threading.Event()  # for the third page
        self.may_go_on = threading.Event()
        self.starts = []
        self.is_down = False

    def __call__(self, handler):
        start = start_of(handler)
        self.starts.append(start)
        if self.is_down:
            return send(handler, "", status=404)
        if start == 5:
            self.asked.set()
            self.may_go_on.wait(PATIENCE)
        behind = start + 2
        count = len(self.NAMES)
        send(handler, page(self.NAMES[start - 1:start + 1], count, behind if behind < count else 0))


class RunEngine(Sources):
    def setUp(self):
        super().setUp()
        self.web = Web()
        self.addCleanup(self.web.close)
        self.catalogue = self.web.pages["/csw"] = Catalogue()
        self.addCleanup(self.catalogue.may_go_on.set)
        self.add("played", "/csw")

    def add(self, name, path):
        self.source(name, "csw", self.web.url + path, "page_size = 2", ["127.0.0.1/32"])
        self.text = self.text.replace(f'name = "{name}"', f'name = "{name}"\nschedule = "{NEVER}"')
        self.configure()

    def configure(self):
        (self.folder / "terracat.toml").write_text(self.text)

    def command(self, *arguments):
        return run("--config", "terracat.toml", *arguments, folder=self.folder)

    def succeeds(self, *arguments):
        code, said, errors = self.command(*arguments)
        self.assertEqual(code, 0, said + errors)
        return said

    def serve(self):
        return Server("--config", "terracat.toml", folder=self.folder,
                      TERRACAT_OPERATORS_API_KEY=KEY)

    def runs(self):
        return json.loads(self.succeeds("runs", "--json"))["runs"]

    def wait_for(self, outcome, count=1):
        """Until so many runs have ended so. The newest run is returned."""
        latest = time.monotonic() + PATIENCE
        while len([one for one in self.runs() if one["outcome"] == outcome]) < count:
            self.assertLess(time.monotonic(), latest, self.runs())
            time.sleep(0.02)  # nothing tells
        return self.runs()[0]

    def begin(self):
        """A run by hand, in the server, which stands at its third page."""
        command = subprocess.Popen([BINARY, "--config", "terracat.toml", "harvest", "played"],
                                   cwd=self.folder, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True, env=environment())
        self.addCleanup(command.stdout.close)
        self.assertTrue(self.catalogue.asked.wait(PATIENCE))
        self.wait_for("running")
        return command

    def interrupted(self, command):
        """What the run has come to, once its page has come."""
        self.catalogue.may_go_on.set()
        said = command.stdout.read()
        self.assertEqual(command.wait(PATIENCE), 1, said)
        self.assertRegex(said, "played: interrupted, run 1: .*stopped by request")
        last = self.runs()[0]
        self.assertEqual((last["outcome"], last["message"]), ("interrupted", "stopped by request"))
        return last

    def test_an_aborted_run_keeps_what_it_has_brought_and_the_next_one_goes_on(self):
        with self.serve():
            code, _, errors = self.command("runs", "abort", "1")
            self.assertEqual((code, "no server is in the middle of run 1" in errors), (1, True))
            command = self.begin()
            said = self.succeeds("runs", "abort", "1")
            self.assertIn("run 1 stops", said)
            brought = self.interrupted(command)["created"]
            self.assertGreaterEqual(brought, 2)
            self.assertLess(brought, 20)
            self.assertEqual(self.command("runs", "abort", "1")[0], 1)  # it is over
            before = len(self.catalogue.starts)
            lines, said, _ = self.harvest("played")
            self.assertRegex(lines["played"], "^complete, run 2: ", said)
            self.assertNotIn(1, self.catalogue.starts[before:])
        self.assertEqual(self.titles(), [f"Title of {one}" for one in Catalogue.NAMES])
        code, _, errors = self.command("runs", "abort", "2")
        self.assertEqual((code, "no server is in the middle of run 2" in errors), (1, True))

    def test_a_paused_source_is_left_alone_until_it_is_resumed(self):
        with self.serve() as server:
            command = self.begin()
            said = self.succeeds("sources", "pause", "played", "--reason", "new disc")
            self.assertIn("played: paused", said)
            self.interrupted(command)
            asked = len(self.catalogue.starts)
            _, said, code = self.harvest("played")
            self.assertEqual(code, 1)
            self.assertRegex(said, r"played: paused since 2\S+ \(new disc\); see")
            _, said, code = self.harvest()  # of all: it is passed by
            self.assertEqual(code, 0)
            self.assertIn("played: paused since 2", said)
            self.assertEqual(len(self.catalogue.starts), asked)
            self.assert_paused(server)
            self.assertIn("was paused already", self.succeeds("sources", "pause", "played"))
        with self.serve() as server:  # the checkpoint alone would begin a run at once
            self.assert_paused(server)
            self.assertRegex(self.succeeds("sources"), r"played .* paused since 2\S+")
            self.assertEqual(len(self.catalogue.starts), asked)
            said = self.succeeds("sources", "resume", "played")
            self.assertIn("is harvested again, from where it was stopped", said)
            last = self.wait_for("complete")
            self.assertEqual(last["number"], 2)
            self.assertNotIn(1, self.catalogue.starts[asked:])
            harvest, = server.json("/api/v1/status")["harvests"]
            self.assertNotIn("paused_since", harvest)
            code, _, errors = self.command("sources", "resume", "played")
            self.assertEqual((code, "is not paused" in errors), (1, True))
        self.assertEqual(self.titles(), [f"Title of {one}" for one in Catalogue.NAMES])

    def post(self, server, path, body=None, key=KEY):
        """(status, JSON) of what is said by HTTP."""
        headers = {"X-API-Key": key, **({"Content-Type": "application/json"} if body else {})}
        request = urllib.request.Request(server.url + path, method="POST", headers=headers,
                                         data=json.dumps(body).encode() if body else b"")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def test_the_same_is_said_by_http(self):
        with self.serve() as server:
            command = self.begin()
            self.assertEqual(self.post(server, "/api/v1/runs/1/abort", key="another")[0], 401)
            self.assertEqual(self.post(server, "/api/v1/runs/1/abort"),
                             (200, {"run": 1, "source": "played", "stops": True}))
            self.interrupted(command)
            self.assertEqual(self.post(server, "/api/v1/runs/1/abort")[0], 409)  # it is over
            self.assertEqual(self.post(server, "/api/v1/sources/nothing/pause", {"reason": ""})[0],
                             404)
            self.assertEqual(self.post(server, "/api/v1/sources/played/pause",
                                       {"reason": "x" * 1_001})[0], 400)
            self.assertEqual(
                self.post(server, "/api/v1/sources/played/pause", {"reason": "new disc"}),
                (200, {"source": "played", "paused": True, "was_paused": False}))
            self.assert_paused(server)
            asked = len(self.catalogue.starts)
            self.assertEqual(self.harvest("played")[2], 1)
            self.assertEqual(len(self.catalogue.starts), asked)
            self.assertEqual(self.post(server, "/api/v1/sources/played/resume"),
                             (200, {"source": "played", "paused": False, "goes_on": True}))
            self.assertEqual(self.wait_for("complete")["number"], 2)
            self.assertNotIn(1, self.catalogue.starts[asked:])
            self.assertEqual(self.post(server, "/api/v1/sources/played/resume")[0], 409)
        self.assertEqual(self.titles(), [f"Title of {one}" for one in Catalogue.NAMES])

    def test_the_same_is_said_by_forms_of_a_page_that_a_password_opens(self):
        with self.serve() as server:
            command = self.begin()
            page = self.page(server, "/en/operator/runs/1")
            self.assertIn("Stop run 1", page)
            token = self.token(page)
            abort = "/en/operator/runs/1/abort"
            # A browser sends the password by itself; the token is known to who has read the page.
            for form in ({}, {"token": ""}, {"token": "0" * len(token)}, {"token": token[:-1]}):
                self.assertEqual(self.form(server, abort, form)[0], 403, form)
            self.assertEqual(self.form(server, abort, {"token": token}, password=None)[0], 401)
            self.assertEqual(self.form(server, abort, {"token": token}, "application/json")[0], 415)
            self.assertEqual(server.get(abort, Authorization=PASSWORD)[0], 405)
            self.assertIn("in progress", self.page(server, "/en/operator"))
            self.assertEqual(self.form(server, abort, {"token": token}),
                             (303, "/en/operator?done=abort"))
            self.interrupted(command)
            self.assertEqual(self.form(server, abort, {"token": token})[0], 409)  # it is over
            self.assertNotIn("Stop run", self.page(server, "/en/operator/runs/1"))
            pause = "/fr/operator/sources/{}/pause"
            self.assertEqual(self.form(server, pause.format("nothing"), {"token": token})[0], 404)
            self.assertEqual(self.form(server, pause.format("played"),
                                       {"token": token, "reason": "x" * 1_001})[0], 400)
            # As many letters as the field of the form lets be typed, however many bytes they are.
            for reason in ("é" * 1_000, "🛰" * 1_000):
                self.assertEqual(self.form(server, pause.format("played"),
                                           {"token": token, "reason": reason})[0], 303)
            self.assertEqual(self.form(server, pause.format("played"),
                                       {"token": token, "reason": "é" * 1_001})[0], 400)
            said = {"token": token, "reason": "nouveau disque & <câble>"}
            self.assertEqual(self.form(server, pause.format("played"), said),
                             (303, "/fr/operator?done=pause"))
            self.assert_paused(server)
            page = self.page(server, "/fr/operator?done=pause")
            self.assertIn("La source est en pause", page)
            self.assertIn("nouveau disque &amp; &lt;câble&gt;", page)
            self.assertEqual(self.form(server, "/fr/operator/sources/played/resume",
                                       {"token": token}), (303, "/fr/operator?done=resume"))
            self.assertEqual(self.wait_for("complete")["number"], 2)
            self.assertNotIn("en pause depuis", self.page(server, "/fr/operator"))
            self.assertNotIn(token, server.said())
        with self.serve() as server:  # another start has another token
            self.assertEqual(self.form(server, pause.format("played"), {"token": token})[0], 403)

    def page(self, server, path):
        status, _, body = server.get(path, Authorization=PASSWORD)
        self.assertEqual(status, 200)
        return body.decode()

    def token(self, page):
        found = set(re.findall('name="token" value="([0-9a-f]{32})"', page))
        self.assertEqual(len(found), 1)
        return found.pop()

    def form(self, server, path, fields, media_type=FORM, password=PASSWORD):
        """(status, where it leads) of a form that a browser sends."""
        return send_form(server, path, fields, password, media_type)

    def test_a_removal_can_be_aborted_and_goes_on_when_it_is_asked_for_again(self):
        count = 2_000
        lines = (json.dumps({"type": "Collection", "stac_version": "1.1.0", "id": f"g{number}",
                             "title": f"G {number}", "description": "d", "license": "other",
                             "links": []}) for number in range(count))
        (self.folder / "gone.ndjson").write_text("\n".join(lines))
        self.succeeds("import", "--source", "gone", "gone.ndjson")
        quick = self.text
        self.text = "[harvest]\nbatch_size = 1\n" + quick  # a commit for each record
        self.configure()
        with self.serve():
            command = subprocess.Popen([BINARY, "--config", "terracat.toml", "sources", "remove",
                                        "gone"], cwd=self.folder, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True, env=environment())
            self.addCleanup(command.stdout.close)
            self.wait_for("running")
            self.succeeds("runs", "abort", self.runs()[0]["number"])
            said = command.stdout.read()
            self.assertEqual(command.wait(PATIENCE), 1, said)
            self.assertIn("stopped by request: type it again to go on", said)
            last = self.runs()[0]
            self.assertEqual(last["outcome"], "interrupted")
            self.assertLess(last["deleted"], count)
        self.text = quick
        self.configure()
        said = self.succeeds("sources", "remove", "gone")
        self.assertIn(f"gone: {count - last['deleted']} records and items removed\n", said)

    def test_a_source_that_is_paused_while_a_command_waits_for_its_turn_is_left_alone(self):
        other = self.web.pages["/other"] = Catalogue()
        other.may_go_on.set()
        self.add("other", "/other")
        with self.serve() as server:
            command = self.begin()  # of the same host as `other`
            waiting = subprocess.Popen([BINARY, "--config", "terracat.toml", "harvest", "other"],
                                       cwd=self.folder, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True, env=environment())
            self.addCleanup(waiting.stdout.close)
            latest = time.monotonic() + PATIENCE
            while server.said().count('"event":"job.started"') < 2:
                self.assertLess(time.monotonic(), latest, server.said())
                time.sleep(0.01)  # a file cannot be waited for
            self.succeeds("sources", "pause", "other")
            self.catalogue.may_go_on.set()
            self.assertEqual(command.wait(PATIENCE), 0)
            said = waiting.stdout.read()
            self.assertEqual(waiting.wait(PATIENCE), 1, said)
            self.assertRegex(said, r"other: paused since 2\S+; see")
            self.assertEqual(other.starts, [])

    def assert_paused(self, server):
        harvest, = server.json("/api/v1/status")["harvests"]
        self.assertRegex(harvest["paused_since"], "^2")
        remark, = [one for one in server.json("/health")["remarks"]
                   if one["code"] == "SourcePaused"]
        self.assertEqual(remark["source"], "played")
        page = server.get("/en/operator", **{"X-API-Key": KEY})[2].decode()
        self.assertIn("played: paused since", page)

    def test_pauses_are_said_without_a_server_too(self):
        code, _, errors = self.command("sources", "pause", "unknown")
        self.assertEqual((code, "there is no source 'unknown'" in errors), (1, True))
        code, _, errors = self.command("sources", "pause", "played", "--reason", 1_001 * "x")
        self.assertEqual((code, "the reason is longer than 1000 letters" in errors), (1, True))
        self.succeeds("sources", "pause", "played", "--reason", 1_000 * "x")
        _, said, code = self.harvest("played")
        self.assertEqual((code, "played: paused since 2" in said), (1, True), said)
        self.assertEqual(self.catalogue.starts, [])
        self.assertEqual(self.command("harvest", "--replay", "played")[0], 0)  # it asks nobody
        self.assertIn("played: is harvested again\n", self.succeeds("sources", "resume", "played"))
        (self.folder / "terracat.sqlite.paused").write_text("no JSON")
        code, _, errors = self.command("harvest", "played")
        self.assertEqual(code, 1, errors)
        self.assertIn("does not say which sources are paused", errors)

    def test_a_host_whose_runs_fail_rests_and_a_success_ends_that(self):
        self.text = "[harvest]\nrest_after = 2\n" + self.text
        self.configure()
        self.add("other", "/csw")
        self.catalogue.is_down = True
        with self.serve() as server:
            self.assertEqual(self.command("harvest", "played")[0], 1)
            self.assertNotIn("rests", self.succeeds("sources"))
            self.assertEqual(self.command("harvest", "other")[0], 1)  # of the same host
            self.assertIn('"event":"harvest.host_rests"', server.said())
            self.assert_resting(server, "played", "other")
            self.assertIn("its host rests until 2", self.succeeds("sources"))
        with self.serve() as server:
            self.assert_resting(server, "played", "other")
            page = server.get("/fr/operator", **{"X-API-Key": KEY})[2].decode()
            self.assertIn("rien ne lui est demandé avant le", page)
            self.catalogue.is_down = False
            self.catalogue.may_go_on.set()
            self.assertEqual(self.command("harvest", "played")[0], 0)  # by hand it may be asked
            self.assert_resting(server)

    def assert_resting(self, server, *names):
        remarks = [one for one in server.json("/health")["remarks"] if one["code"] == "HostRests"]
        self.assertEqual([(one["source"], one["failures"]) for one in remarks],
                         [(name, 2) for name in names])
        harvests = server.json("/api/v1/status")["harvests"]
        self.assertEqual({one["source"] for one in harvests if "rests_until" in one}, set(names))

    def kill_midway(self, name, catalogue):
        """The run of a source is interrupted, in a process of its own."""
        process = subprocess.Popen([BINARY, "--config", "terracat.toml", "harvest", name],
                                   cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=environment())
        self.assertTrue(catalogue.asked.wait(PATIENCE))
        latest = time.monotonic() + PATIENCE
        while not [one for one in self.runs() if one["source"] == name]:
            self.assertLess(time.monotonic(), latest)
            time.sleep(0.02)  # nothing tells
        process.kill()
        process.wait(PATIENCE)
        catalogue.may_go_on.set()
        catalogue.asked.clear()

    def test_quiet_hours_keep_runs_from_beginning_and_end_those_in_progress(self):
        other = self.web.pages["/other"] = Catalogue()
        self.addCleanup(other.may_go_on.set)
        self.add("other", "/other")
        self.kill_midway("played", self.catalogue)
        self.kill_midway("other", other)
        always = self.text
        hours = [time.strftime("%H:%M", time.gmtime(time.time() + add)) for add in (-7_200, 7_200)]
        quiet = f'\n[[quiet]]\nsources = ["played"]\nhours = ["{"-".join(hours)}"]\n'
        self.text = always + quiet
        self.configure()
        asked = len(self.catalogue.starts)
        with self.serve() as server:
            # Both would go on at once, and `played` first: they share a host.
            self.wait_for_run_of("other", "complete")
            self.assertEqual(len(self.catalogue.starts), asked)
            self.reload(server, 1, always)
            self.catalogue.may_go_on.clear()
            self.assertTrue(self.catalogue.asked.wait(PATIENCE))
            self.reload(server, 2, always + quiet)
            self.catalogue.may_go_on.set()
            self.wait_for_run_of("played", "interrupted")
            self.reload(server, 3, always)
            self.wait_for_run_of("played", "complete")
        self.assertEqual(self.catalogue.starts.count(1), 1)  # it has begun once, and gone on since

    def wait_for_run_of(self, name, outcome):
        latest = time.monotonic() + PATIENCE
        while (name, outcome) not in [(one["source"], one["outcome"]) for one in self.runs()]:
            self.assertLess(time.monotonic(), latest, self.runs())
            time.sleep(0.02)  # nothing tells

    def reload(self, server, count, text):
        self.text = text
        self.configure()
        server.process.send_signal(signal.SIGHUP)
        latest = time.monotonic() + PATIENCE
        while server.said().count('"event":"config.reloaded"') < count:
            self.assertLess(time.monotonic(), latest, server.said())
            time.sleep(0.01)  # a file cannot be waited for

    def test_hours_that_cannot_be_read_are_told(self):
        self.text += '\n[[quiet]]\nsources = ["nobody"]\nhours = ["nights"]\n'
        self.configure()
        code, _, errors = self.command("config", "check")
        self.assertEqual(code, 78)
        self.assertIn("quiet.hours: 'nights': expected hours such as mon-fri 08:00-18:00", errors)
        self.assertIn("quiet.sources: there is no source 'nobody'", errors)

    def test_hours_that_are_of_nobody_or_always_are_told(self):
        quiet = "".join(f"\n[[quiet]]\nhosts = {hosts}\nhours = [\"{hours}\"]\n"
                        for hosts, hours in ((["127.0.0.1", "elsewhere.example"], "00:00-12:00"),
                                             ([], "12:00-24:00"),
                                             (["127.0.0.1:80"], "01:00-02:00")))
        self.text += quiet
        self.configure()
        code, _, errors = self.command("config", "check")
        self.assertEqual(code, 78)
        for host in ("elsewhere.example", "127.0.0.1:80"):
            self.assertIn(f"quiet.hosts: there is no source at '{host}'; expected", errors)
        self.assertNotIn("'127.0.0.1'", errors)
        self.assertIn("quiet.hours: all rules together leave the source 'played' no time", errors)


if __name__ == "__main__":
    unittest.main()
