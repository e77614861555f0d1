"""The real program, as tests start it."""

import ctypes
import http.client
import http.server
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("TERRACAT_BINARY", str(ROOT / "build/release/terracat"))


def environment(**more):
    """The variables of the machine without those of terracat."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TERRACAT_")}
    return {**kept, **more}


def run(*arguments, folder=None, stdin=None, **variables):
    """Runs a command to its end. Returns (exit code, standard output, standard error)."""
    done = subprocess.run(
        [BINARY, *map(str, arguments)], cwd=folder, input=stdin, capture_output=True, text=True,
        env=environment(**variables), timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def older_catalogues(folder=ROOT / "test/fixtures/store"):
    """(schema, bytes) of catalogue files as earlier versions wrote them."""
    zstd = ctypes.CDLL("libzstd.so.1")  # Python 3.11 has no module for it
    zstd.ZSTD_decompress.restype = ctypes.c_size_t
    for path in sorted(Path(folder).glob("schema-*.sqlite.zst")):
        packed = path.read_bytes()
        out = ctypes.create_string_buffer(1 << 24)
        size = zstd.ZSTD_decompress(out, ctypes.c_size_t(len(out)), packed,
                                    ctypes.c_size_t(len(packed)))
        assert size <= len(out), path
        yield path.name.split(".")[0], out.raw[:size]


class Server:
    """`terracat serve` on a free port, for a `with` block."""

    def __init__(self, *arguments, folder=None, stderr=None, options=(), under=(), **variables):
        self.log = tempfile.TemporaryFile("w+")
        with tempfile.NamedTemporaryFile("r") as port:
            self.process = subprocess.Popen(
                [*under, BINARY, *map(str, arguments), "serve", *options, "--listen", "127.0.0.1:0",
                 "--port-file", port.name], cwd=folder,
                stdout=subprocess.PIPE, stderr=stderr or self.log,
                text=True, env=environment(**variables),
            )
            said = self.process.stdout.readline()  # "serving on http://…/ (stop with Ctrl-C)"
            self.local_url = "http://127.0.0.1:" + port.read().strip()
        if not said.startswith("serving on "):
            self.process.wait(30)
            raise RuntimeError(self.said())
        self.url = said.split()[2].rstrip("/")

    def said(self):
        """What it has written to standard error so far."""
        size = os.fstat(self.log.fileno()).st_size
        return os.pread(self.log.fileno(), size, 0).decode()  # its own place stays where it is

    def wait_for_event(self, event, times=1):
        """Returns when it has told so often of that."""
        latest = time.monotonic() + 60
        while self.said().count(f'"event":"{event}"') < times:
            assert self.process.poll() is None and time.monotonic() < latest, self.said()
            time.sleep(0.01)  # a file cannot be waited for

    def wait_for_index(self):
        """Returns when searches are answered by the index."""
        self.wait_for_event("index.built")

    def reload(self):
        """Lets it read its configuration again, and returns when it has."""
        before = self.said().count('"event":"config.reloaded"')
        self.process.send_signal(signal.SIGHUP)
        self.wait_for_event("config.reloaded", before + 1)

    def get(self, path, **headers):
        """(status, headers, body) of an answer, errors included."""
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    def json(self, path):
        status, _, body = self.get(path)
        assert status == 200, (status, body)
        return json.loads(body)

    def stop(self):
        self.process.terminate()
        code = self.process.wait(30)
        self.process.stdout.close()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.process.stdout.close()
        self.log.close()


FORM = "application/x-www-form-urlencoded"


def send_form(server, path, fields, password, media_type=FORM):
    """(status, where it leads) of a form that a browser sends, which is not followed.

    The password is the header Authorization; None: there is none.
    """
    headers = {"Content-Type": media_type}
    if password:
        headers["Authorization"] = password
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=60)
    try:
        connection.request("POST", path, urllib.parse.urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers["Location"]
    finally:
        connection.close()


class Remote:
    """A server of the test's own, which answers on threads, for a `with` block."""

    def __init__(self, server):
        self.server = server
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class SilentSource(http.server.BaseHTTPRequestHandler):
    """A source that is asked and never answers."""

    asked = threading.Event()

    def do_GET(self):
        self.asked.set()
        threading.Event().wait(60)

    def log_message(self, *_):
        pass
