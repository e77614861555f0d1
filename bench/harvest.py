"""Sources that answer out of memory, and how fast they are harvested."""

import json
import os
import re
import subprocess
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from programs import BINARY, BUILD, ROOT

GENERATE = BUILD / "bench/generate"
EXAMPLES = ROOT / "examples/data-terra/records"
ON_PAGE = {"csw": 100, "stac-api": 500}
IDENTIFIER = re.compile(r"(:fileIdentifier>\s*<gco:CharacterString>|"
                        r":metadataIdentifier>.*?<mcc:code>\s*<gco:CharacterString>)([^<]+)", re.S)
DOI = re.compile(r'10\.\d{4,9}/[^\s<"]+')
CSW = ('<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
       '<csw:SearchResults numberOfRecordsMatched="{}" numberOfRecordsReturned="{}" '
       'nextRecord="{}">{}</csw:SearchResults></csw:GetRecordsResponse>')


def records(count):
    """ISO metadata as the example has them, each under an identifier and DOIs of its own."""
    texts = [re.sub(r"^\s*<\?xml.*?\?>", "", path.read_text(), flags=re.S)
             for path in sorted(EXAMPLES.rglob("*.xml"))]
    for number in range(count):
        text = texts[number % len(texts)]
        text, changed = IDENTIFIER.subn(rf"\g<1>\g<2>-{number}", text, count=1)
        if not changed:
            raise RuntimeError("an example has no identifier")
        yield DOI.sub(rf"\g<0>.{number}", text)


def pieces(values, size):
    piece = []
    for value in values:
        piece.append(value)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece


class Csw:
    """A CSW of so many records; its pages are made before it is asked."""

    def __init__(self, count):
        self.pages, start = {}, 1
        for piece in pieces(records(count), ON_PAGE["csw"]):
            behind = start + len(piece)
            self.pages[start] = CSW.format(count, len(piece), behind if behind <= count else 0,
                                           "".join(piece)).encode()
            start = behind
        self.bytes = sum(map(len, self.pages.values()))

    def answer(self, url, query):
        names = {name.lower(): values[0] for name, values in query.items()}
        return "application/xml", self.pages[int(names.get("startposition", 1))]


class Stac:
    """A STAC API of the items of a file, by collection."""

    def __init__(self, collections, items):
        self.pages = {"/": self.text(
            {"type": "Catalog", "stac_version": "1.0.0", "id": "bench", "description": "d",
             "conformsTo": ["https://api.stacspec.org/v1.0.0/core",
                            "https://api.stacspec.org/v1.0.0/collections",
                            "https://api.stacspec.org/v1.0.0/ogcapi-features"],
             "links": [{"rel": "data", "href": "/collections"}]})}
        lines = {}
        for line in items.open():
            lines.setdefault(json.loads(line)["collection"], []).append(line)
        told = []
        for collection in map(json.loads, collections.open()):
            path = f"/collections/{collection['id']}/items"
            told.append({**collection, "links": [{"rel": "items", "href": path}]})
            self.add(path, lines.get(collection["id"], []))
        self.pages["/collections"] = self.text({"collections": told, "links": []})

    @staticmethod
    def text(value):
        return json.dumps(value).encode()

    def add(self, path, lines):
        parts = list(pieces(lines, ON_PAGE["stac-api"])) or [[]]
        for number, part in enumerate(parts, 1):
            more = number < len(parts)
            links = [{"rel": "next", "href": f"{path}?page={number + 1}"}] if more else []
            address = path if number == 1 else f"{path}?page={number}"
            self.pages[address] = (
                '{"type":"FeatureCollection","features":[' + ",".join(part) + '],"links":'
                + json.dumps(links) + f',"numberMatched":{len(lines)}}}').encode()

    def answer(self, url, query):
        page = f"?page={query['page'][0]}" if "page" in query else ""
        return "application/json", self.pages[(url.path.rstrip("/") or "/") + page]


class Source:
    """Plays a source on a port of this machine, for a `with` block."""

    def __init__(self, play):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                url = urlsplit(self.path)
                kind, body = play.answer(url, parse_qs(url.query))
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


@dataclass
class Taken:
    """What a command took."""

    documents: int
    seconds: float
    processor: float  # seconds, of it and its helpers
    memory: int  # bytes, at most

    @property
    def rate(self):
        return self.documents / self.seconds


class Peak(threading.Thread):
    """The most memory that a program has, looked at until it ends. (What `wait4` tells counts the
    program that started it as well.)"""

    BETWEEN_LOOKS = 0.02  # seconds
    LINE = re.compile(r"^VmHWM:\s*(\d+) kB", re.M)

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.path, self.bytes = f"/proc/{pid}/status", 0
        self.start()

    def run(self):
        while True:
            try:
                with open(self.path, encoding="ascii") as status:
                    found = self.LINE.search(status.read())
            except OSError:
                return
            if not found:  # it has ended
                return
            self.bytes = int(found.group(1)) * 1024
            time.sleep(self.BETWEEN_LOOKS)


def taken(command, folder, documents):
    """\\raises RuntimeError  if it does not say that it made as many"""
    began = time.monotonic()
    process = subprocess.Popen([BINARY, *command], cwd=folder, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    peak = Peak(process.pid)
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    if process.returncode != 0 or f"{documents} created" not in said:
        raise RuntimeError(f"{command} did not make {documents}: {said[-2000:]}")
    return Taken(documents, seconds, used.ru_utime + used.ru_stime, peak.bytes)


def harvested(play, kind, documents, folder, options=""):
    with Source(play) as source:
        (folder / "terracat.toml").write_text(
            f'[[source]]\nname = "bench"\nkind = "{kind}"\naddress = "{source.url}"\ndelay = 0\n'
            f'allow_networks = ["127.0.0.1/32"]\n[source.options]\npage_size = {ON_PAGE[kind]}\n'
            f'{options}\n')
        return taken(["harvest", "bench"], folder, documents)
