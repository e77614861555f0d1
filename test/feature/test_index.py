"""The index of items that a start loads from the catalogue file instead of reading every item."""

import contextlib
import json
import sqlite3
import time

from terracat import Server
from test_command_line import Folder, item

PATIENCE = 30
SEARCHES = ("/stac/search?limit=7&bbox=0,0,20,20&sortby=-eo:cloud_cover",
            "/stac/search?limit=9&filter=eo:cloud_cover%3C40&sortby=eo:cloud_cover",
            "/stac/collections/c/items?limit=5", "/stac/search?limit=3&datetime=2024-01-01T00:00:00Z/..")


def lines(first, end):
    return "".join(json.dumps(item(f"i{n:03}", **{"eo:cloud_cover": n % 90})) + "\n"
                   for n in range(first, end))


def wait_for(said):
    """What `said` returns, once that is something."""
    end = time.monotonic() + PATIENCE
    while not (out := said()) and time.monotonic() < end:
        time.sleep(0.02)
    return out


class Index(Folder):
    def setUp(self):
        super().setUp()
        self.succeeds("import", self.write("first.ndjson", lines(0, 200)))

    def built(self, server):
        """How the index came to be."""
        def told():
            events = map(json.loads, server.said().splitlines())
            return [event for event in events if event["event"] == "index.built"]
        return wait_for(told)[-1]

    def start(self):
        """Serves once. Returns how the index came to be, and what searches find."""
        with Server(folder=self.folder) as server:
            built = self.built(server)
            answers = []
            for path in SEARCHES:
                page = server.json(path)
                answers.append((page["numberMatched"], [one["id"] for one in page["features"]]))
            self.assertEqual(server.stop(), 0)
        return built, answers

    def change(self, sql):
        with contextlib.closing(sqlite3.connect(self.folder / "terracat.sqlite")) as catalogue:
            catalogue.execute(sql)
            catalogue.commit()

    def test_the_second_start_loads_what_the_first_one_built(self):
        built, answers = self.start()
        self.assertEqual((built["from"], built["cause"]), ("items", "none are kept"))
        again, same = self.start()
        self.assertEqual((again["from"], again["changes"], again["cause"]), ("segments", 0, ""))
        self.assertEqual((again["items"], same), (built["items"], answers))
        self.assertIn("sound", self.succeeds("check"))

    def test_what_a_command_wrote_since_is_in_it(self):
        self.start()
        self.succeeds("import", self.write("more.ndjson", lines(190, 230)))
        built, answers = self.start()
        self.assertEqual((built["from"], built["items"]), ("segments", 230))
        self.assertEqual(built["changes"], 30)  # ten are what they were
        self.change("DELETE FROM segment")
        fresh, same = self.start()
        self.assertEqual((fresh["from"], same), ("items", answers))

    def test_what_rots_is_told_of_and_built_anew(self):
        _, answers = self.start()
        self.change("UPDATE segment SET bytes = CAST(zeroblob(length(bytes)) AS BLOB) "
                    "WHERE number = (SELECT max(number) FROM segment)")
        code, said, errors = self.run_here("check")
        self.assertEqual(code, 1)
        self.assertIn("derived", said + errors)
        built, same = self.start()
        self.assertEqual((built["from"], built["cause"], same), ("items", "damaged", answers))
        self.assertIn("sound", self.succeeds("check"))
        self.assertEqual(self.start()[0]["from"], "segments")

    def test_what_is_not_of_this_catalogue_is_built_anew(self):
        _, answers = self.start()
        self.succeeds("backup", "copy")
        self.succeeds("restore", "copy")
        built, same = self.start()
        self.assertEqual((built["from"], built["cause"], same),
                         ("items", "of another history", answers))
        self.write("terracat.toml", '[api]\nsortables = ["something"]\n')
        self.assertEqual(self.start()[0]["cause"], "of other properties")
        self.assertEqual(self.start()[0]["from"], "segments")

    def test_a_server_at_rest_writes_it_and_may_die_then(self):
        def kept():
            with contextlib.closing(sqlite3.connect(self.folder / "terracat.sqlite")) as catalogue:
                return catalogue.execute("SELECT 1 FROM segment WHERE number = 0").fetchone()

        with Server(folder=self.folder) as server:
            self.built(server)
            self.assertTrue(wait_for(kept))
            server.process.kill()
            server.process.wait(PATIENCE)
        self.assertEqual(self.start()[0]["from"], "segments")
