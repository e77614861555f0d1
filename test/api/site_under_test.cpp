#include "api/site_under_test.hpp"

#include "config/config.hpp"
#include "kinds/files/files.hpp"
#include "run/harvest.hpp"
#include "support/catalogues.hpp"
#include "support/rdf_parser.hpp"
#include "vocabulary/files.hpp"
#include "vocabulary/thesaurus.hpp"

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

/// Harvests of one source, of which nothing is in progress.
class OrdersOfOne : public api::HarvestOrders {
 public:
  explicit OrdersOfOne(std::string source) : source_(std::move(source)) {}

  Result<bool> pause(std::string const& source, std::string const& reason) override {
    if (source != source_) return wrong(ProblemKind::not_found, "there is no such source");
    if (reason.size() > 1'000) return wrong(ProblemKind::invalid_body, "the reason is too long");
    return !std::exchange(is_paused_, true);
  }

  Result<bool> resume(std::string const& source) override {
    if (source != source_ || !std::exchange(is_paused_, false)) {
      return wrong(ProblemKind::conflict, "it is not paused");
    }
    return true;
  }

  Result<std::string> abort(RunNumber run) override {
    static_cast<void>(run);
    return wrong(ProblemKind::conflict, "nobody is in the middle of it");
  }

 private:
  static Problem wrong(ProblemKind kind, std::string detail) {
    return {.kind = kind, .detail = std::move(detail), .where = {}};
  }

  std::string source_;
  bool is_paused_ = false;
};

/// Reads site.json; whatever README.md does not know is refused.
class SiteSettings {
 public:
  explicit SiteSettings(fs::path const& folder) : folder_(folder), document_(read_json(path())) {
    constexpr std::array<std::string_view, 20> known{
        "title",     "description",     "public_url",    "default_limit",     "max_limit",
        "sortables", "poles",           "assets_of",     "unready",           "lenient_datetime",
        "removed",   "publisher",       "contact",       "vocabularies",      "languages",
        "writable",  "picture_origins", "operators_key", "compartment_rules", "harvested"};
    for (auto const [name, value] : document_.root().members()) {
      if (std::ranges::find(known, name) == known.end()) {
        throw std::runtime_error(path().string() + ": there is no setting '" + std::string(name) +
                                 "'");
      }
    }
  }

  [[nodiscard]] api::Site site() const {
    config::ServerSettings const server;
    config::ApiSettings const standard;
    auto const lenient = member("lenient_datetime");
    api::Site out{.version = {},
                  .title = text("title"),
                  .description = text("description"),
                  .public_url = text("public_url"),
                  .roots = api::roots_of(text("title"), text("description"), poles()),
                  .asset_folders = asset_folders(),
                  .publisher = text("publisher"),
                  .contact = text("contact"),
                  .languages = languages(),
                  .picture_origins = texts(member("picture_origins")),
                  .thesaurus = thesaurus(),
                  .default_limit = number("default_limit", standard.default_limit),
                  .max_limit = number("max_limit", standard.max_limit),
                  .max_body_bytes = standard.max_body_bytes,
                  .answer_timeout = server.answer_timeout,
                  .scan_items = config::LimitSettings().scan_items,
                  .lenient_datetime =
                      lenient ? lenient->boolean().value() : standard.lenient_datetime,
                  .sortables = texts(member("sortables")),
                  .readiness = {},
                  .metrics = {}};
    for (auto& root : out.roots) {
      if (root.scope.sources() == nullptr) root.home = out.public_url;
    }
    out.operators_key = text("operators_key");
    out.concept_rules = concept_rules();
    if (auto const source = text("harvested"); !source.empty()) {
      out.orders = std::make_shared<OrdersOfOne>(source);
    }
    auto sources = texts(member("writable"));
    if (!sources.empty()) {
      take_transactions(out, {.api_key = "the key of the cases",
                              .sources = std::move(sources),
                              .max_body_bytes = config::TransactionSettings().max_body_bytes});
    }
    return out;
  }

  [[nodiscard]] std::vector<api::Unready> unready() const {
    auto const reason = text("unready");
    return reason.empty() ? std::vector<api::Unready>() : std::vector{api::Unready{"disc", reason}};
  }

  /// Ids of what is removed again, `collection` or `collection/item`.
  [[nodiscard]] std::vector<std::string> removed() const { return texts(member("removed")); }

 private:
  [[nodiscard]] fs::path path() const { return folder_ / "site.json"; }

  [[nodiscard]] std::optional<json::Value> member(std::string_view name) const {
    return document_.root().member(name);
  }

  [[nodiscard]] std::string text(std::string_view name) const {
    auto const given = member(name);
    return given ? std::string(given->string().value()) : std::string();
  }

  [[nodiscard]] std::size_t number(std::string_view name, std::size_t standard) const {
    auto const given = member(name);
    return given ? static_cast<std::size_t>(given->integer().value()) : standard;
  }

  static std::vector<std::string> texts(std::optional<json::Value> const& list) {
    std::vector<std::string> out;
    if (!list) return out;
    for (auto const element : list->elements()) out.emplace_back(element.string().value());
    return out;
  }

  [[nodiscard]] std::vector<std::string> languages() const {
    auto const given = member("languages");
    return given ? texts(given) : config::SiteSettings().languages;
  }

  [[nodiscard]] std::vector<api::Pole> poles() const {
    std::vector<api::Pole> out;
    auto const given = member("poles");
    if (!given) return out;
    for (auto const [name, sources] : given->members()) {
      out.push_back({.name = std::string(name),
                     .title = std::string(name),
                     .description = {},
                     .sources = texts(sources)});
    }
    return out;
  }

  [[nodiscard]] std::shared_ptr<vocabulary::Thesaurus const> thesaurus() const {
    RdfHere parser;
    std::vector<vocabulary::Place> places;
    for (auto const& name : texts(member("vocabularies"))) {
      places.push_back({.name = name, .path = (folder_ / "vocabularies" / name).string()});
    }
    auto const loaded = vocabulary::load(places, parser);
    if (!loaded.failures.empty()) throw std::runtime_error(loaded.failures[0].path);
    return std::make_shared<vocabulary::Thesaurus const>(loaded.drafts);
  }

  [[nodiscard]] std::shared_ptr<catalogue::ConceptRules const> concept_rules() const {
    catalogue::ConceptRules out;
    auto const given = member("compartment_rules");
    if (!given) return nullptr;
    for (auto const rule : given->elements()) {
      auto& made = out.emplace_back();
      made.name = rule.member("name").value().string().value();
      made.leads_to = rule.member("compartment").value().string().value();
      made.words = texts(rule.member("keywords"));
      if (auto const sources = rule.member("sources")) made.sources = texts(sources);
    }
    return std::make_shared<catalogue::ConceptRules const>(std::move(out));
  }

  [[nodiscard]] std::vector<api::AssetFolder> asset_folders() const {
    std::vector<api::AssetFolder> out;
    for (auto const& source : texts(member("assets_of"))) {
      out.push_back({source, (folder_ / "assets" / source).string()});
    }
    return out;
  }

  fs::path folder_;
  json::Document document_;
};

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
    if (key == "accept-language") head.accept_language = value;
    if (key == "content-type") head.content_type = value;
    if (key == "if-match") head.if_match = value;
    if (key == "prefer") head.prefer = value;
    if (key == "authorization") head.authorization = value;
    if (key == "x-api-key") head.api_key = value;
    if (key == "terracat-explain") head.explain = value;
    if (key == "if-none-match") head.if_none_match = value;
    if (key == "if-range") head.if_range = value;
    if (key == "range") head.range = value;
    if (key == "user-agent") head.user_agent = value;
    if (key == "accept-encoding" && value == "gzip") head.coding = api::Coding::gzip;
  }
  return head;
}

std::string text_of(api::Reply const& reply, api::Worker& worker, Question const& question) {
  if (auto const* const stream = std::get_if<api::Stream>(&reply.content)) {
    std::string out;
    while (stream->pull(out, worker)) {
      if (question.between_pieces) question.between_pieces();
    }
    return out;
  }
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
    : log_file_(::open((scratch_.path() / "log").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)),
      log_({.level = log::Level::info, .descriptor = log_file_}),
      metrics_({.version = "0", .commit = "", .sqlite = ""}),
      site_(SiteSettings(folder).site()),
      unready_(SiteSettings(folder).unready()),
      catalogue_(store.make(), {.languages = site_.languages, .sortables = site_.sortables},
                 [](std::string const& reason) { throw std::runtime_error(reason); }) {
  index_items(catalogue_);
  auto const sources = folder / "sources";
  if (fs::exists(sources)) {
    for (auto const& source : names_below(sources)) {
      std::vector<fs::path> files;
      for (auto const& file : names_below(sources / source))
        files.push_back(sources / source / file);
      import(source, *kinds::files::from_paths(files, {}));
    }
  }
  for (auto const& id : SiteSettings(folder).removed()) remove(id);
  site_.readiness = [this] { return unready_; };
  site_.metrics = [this] { return metrics_.text(); };
  start();
}

void SiteUnderTest::start() {
  worker_.reset(); // before the application that it comes from
  application_ = std::make_unique<api::ApiApplication>(catalogue_, site_, log_);
  worker_ = application_->worker();
}

void SiteUnderTest::change(std::function<void(api::Site&)> const& how) {
  how(site_);
  start();
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

void SiteUnderTest::remove(std::string_view id) {
  auto const session = catalogue_.session();
  auto& reader = session->reader();
  reader.begin();
  auto const slash = id.find('/');
  auto const number = reader.record_by_id(id.substr(0, slash)).value();
  catalogue::Batch batch;
  batch.source = reader.record(number)->source;
  batch.run = {.source = batch.source, .mode = "test"};
  batch.removed.emplace_back(number);
  if (slash != std::string_view::npos) {
    batch.removed = {reader.item(number, id.substr(slash + 1)).value().number};
  }
  reader.end();
  if (catalogue_.submit(std::move(batch)).get().counts.deleted == 0) {
    throw std::runtime_error(std::string(id) + " was not removed");
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
  api::Request request{.head = head_of(question, path),
                       .body = question.body,
                       .deadline = question.is_late ? Clock::now() - std::chrono::seconds(1)
                                                    : Clock::time_point::max(),
                       .must_be_light = application_->plan(head_of(question, path)).is_light};
  if (question.time) request.deadline = Clock::now() + *question.time;
  auto reply = application_->answer(request, *worker_);
  if (std::holds_alternative<api::Heavy>(reply.content)) {
    request.must_be_light = false;
    reply = application_->answer(request, *worker_);
  }
  while (auto* const wait = std::get_if<api::Wait>(&reply.content)) {
    request.begun = std::move(wait->begun);
    if (question.while_waiting) question.while_waiting();
    reply = application_->answer(request, *worker_);
  }
  return {.status = reply.status,
          .content_type = reply.content_type,
          .headers = reply.headers,
          .body = text_of(reply, *worker_, question),
          .was_light = request.must_be_light};
}

api::Plan SiteUnderTest::plan(Question const& question) const {
  auto const path = path_of(question.target);
  return application_->plan(head_of(question, path));
}

} // namespace terracat::test
