"""What a sample of real documents says, as somebody has read it in them, field by field: titles,
areas, times, contacts, licences (expected_sample.txt). And twins: one record in several formats says
the same in all of them. `sample.py EXPECTED [FILE…]` prints what becomes of other files."""

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

SKIPPED = 77  # what CTest is told to take for a skipped test
BINARY = os.environ.get("TERRACAT_BINARY", "build/release/terracat")

CYCLE = 146_097 * 86_400  # seconds of 400 years

ISO = "SEMICeu+iso-19139-to-dcat-ap/tests/test-cases/"
TWINS_ISO = "metadata101+iso19115-3.2018/src/main/test/resources/inspire-test/"
TWINS_DCAT = "opendatateam+udata/udata/harvest/tests/csw_dcat/geonetwork-"


def records_of(path):
    """What `terracat map` says of each document of a file, as nested values."""
    said = subprocess.run([BINARY, "--config", "/dev/null", "--store", "memory:", "map", str(path),
                           "--json", "--count", "1000"], capture_output=True, text=True, check=False)
    for line in said.stdout.splitlines():
        document = json.loads(line)
        root = {}
        for value in document["values"]:
            *parents, last = value["where"].split("/")[1:]
            node = root
            for name in parents:
                node = node.setdefault(name, {})
            node[last] = value.get("value")
        yield document, root


def texts(node):
    return {pair.get("0") or "": pair["1"] for pair in (node or {}).values()}


def on_a_line(text, length=140):
    return " ".join(text.split())[:length].rstrip()


def bound(value):
    if value == "..":
        return "open"
    if not value:
        return "unknown"
    seconds, precision = int(value["0"]) // 1000, value["1"]
    cycles = seconds // CYCLE  # Python knows no year before the first
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds - cycles * CYCLE)
    year = moment.year + 400 * cycles
    length = {"year": 0, "month": 3, "day": 6}.get(precision, 15)
    return f"{year:04}{moment.isoformat()[4:4 + length]}"


def area(spatial):
    geometry = spatial.get("geometry")
    box = " ".join(f"{float(value):.10g}" for value in geometry["bbox"].values()) if geometry else ""
    shape = "" if not geometry or geometry.get("is_box") == "true" else "geometry "
    places = ", ".join(texts(spatial.get("place")).values())
    return on_a_line(shape + box + (f" ({places})" if places else ""))


def contact(one):
    organisation = next(iter(texts(one.get("organisation")).values()), "")
    mails = " ".join((one.get("emails") or {}).values())
    roles = " ".join(sorted((one.get("roles") or {}).values()))
    return on_a_line(" | ".join(part or "-" for part in
                                (one.get("name"), organisation, mails, roles)), 300)


def licence(one):
    text = next(iter(texts(one.get("text")).values()), "")
    return on_a_line(" ".join(part for part in [one.get("spdx"), one.get("url"),
                                                f'"{on_a_line(text, 60)}"' if text else ""] if part))


def fields_of_item(root):
    properties = root["properties"]
    out = [f"title: {properties['title']}"] if properties.get("title") else []
    if root.get("bbox"):
        out.append("area: " + " ".join(f"{float(value):.10g}" for value in root["bbox"].values()))
    if properties.get("datetime"):
        return [*out, f"time: {properties['datetime']}"]
    return [*out, f"time: {properties['start_datetime']} / {properties['end_datetime']}"]


def fields_of(root):
    """One line for each value: what is compared."""
    if "properties" in root:
        return fields_of_item(root)
    out = [f"title{' ' + language if language else ''}: {on_a_line(text, 300)}"
           for language, text in texts(root.get("title")).items()]
    out += [f"area: {area(one)}" for one in root.get("spatial", {}).values()]
    for one in root.get("temporal", {}).values():
        interval = one.get("interval") or {}
        out.append(f"time: {bound(interval.get('0'))} / {bound(interval.get('1'))}")
    out += [f"contact: {contact(one)}" for one in root.get("contacts", {}).values()]
    out += [f"licence: {licence(one)}" for one in root.get("licences", {}).values()]
    return out


# ---- The sample

def sections(path):
    """{file and number: lines} of a file of expectations."""
    out = {}
    for line in Path(path).read_text().splitlines():
        if line.startswith("# "):
            continue
        if line.startswith("file: "):
            lines = out[line.removeprefix("file: ")] = []
        elif line:
            lines.append(line)
    return out


def found_in(corpus, name):
    """What becomes of the document of a section: `path` or `path #2` of several."""
    path, _, number = name.partition(" #")
    every = list(records_of(corpus / path))
    at = int(number or 1) - 1
    return fields_of(every[at][1]) if at < len(every) else []


def compare_sample(corpus, expected):
    wrong = []
    for name, lines in sections(expected).items():
        found = found_in(corpus, name)
        wrong += [f"{name}: expected {line}" for line in lines if line not in found]
        wrong += [f"{name}: found    {line}" for line in found if line not in lines]
    return wrong


# ---- Twins

def twin_of(fields, without=()):
    """What twins have to say alike: people, organisations and their mail, licences by where they are
    said, in whichever language."""
    out = {}
    for line in fields:
        name, _, value = line.partition(": ")
        field = name.partition(" ")[0]
        if field == "contact":
            person, organisation, mail, _ = value.split(" | ")
            values = {"organisation": organisation, "mail": mail,
                      "person": person if person != organisation else "-"}
        elif field == "licence":
            values = {field: next((part for part in value.split() if "://" in part), value)}
        else:
            values = {field: value}
        for each, said in values.items():
            out.setdefault(each, set()).add(said)
    return {field: values - {"-"} for field, values in out.items() if field not in without}


def twins():
    """(two documents, fields that one of them does not tell)."""
    cases = ("geo-bbox-precision", "hvd_dataset_multilingual", "hvd_dataset_non_multilingual",
             "multilingual-resource-description", "network-service", "transfersize-bytesize")
    for case in cases:
        without = ("time",) if case == "network-service" else ()  # its RDF says nothing of time
        for form in ("rdf", "ttl"):
            yield f"{ISO}{case}/input.xml", f"{ISO}{case}/expected_output.{form}", without
    for old, new in (("iso19139_dataset", "geosource-dataset"),
                     ("iso19139_discovery", "geosource-discovery"),
                     ("metawal-sample", "metawal-sample")):
        yield f"{TWINS_ISO}iso19139/{old}.xml", f"{TWINS_ISO}iso19115-3/{new}.xml", ()
    for number in (1, 2):
        yield (f"{TWINS_DCAT}dcat-page-1.xml #{number}",
               f"{TWINS_DCAT}geodcatap-page-1.xml #{number}", ("licence",))


def compare_twins(corpus):
    wrong = []
    for one, other, without in twins():
        first, second = (twin_of(found_in(corpus, name), without) for name in (one, other))
        if not first or first != second:
            wrong.append(f"{one}: {first}\n  and {other}: {second}")
    return wrong


def main(expected, files):
    if files:
        for path in files:
            for number, (_, root) in enumerate(records_of(path), 1):
                print(f"file: {path}" + (f" #{number}" if number > 1 else ""))
                print("\n".join(fields_of(root)) + "\n")
        return 0
    corpus = Path(os.environ.get("TERRACAT_CORPUS", ""))
    if not os.environ.get("TERRACAT_CORPUS") or not corpus.is_dir():
        print("skipped: TERRACAT_CORPUS names no folder of real documents")
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    wrong = compare_sample(corpus, expected) + compare_twins(corpus)
    print("\n".join(wrong) or f"{len(sections(expected))} documents and {len(list(twins()))} pairs "
                              "of twins say what they should")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
