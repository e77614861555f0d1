#include "api/written_assets.hpp"

#include "api/alternates.hpp"

#include <algorithm>
#include <vector>

namespace terracat::api {
namespace {

constexpr std::string_view assets_member = "assets";
constexpr std::string_view alternate_member = "alternate";
constexpr std::string_view extensions_member = "stac_extensions";

/// True if the rules tell the same of it.
bool is_told(std::vector<Storage::Way> const& ways, std::string_view name,
             json::Value const& alternate) {
  auto const way = std::ranges::find(ways, name, &Storage::Way::name);
  if (way == ways.end() || !alternate.is_object()) return false;
  std::size_t const members = way->title.empty() ? 1 : 2;
  return alternate.size() == members && alternate.string("href") == way->href &&
         (way->title.empty() || alternate.string("title") == way->title);
}

/// Writes the assets of a resource without what is told of them.
class OwnWriter {
 public:
  explicit OwnWriter(Storage const& storage) : storage_(storage) {}

  [[nodiscard]] bool has_dropped() const noexcept { return has_dropped_; }

  [[nodiscard]] bool has_alternates() const noexcept { return has_alternates_; }

  std::string write(json::Value const& assets) {
    out_.begin_object();
    for (auto const [key, asset] : assets.members()) {
      out_.name(key);
      if (asset.is_object()) {
        write_asset(asset);
      } else {
        out_.value(asset);
      }
    }
    return out_.end_object().take();
  }

 private:
  void write_asset(json::Value const& asset) {
    auto const ways = storage_.ways_to(asset.string("href").value_or(""));
    out_.begin_object();
    for (auto const [name, value] : asset.members()) {
      if (name == alternate_member && value.is_object()) {
        write_alternates(ways, value);
      } else {
        out_.name(name).value(value);
      }
    }
    out_.end_object();
  }

  /// The member as a whole goes with the last of them.
  void write_alternates(std::vector<Storage::Way> const& ways, json::Value const& alternates) {
    json::Writer kept;
    std::size_t count = 0;
    std::size_t dropped = 0;
    kept.begin_object();
    for (auto const [name, alternate] : alternates.members()) {
      if (is_told(ways, name, alternate)) {
        ++dropped;
        continue;
      }
      ++count;
      kept.name(name).value(alternate);
    }
    has_dropped_ |= dropped > 0;
    if (count == 0 && dropped > 0) return;
    has_alternates_ = true;
    out_.name(alternate_member).raw(kept.end_object().take());
  }

  Storage const& storage_;
  json::Writer out_;
  bool has_dropped_ = false;
  bool has_alternates_ = false; ///< that stay
};

/// Without the extension of alternate assets. \return  empty if nothing is left
std::string other_extensions(json::Value const& extensions) {
  json::Writer out;
  bool has_any = false;
  out.begin_array();
  for (auto const element : extensions.elements()) {
    if (element.string() == alternates_extension) continue;
    has_any = true;
    out.value(element);
  }
  auto text = out.end_array().take();
  return has_any ? text : std::string();
}

} // namespace

std::optional<OwnAssets> own_assets(Storage const& storage, json::Value const& resource) {
  auto const assets = resource.member(assets_member);
  if (storage.rules().empty() || !assets || !assets->is_object()) return std::nullopt;
  OwnWriter writer(storage);
  auto text = writer.write(*assets);
  if (!writer.has_dropped()) return std::nullopt;
  OwnAssets out{.assets = std::move(text), .extensions = {}};
  auto const extensions = resource.member(extensions_member);
  if (extensions && extensions->is_array()) {
    out.extensions =
        writer.has_alternates() ? std::string(extensions->text()) : other_extensions(*extensions);
  }
  return out;
}

bool is_of_assets(std::string_view member) noexcept {
  return member == assets_member || member == extensions_member;
}

void write_own(json::Writer& out, OwnAssets const& own) {
  out.name(assets_member).raw(own.assets);
  if (!own.extensions.empty()) out.name(extensions_member).raw(own.extensions);
}

} // namespace terracat::api
