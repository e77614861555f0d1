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

/// Of texts in a list of a record.
inline constexpr std::size_t most_texts_in_list = 2'000;

/// Adds the value if it is new and the list not full. What is not added to a full list is not
/// compared with it.
/// \return  false if the list is full
template<class Value>
bool add_new(std::vector<Value>& values, Value value, std::size_t most) {
  if (values.size() >= most) return false;
  if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
  return true;
}

/// Adds the text if there is any.
/// \return  false if there is, and the list is full
inline bool add_new(std::vector<model::LocalText>& texts, model::LocalText text) {
  return text.empty() || add_new(texts, std::move(text), most_texts_in_list);
}

/// One text of several: the parts of each language, with the separator between them.
[[nodiscard]] model::LocalText joined(std::vector<model::LocalText> const& texts,
                                      std::string_view separator);

} // namespace terracat::formats
