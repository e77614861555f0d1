"""Asks the running terracat, once for each request, which items its answers have, so that the
yardsticks can give the same."""

import http.client
import re
import sqlite3
import time
import urllib.parse
from contextlib import closing

READY_ANSWERS = 16
ITEM = re.compile(rb'\{"id":"([^"]+)","collection":"([^"]+)",')


def requests(lines):
    """(method, target, body) of each line."""
    with open(lines.path, encoding="ascii") as file:
        for number, line in enumerate(file, 1):
            if number >= lines.first + lines.count:
                return
            if number >= lines.first:
                request, _, body = line.rstrip("\n").partition("\t")
                yield *request.split(" ", 1), body or None


class Notes:
    """What was answered: numbers of items for the floor, whole answers for the ceiling."""

    def __init__(self, folder):
        self.numbers = folder / "numbers"
        self.answers = folder / "answers"
        self.count = 0
        self.bytes = 0  # of all answers
        self.items = 0

    def mean_bytes(self):
        return self.bytes / self.count


def note(url, catalogue, lines, folder, seconds):
    """Notes answers from the first line on, as many as fit into `seconds`."""
    notes = Notes(folder)
    until = time.monotonic() + seconds
    headers = {"Content-Type": "application/json"}
    with closing(http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)) as connection, \
            closing(sqlite3.connect(f"file:{catalogue}?mode=ro", uri=True)) as store, \
            notes.numbers.open("w") as numbers, notes.answers.open("wb") as answers:
        for method, target, body in requests(lines):
            connection.request(method, target, body, headers if body else {})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status == 200:
                found = numbers_of(text, store)
                numbers.write(" ".join(map(str, found)) + "\n")
                notes.count += 1
                notes.bytes += len(text)
                notes.items += len(found)
                if notes.count <= READY_ANSWERS:
                    answers.write(b"%d\n%b" % (len(text), text))
            if time.monotonic() > until and notes.count > 0:
                break
    if notes.count == 0:
        raise RuntimeError(f"no request of {lines.path} was answered")
    return notes


def numbers_of(answer, store):
    """The numbers that items have in the catalogue file, in the order of the answer."""
    found = []
    for name, collection in ITEM.findall(answer):
        row = store.execute(
            "SELECT number FROM item WHERE id = ? AND collection = "
            "(SELECT number FROM record WHERE id = ?)",
            (name.decode(), collection.decode())).fetchone()
        found.append(row[0])
    return found
