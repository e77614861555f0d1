#pragma once

#include "helper/pool.hpp"

#include <terracat/rdf.hpp>

namespace terracat::helper {

/// The word that makes the program a helper that reads RDF.
inline constexpr std::string_view rdf_mode = "parse-rdf";

/// Reads RDF in helper processes.
class RdfClient : public rdf::Parser {
 public:
  explicit RdfClient(Pool::Settings settings) : pool_(std::move(settings)) {}

  [[nodiscard]] boost::system::result<rdf::Graph, Finding>
  parse(std::string_view document, rdf::Syntax syntax, std::string_view base) override;

 private:
  Pool pool_;
};

} // namespace terracat::helper
