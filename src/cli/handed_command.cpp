#include "cli/handed_command.hpp"

#include "jobs/channel.hpp"

#include <terracat/json.hpp>

#include <algorithm>

namespace terracat::cli {
namespace {

Problem problem(std::string_view name, std::string detail) {
  return {.kind = ProblemKind::invalid_body,
          .detail = std::move(detail),
          .where = "/" + std::string(name)};
}

/// Reads members and remembers the first that is wrong, and those that it was asked for.
class Reading {
 public:
  explicit Reading(json::Value root) : root_(root) {}

  std::string text(std::string_view name) {
    auto const value = take(name);
    if (!value) return {};
    if (!value->string()) miss(name, "expected a text");
    return std::string(value->string().value_or(""));
  }

  std::size_t number(std::string_view name) {
    auto const value = take(name);
    auto const number = value ? value->integer() : std::nullopt;
    if (!number || *number < 0) miss(name, "expected a whole number");
    return static_cast<std::size_t>(std::max(number.value_or(0), std::int64_t{0}));
  }

  bool flag(std::string_view name) {
    auto const value = take(name);
    if (value && !value->boolean()) miss(name, "expected true or false");
    return value && value->boolean().value_or(false);
  }

  std::vector<std::string> texts(std::string_view name) {
    std::vector<std::string> out;
    auto const value = take(name);
    if (value && !value->is_array()) miss(name, "expected a list of texts");
    if (!value) return out;
    for (auto const element : value->elements()) {
      if (!element.string()) miss(name, "expected a list of texts");
      out.emplace_back(element.string().value_or(""));
    }
    return out;
  }

  void expect(std::string_view name, std::int64_t wanted) {
    auto const value = take(name);
    if (!value || value->integer() != wanted) {
      miss(name, "the server is another version of terracat than the command; restart it");
    }
  }

  /// \return  what was wrong, if anything was
  std::optional<Problem> end() {
    for (auto const [name, value] : root_.members()) {
      if (std::ranges::find(taken_, name) == taken_.end()) miss(name, "there is no such member");
    }
    return problem_;
  }

  void miss(std::string_view name, std::string detail) {
    if (!problem_) problem_ = problem(name, std::move(detail));
  }

 private:
  std::optional<json::Value> take(std::string_view name) {
    taken_.emplace_back(name);
    return root_.member(name);
  }

  json::Value root_;
  std::vector<std::string> taken_;
  std::optional<Problem> problem_;
};

class ToJson {
 public:
  explicit ToJson(json::Writer& writer) : out_(writer) {}

  void operator()(HarvestSources const& options) const {
    out_.string("harvest");
    texts("sources", options.sources);
    out_.name("full").boolean(options.full).name("replay").boolean(options.replay);
    out_.name("sweep").boolean(options.sweep);
    out_.name("accept_deletions").boolean(options.accept_deletions);
  }

  void operator()(ImportFiles const& options) const {
    out_.string("import").name("source").string(options.source);
  }

  void operator()(RemoveSource const& options) const {
    out_.string("remove").name("source").string(options.source);
  }

  void operator()(PauseSource const& options) const {
    out_.string("pause").name("source").string(options.source);
    out_.name("reason").string(options.reason);
  }

  void operator()(ResumeSource const& options) const {
    out_.string("resume").name("source").string(options.source);
  }

  void operator()(AbortRun const& options) const {
    out_.string("abort").name("run").integer(static_cast<std::int64_t>(options.number));
  }

  void operator()(EditRecord const& options) const {
    out_.string("edit").name("id").string(options.id);
    texts("wordings", options.wordings);
    texts("removed", options.removed);
    out_.name("author").string(options.author).name("reason").string(options.reason);
    out_.name("json").boolean(options.json);
  }

  void operator()(DecideKeyword const& options) const {
    out_.string("keyword").name("verb").string(options.verb);
    out_.name("keyword").string(options.keyword).name("concept").string(options.concept_uri);
    out_.name("author").string(options.author);
  }

  void operator()(DecideRenaming const& options) const {
    out_.string("renamed").name("verb").string(options.verb);
    out_.name("former").string(options.former).name("now").string(options.now);
    out_.name("author").string(options.author).name("reason").string(options.reason);
  }

  void operator()(CheckCatalogue const& options) const {
    out_.string("repair").name("json").boolean(options.json);
  }

  void operator()(ExplainSearch const& options) const {
    out_.string("explain").name("address").string(options.address);
    out_.name("body").string(options.body).name("json").boolean(options.json);
  }

  void operator()(SuggestIndexes const& options) const {
    out_.string("suggest-indexes").name("json").boolean(options.json);
  }

 private:
  void texts(std::string_view name, std::vector<std::string> const& list) const {
    out_.name(name).begin_array();
    for (auto const& text : list) out_.string(text);
    out_.end_array();
  }

  json::Writer& out_;
};

} // namespace

std::string to_json(HandedCommand const& command) {
  json::Writer out;
  out.begin_object().name("protocol").integer(jobs::protocol).name("command");
  std::visit(ToJson{out}, command);
  return out.end_object().take();
}

Result<HandedCommand> handed_command(std::string_view text) {
  auto const document = json::Document::parse(text, {.bytes = 1U << 20U, .depth = 4});
  if (!document) return document.error();
  Reading reading(document->root());
  reading.expect("protocol", jobs::protocol);
  auto const name = reading.text("command");
  HandedCommand out;
  if (name == "harvest") {
    out = HarvestSources{.sources = reading.texts("sources"),
                         .full = reading.flag("full"),
                         .sweep = reading.flag("sweep"),
                         .replay = reading.flag("replay"),
                         .accept_deletions = reading.flag("accept_deletions")};
  } else if (name == "import") {
    out = ImportFiles{.files = {}, .source = reading.text("source"), .format = {}};
  } else if (name == "remove") {
    out = RemoveSource{.source = reading.text("source")};
  } else if (name == "pause") {
    out = PauseSource{.source = reading.text("source"), .reason = reading.text("reason")};
  } else if (name == "resume") {
    out = ResumeSource{.source = reading.text("source")};
  } else if (name == "abort") {
    out = AbortRun{.number = reading.number("run")};
  } else if (name == "edit") {
    out = EditRecord{.id = reading.text("id"),
                     .wordings = reading.texts("wordings"),
                     .removed = reading.texts("removed"),
                     .author = reading.text("author"),
                     .reason = reading.text("reason"),
                     .json = reading.flag("json")};
  } else if (name == "keyword") {
    out = DecideKeyword{.verb = reading.text("verb"),
                        .keyword = reading.text("keyword"),
                        .concept_uri = reading.text("concept"),
                        .author = reading.text("author")};
  } else if (name == "renamed") {
    out = DecideRenaming{.verb = reading.text("verb"),
                         .former = reading.text("former"),
                         .now = reading.text("now"),
                         .author = reading.text("author"),
                         .reason = reading.text("reason")};
  } else if (name == "repair") {
    out = CheckCatalogue{.repair = true, .json = reading.flag("json")};
  } else if (name == "explain") {
    out = ExplainSearch{.address = reading.text("address"),
                        .body = reading.text("body"),
                        .json = reading.flag("json")};
  } else if (name == "suggest-indexes") {
    out = SuggestIndexes{.json = reading.flag("json")};
  } else {
    reading.miss("command", "the server knows no such command");
  }
  if (auto found = reading.end()) return std::move(*found);
  return out;
}

} // namespace terracat::cli
