#include "cli/site.hpp"
#include "config/load.hpp"
#include "pages/guide.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace terracat::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_guides = 500;

[[noreturn]] void refuse_guides(std::string const& what) {
  throw config::ConfigError({"site.guides: " + what});
}

std::vector<fs::path> guides_below(fs::path const& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  for (auto const kind : {pages::GuideKind::tutorial, pages::GuideKind::tool}) {
    auto const below = folder / pages::segment_of(kind);
    if (!fs::exists(below, error)) continue;
    for (fs::directory_iterator at(below, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
      if (at->path().extension() == ".md") out.push_back(at->path());
      if (out.size() > most_guides) refuse_guides("more than 500 files in " + folder.string());
    }
  }
  if (error) refuse_guides(folder.string() + ": " + error.message());
  std::ranges::sort(out);
  return out;
}

/// No more than tells that it is too much.
std::string beginning_of(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::string out(pages::longest_guide + 1, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  if (in.bad() || (in.fail() && !in.eof())) refuse_guides(file.string() + ": cannot be read");
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

} // namespace

std::shared_ptr<std::vector<pages::Guide> const> read_guides(config::Config const& config) {
  auto out = std::make_shared<std::vector<pages::Guide>>(pages::shipped_guides());
  if (config.site.guides.empty()) return out;
  fs::path const folder = config.site.guides;
  if (!fs::is_directory(folder)) refuse_guides(folder.string() + ": there is no such folder");
  std::vector<pages::Guide> own;
  for (auto const& file : guides_below(folder)) {
    auto guide =
        pages::read_guide(file.lexically_relative(folder).generic_string(), beginning_of(file));
    if (!guide) refuse_guides(guide.error().detail);
    own.push_back(std::move(*guide));
  }
  std::erase_if(*out, [&](pages::Guide const& shipped) {
    return std::ranges::any_of(own, [&](pages::Guide const& one) {
      return one.kind == shipped.kind && one.name == shipped.name;
    });
  });
  std::ranges::move(own, std::back_inserter(*out));
  return out;
}

} // namespace terracat::cli
