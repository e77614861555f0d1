#!/usr/bin/env python3
"""The remote side of the example: python3 remote.py FOLDER [--port N]

A catalogue service (CSW 2.0.2) for each folder of records/, at /POLE/csw, and a STAC API over the
collections and the items that items.py has written to FOLDER, at /stac. Listens on 127.0.0.1 and
prints its address on a line. Only what a harvest asks for: a stand-in, no server to imitate.
"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

HERE = Path(__file__).resolve().parent
LARGEST_PAGE = 1000


class Data:
    """Everything that is served, read once."""

    def __init__(self, folder):
        self.records = {
            pole.name: [
                re.sub(r"<\?xml[^>]*\?>", "", file.read_text()) for file in sorted(pole.glob("*.xml"))
            ]
            for pole in sorted((HERE / "records").iterdir())
        }
        self.items = {
            file.stem: [json.loads(line) for line in file.open()]
            for file in sorted((folder / "items").glob("*.ndjson"))
        }
        self.collections = {
            name: json.loads((HERE / f"collections/{name}.json").read_text()) for name in self.items
        }


class Remote(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    data = None  # set by main()

    def do_GET(self):
        target = urlsplit(self.path)
        parameters = {name.lower(): values[0] for name, values in parse_qs(target.query).items()}
        path = target.path.strip("/").split("/")
        if path[-1] == "csw" and path[0] in self.data.records:
            return self.csw(self.data.records[path[0]], parameters)
        if path[0] == "stac":
            return self.stac(path[1:], parameters)
        return self.answer(404, "text/plain", "there is no such address")

    def csw(self, records, parameters):
        first = int(parameters.get("startposition", "1"))
        behind = min(first + int(parameters.get("maxrecords", "10")), len(records) + 1)
        shown = records[first - 1:behind - 1]
        following = behind if behind <= len(records) else 0
        self.answer(
            200, "application/xml",
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
            f'<csw:SearchResults numberOfRecordsMatched="{len(records)}" '
            f'numberOfRecordsReturned="{len(shown)}" nextRecord="{following}">'
            + "".join(shown) + "</csw:SearchResults></csw:GetRecordsResponse>",
        )

    def stac(self, path, parameters):
        match path:
            case []:
                links = [self.link("data", "/collections")]
                self.json({"type": "Catalog", "stac_version": "1.1.0", "id": "remote",
                           "description": "The remote side of the example", "links": links})
            case ["collections"]:
                shown = [self.collection(name) for name in self.data.collections]
                self.json({"collections": shown, "links": []})
            case ["collections", name] if name in self.data.collections:
                self.json(self.collection(name))
            case ["collections", name, "items"] if name in self.data.items:
                self.items(name, parameters)
            case _:
                self.json({"code": "NotFound", "description": "there is no such address"}, 404)

    def collection(self, name):
        items = self.link("items", f"/collections/{name}/items")
        stored = self.data.collections[name]
        return {**stored, "links": [*stored["links"], items]}

    def items(self, name, parameters):
        items = self.data.items[name]
        limit = min(int(parameters.get("limit", "10")), LARGEST_PAGE)
        first = int(parameters.get("token", "0"))
        shown = items[first:first + limit]
        links = []
        if first + limit < len(items):
            following = urlencode({"limit": limit, "token": first + limit})
            links.append(self.link("next", f"/collections/{name}/items?{following}"))
        self.json({"type": "FeatureCollection", "features": shown, "links": links,
                   "numberMatched": len(items), "numberReturned": len(shown)})

    def link(self, relation, path):
        address = f"http://127.0.0.1:{self.server.server_address[1]}/stac{path}"
        return {"rel": relation, "href": address, "type": "application/json"}

    def json(self, value, status=200):
        self.answer(status, "application/json", json.dumps(value))

    def answer(self, status, media_type, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main(folder, port):
    Remote.data = Data(folder)
    server = ThreadingHTTPServer(("127.0.0.1", port), Remote)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) not in (1, 3) or (len(arguments) == 3 and arguments[1] != "--port"):
        sys.exit(__doc__)
    try:
        main(Path(arguments[0]), int(arguments[2]) if len(arguments) == 3 else 0)
    except KeyboardInterrupt:
        pass
