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
