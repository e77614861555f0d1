"""A CSW from a can: a list of records that it answers page by page, and remembers who asked."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

NAMESPACES = ('xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" '
              'xmlns:gmd="http://www.isotc211.org/2005/gmd" '
              'xmlns:gco="http://www.isotc211.org/2005/gco"')


def record(name, title):
    def text(value):
        return f"<gco:CharacterString>{value}</gco:CharacterString>"
    return (f"<gmd:MD_Metadata><gmd:fileIdentifier>{text(name)}</gmd:fileIdentifier>"
            "<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>"
            f"<gmd:title>{text(title)}</gmd:title></gmd:CI_Citation></gmd:citation>"
            f"<gmd:abstract>{text('About ' + title)}</gmd:abstract>"
            "</gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>")


class PatientServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):  # the harvester was killed while it was answered
        pass


class Csw:
    """Serves `names` at every path until closed; a path stands for one harvester."""

    def __init__(self, names):
        self.names = names
        self.asked = {}  # path: the greatest position that was asked for
        self.mutex = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = outer.answer(self.path).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = PatientServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def title(self, name):
        return f"Title of {name}"

    @staticmethod
    def numbers_of(path):
        """The first position that is asked for, and how many."""
        query = {name.lower(): values[0]
                 for name, values in parse_qs(urlsplit(path).query).items()}
        return int(query.get("startposition", 1)), int(query.get("maxrecords", 10))

    def answer(self, path):
        start, size = self.numbers_of(path)
        behind = min(start + size, len(self.names) + 1)
        harvester = urlsplit(path).path
        with self.mutex:
            self.asked[harvester] = max(start, self.asked.get(harvester, 0))
        records = "".join(record(name, self.title(name)) for name in self.names[start - 1:behind - 1])
        following = behind if behind <= len(self.names) else 0
        return (f'<csw:GetRecordsResponse {NAMESPACES}><csw:SearchResults '
                f'numberOfRecordsMatched="{len(self.names)}" '
                f'numberOfRecordsReturned="{behind - start}" nextRecord="{following}">'
                f"{records}</csw:SearchResults></csw:GetRecordsResponse>")

    def close(self):
        self.server.shutdown()
        self.server.server_close()
