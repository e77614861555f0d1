"""Records as a data centre has them, made of the words of the vocabulary that is shipped, and what
people and portals ask of them. The same seed makes the same ones."""

import json
import random
import re
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

WORDS = Path(__file__).resolve().parents[1] / "vocabularies/earth"
SUBJECT = re.compile(r"^earth:([a-z0-9-]+)\n    a ([^;]*);(.*?)\n\n", re.MULTILINE | re.DOTALL)
LABEL = re.compile(r'"([^"]+)"@(en|fr)')
PLACES = [("Mediterranean Sea", "Méditerranée", -5, 31, 36, 45),
          ("Alps", "Alpes", 5, 43, 16, 48), ("North Atlantic", "Atlantique Nord", -70, 20, 0, 60),
          ("Sahel", "Sahel", -17, 12, 38, 18), ("Amazonia", "Amazonie", -73, -15, -50, 5),
          ("Southern Ocean", "océan Austral", -180, -75, 180, -45),
          ("Pacific", "Pacifique", 150, -40, -90, 40), ("Iceland", "Islande", -24, 63, -13, 67),
          ("Gulf of Guinea", "golfe de Guinée", -10, -5, 10, 7), ("world", "monde", -180, -90, 180, 90)]
WAYS = ["in situ measurements", "gridded analysis", "satellite retrievals", "reanalysis",
        "numerical simulations", "airborne survey", "ship transects", "long-term monitoring"]
STEPS = ["hourly", "daily", "weekly", "monthly", "yearly"]
FORMATS = ["NetCDF", "CSV", "GeoTIFF", "HDF5", "Zarr", "Shapefile", "GRIB"]
LICENCES = ["CC-BY-4.0", "etalab-2.0", "CC0-1.0", "ODbL-1.0", "other"]
FIRST_YEAR, LAST_YEAR = 1950, 2025


@dataclass
class Concept:
    name: str
    kinds: str
    english: list
    french: list


def concepts():
    """Those of the shipped vocabulary, with their labels, the preferred one first."""
    out = []
    for path in sorted(WORDS.glob("*.ttl")):
        for name, kinds, rest in SUBJECT.findall(path.read_text() + "\n"):
            labels = LABEL.findall(rest.split("skos:definition")[0])
            english = [text for text, language in labels if language == "en"]
            french = [text for text, language in labels if language == "fr"]
            if english and french:
                out.append(Concept(name, kinds, english, french))
    return out


@dataclass
class Said:
    """What a record says in either form."""

    id: str
    title: str
    language: str
    description: str
    keywords: list
    licence: str
    producer: str
    begin: str
    end: str

    def collection(self, box, platform):
        """As a STAC collection."""
        return {"type": "Collection", "stac_version": "1.1.0", "id": self.id, "title": self.title,
                "description": self.description, "language": {"code": self.language},
                "keywords": self.keywords, "license": self.licence,
                "providers": [{"name": self.producer, "roles": ["producer"]}],
                "extent": {"spatial": {"bbox": [box]},
                           "temporal": {"interval": [[f"{self.begin}T00:00:00Z",
                                                      f"{self.end}T00:00:00Z"]]}},
                "summaries": {"platform": [platform]}, "links": []}

    def record(self, ring, form, curator, updated):
        """As a record of OGC API Records."""
        properties = {
            "type": "dataset", "title": self.title, "language": {"code": self.language},
            "description": self.description, "updated": f"{updated}T00:00:00Z",
            "keywords": self.keywords, "license": self.licence, "formats": [{"name": form}],
            "contacts": [{"name": curator, "organization": self.producer, "roles": ["producer"]}]}
        return {"id": self.id, "type": "Feature",
                "conformsTo": ["http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"],
                "time": {"interval": [self.begin, self.end]},
                "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": properties,
                "links": [{"rel": "item", "href": f"https://data.example.org/{self.id}",
                           "type": "application/netcdf"}]}


class Archive:
    """All that is drawn from: frequent subjects, producers and platforms, and rare ones."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        known = concepts()
        self.chance.shuffle(known)  # neighbours in the alphabet mean the same
        self.variables = [one for one in known if "Variable" in one.kinds]
        self.others = [one for one in known if "Variable" not in one.kinds]
        self.producers = [f"Laboratory of {one.english[0]}" for one in self.others[:200]]
        self.platforms = [f"{word}-{number}" for word in ("Argo", "Sentinel", "ATR", "Mooring")
                          for number in range(1, 41)]

    def of(self, values):
        """The first ones are drawn most."""
        return values[int(len(values) * self.chance.random() ** 2)]

    def sentences(self, variable, other, place):
        """A description of some hundred words."""
        draw = self.chance.choice
        texts = [f"{draw(variable.english)} over the {place[0]}, from {draw(WAYS)}.",
                 f"The values are {draw(STEPS)} and were compared with {draw(WAYS)}."]
        for _ in range(self.chance.randint(4, 12)):
            one = self.of(self.others)
            texts.append(f"They serve studies of {draw(one.english)} and of "
                         f"{draw(other.english)}, with an error of {self.chance.randint(1, 30)} %.")
        return " ".join(texts)

    def box(self, place):
        west, south, east, north = place[2:]
        if self.chance.random() < 0.2:
            return [west, south, east, north]
        width, height = (east - west) % 360 or 360, north - south
        part = self.chance.uniform(0.05, 0.5)
        left = west + width * self.chance.random() * (1 - part)
        low = south + height * self.chance.random() * (1 - part)
        return [round(left, 3), round(low, 3), round(left + width * part, 3),
                round(low + height * part, 3)]

    def record(self, number):
        variable, other = self.of(self.variables), self.of(self.others)
        place = self.of(PLACES)
        box = self.box(place)
        begin = self.chance.randint(FIRST_YEAR, LAST_YEAR)
        end = min(LAST_YEAR, begin + int(30 * self.chance.random() ** 2))
        is_french = self.chance.random() < 0.3
        title = (f"{self.chance.choice(variable.french)}, {place[1]}, {begin}-{end}, jeu {number}"
                 if is_french else
                 f"{self.chance.choice(variable.english)}, {place[0]}, {begin}-{end}, set {number}")
        west, east = ((box[i] + 180) % 360 - 180 if abs(box[i]) > 180 else box[i] for i in (0, 2))
        ring = [[west, box[1]], [east, box[1]], [east, box[3]], [west, box[3]], [west, box[1]]]
        if west > east:  # the antimeridian parts it
            ring = [[west, box[1]], [180, box[1]], [180, box[3]], [west, box[3]], [west, box[1]]]
        words = [self.of(self.variables + self.others) for _ in range(self.chance.randint(2, 6))]
        language = "fr" if is_french else "en"
        said = Said(f"r-{number}", title, language, self.sentences(variable, other, place),
                    [word.french[0] if is_french else word.english[0]
                     for word in [variable, other, *words]] + [f"project {number % 900}"],
                    self.of(LICENCES), self.of(self.producers), f"{begin}-01-01", f"{end}-12-31")
        if number % 2 == 0:
            return said.collection([west, box[1], east, box[3]], self.of(self.platforms))
        updated = f"{end}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        return said.record(ring, self.of(FORMATS), f"Curator {number % 700}", updated)

    def write(self, count, path):
        with path.open("w", encoding="utf-8") as out:
            for number in range(count):
                out.write(json.dumps(self.record(number), ensure_ascii=False) + "\n")

    # ---- What is asked

    def question(self):
        """One to three words or labels, in either language, a fifth with a place."""
        draw = self.chance.choice
        one = self.of(self.variables if self.chance.random() < 0.6 else self.others)
        text = draw(one.english + one.french)
        if self.chance.random() < 0.3:
            text += " " + draw(self.of(self.others).english)
        if self.chance.random() < 0.2:
            text += " " + draw(PLACES)[self.chance.randint(0, 1)]
        return text

    def words(self):
        """One or two phrases that have to stand there as they are."""
        draw = self.chance.choice
        phrases = [draw(self.of(self.variables).english + self.of(self.others).french)
                   for _ in range(self.chance.randint(1, 2))]
        return ",".join(phrase.replace(",", " ") for phrase in phrases)

    def bbox(self):
        west, south = self.chance.uniform(-170, 140), self.chance.uniform(-60, 50)
        size = self.chance.choice([2, 5, 10, 30])
        return f"{west:.2f},{south:.2f},{west + size:.2f},{south + size:.2f}"

    def years(self):
        begin = self.chance.randint(FIRST_YEAR, LAST_YEAR - 5)
        end = begin + self.chance.randint(0, 10)
        return f"{begin}-01-01T00:00:00Z/{end}-12-31T23:59:59Z"

    def conditions(self):
        """Some of what a visitor picks."""
        picks = [("bbox", self.bbox()), ("datetime", self.years()),
                 ("platform", self.of(self.platforms)), ("license", self.of(LICENCES)),
                 ("producers", self.of(self.producers))]
        return dict(self.chance.sample(picks, self.chance.randint(1, 2)))

    def beginning(self):
        text = self.question()
        return text[:self.chance.randint(2, max(2, min(len(text), 12)))]

    def targets(self, shape):
        """One after the other, without end."""
        while True:
            path, parameters = SHAPES[shape](self)
            yield path + ("?" + urllib.parse.urlencode(parameters) if parameters else "")


RECORDS = "/records/collections/all/items"
PAGE = {"limit": 20}  # as many as a page of the portal has

# What is measured: path and parameters of a request.
SHAPES = {
    "suggest": lambda one: ("/api/v1/suggest", {"q": one.beginning()}),
    "facets": lambda one: ("/api/v1/facets", one.conditions()),
    "facets-question": lambda one: ("/api/v1/facets", {"q": one.question(), "explain": "true"}),
    "search": lambda one: (RECORDS, {**PAGE, **one.conditions()}),
    "search-question": lambda one: (RECORDS, {**PAGE, "q": one.question(), "explain": "true"}),
    "search-words": lambda one: (RECORDS, {**PAGE, "q": one.words()}),
    "search-sorted": lambda one: (RECORDS, {**PAGE, **one.conditions(), "sortby": "-updated"}),
    "footprints": lambda one: ("/api/v1/footprints", one.conditions()),
    "page": lambda one: ("/en/search", {"bbox": one.bbox()}),
    "page-question": lambda one: ("/fr/search", {"q": one.question()}),
}
MOST = {"suggest": 5}  # milliseconds of p99 that are aimed at; of the others:
MOST_OF_OTHERS = 25
