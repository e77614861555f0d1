"""Folders of data: what GDAL's own programs wrote, as items, and files that are not what they say."""

import hashlib
import json
import os
import struct
import subprocess
import unittest

from terracat import BINARY, Server, environment
from test_command_line import Folder
from test_helper import files_of, kill_child

DOUBLE, FLOAT, INTEGER, CHARACTER = 6, 5, 4, 2


def gdal(*words):
    subprocess.run([str(word) for word in words], check=True, capture_output=True, timeout=60)


def gdal_create(path, crs=None, corners=None, *more, size=(4, 3)):
    """A raster of one band, whose corners are given as west, north, east, south."""
    place = []
    if crs:
        place += ["-a_srs", crs]
    if corners:
        place += ["-a_ullr", *corners]
    gdal("gdal_create", "-of", "GTiff", "-ot", "UInt16", "-bands", 1, "-burn", 7, "-a_nodata", 65535,
         "-outsize", *size, *place, *more, path)


def name_in_cdf(text):
    raw = text.encode()
    return struct.pack(">i", len(raw)) + raw + bytes(-len(raw) % 4)


def attributes_in_cdf(attributes):
    if not attributes:
        return bytes(8)
    out = struct.pack(">ii", 12, len(attributes))
    for name, value in attributes.items():
        out += name_in_cdf(name) + struct.pack(">i", CHARACTER) + name_in_cdf(value)
    return out


def classic_netcdf(dimensions, attributes, variables):
    """The bytes of a file in NetCDF's classic format; variables: name, dimensions, attributes,
    values as doubles, or how many there would be: of the last two, which may be large."""
    names = list(dimensions)
    head = b"CDF\x01" + struct.pack(">i", 0)
    head += struct.pack(">ii", 10, len(names))
    for name, length in dimensions.items():
        head += name_in_cdf(name) + struct.pack(">i", length)
    head += attributes_in_cdf(attributes) + struct.pack(">ii", 11, len(variables))

    def listed(begin):
        out = b""
        for name, of, said, values in variables:
            size = 8 * (values if isinstance(values, int) else len(values))
            out += name_in_cdf(name) + struct.pack(">i", len(of))
            out += b"".join(struct.pack(">i", names.index(one)) for one in of)
            out += attributes_in_cdf(said) + struct.pack(">iIi", DOUBLE, min(size, 2**32 - 1), begin)
            begin += size
        return out

    begin = len(head) + len(listed(0))
    data = b"".join(struct.pack(f">{len(values)}d", *values) for *_, values in variables
                    if not isinstance(values, int))
    return head + listed(begin) + data


def grid_of_two_variables(**attributes):
    """3 days from 1950-01-11 over 4 by 2 cells between 0 and 4 east, 40 and 42 north."""
    places = {"lat": ("lat", "degrees_north", "latitude", [40.5, 41.5]),
              "lon": ("lon", "degrees_east", "longitude", [0.5, 1.5, 2.5, 3.5])}
    variables = [("time", ["time"], {"units": "days since 1950-01-01", "standard_name": "time"},
                  [10, 11, 12])]
    for name, (of, unit, standard, values) in places.items():
        variables.append((name, [of], {"units": unit, "standard_name": standard}, values))
    for name, unit in (("temperature", "K"), ("salinity", "1e-3")):
        variables.append((name, ["time", "lat", "lon"], {"units": unit, "long_name": f"sea {name}"},
                          [1.0] * 24))
    return classic_netcdf({"time": 3, "lat": 2, "lon": 4},
                          {"Conventions": "CF-1.8", **attributes}, variables)


class Data(Folder):
    def setUp(self):
        super().setUp()
        self.data = self.folder / "relief"
        self.data.mkdir()

    def configure(self, options="", served=True):
        folder = f'asset_folder = "{self.data}"\n' if served else ""
        self.write("terracat.toml",
                   f'[[source]]\nname = "relief"\nkind = "files"\naddress = "{self.data}"\n{folder}'
                   f'grace_days = 0\ngrace_sweeps = 1\n[source.options]\nread = "data"\n{options}')

    def harvest(self, *more):
        code, said, errors = self.run_here("harvest", "relief", *more)
        self.assertEqual(code, 0, said + errors)
        return said + errors

    def items(self):
        exported = [json.loads(line) for line in self.succeeds("export").splitlines()]
        return {one["id"]: one for one in exported if one["type"] == "Feature"}

    def item(self, name):
        items = self.items()
        self.assertIn(name, items)
        return items[name]


class Rasters(Data):
    # The origin of Lambert-93 is 700000 east, 6600000 north, and lies at 3 east, 46.5 north.
    LAMBERT = ("EPSG:2154", (700000, 6600000, 700100, 6599925))

    def test_a_raster_is_an_item_with_all_that_it_says(self):
        path = self.data / "2021" / "a.tif"
        path.parent.mkdir()
        gdal_create(path, *self.LAMBERT, "-mo", "TIFFTAG_DATETIME=2021:06:03 10:20:30")
        (path.parent / "a_thumb.png").write_bytes(b"\x89PNG")
        self.configure()
        self.assertIn("2 created", self.harvest())  # the collection as well
        one = self.item("2021:a.tif")
        self.assertEqual(one["collection"], "relief")
        said = one["properties"]
        self.assertEqual(said["datetime"], "2021-06-03T10:20:30Z")
        self.assertEqual(said["proj:code"], "EPSG:2154")
        self.assertEqual(said["proj:epsg"], 2154)
        self.assertEqual(said["proj:shape"], [3, 4])
        self.assertEqual(said["proj:transform"], [25, 0, 700000, 0, -25, 6600000])
        self.assertEqual(said["proj:bbox"], [700000, 6599925, 700100, 6600000])
        self.assertEqual(said["title"], "a")
        corners = one["geometry"]["coordinates"][0]
        self.assertEqual(one["geometry"]["type"], "Polygon")
        self.assertIn([3, 46.5], corners)
        # What another program says of the corner across.
        across = subprocess.run(["gdaltransform", "-s_srs", "EPSG:2154", "-t_srs", "EPSG:4326",
                                 "-output_xy"], input="700100 6599925\n", text=True,
                                capture_output=True, check=True).stdout.split()
        self.assertTrue(any(abs(x - float(across[0])) < 1e-6 and abs(y - float(across[1])) < 1e-6
                            for x, y in corners), (across, corners))
        asset = one["assets"]["data"]
        self.assertEqual(asset["type"], "image/tiff; application=geotiff")
        self.assertEqual(asset["roles"], ["data"])
        self.assertEqual(asset["bands"], [{"data_type": "uint16", "nodata": 65535}])
        self.assertEqual(asset["file:size"], path.stat().st_size)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        self.assertEqual(asset["file:checksum"], "1220" + digest)
        self.assertEqual(one["assets"]["thumbnail"]["type"], "image/png")
        with Server(folder=self.folder) as server:
            status, _, body = server.get("/stac/collections/relief/items/2021:a.tif")
            self.assertEqual(status, 200)
            href = json.loads(body)["assets"]["data"]["href"]
            status, _, body = server.get(href[href.index("/assets/"):])
            self.assertEqual((status, hashlib.sha256(body).hexdigest()), (200, digest))

    def test_across_the_antimeridian_it_has_two_halves(self):
        # UTM zone 1: 500000 east is 177 west, north is counted from the equator. On it, 400 km
        # west are 400000 / 0.9996 / 6378137 in radians: somewhat more than 3.59 degrees.
        gdal_create(self.data / "a.tif", "EPSG:32601", (100000, 200000, 500000, 0))
        self.configure()
        self.harvest()
        one = self.item("a.tif")
        west, south, east, north = one["bbox"]
        self.assertEqual((south, east), (0, -177))
        self.assertTrue(179.40 < west < 179.41 and 1.8 < north < 1.82, one["bbox"])
        self.assertEqual(one["geometry"]["type"], "MultiPolygon")
        with Server(folder=self.folder) as server:
            server.wait_for_index()
            for box, count in (("179.5,0,179.8,1", 1), ("-179.5,0,-179,1", 1), ("-176,0,179,1", 0)):
                _, _, body = server.get(f"/stac/search?bbox={box}")
                self.assertEqual(len(json.loads(body)["features"]), count, box)

    def test_around_a_pole_the_pole_is_within(self):
        gdal_create(self.data / "a.tif", "EPSG:3413", (-1e6, 1e6, 1e6, -1e6), size=(8, 8))
        self.configure()
        self.harvest()
        one = self.item("a.tif")
        self.assertEqual(one["bbox"][0::2] + [one["bbox"][3]], [-180, 180, 90])

    def test_statistics_are_told_where_the_file_has_them(self):
        gdal_create(self.data / "a.tif", "EPSG:4326", (2, 45, 2.4, 44.7),
                    "-mo", "STATISTICS_MINIMUM=1")
        # On the band: in the file beside it, where GDAL's programs write them.
        (self.data / "a.tif.aux.xml").write_text(
            '<PAMDataset><PAMRasterBand band="1"><Metadata>'
            '<MDI key="STATISTICS_MINIMUM">3</MDI><MDI key="STATISTICS_MAXIMUM">9.5</MDI>'
            '<MDI key="STATISTICS_MEAN">7</MDI><MDI key="STATISTICS_STDDEV">0.5</MDI>'
            '</Metadata></PAMRasterBand></PAMDataset>')
        self.configure()
        self.harvest()
        one = self.item("a.tif")
        self.assertEqual(one["bbox"], [2, 44.7, 2.4, 45])
        self.assertEqual(one["assets"]["data"]["bands"][0]["statistics"],
                         {"minimum": 3, "maximum": 9.5, "mean": 7, "stddev": 0.5})
        self.assertIn("tif.aux.xml", one["assets"])

    def test_a_jpeg_2000_and_a_cloud_optimised_one(self):
        gdal_create(self.data / "a.tif", *self.LAMBERT)
        gdal("gdal_translate", "-of", "JP2OpenJPEG", self.data / "a.tif", self.data / "b.jp2")
        gdal("gdal_translate", "-of", "COG", self.data / "a.tif", self.data / "c.tif")
        self.configure()
        self.harvest()
        types = {name: one["assets"]["data"]["type"] for name, one in self.items().items()}
        self.assertEqual(types, {
            "a.tif": "image/tiff; application=geotiff", "b.jp2": "image/jp2",
            "c.tif": "image/tiff; application=geotiff; profile=cloud-optimized"})
        self.assertEqual({one["properties"]["proj:code"] for one in self.items().values()},
                         {"EPSG:2154"})

    def test_what_is_no_data_is_passed_by_or_refused(self):
        gdal_create(self.data / "good.tif", *self.LAMBERT)
        whole = (self.data / "good.tif").read_bytes()
        (self.data / "damaged.tif").write_bytes(whole[:150])
        (self.data / "empty.tif").write_bytes(b"")
        (self.data / "renamed.dat").write_bytes(whole)
        (self.data / "words.txt").write_text("nothing of interest")
        pointer = ('<VRTDataset rasterXSize="4" rasterYSize="3"><VRTRasterBand dataType="Byte" band="1">'
                   '<SimpleSource><SourceFilename relativeToVRT="0">/etc/passwd</SourceFilename>'
                   '</SimpleSource></VRTRasterBand></VRTDataset>')
        (self.data / "pointer.vrt").write_text(pointer)
        (self.data / "pointer.tif").write_text(pointer)
        os.symlink("/etc/passwd", self.data / "link.tif")
        self.configure()
        code, said, errors = self.run_here("harvest", "relief")
        self.assertIn("3 created", said + errors)
        self.assertEqual(sorted(self.items()), ["good.tif", "renamed.dat"])
        told = self.succeeds("runs", "1")
        for name, finding in (("damaged.tif", "file-unreadable"), ("empty.tif", "file-unreadable"),
                              ("pointer.vrt", "unexpected-root"), ("pointer.tif", "file-unreadable")):
            self.assertRegex(told, rf"(?s){finding}[^\n]*{name}|{name}[^\n]*{finding}")
        self.assertNotIn("root:", told)
        self.assertNotIn("words.txt", told)

    def test_without_a_place_it_is_an_item_without_one(self):
        gdal_create(self.data / "plain.tif")
        self.configure()
        self.harvest()
        one = self.item("plain.tif")
        self.assertIsNone(one["geometry"])
        self.assertEqual(one["properties"]["proj:shape"], [3, 4])
        self.assertIn("geometry-unreadable", self.succeeds("runs", "1"))

    def test_a_change_is_one_change_and_what_goes_is_swept(self):
        for name in ("a.tif", "b.tif", "c.tif"):
            gdal_create(self.data / name, *self.LAMBERT)
        self.configure()
        self.assertIn("4 created", self.harvest())
        said = self.harvest()
        self.assertIn("4 unchanged", said)
        gdal_create(self.data / "b.tif", "EPSG:2154", (700000, 6600000, 700200, 6599925))
        (self.data / "c.tif").unlink()
        said = self.harvest()
        self.assertIn("1 updated", said)
        self.assertIn("1 deleted", said)
        self.assertEqual(sorted(self.items()), ["a.tif", "b.tif"])
        self.assertEqual(self.item("b.tif")["properties"]["proj:bbox"][2], 700200)
        # One that cannot be read any more is there all the same.
        (self.data / "b.tif").write_bytes(b"II*\0rubbish")
        self.run_here("harvest", "relief")
        self.assertEqual(sorted(self.items()), ["a.tif", "b.tif"])

    def test_links_into_a_hidden_folder_are_items_and_are_served(self):
        # As git-annex keeps files: by their checksums, with a link where each is called.
        store = self.data / ".git/annex/objects/k3/Wz/SHA256E-s1--ab.tif"
        store.mkdir(parents=True)
        kept = store / "SHA256E-s1--ab.tif"
        gdal_create(kept, *self.LAMBERT)
        (self.data / "2024").mkdir()
        os.symlink("../.git/annex/objects/k3/Wz/SHA256E-s1--ab.tif/SHA256E-s1--ab.tif",
                   self.data / "2024/relief_20240229.tif")
        os.symlink(self.write("secret.tif", "II*\0"), self.data / "out.tif")
        self.configure('time_pattern = "relief_{year}{month}{day}.*"\n')
        self.run_here("harvest", "relief")
        self.assertEqual(list(self.items()), ["2024:relief_20240229.tif"])
        one = self.item("2024:relief_20240229.tif")
        self.assertEqual(one["properties"]["title"], "relief_20240229")
        self.assertEqual(one["properties"]["start_datetime"], "2024-02-29T00:00:00Z")
        self.assertRegex(self.succeeds("runs", "1"), r"file-unreadable[^\n]*out\.tif")
        with Server(folder=self.folder) as server:
            _, _, body = server.get("/stac/collections/relief/items/2024:relief_20240229.tif")
            href = json.loads(body)["assets"]["data"]["href"]
            self.assertTrue(href.endswith("/2024/relief_20240229.tif"), href)
            status, _, body = server.get(href[href.index("/assets/"):])
            self.assertEqual((status, body), (200, kept.read_bytes()))
            self.assertEqual(server.get("/assets/relief/out.tif")[0], 404)

    def test_times_stand_in_names(self):
        gdal_create(self.data / "S2_20240229T103021_x.tif", *self.LAMBERT)
        gdal_create(self.data / "S2_20241301T000000_x.tif", *self.LAMBERT)
        self.configure('time_pattern = "S2_{year}{month}{day}T{hour}{minute}{second}_*"\n'
                       'collection = "pictures"\nbase_url = "https://data.example/s2"\n'
                       'checksum = false\n')
        self.harvest()
        one = self.item("S2_20240229T103021_x.tif")
        self.assertEqual(one["properties"]["datetime"], "2024-02-29T10:30:21Z")
        self.assertEqual(one["collection"], "pictures")
        self.assertEqual(one["assets"]["data"]["href"],
                         "https://data.example/s2/S2_20240229T103021_x.tif")
        self.assertNotIn("file:checksum", one["assets"]["data"])
        self.assertIsNone(self.item("S2_20241301T000000_x.tif")["properties"]["datetime"])
        self.configure('time_pattern = "{month}"\n')
        code, said, errors = self.run_here("harvest", "relief")
        self.assertNotEqual(code, 0)
        self.assertIn("{year} is missing", said + errors)

    def test_a_collection_that_somebody_describes(self):
        gdal_create(self.data / "a.tif", *self.LAMBERT)
        (self.data / "collection.json").write_text(json.dumps({
            "type": "Collection", "stac_version": "1.1.0", "id": "massif", "title": "Le massif",
            "description": "Relief", "license": "etalab-2.0", "links": [],
            "extent": {"spatial": {"bbox": [[3, 46, 4, 47]]}, "temporal": {"interval": [[None, None]]}}}))
        self.configure()
        self.harvest()
        self.assertEqual(self.item("a.tif")["collection"], "massif")
        titles = [one["title"] for one in map(json.loads, self.succeeds("export").splitlines())
                  if one["type"] == "Collection"]
        self.assertEqual(titles, ["Le massif"])


    def test_a_sweep_asks_for_names_only(self):
        for name in ("a.tif", "b.tif"):
            gdal_create(self.data / name, *self.LAMBERT)
        self.configure()
        self.harvest()
        # What cannot be read would be told if it were: a sweep does not look.
        (self.data / "a.tif").write_bytes(b"II*\0rubbish")
        (self.data / "b.tif").unlink()
        self.assertIn("1 deleted", self.harvest("--sweep"))
        self.assertEqual(list(self.items()), ["a.tif"])
        self.assertNotIn("file-unreadable", self.succeeds("runs", "1"))

    def test_two_files_of_a_list_that_share_a_name_are_told(self):
        for year in ("2023", "2024"):
            (self.data / year).mkdir()
            gdal_create(self.data / year / "dem.tif", *self.LAMBERT)
        (self.folder / "lists").mkdir()
        listed = self.write("lists/list.txt", "".join(f"{self.data}/{year}/dem.tif\n" for year in (2023, 2024)))
        self.write("terracat.toml", f'[[source]]\nname = "relief"\nkind = "files"\naddress = "{listed}"\n'
                   '[source.options]\nread = "data"\nlist = true\ncollection = "relief"\n')
        code, said, errors = self.run_here("harvest", "relief")
        self.assertIn("2 created", said + errors)
        self.assertEqual(list(self.items()), ["dem.tif"])
        self.assertRegex(self.succeeds("runs", "1"), r"record-repeated[^\n]*dem\.tif")


class NetCdf(Data):
    def test_coverage_and_variables_of_a_classic_file(self):
        (self.data / "a.nc").write_bytes(grid_of_two_variables(
            title="State of the sea", time_coverage_start="1950-01-11T00:00:00Z",
            time_coverage_end="1950-01-13"))
        self.configure()
        self.harvest()
        one = self.item("a.nc")
        said = one["properties"]
        self.assertEqual((said["start_datetime"], said["end_datetime"]),
                         ("1950-01-11T00:00:00Z", "1950-01-13T23:59:59Z"))
        self.assertEqual(said["title"], "State of the sea")
        self.assertEqual(one["bbox"], [0, 40, 4, 42])
        bands = one["assets"]["data"]["bands"]
        self.assertEqual([(band["name"], band["data_type"], band["unit"]) for band in bands],
                         [("temperature", "float64", "K"), ("salinity", "float64", "1e-3")])
        self.assertEqual(one["assets"]["data"]["type"], "application/netcdf")

    def test_the_axis_of_time_tells_where_nothing_else_does(self):
        (self.data / "a.nc").write_bytes(grid_of_two_variables())
        self.configure()
        self.harvest()
        said = self.item("a.nc")["properties"]
        self.assertEqual((said["start_datetime"], said["end_datetime"]),
                         ("1950-01-11T00:00:00Z", "1950-01-13T00:00:00Z"))

    def test_a_file_of_version_4(self):
        gdal_create(self.data.parent / "a.tif", "EPSG:4326", (0, 50, 4, 47))
        gdal("gdal_translate", "-of", "netCDF", "-co", "FORMAT=NC4",
             "-mo", "NC_GLOBAL#time_coverage_start=2001-01-01T00:00:00Z",
             "-mo", "NC_GLOBAL#time_coverage_end=2001-12-31T23:59:59Z",
             self.data.parent / "a.tif", self.data / "a.nc")
        self.assertEqual((self.data / "a.nc").read_bytes()[1:4], b"HDF")
        self.configure()
        self.harvest()
        one = self.item("a.nc")
        self.assertEqual(one["properties"]["start_datetime"], "2001-01-01T00:00:00Z")
        self.assertEqual(one["properties"]["end_datetime"], "2001-12-31T23:59:59Z")
        self.assertEqual(one["bbox"], [0, 47, 4, 50])

    def test_an_hdf5_file_that_is_no_netcdf(self):
        # A grid of soundings (BAG), by a name that tells nothing of it: two variables in HDF5.
        gdal_create(self.folder / "a.tif", "EPSG:32631", (500000, 4800080, 500080, 4800000),
                    "-ot", "Float32", size=(8, 4))
        gdal("gdal_translate", "-of", "BAG", "-ot", "Float32", self.folder / "a.tif",
             self.folder / "a.bag")
        for name in ("a.h5", "b.dat"):
            (self.data / name).write_bytes((self.folder / "a.bag").read_bytes())
        (self.data / "short.h5").write_bytes((self.folder / "a.bag").read_bytes()[:2000])
        self.configure()
        self.run_here("harvest", "relief")
        items = self.items()
        self.assertEqual(sorted(items), ["a.h5", "b.dat"])
        for one in items.values():
            asset = one["assets"]["data"]
            self.assertEqual(asset["type"], "application/x-hdf5")
            self.assertEqual([(band["name"], band["data_type"]) for band in asset["bands"]],
                             [("BAG_root/elevation", "float32"), ("BAG_root/uncertainty", "float32")])
            self.assertEqual(one["properties"]["proj:shape"], [4, 8])
        told = self.succeeds("runs", "1")
        self.assertRegex(told, r"file-unreadable[^\n]*short\.h5")
        self.assertRegex(told, r"geometry-unreadable[^\n]*a\.h5")

    def test_profiles_lie_where_their_attributes_say(self):
        (self.data / "a.nc").write_bytes(classic_netcdf(
            {"depth": 2},
            {"geospatial_lat_min": "42.5", "geospatial_lat_max": "43", "geospatial_lon_min": "5",
             "geospatial_lon_max": "6.5", "time_coverage_start": "2010-05-04T10:00:00Z"},
            [("depth", ["depth"], {"units": "m"}, [1, 2]),
             ("temperature", ["depth"], {"units": "K"}, [280, 281])]))
        self.configure()
        self.harvest()
        one = self.item("a.nc")
        self.assertEqual(one["bbox"], [5, 42.5, 6.5, 43])
        self.assertEqual(one["properties"]["datetime"], "2010-05-04T10:00:00Z")


class Vectors(Data):
    FEATURES = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": name, "length": length},
         "geometry": {"type": "LineString", "coordinates": [[3, 43], [east, 44]]}}
        for name, length, east in (("Orb", 136, 4), ("Hérault", 148, 5))]}

    def test_layers_tell_their_columns_and_where_they_lie(self):
        rivers = self.write("rivers.geojson", self.FEATURES)
        (self.data / "a.geojson").write_bytes(rivers.read_bytes())
        gdal("ogr2ogr", "-f", "GPKG", self.data / "b.gpkg", rivers)
        gdal("ogr2ogr", "-f", "ESRI Shapefile", self.data / "c.shp", rivers)
        gdal("ogr2ogr", "-f", "FlatGeobuf", self.data / "d.fgb", rivers)
        self.configure()
        self.assertIn("5 created", self.harvest())
        items = self.items()
        self.assertEqual(sorted(items), ["a.geojson", "b.gpkg", "c.shp", "d.fgb"])
        for name, one in items.items():
            with self.subTest(name):
                said = one["properties"]
                self.assertEqual(one["bbox"], [3, 43, 5, 44])
                self.assertEqual(said["proj:code"], "EPSG:4326")
                self.assertEqual(said["table:row_count"], 2)
                self.assertEqual([column["name"] for column in said["table:columns"]],
                                 ["name", "length"])
        self.assertEqual(sorted(items["c.shp"]["assets"]), ["data", "dbf", "prj", "shx"])

    def test_a_geopackage_of_several_layers_by_another_name(self):
        rivers = self.write("rivers.geojson", self.FEATURES)
        path = self.data / "b.gpkg"
        gdal("ogr2ogr", "-f", "GPKG", "-t_srs", "EPSG:2154", path, rivers, "-nln", "rivers")
        gdal("ogr2ogr", "-f", "GPKG", "-update", "-t_srs", "EPSG:2154", path, rivers, "-nln", "more")
        path.rename(self.data / "b.data")
        self.configure()
        self.harvest()
        one = self.item("b.data")
        self.assertEqual(one["properties"]["table:row_count"], 4)
        self.assertEqual(one["properties"]["description"], "Layers: rivers, more")
        self.assertEqual(one["properties"]["proj:code"], "EPSG:2154")


def point_cloud(minor, points, box, records):
    """The header of a LAS file and its records (user, number, bytes); no point."""
    size = 375 if minor >= 4 else 227
    head = bytearray(size)
    head[0:4] = b"LASF"
    head[24:26] = bytes([1, minor])
    struct.pack_into("<HII", head, 94, size, size, len(records))
    struct.pack_into("<BHI", head, 104, 1, 28, 0 if minor >= 4 else points)
    west, south, east, north = box
    struct.pack_into("<6d", head, 179, east, west, north, south, 90, 10)
    if minor >= 4:
        struct.pack_into("<Q", head, 247, points)
    for user, number, data in records:
        head += struct.pack("<H16sHH32s", 0, user, number, len(data), b"") + data
    return bytes(head)


class PointClouds(Data):
    BOX = (700000, 6599000, 701000, 6600000)  # its corner lies at 3 east, 46.5 north

    def test_the_header_tells_how_many_points_lie_where(self):
        keys = struct.pack("<12H", 1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 2154)
        wkt = subprocess.run(["gdalsrsinfo", "-o", "wkt1", "EPSG:2154"], capture_output=True,
                             check=True, text=True).stdout.replace("\n", "").encode()
        clouds = {"keys.las": (2, 7, [(b"LASF_Projection", 34735, keys)]),
                  "wkt.laz": (4, 5_000_000_000, [(b"other", 1, b"x"),
                                                 (b"LASF_Projection", 2112, wkt + b"\0")]),
                  "nowhere.las": (2, 7, []),
                  "lying.las": (2, 7, [(b"LASF_Projection", 34735, keys)])}
        for name, (minor, points, records) in clouds.items():
            box = self.BOX if name != "lying.las" else self.BOX[2:] + self.BOX[:2]
            (self.data / name).write_bytes(point_cloud(minor, points, box, records))
        (self.data / "short.las").write_bytes(b"LASF" + bytes(100))
        self.configure()
        self.harvest()
        items = self.items()
        self.assertEqual(sorted(items), ["keys.las", "nowhere.las", "wkt.laz"])
        for name, points in (("keys.las", 7), ("wkt.laz", 5_000_000_000)):
            one = items[name]
            self.assertEqual(one["properties"]["table:row_count"], points)
            self.assertEqual(one["properties"]["proj:code"], "EPSG:2154")
            self.assertEqual(one["properties"]["proj:bbox"], list(self.BOX))
            self.assertIn([3, 46.5], one["geometry"]["coordinates"][0])
        self.assertIsNone(items["nowhere.las"]["geometry"])


class Limits(Data):
    def test_what_would_take_all_memory_is_refused_and_the_run_goes_on(self):
        # A coordinate variable of 1.6 GB, which the reader wants whole; the helper has 1 GB.
        many = 200_000_000
        head = classic_netcdf({"lat": 2, "lon": many}, {"Conventions": "CF-1.8"}, [
            ("lat", ["lat"], {"units": "degrees_north"}, [1, 2]),
            ("lon", ["lon"], {"units": "degrees_east"}, many),
            ("t", ["lat", "lon"], {}, 2 * many)])
        path = self.data / "a.nc"
        path.write_bytes(head)
        os.truncate(path, len(head) + 3 * 8 * many)  # which takes no room on the disc
        gdal_create(self.data / "b.tif", *Rasters.LAMBERT)
        self.configure("checksum = false\n")
        self.run_here("harvest", "relief")
        self.assertEqual(list(self.items()), ["b.tif"])
        self.assertRegex(self.succeeds("runs", "1"), r"failed +parser-crash +a\.nc")

    def test_a_helper_that_is_killed_in_mid_document_costs_that_document(self):
        for name in ("a.tif", "c.tif"):
            gdal_create(self.data / name, *Rasters.LAMBERT)
        feature = json.dumps({"type": "Feature", "properties": {"n": 1},
                              "geometry": {"type": "Point", "coordinates": [3, 43]}})
        slow = self.data / "b.geojson"
        slow.write_text('{"type":"FeatureCollection","features":[' +
                        ",".join([feature] * 300_000) + "]}")
        self.configure("checksum = false\n")
        process = subprocess.Popen([BINARY, "harvest", "relief"], cwd=self.folder,
                                   env=environment(), stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True)
        with process:
            # Nothing tells when the helper has been handed the file: it is looked for.
            kill_child(process, "read-data", lambda child: str(slow) in files_of(child))
            said = process.communicate(timeout=120)[0]
        self.assertIn("3 created", said)  # the collection as well
        self.assertIn("1 failed", said)
        self.assertEqual(sorted(self.items()), ["a.tif", "c.tif"])
        self.assertRegex(self.succeeds("runs", "1"), r"failed +parser-crash +b\.geojson[^\n]*signal 9")
        # The next run has it all, and what the one before said is as it was.
        said = self.harvest()
        self.assertIn("1 created", said)
        self.assertIn("3 unchanged", said)
        self.assertEqual(sorted(self.items()), ["a.tif", "b.geojson", "c.tif"])
        self.assertEqual(self.item("b.geojson")["properties"]["table:row_count"], 300_000)

    def test_the_helper_reaches_nothing_by_itself(self):
        # The process that opens data may map what it is handed, and no more.
        gdal_create(self.data / "a.tif", *Rasters.LAMBERT)
        self.configure()
        self.harvest()
        self.assertNotIn("read-data", self.succeeds("--help"))


if __name__ == "__main__":
    unittest.main()
