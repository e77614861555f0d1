// Prints what the records of a file become: `dump <file> [address]`. The address is where the file
// is said to come from, the base of its relative links.

#include "corpus/documents.hpp"
#include "corpus/text.hpp"

#include "support/rdf_parser.hpp"

#include <iostream>

namespace {

void dump(std::string const& document, std::string const& address, terracat::json::Parser& parser) {
  using namespace terracat;
  auto const* const format = formats::recognise(document);
  if (format == nullptr) {
    std::cout << "no format recognises the document\n";
    return;
  }
  std::cout << "format: " << format->name << '\n';
  test::RdfHere rdf;
  auto const reading = format->read(
      document,
      {.address = address, .language = {}, .local_assets = {}, .json = parser, .rdf = &rdf});
  if (!reading) {
    std::cout << "refused: " << corpus::as_text(reading.error()) << '\n';
    return;
  }
  std::cout << corpus::as_text(std::get<model::Record>(reading->resource));
  for (auto const& finding : reading->findings) {
    std::cout << "finding: " << corpus::as_text(finding) << '\n';
  }
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: dump <file> [address]\n";
    return 2;
  }
  try {
    terracat::json::Parser parser;
    auto const documents = terracat::corpus::documents_in(terracat::corpus::contents_of(argv[1]));
    for (auto const& document : documents) {
      dump(document, argc > 2 ? argv[2] : "", parser);
      std::cout << '\n';
    }
    return 0;
  } catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
