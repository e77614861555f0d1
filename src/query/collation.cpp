#include "query/collation.hpp"

#include "query/folding.hpp"

#include <unicode/coll.h>

#include <new>
#include <stdexcept>
#include <vector>

namespace terracat::query {

struct Collation::Implementation {
  std::unique_ptr<icu::Collator> collator;
};

Collation::Collation() : implementation_(std::make_unique<Implementation>()) {
  auto status = U_ZERO_ERROR;
  implementation_->collator.reset(icu::Collator::createInstance(icu::Locale::getRoot(), status));
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no root collation");
  load_normal_forms(); // whoever opens a catalogue makes a collation, before anything else
}

Collation::Collation(Collation&&) noexcept = default;
Collation& Collation::operator=(Collation&&) noexcept = default;
Collation::~Collation() = default;

std::string Collation::key(std::string_view text) const {
  // Enough of the text to fill a key: no character takes less than a byte of it.
  auto const beginning = text.substr(0, 4 * longest_key);
  auto const utf16 =
      icu::UnicodeString::fromUTF8({beginning.data(), static_cast<std::int32_t>(beginning.size())});
  std::vector<std::uint8_t> bytes(32 * longest_key);
  auto const size = implementation_->collator->getSortKey(utf16, bytes.data(),
                                                          static_cast<std::int32_t>(bytes.size()));
  if (utf16.isBogus() || size <= 0) throw std::bad_alloc(); // nothing else can go wrong
  // The key ends in a zero byte, which says nothing.
  auto const length = std::min<std::size_t>(static_cast<std::size_t>(size) - 1, longest_key);
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)};
}

} // namespace terracat::query
