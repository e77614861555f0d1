"""One rich item and one rich collection, and how they are spoilt, one place at a time."""

import copy

SPOILT = [None, 5, -1, "x", "", True, [], {}, [5, None], [[]], {"x": 1}]

ITEM = {
    "type": "Feature",
    "stac_version": "1.1.0",
    "stac_extensions": ["https://example.org/none/v1.0.0/schema.json"],
    "id": "rich",
    "collection": "tiles",
    "geometry": {"type": "Polygon",
                 "coordinates": [[[1, 41], [3, 41], [3, 43], [1, 43], [1, 41]]]},
    "bbox": [1, 41, 3, 43],
    "properties": {
        "title": "A tile",
        "description": "Of all that may be said",
        "keywords": ["a", "b"],
        "roles": ["data"],
        "datetime": "2024-03-01T10:30:00Z",
        "start_datetime": "2024-03-01T10:00:00Z",
        "end_datetime": "2024-03-01T11:00:00Z",
        "created": "2024-03-01T12:00:00Z",
        "updated": "2024-03-02T12:00:00Z",
        "platform": "sentinel-2a",
        "instruments": ["msi"],
        "constellation": "sentinel-2",
        "mission": "copernicus",
        "gsd": 10,
        "license": "CC-BY-4.0",
        "providers": [{"name": "A centre", "description": "It makes tiles",
                       "roles": ["producer", "host"], "url": "https://example.org/"}],
        "bands": [{"name": "B1", "description": "Blue"}],
        "data_type": "uint16",
        "nodata": 0,
        "statistics": {"minimum": 0, "maximum": 9, "mean": 4.5, "stddev": 1.5, "count": 12,
                       "valid_percent": 99.5},
        "unit": "K",
        "x:own": {"anything": [1, "two", None]},
    },
    "links": [
        {"rel": "collection", "href": "https://example.org/tiles", "type": "application/json",
         "title": "Tiles"},
        {"rel": "derived_from", "href": "https://example.org/raw", "method": "POST",
         "headers": {"Accept": "*/*", "X-Many": ["a", "b"]}, "body": {"a": 1}},
    ],
    "assets": {
        "B1": {"href": "https://example.org/B1.tif", "type": "image/tiff", "title": "Blue",
               "description": "One band", "roles": ["data"], "gsd": 20,
               "created": "2024-03-01T12:00:00Z", "data_type": "uint16", "nodata": "nan",
               "statistics": {"minimum": 0}, "unit": "K",
               "bands": [{"name": "B1", "gsd": 20, "nodata": -1}]},
    },
}

COLLECTION = {
    "type": "Collection",
    "stac_version": "1.1.0",
    "stac_extensions": ["https://example.org/none/v1.0.0/schema.json"],
    "id": "rich",
    "title": "Rich",
    "description": "Of all that may be said",
    "keywords": ["a", "b"],
    "license": "CC-BY-4.0",
    "providers": [{"name": "A centre", "description": "It makes tiles",
                   "roles": ["producer", "host"], "url": "https://example.org/"}],
    "extent": {"spatial": {"bbox": [[-6, 40, 15, 47]]},
               "temporal": {"interval": [["2024-03-01T00:00:00Z", None]]}},
    "summaries": {"platform": ["sentinel-2a", "sentinel-2b"],
                  "gsd": {"minimum": 10, "maximum": 60},
                  "x:schema": {"type": "number", "minimum": 1}},
    "item_assets": {"B1": {"type": "image/tiff", "title": "Blue", "description": "One band",
                           "roles": ["data"], "gsd": 10, "bands": [{"name": "B1"}]}},
    "assets": {"thumbnail": {"href": "https://example.org/small.png", "type": "image/png",
                             "title": "Small", "roles": ["thumbnail"]}},
    "links": [{"rel": "license", "href": "https://example.org/licence", "type": "text/html",
               "title": "Licence"}],
    "created": "2024-03-01T12:00:00Z",
    "updated": "2024-03-02T12:00:00Z",
    "platform": "sentinel-2a",
    "instruments": ["msi"],
    "gsd": 10,
    "x:own": {"anything": [1, "two", None]},
}


def pointer(steps):
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def at(document, steps):
    for step in steps:
        document = document[step]
    return document


def places(value, steps=()):
    """The steps to every value within one."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in inner:
        yield (*steps, name)
        yield from places(child, (*steps, name))


def edited(document, steps, *value):
    """A copy with one place replaced, or removed if there is no value."""
    out = copy.deepcopy(document)
    parent = at(out, steps[:-1])
    if value:
        parent[steps[-1]] = copy.deepcopy(value[0])
    else:
        del parent[steps[-1]]
    return out


def mutations(document, further):
    """(what was done, document) of each way to spoil it: every place in turn, then what is further
    (steps, value)."""
    for steps in places(document):
        yield f"without {pointer(steps)}", edited(document, steps)
        for value in SPOILT:
            yield f"{pointer(steps)} = {value!r}", edited(document, steps, value)
    for steps, value in further:
        yield f"{pointer(steps)} = {value!r}", edited(document, steps, value)
