#include "store/sqlite/body_reader.hpp"

namespace terracat::store {

void BodyReader::read(std::int64_t item, std::string_view compressed, std::string& out) {
  auto const what = "item_body " + std::to_string(item);
  codec_.decompress(compressed, out, what, unpacking_of(compressed, what));
}

void BodyReader::read_over(std::int64_t item, std::string_view compressed, std::string& out) {
  auto const what = "item_body " + std::to_string(item);
  codec_.decompress_over(compressed, out, what, unpacking_of(compressed, what));
}

Unpacking const* BodyReader::unpacking_of(std::string_view compressed, std::string const& what) {
  auto const number = dictionary_of(compressed);
  if (number == 0) return nullptr;
  try {
    return &unpacking(number);
  } catch (StoreError const& error) {
    if (error.reason() != StoreError::Reason::corrupt) throw;
    throw StoreError(error.reason(), what + ": " + error.what());
  }
}

Unpacking const& BodyReader::unpacking(DictionaryNumber number) {
  if (last_ && number == last_number_) return *last_;
  auto found = shared_.find(number);
  if (!found) {
    found = std::make_shared<Unpacking const>(dictionary(number));
    shared_.add(number, found);
  }
  last_number_ = number;
  last_ = std::move(found);
  return *last_;
}

std::string BodyReader::dictionary(DictionaryNumber number) {
  auto const what = "dictionary " + std::to_string(number);
  if (!select_) select_.emplace(connection_, "SELECT bytes FROM dictionary WHERE number = ?");
  Execution run(*select_);
  if (!run.with(number).step()) {
    throw StoreError(StoreError::Reason::corrupt, what + " is missing");
  }
  std::string out;
  codec_.decompress(run.row().text(0), out, what);
  return out;
}

void BodyReader::forget() noexcept {
  last_.reset();
  shared_.clear();
}

} // namespace terracat::store
