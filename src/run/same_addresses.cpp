#include "run/same_addresses.hpp"

#include <algorithm>

namespace terracat::run {

std::string kept_id(Source const& source, std::string id) {
  auto const& alike = source.same_addresses;
  std::string const* longest = nullptr; // one may begin with another
  for (auto const& one : alike) {
    bool const is_longer = longest == nullptr || one.size() > longest->size();
    if (is_longer && id.starts_with(one)) longest = &one;
  }
  if (longest == nullptr || longest == &alike.front()) return id;
  return alike.front() + id.substr(longest->size());
}

std::optional<kinds::Page> CalledAsKept::next(std::stop_token stop) {
  auto page = inner().next(std::move(stop));
  if (!page || source_.same_addresses.empty()) return page;
  auto const put_right = [this](auto& those) {
    for (auto& one : those) {
      one.native_id = kept_id(source_, std::move(one.native_id));
      one.collection = kept_id(source_, std::move(one.collection));
    }
  };
  put_right(page->documents);
  put_right(page->failures);
  put_right(page->gone);
  return page;
}

} // namespace terracat::run
