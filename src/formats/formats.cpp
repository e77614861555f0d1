#include <terracat/format.hpp>

#include "formats/readers.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

/// A document is of the first format that recognises it: those that look for more stand first.
constexpr std::array rows{
    Format{
        .name = "stac-item",
        .summary = "STAC Item, version 0.8 to 1.1",
        .media_type = "application/geo+json",
        .recognises = is_stac_item,
        .read = read_stac_item,
        .write = nullptr,
    },
    Format{
        .name = "cds",
        .summary = "collection of a Copernicus data store as JSON",
        .media_type = "application/json",
        .recognises = is_cds,
        .read = read_cds,
        .write = nullptr,
    },
    Format{
        .name = "stac-collection",
        .summary = "STAC Collection, version 0.8 to 1.1",
        .media_type = "application/json",
        .recognises = is_stac_collection,
        .read = read_stac_collection,
        .write = write_stac_collection,
    },
    Format{
        .name = "ogc-record",
        .summary = "record of OGC API Records 1.0 as GeoJSON",
        .media_type = "application/geo+json",
        .recognises = is_ogc_record,
        .read = read_ogc_record,
        .write = write_ogc_record,
    },
    Format{
        .name = "terracat",
        .summary = "record as another terracat keeps it, as its feed of changes has it",
        .media_type = "application/json",
        .recognises = is_terracat,
        .read = read_terracat,
        .write = write_terracat,
    },
    Format{
        .name = "iso19139",
        .summary = "ISO 19115 metadata as XML of ISO 19139 (gmd) or 19115-2 (gmi)",
        .media_type = "application/vnd.iso.19139+xml",
        .recognises = recognises_iso19139,
        .read = read_iso19139,
        .write = nullptr,
    },
    Format{
        .name = "iso19115-3",
        .summary = "ISO 19115-1 metadata as XML of ISO 19115-3 (mdb)",
        .media_type = "application/vnd.iso.19115-3+xml",
        .recognises = recognises_iso19115_3,
        .read = read_iso19115_3,
        .write = nullptr,
    },
    Format{
        .name = "dcat",
        .summary = "DCAT, DCAT-AP or GeoDCAT-AP as RDF/XML, Turtle, N-Triples or JSON-LD",
        .media_type = "application/rdf+xml",
        .recognises = recognises_dcat,
        .read = read_dcat,
        .write = nullptr,
        .split = split_dcat,
    },
    Format{
        .name = "datacite",
        .summary = "DataCite metadata as XML, kernels 2 to 4, bare or as oai_datacite",
        .media_type = "application/vnd.datacite.datacite+xml",
        .recognises = recognises_datacite,
        .read = read_datacite,
        .write = nullptr,
    },
    Format{
        .name = "datacite-json",
        .summary = "DataCite metadata as JSON: of its REST API, or a resource alone",
        .media_type = "application/vnd.datacite.datacite+json",
        .recognises = recognises_datacite_json,
        .read = read_datacite_json,
        .write = nullptr,
    },
    Format{
        .name = "dublin-core",
        .summary = "Dublin Core as XML: oai_dc, csw:Record, DCMI terms",
        .media_type = "application/xml",
        .recognises = recognises_dublin_core,
        .read = read_dublin_core,
        .write = nullptr,
    },
    Format{
        .name = "opendatasoft",
        .summary = "data set of an Opendatasoft portal as JSON of its API, versions 2.0 and 2.1",
        .media_type = "application/json",
        .recognises = is_opendatasoft,
        .read = read_opendatasoft,
        .write = nullptr,
    },
    Format{
        .name = "dataverse",
        .summary = "data set of a Dataverse as the JSON that it exports or its API answers",
        .media_type = "application/json",
        .recognises = is_dataverse,
        .read = read_dataverse,
        .write = nullptr,
    },
    Format{
        .name = "aeris",
        .summary = "collection of AERIS as the JSON of its catalogue",
        .media_type = "application/json",
        .recognises = is_aeris,
        .read = read_aeris,
        .write = nullptr,
    },
    Format{
        .name = "theia-pivot",
        .summary = "data sets of a producer of Theia/OZCAR as JSON of its pivot schema",
        .media_type = "application/json",
        .recognises = is_theia_pivot,
        .read = read_theia_pivot,
        .write = nullptr,
        .split = split_theia_pivot,
    },
    Format{
        .name = "esgf",
        .summary = "data set of the Earth System Grid Federation as JSON of its search",
        .media_type = "application/json",
        .recognises = is_esgf,
        .read = read_esgf,
        .write = nullptr,
    },
    Format{
        .name = "eml",
        .summary = "Ecological Metadata Language as XML, versions 2.0 to 2.2",
        .media_type = "application/xml",
        .recognises = recognises_eml,
        .read = read_eml,
        .write = nullptr,
    },
    Format{
        .name = "resto",
        .summary = "product of a RESTO server as GeoJSON",
        .media_type = "application/geo+json",
        .recognises = is_resto,
        .read = read_resto,
        .write = nullptr,
    },
    Format{
        .name = "odata",
        .summary = "product of the Copernicus Data Space as JSON of OData",
        .media_type = "application/json",
        .recognises = is_odata,
        .read = read_odata,
        .write = nullptr,
        .split = split_odata,
    },
    Format{
        .name = "atom",
        .summary = "product as an entry of Atom, as searches by OpenSearch answer it",
        .media_type = "application/atom+xml",
        .recognises = recognises_atom,
        .read = read_atom,
        .write = nullptr,
    },
    Format{
        .name = "opensearch",
        .summary = "OpenSearch description: the collection that it is a search of",
        .media_type = "application/opensearchdescription+xml",
        .recognises = recognises_opensearch,
        .read = read_opensearch,
        .write = nullptr,
    },
    Format{
        .name = "erddap",
        .summary = "data set of an ERDDAP server as JSON of its attributes",
        .media_type = "application/json",
        .recognises = is_erddap,
        .read = read_erddap,
        .write = nullptr,
    },
    Format{
        .name = "sensorthings",
        .summary = "Thing or Datastream of OGC SensorThings as JSON",
        .media_type = "application/json",
        .recognises = is_sensorthings,
        .read = read_sensorthings,
        .write = nullptr,
        .split = split_sensorthings,
    },
    Format{
        .name = "thredds",
        .summary = "data sets of a THREDDS catalogue as XML (InvCatalog 1.0)",
        .media_type = "application/xml",
        .recognises = recognises_thredds,
        .read = read_thredds,
        .write = nullptr,
        .split = split_thredds,
    },
    Format{
        .name = "schema-org",
        .summary = "data sets of schema.org as JSON-LD, Turtle or N-Triples",
        .media_type = "application/ld+json",
        .recognises = recognises_schema_org,
        .read = read_schema_org,
        .write = nullptr,
        .split = split_schema_org,
    },
};

} // namespace

std::span<Format const> all() noexcept {
  return rows;
}

Format const* find(std::string_view name) noexcept {
  auto const* const row = std::ranges::find(rows, name, &Format::name);
  return row == rows.end() ? nullptr : row;
}

Format const* recognise(std::string_view document) noexcept {
  auto const* const row = std::ranges::find_if(
      rows, [document](Format const& format) { return format.recognises(document); });
  return row == rows.end() ? nullptr : row;
}

} // namespace terracat::formats
