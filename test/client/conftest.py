"""The real program over the catalogue of catalogue.py, on a free port of this machine."""

import os
import subprocess
from pathlib import Path

import catalogue
import pytest

HERE = Path(__file__).resolve().parent
BINARY = os.environ.get("TERRACAT_BINARY", str(HERE.parent.parent / "build/release/terracat"))
ISO_RECORD = HERE.parent / "fixtures/formats/iso/full_19139.xml"


class Site:
    """A running terracat."""

    def __init__(self, folder):
        self.folder = folder
        self.store = folder / "terracat.sqlite"
        self.config = folder / "terracat.toml"
        catalogue.write(folder)
        self.run("harvest", "site")
        self.run("import", folder / "import.ndjson", ISO_RECORD)
        self.log = (folder / "log").open("w")
        self.process = subprocess.Popen(
            [BINARY, "--config", self.config, "serve", "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=self.log, text=True,
        )
        said = self.process.stdout.readline()  # "serving on http://…/ (stop with Ctrl-C)"
        assert said.startswith("serving on "), said
        self.url = said.split()[2].rstrip("/")
        self.stac = self.url + "/stac"

    def run(self, *arguments):
        done = subprocess.run([BINARY, "--config", self.config, *arguments],
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()
        self.log.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    # Clients keep settings in the home folder; ours has none.
    home = tmp_path_factory.mktemp("home")
    os.environ["HOME"] = str(home)
    made = Site(tmp_path_factory.mktemp("site"))
    yield made
    made.stop()
