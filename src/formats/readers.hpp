#pragma once

#include <terracat/format.hpp>

/// The functions that the rows of formats.cpp point to, one group per format.
namespace terracat::formats {

// stac-item
[[nodiscard]] bool is_stac_item(std::string_view document);
[[nodiscard]] ReadResult read_stac_item(std::string_view document, ReadContext const& context);

// stac-collection
[[nodiscard]] bool is_stac_collection(std::string_view document);
[[nodiscard]] ReadResult read_stac_collection(std::string_view document,
                                              ReadContext const& context);
[[nodiscard]] std::string write_stac_collection(model::Record const& record, std::string_view id);

// ogc-record
[[nodiscard]] bool is_ogc_record(std::string_view document);
[[nodiscard]] ReadResult read_ogc_record(std::string_view document, ReadContext const& context);
[[nodiscard]] std::string write_ogc_record(model::Record const& record, std::string_view id);

// terracat
[[nodiscard]] bool is_terracat(std::string_view document);
[[nodiscard]] ReadResult read_terracat(std::string_view document, ReadContext const& context);
[[nodiscard]] std::string write_terracat(model::Record const& record, std::string_view id);

// iso19139, iso19115-3
[[nodiscard]] bool recognises_iso19139(std::string_view document);
[[nodiscard]] ReadResult read_iso19139(std::string_view document, ReadContext const& context);

[[nodiscard]] bool recognises_iso19115_3(std::string_view document);
[[nodiscard]] ReadResult read_iso19115_3(std::string_view document, ReadContext const& context);

// dcat
[[nodiscard]] bool recognises_dcat(std::string_view document);
[[nodiscard]] ReadResult read_dcat(std::string_view document, ReadContext const& context);
[[nodiscard]] SplitResult split_dcat(std::string_view document, ReadContext const& context);

// dublin-core
[[nodiscard]] bool recognises_dublin_core(std::string_view document);
[[nodiscard]] ReadResult read_dublin_core(std::string_view document, ReadContext const& context);

// datacite
[[nodiscard]] bool recognises_datacite(std::string_view document);
[[nodiscard]] ReadResult read_datacite(std::string_view document, ReadContext const& context);
[[nodiscard]] bool recognises_datacite_json(std::string_view document);
[[nodiscard]] ReadResult read_datacite_json(std::string_view document, ReadContext const& context);

// opendatasoft
[[nodiscard]] bool is_opendatasoft(std::string_view document);
[[nodiscard]] ReadResult read_opendatasoft(std::string_view document, ReadContext const& context);

// dataverse
[[nodiscard]] bool is_dataverse(std::string_view document);
[[nodiscard]] ReadResult read_dataverse(std::string_view document, ReadContext const& context);

// aeris
[[nodiscard]] bool is_aeris(std::string_view document);
[[nodiscard]] ReadResult read_aeris(std::string_view document, ReadContext const& context);

// theia-pivot
[[nodiscard]] bool is_theia_pivot(std::string_view document);
[[nodiscard]] ReadResult read_theia_pivot(std::string_view document, ReadContext const& context);
[[nodiscard]] SplitResult split_theia_pivot(std::string_view document, ReadContext const& context);

// esgf
[[nodiscard]] bool is_esgf(std::string_view document);
[[nodiscard]] ReadResult read_esgf(std::string_view document, ReadContext const& context);

// eml
[[nodiscard]] bool recognises_eml(std::string_view document);
[[nodiscard]] ReadResult read_eml(std::string_view document, ReadContext const& context);

// resto, odata, atom, opensearch
[[nodiscard]] bool is_resto(std::string_view document);
[[nodiscard]] ReadResult read_resto(std::string_view document, ReadContext const& context);
[[nodiscard]] bool is_odata(std::string_view document);
[[nodiscard]] ReadResult read_odata(std::string_view document, ReadContext const& context);
[[nodiscard]] SplitResult split_odata(std::string_view document, ReadContext const& context);
[[nodiscard]] bool recognises_atom(std::string_view document);
[[nodiscard]] ReadResult read_atom(std::string_view document, ReadContext const& context);
[[nodiscard]] bool recognises_opensearch(std::string_view document);
[[nodiscard]] ReadResult read_opensearch(std::string_view document, ReadContext const& context);

// erddap
[[nodiscard]] bool is_erddap(std::string_view document);
[[nodiscard]] ReadResult read_erddap(std::string_view document, ReadContext const& context);

// sensorthings
[[nodiscard]] bool is_sensorthings(std::string_view document);
[[nodiscard]] ReadResult read_sensorthings(std::string_view document, ReadContext const& context);
[[nodiscard]] SplitResult split_sensorthings(std::string_view document, ReadContext const& context);

// cds
[[nodiscard]] bool is_cds(std::string_view document);
[[nodiscard]] ReadResult read_cds(std::string_view document, ReadContext const& context);

// thredds
[[nodiscard]] bool recognises_thredds(std::string_view document);
[[nodiscard]] ReadResult read_thredds(std::string_view document, ReadContext const& context);
[[nodiscard]] SplitResult split_thredds(std::string_view document, ReadContext const& context);

// schema-org
[[nodiscard]] bool recognises_schema_org(std::string_view document);
[[nodiscard]] ReadResult read_schema_org(std::string_view document, ReadContext const& context);
[[nodiscard]] SplitResult split_schema_org(std::string_view document, ReadContext const& context);

} // namespace terracat::formats
