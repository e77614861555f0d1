#include "api/vocabulary_question.hpp"

#include "api/accept.hpp"
#include "api/media_types.hpp"
#include "api/tags.hpp"
#include "vocabulary/rdf_text.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::api {
namespace {

using vocabulary::RdfForm;

/// The types in which RDF is written. The first one is for who takes anything.
constexpr std::array<std::string_view, 4> rdf_types{json_ld_type, turtle_type, rdf_xml_type,
                                                    json_type};
constexpr std::array rdf_forms{RdfForm::json_ld, RdfForm::turtle, RdfForm::rdf_xml,
                               RdfForm::json_ld};

[[noreturn]] void refuse(std::string_view where, std::string detail) {
  throw ProblemError({.kind = ProblemKind::invalid_parameter,
                      .detail = std::move(detail),
                      .where = std::string(where)});
}

} // namespace

std::uint16_t place_of_vocabulary(vocabulary::Thesaurus const& all, std::string_view name,
                                  std::string_view where) {
  auto const known = all.vocabularies();
  auto const found = std::ranges::find(known, name, &vocabulary::Vocabulary::name);
  if (found == known.end()) {
    throw ProblemError({.kind = ProblemKind::not_found,
                        .detail = "there is no vocabulary '" + std::string(name) + "'",
                        .where = std::string(where)});
  }
  return static_cast<std::uint16_t>(found - known.begin());
}

VocabularyQuestion::VocabularyQuestion(Exchange const& exchange)
    : exchange_(exchange), all_(*exchange.site().thesaurus), languages_(exchange.site().languages) {
  if (auto const wanted = exchange.parameters().get("lang")) {
    languages_.insert(languages_.begin(), lowered(*wanted));
  }
  if (languages_.empty()) languages_.emplace_back("en");
  auto const name = exchange.captured("vocabulary");
  if (!name.empty()) place_ = place_of_vocabulary(all_, name, {});
}

vocabulary::Concept VocabularyQuestion::subject() const {
  auto const uri = required(exchange_, "uri");
  auto const number = all_.find_address(uri);
  if (!number || (place_ && all_.at(*number).vocabulary() != *place_)) {
    throw ProblemError({.kind = ProblemKind::not_found,
                        .detail = "there is no concept with this address here",
                        .where = "uri"});
  }
  return all_.at(*number);
}

std::string VocabularyQuestion::title(vocabulary::Vocabulary const& vocabulary) const {
  auto const title = vocabulary.title.best(languages_);
  return title.empty() ? vocabulary.name : std::string(title);
}

std::string_view required(Exchange const& exchange, std::string_view name) {
  auto const value = exchange.parameters().get(name);
  if (!value) refuse(name, "the parameter '" + std::string(name) + "' is required");
  return *value;
}

std::size_t number_in(Exchange const& exchange, std::string_view name, std::size_t standard,
                      std::size_t least, std::size_t most) {
  auto const text = exchange.parameters().get(name);
  if (!text) return standard;
  std::size_t value = 0;
  auto const* const end = text->data() + text->size();
  auto const [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || stop != end || value < least) {
    refuse(name,
           "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return std::min(value, most);
}

std::string known_address(vocabulary::Thesaurus const& all, std::string_view address) {
  auto const number = all.find_address(address);
  return std::string(number ? all.at(*number).uri() : address);
}

Reply rdf_reply(Exchange const& exchange, vocabulary::Thesaurus const& all,
                vocabulary::ConceptNumber number, std::string_view wanted) {
  auto place = preferred_type(exchange.request().head.accept, rdf_types);
  if (!wanted.empty()) {
    std::string type(wanted);
    std::ranges::replace(type, ' ', '+'); // as clients send `rdf+xml` without encoding it
    auto const* const known = std::ranges::find(rdf_types, type);
    if (known == rdf_types.end()) refuse("format", "expected one of " + listed(rdf_types));
    place = static_cast<std::size_t>(known - rdf_types.begin());
  }
  auto reply =
      lasting(exchange, vocabulary::to_rdf(all, number, rdf_forms.at(place)), rdf_types.at(place));
  reply.headers.emplace_back("Vary", "Accept");
  return reply;
}

} // namespace terracat::api
