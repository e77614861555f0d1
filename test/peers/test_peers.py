"""Real catalogue servers as sources, loaded with known records and harvested completely."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "feature"))
from terracat import run  # noqa: E402

COUNT = 37
NAMES = [f"urn:x:{n:02}" for n in range(COUNT - 1)] + ["urn:x:a/b?c=é"]
TITLES = sorted(f"Title of {name}" for name in NAMES)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Peer(unittest.TestCase):
    """A server on a port of this machine, in a folder of its own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def prepare(self, *arguments, **variables):
        done = subprocess.run([sys.executable, *map(str, arguments)], cwd=self.folder, text=True,
                              capture_output=True, env={**os.environ, **variables}, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def start(self, *arguments, **variables):
        log = (self.folder / "log").open("w")
        self.addCleanup(log.close)
        peer = subprocess.Popen([sys.executable, *map(str, arguments)], cwd=self.folder, stdout=log,
                                stderr=log, env={**os.environ, **variables})
        self.addCleanup(peer.wait, 30)
        self.addCleanup(peer.kill)
        latest = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                self.assertIsNone(peer.poll(), (self.folder / "log").read_text())
                self.assertLess(time.monotonic(), latest, "the server does not listen")
                time.sleep(0.05)  # the port of another program cannot be waited for

    def harvest(self, folder):
        code, said, errors = run("--config", "terracat.toml", "harvest", folder=folder)
        self.assertEqual(code, 0, said + errors)
        return said

    def harvested_whole(self, name, kind, address, options=""):
        """By a catalogue of its own: all records, and once more nothing."""
        with self.subTest(source=name):
            folder = self.folder / name
            folder.mkdir()
            (folder / "terracat.toml").write_text(
                f'[[source]]\nname = "peer"\nkind = "{kind}"\naddress = "{address}"\ndelay = 0\n'
                f'allow_networks = ["127.0.0.1/32"]\n[source.options]\n{options}\n')
            self.assertRegex(self.harvest(folder), rf"^peer: complete, .* {COUNT} created")
            exported = run("--config", "terracat.toml", "export", folder=folder)[1]
            self.assertEqual(sorted(json.loads(line)["title"] for line in exported.splitlines()),
                             TITLES)
            self.assertRegex(self.harvest(folder), rf"^peer: complete, .* {COUNT} unchanged")


class Pycsw(Peer):
    CONFIGURATION = """[server]
home={home}
url={url}/
mimetype=application/xml; charset=UTF-8
encoding=UTF-8
language=en-US
maxrecords=10
profiles=apiso
[manager]
transactions=false
[metadata:main]
{metadata}
[repository]
database=sqlite:///{folder}/records.db
table=records
"""
    METADATA = ("identification_title", "identification_abstract", "identification_keywords",
                "identification_keywords_type", "identification_fees",
                "identification_accessconstraints", "provider_name", "provider_url", "contact_name",
                "contact_position", "contact_address", "contact_city", "contact_stateorprovince",
                "contact_postalcode", "contact_country", "contact_phone", "contact_fax",
                "contact_email", "contact_url", "contact_hours", "contact_instructions",
                "contact_role")

    RECORD = """<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/"
 xmlns:ows="http://www.opengis.net/ows"><dc:identifier>{name}</dc:identifier>
<dc:type>dataset</dc:type><dc:title>Title of {name}</dc:title><dct:modified>2024-05-{day:02}</dct:modified>
<dct:abstract>About it</dct:abstract><ows:BoundingBox crs="urn:x-ogc:def:crs:EPSG:6.11:4326">
<ows:LowerCorner>43 5</ows:LowerCorner><ows:UpperCorner>44 6</ows:UpperCorner></ows:BoundingBox>
</csw:Record>"""

    def test_its_records_come_whole_by_csw_and_by_oai_pmh(self):
        records = self.folder / "records"
        records.mkdir()
        for n, name in enumerate(NAMES):
            (records / f"{n:02}.xml").write_text(self.RECORD.format(name=name, day=n % 28 + 1))
        home = self.prepare("-c", "import os, pycsw; print(os.path.dirname(pycsw.__file__))").strip()
        configuration = self.folder / "pycsw.cfg"
        configuration.write_text(self.CONFIGURATION.format(
            home=home, url=self.url, folder=self.folder,
            metadata="\n".join(f"{name}=x" for name in self.METADATA)))
        admin = Path(sys.executable).parent / "pycsw-admin.py"
        self.prepare(admin, "-c", "setup_db", "-f", configuration)
        self.prepare(admin, "-c", "load_records", "-f", configuration, "-p", records)
        self.start(Path(home) / "wsgi.py", self.port, PYCSW_CONFIG=str(configuration))
        self.harvested_whole("csw-iso", "csw", f"{self.url}/")
        self.harvested_whole("csw-record", "csw", f"{self.url}/",
                             'output_schema = "http://www.opengis.net/cat/csw/2.0.2"')
        self.harvested_whole("oai", "oai-pmh", f"{self.url}/?mode=oaipmh")
        self.harvested_whole("oai-iso", "oai-pmh", f"{self.url}/?mode=oaipmh",
                             'metadata_prefix = "iso19139"')


class Pygeoapi(Peer):
    SERVE = ("from werkzeug.serving import run_simple; from pygeoapi.flask_app import APP; "
             "run_simple('127.0.0.1', {port}, APP, threaded=True)")

    def configuration(self):
        contact = {name: "x" for name in (
            "name", "position", "address", "city", "stateorprovince", "postalcode", "country",
            "phone", "fax", "hours", "instructions", "role")}
        extents = {"spatial": {"bbox": [-180, -90, 180, 90],
                               "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
        about = {"title": "x", "description": "x", "keywords": ["x"]}

        def collection(provider):
            return {**about, "type": "collection", "links": [], "extents": extents,
                    "providers": [provider]}

        return {
            "server": {"bind": {"host": "127.0.0.1", "port": self.port}, "url": self.url,
                       "mimetype": "application/json; charset=UTF-8", "encoding": "utf-8",
                       "language": "en-US", "limits": {"default_items": 10, "max_items": 10},
                       "map": {"url": "https://tile.example/{z}/{x}/{y}.png", "attribution": "x"}},
            "logging": {"level": "ERROR"},
            "metadata": {
                "identification": {**about, "keywords_type": "theme", "terms_of_service": "x",
                                   "url": "http://x.example"},
                "license": {"name": "x", "url": "http://x.example"},
                "provider": {"name": "x", "url": "http://x.example"},
                "contact": {**contact, "email": "a@b.example", "url": "http://x.example"}},
            "resources": {
                "records": collection({
                    "type": "record", "name": "TinyDBCatalogue", "id_field": "id",
                    "data": str(self.folder / "records.json"), "time_field": "updated",
                    "title_field": "title"}),
                "features": collection({
                    "type": "feature", "name": "GeoJSON", "id_field": "id",
                    "data": str(self.folder / "features.json")})}}

    def test_its_records_come_whole_and_its_features_stay(self):
        box = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
        records = {str(n): {"id": name, "type": "Feature", "geometry": box, "links": [],
                            "time": {"interval": ["2020-01-01", "2021-01-01"]},
                            "properties": {"type": "dataset", "title": f"Title of {name}",
                                           "description": "About it", "updated": "2024-05-01"}}
                   for n, name in enumerate(NAMES, 1)}
        (self.folder / "records.json").write_text(json.dumps({"_default": records}))
        (self.folder / "features.json").write_text(json.dumps({
            "type": "FeatureCollection", "features": [
                {"type": "Feature", "id": "1", "geometry": box, "properties": {"title": "no"}}]}))
        (self.folder / "pygeoapi.json").write_text(json.dumps(self.configuration()))
        variables = {"PYGEOAPI_CONFIG": str(self.folder / "pygeoapi.json"),
                     "PYGEOAPI_OPENAPI": str(self.folder / "openapi.yml")}
        self.prepare(Path(sys.executable).parent / "pygeoapi", "openapi", "generate",
                     self.folder / "pygeoapi.json", "--output-file", self.folder / "openapi.yml",
                     **variables)
        self.start("-c", self.SERVE.format(port=self.port), **variables)
        self.harvested_whole("all", "ogc-records", f"{self.url}/")
        self.harvested_whole("one", "ogc-records", f"{self.url}/collections/records",
                             "page_size = 4")


if __name__ == "__main__":
    unittest.main()
