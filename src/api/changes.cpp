#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/item_writer.hpp"
#include "api/links.hpp"
#include "api/row_stream.hpp"
#include "api/tags.hpp"
#include "catalogue/damage.hpp"
#include "catalogue/feed.hpp"
#include "formats/record_json.hpp"
#include "formats/stac_text.hpp"
#include "formats/terracat.hpp"
#include "query/digest.hpp"
#include "store/walked.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <charconv>

/// The feed of changes, by which catalogues harvest one another.
namespace terracat::api {
namespace {

using store::Operation;
using store::Subject;

constexpr std::size_t standard_changes = 100;
constexpr std::size_t most_changes = 1'000;
constexpr std::size_t most_bytes = std::size_t{8} << 20; ///< of a page, and what comes last

/// A place in a feed.
struct Place {
  Sequence sequence = 0;
  Sequence began = 0; ///< of a walk from the beginning on: the state in which it began
};

struct Wish {
  Place since;
  bool items = false;
  bool content = false;
};

// ---- What is asked

[[noreturn]] void refuse(ProblemKind kind, std::string detail, std::string_view where) {
  throw ProblemError({.kind = kind, .detail = std::move(detail), .where = std::string(where)});
}

/// What a scope has shown up to now. Another one shows what no change tells of.
std::uint64_t history_of(catalogue::View const& view) {
  query::Digest out;
  return out.add(view.revision().epoch).add(view.scope().digest()).value();
}

std::string cursor_text(std::uint64_t history, Place place) {
  auto out = hexadecimal(history) + "-" + std::to_string(place.sequence);
  if (place.began > place.sequence) out += "-" + std::to_string(place.began);
  return out;
}

/// For a cursor that means nothing any more.
[[noreturn]] void begin_anew(std::string_view why) {
  refuse(ProblemKind::token_expired,
         std::string(why) + "; begin anew, without 'since', and drop what does not come", "since");
}

/// Reads a number, and what stands before it.
bool take_number(std::string_view& text, Sequence& number) {
  if (!text.starts_with('-')) return false;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data() + 1, end, number);
  if (error != std::errc{} || number < 0) return false;
  text = {stop, end};
  return true;
}

Place read_cursor(std::string_view text, catalogue::View const& view) {
  constexpr std::size_t digits = 16;
  auto rest = text.substr(std::min(digits, text.size()));
  std::uint64_t history = 0;
  auto const* const middle = text.data() + digits;
  Place out;
  bool const is_read = text.size() > digits &&
                       std::from_chars(text.data(), middle, history, 16).ptr == middle &&
                       take_number(rest, out.sequence) &&
                       (rest.empty() || take_number(rest, out.began)) && rest.empty();
  if (!is_read) {
    refuse(ProblemKind::invalid_parameter, "expected a cursor of an earlier answer", "since");
  }
  if (history != history_of(view)) {
    begin_anew("the cursor is of an earlier catalogue, before it was restored or repaired, or of "
               "other sources than are shown here now");
  }
  if (std::max(out.sequence, out.began) > view.revision().sequence) {
    begin_anew("the catalogue does not go as far as this cursor");
  }
  return out;
}

bool flag(Exchange const& exchange, std::string_view name) {
  auto const text = exchange.parameters().get(name).value_or("false");
  if (text != "true" && text != "false") {
    refuse(ProblemKind::invalid_parameter, "expected true or false", name);
  }
  return text == "true";
}

catalogue::Scope const& scope_of(Exchange const& exchange) {
  auto const& site = exchange.site();
  auto const pole = exchange.parameters().get("pole");
  if (!pole) return whole_root(site, Family::records).scope;
  auto const& whole = whole_root(site, Family::records);
  auto const found = std::ranges::find_if(site.roots, [&](Root const& root) {
    return root.family == Family::records && &root != &whole && root.id == *pole;
  });
  if (found == site.roots.end()) {
    refuse(ProblemKind::invalid_parameter, "there is no such pole here", "pole");
  }
  return found->scope;
}

// ---- What is told

/// Writes changes, each as one JSON object.
class ChangeWriter {
 public:
  ChangeWriter(Exchange const& exchange, catalogue::View& view, Wish const& wish)
      : exchange_(exchange),
        view_(view),
        history_(history_of(view)),
        began_(wish.since.began),
        content_(wish.content) {}

  std::string write(catalogue::FeedEntry const& entry) {
    auto const& change = entry.change;
    bool const is_item = change.subject == Subject::item;
    bool const is_gone = change.operation == Operation::remove;
    json::Writer out;
    out.begin_object().name("cursor");
    out.string(cursor_text(history_, {.sequence = change.sequence, .began = began_}));
    out.name("op").string(is_gone ? "delete" : "upsert");
    out.name("type").string(is_item ? "item" : "record").name("id").string(change.id);
    out.member("collection", entry.collection);
    out.member("source", entry.record ? entry.record->row.source : change.source);
    out.member("updated", model::to_iso8601(change.at)).member("title", change.title);
    if (entry.is_ahead) out.name("ahead").boolean(true);
    if (entry.has_moved) out.name("moved").boolean(true);
    if (entry.record) {
      out.name("made").integer(static_cast<std::int64_t>(entry.record->row.number));
    }
    if (entry.yielded_to) {
      out.name("yielded_to").integer(static_cast<std::int64_t>(*entry.yielded_to));
    }
    // Of what is damaged nothing but the change is told, and the others go on.
    std::size_t damage = 0;
    if (entry.record) {
      auto const told = catalogue::unless_damaged(damage, [&] { return told_of(entry); });
      if (told) write_record(out, *told);
    }
    if (content_ && entry.item) {
      auto const item = catalogue::unless_damaged(damage, [&] { return item_text(entry); });
      if (item) out.name("item").raw(*item);
    }
    return out.end_object().take();
  }

 private:
  struct Told {
    std::vector<formats::Station> chain;
    std::string record; ///< empty: its content is not asked for
  };

  static void write_record(json::Writer& out, Told const& told) {
    out.name("hops").integer(static_cast<std::int64_t>(told.chain.size()));
    out.name("via").raw(formats::chain_text(told.chain));
    if (!told.record.empty()) out.name("record").raw(told.record);
  }

  [[nodiscard]] Told told_of(catalogue::FeedEntry const& entry) {
    auto const& record = *entry.record;
    auto parts = *view_.answered(record.row.number, record.entry);
    Told out{.chain = formats::chain_of(parts), .record = {}};
    out.chain.push_back(own_station(entry));
    if (!content_) return out;
    formats::keep_chain(parts, {}); // it is told beside
    auto const told = model::Record::make(std::move(parts)).value();
    out.record =
        with_local_assets(exchange_, formats::to_record_json(told, formats::GeometryText::geojson));
    return out;
  }

  /// Where a server listens is no name, for many listen on the same.
  [[nodiscard]] formats::Station own_station(catalogue::FeedEntry const& entry) {
    auto const& record = *entry.record;
    auto const& site = exchange_.site();
    return {.catalogue = whole_root(site, Family::records).home,
            .title = site.title,
            .id = record.id,
            .source = record.row.source,
            .origin = origin_of(record.row),
            .changed = entry.is_ahead ? changed(record.row) : model::to_iso8601(entry.change.at)};
  }

  /// When a record that is told out of turn was changed, whatever has been forgotten since.
  [[nodiscard]] std::string changed(store::RecordRow const& row) {
    auto const changes = view_.reader().changes(store::walked(row.sequence - 1), 1);
    bool const is_known = changes && !changes->empty() && changes->front().sequence == row.sequence;
    return is_known ? model::to_iso8601(changes->front().at) : std::string();
  }

  /// Where its document is, if strangers may be told: no path of this machine or of an inner
  /// network, and no secret. Else empty.
  [[nodiscard]] std::string origin_of(store::RecordRow const& row) {
    auto const& open = exchange_.site().public_sources;
    if (std::ranges::find(open, row.source) == open.end()) return {};
    std::size_t damage = 0;
    auto const document = catalogue::unless_damaged(
        damage, [&] { return view_.reader().document(row.source, row.native_id); });
    auto const address = document && *document ? (*document)->address : std::string();
    bool const is_web = address.starts_with("https://") || address.starts_with("http://");
    return is_web && model::masked(address) == address ? address : std::string();
  }

  [[nodiscard]] std::string item_text(catalogue::FeedEntry const& entry) {
    view_.read_item(*entry.item, item_);
    auto const collection =
        exchange_.site().public_url + "/stac/collections/" + encode(entry.collection);
    Links links;
    links.add("self", collection + "/items/" + encode(item_.id), geojson_type);
    links.add("collection", collection, json_type);
    std::string out;
    formats::append_item(
        out, item_.has_local_assets ? with_local_assets(exchange_, item_.body) : item_.body,
        item_.id, entry.collection, links.text());
    return out;
  }

  Exchange const& exchange_;
  catalogue::View& view_;
  std::uint64_t history_;
  Sequence began_;
  bool content_;
  store::ShownItem item_;
};

catalogue::FeedPage page_after(catalogue::View& view, Wish const& wish, std::size_t most) {
  auto page = catalogue::read_feed(
      view,
      {.since = wish.since.sequence, .began = wish.since.began, .items = wish.items, .most = most});
  if (!page) begin_anew("what has gone since then has been forgotten");
  return std::move(*page);
}

void write_count(json::Writer& out, catalogue::View& view, bool items) {
  auto const count = catalogue::count_in_scope(view);
  out.name("held").begin_object().name("records");
  out.integer(static_cast<std::int64_t>(count.records));
  if (items) out.name("items").integer(static_cast<std::int64_t>(count.items));
  out.end_object();
}

/// The lines of a stream. The last one says where the next stream begins, and how much there is in
/// all: who does not get it has not got all.
struct ChangeRows {
  Wish wish;
  std::optional<std::size_t> left; ///< changes, but for those that are told ahead; nothing: all

  bool operator()(Exchange const& exchange, catalogue::View& view, std::size_t most,
                  RowWriter& out) {
    auto const page = page_after(view, wish, std::min(most, left.value_or(most)));
    ChangeWriter writer(exchange, view, wish);
    for (auto const& entry : page.entries) {
      out.append(writer.write(entry));
      if (left && !entry.is_ahead) --*left;
    }
    wish.since.sequence = page.next;
    if (left == std::size_t{0}) return false;
    if (!page.at_end) return true;
    json::Writer end;
    end.begin_object().name("op").string("end").name("cursor");
    end.string(cursor_text(history_of(view), wish.since));
    write_count(end, view, wish.items);
    out.append(end.end_object().take());
    return false;
  }
};

} // namespace

Reply get_changes(Exchange& exchange) {
  auto const& scope = scope_of(exchange);
  auto view = exchange.view(scope);
  Wish wish{.since = {}, .items = flag(exchange, "items"), .content = flag(exchange, "content")};
  if (auto const since = exchange.parameters().get("since")) {
    wish.since = read_cursor(*since, view);
  }
  if (wish.since.sequence == 0) wish.since.began = view.revision().sequence;
  if (exchange.form() == Form::ndjson) {
    return stream_rows(exchange, view,
                       {.next = ChangeRows{wish, limit_of_stream(exchange)},
                        .piece = standard_changes,
                        .page = std::nullopt,
                        .most = std::nullopt,
                        .table = {},
                        .depends_on_language = false});
  }
  auto tag = list_tag(exchange, view.revision(), view.revision().sequence);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto page = page_after(view, wish, read_limit(exchange, standard_changes, most_changes));
  ChangeWriter writer(exchange, view, wish);
  std::string changes;
  catalogue::FeedEntry const* last = nullptr;
  for (auto const& entry : page.entries) {
    // Behind what is told ahead the same would come again.
    if (changes.size() > most_bytes && !last->is_ahead) {
      page.next = last->change.sequence;
      page.at_end = false;
      break;
    }
    changes += (changes.empty() ? "" : ",") + writer.write(entry);
    last = &entry;
  }
  wish.since.sequence = page.next;
  auto const next = cursor_text(history_of(view), wish.since);
  Links links;
  add_self(links, exchange, exchange.self(), json_type);
  auto const address = exchange.site().public_url + "/changes?";
  links.add("next", address + exchange.parameters().with("since", next), json_type);
  json::Writer out;
  out.begin_object().name("changes").raw("[" + changes + "]").name("next").string(next);
  out.name("at_end").boolean(page.at_end);
  write_count(out, view, wish.items);
  out.name("links").raw("[" + links.text() + "]").end_object();
  return tagged(out.take(), json_type, std::move(tag));
}

} // namespace terracat::api
