// The table of CF standard names: names of quantities, their units, and the names that they had.

#include "formats/words/text.hpp"
#include "formats/xml/xml.hpp"
#include "vocabulary/formats.hpp"

#include <algorithm>

namespace terracat::vocabulary {
namespace {

namespace xml = formats::xml;
using Subject = Statements::Subject;

constexpr std::string_view type_address = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view scheme_address = "http://vocab.nerc.ac.uk/standard_name/";
constexpr std::size_t most_bytes = std::size_t{64} << 20;

/// Addresses that the NERC Vocabulary Server gives to the names: the only ones that contain them.
std::string address_of(std::string_view name) {
  return std::string(scheme_address) + std::string(name) + "/";
}

std::string with_blanks(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '_', ' ');
  return out;
}

class Table {
 public:
  Table(xml::Node root, Gathering& out)
      : root_(root),
        out_(out),
        scheme_(out.subject(scheme_address)),
        concept_(out.subject(std::string(type_address) + "Concept")) {}

  void run() {
    out_.say(scheme_, Property::type, out_.subject(std::string(type_address) + "ConceptScheme"));
    auto const version = text_of(root_, "version_number");
    out_.say(scheme_, Property::title,
             version.empty() ? "CF Standard Names" : "CF Standard Names, version " + version, "en");
    for (auto const entry : root_.children("entry")) add_entry(entry);
    for (auto const alias : root_.children("alias")) add_alias(alias);
  }

 private:
  static std::string text_of(xml::Node node, std::string_view name) {
    return formats::one_line(node.child(name).text());
  }

  Subject add_name(std::string_view name) {
    auto const self = out_.subject(address_of(name));
    out_.say(self, Property::type, concept_);
    out_.say(self, Property::preferred, with_blanks(name), "en");
    out_.say(self, Property::notation, name, {});
    out_.say(self, Property::in_scheme, scheme_);
    return self;
  }

  void add_entry(xml::Node entry) {
    auto const name = formats::stripped(entry.attribute("id"));
    if (name.empty()) return tell(entry);
    auto const self = add_name(name);
    out_.say(self, Property::top_concept_of, scheme_);
    out_.say(self, Property::definition, entry.child("description").text(), "en");
    auto const units = text_of(entry, "canonical_units");
    if (!units.empty()) out_.say(self, Property::note, "Canonical units: " + units, "en");
    // Names of variables in the archives of AMIP: `tas`, `psl`.
    out_.say(self, Property::notation, entry.child("amip").text(), {});
  }

  /// A name that is not to be used any more, in favour of one or more others.
  void add_alias(xml::Node alias) {
    auto const name = formats::stripped(alias.attribute("id"));
    if (name.empty()) return tell(alias);
    auto const self = add_name(name);
    out_.say(self, Property::deprecated, "true", {});
    for (auto const entry : alias.children("entry_id")) {
      auto const id = entry.text();
      auto const today = formats::stripped(id);
      if (today.empty()) continue;
      auto const successor = out_.subject(address_of(today));
      out_.say(self, Property::replaced_by, successor);
      out_.say(successor, Property::alternate, with_blanks(name), "en");
    }
  }

  void tell(xml::Node node) { out_.report.add(FindingCode::concept_address, node.pointer()); }

  xml::Node root_;
  Gathering& out_;
  Subject scheme_;
  Subject concept_;
};

} // namespace

bool is_standard_names(std::string_view beginning) {
  return is_xml(beginning) && beginning.find("<standard_name_table") != std::string_view::npos;
}

std::optional<Finding> read_standard_names(Reading const& reading, Gathering& out) {
  auto const text = reading.document.whole(most_bytes);
  if (!text) return text.error();
  auto const document =
      xml::Document::parse(*text, {.bytes = most_bytes, .markup = std::size_t{8'000'000}});
  if (!document) return document.error();
  if (document->root().name() != "standard_name_table") {
    return Finding{
        .code = FindingCode::unexpected_root, .where = document->root().pointer(), .excerpt = {}};
  }
  Table(document->root(), out).run();
  return std::nullopt;
}

} // namespace terracat::vocabulary
