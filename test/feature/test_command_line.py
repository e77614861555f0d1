"""What a person types and reads: help, versions, imports, exports, exit codes."""

import json
import os
import pty
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from terracat import BINARY, ROOT, Server, environment, run

FIXTURES = ROOT / "test/fixtures/formats"
COMMANDS = ["serve", "harvest", "import", "map", "export", "sources", "edit", "runs", "quality",
            "duplicates", "renamed", "vocabularies", "suggestions", "check", "backup", "restore", "explain",
            "suggest-indexes", "config", "version"]


def item(name, collection="c", **properties):
    return {"type": "Feature", "stac_version": "1.1.0", "id": name, "collection": collection,
            "geometry": {"type": "Point", "coordinates": [1, 2]}, "bbox": [1, 2, 1, 2],
            "properties": {"datetime": "2024-01-01T00:00:00Z", **properties},
            "assets": {}, "links": []}


class Folder(unittest.TestCase):
    """Each test has a folder of its own, and everything runs in it."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def run_here(self, *arguments, stdin=None, **variables):
        return run(*arguments, folder=self.folder, stdin=stdin, **variables)

    def succeeds(self, *arguments, **more):
        code, said, errors = self.run_here(*arguments, **more)
        self.assertEqual(code, 0, said + errors)
        return said

    def write(self, name, content):
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path


class Help(Folder):
    def test_without_a_command_it_says_what_there_is(self):
        code, said, errors = self.run_here()
        self.assertEqual(code, 2)
        self.assertIn("--help", said + errors)

    def test_help_is_enough_to_begin(self):
        said = self.succeeds("--help")
        for command in COMMANDS:
            self.assertRegex(said, rf"(?m)^  {command}\b")
        self.assertIn("Exit codes: 0", said)

    def test_each_command_explains_itself(self):
        for command in COMMANDS:
            said = self.succeeds(command, "--help")
            self.assertIn(command, said)
            self.assertLessEqual(max(map(len, said.splitlines()[2:])), 100, said)
        said = self.succeeds("--help")
        self.assertLessEqual(max(map(len, said.splitlines()[2:])), 100, said)

    def test_the_version_names_the_program_and_its_sqlite(self):
        said = self.succeeds("version")
        self.assertRegex(said, r"^terracat \d+\.\d+\.\d+ \(.+\), SQLite 3\.\d+\.\d+\n$")
        self.assertEqual(self.succeeds("--version"), said)

    def test_a_wrong_word_is_an_error_of_usage(self):
        code, _, errors = self.run_here("harvset")
        self.assertEqual(code, 2)
        self.assertIn("there is no command 'harvset'; there are serve, harvest, import, map", errors)
        code, _, errors = self.run_here("harvest", "--full", "--replay")
        self.assertEqual(code, 2)

    def test_kinds_and_formats_are_listed(self):
        said = self.succeeds("sources", "kinds")
        for kind in ("csw", "oai-pmh", "geonetwork", "stac-api", "stac-static", "ogc-records",
                     "terracat", "dcat", "datacite", "opendatasoft", "dataverse", "aeris", "esgf", "thredds",
                     "erddap", "resto", "odata",
                     "sensorthings", "cds", "waf",
                     "sitemap", "theia-pivot", "files", "command", "push"):
            self.assertRegex(said, rf"(?m)^{kind} ")
        said = self.succeeds("sources", "formats")
        help_of_import = self.succeeds("import", "--help")
        for name in ("iso19139", "iso19115-3", "stac-item", "stac-collection", "ogc-record", "terracat",
                     "dcat", "datacite", "datacite-json", "dublin-core", "opendatasoft",
                     "dataverse", "aeris", "esgf", "theia-pivot", "eml", "erddap", "resto", "odata", "sensorthings", "cds", "atom",
                     "opensearch", "thredds", "schema-org"):
            self.assertRegex(said, rf"(?m)^{name} ")
            self.assertRegex(help_of_import, rf"(?m)^  {name}$")
        code, _, errors = self.run_here("import", "--format", "stac", "x.json")
        self.assertEqual(code, 2)
        self.assertIn("there is no format 'stac'", errors)


class Maps(Folder):
    def values(self, *arguments):
        """What the one document became: value, how it was found and where, by its place."""
        shown = json.loads(self.succeeds("map", "--json", *arguments))
        return {one["where"]: (one["value"], one["found"], one["places"])
                for one in shown["values"]}, shown

    def test_each_value_is_shown_with_the_place_that_says_it(self):
        document = FIXTURES / "iso/full_19139.xml"
        values, shown = self.values(document)
        self.assertEqual(shown["format"], "iso19139")
        self.assertTrue(shown["mapped"])
        value, found, places = values["/native_id"]
        self.assertEqual((value, found), (shown["id"], "same"))
        self.assertEqual(places, ["/MI_Metadata/fileIdentifier/CharacterString"])
        text = self.succeeds("map", document)
        self.assertRegex(text, rf"(?m)^--- {re.escape(shown['id'])} \(iso19139\)$")
        self.assertRegex(text, r"(?m)^/native_id  .*\n    same  /MI_Metadata/fileIdentifier")
        self.assertFalse((self.folder / "terracat.sqlite").exists())

    def test_the_settings_of_a_source_count(self):
        record = {"type": "Feature", "id": "r", "geometry": None, "time": None, "conformsTo": [
            "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"],
            "properties": {"type": "dataset", "title": "Pluie"}, "links": []}
        document = self.write("r.json", record)
        self.write("terracat.toml", '[[source]]\nname = "a"\nkind = "files"\naddress = "x"\n'
                   'language = "fr"\n')
        values, _ = self.values("--source", "a", document)
        self.assertIn("fr", [value for value, _, _ in values.values()])
        self.assertIn(["/properties/title"], [places for _, _, places in values.values()])
        code, _, errors = self.run_here("map", "--source", "b", document)
        self.assertEqual(code, 78)
        self.assertIn("there is no source 'b' in the configuration; there are a", errors)

    def test_a_document_that_is_refused_says_why(self):
        code, said, _ = self.run_here("map", self.write("a.xml", "<unknown/>"))
        self.assertEqual(code, 1)
        self.assertIn("! unexpected-root", said)
        (self.folder / "nothing").mkdir()
        code, _, errors = self.run_here("map", "nothing")
        self.assertEqual((code, errors), (1, "terracat: there is no document in it\n"))
        code, said, _ = self.run_here("map", "nowhere.xml")
        self.assertEqual(code, 1)
        self.assertIn("! file-unreadable  nowhere.xml", said)


class Imports(Folder):
    def test_a_file_of_items_makes_their_collection(self):
        lines = "".join(json.dumps(item(f"i{n}")) + "\n" for n in range(3))
        said = self.succeeds("import", self.write("items.ndjson", lines))
        self.assertIn("3 created", said)
        exported = [json.loads(line) for line in self.succeeds("export").splitlines()]
        self.assertEqual([one["id"] for one in exported], ["c", "i2", "i1", "i0"])
        (link,) = [one for one in exported[1]["links"] if one["rel"] == "collection"]
        self.assertEqual(link["href"], "http://127.0.0.1:8080/stac/collections/c")

    def test_all_ways_to_hand_over_documents(self):
        collection = {"type": "FeatureCollection", "features": [item("a"), item("b")]}
        self.succeeds("import", self.write("collection.json", collection))
        self.succeeds("import", "-", stdin=json.dumps(item("c")) + "\n" + json.dumps(item("d")))
        self.succeeds("import", FIXTURES / "stac/ogc_record.json", FIXTURES / "iso/full_19139.xml")
        folder = self.folder / "folder"
        folder.mkdir()
        (folder / "e.json").write_text(json.dumps(item("e")))
        self.succeeds("import", folder)
        ids = [json.loads(line)["id"] for line in self.succeeds("export").splitlines()]
        self.assertLessEqual({"a", "b", "c", "d", "e", "glacier-velocity"}, set(ids))

    def test_one_broken_document_is_kept_and_told_and_stops_nothing(self):
        text = json.dumps(item("a")) + "\n{\"type\": \"Feature\", broken\n" + json.dumps(item("b"))
        code, said, errors = self.run_here("import", self.write("some.ndjson", text))
        self.assertEqual(code, 1)
        self.assertIn("2 created", said)
        self.assertIn("1 failed", said)
        self.assertIn("terracat runs 1", errors)
        told = self.succeeds("runs", "1")
        self.assertRegex(told, r"failed +json-malformed")
        self.assertIn("broken", told)

    def test_an_export_is_an_import(self):
        named = {"type": "Collection", "stac_version": "1.1.0", "id": "c", "title": "C",
                 "description": "d", "license": "CC-BY-4.0", "links": [],
                 "extent": {"spatial": {"bbox": [[0, 0, 3, 3]]},
                            "temporal": {"interval": [["2024-01-01T00:00:00Z", None]]}}}
        lines = [json.dumps(one) for one in [named, *(item(f"i{n}", gsd=n) for n in range(20))]]
        self.succeeds("import", self.write("items.ndjson", "\n".join(lines)))
        first = self.succeeds("export")
        self.succeeds("--store", "second.sqlite", "import", self.write("again.ndjson", first))
        self.assertEqual(sorted(first.splitlines()),
                         sorted(self.succeeds("--store", "second.sqlite", "export").splitlines()))

    def test_an_export_leaves_out_nothing_but_what_goes_meanwhile(self):
        names = [f"t{n:03}" for n in range(600)]
        lines = [json.dumps({"type": "Collection", "stac_version": "1.1.0", "id": name,
                             "title": name, "description": "d" * 500, "license": "other",
                             "links": [], "extent": {"spatial": {"bbox": [[0, 0, 3, 3]]},
                                                     "temporal": {"interval": [[None, None]]}}})
                 for name in names]
        gone = lines.pop(499)
        self.succeeds("import", self.write("stays.ndjson", "\n".join(lines)))
        self.succeeds("import", self.write("goes.ndjson", gone), "--source", "goes")
        with subprocess.Popen([BINARY, "export"], cwd=self.folder, stdout=subprocess.PIPE,
                              text=True, env=environment()) as process:
            first = process.stdout.readline()  # the pipe has no room for a fourth of the rest
            self.succeeds("sources", "remove", "goes")
            found = [json.loads(line)["id"] for line in [first, *process.stdout]]
        self.assertEqual(process.returncode, 0)
        self.assertEqual(found, names[:499] + names[500:])

    def test_what_is_imported_again_is_unchanged(self):
        file = self.write("item.json", item("a"))
        self.succeeds("import", file)
        self.assertIn("0 created, 0 updated, 1 unchanged", self.succeeds("import", file))
        self.write("item.json", item("a", gsd=5))
        self.assertIn("0 created, 1 updated, 0 unchanged", self.succeeds("import", file))

    def test_hostile_text_does_not_steer_the_terminal(self):
        evil = "title\nlocal: complete, run 9\x1b]0;owned\x07\u202e\x1b[31m"
        document = {"type": "Feature", "id": "\x1b[2J", "properties": {"title": evil}}
        code, said, errors = self.run_here("import", self.write("evil.json", document))
        told = self.run_here("runs", "1")[1]
        for text in (said, errors, told):
            self.assertIsNone(re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", text), repr(text))


class Quality(Folder):
    """How complete descriptions are. A record of one word as its title has half of 4 %."""

    def record(self, name, **properties):
        return {"type": "Feature", "id": name, "time": None, "geometry": None, "links": [],
                "conformsTo": ["http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"],
                "properties": {"type": "dataset", "title": "Wind", **properties}}

    def setUp(self):
        super().setUp()
        self.succeeds("import", "--source", "sky", self.write("a.json", self.record("a")),
                      self.write("b.json", self.record("b", license="CC-BY-4.0")))
        self.succeeds("import", "--source", "sea", self.write("c.json", self.record("c")))

    def test_each_source_has_a_mean_and_what_its_records_are_without(self):
        told = self.succeeds("quality")
        # a: 2, b: 2 + 10, their mean 7
        self.assertRegex(told, r"(?m)^sea +1 records, 2 % complete")
        self.assertRegex(told, r"(?m)^sky +2 records, 7 % complete")
        self.assertRegex(told, r"(?m)^    licence +1 without, 0 in part$")
        sources = json.loads(self.succeeds("quality", "--json", "sky"))["sources"]
        self.assertEqual([(one["source"], one["records"], one["score"]) for one in sources],
                         [("sky", 2, 7)])
        (licence,) = [one for one in sources[0]["criteria"] if one["name"] == "licence"]
        self.assertEqual(licence, {"name": "licence", "missing": 1, "partial": 0, "stated": 1})

    def test_the_records_without_something_are_listed(self):
        told = self.succeeds("quality", "--missing", "licence")
        self.assertRegex(told, r'(?m)^missing +2 %  sky  a  "Wind"$')
        self.assertIn("2 records do not state it wholly", told)
        lines = self.succeeds("quality", "sky", "--missing", "title", "--json").splitlines()
        listed = sorted((one["id"], one["level"], one["score"]) for one in map(json.loads, lines))
        self.assertEqual(listed, [("a", "partial", 2), ("b", "partial", 12)])

    def test_what_is_not_there_is_told(self):
        code, said, errors = self.run_here("quality", "--missing", "licenses")
        self.assertEqual(code, 2)
        self.assertIn("licenses", errors)
        code, said, errors = self.run_here("quality", "land")
        self.assertEqual(code, 1)
        self.assertEqual(errors, "terracat: the catalogue has nothing of a source 'land'\n")


class Progress(Folder):
    def test_a_terminal_sees_one_line_that_is_rewritten(self):
        lines = "".join(json.dumps(item(f"i{n}")) + "\n" for n in range(20_000))
        file = self.write("items.ndjson", lines)
        try:
            leader, follower = pty.openpty()
        except OSError as error:  # a root without /dev/pts
            self.skipTest(f"there is no terminal to be had: {error}")
        process = subprocess.Popen([BINARY, "import", file], cwd=self.folder, env=environment(),
                                   stdout=subprocess.PIPE, stderr=follower)
        os.close(follower)
        seen = b""
        while True:
            try:
                piece = os.read(leader, 4096)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        os.close(leader)
        process.stdout.read()
        self.assertEqual(process.wait(), 0)
        process.stdout.close()
        self.assertRegex(seen.decode(), r"\r\x1b\[Kimport: \d+ documents, \d+/s")


class Configuration(Folder):
    def test_what_is_shown_is_a_configuration(self):
        said = self.succeeds("config", "show")
        self.write("terracat.toml", said)
        self.assertIn("sound", self.succeeds("config", "check"))
        # Paths of a file are taken from its folder.
        here = json.dumps(str(self.folder.resolve() / "terracat.sqlite"))
        expected = said.replace('path = "terracat.sqlite"', f"path = {here}")
        self.assertEqual(self.succeeds("config", "show"), expected)

    def test_passwords_are_not_printed(self):
        self.write("terracat.toml", '[[source]]\nname = "a"\nkind = "csw"\n'
                   'address = "https://jane:s3cret@a.example/csw?token=s3cret"\n')
        for command in (["config", "show"], ["sources"]):
            said = self.succeeds(*command)
            self.assertNotIn("s3cret", said)
            self.assertIn("https://***@a.example/csw?token=***", said)

    def test_the_shipped_file_is_what_is_shown(self):
        shipped = (ROOT / "config/terracat.toml").read_text()
        for line in self.succeeds("config", "show").splitlines():
            self.assertIn(line, shipped)
        self.succeeds("--config", ROOT / "config/terracat.toml", "config", "check")

    def test_the_shipped_schema_is_the_programs(self):
        shipped = json.loads((ROOT / "schemas/config.schema.json").read_text())
        self.assertEqual(json.loads(self.succeeds("config", "show", "--schema")), shipped)

    def test_the_shipped_file_names_every_key_and_every_option(self):
        shipped = (ROOT / "config/terracat.toml").read_text()
        tables = re.split(r"(?m)^(?:# )?\[\[source\]\].*$", shipped)[1:]
        keys = json.loads(self.succeeds("config", "show", "--schema"))["properties"]
        for name in keys["source"]["items"]["properties"]:
            if name != "options":
                self.assertRegex(tables[0], rf"(?m)^# {name} = ")
        for table in ("pole", "vocabulary"):
            for name in keys[table]["items"]["properties"]:
                self.assertRegex(shipped, rf"(?m)^# {name} = ")
        kinds = self.succeeds("sources", "kinds").splitlines()
        for kind in (line.split()[0] for line in kinds):
            table = next((t for t in tables if f'# kind = "{kind}"' in t), None)
            self.assertIsNotNone(table, f"an example of the kind {kind}")
            for option in self.options_of(kind):
                self.assertRegex(table, rf"(?m)^# {option} = ", f"{option} of the kind {kind}")

    def options_of(self, kind):
        """The options that a kind says to have when it is given one that it has not."""
        self.write("terracat.toml", f'[[source]]\nname = "a"\nkind = "{kind}"\naddress = "x"\n'
                   "[source.options]\nno_such_option = 1\n")
        code, _, errors = self.run_here("config", "check")
        self.assertEqual(code, 78)
        said = re.search(r"unknown option 'no_such_option'; there are (.+)", errors).group(1)
        return [] if said == "none" else said.split(", ")

    def test_the_environment_and_the_command_line_win(self):
        self.write("terracat.toml", '[store]\npath = "a.sqlite"\n[api]\nmax_limit = 7000\n')
        shown = self.succeeds("--store", "b.sqlite", "config", "show", TERRACAT_API_MAX_LIMIT="900")
        self.assertIn('path = "b.sqlite"', shown)
        self.assertIn("max_limit = 900\n", shown)

    def test_a_broken_one_is_told_by_its_keys_and_starts_nothing(self):
        self.write("terracat.toml", """
[server]
listen = 8080
prot = 1
[[source]]
name = "a"
kind = "cws"
address = "https://example.org/csw"
""")
        for command in (["serve"], ["harvest"], ["config", "check"]):
            code, _, errors = self.run_here(*command)
            self.assertEqual(code, 78, errors)
            self.assertRegex(errors, r"server\.listen: expected a text, found integer \(line 3\)")
            self.assertRegex(errors, r"server\.prot: there is no such key \(line 4\)")
        self.write("terracat.toml", '[[source]]\nname = "a"\nkind = "cws"\naddress = "x"\n')
        code, _, errors = self.run_here("config", "check")
        self.assertEqual(code, 78)
        self.assertIn("there is no kind 'cws'; there are csw, oai-pmh, geonetwork, stac-api, "
                      "stac-static, ogc-records, terracat, dcat, datacite, opendatasoft, dataverse, aeris, esgf, "
                      "resto, odata, erddap, sensorthings, cds, thredds, waf, sitemap, theia-pivot, files, command, push", errors)
        for kind, expected in (("csw", 78), ("files", 78), ("command", 78), ("push", 0)):
            self.write("terracat.toml", f'[[source]]\nname = "a"\nkind = "{kind}"\n')
            code, _, errors = self.run_here("config", "check")
            self.assertEqual(code, expected, errors)
            self.assertEqual("source 'a'.address: expected an address" in errors, code == 78)
        self.assertEqual(os.listdir(self.folder), ["terracat.toml"])

    def test_an_unknown_source_is_told_with_the_known_ones(self):
        self.write("terracat.toml", '[[source]]\nname = "a"\nkind = "files"\naddress = "x"\n')
        code, _, errors = self.run_here("harvest", "b")
        self.assertEqual(code, 78)
        self.assertIn("there is no source 'b'", errors)
        self.assertIn("there are a", errors)


class Serving(Folder):
    def test_without_any_configuration(self):
        with Server(folder=self.folder) as server:
            self.assertEqual(server.json("/health/live")["status"], "ok")
            self.assertEqual(server.json("/health/ready")["status"], "ready")
            self.assertEqual(server.json("/stac/collections")["collections"], [])
            status, headers, body = server.get("/", Accept="text/html")
            self.assertIn("text/html", headers["Content-Type"])
            self.assertEqual(server.stop(), 0)

    def test_what_was_kept_from_before_a_change_of_settings_is_not_taken_for_the_same(self):
        settings = ('[site]\npublic_url = "https://data.example"\n'
                    '[api]\nsortables = []\n')
        self.write("terracat.toml", settings)
        self.write("items.ndjson", json.dumps(item("a", checked=1)))
        self.succeeds("import", "items.ndjson")

        def ask(**headers):
            with Server(folder=self.folder) as server:
                server.url = server.local_url
                return server.get("/stac/sortables", **headers)

        _, headers, body = ask()
        self.assertNotIn("checked", json.loads(body)["properties"])
        kept = {"If-None-Match": headers["ETag"]}
        self.assertEqual(ask(**kept)[0], 304)
        self.write("terracat.toml", settings.replace("[]", '["checked"]'))
        status, _, body = ask(**kept)
        self.assertEqual(status, 200)
        self.assertIn("checked", json.loads(body)["properties"])

    def test_the_log_is_json_with_request_ids(self):
        with Server(folder=self.folder) as server:
            _, headers, _ = server.get("/stac")
            server.stop()
            lines = [json.loads(line) for line in server.said().splitlines()]
        mine = [one for one in lines if one.get("request_id") == headers["X-Request-Id"]]
        self.assertEqual([(one["route"], one["status"]) for one in mine], [("/stac", 200)])

    def test_metrics_name_what_operators_watch(self):
        with Server(folder=self.folder) as server:
            server.get("/stac")
            for _ in range(100):  # a request is counted when its answer has left
                text = server.get("/metrics")[2].decode()
                if "terracat_http_requests_total" in text:
                    break
        for name in ("http_requests_total", "http_request_duration_seconds", "queue_depth",
                     "queue_wait_seconds", "store_revision", "store_commit_duration_seconds",
                     "store_checkpoint_duration_seconds", "store_wal_bytes", "store_file_bytes",
                     "harvest_run_duration_seconds",
                     "build_info"):
            self.assertRegex(text, rf"(?m)^(# TYPE )?terracat_{name}\b")


if __name__ == "__main__":
    unittest.main()
