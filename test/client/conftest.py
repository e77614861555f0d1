"""The real program over the catalogue of catalogue.py, on a free port of this machine."""

import os
import socket
import subprocess
from pathlib import Path

import catalogue
import pytest

HERE = Path(__file__).resolve().parent
BINARY = os.environ.get("TERRACAT_BINARY", str(HERE.parent.parent / "build/release/terracat"))
ISO = HERE.parent / "fixtures/formats/iso"
ISO_RECORDS = [ISO / "full_19139.xml", ISO / "no_box.xml"]
KEY = "key-of-the-client-tests"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Site:
    """A running terracat."""

    def __init__(self, folder, pole="", before=None, **variables):
        self.folder = folder
        self.store = folder / "terracat.sqlite"
        self.config = folder / "terracat.toml"
        catalogue.write(folder, pole)
        if before:
            before(folder)
        self.run("harvest", "site")
        self.run("import", folder / "import.ndjson", *ISO_RECORDS)
        self.log = (folder / "log").open("w")
        self.process = subprocess.Popen(
            [BINARY, "--config", self.config, "serve", "--listen", "127.0.0.1:0",
             "--port-file", folder / "port"],
            stdout=subprocess.PIPE, stderr=self.log, text=True,
            env={**os.environ, **variables},
        )
        said = self.process.stdout.readline()  # "serving on http://…/ (stop with Ctrl-C)"
        assert said.startswith("serving on "), said
        # The line follows the port file.
        self.url = f"http://127.0.0.1:{(folder / 'port').read_text().strip()}"
        assert said.split()[2] == self.url + "/"
        self.stac = self.url + "/stac"

    def run(self, *arguments):
        done = subprocess.run([BINARY, "--config", self.config, *arguments],
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stop(self):
        self.process.terminate()
        assert self.process.wait(30) == 0
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


@pytest.fixture(scope="session")
def writable(tmp_path_factory):
    """Another one, to which a client may write that has the key."""
    os.environ["HOME"] = str(tmp_path_factory.mktemp("home"))
    made = Site(tmp_path_factory.mktemp("writable"), TERRACAT_TRANSACTIONS_API_KEY=KEY)
    yield made
    made.stop()


@pytest.fixture(scope="session", autouse=True)
def asked_elsewhere():
    """Hosts other than this machine that a client asked for; none of them is reached."""
    asked = []
    resolve, connect = socket.getaddrinfo, socket.socket.connect

    def resolve_here(host, *arguments, **settings):
        if host not in LOOPBACK:
            asked.append(host)
            raise socket.gaierror(f"{host} is not this machine")
        return resolve(host, *arguments, **settings)

    def connect_here(self, address):
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            asked.append(address[0])
            raise OSError(f"{address[0]} is not this machine")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", resolve_here)
        patch.setattr(socket.socket, "connect", connect_here)
        yield asked


@pytest.fixture(autouse=True)
def stays_on_this_machine(asked_elsewhere):
    """Clients swallow errors of the network: a test fails if one asked for another host."""
    yield
    hosts = sorted(set(asked_elsewhere))
    asked_elsewhere.clear()
    assert hosts == []
