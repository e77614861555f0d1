"""The pages of the real program over the shipped example, as people and crawlers get them."""

import html.parser
import json
import re
import tempfile
import unittest
import urllib.parse
from pathlib import Path

from example import HarvestedExample
from terracat import Server, run

VOID = {"meta", "link", "input", "br", "img", "hr"}
DATASETS = 20
LISTED = 6  # of these, with items
ARGO = "id-12315a55-94af-5cf2-96a9-95102e7ddee4"
FRONTS = "id-74ce72b9-0196-4eca-abfe-8600f69bd5c4"


class Page(html.parser.HTMLParser):
    """What of a page is checked. Elements that are not closed, or in the wrong order, are errors."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.links, self.ids, self.headings = [], [], [], []
        self.heads, self.labels, self.fields, self.json_ld, self.text = [], set(), [], [], ""
        self.pictures, self.rel_of = [], {}
        self.languages = set()
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        assert len(given) == len(attributes), f"an attribute twice in <{tag}>"
        assert "style" not in given and not any(name.startswith("on") for name in given), given
        if "id" in given:
            self.ids.append(given["id"])
        if "lang" in given:
            self.languages.add(given["lang"])
        if tag == "a":
            self.links.append(given["href"])
            self.rel_of[given["href"]] = given.get("rel")
        if tag == "img":
            self.pictures.append(given["src"])
            assert "alt" in given
        if tag == "link":
            self.heads.append(given)
        if tag == "label":
            self.labels.add(given["for"])
        if tag in ("input", "select") and given.get("type") != "hidden":
            self.fields.append(given["id"])
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.json_ld.append(json.loads(data))
        elif "head" not in self.open:
            self.text += data

    def rels(self, rel):
        return [link for link in self.heads if link["rel"] == rel]


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        example = HarvestedExample()
        cls.addClassCleanup(example.end)
        cls.tally = example.tally
        cls.server = Server("--config", example.config)
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__, None, None, None)

    def page(self, path, **headers):
        status, answer, body = self.server.get(path, Accept="text/html", **headers)
        self.assertEqual(status, 200, path)
        self.assertEqual(answer["Content-Type"], "text/html; charset=utf-8", path)
        self.assertNotIn("unsafe", answer["Content-Security-Policy"])
        return Page(body.decode())

    def crawl(self):
        """Every page that links lead to, from the first ones on, and what else they lead to."""
        pages, others = {}, set()
        waiting = ["/fr/", "/en/"]
        while waiting:
            path = waiting.pop()
            if path in pages:
                continue
            pages[path] = page = self.page(path)
            words = concepts = lists = 0
            for link in page.links:
                target = urllib.parse.urldefrag(link).url
                if target.startswith(("/fr/search?q=", "/en/search?q=")):
                    words += 1  # each keyword leads to a search: one of a page will do
                    if words == 1:
                        others.add(target)
                elif "/vocabularies/earth/" in target or "/search?concept=" in target:
                    concepts += 1  # likewise of concepts, which are some hundreds
                    if concepts == 1:
                        others.add(target)
                elif "/items?" in target:
                    lists += 1  # other pages and orders of the items of a data set
                    if lists == 1:
                        others.add(target)
                elif target.startswith(("/fr/", "/en/")):
                    waiting.append(target)
                elif target.startswith("/"):
                    others.add(target)
        return pages, others

    def test_every_page_is_whole_and_no_link_is_dead(self):
        pages, others = self.crawl()
        for language in ("fr", "en"):
            of_data = [path for path in pages if path.startswith(f"/{language}/datasets/")]
            lists = [path for path in of_data if path.endswith("/items")]
            self.assertEqual(len(of_data) - len(lists), DATASETS)
            self.assertEqual(len(lists), LISTED)
        for path, page in pages.items():
            with self.subTest(path):
                language = path[1:3]
                self.assertEqual(page.headings[0], 1)
                self.assertEqual(page.headings.count(1), 1)
                for above, below in zip(page.headings, page.headings[1:]):
                    self.assertLessEqual(below, above + 1, "a level of headings is left out")
                self.assertEqual(len(set(page.ids)), len(page.ids))
                self.assertLessEqual(set(page.fields), page.labels)
                for link in page.links:
                    if link.startswith("#"):
                        self.assertIn(link[1:], page.ids)
                    elif not link.startswith("/"):
                        self.assertRegex(link, "^(https?|ftp|mailto):")
                self.check_alternates(path, page, language, pages)
        for path in sorted(others):
            status, _, _ = self.server.get(path)
            self.assertIn(status, (200, 303), path)

    def check_alternates(self, path, page, language, pages):
        self.assertIn(language, page.languages)
        base = self.server.url
        self.assertEqual([link["href"] for link in page.rels("canonical")], [base + path])
        pairs = {link["hreflang"]: link["href"] for link in page.rels("alternate")}
        for each in ("fr", "en"):
            self.assertEqual(pairs[each], f"{base}/{each}{path[3:]}")
            self.assertIn(f"/{each}{path[3:]}", pages)
        self.assertEqual(pairs["x-default"], pairs["en"])

    def test_a_data_set_says_what_its_record_says(self):
        page = self.page("/fr/datasets/sentinel-2-l1c")
        for part in ("Ce qui est mesuré", "2\u202f452 images ou fichiers", "Licence", "API STAC",
                     "/d/sentinel-2-l1c", "BibTeX"):
            self.assertIn(part, page.text)
        self.assertIn("/stac/collections/sentinel-2-l1c/items", page.links)
        self.assertIn("Ouvrir chez ODATIS", self.page("/fr/datasets/" + FRONTS).text)

    def test_a_data_set_shows_when_its_items_are_and_leads_to_them(self):
        path = "/en/datasets/sentinel-2-l1c"
        body = self.server.get(path)[2].decode()
        self.assertIn('class="over-time" role="img" aria-label="Images and files by month, '
                      'April 2024 – September 2024; at most', body)
        found = re.findall(r'<a href="([^"]*/items[?]from=[^"]*)">([^<]*)</a></th><td [^>]*>([0-9,]+)<',
                           body)
        counts = [int(count.replace(",", "")) for _, _, count in found]
        self.assertEqual((len(counts), sum(counts)), (6, self.tally["sentinel-2-l1c"]))
        for (link, month, _), count in zip(found, counts):
            there = self.page(html.unescape(link)).text
            self.assertIn(f"{count} images or files", there, month)
        # What has no items has no bars.
        self.assertNotIn("over-time", self.server.get("/en/datasets/" + FRONTS)[2].decode())

    def test_the_items_of_a_data_set_are_shown_and_lead_to_their_files(self):
        tracks = "/en/datasets/sentinel-2-ground-tracks/items"
        page = self.page(tracks)
        self.assertIn(f"{self.tally['sentinel-2-ground-tracks']} images or files", page.text)
        files = [link for link in page.links if link.endswith(".csv")]
        self.assertEqual(len(files), 24)
        status, _, content = self.server.get(files[0])
        self.assertEqual((status, content[:24]), (200, b"time,longitude,latitude\n"))
        self.assertEqual(len(page.pictures), 24)
        status, answer, picture = self.server.get(page.pictures[0])
        self.assertEqual((status, answer["Content-Type"]), (200, "image/png"))
        self.assertTrue(picture.startswith(b"\x89PNG"))
        # What the page lists is what the API that it names answers, page by page.
        for question in ("", "?sort=oldest&from=2024-04-03&bbox=-5,42,9,51"):
            page, seen = self.page(tracks + question), []
            api, = (link for link in page.links
                    if link.startswith("/stac/collections/sentinel-2-ground-tracks/items")
                    and "/items/" not in link)
            wanted = self.server.json(api + ("&" if "?" in api else "?") + "limit=1000")["features"]
            while True:
                seen += [link.rsplit("/", 1)[1] for link in page.links
                         if link.startswith("/stac/") and "/items/" in link]
                following = [link for link in page.links if "&token=" in link or "?token=" in link]
                following = [link for link in following if page.rel_of[link] == "next"]
                if not following:
                    break
                page = self.page(following[0])
            self.assertGreater(len(wanted), 24)
            self.assertEqual(seen, [one["id"] for one in wanted])

    def test_facts_for_search_engines_are_whole(self):
        collections = self.server.json("/stac/collections")["collections"]
        self.assertEqual(len(collections), DATASETS)
        for collection in collections:
            with self.subTest(collection["id"]):
                page = self.page("/en/datasets/" + collection["id"])
                facts, = page.json_ld
                self.assertEqual(facts["@type"], "Dataset")
                self.assertEqual(facts["name"], collection["title"])
                self.assertTrue(50 <= len(facts["description"]) <= 5000)
                self.assertEqual(facts["url"], page.rels("canonical")[0]["href"])
                self.assertTrue(facts["includedInDataCatalog"]["name"])
                if collection["license"] != "other":
                    self.assertTrue(facts["license"].startswith("http"))
                for each in facts.get("distribution", []):
                    self.assertTrue(each["contentUrl"].startswith("http"))
                record = self.server.json("/records/collections/all/items/" + collection["id"])
                self.assertEqual("temporalCoverage" in facts, record["time"] is not None)
                self.assertEqual("spatialCoverage" in facts, record["geometry"] is not None)

    def test_a_search_keeps_its_question_and_finds_by_either_language(self):
        for path in ("/fr/search?q=salinit%C3%A9", "/en/search?q=salinity"):
            self.assertIn(f"/{path[1:3]}/datasets/{ARGO}", self.page(path).links)
        one = self.page("/en/search?q=fronts&pole=odatis&from=1990&bbox=-20,-60,0,-40")
        self.assertIn("1 data set", one.text)
        self.assertIn("/en/datasets/" + FRONTS, one.links)
        nothing = self.page("/en/search?q=argo&pole=aeris")
        self.assertIn("Nothing meets these conditions", nothing.text)
        relaxed = [link for link in nothing.links if link == "/en/search?q=argo"]
        self.assertTrue(relaxed)
        self.assertIn("1 data set", self.page(relaxed[0]).text)

    def test_a_search_finds_what_says_the_same_and_says_so(self):
        page = self.page("/fr/search?q=surface+br%C3%BBl%C3%A9e")
        found = [link for link in page.links if link.startswith("/fr/datasets/")]
        burnt, = (collection["id"] for collection in
                  self.server.json("/stac/collections?limit=100")["collections"]
                  if collection["title"].startswith("Burnt area"))
        self.assertEqual(found[0], "/fr/datasets/" + burnt)  # of which no record speaks French
        self.assertIn("surface brûlée → titre burnt area", page.text)
        self.assertIn("incendies → mot-clé fire", self.page("/fr/search?q=incendies").text)
        # A time is no word to be found: others began in that year, or say since when.
        self.assertIn("1 jeu de données", self.page("/fr/search?q=incendies+depuis+2015").text)
        self.assertIn("IPSL-CM6A-LR", self.page("/fr/search?q=projections+2015").text)
        suggested = self.server.json("/api/v1/suggest?q=burn&lang=fr")["items"]
        self.assertEqual((suggested[0]["type"], suggested[0]["label"]),
                         ("concept", "surface brûlée"))
        self.assertIn(burnt, [one.get("id") for one in suggested])

    def test_a_concept_leads_from_a_suggestion_to_the_data_and_back(self):
        suggested = self.server.json("/api/v1/suggest?q=burn&lang=fr")["items"][0]
        path = suggested["href"].removeprefix(self.server.url)
        self.assertEqual(path, "/fr/vocabularies/earth/" + suggested["id"])
        page = self.page(path)
        self.assertEqual(page.headings[:2], [1, 2])
        self.assertIn("burnt area", page.text)
        datasets = [link for link in page.links if link.startswith("/fr/datasets/")]
        self.assertEqual(len(set(datasets)), suggested["count"])
        self.assertIn(path, self.page(datasets[0]).links)
        search, = (link for link in page.links if link.startswith("/fr/search?concept="))
        self.assertIn(datasets[0], self.page(search).links)
        turtle, = (link for link in page.links if link.endswith("?format=text/turtle"))
        self.assertIn(b"skos:prefLabel", self.server.get(turtle)[2])
        above, = (link["uri"] for link in self.server.json(
            "/skosmos/rest/v1/earth/broader?uri=" + suggested["uri"])["broader"])
        facet, = self.server.json("/api/v1/facets?facets=concept&limit=1000")["facets"]
        counts = {bucket["key"]: bucket["count"] for bucket in facet["buckets"]}
        self.assertEqual(counts[suggested["uri"]], suggested["count"])
        self.assertGreaterEqual(counts[above], suggested["count"])

    def test_a_time_that_a_question_speaks_of_is_offered_as_its_period(self):
        page = self.page("/en/search?q=glaciers+since+2010")
        self.assertIn("/en/search?q=glaciers&from=2010", page.links)

    def test_the_styles_are_kept_for_good_and_come_as_they_are_wanted(self):
        sheet, = self.page("/fr/").rels("stylesheet")
        sizes = {}
        for coding in ("identity", "gzip", "br", "zstd"):
            status, headers, body = self.server.get(sheet["href"], **{"Accept-Encoding": coding})
            self.assertEqual(status, 200)
            self.assertIn("immutable", headers["Cache-Control"])
            self.assertEqual(headers["Content-Encoding"], None if coding == "identity" else coding)
            sizes[coding] = len(body)
            again, _, _ = self.server.get(sheet["href"], **{"Accept-Encoding": coding,
                                                            "If-None-Match": headers["ETag"]})
            self.assertEqual(again, 304)
        self.assertLess(sizes["br"], 12_000)
        self.assertLess(sizes["br"], sizes["identity"] // 2)


class Guides(unittest.TestCase):
    """Tutorials and tools of the operator's own."""

    OWN = "---\ntitle: À nous\nconcepts: https://w3id.org/terracat/earth/snow\n---\nVoir [la neige](/search?q=neige).\n"

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        (self.folder / "guides/tutorials").mkdir(parents=True)
        self.config = self.folder / "terracat.toml"
        self.config.write_text(f'[site]\nguides = "{self.folder}/guides"\n[store]\npath = "memory:"\n'
                               "[log]\naccess = false\n")

    def write(self, name, text):
        (self.folder / "guides/tutorials" / name).write_text(text)

    def test_they_stand_beside_those_that_are_shipped_or_in_their_place(self):
        self.write("own.fr.md", self.OWN)
        self.write("find-data.fr.md", "---\ntitle: Autrement\n---\nTexte.\n")
        with Server("--config", self.config) as server:
            def page(path):
                status, _, body = server.get(path, Accept="text/html")
                self.assertEqual(status, 200, path)
                return Page(body.decode())
            links = page("/fr/tutorials").links
            for name in ("own", "find-data", "images-in-python"):
                self.assertIn("/fr/tutorials/" + name, links)
            self.assertIn("/fr/search?q=neige", page("/fr/tutorials/own").links)
            self.assertIn("Autrement", page("/fr/tutorials/find-data").text)
            # There is no English text of it any more.
            self.assertIn("This text exists only in French.", page("/en/tutorials/find-data").text)
            # They lead to concepts, and these to them.
            self.assertIn("/fr/vocabularies/earth/snow", page("/fr/tutorials/own").links)
            self.assertIn("/fr/tutorials/own", page("/fr/vocabularies/earth/snow").links)
            self.assertEqual(server.get("/fr/tutorials/none")[0], 404)

    def test_what_is_none_is_told_and_nothing_begins(self):
        for name, text, said in (("own.md", self.OWN, "expected tutorials/NAME.fr.md"),
                                 ("own.fr.md", "Text", "expected --- in the first line"),
                                 ("own.fr.md", "---\ncolour: red\n---\n", "not understood: colour: red")):
            with self.subTest(said):
                self.write(name, text)
                code, _, errors = run("--config", self.config, "config", "check")
                self.assertNotEqual(code, 0)
                self.assertIn("site.guides: tutorials/" + name + ": " + said, errors)
                (self.folder / "guides/tutorials" / name).unlink()
        self.config.write_text('[site]\nguides = "/nonexistent"\n')
        self.assertIn("there is no such folder", run("--config", self.config, "config", "check")[2])


class OwnLook(unittest.TestCase):
    """Mark, colours, fonts and tiles of the operator's own."""

    FILES = {"style.css": b':root { --hand: #123456 }\n@font-face { font-family: Own; src: url(own.woff2) }\n',
             "mark.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>', "own.woff2": b"wOF2 no real one"}

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        (self.folder / "look").mkdir()
        for name, content in self.FILES.items():
            (self.folder / "look" / name).write_bytes(content)
        self.config = self.folder / "terracat.toml"
        self.configure(f'look = "{self.folder}/look"\n'
                       'map_tiles = "https://tiles.example/{z}/{x}/{y}.png"\nmap_credit = "© Ours"\n')

    def configure(self, site):
        self.config.write_text(f'[site]\n{site}[store]\npath = "memory:"\n[log]\naccess = false\n')

    def test_it_stands_behind_what_is_shipped(self):
        with Server("--config", self.config) as server:
            status, answer, body = server.get("/fr/search", Accept="text/html")
            page = Page(body.decode())
            shipped, own = (link["href"] for link in page.rels("stylesheet"))
            self.assertTrue(shipped.startswith("/static/"))
            self.assertRegex(own, "^/look/[0-9a-f]+/style.css$")
            self.assertEqual([link["href"] for link in page.rels("icon")],
                             [urllib.parse.urljoin(own, "mark.svg")])
            self.assertEqual(page.pictures, [urllib.parse.urljoin(own, "mark.svg")])
            for name, media_type in (("style.css", "text/css; charset=utf-8"), ("own.woff2", "font/woff2"),
                                     ("mark.svg", "image/svg+xml")):
                status, headers, content = server.get(urllib.parse.urljoin(own, name))
                self.assertEqual((status, headers["Content-Type"], content), (200, media_type, self.FILES[name]))
                self.assertIn("immutable", headers["Cache-Control"])
                self.assertTrue(headers["Content-Security-Policy"].startswith("sandbox"))
                again, _, _ = server.get(urllib.parse.urljoin(own, name), **{"If-None-Match": headers["ETag"]})
                self.assertEqual(again, 304)
            for path in (own + "x", "/look/0000000000000000/style.css", own.replace("style.css", "..%2Fstyle.css")):
                self.assertEqual(server.get(path)[0], 404, path)
            # Tiles are shown by maps, and no other page lets a browser ask for them.
            self.assertIn('data-tiles="https://tiles.example/{z}/{x}/{y}.png" data-credit="© Ours"', body.decode())
            policy = answer["Content-Security-Policy"]
            self.assertIn("font-src 'self';", policy)
            self.assertIn("img-src 'self' https://tiles.example;", policy)
            about = server.get("/fr/about", Accept="text/html")[1]["Content-Security-Policy"]
            self.assertIn("img-src 'self';", about)
            tag = answer["ETag"]
            # Another look is another page, once the server has read it. What an editor leaves is none.
            for stray in (".style.css.swp", "style.css~", ".DS_Store"):
                (self.folder / "look" / stray).write_bytes(b"stray")
            (self.folder / "look/style.css").write_text(":root { --hand: #654321 }")
            server.reload()
            status, answer, body = server.get("/fr/search", Accept="text/html", **{"If-None-Match": tag})
            self.assertEqual(status, 200)
            self.assertEqual(server.get(own)[0], 404)
            now = [link["href"] for link in Page(body.decode()).rels("stylesheet")][1]
            self.assertEqual(server.get(now)[2], b":root { --hand: #654321 }")

    def test_without_one_nothing_is_asked_of_anybody(self):
        self.configure("")
        with Server("--config", self.config) as server:
            _, answer, body = server.get("/fr/search", Accept="text/html")
            self.assertNotIn(b"data-tiles", body)
            self.assertNotIn(b"/look/", body)
            self.assertIn("img-src 'self';", answer["Content-Security-Policy"])
            self.assertEqual(server.get("/look/0/style.css")[0], 404)

    def test_what_is_none_of_a_look_is_refused(self):
        (self.folder / "look/read me.txt").write_text("hello")
        code, _, errors = run("--config", self.config, "config", "check")
        self.assertNotEqual(code, 0)
        self.assertIn("read me.txt: expected style.css", errors)
        self.configure('look = "/nonexistent"\n')
        self.assertIn("there is no such folder", run("--config", self.config, "config", "check")[2])


if __name__ == "__main__":
    unittest.main()
