#include "backup/manifest.hpp"

#include "store/files.hpp"

#include <terracat/json.hpp>
#include <terracat/store.hpp>

#include <xxhash.h>

#include <array>
#include <charconv>
#include <fstream>
#include <memory>
#include <new>
#include <sstream>
#include <vector>

namespace terracat::backup {
namespace {

constexpr std::int64_t version = 1;

struct StateDeleter {
  void operator()(XXH3_state_t* state) const noexcept { XXH3_freeState(state); }
};

std::string hexadecimal(std::uint64_t number) {
  std::array<char, 16> digits{};
  auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
  std::string const text(digits.data(), end);
  return std::string(16 - text.size(), '0') + text;
}

std::optional<std::uint64_t> from_hexadecimal(std::string_view text) {
  std::uint64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, number, 16);
  return error == std::errc{} && stop == end && text.size() == 16 ? std::optional(number)
                                                                  : std::nullopt;
}

/// The members of a manifest, read one after the other; the first that is wrong is remembered.
class Reading {
 public:
  explicit Reading(json::Value root) : root_(root) {}

  std::string text(std::string_view name) {
    auto const value = root_.string(name);
    if (!value || value->empty()) miss(name, "a text");
    return std::string(value.value_or(""));
  }

  std::int64_t count(std::string_view name) {
    auto const member = root_.member(name);
    auto const value = member ? member->integer() : std::nullopt;
    if (!value || *value < 0) miss(name, "a whole number from 0 up");
    return value.value_or(0);
  }

  std::uint64_t epoch() {
    auto const value = from_hexadecimal(root_.string("epoch").value_or(""));
    if (!value) miss("epoch", "16 hexadecimal digits");
    return value.value_or(0);
  }

  model::Instant made() {
    auto const value = model::parse_rfc3339(root_.string("made").value_or(""));
    if (!value) miss("made", "a date-time of RFC 3339");
    return value ? *value : model::Instant(0);
  }

  void miss(std::string_view name, std::string const& expected) {
    if (!problem_) {
      problem_ = {.kind = ProblemKind::invalid_body,
                  .detail = "expected " + expected,
                  .where = "/" + std::string(name)};
    }
  }

  [[nodiscard]] std::optional<Problem> const& problem() const noexcept { return problem_; }

 private:
  json::Value root_;
  std::optional<Problem> problem_;
};

} // namespace

std::filesystem::path manifest_of(std::filesystem::path const& backup) {
  return backup.string() + ".json";
}

std::string to_json(Manifest const& manifest) {
  json::Writer out;
  out.begin_object().name("terracat_backup").integer(version);
  out.name("file").string(manifest.file);
  out.name("bytes").integer(static_cast<std::int64_t>(manifest.bytes));
  out.name("xxh128").string(manifest.xxh128);
  out.name("epoch").string(hexadecimal(manifest.revision.epoch));
  out.name("sequence").integer(manifest.revision.sequence);
  out.name("made").string(model::to_iso8601(manifest.made));
  out.name("terracat").string(manifest.terracat).name("sqlite").string(manifest.sqlite);
  out.name("faults").integer(static_cast<std::int64_t>(manifest.faults));
  return out.end_object().take();
}

Result<Manifest> from_json(std::string_view text) {
  auto const document = json::Document::parse(text, {.bytes = 65'536, .depth = 4});
  if (!document) return document.error();
  Reading reading(document->root());
  if (reading.count("terracat_backup") != version) reading.miss("terracat_backup", "version 1");
  Manifest out{.file = reading.text("file"),
               .bytes = static_cast<std::uint64_t>(reading.count("bytes")),
               .xxh128 = reading.text("xxh128"),
               .revision = {.epoch = reading.epoch(), .sequence = reading.count("sequence")},
               .made = reading.made(),
               .terracat = reading.text("terracat"),
               .sqlite = reading.text("sqlite"),
               .faults = static_cast<std::size_t>(reading.count("faults"))};
  if (reading.problem()) return *reading.problem();
  return out;
}

std::optional<Manifest> read_manifest(std::filesystem::path const& backup) {
  auto const path = manifest_of(backup);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  auto manifest = from_json(text.str());
  if (!manifest) {
    std::ostringstream why;
    why << path.string() << " is no manifest of a backup: " << manifest.error();
    throw store::StoreError(store::StoreError::Reason::corrupt, why.str());
  }
  return std::move(*manifest);
}

std::string digest_of_file(std::filesystem::path const& path) {
  std::unique_ptr<XXH3_state_t, StateDeleter> const state(XXH3_createState());
  if (!state) throw std::bad_alloc();
  XXH3_128bits_reset(state.get());
  std::ifstream file(path, std::ios::binary);
  std::vector<char> buffer(std::size_t{1} << 20);
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    XXH3_128bits_update(state.get(), buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof()) store::throw_file_error(path, "read");
  auto const digest = XXH3_128bits_digest(state.get());
  return hexadecimal(digest.high64) + hexadecimal(digest.low64);
}

} // namespace terracat::backup
