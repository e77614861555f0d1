#include "run/same_addresses.hpp"

#include <algorithm>

namespace terracat::run {

std::string kept_id(Source const& source, std::string id) {
  auto const& alike = source.same_addresses;
  auto const found =
      std::ranges::find_if(alike, [&](std::string const& one) { return id.starts_with(one); });
  if (found == alike.end() || found == alike.begin()) return id;
  return alike.front() + id.substr(found->size());
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
