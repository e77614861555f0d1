"""The shipped example, harvested by the real program, for tests of what is served."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from terracat import ROOT, run

EXAMPLE = ROOT / "examples/data-terra"


class HarvestedExample:
    """Its remote side runs, and a first harvest is done, until `end`."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        subprocess.run([sys.executable, EXAMPLE / "items.py", self.folder], check=True,
                       stdout=subprocess.DEVNULL)
        self.tally = json.loads((self.folder / "tally.json").read_text())
        self.remote = subprocess.Popen([sys.executable, EXAMPLE / "remote.py", self.folder],
                                       stdout=subprocess.PIPE, text=True)
        address = self.remote.stdout.readline().strip()
        text = (EXAMPLE / "demo.toml").read_text()
        text = text.replace("@REMOTE@", address).replace("@FOLDER@", str(self.folder))
        self.config = self.folder / "terracat.toml"
        self.config.write_text(text)
        code, self.said, errors = run("--config", self.config, "harvest")
        assert code == 0, errors

    def end(self):
        self.remote.kill()
        self.remote.wait()
        self.remote.stdout.close()
        self.temporary.cleanup()
