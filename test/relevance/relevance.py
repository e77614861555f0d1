#!/usr/bin/env python3
"""How well searches answer: real records through the real program, judged questions over HTTP.

The records, questions and judgements, and the program that scores them, are no part of the project
(their licences): TERRACAT_RELEVANCE names their folder, else the folder `relevance` beside
TERRACAT_CORPUS is taken. Prints the figures that doc/discovery.md keeps, and fails if one is lower
than it says there.

Usage: relevance.py [--per-query] [--without PART] [--run FILE]
PART: one of the files of vocabularies/earth ("ocean"), or "all"
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "feature"))
from terracat import Server, run  # noqa: E402

# measure, and the least that it may be: a little below what was measured last.
FLOORS = {"nDCG@10": 0.71, "R@50": 0.76, "xR@50": 0.70}
EARTH = HERE.parent.parent / "vocabularies/earth"
MOST = 60


def folder_of_records():
    named = os.environ.get("TERRACAT_RELEVANCE")
    corpus = os.environ.get("TERRACAT_CORPUS")
    folder = Path(named) if named else Path(corpus).parent / "relevance" if corpus else None
    return folder if folder and (folder / "records.ndjson").exists() else None


def moment(text):
    """A date of any precision as RFC 3339; None where there is none."""
    text = str(text or "")[:10]
    parts = text.split("-")
    if not parts[0].isdigit() or len(parts[0]) != 4:
        return None
    month, day = (parts + ["01", "01"])[1:3]
    return f"{parts[0]}-{month}-{day}T00:00:00Z"


LANGUAGES = {"fr": "fre", "en": "eng"}


def text(name, first, second=None):
    """An element with a text, perhaps in a second language."""
    if not second:
        return f"<gmd:{name}><gco:CharacterString>{escape(first)}</gco:CharacterString></gmd:{name}>"
    return (f'<gmd:{name} xsi:type="gmd:PT_FreeText_PropertyType"><gco:CharacterString>'
            f"{escape(first)}</gco:CharacterString><gmd:PT_FreeText><gmd:textGroup>"
            f'<gmd:LocalisedCharacterString locale="#other">{escape(second)}'
            f"</gmd:LocalisedCharacterString></gmd:textGroup></gmd:PT_FreeText></gmd:{name}>")


def code(name, kind, value):
    return (f'<gmd:{name}><gmd:{kind} codeList="{kind}" codeListValue="{value}">{value}'
            f"</gmd:{kind}></gmd:{name}>")


def keywords(words, kind):
    if not words:
        return ""
    return ("<gmd:descriptiveKeywords><gmd:MD_Keywords>"
            + "".join(text("keyword", word) for word in words)
            + code("type", "MD_KeywordTypeCode", kind)
            + "</gmd:MD_Keywords></gmd:descriptiveKeywords>")


def extent(record):
    out = ""
    if record.get("bbox"):
        west, south, east, north = record["bbox"]
        sides = (("westBoundLongitude", west), ("eastBoundLongitude", east),
                 ("southBoundLatitude", south), ("northBoundLatitude", north))
        out += ("<gmd:geographicElement><gmd:EX_GeographicBoundingBox>"
                + "".join(f"<gmd:{side}><gco:Decimal>{value}</gco:Decimal></gmd:{side}>"
                          for side, value in sides)
                + "</gmd:EX_GeographicBoundingBox></gmd:geographicElement>")
    if moment(record.get("start")):
        end = moment(record.get("end"))
        last = f">{end}</" if end else ' indeterminatePosition="now"></'
        out += ("<gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent><gml:TimePeriod "
                f'gml:id="t"><gml:beginPosition>{moment(record["start"])}</gml:beginPosition>'
                f"<gml:endPosition{last}gml:endPosition></gml:TimePeriod></gmd:extent>"
                "</gmd:EX_TemporalExtent></gmd:temporalElement>")
    return out


def document(record):
    """A record as ISO 19139, which has texts in two languages."""
    other = record.get("alt") or {}
    locale = ""
    if other:
        locale = ('<gmd:locale><gmd:PT_Locale id="other">'
                  + code("languageCode", "LanguageCode", LANGUAGES[other["lang"]])
                  + "</gmd:PT_Locale></gmd:locale>")
    identifier = ""
    if record.get("doi"):
        identifier = ("<gmd:identifier><gmd:MD_Identifier>" + text("code", record["doi"])
                      + "</gmd:MD_Identifier></gmd:identifier>")
    contact = ""
    if record.get("provider"):
        contact = ("<gmd:pointOfContact><gmd:CI_ResponsibleParty>"
                   + text("organisationName", record["provider"])
                   + code("role", "CI_RoleCode", "pointOfContact")
                   + "</gmd:CI_ResponsibleParty></gmd:pointOfContact>")
    themes = record.get("keywords", []) + record.get("themes", []) + record.get("parameters", [])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"
 xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:gml="http://www.opengis.net/gml/3.2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{text("fileIdentifier", record["id"])}
{code("language", "LanguageCode", LANGUAGES[record["lang"]])}
{code("hierarchyLevel", "MD_ScopeCode", "dataset")}{locale}
<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>
{text("title", record["title"], other.get("title"))}{identifier}
</gmd:CI_Citation></gmd:citation>
{text("abstract", record.get("abstract") or record["title"], other.get("abstract"))}{contact}
{keywords(themes, "theme")}{keywords(record.get("platform"), "platform")}
{keywords(record.get("instrument"), "instrument")}
<gmd:extent><gmd:EX_Extent>{extent(record)}</gmd:EX_Extent></gmd:extent>
</gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>"""


def write_documents(records, folder):
    paths = [folder / f"{record['id']}.xml" for record in records]
    for path, record in zip(paths, records):
        path.write_text(document(record), encoding="utf-8")
    return paths


def run_of(server, queries):
    lines = []
    for query in queries:
        asked = {"q": query["text"], "explain": "true", "limit": MOST}
        if query["bbox"]:
            asked["bbox"] = query["bbox"]
        if query["time"]:
            first, last = query["time"].split("/")
            asked["datetime"] = f"{moment(first)}/{moment(last)}"
        answer = server.json("/records/collections/all/items?" + urllib.parse.urlencode(asked))
        for rank, record in enumerate(answer["features"], 1):
            lines.append(f"{query['qid']}\t{rank}\t{record['id']}")
    return "\n".join(lines) + "\n"


def vocabulary_without(part, folder):
    """The configuration of a site whose vocabulary lacks that part."""
    if not part:
        return ""
    kept = folder / "earth"
    kept.mkdir()
    for path in EARTH.glob("*.ttl") if part != "all" else []:
        if path.stem != part:
            (kept / path.name).write_bytes(path.read_bytes())
    return f'[[vocabulary]]\nname = "earth"\npath = "{kept if part != "all" else ""}"\n'


def judge(figures):
    """Exit code: 0 if no measure is below its floor."""
    low = {name: (figures[name], floor) for name, floor in FLOORS.items() if figures[name] < floor}
    for name, (figure, floor) in low.items():
        print(f"{name} is {figure:.3f}; it may not be less than {floor}", file=sys.stderr)
    return 1 if low else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--per-query", action="store_true")
    parser.add_argument("--without", metavar="PART", help="of our vocabulary; no floors then")
    parser.add_argument("--run", type=Path, help="keep the run there")
    arguments = parser.parse_args()
    source = folder_of_records()
    if source is None:
        print("skipped: neither TERRACAT_RELEVANCE nor TERRACAT_CORPUS leads to the records")
        return 1 if os.environ.get("CI") == "true" else 77
    records = [json.loads(line) for line in (source / "records.ndjson").open(encoding="utf-8")]
    rows = [line.rstrip("\n").split("\t") for line in (source / "queries.tsv").open(encoding="utf-8")]
    queries = [dict(zip(rows[0], row + [""] * 7)) for row in rows[1:]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        code, _, said = run("import", *write_documents(records, folder), folder=folder)
        assert code == 0, said
        configuration = folder / "terracat.toml"
        configuration.write_text(vocabulary_without(arguments.without, folder))
        with Server("--config", configuration, folder=folder) as server:
            text = run_of(server, queries)
        path = arguments.run or folder / "run.tsv"
        path.write_text(text)
        score = [sys.executable, str(source / "score.py"), str(path)]
        print(subprocess.run(score + (["--per-query"] if arguments.per_query else []), check=True,
                             capture_output=True, text=True).stdout)
        figures = json.loads(subprocess.run(score + ["--json"], check=True, capture_output=True,
                                            text=True).stdout)[str(path)]["all"]
    return 0 if arguments.without else judge(figures)


if __name__ == "__main__":
    sys.exit(main())
