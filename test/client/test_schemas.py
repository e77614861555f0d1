"""What is written by HTTP, against the schemas of STAC: documents are spoilt one place at a time,
and what the schemas say of each is compared with what the real program says."""

import json
import re
from pathlib import Path

import pytest
import requests
from conftest import KEY
from documents import COLLECTION, ITEM, mutations
from importlib.resources import files
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

SHIPPED = Path(str(files("pystac.validation"))) / "jsonschemas"
STAC = "https://schemas.stacspec.org/v1.1.0"

FURTHER_ITEM = [
    (("stac_extensions",), ["https://example.org/a.json"] * 2),
    (("bbox",), [1, 41, 3]),
    (("bbox",), [1, 41, 0, 3, 43, 9]),
    (("bbox",), [1, 41, 3, "43"]),
    (("properties", "datetime"), "2024-03-01T12:30:00+02:00"),
    (("properties", "created"), "2024-03-01"),
    (("properties", "updated"), "2024-03-01T12:00:00+00:00"),
    (("properties", "gsd"), 0),
    (("properties", "gsd"), 0.25),
    (("properties", "license"), "CC BY 4.0"),
    (("properties", "license"), "Apache-2.0"),
    (("properties", "providers", 0, "roles"), ["owner"]),
    (("properties", "data_type"), "other"),
    (("properties", "nodata"), "-inf"),
    (("properties", "nodata"), "none"),
    (("properties", "statistics", "count"), 1.5),
    (("properties", "statistics", "count"), 2.0),
    (("properties", "statistics", "valid_percent"), 100.5),
    (("links", 1, "method"), "post"),
    (("links", 1, "headers"), {"Accept": [1]}),
    (("links", 1, "gsd"), "wide"),
    (("assets",), {"B1": {"href": "https://example.org/B1.tif"}}),
    (("assets", "B1", "bands", 0, "bands"), [{"name": 7}]),
    (("assets", "B1", "bands", 0, "bands"), [{"name": "deeper"}]),
    (("geometry",), {"type": "Point", "coordinates": [2]}),
    (("geometry",), {"type": "LineString", "coordinates": [[1, 41], [3, 43]]}),
    (("geometry",), {"type": "GeometryCollection", "geometries": []}),
    (("geometry",), {"type": "Circle", "coordinates": [2, 42]}),
    (("geometry", "coordinates", 0, 2), [3, 95]),
    (("id",), "a/b"),
    (("properties", "datetime"), "soonZ"),
    (("properties", "datetime"), "2024-02-30T00:00:00Z"),
    (("properties", "created"), "soonZ"),
    (("stac_version",), "1.0.0"),
    (("stac_version",), "0.9.0"),
    (("assets", "B1", "href"), "javascript:alert(1)"),
]
FURTHER_COLLECTION = [
    (("stac_extensions",), ["https://example.org/a.json"] * 2),
    (("type",), "Catalog"),
    (("license",), "CC BY 4.0"),
    (("extent", "spatial", "bbox"), [[-6, 40, 15, 47], [-6, 40, 0, 47]]),
    (("extent", "spatial", "bbox"), [[-6, 40, 15, 47], [-6, 40, 0, 47], [0, 40, 15, 47]]),
    (("extent", "spatial", "bbox"), [[-6, 40, 0, 15, 47, 10]]),
    (("extent", "spatial", "bbox"), [[-6, 40, 15]]),
    (("extent", "temporal", "interval"), [["2024-03-01T00:00:00+01:00", None]]),
    (("extent", "temporal", "interval"), [["2024-03-01T00:00:00Z"]]),
    (("extent", "temporal", "interval"), [["soon", None]]),
    (("summaries", "gsd"), {"minimum": "a", "maximum": "b"}),
    (("summaries", "gsd"), {"minimum": 1}),
    (("summaries", "x:schema"), {"type": "text"}),
    (("summaries", "x:schema"), {"type": ["number", "null"], "items": {"required": "a"}}),
    (("item_assets", "B1"), {"title": "Alone"}),
    (("item_assets", "B1", "href"), "https://example.org/B1.tif"),
    (("providers", 0, "roles"), ["owner"]),
    (("gsd",), 0),
    (("stac_version",), "1.0.1"),
    (("stac_version",), "2.0.0"),
    (("id",), "a/b"),
    (("extent", "temporal", "interval"), [["2024-02-30T00:00:00Z", None]]),
    (("extent", "temporal", "interval"), [["2024-03-02T00:00:00Z", "2024-03-01T00:00:00Z"]]),
]


def validator(path):
    """Of a schema that pystac ships, which leads to others that it ships."""
    registry = Registry()
    for folder in ("stac-spec/v1.1.0", "geojson"):
        for file in (SHIPPED / folder).glob("*.json"):
            schema = json.loads(file.read_text())
            resource = Resource.from_contents(schema, default_specification=DRAFT7)
            registry = registry.with_resource(schema["$id"], resource)
            if folder != "geojson":  # one of them misspells its own $id
                for spec in ("item-spec", "collection-spec", "catalog-spec"):
                    address = f"{STAC}/{spec}/json-schema/{file.name}"
                    registry = registry.with_resource(address, resource)
    return Draft7Validator({"$ref": f"{STAC}/{path}"}, registry=registry)


def faults(errors):
    """JSON pointers to all that a schema finds wrong, down to the innermost."""
    out = set()
    for error in errors:
        if error.context:
            out |= faults(error.context)
            continue
        where = "".join(f"/{step}" for step in error.absolute_path)
        missing = re.match(r"'(.*)' is a required property", error.message)
        beside = re.match(r"'(.*)' is a dependency of", error.message)
        found = missing or beside
        out.add(where + (f"/{found[1]}" if found else ""))
    return out


def are_near(a, b):
    """One place lies within the other."""
    return (a + "/").startswith(b + "/") or (b + "/").startswith(a + "/")


class Comparison:
    def __init__(self, site, path, schema, fill, stricter):
        self.address = site.stac + path
        self.schema = validator(schema)
        self.fill = fill
        self.stricter = stricter
        self.counts = {"both accept": 0, "both refuse": 0, "stricter": 0, "completed": 0}
        self.mismatches = []
        self.idle_rules = set(stricter)
        self.session = requests.Session()
        self.session.headers["X-API-Key"] = KEY

    def ask(self, what, document):
        answer = self.session.post(self.address, json=document, timeout=30)
        if answer.status_code == 201:
            self.check_kept(what, answer.headers["Location"])
        errors = faults(self.schema.iter_errors(document))
        if answer.status_code == 201 and not errors:
            self.counts["both accept"] += 1
        elif answer.status_code == 400 and errors:
            also = faults(self.schema.iter_errors(self.fill(document)))
            self.check_place(what, errors | also, answer.json())
        elif answer.status_code == 400:
            self.check_stricter(what, answer.json())
        elif answer.status_code == 201:
            self.check_completed(what, document, errors)
        else:
            self.mismatches.append((what, answer.status_code, answer.text))

    def check_kept(self, what, address):
        kept = self.session.get(address, timeout=30).json()
        errors = faults(self.schema.iter_errors(kept))
        if errors:
            self.mismatches.append((what, "is answered with faults", sorted(errors)[:3]))
        assert self.session.delete(address, timeout=30).status_code == 204

    def check_place(self, what, errors, problem):
        where = problem.get("where", "")
        if where and any(are_near(where, place) for place in errors):
            self.counts["both refuse"] += 1
        else:
            self.mismatches.append((what, f"is told at {where!r}: {problem['detail']}", sorted(errors)[:3]))

    def check_stricter(self, what, problem):
        said = f"{problem.get('where', '')}: {problem['detail']}"
        rules = {rule for rule in self.stricter if re.search(rule, said)}
        self.idle_rules -= rules
        if rules:
            self.counts["stricter"] += 1
        else:
            self.mismatches.append((what, "is refused", said))

    def check_completed(self, what, document, errors):
        """What is left out and comes from the address or from us is no fault."""
        left = faults(self.schema.iter_errors(self.fill(document)))
        if left:
            self.mismatches.append((what, "is accepted", sorted(left)[:3]))
        else:
            self.counts["completed"] += 1


def version(document):
    """What was written by STAC 1.0 is answered by 1.1."""
    said = document.get("stac_version")
    return "1.1.0" if str(said).startswith("1.0.") else said


def fill_item(item):
    """What the program adds to an item: our links, no assets, where it is, its collection."""
    ours = {"rel": "collection", "href": "https://example.org/tiles"}
    links = item.get("links", [])
    added = {"links": [*links, ours] if isinstance(links, list) else links,
             "assets": item.get("assets", {}), "collection": "tiles"}
    if item.get("geometry") is not None:
        added["bbox"] = item.get("bbox", [1, 41, 3, 43])
    if "stac_version" in item:
        added["stac_version"] = version(item)
    return {**item, **added}


def fill_collection(collection):
    """What the program adds to a collection: our links, and of where and when its items are."""
    extent = {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[None, None]]}}
    filled = {**collection, "links": collection.get("links", []),
              "extent": collection.get("extent", extent)}
    return {**filled, "stac_version": version(collection)} if "stac_version" in collection else filled


def compare(comparison, document, further):
    comparison.ask("as it is", document)
    assert comparison.mismatches == [] and comparison.counts["both accept"] == 1
    for what, spoilt in mutations(document, further):
        comparison.ask(what, spoilt)
    print(comparison.counts, "mismatches:", len(comparison.mismatches))
    assert comparison.mismatches == []
    assert comparison.idle_rules == set()


# Where a sound document may be refused all the same, as "place: sentence", and why.
STRICTER_ITEM = [
    # It would be of another collection than its address says.
    r"^/collection: the address says",
    # It has to stand in addresses.
    r"^/id: this cannot stand in an address",
    # A place that is none, or is not on the Earth, is found by no search.
    r"^/geometry: the item's geometry cannot be read",
    # What a box says has to be true of the geometry, and in the order that GeoJSON asks for.
    r"^/bbox: this is not where the geometry is",
    r"^/bbox: .* were swapped",
    # There is no document that it could be relative to, and scripts lead nowhere.
    r"^/(links/\d+|assets/B1)/href: .*(relative link|left out)",
    # The schema looks at the end of a moment only, unless asked to go by its format, and at no calendar.
    r"^/properties/(created|datetime): expected a moment",
    r"^/properties/datetime: .*a date cannot be read",
]
STRICTER_COLLECTION = [
    r"^/id: expected at most 200 letters",
    r"^/extent/spatial/bbox/0: .* were swapped",
    r"^/(links/0|assets/thumbnail)/href: .*(relative link|left out)",
    r"^/extent/temporal/interval",
    # The schema describes its members and forgets to ask for an object.
    r"^/item_assets: expected an object",
]


def test_an_item_is_judged_as_by_the_schema(writable):
    compare(Comparison(writable, "/collections/tiles/items", "item-spec/json-schema/item.json",
                       fill_item, STRICTER_ITEM), ITEM, FURTHER_ITEM)


def test_a_collection_is_judged_as_by_the_schema(writable):
    compare(Comparison(writable, "/collections", "collection-spec/json-schema/collection.json",
                       fill_collection, STRICTER_COLLECTION), COLLECTION, FURTHER_COLLECTION)
