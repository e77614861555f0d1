#!/usr/bin/env python3
"""What search engines are told of data sets: real documents through the real program, and each answer
of /d/{id} in JSON-LD held to what Google requires and recommends of schema.org's Dataset.

A member is there exactly if the record says it. Skipped (77) without TERRACAT_CORPUS; with CI=true
that is a failure. Prints how many data sets have each member.
"""

import collections
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "feature"))
from terracat import Server, run  # noqa: E402

SKIPPED = 77
LEAST = 100
DAY = r"-?\d{4,}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?)?)?"
PERIOD = re.compile(rf"(\.\.|{DAY})/(\.\.|{DAY})")
CREATORS = {"author", "originator", "owner", "principalInvestigator", "producer"}


class Wrong(Exception):
    pass


def expect(is_so, what):
    if not is_so:
        raise Wrong(what)


def is_web(text):
    return re.fullmatch(r"https?://[^\s<>\"]+", text) is not None


def check_required(facts, url):
    expect(facts["@context"] == "https://schema.org/" and facts["@type"] == "Dataset", "@type")
    expect(facts["name"].strip() != "", "name")
    expect(50 <= len(facts["description"]) <= 5000, f"description of {len(facts['description'])}")
    expect(is_web(facts["url"]) and facts["url"].startswith(url), "url")
    expect(facts["includedInDataCatalog"]["@type"] == "DataCatalog", "includedInDataCatalog")


def check_people(facts):
    for name in ("creator", "publisher", "provider", "funder"):
        for one in facts.get(name, []):
            expect(one["@type"] in ("Person", "Organization") and one["name"].strip(), name)
            expect("url" not in one or is_web(one["url"]) or "://" not in one["url"], name + ".url")


def check_place(facts):
    place = facts.get("spatialCoverage")
    if place is None:
        return
    expect(place["@type"] == "Place", "spatialCoverage")
    geo = place["geo"]
    if geo["@type"] == "GeoShape":
        south, west, north, east = map(float, geo["box"].split())
        expect(-90 <= south <= north <= 90, "spatialCoverage latitudes")
        expect(-180 <= west <= 180 and -180 <= east <= 180, "spatialCoverage longitudes")
    else:
        expect(geo["@type"] == "GeoCoordinates", "spatialCoverage.geo")
        expect(abs(geo["latitude"]) <= 90 and abs(geo["longitude"]) <= 180, "spatialCoverage.geo")


def check_recommended(facts, record):
    """Each is there if, and only if, the record says it."""
    properties = record["properties"]
    contacts = properties.get("contacts", [])
    roles = {role for one in contacts for role in one.get("roles", [])
             if one.get("name") or one.get("organization")}
    says = {
        "creator": bool(roles & CREATORS),
        "identifier": bool(properties.get("externalIds")),
        "spatialCoverage": record["geometry"] is not None,
        "temporalCoverage": record["time"] is not None,
    }
    for name, is_said in says.items():
        expect((name in facts) == is_said, f"{name}: record {'says' if is_said else 'lacks'} it")
    if properties.get("keywords"):
        expect(facts.get("keywords"), "keywords")
    if properties.get("license", "other") != "other":
        expect(is_web(facts.get("license", "")), "license")


def check(facts, record, url):
    check_required(facts, url)
    check_people(facts)
    check_place(facts)
    check_recommended(facts, record)
    if "temporalCoverage" in facts:
        expect(PERIOD.fullmatch(facts["temporalCoverage"]), "temporalCoverage: " + facts["temporalCoverage"])
    for name in ("dateCreated", "datePublished", "dateModified"):
        expect(name not in facts or re.fullmatch(DAY, facts[name]), name)
    for address in facts.get("sameAs", []):
        expect(is_web(address), "sameAs")
    for file in facts.get("distribution", []):
        expect(file["@type"] == "DataDownload" and is_web(file["contentUrl"]), "distribution")
    expect(all(isinstance(word, str) and word for word in facts.get("keywords", [])), "keywords")


def gather(corpus, folder):
    """Documents of the corpus in one folder, under names of their own."""
    for number, path in enumerate(sorted(corpus.rglob("*"))):
        if path.suffix in (".xml", ".json", ".jsonld") and path.stat().st_size < 2_000_000:
            shutil.copyfile(path, folder / f"{number:05}{path.suffix}")


def main():
    corpus = os.environ.get("TERRACAT_CORPUS")
    if not corpus:
        print("TERRACAT_CORPUS names no folder", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "documents").mkdir()
        gather(Path(corpus), folder / "documents")
        config = folder / "terracat.toml"
        config.write_text(f"""
[store]
path = "{folder / 'terracat.sqlite'}"
[log]
level = "error"
access = false
[[source]]
name = "corpus"
kind = "files"
address = "{folder / 'documents'}"
""")
        run("--config", config, "harvest")
        members, wrong, total = collections.Counter(), [], 0
        with Server("--config", config) as server:
            for collection in server.json("/stac/collections?limit=10000")["collections"]:
                name = collection["id"]
                status, answer, body = server.get(f"/d/{name}", Accept="application/ld+json")
                record = server.json(f"/records/collections/all/items/{name}")
                if status != 200 or record["properties"]["type"] not in ("dataset", "series"):
                    wrong += [f"{name}: {status}"] * (status != 200)
                    continue
                facts = json.loads(body)
                total += 1
                members.update(facts.keys())
                try:
                    check(facts, record, server.url)
                except (Wrong, KeyError, ValueError) as error:
                    wrong.append(f"{name}: {type(error).__name__} {error}")
        print(f"{total} data sets")
        for member, count in members.most_common():
            print(f"{count:6} {member}")
        for line in wrong:
            print(line, file=sys.stderr)
        if total < LEAST:
            print(f"expected {LEAST} data sets or more", file=sys.stderr)
        return 1 if wrong or total < LEAST else 0


if __name__ == "__main__":
    sys.exit(main())
