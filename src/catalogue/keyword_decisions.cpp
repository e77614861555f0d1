#include "catalogue/keyword_decisions.hpp"

#include "query/digest.hpp"
#include "query/words.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <iterator>

namespace terracat::catalogue {

using store::KeywordDecision;

std::string folded_keyword(std::string_view text) {
  constexpr std::size_t longest = 500; // bytes
  if (text.size() > longest) return {};
  return std::string(trimmed(query::words_of(text)));
}

KeywordDecision const* KeywordDecisions::find(std::string_view keyword) const noexcept {
  auto const found = std::ranges::lower_bound(all_, keyword, {}, &KeywordDecision::keyword);
  return found == all_.end() || found->keyword != keyword ? nullptr : &*found;
}

std::vector<std::string> KeywordDecisions::differences(KeywordDecisions const& other) const {
  std::vector<std::string> out;
  auto const add_missing = [&out](KeywordDecisions const& from, KeywordDecisions const& in) {
    for (auto const& one : from.all_) {
      auto const* const there = in.find(one.keyword);
      if (there == nullptr || *there != one) out.push_back(one.keyword);
    }
  };
  add_missing(*this, other);
  add_missing(other, *this);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::uint64_t KeywordDecisions::digest() const {
  if (all_.empty()) return 0;
  query::Digest out;
  for (auto const& one : all_) {
    out.add(one.keyword).add(one.concept_uri);
    out.add(static_cast<std::uint64_t>(one.at.milliseconds()));
  }
  return out.value();
}

} // namespace terracat::catalogue
