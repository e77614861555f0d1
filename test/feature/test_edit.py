"""Corrections of a data manager: typed once, answered at once, and kept through all harvests."""

import json
import os
import pwd
import unittest

from terracat import Server
from test_command_line import Folder

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name


def collection(name, **members):
    return {"type": "Collection", "stac_version": "1.1.0", "id": name, "title": "Rain",
            "description": "What falls", "license": "CC-BY-4.0", "language": {"code": "en"},
            "extent": {"spatial": {"bbox": [[0, 0, 3, 3]]}, "temporal": {"interval": [[None, None]]}},
            "links": [], **members}


class Corrected(Folder):
    def setUp(self):
        super().setUp()
        (self.folder / "documents").mkdir()
        self.source(collection("rain"))
        self.configure()

    def configure(self, more=""):
        self.write("terracat.toml", '[site]\nlanguages = ["en", "fr"]\n' + more)

    def configure_source(self):
        self.configure('[[source]]\nname = "files"\nkind = "files"\naddress = "documents"\n'
                       'id_prefix = "x."\ngrace_days = 0\ngrace_sweeps = 1\n')

    def source(self, document):
        (self.folder / "documents/rain.json").write_text(json.dumps(document))

    def answer(self, server, name="x.rain"):
        status, headers, body = server.get(f"/stac/collections/{name}")
        self.assertEqual(status, 200, body)
        return json.loads(body), headers["ETag"]

    def edit(self, *arguments, **more):
        return self.succeeds("edit", *arguments, **more)

    def refused(self, code, *arguments):
        found, said, errors = self.run_here("edit", *arguments)
        self.assertEqual((found, said), (code, ""), errors)
        self.assertRegex(errors, "^terracat: ")
        return errors


class Beside(Corrected):
    """A server runs; the command hands it the work."""

    def test_an_edit_is_answered_at_once_and_survives_harvests(self):
        self.configure_source()
        with Server(folder=self.folder) as server:
            self.assertIn("1 created", self.succeeds("harvest"))
            before, tag = self.answer(server)
            self.assertEqual(before["title"], "Rain")
            self.assertNotIn("terracat:corrected", before)

            said = self.edit("x.rain", "title=Shower of rain", "license=etalab-2.0",
                             "--by", "Alice", "--reason", "clearer")
            self.assertIn("x.rain (source files): Shower of rain", said)
            self.assertRegex(said, r"title: Shower of rain\n +the source says: Rain\n"
                                   r" +by Alice, 20\d\d-.*Z: clearer\n")
            after, new_tag = self.answer(server)
            self.assertEqual((after["title"], after["license"]), ("Shower of rain", "etalab-2.0"))
            self.assertNotEqual(new_tag, tag)
            self.assertEqual([mark["member"] for mark in after["terracat:corrected"]],
                             ["license", "title"])
            self.assertNotIn("Alice", json.dumps(after))
            status, _, _ = server.get("/stac/collections/x.rain", **{"If-None-Match": tag})
            self.assertEqual(status, 200)

            self.assertIn("1 unchanged", self.succeeds("harvest"))
            self.assertEqual(self.answer(server), (after, new_tag))
            self.source(collection("rain", title="Precipitation", description="More of it"))
            self.assertIn("1 updated", self.succeeds("harvest"))
            changed, _ = self.answer(server)
            self.assertEqual((changed["title"], changed["description"]),
                             ("Shower of rain", "More of it"))
            self.succeeds("harvest", "--replay")
            self.assertEqual(self.answer(server)[0], changed)

            said = self.edit("x.rain", "--remove", "title", "--remove", "license")
            self.assertIn("x.rain (source files): Precipitation\n  nothing is corrected", said)
            last, _ = self.answer(server)
            self.assertEqual((last["title"], last["license"]), ("Precipitation", "CC-BY-4.0"))
            self.assertNotIn("terracat:corrected", last)
            self.succeeds("check")

    def test_bad_input_says_the_same_as_without_a_server(self):
        self.succeeds("import", "documents/rain.json")
        wrong = [("rain", "titel=x"), ("rain", "license=CC-BI-4.0"), ("rian", "title=x"),
                 ("rain", "--remove", "title")]
        alone = [self.run_here("edit", *arguments) for arguments in wrong]
        with Server(folder=self.folder):
            self.assertEqual([self.run_here("edit", *arguments) for arguments in wrong], alone)


class Alone(Corrected):
    """No server: the command writes itself."""

    def test_a_text_in_one_language_changes_that_one(self):
        self.succeeds("import", "documents/rain.json")
        self.edit("rain", 'title.fr=Pluie')
        self.assertIn('"title":"Rain"', self.succeeds("export"))
        self.configure()
        self.write("terracat.toml", '[site]\nlanguages = ["fr", "en"]\n')
        self.edit("rain", "description.fr=Ce qui tombe")
        with Server(folder=self.folder) as server:
            found, _ = self.answer(server, "rain")
        self.assertEqual((found["title"], found["description"]), ("Pluie", "Ce qui tombe"))
        self.assertEqual([(mark["member"], mark["language"]) for mark in found["terracat:corrected"]],
                         [("description", "fr"), ("title", "fr")])

    def test_it_says_who_and_what(self):
        self.succeeds("import", "documents/rain.json")
        self.assertEqual(self.edit("rain"), "rain (source local): Rain\n  nothing is corrected\n")
        self.edit("rain", "title=A", SUDO_USER="bob")
        self.edit("rain", "description=B", SUDO_USER="")
        found = json.loads(self.edit("rain", "--json"))
        self.assertEqual([(one["field"], one["value"], one["by"], one["source_says"], one["state"])
                          for one in found["corrections"]],
                         [("description", "B", ACCOUNT, "What falls", "applied"),
                          ("title", "A", "bob", "Rain", "applied")])
        self.assertEqual(json.loads(self.edit("rain", "title=C", "--json"))["title"], "C")

    def test_any_identifier_leads_to_the_record(self):
        self.source(collection("rain", **{"sci:doi": "10.5067/RAIN"}))
        self.succeeds("import", "documents/rain.json")
        self.assertIn("rain (source local): A", self.edit("10.5067/RAIN", "title=A"))

    def test_what_is_wrong_is_explained(self):
        self.succeeds("import", "documents/rain.json")
        self.assertIn("there is no field 'titel' to correct; did you mean title? There are title, ",
                      self.refused(2, "rain", "titel=x"))
        self.assertIn("the site has no language 'de'; site.languages are en, fr",
                      self.refused(2, "rain", "title.de=Regen"))
        self.assertIn("'CC-BI-4.0' is no licence that is known here; expected an SPDX identifier",
                      self.refused(2, "rain", "license=CC-BI-4.0"))
        self.assertIn("there is no record 'rian'; did you mean rain?",
                      self.refused(1, "rian", "title=x"))
        self.assertIn("there is no record 'rian'; did you mean rain?", self.refused(1, "rian"))
        self.assertIn("expected FIELD=VALUE instead of 'Shower'", self.refused(2, "rain", "Shower"))
        self.assertIn("'title' is not corrected", self.refused(1, "rain", "--remove", "title"))
        self.assertIn("there is no field 'titel'", self.refused(2, "rain", "--remove", "titel"))
        self.assertIn("expected the id of a record, or --list", self.refused(2))
        self.assertIn("nothing is corrected", self.edit("--list"))

    def test_dropped_and_made_at_once(self):
        self.succeeds("import", "documents/rain.json")
        self.edit("rain", "title=A", "license=MIT")
        said = self.edit("rain", "--remove", "title", "description=B", "--remove", "license")
        self.assertRegex(said, r"\Arain \(source local\): Rain\n  description: B\n.*\n.*\n\Z")

    def test_without_a_catalogue_none_is_made(self):
        self.refused(1, "rain", "title=x")
        self.assertFalse((self.folder / "terracat.sqlite").exists())

    def test_the_list_says_what_still_applies(self):
        self.configure_source()
        (self.folder / "documents/snow.json").write_text(json.dumps(collection("snow")))
        (self.folder / "documents/hail.json").write_text(json.dumps(collection("hail")))
        self.succeeds("harvest")
        for name in ("rain", "snow", "hail"):
            self.edit("x." + name, "title=Better", "--by", "Alice")
        self.source(collection("rain", title="Better"))
        (self.folder / "documents/snow.json").unlink()
        self.assertIn("1 deleted", self.succeeds("harvest"))
        self.assertRegex(self.edit("--list"),
                         r"(?m)^RECORD .*\nx\.hail +title +applied +Alice +20\S+ +Better\n"
                         r"x\.rain +title +same-as-source +Alice .*\n"
                         r"snow +title +record-gone +Alice .*\n\Z")
        found = json.loads(self.edit("--list", "--json"))["records"]
        self.assertEqual([(one["id"], one["in_catalogue"]) for one in found],
                         [("x.hail", True), ("x.rain", True), ("snow", False)])
        self.assertIn("kept in case it comes back", self.edit("x.snow"))
        with Server(folder=self.folder) as server:
            self.assertNotIn("terracat:corrected", self.answer(server)[0])

        (self.folder / "documents/snow.json").write_text(json.dumps(collection("snow")))
        self.succeeds("harvest")
        self.assertIn("x.snow (source files): Better", self.edit("x.snow"))
        (self.folder / "documents/snow.json").unlink()
        self.succeeds("harvest")
        self.edit("snow", "--remove", "title")
        self.assertNotIn("snow", self.edit("--list"))
        self.configure()
        self.assertIn("2 records and items removed, and 2 corrections of them",
                      self.succeeds("sources", "remove", "files"))
        self.assertEqual(self.edit("--list"), "nothing is corrected\n")
        self.succeeds("check")

    def test_a_backup_has_the_corrections(self):
        self.succeeds("import", "documents/rain.json")
        self.edit("rain", "title=Better")
        self.succeeds("backup", "copy.sqlite")
        self.edit("rain", "--remove", "title")
        self.succeeds("restore", "copy.sqlite")
        self.assertIn("title: Better", self.edit("rain"))

    def test_exports_have_what_is_answered(self):
        self.succeeds("import", "documents/rain.json")
        self.edit("rain", "title=Better", "themes=https://v.example/a/rain")
        for what in ("stac", "records"):
            found = json.loads(self.succeeds("export", what).splitlines()[0])
            properties = found.get("properties", found)
            self.assertEqual(properties["title"], "Better")
            self.assertEqual({mark["member"] for mark in properties["terracat:corrected"]},
                             {"title", "themes"})
            self.assertEqual(properties["themes"], [{"scheme": "https://v.example/a/", "concepts": [
                {"id": "rain", "url": "https://v.example/a/rain"}]}])


if __name__ == "__main__":
    unittest.main()
