#include "api/explain.hpp"

#include "api/api_key.hpp"

#include <cmath>

namespace terracat::api {
namespace {

using catalogue::Explanation;

/// As a text of a structured field, which has no other characters than those of ASCII.
std::string quoted_text(std::string_view text) {
  std::string out = "\"";
  for (auto const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c >= ' ' && c <= '~' ? c : '?';
  }
  return out + '"';
}

void append(std::string& out, std::string_view name, std::size_t value) {
  out += ';';
  out += name;
  out += '=' + std::to_string(value);
}

void append(std::string& out, Explanation const& explanation) {
  bool const is_by_index = explanation.store_because == Explanation::Cause::none;
  out += is_by_index ? "index" : "store;because=";
  out += catalogue::name_of(explanation.store_because).name;
  out += explanation.is_sorted ? ";order=sorted" : ";order=latest";
  if (is_by_index) {
    for (auto const& [name, count] : work_counts) append(out, name, explanation.work.*count);
    append(out, "of", explanation.segments);
  }
  std::string names;
  for (auto const& name : explanation.in_bodies) names += (names.empty() ? "" : " ") + name;
  if (!names.empty()) out += ";in-bodies=" + quoted_text(names);
  if (explanation.matched) append(out, "matched", *explanation.matched);
  append(out, "us", static_cast<std::size_t>(std::llround(explanation.seconds * 1e6)));
}

} // namespace

bool wants_explanation(Site const& site, Head const& head) {
  if (head.explain != "?1") return false;
  return has_key(site, head, Right::write) || has_key(site, head, Right::operate);
}

void add_plan(Reply& reply, std::span<Explanation const> explanations) {
  std::string plan;
  for (auto const& explanation : explanations) {
    if (!plan.empty()) plan += ", ";
    append(plan, explanation);
  }
  std::erase_if(reply.headers, [](auto const& header) { return header.first == "Cache-Control"; });
  reply.headers.emplace_back("Cache-Control", "no-store");
  reply.headers.emplace_back("Terracat-Plan", std::move(plan));
}

} // namespace terracat::api
