#include "cli/commands.hpp"
#include "cli/here_or_there.hpp"
#include "cli/site.hpp"
#include "cli/terminal.hpp"

#include "api/application.hpp"
#include "api/explain.hpp"

#include <terracat/json.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <sstream>

namespace terracat::cli {
namespace {

using catalogue::Explanation;

std::string joined(std::vector<std::string> const& names) {
  std::string out;
  for (auto const& name : names) out += (out.empty() ? "" : ", ") + plain_line(name);
  return out;
}

std::string counted(std::size_t count, std::string_view what) {
  return std::to_string(count) + ' ' + std::string(what) + (count == 1 ? "" : "s");
}

std::string row(std::string_view name, std::string const& text) {
  std::string out = "  " + std::string(name);
  out.resize(std::max(out.size() + 1, std::size_t{14}), ' ');
  return out + text + '\n';
}

std::string text_of(Explanation const& explanation) {
  bool const is_by_index = explanation.store_because == Explanation::Cause::none;
  std::string_view const order = explanation.is_sorted ? "in the order asked for" : "latest first";
  std::string by = is_by_index ? "the index, " : "the store, ";
  by += order;
  if (!is_by_index) by += ", since " + std::string(name_of(explanation.store_because).text);
  auto out = row("answered by", by);
  auto const& work = explanation.work;
  if (is_by_index) {
    out += row("segments", std::to_string(work.segments) + " looked into, of " +
                               std::to_string(explanation.segments));
    out += row("blocks", std::to_string(work.blocks) + " of 64 rows or boxes compared");
    out += row("outlines", std::to_string(work.outlines) + " compared");
    out += row("footprints", std::to_string(work.footprints) + " read and compared");
  }
  if (work.computed > 0) out += row("computed", "of " + counted(work.computed, "item"));
  if (!explanation.in_bodies.empty()) {
    auto const looked = is_by_index ? counted(work.bodies, "item") + " asked for "
                                    : std::string("every item asked for ");
    out += row("bodies", looked + joined(explanation.in_bodies) +
                             ", which no index has (see `terracat suggest-indexes`)");
  }
  if (explanation.matched) out += row("matched", counted(*explanation.matched, "item"));
  std::ostringstream taken;
  taken << std::fixed << std::setprecision(2) << explanation.seconds * 1'000
        << " ms, without reading the items of the page";
  return out + row("took", taken.str());
}

void append(json::Writer& out, Explanation const& explanation) {
  auto const number = [&](std::string_view name, std::size_t value) {
    out.name(name).integer(static_cast<std::int64_t>(value));
  };
  bool const is_by_index = explanation.store_because == Explanation::Cause::none;
  out.begin_object().member("by", is_by_index ? "index" : "store");
  if (!is_by_index) out.member("because", name_of(explanation.store_because).name);
  out.member("order", explanation.is_sorted ? "sorted" : "latest");
  if (is_by_index) {
    for (auto const& [name, count] : api::work_counts) number(name, explanation.work.*count);
    number("segments_in_all", explanation.segments);
  }
  out.name("in_bodies").begin_array();
  for (auto const& name : explanation.in_bodies) out.string(name);
  out.end_array();
  if (explanation.matched) number("matched", *explanation.matched);
  out.name("seconds").number(explanation.seconds).end_object();
}

std::string json_of(int status, std::vector<Explanation> const& explanations) {
  json::Writer out;
  out.begin_object().name("status").integer(status).name("searches").begin_array();
  for (auto const& one : explanations) append(out, one);
  return out.end_array().end_object().take() + '\n';
}

/// What a problem document says.
std::string detail_of(api::Reply const& reply) {
  auto const* const text = std::get_if<api::Text>(&reply.content);
  auto const document = json::Document::parse(text == nullptr ? std::string_view() : text->bytes);
  auto const detail = document ? document->root().string("detail") : std::nullopt;
  return std::to_string(reply.status) + (detail ? ": " + std::string(*detail) : std::string());
}

/// The path and the parameters of an address of the site.
std::string_view target_of(std::string_view address) {
  if (address.starts_with('/')) return address;
  auto const scheme = address.find("://");
  if (scheme == std::string_view::npos) return address;
  auto const path = address.find('/', scheme + 3);
  return path == std::string_view::npos ? "/" : address.substr(path);
}

api::Head head_of(ExplainSearch const& options) {
  auto const target = target_of(options.address);
  auto const mark = std::min(target.find('?'), target.size());
  api::Head head;
  head.method = options.body.empty() ? api::Method::get : api::Method::post;
  head.path = target.substr(0, mark);
  head.query = target.substr(std::min(mark + 1, target.size()));
  head.content_type = "application/json";
  return head;
}

/// \throws std::runtime_error  if the file cannot be read
std::string read_body(std::string const& file) {
  if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Returns when there is an index, or there will be none, or it is to stop.
void wait_for_index(catalogue::Catalogue& catalogue, std::stop_token const& stop) {
  auto const built = std::make_shared<std::promise<void>>();
  auto const is_told = std::make_shared<std::atomic_flag>();
  catalogue.index_items({}, [=](index::Built const&) {
    if (!is_told->test_and_set()) built->set_value();
  });
  auto const future = built->get_future();
  while (future.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready) {
    if (stop.stop_requested()) return;
  }
}

} // namespace

int work(Workplace const& place, ExplainSearch const& options, Console& console) {
  log::Logger log({.level = log::Level::error});
  auto site = site_of(place.config);
  if (site.public_url.empty()) site.public_url = "http://" + place.config.server.listen;
  api::ApiApplication application(place.catalogue, std::move(site), log);
  auto const worker = application.worker();
  std::vector<Explanation> explanations;
  auto const reply = application.explained(
      {.head = head_of(options),
       .body = options.body,
       .deadline = std::chrono::steady_clock::now() + place.config.server.answer_timeout,
       .may_scan = true},
      *worker, explanations);
  bool const is_answered = reply.status < 400;
  if (options.json) console.say(json_of(reply.status, explanations));
  if (!is_answered) {
    console.complain("terracat: the answer is " + plain_line(detail_of(reply)) + '\n');
  }
  if (options.json) return is_answered ? success : failed;
  for (auto const& one : explanations) console.say(text_of(one));
  if (is_answered && explanations.empty()) console.say("no items are searched for this answer\n");
  return is_answered ? success : failed;
}

int work(Workplace const& place, SuggestIndexes const& options, Console& console) {
  auto const uses = place.catalogue.search_uses().all();
  if (options.json) {
    json::Writer out;
    out.begin_array();
    for (auto const& [name, use] : uses) {
      out.begin_object().member("property", name);
      out.name("searches").integer(static_cast<std::int64_t>(use.searches));
      out.name("refused").integer(static_cast<std::int64_t>(use.refused));
      out.name("bodies").integer(static_cast<std::int64_t>(use.bodies));
      out.name("seconds").number(use.seconds).end_object();
    }
    console.say(out.end_array().take() + '\n');
    return success;
  }
  if (uses.empty()) {
    console.say("since the server was started no search has looked for a property without an "
                "index\n");
    return success;
  }
  std::ostringstream out;
  out << "searches  refused  seconds  property\n" << std::fixed << std::setprecision(1);
  for (auto const& [name, use] : uses) {
    out << std::setw(8) << use.searches << "  " << std::setw(7) << use.refused << "  "
        << std::setw(7) << use.seconds << "  " << plain_line(name) << '\n';
  }
  out << "These have an index after they are added to the list api.sortables of the configuration\n"
         "and the server is started anew, unless they are lists, or texts of more than 1,024 "
         "bytes.\n";
  console.say(out.str());
  return success;
}

int run(config::Config const& config, ExplainSearch const& options) {
  auto whole = options;
  if (!whole.body.empty()) whole.body = read_body(whole.body);
  if (whole.body.size() > config.api.max_body_bytes) {
    std::cerr << "terracat: the body is longer than api.max_body_bytes allows\n";
    return failed;
  }
  bool const is_there = std::filesystem::exists(config.store.path);
  if (!is_there) {
    std::cerr << "terracat: there is no catalogue " << plain_line(config.store.path) << '\n';
    return failed;
  }
  return here_or_there(config, whole,
                       [&](Workplace const& place, Console& console, std::stop_token const& stop) {
                         wait_for_index(place.catalogue, stop);
                         if (stop.stop_requested()) return static_cast<int>(failed);
                         return work(place, whole, console);
                       });
}

int run(config::Config const& config, SuggestIndexes const& options) {
  StopOnSignal const signal;
  auto const code = hand_over(config.store.path, options, signal.token());
  if (code) return *code;
  std::cerr << "terracat: no server has the catalogue; only one that answers searches knows what "
               "they look for\n";
  return failed;
}

} // namespace terracat::cli
