#include "run/restraint.hpp"

#include <algorithm>
#include <utility>

namespace terracat::run {

Restrained::Restrained(std::unique_ptr<kinds::Harvester> harvester, Source const& source,
                       store::Reader& reader, bool accepts)
    : Around(std::move(harvester)), source_(source), reader_(reader), accepts_(accepts) {
  reader_.begin();
  auto const holdings = reader_.holdings(source_.name);
  reader_.end();
  auto const kept = holdings.records + holdings.items;
  auto const share = kept * source_.deletion.brake_share / std::size_t{100};
  // As of a sweep: whatever the brake, all of it is too much.
  may_go_ = std::min(std::max<std::size_t>(source_.deletion.brake_count, share),
                     kept - std::min<std::size_t>(kept, 1));
}

std::optional<kinds::Page> Restrained::next(std::stop_token stop) {
  auto page = inner().next(std::move(stop));
  if (!page || accepts_) return page;
  auto const weight = weight_of(page->gone);
  if (weight > may_go_) {
    held_back_ += weight;
    page->gone.clear();
  } else {
    may_go_ -= weight;
  }
  // A run that is cut goes on before what was held back, or that would be forgotten.
  if (held_back_ > 0) page->checkpoint.clear();
  return page;
}

/// What would go, with the items of the collections that would.
std::size_t Restrained::weight_of(std::vector<kinds::Gone> const& gone) {
  if (gone.empty()) return 0;
  std::size_t out = 0;
  reader_.begin();
  for (auto const& one : gone) {
    auto const& record = one.collection.empty() ? one.native_id : one.collection;
    auto const number = reader_.record_by_native(source_.name, record);
    if (!number) continue;
    if (one.collection.empty()) {
      out += 1 + reader_.count_items(*number);
    } else if (reader_.item_by_native(*number, one.native_id)) {
      ++out;
    }
  }
  reader_.end();
  return out;
}

std::string Restrained::held_back() const {
  if (held_back_ == 0) return {};
  return "the source says that " + std::to_string(held_back_) +
         " have gone, more than go unasked: nothing of it was removed, and the next run asks for "
         "everything";
}

} // namespace terracat::run
