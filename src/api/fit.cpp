#include "api/fit.hpp"

#include <terracat/json.hpp>

#include <array>
#include <cmath>

namespace terracat::api {
namespace {

constexpr std::array<std::string_view, word_fields> places{
    "in the title", "among variables and platforms", "among the keywords", "in the description"};

/// Where the words stand by which a place is guessed (enrich::PlaceRule).
std::string_view guessed_from(std::string_view rule) noexcept {
  if (rule == "title") return "the title";
  return rule == "extent" ? "the name of its area" : "a keyword";
}

std::string sentence(index::Reason const& reason) {
  std::string const place(places.at(static_cast<std::size_t>(reason.field)));
  switch (reason.kind) {
  case index::Reason::Kind::typed:
    return "'" + reason.text + "' " + place;
  case index::Reason::Kind::meant:
    return "'" + reason.text + "' taken for '" + reason.label + "…' " + place;
  case index::Reason::Kind::related:
    return "'" + reason.text + "' as '" + reason.label + "' " + place;
  case index::Reason::Kind::located:
    return "its area is in '" + reason.label + "'";
  case index::Reason::Kind::guessed:
    return "'" + reason.label + "': place guessed from " + std::string(guessed_from(reason.from));
  }
  return {};
}

/// Why it counts less than its words tell.
std::string sentence_of_likes(catalogue::Fit const& fit) {
  auto const share = std::to_string(std::lround(fit.damping * 100)) + " %";
  auto const likes = fit.alike_before == 0 ? std::string("others with the same keywords come")
                     : fit.alike_before == 1
                         ? std::string("another of its series comes")
                         : std::to_string(fit.alike_before) + " of its series come";
  return likes + " before it: counts " + share;
}

} // namespace

void add_fit(catalogue::Fit const& fit, std::string& out) {
  json::Writer members;
  members.begin_object().name("gaia:score").number(std::round(fit.score * 1'000) / 1'000);
  members.name("gaia:why").begin_array();
  for (auto const& reason : fit.reasons) members.string(sentence(reason));
  if (fit.damping < 1) members.string(sentence_of_likes(fit));
  auto const text = members.end_array().end_object().take();
  add_members(std::string_view(text).substr(1, text.size() - 2), out);
}

void add_members(std::string_view members, std::string& object) {
  object.pop_back();
  if (!object.ends_with('{')) object += ',';
  object.append(members) += '}';
}

std::string counts_of(std::optional<std::size_t> matched, std::size_t returned) {
  auto const told = matched ? R"(,"numberMatched":)" + std::to_string(*matched) : std::string();
  return told + R"(,"numberReturned":)" + std::to_string(returned);
}

} // namespace terracat::api
