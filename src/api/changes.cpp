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

struct Wish {
  Sequence since = 0;
  bool items = false;
  bool content = false;
};

// ---- What is asked

[[noreturn]] void refuse(ProblemKind kind, std::string detail, std::string_view where) {
  throw ProblemError({.kind = kind, .detail = std::move(detail), .where = std::string(where)});
}

std::string cursor_text(std::uint64_t epoch, Sequence sequence) {
  return hexadecimal(epoch) + "-" + std::to_string(sequence);
}

/// For a cursor that means nothing any more.
[[noreturn]] void begin_anew(std::string_view why) {
  refuse(ProblemKind::token_expired,
         std::string(why) + "; begin anew, without 'since', and drop what does not come", "since");
}

Sequence read_cursor(std::string_view text, Revision revision) {
  auto const dash = std::min(text.find('-'), text.size());
  std::uint64_t epoch = 0;
  Sequence sequence = -1;
  auto const* const middle = text.data() + dash;
  auto const* const end = text.data() + text.size();
  bool const is_read = dash == 16 && dash < text.size() &&
                       std::from_chars(text.data(), middle, epoch, 16).ptr == middle &&
                       std::from_chars(middle + 1, end, sequence).ptr == end && sequence >= 0;
  if (!is_read) {
    refuse(ProblemKind::invalid_parameter, "expected a cursor of an earlier answer", "since");
  }
  if (epoch != revision.epoch) {
    begin_anew("the cursor is of an earlier catalogue, before it was restored or repaired");
  }
  if (sequence > revision.sequence) {
    refuse(ProblemKind::invalid_parameter, "no answer has had this cursor yet", "since");
  }
  return sequence;
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
  ChangeWriter(Exchange const& exchange, catalogue::View& view, bool content)
      : exchange_(exchange), view_(view), content_(content) {}

  std::string write(catalogue::FeedEntry const& entry) {
    auto const& change = entry.change;
    bool const is_item = change.subject == Subject::item;
    bool const is_gone = change.operation == Operation::remove;
    json::Writer out;
    out.begin_object().name("cursor");
    out.string(cursor_text(view_.revision().epoch, change.sequence));
    out.name("op").string(is_gone ? "delete" : "upsert");
    out.name("type").string(is_item ? "item" : "record").name("id").string(change.id);
    out.member("collection", entry.collection);
    out.member("source", entry.record ? entry.record->row.source : change.source);
    out.member("updated", model::to_iso8601(change.at)).member("title", change.title);
    if (entry.is_ahead) out.name("ahead").boolean(true);
    if (entry.record) write_record(out, *entry.record);
    if (content_ && entry.item) out.name("item").raw(item_text(entry));
    return out.end_object().take();
  }

 private:
  void write_record(json::Writer& out, catalogue::ShownRecord const& record) {
    auto parts = *view_.answered(record.row.number, record.entry);
    auto chain = formats::chain_of(parts);
    chain.push_back(own_station(record));
    out.name("hops").integer(static_cast<std::int64_t>(chain.size()));
    out.name("via").raw(formats::chain_text(chain));
    if (!content_) return;
    formats::keep_chain(parts, {}); // it is told beside
    auto const told = model::Record::make(std::move(parts)).value();
    out.name("record").raw(with_local_assets(
        exchange_, formats::to_record_json(told, formats::GeometryText::geojson)));
  }

  [[nodiscard]] formats::Station own_station(catalogue::ShownRecord const& record) {
    auto const& row = record.row;
    auto& reader = view_.reader();
    auto const changes = reader.changes(row.sequence - 1, 1);
    bool const is_known = changes && !changes->empty() && changes->front().sequence == row.sequence;
    return {.catalogue = exchange_.site().public_url,
            .title = exchange_.site().title,
            .id = record.id,
            .source = row.source,
            .origin = origin_of(row),
            .changed = is_known ? model::to_iso8601(changes->front().at) : std::string()};
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
  bool content_;
  store::ShownItem item_;
};

catalogue::FeedPage page_after(catalogue::View& view, Wish const& wish, std::size_t most) {
  auto page = catalogue::read_feed(view, {.since = wish.since, .items = wish.items, .most = most});
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
  bool is_over = false;

  bool operator()(Exchange const& exchange, catalogue::View& view, std::size_t most,
                  RowWriter& out) {
    if (is_over) return false;
    auto const page = page_after(view, wish, most);
    ChangeWriter writer(exchange, view, wish.content);
    for (auto const& entry : page.entries) {
      if (out.rows() == most) return true; // what is told ahead is more than was asked for
      out.append(writer.write(entry));
      wish.since = entry.change.sequence;
    }
    wish.since = page.next;
    is_over = page.at_end && out.rows() < most;
    if (is_over) {
      json::Writer end;
      end.begin_object().name("op").string("end").name("cursor");
      end.string(cursor_text(view.revision().epoch, page.next));
      write_count(end, view, wish.items);
      out.append(end.end_object().take());
    }
    return !is_over;
  }
};

} // namespace

Reply get_changes(Exchange& exchange) {
  auto const& scope = scope_of(exchange);
  auto view = exchange.view(scope);
  Wish wish{.since = 0, .items = flag(exchange, "items"), .content = flag(exchange, "content")};
  if (auto const since = exchange.parameters().get("since")) {
    wish.since = read_cursor(*since, view.revision());
  }
  if (exchange.form() == Form::ndjson) {
    return stream_rows(exchange, view,
                       {.next = ChangeRows{wish},
                        .piece = standard_changes,
                        .page = std::nullopt,
                        .most = limit_of_stream(exchange),
                        .table = {},
                        .depends_on_language = false});
  }
  auto tag = list_tag(exchange, view.revision(), view.revision().sequence);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto page = page_after(view, wish, read_limit(exchange, standard_changes, most_changes));
  ChangeWriter writer(exchange, view, wish.content);
  std::string changes;
  auto told = wish.since;
  for (auto const& entry : page.entries) {
    if (changes.size() > most_bytes) {
      page.next = told;
      page.at_end = false;
      break;
    }
    changes += (changes.empty() ? "" : ",") + writer.write(entry);
    told = entry.change.sequence;
  }
  auto const next = cursor_text(view.revision().epoch, page.next);
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
