#include "run/sparing.hpp"

#include <utility>

namespace terracat::run {
namespace {

constexpr std::size_t bytes_of_id = 12; ///< in a checkpoint, see kinds::SeenIds
constexpr std::size_t part = 16;

} // namespace

std::optional<kinds::Page> Sparing::next(std::stop_token stop) {
  auto page = inner().next(std::move(stop));
  if (!page) return page;
  documents_ += page->documents.size() + page->failures.size() + page->gone.size();
  bool const is_large = page->checkpoint.size() > small;
  if (is_large && documents_ < page->checkpoint.size() / (bytes_of_id * part)) {
    page->checkpoint.clear();
  } else if (!page->checkpoint.empty()) {
    documents_ = 0;
  }
  return page;
}

} // namespace terracat::run
