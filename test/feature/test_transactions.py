"""Items written by HTTP into a running server, which keeps what it has acknowledged."""

import json
import os
import signal
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import terracat

KEY = "key-of-the-feature-test"
REAL_SCHEMAS = Path(os.environ.get("TERRACAT_CORPUS", "/nonexistent")).parent / "conformance/schemas"
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

    # ---- Schemas of extensions

    DEPTH = "https://example.org/depth/v1.0.0/schema.json"

    def write_schema(self, path, schema):
        file = self.folder / "schemas" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(schema))

    def write_depth(self, least=0):
        """A measured depth wherever there may be one, in a file apart."""
        draft = {"$schema": "http://json-schema.org/draft-07/schema#"}
        fields = {"properties": {"depth:max": {"$ref": "parts/number.json#/definitions/depth"}}}
        self.write_schema("example.org/depth/v1.0.0/schema.json", {
            **draft, "$id": self.DEPTH + "#",
            "oneOf": [
                {"properties": {"type": {"const": "Feature"}, "properties": {
                    "allOf": [{"required": ["depth:max"]}, fields]}}},
                {"properties": {"type": {"const": "Collection"}}, **{"allOf": [fields]}}]})
        self.write_schema("example.org/depth/v1.0.0/parts/number.json", {
            **draft, "$id": "https://example.org/depth/v1.0.0/parts/number.json",
            "definitions": {"depth": {"type": "number", "minimum": least}}})

    def judged(self):
        self.write_depth()
        return self.serve(TERRACAT_TRANSACTIONS_SCHEMAS="schemas")

    def deep(self, name, depth, extension=DEPTH):
        return {**item(name, **({} if depth is None else {"depth:max": depth})),
                "stac_extensions": [extension]}

    def refused(self, answer):
        status, _, body = answer
        problem = json.loads(body)
        self.assertEqual((status, problem.get("code")), (400, "invalid-body"), body)
        return problem["where"], problem["detail"]

    def test_a_schema_of_an_extension_is_applied(self):
        server = self.judged()
        self.assertEqual(self.refused(ask(server, "POST", ITEMS, self.deep("one", "deep"))),
                         ("/properties/depth:max", "expected a number; so says " + self.DEPTH))
        self.assertEqual(self.refused(ask(server, "POST", ITEMS, self.deep("one", None)))[0],
                         "/properties/depth:max")
        self.assertEqual(ask(server, "POST", ITEMS, self.deep("one", 12.5))[0], 201)
        # Who does not name it may say what he likes, and the folder has not all there are.
        self.assertEqual(ask(server, "POST", ITEMS, item("two", **{"depth:max": "deep"}))[0], 201)
        other = self.deep("three", "deep", "https://example.org/other/v1.0.0/schema.json")
        self.assertEqual(ask(server, "POST", ITEMS, other)[0], 201)
        several = {"type": "FeatureCollection",
                   "features": [self.deep("four", 1), self.deep("five", -1)]}
        self.assertEqual(self.refused(ask(server, "POST", ITEMS, several))[0],
                         "/features/1/properties/depth:max")
        self.assertEqual(server.get(ITEMS + "/four")[0], 404)
        change = {"properties": {"depth:max": -1}}
        patched = ask(server, "PATCH", ITEMS + "/one", change, If_Match="*",
                      Content_Type="application/merge-patch+json")
        self.assertEqual(self.refused(patched)[0], "/properties/depth:max")
        collection = {**COLLECTION, "id": "sea", "stac_extensions": [self.DEPTH]}
        self.assertEqual(self.refused(ask(server, "POST", "/stac/collections",
                                          {**collection, "depth:max": "deep"}))[0], "/depth:max")
        self.assertEqual(ask(server, "POST", "/stac/collections", collection)[0], 201)

    def test_schemas_that_cannot_be_applied_are_told_at_the_start(self):
        here = {"folder": self.folder, "TERRACAT_TRANSACTIONS_SCHEMAS": "schemas"}
        code, _, said = terracat.run("config", "check", **here)
        self.assertEqual(code, 78)
        self.assertIn("transactions.schemas: schemas: No such file or directory", said)
        self.write_depth()
        self.assertEqual(terracat.run("config", "check", **here)[0], 0)
        number = self.folder / "schemas/example.org/depth/v1.0.0/parts/number.json"
        number.unlink()
        with self.assertRaises(RuntimeError) as failed:
            self.serve(TERRACAT_TRANSACTIONS_SCHEMAS="schemas")
        for part in ("schemas/example.org/depth/v1.0.0/schema.json#/oneOf/", "/$ref",
                     "there is no schema of the address parts/number.json"):
            self.assertIn(part, str(failed.exception))
        number.write_text("{")
        code, _, said = terracat.run("config", "check", **here)
        self.assertEqual(code, 78)
        self.assertIn("parts/number.json", said)
        self.assertIn("not valid JSON", said)

    def test_schemas_are_read_again_with_the_configuration(self):
        server = self.judged()

        def reload(event):
            before = server.said().count(event)
            server.process.send_signal(signal.SIGHUP)
            for _ in range(300):  # the log alone tells
                if server.said().count(event) > before:
                    return
                time.sleep(0.1)
            self.fail(server.said())

        self.write_schema("broken.json", {"type": "text"})
        reload("config.refused")
        self.assertIn('broken.json#/type: this is no type', server.said())
        self.assertEqual(ask(server, "POST", ITEMS, self.deep("one", 5))[0], 201)
        (self.folder / "schemas/broken.json").unlink()
        self.write_depth(least=10)
        reload("config.reloaded")
        self.assertEqual(self.refused(ask(server, "POST", ITEMS, self.deep("two", 5))),
                         ("/properties/depth:max", "expected 10 or more; so says " + self.DEPTH))

    def test_real_schemas_of_extensions_are_applied(self):
        if not REAL_SCHEMAS.is_dir():
            self.assertNotEqual(os.environ.get("CI"), "true", "TERRACAT_CORPUS names no corpus")
            self.skipTest("TERRACAT_CORPUS names no corpus")
        lacking = REAL_SCHEMAS / "stac-extensions.github.io/storage/v2.0.0"  # without its parts
        for file in REAL_SCHEMAS.rglob("*.json"):
            if lacking in file.parents:
                continue
            link = self.folder / "schemas" / file.relative_to(REAL_SCHEMAS)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
        server = self.serve(TERRACAT_TRANSACTIONS_SCHEMAS="schemas")
        cases = [
            ("eo/v1.1.0", "eo:cloud_cover", 40, 120, ""),
            ("eo/v2.0.0", "eo:cloud_cover", 40, "low", ""),
            ("view/v1.0.0", "view:off_nadir", 1.5, 90.5, ""),
            ("sat/v1.0.0", "sat:orbit_state", "ascending", "upwards", ""),
            ("projection/v1.1.0", "proj:epsg", 32631, "32631", ""),
            ("projection/v2.0.0", "proj:transform", [10, 0, 0, 0, 10, 0], [10, "a"], "/1"),
            ("scientific/v1.0.0", "sci:doi", "10.5067/TERRA", "doi:10.5067", ""),
            ("processing/v1.1.0", "processing:software", {"a": "1"}, "a", ""),
        ]
        for number, (extension, name, good, bad, below) in enumerate(cases):
            with self.subTest(extension):
                address = f"https://stac-extensions.github.io/{extension}/schema.json"
                written = {**item(f"real-{number}", **{name: bad}), "stac_extensions": [address]}
                where, detail = self.refused(ask(server, "POST", ITEMS, written))
                self.assertEqual(where, f"/properties/{name}{below}", detail)
                self.assertTrue(detail.endswith("; so says " + address), detail)
                written["properties"][name] = good
                status, _, body = ask(server, "POST", ITEMS, written)
                self.assertEqual(status, 201, body)


if __name__ == "__main__":
    unittest.main()
