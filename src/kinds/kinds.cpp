#include "kinds/aeris/aeris.hpp"
#include "kinds/aeris/options.hpp"
#include "kinds/cds/cds.hpp"
#include "kinds/cds/options.hpp"
#include "kinds/command/command.hpp"
#include "kinds/command/options.hpp"
#include "kinds/csw/csw.hpp"
#include "kinds/csw/options.hpp"
#include "kinds/datacite/datacite.hpp"
#include "kinds/datacite/options.hpp"
#include "kinds/dataverse/dataverse.hpp"
#include "kinds/dataverse/options.hpp"
#include "kinds/dcat/dcat.hpp"
#include "kinds/dcat/options.hpp"
#include "kinds/erddap/erddap.hpp"
#include "kinds/erddap/options.hpp"
#include "kinds/esgf/esgf.hpp"
#include "kinds/esgf/options.hpp"
#include "kinds/files/files.hpp"
#include "kinds/files/options.hpp"
#include "kinds/geonetwork/geonetwork.hpp"
#include "kinds/geonetwork/options.hpp"
#include "kinds/oai_pmh/oai_pmh.hpp"
#include "kinds/oai_pmh/options.hpp"
#include "kinds/odata/odata.hpp"
#include "kinds/odata/options.hpp"
#include "kinds/ogc_records/ogc_records.hpp"
#include "kinds/ogc_records/options.hpp"
#include "kinds/opendatasoft/opendatasoft.hpp"
#include "kinds/opendatasoft/options.hpp"
#include "kinds/peer/options.hpp"
#include "kinds/peer/peer.hpp"
#include "kinds/resto/options.hpp"
#include "kinds/resto/resto.hpp"
#include "kinds/sensorthings/options.hpp"
#include "kinds/sensorthings/sensorthings.hpp"
#include "kinds/sitemap/options.hpp"
#include "kinds/sitemap/sitemap.hpp"
#include "kinds/stac_api/options.hpp"
#include "kinds/stac_api/stac_api.hpp"
#include "kinds/stac_static/options.hpp"
#include "kinds/stac_static/stac_static.hpp"
#include "kinds/theia_pivot/options.hpp"
#include "kinds/theia_pivot/theia_pivot.hpp"
#include "kinds/thredds/options.hpp"
#include "kinds/thredds/thredds.hpp"
#include "kinds/waf/options.hpp"
#include "kinds/waf/waf.hpp"

#include <terracat/kind.hpp>

#include <algorithm>
#include <array>

namespace terracat::kinds {
namespace {

constexpr std::string_view no_options =
    R"({"type": "object", "additionalProperties": false, "properties": {}})";

constexpr std::array table{
    Kind{.name = "csw",
         .summary = "a Catalogue Service for the Web (CSW 2.0.2), with records of any schema",
         .options_schema = csw::options_schema,
         .proof = "the number of distinct identifiers is the number announced",
         .start = csw::start,
         .start_changes = csw::start_changes},
    Kind{.name = "oai-pmh",
         .summary = "a repository of OAI-PMH 2.0, with records of any format",
         .options_schema = oai_pmh::options_schema,
         .proof = "every list came to its end, as long as announced, and nothing was passed over",
         .start = oai_pmh::start,
         .start_changes = oai_pmh::start_changes,
         .names_documents = true},
    Kind{.name = "geonetwork",
         .summary = "a GeoNetwork 4: its index, and each record as XML of any schema",
         .options_schema = geonetwork::options_schema,
         .proof = "the index ended with as many distinct records as announced, and each was had",
         .start = geonetwork::start,
         .start_changes = geonetwork::start_changes,
         .names_documents = true},
    Kind{.name = "stac-api",
         .summary = "a STAC API: its collections and, if asked for, their items",
         .options_schema = stac_api::options_schema,
         .proof = "every list ends without a next page, as long as announced, and nothing fails",
         .start = stac_api::start,
         .start_changes = stac_api::start_changes},
    Kind{.name = "stac-static",
         .summary = "a static STAC catalogue: its collections and, if asked for, their items",
         .options_schema = stac_static::options_schema,
         .proof = "all that links lead to was had and could be read, and there was something",
         .start = stac_static::start},
    Kind{.name = "ogc-records",
         .summary = "an OGC API Records: the records of its catalogues",
         .options_schema = ogc_records::options_schema,
         .proof =
             "every list ended with as many distinct records as announced, or named no next page",
         .start = ogc_records::start,
         .start_changes = ogc_records::start_changes},
    Kind{.name = "terracat",
         .summary = "another catalogue of this program, by its feed of changes",
         .options_schema = peer::options_schema,
         .proof = "the feed came to its end, and told as many records and items as there are",
         .start = peer::start,
         .start_changes = peer::start_changes},
    Kind{.name = "dcat",
         .summary = "a catalogue of DCAT in RDF at an address, with pages of Hydra",
         .options_schema = dcat::options_schema,
         .proof = "the last page names no next one, and as many are described as announced",
         .start = dcat::start},
    Kind{.name = "datacite",
         .summary = "what DataCite knows of a repository, an organisation, a prefix or a query",
         .options_schema = datacite::options_schema,
         .proof = "the list ended with as many distinct DOIs as announced, and nothing failed",
         .start = datacite::start,
         .start_changes = datacite::start_changes,
         .names_documents = true},
    Kind{.name = "opendatasoft",
         .summary = "an Opendatasoft portal: the data sets of its catalogue (API 2.1)",
         .options_schema = opendatasoft::options_schema,
         .proof = "the list ended with as many distinct data sets as announced",
         .start = opendatasoft::start,
         .start_changes = opendatasoft::start_changes,
         .names_documents = true},
    Kind{.name = "dataverse",
         .summary = "a Dataverse: its search, and each data set as the JSON that it exports",
         .options_schema = dataverse::options_schema,
         .proof = "the list ended with as many distinct data sets as announced, and each was had",
         .start = dataverse::start,
         .names_documents = true},
    Kind{.name = "aeris",
         .summary = "a catalogue of AERIS or FORM@TER by its own service: each collection as JSON",
         .options_schema = aeris::options_schema,
         .proof = "the list came whole and was not empty, and each collection in it was had",
         .start = aeris::start,
         .names_documents = true},
    Kind{.name = "esgf",
         .summary = "an index node of ESGF: the data sets that a search finds",
         .options_schema = esgf::options_schema,
         .proof = "the list ended with as many distinct data sets as announced, in one index",
         .start = esgf::start,
         .start_changes = esgf::start_changes},
    Kind{.name = "resto",
         .summary = "an OpenSearch service such as RESTO: the products that its search finds",
         .options_schema = resto::options_schema,
         .proof = "the list ended with as many distinct products as announced, not as estimated",
         .start = resto::start,
         .names_documents = true},
    Kind{.name = "odata",
         .summary = "products of a catalogue like that of the Copernicus Data Space, by OData",
         .options_schema = odata::options_schema,
         .proof = "the list ended with as many distinct products as announced",
         .start = odata::start,
         .start_changes = odata::start_changes},
    Kind{.name = "erddap",
         .summary = "a server of ERDDAP: the attributes of its data sets, grids and tables",
         .options_schema = erddap::options_schema,
         .proof = "the list came whole, and each data set of it was had",
         .start = erddap::start,
         .names_documents = true},
    Kind{.name = "sensorthings",
         .summary = "a service of OGC SensorThings: its Things with what they observe",
         .options_schema = sensorthings::options_schema,
         .proof = "the list ended, with as many distinct entities as announced if it says so",
         .start = sensorthings::start,
         .names_documents = true},
    Kind{.name = "cds",
         .summary = "the catalogue of a Copernicus data store: climate, atmosphere, emergency",
         .options_schema = cds::options_schema,
         .proof = "the list ended, with as many distinct collections as announced if it says so",
         .start = cds::start,
         .names_documents = true},
    Kind{.name = "thredds",
         .summary = "a THREDDS server: the data sets of a catalogue and of those that it refers to",
         .options_schema = thredds::options_schema,
         .proof = "every catalogue that is referred to came whole, and there was a data set",
         .start = thredds::start},
    Kind{.name = "waf",
         .summary = "a web-accessible folder: the files that a web server lists, of any format",
         .options_schema = waf::options_schema,
         .proof = "every list came whole, and every file that it names was had",
         .start = waf::start},
    Kind{.name = "sitemap",
         .summary = "a site by its site map: data sets of schema.org in the JSON-LD of its pages",
         .options_schema = sitemap::options_schema,
         .proof = "every map came whole, and every page that they name was had",
         .start = sitemap::start,
         .start_changes = sitemap::start_changes},
    Kind{.name = "theia-pivot",
         .summary = "what a producer hands to Theia/OZCAR: pivot JSON or ZIP, in several languages",
         .options_schema = theia_pivot::options_schema,
         .proof = "every file was read to its end, and each data set is there once in a language",
         .start = theia_pivot::start},
    Kind{.name = "files",
         .summary = "a folder, a file or a list of files, with documents of any format",
         .options_schema = files::options_schema,
         .proof = "all files were found and read to their ends",
         .start = files::start},
    Kind{.name = "command",
         .summary = "a program that prints one JSON document on each line",
         .options_schema = command::options_schema,
         .proof = "the program ended with exit code 0, and every line was a document",
         .start = command::start},
    Kind{.name = "push",
         .summary = "nothing is fetched: records come by import or by transactions",
         .options_schema = no_options,
         .proof = "",
         .start = nullptr},
};

} // namespace

std::span<Kind const> all() noexcept {
  return table;
}

Kind const* find(std::string_view name) noexcept {
  auto const* const found = std::ranges::find(table, name, &Kind::name);
  return found == table.end() ? nullptr : found;
}

} // namespace terracat::kinds
