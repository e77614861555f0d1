"""What operators are told of runs: by command, by HTTP and on pages."""

import base64
import csv
import io
import json
import unittest

from terracat import Server
from test_command_line import Folder, item
from test_pages import Page

KEY = "key-of-the-operators-here"


class Operators(Folder):
    def setUp(self):
        super().setUp()
        lines = [json.dumps(item("a")), '{"type": "Feature", "id": "=1+1", broken',
                 json.dumps(item("b"))]
        self.run_here("import", self.write("some.ndjson", "\n".join(lines)))

    def test_commands_tell_runs_for_machines(self):
        run, = json.loads(self.succeeds("runs", "--json"))["runs"]
        self.assertEqual((run["number"], run["mode"], run["created"], run["failed"]),
                         (1, "import", 2, 1))
        told = json.loads(self.succeeds("runs", "1", "--json"))
        self.assertEqual(told["run"], run)
        document, = told["documents"]  # of items that are simply taken nothing is told
        self.assertEqual((document["outcome"], document["code"]), ("failed", "json-malformed"))
        self.assertEqual(document["meaning"], "the document is not valid JSON")
        row, = csv.DictReader(io.StringIO(self.succeeds("runs", "1", "--csv")))
        self.assertEqual((row["outcome"], row["code"]), ("failed", "json-malformed"))
        code, _, errors = self.run_here("runs", "--csv")
        self.assertEqual(code, 2)
        self.assertIn("run", errors)
        self.assertEqual(self.run_here("runs", "7", "--json")[0], 1)

    def test_the_last_run_of_a_source_is_compared_with_those_before(self):
        record = ('<dc xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>Rain</d:title>'
                  '<d:identifier>{}</d:identifier></dc>')
        (self.folder / "records").mkdir()
        for number in range(30):
            self.write(f"records/r{number}.xml", record.format(f"r{number}"))
        self.write("terracat.toml", '[[source]]\nname = "rain"\nkind = "files"\n'
                                    'address = "records"\n')
        for _ in range(3):
            self.succeeds("harvest", "rain")
        for number in range(16):
            (self.folder / f"records/r{number}.xml").unlink()
        self.assertNotIn("unusual", self.succeeds("runs", "--trends"))
        self.succeeds("harvest", "rain")
        source, = json.loads(self.succeeds("runs", "--trends", "--json"))["sources"]
        self.assertEqual(source["source"], "rain")
        self.assertEqual(source["unusual"], [{"what": "documents", "now": 14, "usual": 30},
                                             {"what": "missing", "now": 16, "usual": 0}])
        self.assertEqual([run["documents"] for run in source["runs"]], [14, 30, 30, 30])
        words = "documents 14 (usually 30); missing 16 (usually 0)"
        self.assertIn(f"rain  unusual: {words}\n", self.succeeds("runs", "--trends"))
        rows = list(csv.DictReader(io.StringIO(
            self.succeeds("runs", "--trends", "--csv", "--limit", "2"))))
        self.assertEqual([(row["run"], row["documents"], row["unusual"]) for row in rows],
                         [("5", "14", words), ("4", "30", "")])
        with Server(folder=self.folder, TERRACAT_OPERATORS_API_KEY=KEY) as server:
            def told(query):
                status, _, body = server.get(f"/api/v1/trends{query}", **{"X-API-Key": KEY})
                self.assertEqual(status, 200)
                return body.decode()
            self.assertEqual(json.loads(told("")), {"sources": [source]})
            self.assertEqual(list(csv.DictReader(io.StringIO(told("?limit=2&f=csv")))), rows)
            lines = [json.loads(line) for line in told("?limit=1&f=ndjson").splitlines()]
            self.assertEqual(lines, [{"source": "rain", **source["runs"][0]}])
            self.assertEqual(json.loads(told("?source=nobody")), {"sources": []})
        self.assertEqual(self.run_here("runs", "1", "--trends")[0], 2)

    def test_pages_are_for_who_has_the_key(self):
        password = "Basic " + base64.b64encode(f"anyone:{KEY}".encode()).decode()
        with Server(folder=self.folder, TERRACAT_OPERATORS_API_KEY=KEY) as server:
            for path in ("/fr/operator", "/en/operator", "/fr/operator/runs/1",
                         "/en/operator/runs/1"):
                status, headers, _ = server.get(path)
                self.assertEqual(status, 401)
                self.assertEqual(headers.get_all("WWW-Authenticate"),
                                 ['Basic realm="operators", charset="UTF-8"', "Bearer"])
                status, headers, body = server.get(path, Authorization=password)
                self.assertEqual((status, headers["Cache-Control"]), (200, "no-store"))
                page = Page(body.decode())
                self.assertEqual(page.headings[0], 1)
            self.assertIn("json-malformed", page.text)
            self.assertIn("the document is not valid JSON", page.text)
            links = [link for link in page.links if link.startswith("/api/v1/runs/")]
            self.assertEqual(len(links), 3)
            for link in links:
                self.assertEqual(server.get(link)[0], 401)
                self.assertEqual(server.get(link, **{"X-API-Key": KEY})[0], 200)
            self.assertNotIn(KEY, server.said())


if __name__ == "__main__":
    unittest.main()
