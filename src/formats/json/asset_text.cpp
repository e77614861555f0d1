#include "formats/json/asset_text.hpp"

#include "formats/json/json_text.hpp"
#include "formats/json/projection.hpp"
#include "json/pointer.hpp"

namespace terracat::formats {
namespace {

class AssetWriter {
 public:
  AssetWriter(std::string& out, HrefReader const& hrefs, FindingList& findings)
      : out_(out), hrefs_(hrefs), findings_(findings) {}

  /// \param where  JSON pointer of the object that holds the asset
  void write(std::string_view key, json::Value const& asset, std::string const& where) {
    auto const written = asset.string("href");
    auto const href = written ? hrefs_.asset(*written) : FindingCode::href_refused;
    if (!href) {
      findings_.add(href.error(), where + "/" + json::pointer_token(key) + "/href",
                    written.value_or(""));
      return;
    }
    summary_.has_local |= href->starts_with(model::local_asset_scheme);
    begin_member(out_, key);
    if (*href == *written && is_plain(asset)) {
      asset.append_to(out_);
    } else {
      write_members(asset, *href, where + "/" + json::pointer_token(key));
    }
  }

  [[nodiscard]] AssetSummary const& summary() const noexcept { return summary_; }

 private:
  /// True if the asset can be copied as it is: no other href is in it, not even a second `href`,
  /// which some readers would take instead of the first.
  static bool is_plain(json::Value const& asset) {
    std::size_t hrefs = 0;
    for (auto const [name, value] : asset.members()) {
      if (name == "href") ++hrefs;
      if (name == alternates || Projection::is_member(name)) return false;
    }
    return hrefs == 1;
  }

  void write_members(json::Value const& asset, std::string_view href, std::string const& where) {
    Projection projection;
    out_ += '{';
    append_member(out_, "href", href);
    for (auto const [name, value] : asset.members()) {
      if (name == "href") continue;
      if (Projection::is_member(name)) {
        projection.read(name, value);
      } else if (name == alternates) {
        write_alternates(value, where);
      } else {
        begin_member(out_, name);
        value.append_to(out_);
      }
    }
    projection.append(out_);
    summary_.has_projection |= projection.was_met();
    out_ += '}';
  }

  /// Other places of the same file (alternate-assets extension).
  void write_alternates(json::Value const& assets, std::string const& where) {
    begin_member(out_, alternates);
    out_ += '{';
    for (auto const [key, asset] : assets.members()) write(key, asset, where + "/alternate");
    out_ += '}';
  }

  static constexpr std::string_view alternates = "alternate";

  std::string& out_;
  HrefReader const& hrefs_;
  FindingList& findings_;
  AssetSummary summary_;
};

} // namespace

AssetSummary append_assets(std::string& out, json::Value const& assets, HrefReader const& hrefs,
                           FindingList& findings) {
  AssetWriter writer(out, hrefs, findings);
  out += '{';
  for (auto const [key, asset] : assets.members()) writer.write(key, asset, "/assets");
  std::size_t number = 0;
  for (auto const asset : assets.elements()) {
    auto const key = asset.string("key");
    writer.write(key ? std::string(*key) : "asset-" + std::to_string(++number), asset, "/assets");
  }
  out += '}';
  return writer.summary();
}

} // namespace terracat::formats
