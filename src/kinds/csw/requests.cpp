#include "kinds/csw/requests.hpp"

#include "kinds/url.hpp"

#include <terracat/xml_text.hpp>

namespace terracat::kinds::csw {
namespace {

constexpr std::string_view accepted = "application/xml, text/xml;q=0.9";

std::string get_url(std::string_view address, Options const& options, Window window, bool sorted,
                    std::string_view elements) {
  Parameters parameters{{"service", "CSW"},
                        {"version", "2.0.2"},
                        {"request", "GetRecords"},
                        {"resultType", "results"},
                        {"typeNames", options.type_names},
                        {"ElementSetName", std::string(elements)},
                        {"outputSchema", options.output_schema},
                        {"outputFormat", "application/xml"},
                        {"startPosition", std::to_string(window.start)},
                        {"maxRecords", std::to_string(window.count)}};
  if (sorted) parameters.emplace_back("SortBy", options.sort_by + ":A");
  if (!options.constraint.empty()) {
    parameters.emplace_back("constraintLanguage", "CQL_TEXT");
    parameters.emplace_back("constraint_language_version", "1.1.0");
    parameters.emplace_back("constraint", options.constraint);
  }
  return with_parameters(address, parameters);
}

std::string post_body(Options const& options, Window window, bool sorted,
                      std::string_view elements) {
  auto body =
      R"(<?xml version="1.0" encoding="UTF-8"?>)"
      R"(<csw:GetRecords service="CSW" version="2.0.2" resultType="results")"
      R"( outputFormat="application/xml" outputSchema=")" +
      escaped_xml(options.output_schema) + R"(" startPosition=")" + std::to_string(window.start) +
      R"(" maxRecords=")" + std::to_string(window.count) +
      R"(" xmlns:csw="http://www.opengis.net/cat/csw/2.0.2")"
      R"( xmlns:ogc="http://www.opengis.net/ogc" xmlns:ows="http://www.opengis.net/ows")"
      R"( xmlns:gmd="http://www.isotc211.org/2005/gmd")"
      R"( xmlns:apiso="http://www.opengis.net/cat/csw/apiso/1.0")"
      R"( xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/">)"
      R"(<csw:Query typeNames=")" +
      escaped_xml(options.type_names) + R"("><csw:ElementSetName>)" + std::string(elements) +
      "</csw:ElementSetName>";
  if (!options.constraint.empty()) {
    body += R"(<csw:Constraint version="1.1.0"><csw:CqlText>)" + escaped_xml(options.constraint) +
            "</csw:CqlText></csw:Constraint>";
  }
  if (sorted) {
    body += "<ogc:SortBy><ogc:SortProperty><ogc:PropertyName>" + escaped_xml(options.sort_by) +
            "</ogc:PropertyName><ogc:SortOrder>ASC</ogc:SortOrder></ogc:SortProperty></ogc:SortBy>";
  }
  return body + "</csw:Query></csw:GetRecords>";
}

} // namespace

fetch::Request get_records(std::string_view address, Options const& options, Window window,
                           bool sorted, std::string_view elements) {
  fetch::Request request{.accept = std::string(accepted)};
  if (options.by_post) {
    request.url = with_parameters(address, {});
    request.method = "POST";
    request.content_type = "application/xml";
    request.body = post_body(options, window, sorted, elements);
  } else {
    request.url = get_url(address, options, window, sorted, elements);
  }
  return request;
}

std::string record_url(std::string_view address, Options const& options, std::string_view id) {
  return with_parameters(address, {{"service", "CSW"},
                                   {"version", "2.0.2"},
                                   {"request", "GetRecordById"},
                                   {"ElementSetName", "full"},
                                   {"outputSchema", options.output_schema},
                                   {"id", std::string(id)}});
}

} // namespace terracat::kinds::csw
