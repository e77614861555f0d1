#include "run/pauses.hpp"

#include "store/files.hpp"

#include <terracat/json.hpp>
#include <terracat/store_error.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace terracat::run {
namespace {

constexpr std::size_t longest_file = std::size_t{1} << 20; ///< bytes

[[noreturn]] void refuse(std::string const& path) {
  throw store::StoreError(store::StoreError::Reason::corrupt,
                          path +
                              " does not say which sources are paused, as it should; mend it, or "
                              "remove it to have none paused");
}

std::vector<Pause> read(std::string const& path) {
  if (path.empty() || !std::filesystem::exists(path)) return {};
  std::ifstream file(path, std::ios::binary);
  if (!file) store::throw_file_error(path, "read");
  std::string text(longest_file + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  auto const document = json::Document::parse(text, {.bytes = longest_file, .depth = 4});
  auto const list = document ? document->root().member("paused") : std::nullopt;
  if (!list || !list->is_array()) refuse(path);
  std::vector<Pause> out;
  for (auto const element : list->elements()) {
    auto const source = element.string("source");
    auto const since = element.member("since");
    auto const at = since ? since->integer() : std::nullopt;
    if (!source || !at) refuse(path);
    out.push_back({.source = std::string(*source),
                   .since = model::Instant(*at),
                   .reason = std::string(element.string("reason").value_or(""))});
  }
  return out;
}

std::string to_json(std::vector<Pause> const& pauses) {
  json::Writer out;
  out.begin_object().name("paused").begin_array();
  for (auto const& pause : pauses) {
    out.begin_object().name("source").string(pause.source);
    out.name("since").integer(pause.since.milliseconds());
    out.name("reason").string(pause.reason).end_object();
  }
  return out.end_array().end_object().take() + "\n";
}

} // namespace

Pauses::Pauses(std::string const& catalogue)
    : path_(catalogue == "memory:" ? "" : catalogue + ".paused"), pauses_(read(path_)) {}

std::vector<Pause> Pauses::all() const {
  std::scoped_lock const lock(mutex_);
  return pauses_;
}

std::optional<Pause> Pauses::of(std::string_view source) const {
  std::scoped_lock const lock(mutex_);
  auto const found = std::ranges::find(pauses_, source, &Pause::source);
  return found == pauses_.end() ? std::nullopt : std::optional(*found);
}

bool Pauses::put(Pause pause) {
  std::scoped_lock const lock(mutex_);
  auto next = pauses_;
  auto const found = std::ranges::find(next, pause.source, &Pause::source);
  bool const is_new = found == next.end();
  if (is_new) {
    next.push_back(std::move(pause));
  } else {
    found->reason = std::move(pause.reason);
  }
  keep(std::move(next));
  return is_new;
}

bool Pauses::remove(std::string_view source) {
  std::scoped_lock const lock(mutex_);
  auto next = pauses_;
  if (std::erase_if(next, [&](Pause const& one) { return one.source == source; }) == 0)
    return false;
  keep(std::move(next));
  return true;
}

/// \pre the lock is held
void Pauses::keep(std::vector<Pause> next) {
  if (!path_.empty() && next.empty()) {
    store::remove_file(path_);
  } else if (!path_.empty()) {
    auto const text = to_json(next);
    if (text.size() > longest_file) {
      throw store::StoreError(store::StoreError::Reason::other,
                              path_ + " would be longer than is read again; give shorter reasons");
    }
    store::write_durably(path_, text);
  }
  pauses_ = std::move(next);
}

} // namespace terracat::run
