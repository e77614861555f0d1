#!/usr/bin/env python3
"""Writes a thesaurus that is as large as it is told to be, in Turtle or N-Triples.

Each concept has a preferred and an alternate label in each language, a notation, a definition, a
scheme and, but for the first hundred, a broader concept: the shape of a real thesaurus. The same
arguments make the same bytes.
"""

import argparse
import itertools
import sys

SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PLACE = "http://thesaurus.example/"
TOPS = 100
LANGUAGES = (
    "en fr de es it pt nl sv da fi nb is pl cs sk sl hr sr bg ro hu et lv lt el tr ru uk ar he fa "
    "hi bn th vi zh ja ko id ms"
).split()
SYLLABLES = [a + b for a in "bcdfghjklmnprstvz" for b in "aeiou"]


def words(number):
    """Two words of which no two numbers below some 50 million have the same."""
    out = []
    for _ in range(2):
        word = ""
        for _ in range(3):
            number, rest = divmod(number, len(SYLLABLES))
            word += SYLLABLES[rest]
        out.append(word)
        number += 7
    return " ".join(out)


def statements(number, languages):
    """Pairs of a property and an object, as N-Triples write them."""
    # Neighbours in the order of labels are not neighbours in the document.
    mixed = number * 7919 % 50_000_017
    for language in languages:
        yield SKOS + "prefLabel", f'"{words(mixed)} {language}"@{language}'
        yield SKOS + "altLabel", f'"{language}{words(mixed + 1)}"@{language}'
    yield SKOS + "notation", f'"T{number}"'
    yield SKOS + "definition", f'"What is called {words(mixed)} by those who measure it."@en'
    yield SKOS + "inScheme", f"<{PLACE}scheme>"
    if number >= TOPS:
        yield SKOS + "broader", f"<{PLACE}c{number // 10}>"
    else:
        yield SKOS + "topConceptOf", f"<{PLACE}scheme>"


def short(term):
    """A property, or an object of N-Triples, as Turtle writes it with prefixes."""
    address = term.strip("<>")
    if address == TYPE:
        return "a"
    return "skos:" + address.removeprefix(SKOS) if address.startswith(SKOS) else term


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--concepts", type=int, default=50_000)
    parser.add_argument("--languages", type=int, default=40, help="up to 40")
    parser.add_argument("--form", choices=("turtle", "ntriples"), default="turtle")
    options = parser.parse_args()
    languages = LANGUAGES[: options.languages]
    write = sys.stdout.write
    head = (TYPE, f"<{SKOS}ConceptScheme>")
    subjects = itertools.chain(
        [("scheme", [head])],
        (
            (f"c{i}", itertools.chain([(TYPE, f"<{SKOS}Concept>")], statements(i, languages)))
            for i in range(options.concepts)
        ),
    )
    if options.form == "ntriples":
        for name, said in subjects:
            for name_of, value in said:
                write(f"<{PLACE}{name}> <{name_of}> {value} .\n")
        return
    write(f"@prefix skos: <{SKOS}> .\n@prefix : <{PLACE}> .\n")
    for name, said in subjects:
        lines = (f"{short(name_of)} {short(value)}" for name_of, value in said)
        write(f":{name} " + " ;\n  ".join(lines) + " .\n")


if __name__ == "__main__":
    main()
