// Registers as the INSPIRE registry and its kin tell them in JSON: one object, named by what kind
// of register it is, which lists what it contains, in one language.

#include "vocabulary/formats.hpp"

#include <terracat/json.hpp>

#include <string>

namespace terracat::vocabulary {
namespace {

using Subject = Statements::Subject;

constexpr std::string_view skos = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view content = "containeditems";
constexpr std::size_t most_bytes = std::size_t{64} << 20;

/// Of `{"theme": {…}}` what stands in it, whatever it is called; else the value itself.
json::Value within(json::Value const& value) {
  if (!value.is_object() || value.size() != 1) return value;
  return (*value.members().begin()).value;
}

class Register {
 public:
  explicit Register(Gathering& out)
      : out_(out),
        concept_(out.subject(std::string(skos) + "Concept")),
        kind_(out.subject(std::string(skos) + "ConceptScheme")) {}

  /// \return  false if it is no register
  bool read(json::Value const& document) {
    auto const self = within(document);
    auto const address = self.string("id");
    auto const items = self.member(content);
    if (!address || !items || !items->is_array()) return false;
    auto const scheme = out_.subject(*address);
    out_.say(scheme, Property::type, kind_);
    say_texts(scheme, Property::title, self, "label");
    for (auto const item : items->elements()) describe(within(item), scheme);
    return true;
  }

 private:
  void describe(json::Value const& item, Subject scheme) {
    auto const address = item.string("id");
    if (!address) {
      return out_.report.add(FindingCode::concept_address, {}, item.text().substr(0, 100));
    }
    auto const self = out_.subject(*address);
    out_.say(self, Property::type, concept_);
    out_.say(self, Property::in_scheme, scheme);
    say_texts(self, Property::preferred, item, "label");
    say_texts(self, Property::definition, item, "definition");
    say_texts(self, Property::scope_note, item, "description");
    auto const status = item.member("status");
    if (auto const said = status ? status->string("id") : std::nullopt) {
      out_.say(self, Property::status, out_.subject(*said));
    }
    say_links(self, Property::replaced_by, item, "successors");
    if (!say_links(self, Property::broader, item, "parents")) {
      out_.say(self, Property::top_concept_of, scheme);
    }
  }

  /// Of `{"lang": "en", "text": "…"}`, or of a list of these.
  void say_texts(Subject subject, Property property, json::Value const& of, std::string_view name) {
    auto const given = of.member(name);
    if (!given) return;
    if (given->is_object()) return say_text(subject, property, *given);
    for (auto const one : given->elements()) say_text(subject, property, one);
  }

  void say_text(Subject subject, Property property, json::Value const& given) {
    out_.say(subject, property, given.string("text").value_or(""),
             given.string("lang").value_or(""));
  }

  /// Of `[{"parent": {"id": "…"}}]`. \return  whether there was one
  bool say_links(Subject subject, Property property, json::Value const& of, std::string_view name) {
    auto const list = of.member(name);
    if (!list) return false;
    bool has_any = false;
    for (auto const one : list->elements()) {
      auto const address = within(one).string("id");
      if (address) out_.say(subject, property, out_.subject(*address));
      has_any = has_any || address;
    }
    return has_any;
  }

  Gathering& out_;
  Subject concept_;
  Subject kind_;
};

} // namespace

bool is_inspire(std::string_view beginning) {
  return is_json(beginning) && beginning.find("\"containeditems\"") != std::string_view::npos &&
         beginning.find("\"@context\"") == std::string_view::npos;
}

std::optional<Finding> read_inspire(Reading const& reading, Gathering& out) {
  auto const text = reading.document.whole(most_bytes);
  if (!text) return text.error();
  auto const document = json::Document::parse(beginning_of(*text));
  if (!document || !Register(out).read(document->root())) {
    return Finding{.code = FindingCode::json_malformed, .where = {}, .excerpt = {}};
  }
  return std::nullopt;
}

} // namespace terracat::vocabulary
