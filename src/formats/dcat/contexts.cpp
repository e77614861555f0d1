#include "formats/dcat/contexts.hpp"

#include <array>

namespace terracat::formats::dcat {
namespace {

/// Prefixes and plain names, as the metadata schema of Project Open Data has them and others after
/// it. Addresses are references although they are often written as texts.
constexpr std::string_view dcat_names = R"json({
  "adms": "http://www.w3.org/ns/adms#", "dcat": "http://www.w3.org/ns/dcat#",
  "dcatap": "http://data.europa.eu/r5r/", "dct": "http://purl.org/dc/terms/",
  "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
  "geodcatap": "http://data.europa.eu/930/", "hydra": "http://www.w3.org/ns/hydra/core#",
  "locn": "http://www.w3.org/ns/locn#", "org": "http://www.w3.org/ns/org#",
  "owl": "http://www.w3.org/2002/07/owl#", "pod": "https://project-open-data.cio.gov/v1.1/schema#",
  "prov": "http://www.w3.org/ns/prov#",
  "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "schema": "http://schema.org/",
  "skos": "http://www.w3.org/2004/02/skos/core#", "spdx": "http://spdx.org/rdf/terms#",
  "time": "http://www.w3.org/2006/time#", "vcard": "http://www.w3.org/2006/vcard/ns#",
  "xsd": "http://www.w3.org/2001/XMLSchema#",
  "Catalog": "dcat:Catalog", "CatalogRecord": "dcat:CatalogRecord", "Dataset": "dcat:Dataset",
  "DatasetSeries": "dcat:DatasetSeries", "DataService": "dcat:DataService",
  "Distribution": "dcat:Distribution",
  "accessURL": {"@id": "dcat:accessURL", "@type": "@id"},
  "accessService": {"@id": "dcat:accessService", "@type": "@id"},
  "accessRights": "dct:accessRights",
  "accrualPeriodicity": "dct:accrualPeriodicity",
  "byteSize": "dcat:byteSize",
  "conformsTo": {"@id": "dct:conformsTo", "@type": "@id"},
  "contactPoint": {"@id": "dcat:contactPoint", "@type": "@id"},
  "creator": {"@id": "dct:creator", "@type": "@id"},
  "dataset": {"@id": "dcat:dataset", "@type": "@id"},
  "description": "dct:description",
  "distribution": {"@id": "dcat:distribution", "@type": "@id"},
  "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
  "endpointURL": {"@id": "dcat:endpointURL", "@type": "@id"},
  "endDate": "dcat:endDate",
  "fn": "vcard:fn",
  "format": "dct:format",
  "hasEmail": {"@id": "vcard:hasEmail", "@type": "@id"},
  "homepage": {"@id": "foaf:homepage", "@type": "@id"},
  "identifier": "dct:identifier",
  "inSeries": {"@id": "dcat:inSeries", "@type": "@id"},
  "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
  "issued": "dct:issued",
  "keyword": "dcat:keyword",
  "landingPage": {"@id": "dcat:landingPage", "@type": "@id"},
  "language": "dct:language",
  "license": {"@id": "dct:license", "@type": "@id"},
  "mediaType": "dcat:mediaType",
  "modified": "dct:modified",
  "name": "foaf:name",
  "provenance": "dct:provenance",
  "publisher": {"@id": "dct:publisher", "@type": "@id"},
  "references": {"@id": "dct:references", "@type": "@id"},
  "rights": "dct:rights",
  "servesDataset": {"@id": "dcat:servesDataset", "@type": "@id"},
  "service": {"@id": "dcat:service", "@type": "@id"},
  "spatial": "dct:spatial",
  "startDate": "dcat:startDate",
  "temporal": "dct:temporal",
  "theme": "dcat:theme",
  "title": "dct:title",
  "id": "@id", "type": "@type"
})json";

constexpr std::array known{
    graph::NamedContext{"project-open-data.cio.gov/v1.1/schema/catalog.jsonld", dcat_names},
    graph::NamedContext{"schema.org", R"({"@vocab":"http://schema.org/"})"},
};

} // namespace

graph::ContextsElsewhere contexts_elsewhere() noexcept {
  return {.known = known, .usual = dcat_names};
}

} // namespace terracat::formats::dcat
