#include "cli/site.hpp"
#include "config/load.hpp"
#include "json/schema.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace terracat::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(std::string const& what) {
  throw config::ConfigError({"transactions.schemas: " + what});
}

std::vector<fs::path> files_in(fs::path const& folder) {
  constexpr std::size_t most = 10'000;
  std::vector<fs::path> out;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->path().extension() == ".json" && at->is_regular_file(error)) out.push_back(at->path());
    if (out.size() > most) refuse(folder.string() + ": more than 10000 files");
  }
  if (error) refuse(folder.string() + ": " + error.message());
  std::ranges::sort(out);
  return out;
}

std::string content_of(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  if (!(out << in.rdbuf())) refuse(file.string() + ": cannot be read");
  return out.str();
}

} // namespace

std::shared_ptr<json::SchemaSet const> read_schemas(config::Config const& config) {
  if (config.transactions.schemas.empty()) return nullptr;
  fs::path const folder = config.transactions.schemas;
  std::vector<json::SchemaText> texts;
  for (auto const& file : files_in(folder)) {
    texts.push_back({.name = file.string(),
                     .address = "https://" + file.lexically_relative(folder).generic_string(),
                     .text = content_of(file)});
  }
  auto set = json::SchemaSet::compile(texts);
  if (!set) refuse(set.error().where + ": " + set.error().detail);
  return std::make_shared<json::SchemaSet const>(std::move(*set));
}

} // namespace terracat::cli
