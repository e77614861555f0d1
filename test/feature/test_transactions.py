"""Items written by HTTP into a running server, which keeps what it has acknowledged."""

import json
import signal
import tempfile
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import terracat

KEY = "key-of-the-feature-test"
ITEMS = "/stac/collections/rain/items"
COLLECTION = {"type": "Collection", "stac_version": "1.1.0", "id": "rain", "title": "Rain",
              "description": "What gauges measure", "license": "other", "links": []}


def item(name, day=1, **properties):
    return {"type": "Feature", "stac_version": "1.1.0", "id": name,
            "geometry": {"type": "Point", "coordinates": [2, 44]}, "bbox": [2, 44, 2, 44],
            "properties": {"datetime": f"2024-05-{day:02}T00:00:00Z", **properties}}


def ask(server, method, path, body=None, key=KEY, **headers):
    """(status, headers, body) of an answer, errors included."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    if key:
        headers["X-API-Key"] = key
    if body is not None:
        headers.setdefault("Content-Type", "application/json")
    request = urllib.request.Request(server.local_url + path, method=method, headers=headers,
                                     data=None if body is None else json.dumps(body).encode())
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


class Transactions(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "rain.json").write_text(json.dumps(COLLECTION))
        code, _, said = terracat.run("import", "rain.json", folder=self.folder)
        self.assertEqual(code, 0, said)

    def serve(self, *arguments, **variables):
        variables.setdefault("TERRACAT_TRANSACTIONS_API_KEY", KEY)
        server = terracat.Server(*arguments, folder=self.folder, **variables)
        self.addCleanup(server.__exit__)
        return server

    def test_what_is_acknowledged_is_there_after_a_kill(self):
        server = self.serve()
        for name in ("one", "two", "three"):
            status, headers, body = ask(server, "POST", ITEMS, item(name))
            self.assertEqual(status, 201, body)
            self.assertEqual(headers["Location"], server.url + ITEMS + "/" + name)
        self.assertEqual(ask(server, "DELETE", ITEMS + "/two")[0], 204)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(30)
        again = self.serve()
        found = again.json("/stac/search")
        self.assertEqual({feature["id"] for feature in found["features"]}, {"one", "three"})
        self.assertEqual(again.get(ITEMS + "/two")[0], 410)

    def test_whoever_is_quicker_wins(self):
        server = self.serve()
        _, headers, _ = ask(server, "POST", ITEMS, item("one"))
        tag = headers["ETag"]
        status, headers, _ = ask(server, "PUT", ITEMS + "/one", item("one", day=2), If_Match=tag)
        self.assertEqual(status, 204)
        self.assertEqual(ask(server, "PUT", ITEMS + "/one", item("one", day=3), If_Match=tag)[0], 412)
        change = {"properties": {"title": "Changed"}}
        self.assertEqual(ask(server, "PATCH", ITEMS + "/one", change, If_Match=headers["ETag"],
                             Content_Type="application/merge-patch+json")[0], 204)
        kept = server.json(ITEMS + "/one")["properties"]
        self.assertEqual(kept, {"datetime": "2024-05-02T00:00:00Z", "title": "Changed"})

    def test_nobody_writes_unless_it_is_configured(self):
        server = self.serve(TERRACAT_TRANSACTIONS_API_KEY="")
        status, headers, _ = ask(server, "POST", ITEMS, item("one"))
        self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD, OPTIONS"))
        classes = server.json("/stac/conformance")["conformsTo"]
        self.assertFalse([name for name in classes if "transaction" in name])

    def test_a_server_that_only_reads_says_so(self):
        server = self.serve()
        self.assertEqual(ask(server, "POST", ITEMS, item("one"))[0], 201)
        server.stop()
        reading = self.serve(options=["--read-only"])
        self.assertEqual(ask(reading, "DELETE", ITEMS + "/one")[0], 405)
        self.assertEqual(reading.get(ITEMS + "/one")[0], 200)

    def test_the_key_is_nowhere_to_be_read(self):
        server = self.serve()
        wrong = "another-key-of-a-stranger"
        self.assertEqual(ask(server, "POST", ITEMS, item("one"))[0], 201)
        self.assertEqual(ask(server, "POST", ITEMS, item("two"), key=wrong)[0], 403)
        self.assertEqual(ask(server, "POST", ITEMS, item("two"), key=None)[0], 401)
        server.stop()
        code, shown, said = terracat.run("config", "show", folder=self.folder,
                                         TERRACAT_TRANSACTIONS_API_KEY=KEY)
        self.assertEqual(code, 0, said)
        for text in (server.said(), shown, said):
            self.assertNotIn(KEY, text)
            self.assertNotIn(wrong, text)
        self.assertIn('api_key = "(hidden)"', shown)

    def test_a_body_has_bounds(self):
        server = self.serve(TERRACAT_TRANSACTIONS_MAX_BODY_BYTES="4096")
        large = item("large", title="x" * 5_000)
        self.assertEqual(ask(server, "POST", ITEMS, large)[0], 413)
        self.assertEqual(ask(server, "POST", ITEMS, item("small"))[0], 201)


if __name__ == "__main__":
    unittest.main()
