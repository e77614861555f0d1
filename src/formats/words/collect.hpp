#pragma once

#include <terracat/local_text.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

/// Lists to which a document adds: each value once, and no more than any source has, for each new
/// one is compared with all before.
namespace terracat::formats {

/// Adds the value if it is new and the list not full.
template<class Value>
void add_new(std::vector<Value>& values, Value value, std::size_t most) {
  if (values.size() >= most) return;
  if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
}

/// Adds the text if there is any.
inline void add_new(std::vector<model::LocalText>& texts, model::LocalText text) {
  constexpr std::size_t most = 2'000;
  if (!text.empty()) add_new(texts, std::move(text), most);
}

/// One text of several: the parts of each language, with the separator between them.
[[nodiscard]] model::LocalText joined(std::vector<model::LocalText> const& texts,
                                      std::string_view separator);

} // namespace terracat::formats
