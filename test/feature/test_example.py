"""The shipped example: its items, its remote side, and a harvest of them by the real program."""

import unittest

from example import EXAMPLE, HarvestedExample
from terracat import Server, run

RECORDS = {"aeris": 3, "climeri": 1, "formater": 1, "odatis": 5, "pndb": 1, "theia": 3}


class Example(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        example = HarvestedExample()
        cls.addClassCleanup(example.end)
        cls.folder, cls.tally = example.folder, example.tally
        cls.config, cls.first = example.config, example.said

    def test_everything_is_taken_without_a_complaint(self):
        created = {}
        for line in self.first.splitlines():
            source, rest = line.split(": complete, ", 1)
            self.assertIn(" 0 failed, 0 with warnings", rest)
            created[source] = int(rest.split(": ")[1].split(" created")[0])
        for pole, count in RECORDS.items():
            self.assertEqual(created[pole], count)
        tracks = self.tally["sentinel-2-ground-tracks"]
        self.assertEqual(created["tracks"], tracks + 1)
        self.assertEqual(created["climeri-stac"], 2)
        self.assertEqual(created["theia-stac"], sum(self.tally.values()) - tracks - 1 + 4)

    def test_a_second_harvest_finds_nothing_new(self):
        code, said, errors = run("--config", self.config, "harvest")
        self.assertEqual(code, 0, errors)
        for line in said.splitlines():
            self.assertIn(" 0 created, 0 updated, ", line)

    def test_what_is_served(self):
        with Server("--config", self.config) as server:
            collections = server.json("/stac/collections")
            self.assertEqual(collections["numberMatched"], sum(RECORDS.values()) + 6)
            for name, count in self.tally.items():
                found = server.json(f"/stac/search?collections={name}&limit=1")
                self.assertEqual(found["numberMatched"], count, name)
            # Relative orbit 51 passes over France at about 10:55 UTC: one pass each five days.
            june = server.json(
                "/stac/search?collections=sentinel-2-l1c&bbox=3,45,3.1,45.1"
                "&datetime=2024-06-01T00:00:00Z/2024-06-30T23:59:59Z&limit=100"
            )
            orbits = {f["properties"]["sat:relative_orbit"] for f in june["features"]}
            self.assertIn(51, orbits)
            # The box crosses the antimeridian.
            wallis = server.json("/stac/search?bbox=179,-16,-179,-12&limit=1000")
            crossing = [f for f in wallis["features"] if f["bbox"][0] > f["bbox"][2]]
            self.assertGreater(len(crossing), 0)
            shapes = {f["geometry"]["type"] for f in crossing}
            self.assertEqual(shapes, {"MultiPolygon"})
            odatis = server.json("/poles/odatis/stac/collections")
            self.assertEqual(odatis["numberMatched"], RECORDS["odatis"])

    def test_a_file_and_a_part_of_it(self):
        whole = (self.folder / "tracks/S2A_R051_20240409.csv").read_bytes()
        with Server("--config", self.config) as server:
            item = server.json("/stac/collections/sentinel-2-ground-tracks/items/S2A_R051_20240409")
            asset = item["assets"]["data"]
            self.assertEqual(asset["file:size"], len(whole))
            path = asset["href"].removeprefix(server.url)
            status, headers, body = server.get(path)
            self.assertEqual((status, body), (200, whole))
            status, headers, body = server.get(path, Range="bytes=5-24")
            self.assertEqual((status, body), (206, whole[5:25]))

    def test_the_real_sources_are_described_and_off(self):
        code, said, errors = run("--config", EXAMPLE / "terracat.toml", "config", "check")
        self.assertEqual(code, 0, errors)
        code, said, _ = run("--config", EXAMPLE / "terracat.toml", "sources",
                            folder=self.folder)
        self.assertEqual(code, 0)
        self.assertNotIn("enabled", said)


if __name__ == "__main__":
    unittest.main()
