#!/usr/bin/env python3
"""Measures vocabularies: how fast what is typed is completed, and what a large one costs.

Usage: bench/thesaurus.py [--concepts N] [--languages N] [--requests N] [--million]

Generates a thesaurus (50,000 concepts in 40 languages, in Turtle), asks for completions in one
process beside a binary search in a sorted array of the same labels, then /api/v1/suggest of a
running server over one connection. --million: also reads a million concepts from N-Triples of one
gigabyte, and tells seconds and memory. doc/performance.md has the figures. Builds nothing:
`cmake --build build/release --target terracat bench` has to be there.
"""

import argparse
import http.client
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))

from programs import BINARY, BUILD, Terracat  # noqa: E402

HERE = Path(__file__).parent
CONFIGURATION = """\
[limits]
address_rate = 0 # all clients are of this machine
[log]
access = false
[[vocabulary]]
name = "earth" # the one that is shipped is not measured
[[vocabulary]]
name = "bench"
path = "{path}"
"""


def generate(path, concepts, languages, form):
    with path.open("w") as file:
        subprocess.run([sys.executable, HERE / "thesaurus_make.py", "--concepts", str(concepts),
                        "--languages", str(languages), "--form", form], stdout=file, check=True)
    return path.stat().st_size


def beginnings(path, count):
    """What people type: the first two to eight letters of labels, whole labels, and some letters
    wrong."""
    labels = [line.split('"')[1] for line in path.open() if "Label" in line]
    chance = random.Random(1)
    for _ in range(count):
        label = chance.choice(labels)
        kind = chance.random()
        if kind < 0.1:
            place = chance.randrange(6)
            yield label[:place] + "q" + label[place + 1 : 7]
        elif kind < 0.2:
            yield label
        else:
            yield label[: chance.randint(2, 8)]


def ask(server, texts):
    """Milliseconds of each answer, in order."""
    host = server.url.removeprefix("http://")
    connection = http.client.HTTPConnection(host)
    times = []
    for text in texts:
        began = time.perf_counter()
        connection.request("GET", "/api/v1/suggest?types=concept&q=" + quote(text))
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {text}")
    connection.close()
    return sorted(times)


def serve(folder, path, requests):
    (folder / "terracat.toml").write_text(CONFIGURATION.format(path=path))
    with Terracat(folder) as server:
        times = ask(server, list(beginnings(path, requests)))
        print(f"/api/v1/suggest, one connection, milliseconds: p50 {times[len(times) // 2]:.2f}, "
              f"p99 {times[len(times) * 99 // 100]:.2f}, most {times[-1]:.2f}; "
              f"the server has {server.resident() >> 20} MB")


def read_a_million(folder):
    path = folder / "million.nt"
    size = generate(path, 1_000_000, 2, "ntriples")
    (folder / "terracat.toml").write_text(CONFIGURATION.format(path=path))
    began = time.monotonic()
    said = subprocess.run([BINARY, "vocabularies"], cwd=folder, check=True, capture_output=True,
                          text=True).stdout
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if "1000000" not in said:
        raise RuntimeError(said)
    print(f"a million concepts, {size >> 20} MB of N-Triples: {seconds:.0f} s, at most "
          f"{peak >> 10} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--concepts", type=int, default=50_000)
    parser.add_argument("--languages", type=int, default=40)
    parser.add_argument("--requests", type=int, default=5_000)
    parser.add_argument("--million", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "thesaurus.ttl"
        size = generate(path, options.concepts, options.languages, "turtle")
        print(f"{size >> 20} MB of Turtle", flush=True)
        subprocess.run([BUILD / "bench/thesaurus", path], check=True)
        serve(folder, path, options.requests)
        if options.million:
            read_a_million(folder)


if __name__ == "__main__":
    main()
