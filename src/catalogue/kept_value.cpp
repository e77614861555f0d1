#include "catalogue/kept_value.hpp"

#include <algorithm>

namespace terracat::catalogue {
namespace {

constexpr std::size_t few = 1'000;

/// No text has the mark that parts them, for texts of records are valid UTF-8.
std::string key_of(std::vector<std::string> const& texts) {
  std::string out;
  for (auto const& text : texts) out.append(text).append(1, '\xff');
  return out;
}

} // namespace

template<class Kept>
std::shared_ptr<Kept const> ValuePool::Shelf<Kept>::put(std::string key, Kept kept) {
  if (all.size() > 2 * used + few) tidy();
  bool const is_again = !free.empty();
  kept.number = is_again ? free.back() : next;
  auto out = std::make_shared<Kept const>(std::move(kept));
  all.emplace(std::move(key), out);
  // Last: a number that is given away for nothing would be lost.
  if (is_again) {
    free.pop_back();
  } else {
    ++next;
  }
  return out;
}

template<class Kept>
void ValuePool::Shelf<Kept>::tidy() {
  free.reserve(next);
  for (auto at = all.begin(); at != all.end();) {
    // Nobody else can come to it meanwhile: others take it from here alone, under the lock.
    if (at->second.use_count() > 1) {
      ++at;
    } else {
      free.push_back(at->second->number);
      at = all.erase(at);
    }
  }
  used = all.size();
}

std::shared_ptr<KeptText const> ValuePool::kept_text(std::size_t column, std::string const& text,
                                                     std::string const& label) {
  auto& shelf = texts_.at(column);
  if (auto const known = shelf.all.find(text); known != shelf.all.end()) return known->second;
  return shelf.put(text, {.text = text, .label = label});
}

ValuePool::Value ValuePool::text(std::size_t column, std::string const& text) {
  std::scoped_lock const lock(mutex_);
  auto& shelf = values_.at(column);
  if (auto const known = shelf.all.find(text); known != shelf.all.end()) return known->second;
  return shelf.put(text, {.value = query::Scalar(text), .texts = {kept_text(column, text, {})}});
}

ValuePool::Value ValuePool::list(std::size_t column, std::vector<std::string> const& texts,
                                 std::vector<std::string> const& labels) {
  auto key = key_of(texts);
  std::scoped_lock const lock(mutex_);
  auto& shelf = values_.at(column);
  if (auto const known = shelf.all.find(key); known != shelf.all.end()) return known->second;
  KeptValue kept{.value = std::vector<query::Scalar>(texts.begin(), texts.end()), .texts = {}};
  for (std::size_t place = 0; place < texts.size(); ++place) {
    kept.texts.push_back(
        kept_text(column, texts[place], labels.empty() ? std::string() : labels[place]));
  }
  return shelf.put(std::move(key), std::move(kept));
}

} // namespace terracat::catalogue
