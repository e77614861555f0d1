"""A data manager's own rules of mapping: shown, harvested, changed, and put on what is kept."""

import json
import shutil
import signal
import time
import unittest

from terracat import Server
from test_command_line import FIXTURES, Folder

ISO_RULES = """
documents = "xml"

[[rule]]
field = "title"
language = "fr"
from = ["//citation//otherTitle", "/MI_Metadata/fileIdentifier"]
when = "always"

[[rule]] # which is there
field = "title"
value = "Never"

[[rule]]
field = "keyword"
value = "in situ; buoy"
converter = "split"
separator = ";"
when = "add"

[[rule]]
field = "theme"
from = "/MI_Metadata/fileIdentifier"
when = "add"
"""

JSON_RULES = """
documents = "json"

[[rule]]
field = "publisher"
from = "/centre/0/name"

[[rule]]
field = "status"
from = "/state"
values = {"running" = "onGoing", "over" = "completed"}
"""

COLLECTION = {
    "type": "Collection", "stac_version": "1.1.0", "id": "rain", "title": "Rain",
    "description": "What falls", "license": "other", "links": [],
    "extent": {"spatial": {"bbox": [[0, 0, 3, 3]]}, "temporal": {"interval": [[None, None]]}},
    "centre": [{"name": "Centre of rain"}], "state": "running",
}


def source(name, kind="files"):
    return f'[[source]]\nname = "{name}"\nkind = "{kind}"\naddress = "{name}"\n'


class Mapping(Folder):
    def setUp(self):
        super().setUp()
        (self.folder / "iso").mkdir()
        (self.folder / "stac").mkdir()
        shutil.copy(FIXTURES / "iso/full_19139.xml", self.folder / "iso")
        self.write("stac/rain.json", COLLECTION)
        self.write("iso.toml", ISO_RULES)
        self.write("stac.toml", JSON_RULES)
        self.write("terracat.toml", source("iso") + 'mapping = "iso.toml"\n' + source("stac") +
                   'mapping = "stac.toml"\n')

    def shown(self, name, document):
        return json.loads(self.succeeds("map", "--json", "--source", name, document))

    def collection(self, server):
        return server.json("/stac/collections/rain")

    def marks(self, answer):
        return {mark["member"]: mark["rule"] for mark in answer.get("terracat:inferred", [])}

    def wait_for(self, server, event):
        latest = time.monotonic() + 60
        while f'"event":"{event}"' not in server.said():
            self.assertLess(time.monotonic(), latest, server.said())
            time.sleep(0.01)  # a file cannot be waited for
        lines = [json.loads(line) for line in server.said().splitlines()]
        return [line for line in lines if line.get("event") == event][-1]


class Shown(Mapping):
    def test_xml_is_shown_with_rule_and_place(self):
        shown = self.shown("iso", self.folder / "iso/full_19139.xml")
        values = {value["where"]: value for value in shown["values"] if "rule" in value}
        place = "/MI_Metadata/fileIdentifier"
        title = [value for value in values.values() if value["field"] == "title"]
        self.assertEqual([(one["value"], one["rule"], one["from"]) for one in title],
                         [("fr", 1, place), (shown["id"], 1, place)])
        keywords = [value for value in values.values() if value["field"] == "keyword"]
        said = [one.get("value") for one in keywords if one["where"].endswith("/1")]
        self.assertEqual([word for word in said if word], ["in situ", "buoy"])
        self.assertEqual({(one["rule"], one["from"]) for one in keywords}, {(3, "")})
        refused = [one for one in shown["findings"] if one["code"] == "mapping-value"]
        self.assertEqual([(one["where"], one["excerpt"]) for one in refused],
                         [(place, f"rule 4, theme: {shown['id']}")])
        text = self.succeeds("map", "--source", "iso", self.folder / "iso/full_19139.xml")
        self.assertIn(f"    rule 1 (title)  {place}\n", text)
        self.assertIn("    rule 3 (keyword)  its own value\n", text)
        without = self.succeeds("map", self.folder / "iso/full_19139.xml")
        self.assertNotIn("    rule ", without)

    def test_json_is_shown_with_rule_and_place(self):
        shown = self.shown("stac", self.folder / "stac/rain.json")
        values = [(one["where"], one["value"], one["rule"], one["from"])
                  for one in shown["values"] if "rule" in one and "value" in one]
        self.assertEqual(values[0][1:], ("Centre of rain", 1, "/centre/0/name"))
        self.assertIn(("/status", "onGoing", 2, "/state"), values)


class Harvested(Mapping):
    def test_a_change_of_rules_reaches_what_is_kept_without_the_source(self):
        with Server(folder=self.folder) as server:
            self.assertIn("1 created", self.succeeds("harvest", "stac"))
            before = self.collection(server)
            self.assertEqual([one["name"] for one in before["providers"]], ["Centre of rain"])
            self.assertEqual(self.marks(before)["mapping.publisher"],
                             "rule 1 of the site's own mapping takes it from /centre/0/name")

            self.write("stac.toml", JSON_RULES.replace("/centre/0/name", "/state") +
                       '[[rule]]\nfield = "title"\nvalue = "Pluie"\nwhen = "always"\n')
            server.process.send_signal(signal.SIGHUP)
            self.assertEqual(self.wait_for(server, "config.reloaded")["changed"], "source")
            shutil.rmtree(self.folder / "stac")
            self.assertIn("1 updated", self.succeeds("harvest", "--replay", "stac"))
            after = self.collection(server)
            self.assertEqual(after["title"], "Pluie")
            self.assertEqual([one["name"] for one in after["providers"]], ["running"])
            self.assertIn("1 unchanged", self.succeeds("harvest", "--replay", "stac"))

            self.write("terracat.toml", source("stac"))
            server.process.send_signal(signal.SIGHUP)
            self.wait_for(server, "config.reloaded")
            self.assertIn("1 updated", self.succeeds("harvest", "--replay", "stac"))
            last = self.collection(server)
            self.assertEqual(last["title"], "Rain")
            self.assertNotIn("providers", last)
            self.assertEqual(self.marks(last).keys() & {"mapping.title", "mapping.publisher"},
                             set())

    def test_what_cannot_be_put_is_a_warning_of_its_document(self):
        self.succeeds("harvest", "iso")
        report = json.loads(self.succeeds("runs", "1", "--json"))
        self.assertIn("mapping-value", json.dumps(report))
        self.assertEqual(report["run"]["outcome"], "complete")


class Faults(Mapping):
    def faults(self):
        code, _, errors = self.run_here("config", "check")
        self.assertEqual(code, 78)
        return errors

    def test_all_that_is_wrong_is_told_with_file_and_rule(self):
        self.write("iso.toml", ISO_RULES.replace("//citation//otherTitle", "citation")
                   .replace('converter = "split"', 'converter = "cut"'))
        self.write("stac.toml", JSON_RULES.replace('"status"', '"state"'))
        errors = self.faults()
        file = str(self.folder / "iso.toml")
        self.assertIn(f"source 'iso'.mapping: {file}: rule 1: from: expected '/' or '[' at "
                      "character 1 of 'citation'", errors)
        self.assertIn("rule 3: converter: there is no converter 'cut'; there are date", errors)
        self.assertIn("stac.toml: rule 2: field: there is no field 'state'; there are title",
                      errors)
        self.assertEqual(self.run_here("harvest")[0], 78)

    def test_a_file_that_cannot_be_read_is_told(self):
        self.write("stac.toml", "documents = \n")
        self.assertIn("stac.toml, line 1: ", self.faults())
        (self.folder / "stac.toml").unlink()
        self.assertIn("stac.toml: cannot be read", self.faults())
        self.write("stac.toml", "#" * (1 << 20) + "\n")
        self.assertIn("stac.toml: is longer than a megabyte", self.faults())

    def test_a_reload_with_wrong_rules_changes_nothing(self):
        with Server(folder=self.folder) as server:
            self.write("stac.toml", JSON_RULES.replace('"/state"', '"state"'))
            server.process.send_signal(signal.SIGHUP)
            told = self.wait_for(server, "config.refused")
            self.assertIn("rule 2: from: expected a JSON pointer", told["cause"])
            self.write("stac.toml", JSON_RULES)
            self.assertIn("1 created", self.succeeds("harvest", "stac"))
            self.assertIn("mapping.publisher", self.marks(self.collection(server)))


if __name__ == "__main__":
    unittest.main()
