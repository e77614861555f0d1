"""The whole folder of real documents, served by canned servers and harvested through the kinds that
carry any format: no run ends but by its end, and each document is taken or refused with a code."""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import urllib.parse
import xml.etree.ElementTree as ElementTree
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

SKIPPED = 77  # what CTest is told to take for a skipped test
BINARY = os.environ.get("TERRACAT_BINARY", "build/release/terracat")
PAGE = 25  # documents

OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-01T00:00:00Z' \
      "</responseDate><request>x</request>{}</OAI-PMH>"
IDENTITY = ("<Identify><repositoryName>r</repositoryName><earliestDatestamp>2024-01-01T00:00:00Z"
            "</earliestDatestamp><deletedRecord>no</deletedRecord>"
            "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>")
FORMATS = ("<ListMetadataFormats><metadataFormat><metadataPrefix>any</metadataPrefix>"
           "<metadataNamespace>http://www.isotc211.org/2005/gmd</metadataNamespace>"
           "</metadataFormat></ListMetadataFormats>")
CSW = ('<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
       '<csw:SearchResults numberOfRecordsMatched="{}" numberOfRecordsReturned="{}" '
       'nextRecord="{}">{}</csw:SearchResults></csw:GetRecordsResponse>')


class Corpus:
    """Documents as servers hand them out."""

    def __init__(self, folder):
        self.folder = folder
        self.files = sorted(path for path in folder.rglob("*") if path.is_file())
        self.roots = []  # those that are XML by themselves, without their heads
        for path in self.files:
            content = path.read_bytes()
            try:
                root = ElementTree.fromstring(content).tag
            except ElementTree.ParseError:
                continue
            if b"<!DOCTYPE" in content or root.rpartition("}")[2] == "html":
                continue
            found = re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([\w-]+)", content)
            text = content.decode(found.group(1).decode() if found else "utf-8")
            self.roots.append(re.sub(r"^\ufeff?\s*<\?xml.*?\?>", "", text, flags=re.S))


class Canned(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path)
        query = {key.lower(): values[0] for key, values in urllib.parse.parse_qs(path.query).items()}
        if path.path == "/oai":
            return self.say(self.oai(query))
        if path.path == "/csw":
            return self.say(self.csw(query))
        return self.folder(urllib.parse.unquote(path.path))

    def oai(self, query):
        if query["verb"] == "Identify":
            return OAI.format(IDENTITY)
        if query["verb"] == "ListMetadataFormats":
            return OAI.format(FORMATS)
        start = int(query.get("resumptiontoken", 0))
        roots = self.server.corpus.roots
        records = "".join(
            f"<record><header><identifier>oai:x:{number}</identifier><datestamp>2024-05-01T00:00:00Z"
            f"</datestamp></header><metadata>{root}</metadata></record>"
            for number, root in enumerate(roots[start:start + PAGE], start))
        token = start + PAGE if start + PAGE < len(roots) else ""
        return OAI.format(f'<ListRecords>{records}<resumptionToken completeListSize="{len(roots)}">'
                          f"{token}</resumptionToken></ListRecords>")

    def csw(self, query):
        start = int(query.get("startposition", 1)) - 1
        roots = self.server.corpus.roots
        page = roots[start:start + PAGE]
        behind = start + PAGE + 1 if start + PAGE < len(roots) else 0
        return CSW.format(len(roots), len(page), behind, "".join(page))

    def folder(self, path):
        place = self.server.corpus.folder / path.removeprefix("/waf/").strip("/")
        if place.is_file():
            return self.say(place.read_bytes(), "application/octet-stream")
        names = sorted(one.name + ("/" if one.is_dir() else "") for one in place.iterdir())
        links = "".join(f'<tr><td><a href="{urllib.parse.quote(name)}">{escape(name)}</a></td></tr>'
                        for name in names)
        return self.say('<!DOCTYPE html><html><body><table><tr><th><a href="?C=N;O=D">Name</a></th>'
                        f'</tr><tr><td><a href="../">Parent Directory</a></td></tr>{links}</table>'
                        "</body></html>", "text/html")

    def say(self, body, kind="application/xml"):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def sources(port, folder):
    addresses = {"waf": f"http://127.0.0.1:{port}/waf/", "oai-pmh": f"http://127.0.0.1:{port}/oai",
                 "csw": f"http://127.0.0.1:{port}/csw", "files": str(folder)}
    text = ""
    for kind, address in addresses.items():
        text += (f'[[source]]\nname = "{kind}"\nkind = "{kind}"\naddress = {json.dumps(address)}\n'
                 'id_prefix = "%s-"\ndelay = 0\nallow_networks = ["127.0.0.1/32"]\n' % kind)
        if kind == "csw":
            text += f"[source.options]\npage_size = {PAGE}\n"
    return text


def judge(kind, run, documents, least):
    """What is wrong with a run."""
    wrong = []
    if run["outcome"] not in ("complete", "incomplete"):
        wrong.append(f"{kind}: {run['outcome']}: {run.get('message', '')}")
    total = sum(run[count] for count in ("created", "updated", "unchanged", "skipped", "failed"))
    print(f"{kind}: {run['outcome']}, {total} documents, {run['failed']} of them refused, "
          f"{run['warned']} with warnings")
    if total < least:
        wrong.append(f"{kind}: {total} documents instead of {least} or more")
    wrong += [f"{kind}: {one['id']} was refused without a reason"
              for one in documents if one["outcome"] == "failed" and not one.get("code")]
    refused = sum(one["outcome"] == "failed" for one in documents)
    if refused != run["failed"]:
        wrong.append(f"{kind}: {refused} refusals are told, {run['failed']} were counted")
    return wrong


def main():
    folder = Path(os.environ.get("TERRACAT_CORPUS", ""))
    if not os.environ.get("TERRACAT_CORPUS") or not folder.is_dir():
        print("skipped: TERRACAT_CORPUS names no folder of real documents")
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    server = ThreadingHTTPServer(("127.0.0.1", 0), Canned)
    server.corpus = Corpus(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wrong = []
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "terracat.toml").write_text(sources(server.server_port, folder))
        command = [BINARY, "--config", "terracat.toml"]
        harvest = subprocess.run([*command, "harvest"], cwd=place, capture_output=True, text=True)
        if harvest.returncode not in (0, 1):
            wrong.append(f"exit code {harvest.returncode}: {harvest.stderr[-2000:]}")
        runs = json.loads(subprocess.run([*command, "runs", "--json"], cwd=place,
                                         capture_output=True, text=True).stdout)["runs"]
        of_kind = {run["source"]: run for run in runs}
        least = {"waf": 800, "files": 800, "oai-pmh": len(server.corpus.roots),
                 "csw": len(server.corpus.roots) // 2}
        for kind, count in least.items():
            if kind not in of_kind:
                wrong.append(f"{kind}: no run")
                continue
            run = of_kind[kind]
            told = json.loads(subprocess.run(
                [*command, "runs", str(run["number"]), "--json"], cwd=place, capture_output=True,
                text=True).stdout)
            wrong += judge(kind, run, told["documents"], count)
        check = subprocess.run([*command, "check"], cwd=place, capture_output=True, text=True)
        if check.returncode != 0:
            wrong.append(check.stdout + check.stderr)
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
