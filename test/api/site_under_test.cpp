#include "api/site_under_test.hpp"

#include "config/config.hpp"
#include "kinds/files/files.hpp"
#include "run/harvest.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

namespace terracat::test {
namespace {

namespace fs = std::filesystem;

json::Document read_json(fs::path const& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  auto document = json::Document::parse(text.str());
  if (!document) throw std::runtime_error(path.string() + ": " + document.error().detail);
  return std::move(*document);
}

std::vector<std::string> names_below(fs::path const& folder) {
  std::set<std::string> names;
  for (auto const& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  return {names.begin(), names.end()};
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

api::Method method_of(std::string_view name) {
  constexpr std::array<std::string_view, 7> names{"GET",   "HEAD",   "POST",   "PUT",
                                                  "PATCH", "DELETE", "OPTIONS"};
  auto const* const found = std::ranges::find(names, name);
  if (found == names.end()) throw std::runtime_error("no method: " + std::string(name));
  return static_cast<api::Method>(found - names.begin());
}

/// A request whose views point into the question.
api::Head head_of(Question const& question, std::string const& path) {
  api::Head head;
  head.method = method_of(question.method);
  auto const mark = std::min(path.find('?'), path.size());
  head.path = std::string_view(path).substr(0, mark);
  head.query = std::string_view(path).substr(std::min(mark + 1, path.size()));
  head.request_id = "request-1";
  for (auto const& [name, value] : question.headers) {
    auto const key = lower(name);
    if (key == "accept") head.accept = value;
    if (key == "content-type") head.content_type = value;
    if (key == "if-none-match") head.if_none_match = value;
    if (key == "if-range") head.if_range = value;
    if (key == "range") head.range = value;
    if (key == "user-agent") head.user_agent = value;
    if (key == "accept-encoding" && value == "gzip") head.coding = api::Coding::gzip;
  }
  return head;
}

std::string text_of(api::Reply const& reply) {
  if (auto const* const text = std::get_if<api::Text>(&reply.content)) return text->bytes;
  if (auto const* const range = std::get_if<api::FileRange>(&reply.content)) {
    std::string out(range->length, '\0');
    auto const read =
        ::pread(*range->descriptor, out.data(), out.size(), static_cast<off_t>(range->offset));
    if (read != static_cast<ssize_t>(out.size())) throw std::runtime_error("the file is shorter");
    return out;
  }
  throw std::runtime_error("an answer of a kind that is not expected here");
}

} // namespace

std::string Answer::header(std::string_view name) const {
  for (auto const& [known, value] : headers) {
    if (lower(known) == lower(name)) return value;
  }
  return {};
}

SiteUnderTest::SiteUnderTest(fs::path const& folder, StoreUnderTest const& store)
    : folder_(folder),
      log_file_(::open((scratch_.path() / "log").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)),
      log_({.level = log::Level::info, .descriptor = log_file_}),
      metrics_({.version = "0", .commit = "", .sqlite = ""}),
      catalogue_(store.make(), {},
                 [](std::string const& reason) { throw std::runtime_error(reason); }) {
  read_settings(read_json(folder / "site.json").root());
  auto const sources = folder / "sources";
  if (fs::exists(sources)) {
    for (auto const& source : names_below(sources)) {
      std::vector<fs::path> files;
      for (auto const& file : names_below(sources / source))
        files.push_back(sources / source / file);
      import(source, *kinds::files::from_paths(files, {}));
    }
  }
  site_.readiness = [this] { return unready_; };
  site_.metrics = [this] { return metrics_.text(); };
  application_ = std::make_unique<api::ApiApplication>(catalogue_, site_, log_);
  worker_ = application_->worker();
}

void SiteUnderTest::read_settings(json::Value const& settings) {
  auto const text = [&](std::string_view name) {
    return std::string(settings.string(name).value_or(""));
  };
  auto const number = [&](std::string_view name, std::size_t standard) {
    auto const given = settings.member(name);
    return given ? static_cast<std::size_t>(given->integer().value()) : standard;
  };
  site_.title = text("title");
  site_.description = text("description");
  site_.public_url = text("public_url");
  config::ServerSettings const server;
  config::ApiSettings const standard;
  site_.default_limit = number("default_limit", standard.default_limit);
  site_.max_limit = number("max_limit", standard.max_limit);
  site_.max_body_bytes = standard.max_body_bytes;
  site_.answer_timeout = server.answer_timeout;
  auto const lenient = settings.member("lenient_datetime");
  site_.lenient_datetime = lenient ? lenient->boolean().value() : standard.lenient_datetime;
  if (auto const reason = settings.string("unready")) {
    unready_.push_back({"disc", std::string(*reason)});
  }
  auto const add = [&](std::string const& prefix, std::string const& id,
                       catalogue::Scope const& scope) {
    site_.roots.push_back(
        {prefix + "/stac", api::Family::stac, id, site_.title, site_.description, scope});
    site_.roots.push_back({prefix + "/features", api::Family::features, id, site_.title,
                           site_.description, scope.with_items_only()});
  };
  add("", "everything", catalogue::Scope::everything());
  if (auto const poles = settings.member("poles")) {
    for (auto const [name, sources] : poles->members()) {
      std::vector<std::string> names;
      for (auto const source : sources.elements()) names.emplace_back(source.string().value());
      add("/poles/" + std::string(name), std::string(name),
          catalogue::Scope::of_sources(std::move(names)));
    }
  }
  if (auto const sources = settings.member("assets_of")) {
    for (auto const source : sources->elements()) {
      std::string const name(source.string().value());
      site_.asset_folders.push_back({name, (folder_ / "assets" / name).string()});
    }
  }
}

void SiteUnderTest::import(std::string const& name, kinds::Harvester& harvester) {
  Source source{.name = name, .title = name, .kind = "push", .address = {}};
  for (auto const& assets : site_.asset_folders) {
    if (assets.source == name) source.asset_folder = assets.path;
  }
  run::Harvest harvest(catalogue_, {.site = {}}, log_, metrics_);
  auto const run = harvest.import(source, harvester, {}, [](run::Progress const&) {});
  if (run.outcome != RunOutcome::complete || run.counts.failed + run.counts.skipped > 0) {
    throw std::runtime_error("source " + name + " brought a document that is refused");
  }
}

void SiteUnderTest::add(std::string const& source, std::string const& document) {
  std::istringstream stream(document);
  import(source, *kinds::files::from_stream(stream, {}));
}

/// Links are absolute; what is asked begins behind the host.
std::string SiteUnderTest::path_of(std::string const& target) const {
  if (target.starts_with('/')) return target;
  auto const host = target.find("://");
  if (host == std::string::npos) throw std::runtime_error("no target: " + target);
  return target.substr(std::min(target.find('/', host + 3), target.size()));
}

Answer SiteUnderTest::ask(Question const& question) {
  auto const path = path_of(question.target);
  using Clock = std::chrono::steady_clock;
  api::Request const request{.head = head_of(question, path),
                             .body = question.body,
                             .deadline = question.is_late ? Clock::now() - std::chrono::seconds(1)
                                                          : Clock::time_point::max()};
  auto reply = application_->answer(request, *worker_);
  return {.status = reply.status,
          .content_type = reply.content_type,
          .headers = reply.headers,
          .body = text_of(reply)};
}

api::Plan SiteUnderTest::plan(Question const& question) const {
  auto const path = path_of(question.target);
  return application_->plan(head_of(question, path));
}

} // namespace terracat::test
