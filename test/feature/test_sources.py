"""Sources as they should not be: what a hostile one can make the real program do, and not do."""

import contextlib
import functools
import gzip
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from terracat import BINARY, environment, run

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "fault"))
from csw import NAMESPACES, record  # noqa: E402


class Trap:
    """Listens everywhere on this machine at one port, and counts who connects."""

    def __init__(self, hosts):
        self.connections = 0
        self.sockets = []
        port = 0
        for host in hosts:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listener = socket.socket(family, socket.SOCK_STREAM)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind((host, port))
            listener.listen()
            port = listener.getsockname()[1]
            self.sockets.append(listener)
            threading.Thread(target=self.accept, args=(listener,), daemon=True).start()
        self.port = port

    def accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def close(self):
        for listener in self.sockets:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()


class Web:
    """A web server of this machine that answers each path by a function of its own."""

    def __init__(self):
        self.pages = {"/robots.txt": lambda handler: send(handler, "", status=404)}
        self.asked = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else a body waits 40 ms for its header to arrive

            def do_GET(self):
                size = int(self.headers.get("Content-Length") or 0)
                self.body = self.rfile.read(size)
                outer.asked.append((self.command, self.path, self.body, dict(self.headers)))
                path = urlsplit(self.path).path
                while path not in outer.pages and path:  # what lies below a page is its own
                    path = path.rpartition("/")[0]
                outer.pages[path](self)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):  # a client that had enough
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def send(handler, body, status=200, **headers):
    body = body.encode() if isinstance(body, str) else body
    handler.send_response(status)
    for name, value in {"Content_Type": "application/xml", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while True:  # until the client has had enough
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def at(wanted, answer):
    """A trap that plays at one path alone."""
    def play(path, handler):
        if path != wanted:
            return False
        answer(handler)
        return True
    return play


def saying(wanted, body, **more):
    return at(wanted, lambda handler: send(handler, body, **more))


class Killing:
    """Of a server under `root` that may kill who asks it, after so many requests, once the catalogue
    has kept what came of some of them."""

    def __init__(self, root, names, trap=None):
        self.root = root
        self.names = names
        self.trap = trap or (lambda path, handler: False)
        self.asked = 0
        self.kill = None
        self.stored = lambda: None  # where the run stands
        self.before = None

    def count(self):
        self.asked += 1
        if self.kill and self.asked % 70 == 40:
            self.before = self.stored()
        if self.kill and self.asked % 70 == 0:
            latest = time.monotonic() + 60
            while self.stored() == self.before and time.monotonic() < latest:
                time.sleep(0.01)  # nothing tells
            self.kill()

    def path_for(self, handler):
        """Below the root. None: the trap has played."""
        self.count()
        path = urlsplit(handler.path).path[len(self.root):]
        return None if self.trap(path, handler) else path


def external(trap, file="file:///etc/passwd"):
    """A document type whose entities `e` and `f` lie elsewhere."""
    return (f'<!DOCTYPE x SYSTEM "http://127.0.0.1:{trap.port}/a.dtd" '
            f'[<!ENTITY e SYSTEM "http://127.0.0.1:{trap.port}/e">'
            f'<!ENTITY % p SYSTEM "http://127.0.0.1:{trap.port}/p"> %p;'
            f'<!ENTITY f SYSTEM "{file}">]>')


@functools.cache
def bomb_of(begin):
    """Packed, 200 MB that begin like a document."""
    return gzip.compress(begin + b" " * 200_000_000)


# A document type whose entity `a9` is ten times the one before, and so on.
LAUGHS = ("<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>")


def page(names, matched, following):
    records = "".join(record(name, f"Title of {name}") for name in names)
    attributes = (f'numberOfRecordsMatched="{matched}" numberOfRecordsReturned="{len(names)}" '
                  + (f'nextRecord="{following}"' if following is not None else ""))
    return (f"<csw:GetRecordsResponse {NAMESPACES}><csw:SearchResults {attributes}>"
            f"{records}</csw:SearchResults></csw:GetRecordsResponse>")


def start_of(handler):
    query = {name.lower(): values[0] for name, values in
             parse_qs(urlsplit(handler.path).query).items()}
    return int(query.get("startposition", 1))


class Sources(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.text = ""

    def source(self, name, kind, address, options="", allow=(), timeout=20):
        self.text += (f'\n[[source]]\nname = "{name}"\nkind = "{kind}"\n'
                      f'address = {json.dumps(address)}\ndelay = 0\nretries = 0\ntimeout = {timeout}\n'
                      f"allow_networks = {json.dumps(list(allow))}\n[source.options]\n{options}\n")

    def harvest(self, *arguments):
        """The line of each source, by name, and everything that was written."""
        (self.folder / "terracat.toml").write_text(self.text)
        code, said, errors = run("--config", "terracat.toml", "harvest", *arguments,
                                 folder=self.folder)
        return dict(re.findall(r"(?m)^([a-z0-9-]+): (.*)$", said)), said + errors, code


    def checkpoint(self):
        """Where the catalogue's only source stands, as far as it is stored."""
        try:
            with contextlib.closing(sqlite3.connect(
                    f"file:{self.folder}/terracat.sqlite?mode=ro", uri=True)) as catalogue:
                row = catalogue.execute("SELECT checkpoint FROM source").fetchone()
            return row[0] if row else ""
        except sqlite3.Error:  # it is made just now
            return ""

    def titles(self):
        exported = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        resources = [json.loads(line) for line in exported.splitlines()]
        return sorted(one.get("properties", one)["title"] for one in resources)

    def kill_twice_then_harvest(self, name, played):
        """The source is the only one; what is played of it counts what it is asked."""
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
        self.assertRegex(lines[name], "^complete,", said)
        self.assertEqual(self.titles(), [f"Title of {one}" for one in played.names])
        self.assertLess(played.asked - before, 70)  # what was had is not asked for again

    def survive_kills(self, kind, play):
        """A source of 160 documents: killed twice, harvested to its end, and without its first."""
        web = Web()
        self.addCleanup(web.close)
        names = [f"d{n:03}" for n in range(160)]
        played = web.pages["/played"] = play("/played", names)
        self.source("played", kind, f"{web.url}/played", "", ["127.0.0.1/32"])
        self.kill_twice_then_harvest("played", played)
        lines, _, _ = self.harvest("--sweep")
        self.assertRegex(lines["played"], "^complete,(?!.* missing)")
        played.names = names[1:]
        lines, said, _ = self.harvest()
        self.assertRegex(lines["played"], " 159 unchanged.* 1 missing", said)

    def survive(self, kind, play, names, deaths, options="", beside=()):
        """Harvests what is played of 40 records, killed each time that so many pages were asked
        for, then to its end, and then without its first record. There are others of the titles
        `beside`, which no page lists."""
        web = Web()
        self.addCleanup(web.close)
        holder = [None]

        def kill(played, handler, start):
            if played.lists in deaths:
                holder[0].kill()
            send(handler, played.page(start))

        played = web.pages["/played"] = play(names, kill)
        self.source("played", kind, f"{web.url}/played", options, ["127.0.0.1/32"])
        (self.folder / "terracat.toml").write_text(self.text)
        for _ in deaths:
            holder[0] = subprocess.Popen([BINARY, "--config", "terracat.toml", "harvest"],
                                         cwd=self.folder, stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL, env=environment())
            self.assertEqual(holder[0].wait(60), -signal.SIGKILL)
        lines, said, code = self.harvest()
        self.assertEqual(code, 0, said)
        self.assertTrue(lines["played"].startswith("complete,"), lines)
        self.assertEqual(self.titles(), sorted([*beside, *(f"Title of {name}" for name in names)]))
        self.assertLess(played.lists, 40)  # 43 if it had begun anew each time

        lines, _, _ = self.harvest("--sweep")
        self.assertRegex(lines["played"], "^complete,(?!.* missing)")
        played.names = names[1:]
        lines, said, _ = self.harvest()
        self.assertRegex(lines["played"], f" {39 + len(beside)} unchanged.* 1 missing", said)

    def play(self, kind, options, page_of=lambda trap: trap):
        """Runs once over a source for each of `traps`, and looks what became of it.

        `traps` gives by name: (a trap, how the run ends, how many records it brought), of which
        `page_of` makes the answer to a request. None: in any way but a complete one; any number.
        Complete is, too, what has a document that cannot be read: it is there, and was seen."""
        web = Web()
        self.addCleanup(web.close)
        trap = Trap(["127.0.0.1", "127.0.0.2"])
        self.addCleanup(trap.close)
        traps = self.traps(trap)
        for name, (play, _, _) in traps.items():
            web.pages["/" + name] = page_of(play)
            self.source(name, kind, f"{web.url}/{name}", options, ["127.0.0.1/32"],
                        timeout=2 if name.startswith("drips") else 20)
        lines, said, code = self.harvest()
        self.assertEqual(code, 1)
        for name, (_, outcome, count) in traps.items():
            with self.subTest(trap=name):
                if outcome:
                    self.assertTrue(lines[name].startswith(outcome + ","), lines[name])
                else:
                    self.assertNotRegex(lines[name], "^complete\\b")
                if count is not None:
                    self.assertRegex(lines[name], rf" {count} created")
        self.assertEqual(trap.connections, 0)
        self.assertNotIn("root:", said)
        exported = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        self.assertNotIn("root:", exported)
        self.assertNotIn("hahaha", exported)
        return web, traps


class Addresses(Sources):
    FORMS = ["http://127.0.0.1:{}/", "http://127.1:{}/", "http://127.0.1:{}/", "http://0x7f000001:{}/",
             "http://0x7f.1:{}/", "http://2130706433:{}/", "http://017700000001:{}/",
             "http://0177.0.0.1:{}/", "http://localhost:{}/", "http://LocalHost.:{}/",
             "http://0:{}/", "http://0.0.0.0:{}/", "http://user:word@127.0.0.1:{}/",
             "http://public.example@127.0.0.1:{}/", "http://127.255.255.254:{}/",
             "http://%31%32%37.0.0.1:{}/", "http://127。0。0。1:{}/", "127.0.0.1:{}/",
             "http://[::ffff:127.0.0.1]:{}/", "http://[::ffff:7f00:1]:{}/", "http://[::1]:{}/",
             "http://[::]:{}/", "http://[0:0:0:0:0:0:0:1]:{}/", "http://[::127.0.0.1]:{}/",
             "http://[64:ff9b::7f00:1]:{}/", "http://[64:ff9b:1::7f00:1]:{}/",
             "http://[2002:7f00:1::]:{}/", "http://[2001:0:7f00:1::]:{}/", "http://[fd00::1]:{}/",
             "http://[fe80::1]:{}/", "http://[fec0::1]:{}/", "http://[fd00:ec2::254]:{}/",
             "http://10.0.0.1:{}/", "http://169.254.169.254:{}/", "http://192.168.0.1:{}/",
             "http://168.63.129.16:{}/", "http://100.64.0.1:{}/"]
    OTHERS = ["file:///etc/passwd", "gopher://127.0.0.1:{}/_x", "dict://127.0.0.1:{}/x",
              "ftp://127.0.0.1:{}/", "ldap://127.0.0.1:{}/", "//127.0.0.1:{}/", "http:///x"]

    def test_no_form_of_an_inner_address_opens_a_connection(self):
        trap = Trap(["0.0.0.0", "::"])
        self.addCleanup(trap.close)
        forms = [form.format(trap.port) for form in self.FORMS + self.OTHERS]
        for number, form in enumerate(forms):
            self.source(f"s{number}", ("csw", "stac-api", "oai-pmh")[number % 3], form)
        lines, said, code = self.harvest()
        self.assertEqual(code, 1)
        self.assertEqual(len(lines), len(forms), said)
        for number, form in enumerate(forms):
            self.assertTrue(lines[f"s{number}"].startswith("failed"), (form, lines[f"s{number}"]))
        self.assertNotIn("root:", said)
        self.assertEqual(trap.connections, 0)
        with socket.create_connection(("127.0.0.1", trap.port)):  # it would have counted
            pass
        deadline = time.monotonic() + 20
        while trap.connections == 0 and time.monotonic() < deadline:
            os.sched_yield()
        self.assertEqual(trap.connections, 1)

    def test_no_redirect_leads_to_a_forbidden_address(self):
        web = Web()
        self.addCleanup(web.close)
        # At the port of the source, so that it is the address that decides.
        trap = self.trap_at(web.port)
        self.addCleanup(trap.close)
        targets = [f"http://127.0.0.2:{web.port}/x", f"http://2130706434:{web.port}/x",
                   f"http://127.2:{web.port}/x", f"http://[::1]:{web.port}/x",
                   f"http://[::ffff:127.0.0.2]:{web.port}/x", f"//127.0.0.2:{web.port}/x",
                   f"http://x@127.0.0.2:{web.port}/", "file:///etc/passwd", "gopher://127.0.0.2/",
                   "http://127.0.0.1:22/", "http://169.254.169.254/latest/", "http://10.0.0.1/"]
        for number, target in enumerate(targets):
            first, second = f"/a{number}", f"/b{number}"
            web.pages[first] = lambda handler, to=second: send(handler, "", 302, Location=to)
            web.pages[second] = lambda handler, to=target: send(handler, "", 307, Location=to)
            self.source(f"s{number}", ("csw", "oai-pmh")[number % 2], web.url + first,
                        allow=["127.0.0.1/32"])
        lines, said, _ = self.harvest()
        for number, target in enumerate(targets):
            self.assertTrue(lines[f"s{number}"].startswith("failed"), (target, said))
            self.assertIn(f"/b{number}", [urlsplit(path).path for _, path, _, _ in web.asked])
        self.assertNotIn("root:", said)
        self.assertEqual(trap.connections, 0)

    @staticmethod
    def trap_at(port):
        trap = Trap([])
        trap.port = port
        for host in ("127.0.0.2", "::1"):
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listener = socket.socket(family, socket.SOCK_STREAM)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen()
            trap.sockets.append(listener)
            threading.Thread(target=trap.accept, args=(listener,), daemon=True).start()
        return trap


class CswTraps(Sources):
    """One run over a server that plays every trick; then what became of each source."""

    NAMES = [f"r{n}" for n in range(1, 7)]

    def honest(self, handler, size=2, matched=6):
        start = start_of(handler)
        names = self.NAMES[start - 1:start - 1 + size]
        behind = start + len(names)
        send(handler, page(names, matched, behind if behind <= len(self.NAMES) else 0))

    def next_is(self, choose):
        def answer(handler):
            start = start_of(handler)
            names = self.NAMES[start - 1:start + 1]
            send(handler, page(names, 6, choose(start)))
        return answer

    def first_then(self, second):
        def answer(handler):
            if start_of(handler) == 1:
                return send(handler, page(self.NAMES[:2], 6, 3))
            return second(handler)
        return answer

    def traps(self, trap):
        """name: (answer, how the run ends, how many records it brought)"""
        exception = ('<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows">'
                     '<ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>no'
                     "</ows:ExceptionText></ows:Exception></ows:ExceptionReport>")
        evil = page(self.NAMES, 6, 0)
        bomb = bomb_of(b"<a>")
        return {
            "honest": (self.honest, "complete", 6),
            "next-missing": (self.next_is(lambda start: None), "complete", 6),
            "next-zero": (self.next_is(lambda start: 0), "complete", 6),
            "next-back": (self.next_is(lambda start: 1), "complete", 6),
            "next-beyond": (self.next_is(lambda start: 1_000), "complete", 6),
            "same-page": (lambda h: send(h, page(self.NAMES[:2], 6, 3)), "incomplete", 2),
            "repeated": (lambda h: send(h, page(["r1", "r1", "r2"], 3, 0)), "incomplete", 2),
            "empty-page": (self.first_then(lambda h: send(h, page([], 6, 3))), "incomplete", 2),
            "matched-moves": (lambda h: self.honest(h, matched=6 if start_of(h) == 1 else 9),
                              "incomplete", 6),
            "exception": (lambda h: send(h, exception), "failed", 0),
            "login": (lambda h: send(h, "<!DOCTYPE html><html><body>Sign in</body></html>",
                                     Content_Type="text/html"), "failed", 0),
            "login-later": (self.first_then(lambda h: send(h, "<html>Sign in</html>")), "failed", 2),
            "moving": (self.first_then(lambda h: send(h, page(
                ["r2", "r4"] if start_of(h) == 3 else self.NAMES[4:], 6,
                5 if start_of(h) == 3 else 0))), "incomplete", 5),
            "error-later": (self.first_then(lambda h: send(h, "", status=500)), None, 2),
            "busy-later": (self.first_then(lambda h: send(h, "", 429, Retry_After="100000")),
                           "failed", 2),
            "elsewhere-later": (self.first_then(lambda h: send(
                h, "", 302, Location=f"http://127.0.0.2:{trap.port}/")), "failed", 2),
            "exception-later": (self.first_then(lambda h: send(h, exception)), None, 2),
            "truncated-later": (self.first_then(lambda h: send(h, page(
                self.NAMES[2:4], 6, 5)[:-30])), None, 2),
            "drips-later": (self.first_then(drip), "failed", 2),
            "truncated": (lambda h: send(h, page(self.NAMES, 6, 0)[:700]), "failed", 0),
            "no-xml": (lambda h: send(h, b"\x00\x01\x02" * 1_000), "failed", 0),
            "bomb": (lambda h: send(h, bomb, Content_Encoding="gzip"), "failed", 0),
            "external": (lambda h: send(h, external(trap)
                                           + evil.replace("Title of r1", "&e;&f;")), None, None),
            "laughs": (lambda h: send(h, LAUGHS + evil.replace("Title of r1", "&a9;")), None, None),
            "busy": (lambda h: send(h, "", 429, Retry_After="100000"), "failed", 0),
            "elsewhere": (lambda h: send(h, "", 302, Location=f"http://127.0.0.2:{trap.port}/"),
                          "failed", 0),
            "in-a-circle": (lambda h: send(h, "", 302, Location=h.path), "failed", 0),
            "headers": (lambda h: send(h, "", 200, **{f"X_{n}": "y" * 4_000 for n in range(90)}),
                        "failed", 0),
            "drips": (drip, "failed", 0),
        }

    def test_every_trap_ends_as_it_should(self):
        web, _ = self.play("csw", "page_size = 2")
        self.assertLess(len(web.asked), 300)  # no trap is asked for ever


def oai(content):
    return ('<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-01T00:00:00Z'
            f"</responseDate><request>x</request>{content}</OAI-PMH>")


def oai_error(code):
    return oai(f'<error code="{code}">no</error>')


def oai_record(name, title):
    return (f"<record><header><identifier>{name}</identifier><datestamp>2024-05-01T00:00:00Z"
            '</datestamp></header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/'
            '2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
            f"{title}</dc:title><dc:identifier>10.5072/same</dc:identifier></oai_dc:dc></metadata>"
            "</record>")


class Repository:
    """OAI-PMH over some records, two on a page, with a trap in place of its lists."""

    IDENTITY = oai("<Identify><repositoryName>r</repositoryName><earliestDatestamp>2024-01-01T00:00:00Z"
                   "</earliestDatestamp><deletedRecord>no</deletedRecord>"
                   "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>")
    FORMATS = oai("<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix>"
                  "<metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace>"
                  "</metadataFormat></ListMetadataFormats>")

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    def page(self, start, size=None, token=None):
        names = self.names[start:start + 2]
        following = str(start + 2) if start + 2 < len(self.names) else ""
        return oai("<ListRecords>" + "".join(oai_record(name, f"Title of {name}") for name in names)
                   + f'<resumptionToken completeListSize="{size or len(self.names)}">'
                   + (following if token is None else token) + "</resumptionToken></ListRecords>")

    def __call__(self, handler):
        query = {name: values[0] for name, values in
                 parse_qs(urlsplit(handler.path).query).items()}
        if query["verb"] == "Identify":
            return send(handler, self.IDENTITY)
        if query["verb"] == "ListMetadataFormats":
            return send(handler, self.FORMATS)
        self.lists += 1
        start = int(query.get("resumptionToken", 0))
        if query["verb"] == "ListIdentifiers":
            return send(handler, oai("<ListIdentifiers>" + "".join(
                f"<header><identifier>{name}</identifier></header>" for name in self.names)
                + "</ListIdentifiers>"))
        if self.trap:
            return self.trap(self, handler, start)
        return send(handler, self.page(start))


class OaiTraps(Sources):
    """One run over repositories that play every trick; then what became of each source."""

    NAMES = [f"oai:x:{n}" for n in range(1, 7)]

    @staticmethod
    def later(answer):
        """Honest on the first page only."""
        return lambda repository, handler, start: (
            send(handler, repository.page(0)) if start == 0 else answer(repository, handler, start))

    @staticmethod
    def saying(text, **more):
        return lambda repository, handler, start: send(handler, text, **more)

    @staticmethod
    def expiring(repository, handler, start):
        if start == 4 and repository.lists == 3:
            return send(handler, oai_error("badResumptionToken"))
        return send(handler, repository.page(start))

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        page = Repository(self.NAMES[:2]).page(0)
        bomb = bomb_of(b"<a>")
        say, later = self.saying, self.later
        return {
            "honest": (None, "complete", 6),
            "expiring": (self.expiring, "complete", 6),
            "size-too-large": (lambda r, h, start: send(h, r.page(start, size=9)), "incomplete", 6),
            "size-too-small": (lambda r, h, start: send(h, r.page(start, size=2)), "complete", 6),
            "size-moves": (lambda r, h, start: send(h, r.page(start, size=6 + start)),
                           "incomplete", 6),
            "end-missing": (lambda r, h, start: send(h, re.sub("<resumptionToken[^>]*></.*?>", "",
                                                               r.page(start).replace(
                                                                   ' completeListSize="6"', ""))),
                            "incomplete", 6),
            "same-token": (lambda r, h, start: send(h, r.page(2, token="2")), "incomplete", 2),
            "same-page": (lambda r, h, start: send(h, r.page(0, token=str(r.lists))),
                          "incomplete", 2),
            "empty-page": (later(say(oai("<ListRecords/>"))), "incomplete", 2),
            "nothing": (say(oai_error("noRecordsMatch")), "complete", 0),
            "argument": (say(oai_error("badArgument")), "failed", 0),
            "format": (say(oai_error("cannotDisseminateFormat")), "failed", 0),
            "login": (say("<!DOCTYPE html><html><body>Sign in</body></html>",
                          Content_Type="text/html"), "failed", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            "truncated": (say(page[:500]), "failed", 0),
            "no-xml": (say(b"\x00\x01\x02" * 1_000), "failed", 0),
            "bomb": (say(bomb, Content_Encoding="gzip"), "failed", 0),
            "external": (say(external(trap) + page.replace("Title of oai:x:1", "&e;&f;")), None, None),
            "laughs": (say(LAUGHS + page.replace("Title of oai:x:1", "&a9;")), None, None),
            "busy": (say("", status=503, Retry_After="100000"), "failed", 0),
            "elsewhere": (say("", status=302, Location=f"http://127.0.0.2:{trap.port}/"),
                          "failed", 0),
            "drips": (lambda r, h, start: drip(h), "failed", 0),
            **in_mid_run(trap),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("oai-pmh", "", lambda trap: Repository(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 220, name)

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        names = [f"oai:x:{n:02}" for n in range(40)]
        self.survive("oai-pmh", Repository, names, {3, 8, 13, 18, 23})


def moving(played, handler, start):
    """Between the first page and the second the third record moves to the front: the one before it
    comes twice, and it never."""
    names = sorted(played.names)
    played.names = [names[2], *names[:2], *names[3:]] if start else names
    send(handler, played.page(start))


def in_mid_run(trap):
    """Traps of lists in pages that are played behind the first page, of two records."""
    say, later = OaiTraps.saying, OaiTraps.later
    return {
        "moving": (moving, "incomplete", 5),
        "error-later": (later(say("", status=500)), "failed", 2),
        "busy-later": (later(say("", status=429, Retry_After="100000")), "failed", 2),
        "elsewhere-later": (later(say("", status=302, Location=f"http://127.0.0.2:{trap.port}/")),
                            "failed", 2),
        "truncated-later": (later(lambda played, handler, start: send(
            handler, played.page(start)[:-20])), "failed", 2),
        "drips-later": (later(lambda played, handler, start: drip(handler)), "failed", 2),
    }


class Changes(Sources):
    def test_between_complete_runs_only_what_has_changed_is_asked_for(self):
        web = Web()
        self.addCleanup(web.close)
        repository = web.pages["/oai"] = Repository(OaiTraps.NAMES)
        self.source("repository", "oai-pmh", f"{web.url}/oai", "", ["127.0.0.1/32"])
        self.text = self.text.replace("[source.options]", "changes_days = 7\n[source.options]")
        lines, said, _ = self.harvest()
        self.assertTrue(lines["repository"].startswith("complete,"), said)
        self.assertFalse([path for _, path, _, _ in web.asked if "from=" in path])
        repository.names = OaiTraps.NAMES[:4]
        lines, said, _ = self.harvest()
        self.assertRegex(lines["repository"], "^complete,.* 4 unchanged(?!.* missing)", said)
        self.assertEqual(len([path for _, path, _, _ in web.asked if "from=" in path]), 1)
        runs = run("--config", "terracat.toml", "runs", folder=self.folder)[1]
        self.assertIn("changes", runs)
        shown = run("--config", "terracat.toml", "sources", folder=self.folder)[1]
        self.assertRegex(shown, r"last complete 2\S+, changes 2\S+, 6 records")
        lines, said, _ = self.harvest("--full")
        self.assertRegex(lines["repository"], "^complete,.* 2 missing", said)


TURTLE = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""


class Catalogue:
    """DCAT over some data sets, two on a page, with a trap in place of its pages."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    def page(self, start, total=None, following=None):
        if following is None:
            following = f"?from={start + 2}" if start + 2 < len(self.names) else ""
        return (TURTLE + "".join(
            f'<http://data.example/{name}> a dcat:Dataset ; dct:title "Title of {name}" ; '
            'dct:description "About it" .\n' for name in self.names[start:start + 2])
            + f"<> hydra:totalItems {total or len(self.names)} .\n"
            + (f"<> hydra:next <{following}> .\n" if following else ""))

    def __call__(self, handler):
        self.lists += 1
        start = int(parse_qs(urlsplit(handler.path).query).get("from", ["0"])[0])
        if self.trap:
            return self.trap(self, handler, start)
        return send(handler, self.page(start), Content_Type="text/turtle")


class DcatTraps(Sources):
    """One run over catalogues that play every trick; then what became of each source."""

    NAMES = [f"d{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        say, later = OaiTraps.saying, OaiTraps.later
        page = Catalogue(self.NAMES[:2]).page(0)
        rdf = ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
               'xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">'
               '<dcat:Dataset rdf:about="http://data.example/x"><dct:title>{}</dct:title>'
               '</dcat:Dataset></rdf:RDF>')
        bomb = bomb_of(b"<a>")
        return {
            "honest": (None, "complete", 6),
            "size-too-large": (lambda c, h, start: send(h, c.page(start, total=9)), "incomplete", 6),
            "size-too-small": (lambda c, h, start: send(h, c.page(start, total=2)), "complete", 6),
            "size-moves": (lambda c, h, start: send(h, c.page(start, total=6 + start)),
                           "incomplete", 6),
            "same-page": (lambda c, h, start: send(h, c.page(0, following=f"?from={c.lists}")),
                          "incomplete", 2),
            "circle": (lambda c, h, start: send(h, c.page(start, following="?from=0")),
                       "incomplete", 2),
            "inner-page": (lambda c, h, start: send(h, c.page(
                start, following=f"http://127.0.0.2:{trap.port}/")), "failed", 2),
            "empty-page": (later(say(TURTLE)), "incomplete", 2),
            "nothing": (say(TURTLE), "incomplete", 0),
            "login": (say("<!DOCTYPE html><html><body>Sign in</body></html>",
                          Content_Type="text/html"), "failed", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            "truncated": (say(page[:-20]), "failed", 0),
            "no-rdf": (say(b"\x00\x01\x02" * 1_000), "failed", 0),
            "bomb": (say(bomb, Content_Encoding="gzip"), "failed", 0),
            "external": (say(external(trap) + rdf.format("&e;&f;")), None, None),
            "laughs": (say(LAUGHS + rdf.format("&a9;")), None, None),
            "context": (say(json.dumps({"@context": f"http://127.0.0.1:{trap.port}/c.jsonld",
                                        "@type": "dcat:Dataset", "@id": "http://data.example/j",
                                        "title": "J", "description": "D"})), "complete", 1),
            "busy": (say("", status=503, Retry_After="100000"), "failed", 0),
            "elsewhere": (say("", status=302, Location=f"http://127.0.0.2:{trap.port}/"),
                          "failed", 0),
            "drips": (lambda c, h, start: drip(h), "failed", 0),
            **in_mid_run(trap),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("dcat", "", lambda trap: Catalogue(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("dcat", Catalogue, [f"d{n:02}" for n in range(40)], {3, 8, 13, 18, 23})


def expiring(status=410):
    """The third page that is asked for is refused, as by a token that is too old."""
    def answer(played, handler, start):
        if start == 4 and played.lists == 3:
            return send(handler, "{}", status=status)
        return send(handler, played.page(start))
    return answer


def paged(trap, link, beside=0):
    """What a list of six may play that goes on by links, two to a page, as `traps` gives it.
    link(number): where the list goes on behind so many; beside: what a run brings besides the six.
    """
    def of_page(**members):
        return lambda played, handler, start: send(handler, played.page(start, **members))

    return {
        "honest": (None, "complete", 6 + beside),
        "size-too-large": (of_page(total=9), "incomplete", 6 + beside),
        "size-too-small": (of_page(total=2), "incomplete", 6 + beside),
        "size-moves": (lambda played, handler, start: send(
            handler, played.page(start, total=6 + start)), "incomplete", 6 + beside),
        "size-huge": (of_page(total=10_000_000), "failed", 0),
        "same-page": (lambda played, handler, start: send(handler, played.page(
            0, following=link(played.lists))), "incomplete", 2 + beside),
        "circle": (of_page(following=link(0)), "incomplete", 2 + beside),
        "inner-page": (of_page(following=f"http://127.0.0.2:{trap.port}/"), "incomplete",
                       2 + beside),
        "expired": (expiring(), "complete", 6 + beside),
        **{name: (play, outcome, count + beside)
           for name, (play, outcome, count) in in_mid_run(trap).items()},
    }


def listed_documents(lists, document, page, elsewhere, empty, member, deep):
    """What a server may play that lists three data sets, a, b and c, each with a document of its
    own, as `traps` gives it. lists, document: paths of the list and of b; page: the honest list;
    empty: one of none; member, deep: how the list and the document begin, up to a value."""
    def nested(begin):
        return begin + "[" * 100_000 + "]" * 100_000 + "}"

    return {
        "honest": (None, "complete", 3),
        "repeats": (saying(lists, page.replace('"c"', '"b"')), "complete", 2),
        "nameless": (saying(lists, page.replace('"c"', "null")), "incomplete", 2),
        "climbs": (saying(lists, page.replace('"c"', '"../../x"')), "incomplete", 2),
        "gone": (saying(document, "", status=404), "incomplete", 2),
        "broken": (saying(document, "{"), "complete", 2),
        "deep": (saying(document, nested(deep)), "complete", 2),
        "moved": (saying(document, "", status=302, Location=elsewhere), "incomplete", 2),
        "signed-in": (saying(document, "<!DOCTYPE html><html>Sign in</html>"), "incomplete", 2),
        "large": (saying(document, bomb_of(b"["), Content_Encoding="gzip"), "incomplete", 2),
        "nothing": (saying(lists, empty), "incomplete", 0),
        "truncated": (saying(lists, page[:-10]), "failed", 0),
        "no-json": (saying(lists, b"\x00\x01\x02" * 1_000), "failed", 0),
        "endless": (saying(lists, nested(member)), "failed", 0),
        "bomb": (saying(lists, bomb_of(b"["), Content_Encoding="gzip"), "failed", 0),
        "login": (saying(lists, "<!DOCTYPE html><html>Sign in</html>"), "failed", 0),
        "busy": (saying(lists, "", status=503, Retry_After="100000"), "failed", 0),
        "elsewhere": (saying(lists, "", status=302, Location=elsewhere), "failed", 0),
        "drips": (at(lists, drip), "failed", 0),
    }


def no_lists(trap, page, member):
    """Traps that have no page of a list in JSON, which begins as `page` with `member`."""
    say = OaiTraps.saying
    bomb = bomb_of(b"[")
    return {name: (play, "failed", 0) for name, play in {
        "login": say("<!DOCTYPE html><html><body>Sign in</body></html>", Content_Type="text/html"),
        "truncated": say(page[:-20]),
        "no-json": say(b"\x00\x01\x02" * 1_000),
        "deep": say(f'{{"{member}":' + "[" * 100_000 + "]" * 100_000 + "}"),
        "bomb": say(bomb, Content_Encoding="gzip"),
        "busy": say("", status=503, Retry_After="100000"),
        "elsewhere": say("", status=302, Location=f"http://127.0.0.2:{trap.port}/"),
        "drips": lambda played, handler, start: drip(handler),
    }.items()}


class Dois:
    """DataCite's REST API over some DOIs, two on a page, with a trap in place of its pages."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    def page(self, start, total=None, following=None):
        if following is None:
            following = f"?page[cursor]={start + 3}" if start + 2 < len(self.names) else ""
        entries = [{"id": f"10.1234/{name}", "type": "dois", "attributes": {
            "doi": f"10.1234/{name}", "creators": [], "titles": [{"title": f"Title of {name}"}]}}
            for name in self.names[start:start + 2]]
        return json.dumps({"data": entries, "meta": {"total": total or len(self.names)},
                           "links": {"next": following} if following else {}})

    def __call__(self, handler):
        self.lists += 1
        start = int(parse_qs(urlsplit(handler.path).query).get("page[cursor]", ["1"])[0]) - 1
        if self.trap:
            return self.trap(self, handler, start)
        return send(handler, self.page(start), Content_Type="application/json")


class DataciteTraps(Sources):
    """One run over APIs that play every trick; then what became of each source."""

    NAMES = [f"d{n}" for n in range(1, 7)]

    @staticmethod
    def expiring(dois, handler, start):
        if start == 4 and dois.lists == 3:
            return send(handler, "{}", status=400)
        return send(handler, dois.page(start))

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        say, later = OaiTraps.saying, OaiTraps.later
        page = Dois(self.NAMES[:2]).page(0)
        return {
            "honest": (None, "complete", 6),
            "expiring": (self.expiring, "complete", 6),
            "size-too-large": (lambda d, h, start: send(h, d.page(start, total=9)), "incomplete", 6),
            "size-too-small": (lambda d, h, start: send(h, d.page(start, total=2)), "incomplete", 6),
            "size-moves": (lambda d, h, start: send(h, d.page(start, total=6 + start)),
                           "incomplete", 6),
            "same-page": (lambda d, h, start: send(h, d.page(0, following=f"?page[cursor]={d.lists}")),
                          "incomplete", 2),
            "inner-page": (lambda d, h, start: send(h, d.page(
                start, following=f"http://127.0.0.2:{trap.port}/")), "failed", 2),
            "empty-page": (later(say('{"data":[],"meta":{"total":6}}')), "incomplete", 2),
            "nothing": (say('{"data":[],"meta":{"total":0}}'), "complete", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            **no_lists(trap, page, "data"),
            **in_mid_run(trap),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("datacite", 'client = "a"', lambda trap: Dois(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("datacite", Dois, [f"d{n:02}" for n in range(40)], {3, 8, 13, 18, 23},
                     'client = "a"')


class Geonetwork:
    """GeoNetwork over some records, two on a page of its index, with a trap in place of either."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    def page(self, after, total=None, **more):
        names = [name for name in self.names if name > after][:2]
        return json.dumps({"timed_out": False, "_shards": {"failed": 0}, "hits": {
            "total": {"value": len(self.names) if total is None else total, "relation": "eq"},
            "hits": [{"_id": name, "_source": {"uuid": name}} for name in names]}, **more})

    def __call__(self, handler):
        if "/records/" in handler.path and not handler.path.endswith("/_search"):
            name = handler.path.split("/")[-3]
            if self.trap and name == "r3":
                return self.trap(self, handler, None)
            return send(handler, self.record(name))
        self.lists += 1
        after = json.loads(handler.body).get("search_after", [""])[0]
        if self.trap:
            return self.trap(self, handler, after)
        return send(handler, self.page(after), Content_Type="application/json")

    @staticmethod
    def record(name):
        return record(name, f"Title of {name}").replace(
            "<gmd:MD_Metadata>", f"<gmd:MD_Metadata {NAMESPACES}>")


class GeonetworkTraps(Sources):
    """One run over catalogues that play every trick; then what became of each source."""

    NAMES = [f"r{n}" for n in range(1, 7)]

    @staticmethod
    def of_index(answer, is_later=False):
        """The answer in place of a page of the index, or of those but the first."""
        def play(catalogue, handler, after):
            if after is None:
                return send(handler, catalogue.record("r3"))
            if is_later and not after:
                return send(handler, catalogue.page(after))
            return answer(catalogue, handler, after)
        return play

    @staticmethod
    def of_record(answer):
        """The answer in place of the third record."""
        def play(catalogue, handler, after):
            if after is not None:
                return send(handler, catalogue.page(after))
            return answer(catalogue, handler, after)
        return play

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        index, of_record, say = self.of_index, self.of_record, OaiTraps.saying
        page = Geonetwork(self.NAMES).page("")
        bomb = bomb_of(b"[")
        honest = Geonetwork.record("r3")
        elsewhere = say("", status=302, Location=f"http://127.0.0.2:{trap.port}/")
        return {
            "honest": (None, "complete", 6),
            "size-too-large": (index(lambda g, h, after: send(h, g.page(after, total=9))),
                               "incomplete", 6),
            "size-too-small": (index(lambda g, h, after: send(h, g.page(after, total=2))),
                               "incomplete", 6),
            "size-moves": (index(lambda g, h, after: send(h, g.page(after, total=6 + len(after)))),
                           "incomplete", 6),
            "same-page": (index(lambda g, h, after: send(h, g.page(""))), "incomplete", 2),
            "in-part": (index(lambda g, h, after: send(h, g.page(after, timed_out=True)), True),
                        "failed", 2),
            "shards": (index(lambda g, h, after: send(h, g.page(after, _shards={"failed": 1}))),
                       "failed", 0),
            "empty-page": (index(say('{"hits":{"total":6,"hits":[]}}'), True), "incomplete", 2),
            "nothing": (index(say('{"hits":{"total":0,"hits":[]}}')), "incomplete", 0),
            "login-later": (index(say("<html>Sign in</html>"), True), "failed", 2),
            **{name: (index(play), outcome, count) for name, (play, outcome, count)
               in no_lists(trap, page, "hits").items()},
            "error-later": (index(say("", status=500), True), "failed", 2),
            "busy-later": (index(say("", status=429, Retry_After="100000"), True), "failed", 2),
            "elsewhere-later": (index(elsewhere, True), "failed", 2),
            "truncated-later": (index(say(page[:-20]), True), "failed", 2),
            "drips-later": (index(lambda g, h, after: drip(h), True), "failed", 2),
            "record-gone": (of_record(say("", status=404)), "incomplete", 5),
            "record-login": (of_record(say("<html>Sign in</html>")), "incomplete", 5),
            "record-elsewhere": (of_record(elsewhere), "incomplete", 5),
            "record-bomb": (of_record(say(bomb, Content_Encoding="gzip")), "incomplete", 5),
            "record-truncated": (of_record(say(honest[:-20])), "complete", 5),
            "record-busy": (of_record(say("", status=503, Retry_After="100000")), "failed", 2),
            "record-external": (of_record(say(external(trap) + honest.replace(
                "Title of", "&e;&f;"))), "complete", 5),
            "record-laughs": (of_record(say(LAUGHS + honest.replace("Title of", "&a9;"))),
                              "complete", 5),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("geonetwork", "", lambda trap: Geonetwork(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("geonetwork", Geonetwork, [f"d{n:02}" for n in range(40)], {3, 8, 13, 18, 23})


class Portal:
    """An Opendatasoft portal over some data sets, two on a page, with a trap in place of pages."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    def page(self, start, total=None):
        return json.dumps({
            "total_count": len(self.names) if total is None else total,
            "results": [{"dataset_id": name, "metas": {"default": {
                "title": f"Title of {name}", "description": "About it"}}}
                for name in self.names[start:start + 2]]})

    def __call__(self, handler):
        self.lists += 1
        start = int(parse_qs(urlsplit(handler.path).query)["offset"][0])
        if self.trap:
            return self.trap(self, handler, start)
        return send(handler, self.page(start), Content_Type="application/json")


class PortalTraps(Sources):
    """One run over portals that play every trick; then what became of each source."""

    NAMES = [f"d{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        say, later = OaiTraps.saying, OaiTraps.later
        page = Portal(self.NAMES[:2]).page(0)
        return {
            "honest": (None, "complete", 6),
            "size-too-large": (lambda p, h, start: send(h, p.page(start, total=9)), "incomplete", 6),
            "size-too-small": (lambda p, h, start: send(h, p.page(start, total=2)), "incomplete", 6),
            "size-moves": (lambda p, h, start: send(h, p.page(start, total=6 + start)),
                           "incomplete", 6),
            "same-page": (lambda p, h, start: send(h, p.page(0, total=900)), "incomplete", 2),
            "empty-page": (later(say('{"total_count":6,"results":[]}')), "incomplete", 2),
            "nothing": (say('{"total_count":0,"results":[]}'), "incomplete", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            **no_lists(trap, page, "results"),
            **in_mid_run(trap),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("opendatasoft", "", lambda trap: Portal(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("opendatasoft", Portal, [f"d{n:02}" for n in range(40)], {3, 8, 13, 18, 23})


class Dataverse:
    """A Dataverse over some data sets, two on a page, with a trap in place of pages."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    def page(self, start, total=None):
        return json.dumps({"status": "OK", "data": {
            "total_count": len(self.names) if total is None else total,
            "items": [{"type": "dataset", "global_id": f"doi:10.1234/{name}"}
                      for name in self.names[start:start + 2]]}})

    @staticmethod
    def dataset(identifier):
        name = identifier.rpartition("/")[2]
        return json.dumps({"datasetVersion": {"metadataBlocks": {"citation": {"fields": [
            {"typeName": "title", "value": f"Title of {name}"}]}}}})

    def __call__(self, handler):
        query = parse_qs(urlsplit(handler.path).query)
        of_dataset = getattr(self.trap, "of_dataset", None)
        if "persistentId" in query:
            name = query["persistentId"][0]
            if of_dataset and name.endswith("/d3"):
                return of_dataset(self, handler, None)
            return send(handler, self.dataset(name))
        self.lists += 1
        start = int(query["start"][0])
        if self.trap and not of_dataset:
            return self.trap(self, handler, start)
        return send(handler, self.page(start), Content_Type="application/json")


class OfDataset:
    """The answer in place of the third data set."""

    def __init__(self, answer):
        self.of_dataset = answer


class DataverseTraps(Sources):
    """One run over Dataverses that play every trick; then what became of each source."""

    NAMES = [f"d{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        say, later = OaiTraps.saying, OaiTraps.later
        page = Dataverse(self.NAMES[:2]).page(0)
        empty = '{"data":{"total_count":%d,"items":[]}}'
        whole = Dataverse.dataset("10.1234/d3")
        elsewhere = say("", status=302, Location=f"http://127.0.0.2:{trap.port}/")
        return {
            "honest": (None, "complete", 6),
            "size-too-large": (lambda d, h, start: send(h, d.page(start, total=9)), "incomplete", 6),
            "size-too-small": (lambda d, h, start: send(h, d.page(start, total=2)), "incomplete", 6),
            "size-moves": (lambda d, h, start: send(h, d.page(start, total=6 + start)),
                           "incomplete", 6),
            "same-page": (lambda d, h, start: send(h, d.page(0, total=900)), "incomplete", 2),
            "empty-page": (later(say(empty % 6)), "incomplete", 2),
            "nothing": (say(empty % 0), "incomplete", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            **no_lists(trap, page, "data"),
            **in_mid_run(trap),
            "dataset-gone": (OfDataset(say("", status=404)), "incomplete", 5),
            "dataset-login": (OfDataset(say("<html>Sign in</html>")), "incomplete", 5),
            "dataset-elsewhere": (OfDataset(elsewhere), "incomplete", 5),
            "dataset-bomb": (OfDataset(say(bomb_of(b"{"), Content_Encoding="gzip")),
                             "incomplete", 5),
            "dataset-truncated": (OfDataset(say(whole[:-20])), "complete", 5),
            "dataset-busy": (OfDataset(say("", status=503, Retry_After="100000")), "failed", 2),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("dataverse", "", lambda trap: Dataverse(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)

    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("dataverse", Dataverse, [f"d{n:02}" for n in range(40)], {3, 8, 13, 18, 23})


class StacTraps(Sources):
    def setUp(self):
        super().setUp()
        self.web = Web()
        self.addCleanup(self.web.close)

    def json(self, path, content):
        self.web.pages[path] = lambda handler: send(
            handler, json.dumps(content(handler) if callable(content) else content),
            Content_Type="application/json")

    def collection(self, name):
        return {"type": "Collection", "stac_version": "1.0.0", "id": name, "title": name,
                "description": "d", "license": "other", "links": [],
                "extent": {"spatial": {"bbox": [[0, 0, 1, 1]]},
                           "temporal": {"interval": [["2024-01-01T00:00:00Z", None]]}}}

    def item(self, name, geometry):
        return {"type": "Feature", "stac_version": "1.0.0", "id": name, "collection": "c",
                "geometry": geometry, "properties": {"datetime": "2024-01-01T00:00:00Z"},
                "links": [], "assets": {}}

    def serve(self, name, items, **more):
        root = f"{self.web.url}/{name}"
        self.json(f"/{name}", {"type": "Catalog", "stac_version": "1.0.0", "id": name,
                               "description": "d", "links": [
                                   {"rel": "data", "href": f"{root}/collections"},
                                   {"rel": "search", "href": f"{root}/search", "method": "POST"}]})
        self.json(f"/{name}/collections", {"collections": [{
            **self.collection("c"),
            "links": [{"rel": "items", "href": f"{root}/collections/c/items"}]}], "links": []})
        self.json(f"/{name}/collections/c/items", items)
        self.source(name, "stac-api", root, "items = true\npage_size = 2", ["127.0.0.1/32"], **more)

    def test_links_to_next_pages_in_every_form(self):
        def items(next_of):
            def answer(handler):
                token = int(parse_qs(urlsplit(handler.path).query).get("token", ["0"])[0])
                features = [self.item(f"i{token}", None if token == 1 else
                                      {"type": "Point", "coordinates": [0, 0]})]
                return {"type": "FeatureCollection", "features": features,
                        "links": next_of(token) if token < 2 else []}
            return answer

        path = "/collections/c/items"
        self.serve("absolute", items(lambda n: [
            {"rel": "next", "href": f"{self.web.url}/absolute{path}?token={n + 1}"}]))
        self.serve("relative", items(lambda n: [{"rel": "next", "href": f"?token={n + 1}"}]))
        self.serve("same", items(lambda n: [
            {"rel": "next", "href": f"{self.web.url}/same{path}?token=1"}]))
        self.serve("foreign", items(lambda n: [
            {"rel": "next", "href": f"http://127.0.0.2:{self.web.port}/x"}]))
        self.serve("endless", lambda handler: {
            "type": "FeatureCollection", "features": [],
            "links": [{"rel": "next", "href": f"?token={len(self.web.asked)}"}]})
        lines, said, _ = self.harvest()
        self.assertRegex(lines["absolute"], "^complete,.* 4 created")  # a collection and three items
        self.assertRegex(lines["relative"], "^complete,.* 4 created")
        self.assertRegex(lines["same"], "^incomplete,.* 3 created")
        self.assertNotRegex(lines["foreign"], "^complete")
        self.assertNotRegex(lines["endless"], "^complete")
        self.assertLess(len(self.web.asked), 60)

    def test_a_next_page_by_post_with_and_without_merging(self):
        def items(handler):
            size = int(handler.headers.get("Content-Length") or 0)
            asked = json.loads(self.web.asked[-1][2]) if size else {}
            n = int(asked.get("token", 0))
            links = [{"rel": "next", "method": "POST", "merge": True, "href": f"{self.web.url}/"
                      "post/search", "body": {"token": str(n + 1)}}] if n < 2 else []
            return {"type": "FeatureCollection", "links": links, "features": [
                self.item(f"p{n}", {"type": "Point", "coordinates": [0, 0]})]}
        self.serve("post", items)
        self.text = self.text.replace("items = true", 'items = true\nitems_from = "search"')
        self.json("/post/search", items)
        lines, said, _ = self.harvest()
        self.assertRegex(lines["post"], "^complete,.* 4 created", said)
        bodies = [json.loads(body) for method, path, body, _ in self.web.asked
                  if method == "POST" and path == "/post/search"]
        self.assertEqual([body.get("token") for body in bodies], [None, "1", "2"])
        for body in bodies:  # merged: the query stays
            self.assertEqual(body["collections"], ["c"])

    def items(self):
        return {"type": "FeatureCollection", "links": [], "features": [
            self.item("i1", {"type": "Point", "coordinates": [0, 0]}), self.item("i2", None)]}

    def behind_a_page(self, answer):
        """The answer in place of the second of two pages."""
        def play(handler):
            if "n=2" in handler.path:
                return answer(handler)
            whole = {**self.items(), "numberMatched": 4, "links": [
                {"rel": "next", "href": urlsplit(handler.path).path + "?n=2"}]}
            return send(handler, json.dumps(whole), Content_Type="application/json")
        return play

    def leading(self, to):
        """A page whose next one is there."""
        whole = {**self.items(), "links": [{"rel": "next", "href": to}]}
        return lambda handler: send(handler, json.dumps(whole), Content_Type="application/json")

    def traps(self, trap):
        """name: (the answer for the items of its one collection, how the run ends, items that it
        brings)"""
        items, behind = self.items(), self.behind_a_page
        whole = json.dumps(items)
        bomb = bomb_of(b'{"type":"FeatureCollection","features":[')
        moved = f"http://127.0.0.2:{trap.port}/"
        said = {"Content_Type": "application/json"}
        point = items["features"][0]["geometry"]
        more = json.dumps({**items, "numberMatched": 4, "features": [
            self.item("i3", point), self.item("i4", point)]})
        return {
            "honest": (lambda h: send(h, whole, **said), "complete", 2),
            "two-pages": (behind(lambda h: send(h, more, **said)), "complete", 4),
            "login": (lambda h: send(h, "<html>Sign in</html>", Content_Type="text/html"), None, 0),
            "truncated": (lambda h: send(h, whole[:-20], **said), None, 0),
            "no-list": (lambda h: send(h, '{"features":7}', **said), None, 0),
            "no-json": (lambda h: send(h, b"\x00\xff" * 1_000, **said), None, 0),
            "deep": (lambda h: send(h, "[" * 1_000_000, **said), None, 0),
            "bomb": (lambda h: send(h, bomb, Content_Encoding="gzip", **said), None, 0),
            "busy": (lambda h: send(h, "", 429, Retry_After="100000"), None, 0),
            "elsewhere": (lambda h: send(h, "", 302, Location=moved), None, 0),
            "drips": (drip, None, 0),
            "repeated": (lambda h: send(h, json.dumps(
                {**items, "features": items["features"] * 3, "numberMatched": 6}), **said), None, 2),
            "moving": (behind(lambda h: send(h, more.replace('"i3"', '"i2"'), **said)), None, 3),
            "nameless": (lambda h: send(h, json.dumps({**items, "features": [
                {**self.item("", point), "id": 7}, 7, None, self.item("i1", point)]}), **said),
                None, 1),
            "size-too-large": (lambda h: send(h, json.dumps({**items, "numberMatched": 9}), **said),
                               None, 2),
            "expiring": (behind(lambda h: send(h, "{}", 400)), None, 2),
            "circle": (self.leading("?n=1"), None, 2),
            "inner-page": (self.leading(moved), None, 2),
            "login-later": (behind(lambda h: send(h, "<html>Sign in</html>")), None, 2),
            "truncated-later": (behind(lambda h: send(h, more[:-20], **said)), None, 2),
            "error-later": (behind(lambda h: send(h, "", 500)), None, 2),
            "busy-later": (behind(lambda h: send(h, "", 429, Retry_After="100000")), None, 2),
            "elsewhere-later": (behind(lambda h: send(h, "", 302, Location=moved)), None, 2),
            "drips-later": (behind(drip), None, 2),
        }

    def test_every_trap_ends_as_it_should(self):
        trap = Trap(["127.0.0.1", "127.0.0.2"])
        self.addCleanup(trap.close)
        traps = self.traps(trap)
        for name, (answer, _, _) in traps.items():
            self.serve(name, self.items(), timeout=2 if name.startswith("drips") else 20)
            self.web.pages[f"/{name}/collections/c/items"] = answer
        lines, _, code = self.harvest()
        self.assertEqual(code, 1)
        for name, (_, outcome, count) in traps.items():
            with self.subTest(trap=name):
                self.assertEqual(lines[name].startswith("complete,"), outcome == "complete")
                self.assertRegex(lines[name], rf" {count + 1} created")
        self.assertEqual(trap.connections, 0)
        self.assertLess(len(self.web.asked), 150)


class FileTraps(Sources):
    def folder_of(self, name):
        folder = self.folder / name
        folder.mkdir()
        self.source(name, "files", str(folder))
        return folder

    def test_every_trap_ends_as_it_should(self):
        trap = Trap(["127.0.0.1"])
        self.addCleanup(trap.close)
        (self.folder / "secret.json").write_text(json.dumps({
            "type": "Feature", "id": "secret", "geometry": None, "properties": {}}))
        whole = json.dumps({"type": "Collection", "stac_version": "1.0.0", "id": "whole",
                            "description": "d", "license": "other", "links": [], "extent": {
                                "spatial": {"bbox": [[0, 0, 1, 1]]},
                                "temporal": {"interval": [["2024-01-01T00:00:00Z", None]]}}})
        gmd = record("r1", "&e;&f;")
        elsewhere = external(trap, (self.folder / "secret.json").as_uri())
        answer = page(["r2"], 1, 0)
        contents = {  # name: (of a file beside a good one, what it is called)
            "external": (elsewhere + gmd, "x.xml"),
            "external-answer": (elsewhere + answer.replace("Title of r2", "&e;&f;"), "x.xml"),
            "laughs": (LAUGHS + gmd.replace("&e;&f;", "&a9;"), "x.xml"),
            "truncated": (whole[:-30], "x.json"),
            "truncated-xml": (gmd[:300], "x.xml"),
            "deep": ("[" * 1_000_000, "x.json"),
            "deep-member": ('{"a":' * 1_000_000, "x.json"),
            "deep-xml": ("<a>" * 1_000_000, "x.xml"),
            "rubbish": ("\x00\x01\x7f" * 1_000, "x.json"),
            "odd-name": ("{}", "a\n\x1b[2J\u202e.json"),
        }
        for name, (content, file) in contents.items():
            folder = self.folder_of(name)
            (folder / "0.json").write_text(whole.replace("whole", name))
            (folder / file).write_text(content)
            (folder / "z.json").write_text(whole.replace("whole", "z-" + name))
        links = self.folder_of("links")
        (links / "0.json").write_text(whole.replace("whole", "links"))
        (links / "out.json").symlink_to(self.folder / "secret.json")
        (links / "around").symlink_to(links)
        (links / "up").symlink_to(self.folder)
        os.mkfifo(links / "pipe.json")
        (links / "device.json").symlink_to("/dev/zero")
        lines, said, _ = self.harvest()
        for name in [*contents, "links"]:
            with self.subTest(trap=name):
                self.assertRegex(lines[name], rf" {1 if name == 'links' else 2} created.* [12] failed")
        self.assertEqual(trap.connections, 0)
        for text in (said, run("--config", "terracat.toml", "export", folder=self.folder)[1]):
            self.assertNotIn("hahaha", text)
            self.assertNotIn('"secret"', text)
            self.assertNotIn("\x1b", text)
            self.assertNotIn("\u202e", text)

class Commands(Sources):
    PROGRAM = """#!/usr/bin/env python3
import json, os, sys
print("connecting to", os.environ["DATABASE"], file=sys.stderr)
for name in sys.argv[1:]:
    print(json.dumps({"type": "Collection", "stac_version": "1.0.0", "id": name,
                      "title": name.title(), "description": "d", "license": "CC-BY-4.0",
                      "links": [], "extent": {"spatial": {"bbox": [[0, 0, 1, 1]]},
                      "temporal": {"interval": [["2024-01-01T00:00:00Z", None]]}}}))
sys.exit(int(os.environ.get("CODE", "0")))
"""

    def program(self, options):
        path = self.folder / "program.py"
        path.write_text(self.PROGRAM)
        path.chmod(0o700)
        self.text = ""
        self.source("script", "command", "program.py",
                    f'arguments = ["rain", "snow; rm -rf /"]\n{options}')
        return self.harvest()

    def test_what_a_program_prints_is_harvested(self):
        lines, said, code = self.program('environment = { DATABASE = "db\\u001b[2J" }')
        self.assertEqual(code, 0, said)
        self.assertRegex(lines["script"], "^complete,.* 2 created")
        self.assertRegex(said, r'"event":"harvest.remark".*"source":"script".*connecting to db \[2J')
        exported = run("--config", "terracat.toml", "export", folder=self.folder)[1]
        self.assertEqual({json.loads(line)["title"] for line in exported.splitlines()},
                         {"Rain", "Snow; Rm -Rf /"})
        lines, _, _ = self.program('environment = { DATABASE = "db" }')
        self.assertRegex(lines["script"], "^complete,.* 0 created, 0 updated, 2 unchanged")

    def test_a_program_that_fails_is_told_with_its_last_words(self):
        lines, said, code = self.program('environment = { DATABASE = "db", CODE = "4" }')
        self.assertEqual(code, 1)
        self.assertRegex(lines["script"], "^failed,.* 2 created")
        self.assertIn("the program ended with exit code 4; it said: connecting to db", said)
        _, said, _ = self.program("")
        self.assertIn("KeyError: 'DATABASE'", said)

    def test_a_wrong_option_is_told_before_anything_starts(self):
        self.source("script", "command", "program.py", 'command = "rm -rf /"')
        _, said, code = self.harvest()
        self.assertEqual(code, 78)
        self.assertIn("unknown option 'command'; there are arguments, environment, folder", said)


if __name__ == "__main__":
    unittest.main()
