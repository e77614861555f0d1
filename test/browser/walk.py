"""Walks through the portal of the shipped example with a real browser, as people do.

Skipped (77) where there is no chromium, no Node, or portal/node_modules is missing (scripts/portal makes it);
with CI=true that is a failure. Arguments: those of portal/browser/walk.js.
"""

import os
import shutil
import subprocess
import sys
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


def main():
    lacking = list(missing())
    if lacking:
        print("The browser does not walk: there is no " + ", no ".join(lacking), file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    example = HarvestedExample()
    try:
        # What the example does not have: rain in the Alps.
        code, _, errors = run("--config", example.config, "import", ROOT / "test/browser/rain.json")
        if code != 0:
            raise RuntimeError(errors)
        with Server("--config", example.config, TERRACAT_OPERATORS_API_KEY=OPERATORS_KEY) as server:
            walk = [node(), ROOT / "portal/browser/walk.js", server.url, *sys.argv[1:]]
            return subprocess.run(walk, env=os.environ | {"OPERATORS_KEY": OPERATORS_KEY}).returncode
    finally:
        example.end()


sys.exit(main())
