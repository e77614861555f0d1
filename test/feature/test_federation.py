#!/usr/bin/env python3
"""Catalogues that harvest one another: a feed that plays tricks, then real ones."""

import json
import signal
import sqlite3
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import test_sources as hostile
from terracat import BINARY, Server, environment, run
from test_transactions import COLLECTION, KEY, ask, item

EPOCH = "0123456789abcdef"


class Feed:
    """The feed of a catalogue of some records, two on a page, with a trap in place of its pages."""

    def __init__(self, names, trap=None):
        self.names = names
        self.trap = trap
        self.lists = 0

    @staticmethod
    def cursor(number):
        return f"{EPOCH}-{number}"

    def page(self, start, total=None, following=None, size=2, **more):
        names = self.names[start:start + size]
        changes = [{"cursor": self.cursor(start + place), "op": "upsert", "type": "record",
                    "id": name, "record": {"record": 1, "native_id": name, "type": "dataset",
                                           "title": [["", f"Title of {name}"]]}}
                   for place, name in enumerate(names, 1)]
        return json.dumps({"changes": changes, "at_end": start + size >= len(self.names),
                           "next": following or self.cursor(start + len(names)),
                           "held": {"records": len(self.names) if total is None else total},
                           **more})

    def __call__(self, handler):
        self.lists += 1
        since = parse_qs(urlsplit(handler.path).query).get("since", [self.cursor(0)])[0]
        start = int(since.split("-")[1])
        if self.trap:
            return self.trap(self, handler, start)
        return hostile.send(handler, self.page(start), Content_Type="application/json")


class FeedTraps(hostile.Sources):
    """One run over catalogues that play every trick; then what became of each source."""

    NAMES = [f"r{n}" for n in range(1, 7)]

    def traps(self, trap):
        """name: (trap, how the run ends, how many records it brought)"""
        say, later = hostile.OaiTraps.saying, hostile.OaiTraps.later
        page = Feed(self.NAMES[:2]).page(0)

        def of_page(**members):
            return lambda feed, handler, start: hostile.send(handler, feed.page(start, **members))

        def repeating(feed, handler, start):  # the second record stands on the second page as well
            text = feed.page(start).replace('"id": "r3"', '"id": "r2"')
            hostile.send(handler, text)

        links = hostile.paged(trap, Feed.cursor)
        return {
            **{name: links[name] for name in (
                "honest", "size-too-large", "size-too-small", "size-moves", "error-later",
                "busy-later", "elsewhere-later", "truncated-later", "drips-later")},
            "repeating": (repeating, "incomplete", 5),
            "moving": (hostile.moving, "incomplete", 5),
            "same-page": (lambda feed, handler, start: hostile.send(handler, feed.page(0)),
                          "incomplete", 2),
            "circle": (of_page(following=Feed.cursor(0)), "incomplete", 0),
            "beyond": (of_page(following=Feed.cursor(10**9)), "incomplete", 2),
            "other-history": (later(of_page(following="f" * 16 + "-4")), "incomplete", 2),
            "expired": (hostile.expiring(), "failed", 4),
            "endless": (of_page(at_end=False), "incomplete", 6),
            "nothing": (say(json.dumps({"changes": [], "next": Feed.cursor(0), "at_end": True,
                                        "held": {"records": 0}})), "incomplete", 0),
            "login-later": (later(say("<html>Sign in</html>")), "failed", 2),
            "no-cursor": (of_page(following=f"http://127.0.0.2:{trap.port}/"), "failed", 0),
            "rubbish": (say(json.dumps({
                "changes": [7, None, {"id": "x"}, *json.loads(page)["changes"]],
                "next": Feed.cursor(2), "at_end": True, "held": {"records": 2}})),
                "incomplete", 2),
            **hostile.no_lists(trap, page, "changes"),
        }

    def test_every_trap_ends_as_it_should(self):
        web, traps = self.play("terracat", "", lambda trap: Feed(self.NAMES, trap))
        for name in traps:  # none is asked for ever
            self.assertLess(web.pages["/" + name].lists, 20, name)


class Kept(hostile.Sources):
    def test_killed_at_any_page_it_loses_and_doubles_nothing(self):
        self.survive("terracat", Feed, [f"r{n:02}" for n in range(40)], {3, 8, 13, 18, 23})


class Relay:
    """An address that stays, whatever server stands behind it; it may kill who asks."""

    def __init__(self, server):
        self.server = server
        self.asked = 0
        self.deaths = {}  # what to do at which request
        self.web = hostile.Web()
        self.web.pages["/peer"] = self
        self.url = self.web.url + "/peer"

    def __call__(self, handler):
        self.asked += 1
        if self.asked in self.deaths:
            self.deaths[self.asked]()
        status, headers, body = ask(self.server, "GET", handler.path.removeprefix("/peer"), key="")
        hostile.send(handler, body, status=status, Content_Type=headers["Content-Type"])


class Sites(unittest.TestCase):
    """Real catalogues, each with a folder and a server of its own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name)

    def folder(self, name):
        out = self.root / name
        out.mkdir(exist_ok=True)
        return out

    def serve(self, name):
        server = Server(folder=self.folder(name), TERRACAT_TRANSACTIONS_API_KEY=KEY)
        self.addCleanup(server.__exit__)
        return server

    def relay(self, server):
        out = Relay(server)
        self.addCleanup(out.web.close)
        return out

    def have(self, name, *collections, items=()):
        """A catalogue of its own collections, before it is served."""
        folder = self.folder(name)
        (folder / "own.ndjson").write_text("".join(
            json.dumps(one) + "\n" for one in [*map(self.collection, collections), *items]))
        code, said, errors = run("import", "own.ndjson", folder=folder)
        self.assertEqual(code, 0, said + errors)

    @staticmethod
    def collection(name, **more):
        return {**COLLECTION, "id": name, "title": f"Title of {name}", **more}

    @staticmethod
    def item(name, **more):
        return {**item(name, **more), "collection": "rain", "links": [], "assets": {}}

    def harvests(self, name, peer, options="", extra=""):
        """Enters another site as a source of this one."""
        path = self.folder(name) / "terracat.toml"
        text = path.read_text() if path.exists() else ""
        path.write_text(
            text + f'\n[[source]]\nname = "{extra or "peer"}"\nkind = "terracat"\n'
            f'address = "{peer.url}"\ndelay = 0\nretries = 0\nchanges_days = 30\n'
            f'allow_networks = ["127.0.0.1/32"]\n[source.options]\n{options}\n')

    def harvest(self, name, *arguments):
        code, said, errors = run("harvest", *arguments, folder=self.folder(name))
        return said + errors

    def harvest_until(self, relay, turn, name):
        """A harvest that is killed while it waits for the answer to that request."""
        started, holder = threading.Event(), []
        relay.deaths[turn] = lambda: started.wait(60) and holder[0].kill()
        holder.append(subprocess.Popen([BINARY, "harvest"], cwd=self.folder(name),
                                       env=environment(), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL))
        started.set()
        self.assertEqual(holder[0].wait(60), -signal.SIGKILL)

    def exported(self, name):
        text = run("export", folder=self.folder(name))[1]
        return {one["id"]: one for one in map(json.loads, text.splitlines())}

    def mode_of_last_run(self, name):
        text = run("runs", "--json", folder=self.folder(name))[1]
        return json.loads(text)["runs"][0]["mode"]


class TwoSites(Sites):
    def test_what_one_has_the_other_one_gets_and_then_what_changes(self):
        self.have("a", "rain", "snow", "wind")
        a = self.serve("a")
        self.harvests("b", a)
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*3 created")
        self.assertEqual(set(self.exported("b")), {"rain", "snow", "wind"})
        self.assertEqual(self.mode_of_last_run("b"), "incremental")

        self.assertEqual(ask(a, "DELETE", "/stac/collections/snow")[0], 204)
        self.assertEqual(ask(a, "PUT", "/stac/collections/rain",
                             self.collection("rain", title="More rain"))[0], 204)
        self.assertEqual(ask(a, "POST", "/stac/collections", self.collection("fog"))[0], 201)
        self.assertRegex(self.harvest("b"),
                         "(?m)^peer: complete, .*1 created, 1 updated, 0 unchanged.*1 deleted")
        self.assertEqual(self.mode_of_last_run("b"), "changes")
        kept = self.exported("b")
        self.assertEqual(set(kept), {"rain", "wind", "fog"})
        self.assertEqual(kept["rain"]["title"], "More rain")
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*0 created, 0 updated, 0 unch")
        self.assertRegex(self.harvest("b", "--full"), "(?m)^peer: complete, .*3 unchanged(?!.*missing)")
        self.assertNotIn("interrupted", run("sources", folder=self.folder("b"))[1])

    def test_items_travel_if_they_are_wanted(self):
        self.have("a", "rain", items=[self.item(f"i{n}") for n in range(30)])
        a = self.serve("a")
        self.harvests("b", a, "items = true\npage_size = 7")
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*31 created")
        path = "/stac/collections/rain/items/"
        self.assertEqual(ask(a, "DELETE", path + "i3")[0], 204)
        self.assertEqual(ask(a, "PUT", path + "i4", self.item("i4", day=9))[0], 204)
        # The collection itself is changed after its items: who begins now is told of it before them.
        self.assertEqual(ask(a, "PUT", "/stac/collections/rain",
                             self.collection("rain", title="More rain"))[0], 204)
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*2 updated.*1 deleted")
        self.harvests("c", a, "items = true\npage_size = 7")
        self.assertRegex(self.harvest("c"), "(?m)^peer: complete, 0 created|complete, .*30 created")
        for name in ("b", "c"):
            kept = self.exported(name)
            self.assertEqual(set(kept), {"rain", *(f"i{n}" for n in range(30) if n != 3)})
            self.assertEqual(kept["i4"]["properties"]["datetime"][:10], "2024-05-09")

    def test_a_collection_made_anew_under_its_own_id_has_none_of_its_old_items(self):
        snow = [{**self.item(f"s{n}"), "collection": "snow"} for n in range(20)]
        self.have("a", "rain", "snow", items=[self.item(f"i{n}") for n in range(5)] + snow)
        a = self.serve("a")
        self.harvests("b", a, "items = true\npage_size = 7")
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*27 created")
        b = self.serve("b")
        self.harvests("c", b, "items = true")
        self.assertRegex(self.harvest("c"), "(?m)^peer: complete, .*27 created")

        self.assertEqual(ask(a, "DELETE", "/stac/collections/rain")[0], 204)
        self.assertEqual(ask(a, "POST", "/stac/collections", self.collection("rain"))[0], 201)
        for name in ("i1", "j"):  # the first says what it said
            self.assertEqual(ask(a, "POST", "/stac/collections/rain/items", self.item(name))[0], 201)
        for name in "bc":
            self.assertRegex(self.harvest(name), "(?m)^peer: complete, .*3 created, 0 updated.*6 deleted")
            self.assertEqual(self.mode_of_last_run(name), "changes")
            self.assertEqual(set(self.exported(name)),
                             {"rain", "i1", "j", "snow", *(f"s{n}" for n in range(20))})
            self.assertRegex(self.harvest(name), "(?m)^peer: complete, .*0 created, 0 updated")
        self.assertRegex(self.harvest("b", "--full"),
                         "(?m)^peer: complete, .*24 unchanged(?!.*missing)")

    def test_a_collection_that_lost_its_id_is_asked_for_with_its_items(self):
        self.have("a", "rain", "snow", items=[self.item(f"i{n}") for n in range(3)])
        a = self.serve("a")
        relay = self.relay(a)
        self.harvests("b", relay, "items = true")
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*5 created")
        a.stop()
        # A source that the configuration names has "rain", too: it takes the id.
        folder = self.folder("a/documents")
        (folder / "rain.json").write_text(json.dumps(self.collection("rain", title="Rain, measured")))
        (self.folder("a") / "terracat.toml").write_text(
            f'[[source]]\nname = "gauges"\nkind = "files"\naddress = "{folder}"\n')
        self.assertRegex(self.harvest("a"), "(?m)^gauges: complete, .*1 created")
        relay.server = self.serve("a")
        said = self.harvest("b")
        self.assertRegex(said, "(?m)^peer: incomplete")
        self.assertIn("list-cut-short", run("runs", "2", folder=self.folder("b"))[1])
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete")
        self.assertEqual(self.mode_of_last_run("b"), "incremental")
        kept = self.exported("b")
        self.assertEqual(set(kept), {"rain", "rain.local", "snow", "i0", "i1", "i2"})
        self.assertEqual(kept["rain"]["title"], "Rain, measured")
        self.assertEqual({kept[name]["collection"] for name in ("i0", "i1", "i2")}, {"rain.local"})

    def test_what_is_damaged_at_one_site_is_told_and_the_others_keep_it(self):
        (self.folder("a") / "terracat.toml").write_text(
            '[site]\npublic_url = "https://a.example"\n')  # it stands in every item
        self.have("a", "fog", "rain", "snow", items=[self.item("i1"), self.item("i2")])
        a = self.serve("a")
        relay = self.relay(a)
        for name in "bc":
            self.harvests(name, relay, "items = true")
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*5 created")
        a.stop()
        with sqlite3.connect(self.folder("a") / "terracat.sqlite") as catalogue:
            for table, column, of in (
                    ("record_text", "whole", "SELECT number FROM record WHERE id = 'fog'"),
                    ("item_body", "body", "SELECT number FROM item WHERE id = 'i1'")):
                catalogue.execute(
                    f"UPDATE {table} SET {column} = CAST(substr({column}, 1, length({column}) - 5) "
                    f"|| x'ff' || substr({column}, -4) AS BLOB) WHERE rowid = ({of})")
        catalogue.close()
        relay.server = self.serve("a")
        self.assertRegex(self.harvest("b", "--full"), "(?m)^peer: incomplete, .*3 unchanged.*2 failed")
        told = run("runs", "2", folder=self.folder("b"))[1]
        self.assertRegex(told, "not-delivered[^\n]*fog")
        self.assertRegex(told, "not-delivered[^\n]*i1")
        self.assertEqual(set(self.exported("b")), {"fog", "rain", "snow", "i1", "i2"})
        # Who had nothing of it gets the others.
        self.assertRegex(self.harvest("c"), "(?m)^peer: incomplete, .*3 created.*2 failed")
        self.assertEqual(set(self.exported("c")), {"rain", "snow", "i2"})

    def test_a_site_without_an_address_is_counted_and_called_nothing(self):
        for name in "ab":
            (self.folder(name) / "terracat.toml").write_text(f'[site]\ntitle = "Site {name}"\n')
        self.have("a", "rain")
        a = self.serve("a")
        self.harvests("b", a)
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*1 created")
        b = self.serve("b")
        self.harvests("c", b)
        self.assertRegex(self.harvest("c"), "(?m)^peer: complete, .*1 created")
        c = self.serve("c")
        rain = c.json("/stac/collections/rain")
        self.assertEqual([(one.get("catalogue"), one["title"], one["id"])
                          for one in rain["terracat:via"]],
                         [(None, "Site a", "rain"), (None, "Site b", "rain")])
        self.assertNotIn("127.0.0.1", json.dumps(rain["terracat:via"]))
        self.assertEqual([one for one in rain["links"] if one["rel"] == "via"], [])
        page = c.get("/en/datasets/rain")[2].decode()
        self.assertIn("Passed on by", page)
        self.assertIn("<li>Site a,", page)
        self.assertEqual([one["hops"] for one in c.json("/changes")["changes"]], [3])

    def test_a_restored_catalogue_is_asked_for_everything(self):
        (self.folder("a") / "terracat.toml").write_text(
            '[site]\npublic_url = "https://a.example"\n')  # it stands in every chain
        self.have("a", "rain", "snow")
        code, said, errors = run("backup", "copy", folder=self.folder("a"))
        self.assertEqual(code, 0, said + errors)
        a = self.serve("a")
        self.assertEqual(ask(a, "POST", "/stac/collections", self.collection("fog"))[0], 201)
        relay = self.relay(a)
        self.harvests("b", relay)
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*3 created")
        a.stop()
        code, said, errors = run("restore", "copy", folder=self.folder("a"))
        self.assertEqual(code, 0, said + errors)
        relay.server = self.serve("a")
        said = self.harvest("b")
        self.assertRegex(said, "(?m)^peer: complete, .*2 unchanged.*1 missing")
        self.assertIn("does not know our cursor", said)
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*0 unchanged")
        self.assertEqual(self.mode_of_last_run("b"), "changes")

    def test_killed_in_mid_walk_it_goes_on(self):
        self.have("a", *(f"c{n:02}" for n in range(60)))
        relay = self.relay(self.serve("a"))
        self.harvests("b", relay, "page_size = 4")
        for turn in (3, 8, 12):
            self.harvest_until(relay, turn, "b")
        said = self.harvest("b")
        self.assertRegex(said, "(?m)^peer: complete")
        self.assertEqual(set(self.exported("b")), {f"c{n:02}" for n in range(60)})
        self.assertLess(relay.asked, 26)  # 29 if it had begun anew each time

    def test_killed_among_changes_it_goes_on(self):
        self.have("a", *(f"c{n:02}" for n in range(30)))
        a = self.serve("a")
        relay = self.relay(a)
        self.harvests("b", relay, "page_size = 4")
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*30 created")
        for n in range(12):
            self.assertEqual(ask(a, "DELETE", f"/stac/collections/c{n:02}")[0], 204)
            self.assertEqual(ask(a, "POST", "/stac/collections", self.collection(f"d{n:02}"))[0], 201)
        self.harvest_until(relay, relay.asked + 4, "b")
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete")
        self.assertEqual(self.mode_of_last_run("b"), "changes")
        self.assertEqual(set(self.exported("b")), {f"c{n:02}" for n in range(12, 30)} |
                         {f"d{n:02}" for n in range(12)})

    def test_no_more_goes_than_the_brake_lets_go(self):
        names = [f"c{n:02}" for n in range(40)]
        self.have("a", *names)
        a = self.serve("a")
        self.harvests("b", a)
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*40 created")
        for name in names[:25]:
            self.assertEqual(ask(a, "DELETE", f"/stac/collections/{name}")[0], 204)
        self.assertRegex(self.harvest("b"), "(?m)^peer: incomplete, (?!.*deleted)")
        self.assertEqual(len(self.exported("b")), 40)
        # What has gone is missing from a walk through everything, with its grace and its brake.
        self.assertRegex(self.harvest("b"), "(?m)^peer: complete, .*15 unchanged.*25 missing")
        self.assertEqual(len(self.exported("b")), 40)


class Between(Sites):
    """Sites that know one another by addresses that stay, each served."""

    def setUp(self):
        super().setUp()
        self.relays = {name: self.relay(None) for name in "abc"}
        for name, relay in self.relays.items():
            (self.folder(name) / "terracat.toml").write_text(
                f'[site]\npublic_url = "{relay.url}"\ntitle = "Site {name}"\n')

    def start(self, name):
        self.relays[name].server = server = self.serve(name)
        return server

    def peer(self, name, other):
        self.harvests(name, self.relays[other], extra=f"from-{other}")

    def collection_at(self, name, wanted):
        return self.relays[name].server.json(f"/stac/collections/{wanted}")

    def skipped(self, name):
        """Why the last run left documents out, by their ids."""
        runs = json.loads(run("runs", "--json", folder=self.folder(name))[1])["runs"]
        text = run("runs", str(runs[0]["number"]), "--json", folder=self.folder(name))[1]
        return {one["id"]: one["code"] for one in json.loads(text)["documents"]
                if one["outcome"] == "skipped"}

    def test_what_passes_from_site_to_site_says_so_and_what_goes_goes_everywhere(self):
        self.have("a", "rain", "snow")
        self.peer("b", "a")
        self.peer("c", "b")
        a, _, c = map(self.start, "abc")
        self.assertRegex(self.harvest("b"), "(?m)^from-a: complete, .*2 created")
        self.assertRegex(self.harvest("c"), "(?m)^from-b: complete, .*2 created")
        rain = self.collection_at("c", "rain")
        urls = [self.relays[name].url for name in "ab"]
        via = rain["terracat:via"]
        self.assertEqual([one["catalogue"] for one in via], urls)
        self.assertEqual([(one["title"], one["id"]) for one in via],
                         [("Site a", "rain"), ("Site b", "rain")])
        self.assertEqual(via[1]["source"], "from-a")
        self.assertNotIn("origin", via[1])  # it is in an inner network
        links = [one["href"] for one in rain["links"] if one["rel"] == "via"]
        self.assertEqual(links, [url + "/d/rain" for url in urls])
        record = c.json("/records/collections/all/items/rain")
        self.assertEqual(record["properties"]["terracat:via"], via)
        self.assertEqual([one["href"] for one in record["links"] if one["rel"] == "via"], links)
        page = c.get("/en/datasets/rain")[2].decode()
        for link in links:
            self.assertIn(f'href="{link}"', page)
        self.assertIn("Passed on by", page)
        hops = [one["hops"] for one in c.json("/changes")["changes"]]
        self.assertEqual(hops, [3, 3])
        self.assertNotIn("terracat:via", self.collection_at("a", "rain"))

        self.assertEqual(ask(a, "DELETE", "/stac/collections/snow")[0], 204)
        self.assertRegex(self.harvest("b"), "(?m)^from-a: complete, .*1 deleted")
        self.assertRegex(self.harvest("c"), "(?m)^from-b: complete, .*1 deleted")
        self.assertEqual(set(self.exported("c")), {"rain"})
        self.assertEqual(c.get("/stac/collections/snow")[0], 410)

    def test_in_a_ring_nothing_comes_back_and_nothing_grows(self):
        self.have("a", "rain", "snow")
        self.have("b", "fog", "mist")  # of one, the brake lets none go
        for name, other in ("ab", "ba"):
            self.peer(name, other)
        a, b = map(self.start, "ab")
        self.assertRegex(self.harvest("b"), "(?m)^from-a: complete, .*2 created")
        self.assertRegex(self.harvest("a"), "(?m)^from-b: complete, .*2 created.*2 skipped")
        self.assertEqual(self.skipped("a"), {"rain": "came-from-here", "snow": "came-from-here"})
        self.assertRegex(self.harvest("b"), "(?m)^from-a: complete, .*0 created, 0 updated.*2 skipped")
        self.assertEqual(self.skipped("b"), {"fog": "came-from-here", "mist": "came-from-here"})
        for _ in range(2):
            for name, other in ("ab", "ba"):
                said = self.harvest(name, "--full")
                self.assertRegex(said, f"(?m)^from-{other}: complete, .*0 created, 0 updated")
                self.assertEqual(set(self.exported(name)), {"rain", "snow", "fog", "mist"})
        self.assertEqual(len(self.collection_at("a", "fog")["terracat:via"]), 1)

        self.assertEqual(ask(b, "DELETE", "/stac/collections/fog")[0], 204)
        self.assertEqual(ask(a, "PUT", "/stac/collections/rain",
                             self.collection("rain", title="More rain"))[0], 204)
        self.assertRegex(self.harvest("a"), "(?m)^from-b: complete, .*1 deleted")
        self.assertRegex(self.harvest("b"), "(?m)^from-a: complete, .*1 updated")
        self.assertEqual(set(self.exported("a")), {"rain", "snow", "mist"})
        self.assertEqual(set(self.exported("b")), {"rain", "snow", "mist"})
        self.assertEqual(self.collection_at("b", "rain")["title"], "More rain")

    def test_in_a_ring_of_three_each_has_all_of_it_once(self):
        self.have("a", "rain")
        self.have("b", "snow")
        self.have("c", "fog")
        for name, other in ("ac", "ba", "cb"):
            self.peer(name, other)
        for name in "abc":
            self.start(name)
        for _ in range(3):
            for name in "bca":
                self.assertRegex(self.harvest(name), "(?m)^from-.: complete")
        for name in "abc":
            self.assertEqual(set(self.exported(name)), {"rain", "snow", "fog"})
        self.assertEqual([one["id"] for one in self.collection_at("a", "snow")["terracat:via"]],
                         ["snow", "snow"])


if __name__ == "__main__":
    unittest.main()
