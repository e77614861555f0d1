"""THE table of traps (traps.tsv): which trap of a hostile source which kind is tried with. A cell names
what plays it, or says why there is nothing to play; each trap that a kind is tried with stands in
it."""

import unittest
from collections import defaultdict
from pathlib import Path

import test_aeris
import test_cds
import test_erddap
import test_esgf
import test_federation
import test_odata
import test_ogc_records
import test_resto
import test_sensorthings
import test_sitemap
import test_sources
import test_static_stac
import test_theia
import test_thredds
import test_waf

TABLE = Path(__file__).with_name("traps.tsv")
PLAYED = {"csw": test_sources.CswTraps, "oai-pmh": test_sources.OaiTraps,
          "geonetwork": test_sources.GeonetworkTraps, "stac-api": test_sources.StacTraps,
          "stac-static": test_static_stac.StaticTraps, "ogc-records": test_ogc_records.RecordsTraps,
          "dcat": test_sources.DcatTraps, "datacite": test_sources.DataciteTraps,
          "opendatasoft": test_sources.PortalTraps, "dataverse": test_sources.DataverseTraps,
          "aeris": test_aeris.AerisTraps, "esgf": test_esgf.IndexTraps,
          "thredds": test_thredds.ThreddsTraps, "waf": test_waf.WafTraps,
          "erddap": test_erddap.ServerTraps, "resto": test_resto.ServiceTraps,
          "odata": test_odata.CatalogueTraps, "sensorthings": test_sensorthings.ServiceTraps,
          "cds": test_cds.StoreTraps, "sitemap": test_sitemap.SitemapTraps,
          "theia-pivot": test_theia.PivotTraps,
          "terracat": test_federation.FeedTraps}


class Nobody:
    """A trap that is only named, not set."""

    port = 9


class Table(unittest.TestCase):
    def setUp(self):
        self.cells = defaultdict(dict)
        for line in TABLE.read_text().splitlines():
            kind, trap, cell = line.split("\t")
            self.assertNotIn(trap, self.cells[kind])
            self.cells[kind][trap] = cell

    def test_each_kind_is_tried_with_each_trap_or_says_why_not(self):
        self.assertEqual(set(self.cells), set(PLAYED))
        traps = {trap for row in self.cells.values() for trap in row}
        self.assertGreaterEqual(len(traps), 18)
        for kind, row in self.cells.items():
            self.assertEqual(set(row), traps, kind)
            for trap, cell in row.items():
                self.assertTrue(cell, (kind, trap))

    def test_what_is_named_is_played_and_what_is_played_is_named(self):
        for kind, tests in PLAYED.items():
            with self.subTest(kind=kind):
                named = {name for cell in self.cells[kind].values() if not cell.startswith("- ")
                         for name in cell.split()}
                self.assertEqual(named, set(tests("setUp").traps(Nobody())))


if __name__ == "__main__":
    unittest.main()
