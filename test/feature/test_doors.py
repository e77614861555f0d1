"""What the real program does with clients that ask for too much or for what is not theirs."""

import http.client
import itertools
import json
import os
import random
import re
import socket
import tempfile
import threading
import unittest
from pathlib import Path
from urllib.parse import quote

from statements import Fragments
from terracat import Server, run

# Preloaded, it writes down what is prepared.
RECORDER = os.environ.get("TERRACAT_STATEMENTS")

# What no terminal, log line or header may get: control characters of both ranges, and marks that
# turn the direction of writing.
DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def item(name, collection="c", **properties):
    return {"type": "Feature", "stac_version": "1.1.0", "id": name, "collection": collection,
            "geometry": {"type": "Point", "coordinates": [1, 2]}, "bbox": [1, 2, 1, 2],
            "properties": {"datetime": "2024-01-01T00:00:00Z", **properties},
            "assets": {}, "links": []}


class Door(unittest.TestCase):
    """Each test has a folder of its own, and everything runs in it."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def configure(self, text):
        (self.folder / "terracat.toml").write_text(text)

    def run_here(self, *arguments):
        return run("--config", "terracat.toml", *arguments, folder=self.folder)

    def load(self, documents):
        (self.folder / "documents.ndjson").write_text("\n".join(map(json.dumps, documents)))
        code, said, errors = self.run_here("import", "documents.ndjson")
        self.assertEqual(code, 0, said + errors)

    def connect(self, server, address=None):
        connection = Connection(server, address)
        self.addCleanup(connection.http.close)
        return connection

    def serve(self, **variables):
        server = Server("--config", "terracat.toml", folder=self.folder, **variables)
        self.addCleanup(server.__exit__)
        return server


class Connection:
    """One connection that is kept, for many requests whose targets go out as they are."""

    def __init__(self, server, address=None):
        self.http = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=60)
        self.headers = {"X-Forwarded-For": address} if address else {}

    def ask(self, method, target, body=None):
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
        self.http.request(method, target, body, headers)
        answer = self.http.getresponse()
        return answer.status, answer.headers, answer.read()

    def search(self, body):
        status, headers, answer = self.ask("POST", "/stac/search", json.dumps(body))
        return status, headers, json.loads(answer)


def raw_answer(server, target):
    """All bytes that come back for a request line that no client library would send."""
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as sock:
        sock.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        parts = []
        while part := sock.recv(65536):
            parts.append(part)
    return b"".join(parts)


class Allowance(Door):
    def configure_limits(self, limits):
        self.configure(f'[limits]\ntrusted_proxies = ["127.0.0.0/8"]\n{limits}\n')

    def test_who_asks_for_too_much_waits_and_nobody_else_does(self):
        self.configure_limits("address_rate = 1\naddress_burst = 100")
        server = self.serve()
        client = self.connect(server, "203.0.113.5")
        for _ in range(20_000):
            status, headers, body = client.ask("GET", "/stac/api")
            if status != 200:
                break
        self.assertEqual(status, 429)
        self.assertEqual(headers["RateLimit-Policy"],
                         '"address";q=100;w=100;qu="processor-milliseconds"')
        wait = headers["Retry-After"]
        self.assertRegex(wait, r"^\d+$")
        self.assertEqual(headers["RateLimit"], f'"address";r=0;t={wait}')
        problem = json.loads(body)
        self.assertEqual(problem["code"], "too-many-requests")
        self.assertIn("Retry-After", problem["detail"])
        for other in ("203.0.113.6", "2001:db8::1", "203.0.113.5, 198.51.100.1"):
            self.assertEqual(self.connect(server, other).ask("GET", "/stac/api")[0], 200, other)
        rejected = re.search(r'http_rejected_total\{reason="allowance"\} (\d+)',
                             server.get("/metrics")[2].decode())
        self.assertEqual(rejected.group(1), "1")

    def test_the_limit_can_be_switched_off(self):
        self.configure_limits("address_rate = 0\naddress_burst = 100")
        client = self.connect(self.serve(), "203.0.113.5")
        for _ in range(2_000):
            self.assertEqual(client.ask("GET", "/stac/api")[0], 200)

    def test_proxies_that_are_none_are_told_before_anything_starts(self):
        self.configure('[limits]\ntrusted_proxies = ["proxy.example"]\n')
        code, _, errors = self.run_here("config", "check")
        self.assertEqual(code, 78)
        self.assertIn("limits.trusted_proxies: expected addresses or networks", errors)


class Scans(Door):
    SEARCH = {"collections": ["c"], "query": {"colour": {"eq": "red"}}, "limit": 1}

    def setUp(self):
        super().setUp()
        self.configure('[limits]\ntrusted_proxies = ["127.0.0.0/8"]\nscan_items = 100\n'
                       "address_rate = 0\n")

    def test_searches_without_an_index_take_turns(self):
        self.load([item(f"i{n}", colour="red" if n % 2 else "blue") for n in range(3_000)])
        server = self.serve()
        alone = self.connect(server, "203.0.113.9")
        for _ in range(5):  # one after the other is nobody's trouble
            status, _, found = alone.search(self.SEARCH)
            self.assertEqual((status, found.get("numberMatched")), (200, 1_500))
        answers = []

        def ask_again_and_again():
            client = self.connect(server, "203.0.113.5")
            for _ in range(20):
                answers.append(client.search(self.SEARCH))

        threads = [threading.Thread(target=ask_again_and_again) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(answers), 80)
        self.assertEqual({status for status, _, _ in answers}, {200, 503})
        for status, headers, answer in answers:
            if status == 200:
                self.assertEqual(answer["numberMatched"], 1_500)
            else:
                self.assertEqual(answer["code"], "scan-busy")
                self.assertRegex(headers["Retry-After"], r"^\d+$")
        self.assertEqual(alone.search({**self.SEARCH, "query": {"colour": {"eq": "pink"}}})[2]
                         ["numberMatched"], 0)

    def test_small_collections_are_searched_at_once(self):
        self.load([item(f"i{n}", colour="red") for n in range(100)])
        server = self.serve()
        clients = [self.connect(server, "203.0.113.5") for _ in range(4)]
        threads = [threading.Thread(target=lambda one=one: [
            self.assertEqual(one.search(self.SEARCH)[0], 200) for _ in range(20)])
            for one in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertIn('http_rejected_total{reason="scan"} 0', server.get("/metrics")[2].decode())


class Bounds(Door):
    def setUp(self):
        super().setUp()
        self.configure("")
        self.load([item("a", colour="red")])
        self.client = self.connect(self.serve())

    def refused(self, body, code, *parts):
        status, _, problem = self.client.search(body)
        self.assertEqual((status, problem["code"]), (400, code), problem)
        for part in parts:
            self.assertIn(part, problem["detail"])
        return problem["where"]

    def accepted(self, body):
        status, _, answer = self.client.search(body)
        self.assertEqual(status, 200, answer)

    @staticmethod
    def nested(depth):
        out = {"op": "=", "args": [{"property": "colour"}, "red"]}
        for _ in range(depth - 1):
            out = {"op": "not", "args": [out]}
        return {"filter": out}

    @staticmethod
    def line(positions):
        return {"type": "LineString",
                "coordinates": [[n / positions, (n % 2) / 2] for n in range(positions)]}

    def test_depth_of_filters(self):
        self.accepted(self.nested(32))
        self.refused(self.nested(33), "invalid-filter", "more than 32 deep")
        self.refused({"filter": json.loads("[" * 60 + "]" * 60)}, "invalid-filter")
        status, _, problem = self.client.search({"filter": json.loads("[" * 90 + "]" * 90)})
        self.assertEqual((status, problem["code"]), (400, "invalid-body"))

    def test_parts_of_filters(self):
        def one_of(count):
            return {"op": "in", "args": [{"property": "colour"}, [str(n) for n in range(count)]]}
        self.accepted({"filter": one_of(999)})
        self.refused({"filter": one_of(1_000)}, "invalid-filter", "more than 1000 parts")
        self.refused({"filter": {"op": "or", "args": [one_of(400), one_of(400), one_of(400)]}},
                     "invalid-filter", "more than 1000 parts")
        self.accepted({"query": {"colour": {"in": [str(n) for n in range(999)]}}})
        self.refused({"query": {"colour": {"in": [str(n) for n in range(1_000)]}}},
                     "invalid-filter", "more than 1000 parts")

    def test_positions_of_geometries(self):
        self.accepted({"intersects": self.line(10_000)})
        self.refused({"intersects": self.line(10_001)}, "invalid-body", "more than 10000 positions")

        def meeting(positions):
            return {"op": "s_intersects", "args": [{"property": "geometry"}, self.line(positions)]}
        self.accepted({"filter": meeting(10_000)})
        self.refused({"filter": meeting(10_001)}, "invalid-filter", "more than 10000 positions")
        self.refused({"filter": {"op": "or", "args": [meeting(6_000), meeting(6_000)]}},
                     "invalid-filter", "more than 10000 positions together")

    def test_polygons_that_cross_themselves_everywhere(self):
        generator = random.Random(4)
        ring = [[generator.uniform(-179, 179), generator.uniform(-89, 89)] for _ in range(5_000)]
        where = self.refused({"intersects": {"type": "Polygon", "coordinates": [ring + ring[:1]]}},
                             "invalid-body", "crosses itself too often")
        self.assertEqual(where, "/intersects")

    def test_ids_and_collections(self):
        ids = [f"i{n}" for n in range(10_001)]
        self.accepted({"ids": ids[:-1]})
        self.assertEqual(self.refused({"ids": ids}, "invalid-body", "at most 10000 ids"), "/ids")
        self.accepted({"collections": ids[:-1]})
        self.assertEqual(self.refused({"collections": ids}, "invalid-body",
                                      "at most 10000 ids"), "/collections")

    def test_pages_and_sort_keys(self):
        self.accepted({"limit": 10_000_000})  # counts as the greatest page there is
        self.refused({"sortby": [{"field": "id", "direction": "asc"}] * 5}, "invalid-body", "4")

    def test_bodies(self):
        status, _, answer = self.client.ask("POST", "/stac/search", json.dumps({"x": "y" * 1_048_576}))
        self.assertEqual((status, json.loads(answer)["code"]), (413, "payload-too-large"))


class Traversal(Door):
    SECRET = b"what nobody outside may read"

    def setUp(self):
        super().setUp()
        served = self.folder / "served"
        (served / "below").mkdir(parents=True)
        (self.folder / "secret.txt").write_bytes(self.SECRET)
        (served / "fine.txt").write_text("fine")
        (served / "below" / "also.txt").write_text("also")
        (served / "link.txt").symlink_to(self.folder / "secret.txt")
        (served / "out").symlink_to(self.folder)
        os.mkfifo(served / "pipe")
        (served / 'odd "\r\nX-Evil: 1;\u202e.txt').write_text("odd")
        self.configure(f"""
[[source]]
name = "files"
kind = "files"
address = "{served}"
asset_folder = "{served}"
""")
        self.server = self.serve()

    @staticmethod
    def attempts():
        dots = ["..", "%2e%2e", ".%2e", "%2E.", "%252e%252e", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae",
                "%uff0e%uff0e", "..%00", "..;", "....", "..%20", "%ef%bc%8e%ef%bc%8e", "..%c0%80"]
        slashes = ["/", "%2f", "%2F", "\\", "%5c", "%252f", "%c0%af", "//", "/./", "%2f%2e%2f"]
        for dot, slash, depth, before in itertools.product(dots, slashes, (1, 2), ("", "below/")):
            yield before + (dot + slash) * depth + "secret.txt"
        for path in ("/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd",
                     "link.txt", "out/secret.txt", "out", "out/", "pipe", "", ".", "below", "below/",
                     "fine.txt/..", "fine.txt%00", "fine.txt%00.json", "fine.txt/../../"
                     "secret.txt", "%", "%2", "%zz", "a" * 5_000, "below/" * 2_000 + "x"):
            yield path

    def test_nothing_outside_the_folder_is_answered(self):
        count = 0
        for path in self.attempts():
            count += 1
            for target in (f"/assets/files/{path}", f"/assets/files%2f{path}",
                           f"/assets/../assets/files/{path}"):
                answer = raw_answer(self.server, target.encode())
                status = answer[9:12]
                self.assertIn(status, (b"400", b"404"), (target, answer[:200]))
                self.assertNotIn(self.SECRET, answer, target)
                self.assertNotIn(b"root:", answer, target)
                self.assertNotIn(str(self.folder).encode(), answer, target)
        self.assertGreater(count, 500)
        self.assertEqual(self.server.get("/assets/files/fine.txt")[2], b"fine")

    def test_what_is_answered_cannot_act_in_a_browser(self):
        status, headers, _ = self.server.get("/assets/files/below/also.txt")
        self.assertEqual(status, 200)
        self.assertIn("sandbox", headers["Content-Security-Policy"])
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Content-Disposition"],
                         "attachment; filename=\"also.txt\"; filename*=UTF-8''also.txt")

    def test_a_hostile_name_stays_in_its_header(self):
        target = "/assets/files/" + quote('odd "\r\nX-Evil: 1;\u202e.txt')
        head = raw_answer(self.server, target.encode()).split(b"\r\n\r\n")[0].decode("ascii")
        self.assertTrue(head.startswith("HTTP/1.1 200 "), head)
        self.assertEqual([line for line in head.split("\r\n") if line.startswith("X-Evil")], [])
        self.assertIn('filename="odd ___X-Evil: 1;', head)


class HostileText(Door):
    TEXTS = {
        "markup": "</title><script>alert(1)</script><img src=x onerror=alert(1)>",
        "terminal": "\x1b]0;owned\x07\x1b[2J\x1b[31mred\u009b31m",
        "direction": "invoice\u202egpj.exe\u2066\u200f",
        "formula": "=HYPERLINK(\"http://evil.example\",\"click\")",
        "lines": "one\r\nSet-Cookie: a=b\r\n\r\n{\"level\":\"error\"}\n",
        "template": "{{7*7}} ${7*7} <%= 7*7 %> #{7*7}",
        "json": "\"},{\"id\":\"forged\"",
    }

    def setUp(self):
        super().setUp()
        folder = self.folder / "metadata"
        folder.mkdir()
        for name, text in self.TEXTS.items():
            collection = {"type": "Collection", "stac_version": "1.1.0", "id": name, "title": text,
                          "description": text, "license": "other", "keywords": [text],
                          "links": [{"rel": "about", "href": "javascript:alert(1)"}],
                          "extent": {"spatial": {"bbox": [[0, 0, 3, 3]]},
                                     "temporal": {"interval": [["2024-01-01T00:00:00Z", None]]}}}
            documents = [collection, item("i-" + name, name, title=text),
                         {"type": "Feature", "id": text, "stac_version": "1.0.0",
                          "collection": text, "properties": {"title": text}}]
            (folder / f"{name}.ndjson").write_text("\n".join(map(json.dumps, documents)))
        self.configure(f"""
[site]
title = "Site <b onclick=alert(1)> & 'co'"
[[source]]
name = "evil"
kind = "files"
address = "{folder}"
""")

    def test_it_stays_text_in_every_answer(self):
        code, said, errors = self.run_here("harvest")
        self.assertEqual(code, 0, said + errors)
        self.assertIn(f"{len(self.TEXTS)} failed", said)
        outputs = [said, errors]
        for command in (["sources"], ["runs"], ["runs", "1"], ["check"]):
            code, said, errors = self.run_here(*command)
            outputs += [said, errors]
        exported = self.run_here("export")[1]
        for text in outputs:
            self.assertIsNone(DANGEROUS.search(text), repr(text))
        self.assertIsNone(re.search("[\x00-\x08\x0b-\x1f]", exported), repr(exported))
        server = self.serve()
        found = {one["id"]: one for one in server.json("/stac/collections")["collections"]}
        self.assertEqual(set(found), set(self.TEXTS))
        for name, text in self.TEXTS.items():
            self.assertEqual(re.sub(r"\s", "", DANGEROUS.sub("", found[name]["title"])),
                             re.sub(r"\s", "", DANGEROUS.sub("", text)))
            self.assertNotIn("javascript:", json.dumps(found[name]))
        paths = ["/stac", "/stac/collections", "/stac/search", "/features/collections",
                 *(f"/stac/collections/{name}/items" for name in self.TEXTS)]
        for path in paths:
            status, headers, body = server.get(path)
            self.assertEqual(status, 200, path)
            self.assertIn("json", headers["Content-Type"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertIsNone(re.search(rb"[\x00-\x08\x0b-\x1f]", body), path)
        for path in ("/", "/stac/api.html"):
            status, headers, body = server.get(path, Accept="text/html")
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
            self.assertNotIn(b"<b onclick", body)
            self.assertNotIn(b"<script>alert", body)

    def test_what_clients_send_does_not_steer_the_log(self):
        server = self.serve()
        for text in self.TEXTS.values():
            for target in ("/stac/collections/" + quote(text, safe=""), "/" + quote(text, safe=""),
                           "/stac/search?ids=" + quote(text)):
                server.get(target, **{"X-Request-Id": quote(text), "User-Agent": quote(text)})
            raw_answer(server, b"/\xe2\x80\xae\x1b[2J" + text.encode().replace(b"\n", b""))
        server.stop()
        lines = server.said().splitlines()
        self.assertGreater(len(lines), 20)
        for line in lines:
            self.assertIsNone(DANGEROUS.search(line), repr(line))
            self.assertIn("event", json.loads(line) | {"event": 1})


class Injection(Door):
    PARAMETERS = ["bbox", "datetime", "ids", "collections", "intersects", "sortby", "fields",
                  "query", "filter", "filter-lang", "filter-crs", "limit", "token"]
    PIECES = [
        "'", "''", '"', "\\", "`", ";", "--", "/*", "*/", "#", "%", "_", "(", ")", "[", "]", "{", "}",
        ",", ".", "..", ":", "=", "<>", "||", "&&", "+", "-", "~", "?", "@", "$", "$1", ":1", "?1",
        "\x00", "\n", "\t", "\ufeff", "\u202e", "é", "\U0001f30d", "\x7f", " OR 1=1", " AND 1=0 ",
        " UNION SELECT sql FROM sqlite_master", "DROP TABLE item", "ATTACH DATABASE 'x' AS y",
        "PRAGMA writable_schema=1", "load_extension('x')", "randomblob(1000000000)",
        "ST_Buffer(geometry, 1)", "json_extract(body,'$')", "CASE WHEN 1 THEN", "NULL", "1e999",
        "-0", "NaN", "0x41", "99999999999999999999", "id", "colour", "datetime", "geometry", "i.id",
        "properties.colour", "2024-01-01T00:00:00Z", "../../etc/passwd", "<script>", "${jndi:x}",
        "{{7*7}}", '{"op":"=","args":[', '{"property":"colour"}', '"red"', "]}", '{"colour":{"eq":',
        '{"type":"Point","coordinates":[', "1,2", "]}", "true", "null", '{"timestamp":"',
    ]

    def setUp(self):
        super().setUp()
        self.configure("")
        self.load([item(f"i{n}", colour="red", gsd=n) for n in range(20)])

    def strings(self, count):
        generator = random.Random(20261127)
        for _ in range(count):
            yield "".join(generator.choices(self.PIECES, k=generator.randint(1, 6)))

    def targets(self):
        """(method, target, body) for 5,000 strings, each in one place."""
        for number, text in enumerate(self.strings(5_000)):
            place = number % (len(self.PARAMETERS) + 4)
            escaped = quote(text, safe="")
            if place < len(self.PARAMETERS):
                name = self.PARAMETERS[place]
                more = "&filter-lang=cql2-json" if name == "filter" else ""
                if name != "sortby" and number % 2:
                    more += "&sortby=id"  # for the store, whatever the index could answer
                yield "GET", f"/stac/search?{name}={escaped}{more}", None
            elif place == len(self.PARAMETERS):
                yield "GET", f"/stac/collections/{escaped}", None
            elif place == len(self.PARAMETERS) + 1:
                yield "GET", f"/stac/collections/c/items/{escaped}?{escaped}", None
            elif place == len(self.PARAMETERS) + 2:
                name = self.PARAMETERS[number % len(self.PARAMETERS)]
                yield "POST", "/stac/search", json.dumps({name: text, text: text})
            else:
                bodies = [{"filter": {"op": "=", "args": [{"property": "colour"}, text]}},
                          {"filter": {"op": text, "args": [{"property": "colour"}, "x"]}},
                          {"filter": {"op": "like", "args": [{"property": "colour"}, text]}},
                          {"filter": {"op": "=", "args": [{"property": text}, text]}},
                          {"query": {"colour": {"contains": text, "startsWith": text}}},
                          {"query": {text: {"eq": text}}}, {"ids": [text]},
                          {"sortby": [{"field": text, "direction": "asc"}]}]
                yield "POST", "/stac/search", json.dumps(bodies[number % len(bodies)])

    def judge_statements(self, statements):
        """None has a part that is no literal of the store's source."""
        fragments = Fragments()
        self.assertGreater(len(statements), 20)
        for statement in statements:
            self.assertTrue(fragments.make(statement), statement)
        spoilt = [one.replace("?", "'red'", 1) for one in statements if "?" in one]
        spoilt += [one + " UNION SELECT sql FROM sqlite_master" for one in statements]
        self.assertFalse(any(map(fragments.make, spoilt)))

    def test_no_string_is_more_than_a_value(self):
        record = self.folder / "statements"
        server = self.serve(**({"LD_PRELOAD": RECORDER, "STATEMENTS": record} if RECORDER else {}))
        at_start = record.stat().st_size if RECORDER else 0
        client = self.connect(server)
        statuses = {}
        for method, target, body in self.targets():
            status, _, answer = client.ask(method, target, body)
            statuses[status] = statuses.get(status, 0) + 1
            self.assertLess(status, 500, (method, target, body, answer))
            json.loads(answer)
            for secret in (b"sqlite", b"SELECT", b"item_body", str(self.folder).encode()):
                if secret.decode() not in (body or "") and quote(secret.decode()) not in target:
                    self.assertNotIn(secret, answer, (target, body))
        self.assertGreater(statuses[200], 200)
        self.assertGreater(statuses[400], 1_000)
        self.assertEqual(client.search({"limit": 1})[2]["numberMatched"], 20)
        server.stop()
        self.assertNotRegex(server.said(), r'"event":"api\.')
        self.assertEqual(self.run_here("check")[0], 0)
        if RECORDER:
            whole = record.read_bytes()
            of_start, prepared = (set(part.decode().split("\0")) - {""}
                                  for part in (whole[:at_start], whole[at_start:]))
            # Some readers are opened when they are needed, and prepare what the first ones did.
            self.judge_statements(prepared - of_start)


if __name__ == "__main__":
    unittest.main()
