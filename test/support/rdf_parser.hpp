#pragma once

#include "helper/rdf_answer.hpp"

#include <terracat/rdf.hpp>

namespace terracat::test {

/// Reads RDF as the helper does, in this process.
class RdfHere : public rdf::Parser {
 public:
  [[nodiscard]] boost::system::result<rdf::Graph, Finding>
  parse(std::string_view document, rdf::Syntax syntax, std::string_view base) override {
    return reader_.read({.syntax = syntax, .base = base, .document = document});
  }

 private:
  helper::RdfReader reader_;
};

} // namespace terracat::test
