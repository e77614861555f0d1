"""The service as its unit runs it. There is no systemd here; its filter of system calls can be had."""

import json
import sys
import unittest
from pathlib import Path

from terracat import Server
from test_operation import Site

UNDER = (sys.executable, Path(__file__).resolve().parent / "confined.py")


class Service(Site):
    def test_the_system_calls_that_the_unit_leaves_are_enough(self):
        self.write("say.sh", "cat documents/*.json | tr -d '\\n' | sed 's/}{/}\\n{/g'; echo")
        self.write("terracat.toml", f"""
[[source]]
name = "files"
kind = "files"
address = "documents"
[[source]]
name = "told"
kind = "command"
address = "/bin/sh"
[source.options]
arguments = ["{self.folder}/say.sh"]
folder = "{self.folder}"
""")
        with Server(folder=self.folder, under=UNDER) as server:
            self.assertIn("files", self.succeeds("harvest"))  # the server does it
            self.assertEqual(len(server.json("/stac/search")["features"]), 1)
            for path in ("/fr/", "/stac/search/tiles/0/0/0.mvt", "/metrics"):
                self.assertEqual(server.get(path)[0], 200, path)
            listed = server.json("/skosmos/rest/v1/vocabularies")["vocabularies"]
            self.assertEqual([one["id"] for one in listed], ["earth"])
            self.succeeds("backup", "--to", "backup.sqlite")
            self.assertEqual(server.stop(), 0)
            said = [json.loads(line) for line in server.said().splitlines()
                    if line.startswith("{")]
            self.assertEqual([one for one in said if one.get("level") in ("warn", "error")], [])


if __name__ == "__main__":
    unittest.main()
