"""Walks through the portal of the shipped example with a real browser, as people do.

Skipped (77) where there is no chromium, no Node, or portal/node_modules is missing (scripts/portal makes it);
with CI=true that is a failure. Arguments: those of portal/browser/walk.js.
"""

import http.server
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import zlib
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "test/feature"))

from example import HarvestedExample  # noqa: E402
from terracat import Server, run  # noqa: E402

SKIPPED = 77
OPERATORS_KEY = "key-of-the-walk-for-operators"


def node():
    """The one that scripts/portal has fetched, if the machine's is too old; None if there is none."""
    fetched = sorted(ROOT.glob("build/node-*/node_modules/node/bin/node"))
    return fetched[-1] if fetched else shutil.which("node")


def missing():
    """What there is not, in words."""
    if shutil.which("chromium") is None:
        yield "chromium (scripts/install browser)"
    if node() is None:
        yield "node (scripts/install portal)"
    if not (ROOT / "portal/node_modules/playwright-core").is_dir():
        yield "portal/node_modules (scripts/portal)"
    if not (ROOT / "portal/dist/manifest.json").is_file():
        yield "portal/dist (scripts/portal, then scripts/build)"


def tile(red, green, blue, side=256):
    """A picture of one colour, as PNG."""
    def chunk(kind, content):
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    rows = (b"\0" + bytes((red, green, blue)) * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


class Tiles(http.server.BaseHTTPRequestHandler):
    """Answers each address of a tile with the same picture, of a colour that no map of ours has."""

    picture = tile(0, 255, 0)

    def do_GET(self):
        parts = self.path.removesuffix(".png").split("/")[1:]
        is_tile = len(parts) == 3 and all(part.isdecimal() for part in parts)
        self.send_response(200 if is_tile else 404)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        if is_tile:
            self.wfile.write(self.picture)

    def log_message(self, *_):
        pass


@contextmanager
def site_with_tiles():
    """A site of one record whose maps show tiles. Gives its address, and that of the tiles."""
    tiles = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=tiles.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{tiles.server_address[1]}"
    try:
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder) / "terracat.toml"
            config.write_text(f"""[site]
map_tiles = "{origin}/{{z}}/{{x}}/{{y}}.png"
map_credit = "© Tiles of the walk"
[store]
path = "{folder}/terracat.sqlite"
[log]
access = false
""")
            code, _, errors = run("--config", config, "import", ROOT / "test/browser/rain.json")
            if code != 0:
                raise RuntimeError(errors)
            with Server("--config", config) as server:
                yield server.url, origin
    finally:
        tiles.shutdown()
        tiles.server_close()


def main():
    lacking = list(missing())
    if lacking:
        print("The browser does not walk: there is no " + ", no ".join(lacking), file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    example = HarvestedExample()
    try:
        # What the example does not have: rain in the Alps, and a record with too much of everything.
        for document in ("rain.json", "long.json"):
            code, _, errors = run("--config", example.config, "import",
                                  ROOT / "test/browser" / document)
            if code != 0:
                raise RuntimeError(errors)
        with (Server("--config", example.config, TERRACAT_OPERATORS_API_KEY=OPERATORS_KEY) as server,
              site_with_tiles() as (tiled, tiles)):
            walk = [node(), ROOT / "portal/browser/walk.js", server.url, *sys.argv[1:]]
            told = {"OPERATORS_KEY": OPERATORS_KEY, "TILED_SITE": tiled, "TILES": tiles}
            return subprocess.run(walk, env=os.environ | told).returncode
    finally:
        example.end()


sys.exit(main())
