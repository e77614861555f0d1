#include "kinds/peer/walk.hpp"

#include "kinds/checkpoint.hpp"

#include <terracat/kind.hpp>

#include <algorithm>
#include <charconv>

namespace terracat::kinds::peer {
namespace {

constexpr std::int64_t version = 1;
constexpr std::size_t digits_of_epoch = 16;

std::string_view name(Purpose purpose) noexcept {
  return purpose == Purpose::everything ? "everything" : "changes";
}

std::string key_of(std::string_view collection, std::string_view id) {
  return std::string(collection) + '\n' + std::string(id);
}

bool is_hexadecimal(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// Takes the digits that the text begins with.
std::optional<std::int64_t> take_number(std::string_view& text) {
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || number < 0) return std::nullopt;
  text = {stop, end};
  return number;
}

} // namespace

std::optional<Cursor> Cursor::parse(std::string_view text) {
  bool const has_epoch = text.size() > digits_of_epoch && text[digits_of_epoch] == '-' &&
                         std::ranges::all_of(text.substr(0, digits_of_epoch), is_hexadecimal);
  if (!has_epoch) return std::nullopt;
  Cursor out{.epoch = std::string(text.substr(0, digits_of_epoch))};
  text.remove_prefix(digits_of_epoch + 1);
  auto const sequence = take_number(text);
  if (!sequence) return std::nullopt;
  out.sequence = *sequence;
  if (text.empty()) return out;
  if (!text.starts_with('-')) return std::nullopt;
  text.remove_prefix(1);
  out.began = take_number(text);
  return out.began && text.empty() ? std::optional(out) : std::nullopt;
}

std::string Cursor::text() const {
  auto out = epoch + "-" + std::to_string(sequence);
  if (began) out += "-" + std::to_string(*began);
  return out;
}

Walk::Walk(Purpose purpose, std::string_view checkpoint, std::string_view query)
    : purpose_(purpose) {
  Checkpoint const read(checkpoint, version, query);
  if (read.root().string("purpose") != name(purpose)) {
    throw StaleCheckpoint("the checkpoint is of a run that wanted something else");
  }
  place_ = Cursor::parse(read.root().string("cursor").value_or(""));
  if (!place_) throw StaleCheckpoint("the checkpoint has no cursor");
  told_ = read.needed_count("told");
  is_over_ = read.flag("over");
  is_doubtful_ = read.flag("doubtful");
  auto records = read.ids("records");
  auto items = read.ids("items");
  knows_all_ = records && items;
  if (records) records_ = std::move(*records);
  if (items) items_ = std::move(*items);
  known_ = static_cast<std::int64_t>(read.count("known").value_or(0));
  highest_ = static_cast<std::int64_t>(read.count("highest").value_or(0));
  if (auto anew = read.ids("anew")) anew_ = std::move(*anew);
}

std::string Walk::to_checkpoint(std::string_view query) const {
  auto out = begin_checkpoint(version, query);
  out.name("purpose").string(name(purpose_)).name("cursor").string(place_->text());
  out.name("told").integer(static_cast<std::int64_t>(told_));
  out.name("over").boolean(is_over_).name("doubtful").boolean(is_doubtful_);
  auto const records = knows_all_ ? records_.to_text() : std::nullopt;
  auto const items = knows_all_ ? items_.to_text() : std::nullopt;
  if (records && items) out.name("records").string(*records).name("items").string(*items);
  out.name("known").integer(known_).name("highest").integer(highest_);
  if (auto const anew = anew_.to_text()) out.name("anew").string(*anew);
  return out.end_object().take();
}

std::string Walk::to_cursor(std::string_view query) const {
  Walk next(Purpose::changes);
  next.place_ = place_;
  next.known_ = std::max(known_, highest_);
  return next.to_checkpoint(query);
}

bool Walk::may_go_to(Cursor const& next) const {
  return !place_ || (next.epoch == place_->epoch && next.sequence >= place_->sequence);
}

void Walk::go_to(Cursor next, std::size_t told) {
  place_ = std::move(next);
  told_ += told;
}

void Walk::note_item(std::string_view collection, std::string_view id) {
  items_.insert(key_of(collection, id));
}

void Walk::forget_record(std::string_view id) {
  bool const was_there = records_.erase(id);
  // Which of the items that were told were in it, nobody knows any more.
  if (was_there && items_.size() > 0) doubt();
}

void Walk::forget_item(std::string_view collection, std::string_view id) {
  items_.erase(key_of(collection, id));
}

bool Walk::is_made_anew(std::string_view id, std::int64_t made) {
  highest_ = std::max(highest_, made);
  if (!is_recent(made)) return false;
  bool const is_first = anew_.insert(key_of(std::to_string(made), id));
  if (!anew_.to_text()) doubt(); // who goes on would not know them
  return is_first;
}

void Walk::compare(std::size_t records, std::optional<std::size_t> items) {
  if (purpose_ == Purpose::changes) return; // of what has not changed nothing was told
  bool const is_all = knows_all_ && records > 0 && records_.size() == records &&
                      (!items || items_.size() == *items);
  if (!is_all) doubt();
}

} // namespace terracat::kinds::peer
