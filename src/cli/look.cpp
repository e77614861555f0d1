#include "pages/look.hpp"
#include "cli/site.hpp"
#include "config/load.hpp"

#include <filesystem>
#include <fstream>

namespace terracat::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 40;
constexpr std::size_t longest_file = 2'000'000;

[[noreturn]] void refuse_look(std::string const& what) {
  throw config::ConfigError({"site.look: " + what});
}

std::string bytes_of(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::string out(longest_file + 1, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  if (in.bad() || (in.fail() && !in.eof())) refuse_look(file.string() + ": cannot be read");
  out.resize(static_cast<std::size_t>(in.gcount()));
  if (out.size() > longest_file) refuse_look(file.string() + ": more than 2 MB");
  return out;
}

/// What editors and systems leave in folders.
bool is_stray(std::string_view name) {
  return name.starts_with('.') || name.ends_with('~');
}

} // namespace

std::shared_ptr<pages::Look const> read_look(config::Config const& config) {
  if (config.site.look.empty()) return std::make_shared<pages::Look const>();
  fs::path const folder = config.site.look;
  if (!fs::is_directory(folder)) refuse_look(folder.string() + ": there is no such folder");
  std::vector<pages::LookFile> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    auto const name = at->path().filename().string();
    if (is_stray(name)) continue;
    if (!pages::look_type(name)) {
      refuse_look(at->path().string() +
                  ": expected style.css, mark.svg or mark.png, or what the sheet names: .woff2, "
                  ".svg, .png, .css, by letters, digits, dots and dashes");
    }
    if (files.size() == most_files) refuse_look("more than 40 files in " + folder.string());
    files.push_back({name, bytes_of(at->path())});
  }
  if (error) refuse_look(folder.string() + ": " + error.message());
  return std::make_shared<pages::Look const>(pages::look_of(std::move(files)));
}

} // namespace terracat::cli
