#include "kinds/counted_list.hpp"
#include "kinds/options.hpp"
#include "kinds/peer/options.hpp"
#include "kinds/peer/peer.hpp"
#include "kinds/peer/walk.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>

#include <utility>

namespace terracat::kinds::peer {
namespace {

using Reason = fetch::FetchError::Reason;

/// Pages in a row with no change on them: a feed of records passes over those of items.
constexpr std::size_t most_idle_pages = 10'000;
constexpr int gone_status = 410;

/// What a change is about. Valid while its page is.
struct Subject {
  std::string id;
  std::string collection; ///< of an item; empty: a record
  bool is_item = false;
};

class FeedHarvester : public Harvester {
 public:
  /// \param checkpoint  may be empty
  FeedHarvester(Source const& source, fetch::Fetcher& fetcher, Purpose purpose,
                std::string_view checkpoint, What what)
      : fetcher_(fetcher), what_(what), address_(source.address), walk_(purpose) {
    auto const options = read_options(options_schema, source.options);
    auto const root = options.root();
    wants_items_ = *root.member("items")->boolean();
    pole_ = *root.string("pole");
    most_ = whole_number(*root.member("max_changes"));
    page_size_ = whole_number(*root.member("page_size"));
    query_ = address_ + '\n' + pole_ + (wants_items_ ? "\nitems" : "");
    if (!checkpoint.empty()) walk_ = Walk(purpose, checkpoint, query());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (following_) return std::exchange(following_, std::nullopt);
    if (walk_.is_over() || has_given_up_) return std::nullopt;
    auto const body = fetched(std::move(stop)).body;
    auto const document = json::Document::parse(body);
    auto const root = document ? std::optional(document->root()) : std::nullopt;
    auto const changes = root ? root->member("changes") : std::nullopt;
    auto const cursor = Cursor::parse(root ? root->string("next").value_or("") : "");
    auto const at_end = root ? root->member("at_end") : std::nullopt;
    bool const is_feed =
        changes && changes->is_array() && cursor && at_end && at_end->boolean().has_value();
    if (!is_feed) refuse_page(body, "feed of changes of a terracat");
    has_brought_a_page_ = true;
    Page page;
    if (!walk_.may_go_to(*cursor)) {
      give_up(page, FindingCode::list_in_circles, "the feed goes back to " + cursor->text());
      return page;
    }
    take(*changes, *cursor, page);
    move(*cursor, *at_end->boolean(), *root, changes->size(), page);
    page.checkpoint = walk_.to_checkpoint(query());
    if (replaced_.empty()) return page;
    following_ = std::move(page);
    Page before;
    before.gone = std::exchange(replaced_, {});
    before.announced = following_->announced;
    return before;
  }

  [[nodiscard]] bool complete() const noexcept override { return walk_.is_complete(); }

  [[nodiscard]] std::string cursor() const override {
    return walk_.place() && what_ == What::documents ? walk_.to_cursor(query()) : std::string();
  }

  [[nodiscard]] Coverage coverage() const noexcept override {
    return wants_items_ ? Coverage::everything : Coverage::records;
  }

 private:
  [[nodiscard]] std::string query() const { return query_ + (what_ == What::ids ? "\nids" : ""); }

  [[nodiscard]] fetch::Response fetched(std::stop_token stop) {
    Parameters parameters{{"limit", std::to_string(page_size_)},
                          {"items", wants_items_ ? "true" : "false"},
                          {"content", what_ == What::documents ? "true" : "false"}};
    if (auto const& place = walk_.place()) parameters.emplace_back("since", place->text());
    if (!pole_.empty()) parameters.emplace_back("pole", pole_);
    fetch::Request request;
    request.url = with_parameters(below(address_, "changes"), parameters);
    request.accept = "application/json";
    try {
      return fetcher_.fetch(request, std::move(stop));
    } catch (fetch::FetchError const& error) {
      bool const is_over = error.reason() == Reason::status && error.status() == gone_status;
      if (!is_over || !walk_.place()) throw;
      std::string const why = "the other catalogue does not know our cursor any more: it was "
                              "restored or repaired, shows other sources now, or has forgotten "
                              "what went since then";
      if (has_brought_a_page_) throw ProtocolError(why); // the next run begins anew
      throw ChangesUnknown(why);
    }
  }

  /// The list ends here, and something is missing of it.
  void give_up(Page& page, FindingCode code, std::string_view why) {
    page.failures.push_back({.native_id = {}, .finding = {code, {}, excerpt(why)}});
    walk_.doubt();
    has_given_up_ = true;
  }

  void move(Cursor const& cursor, bool is_at_end, json::Value const& root, std::size_t told,
            Page& page) {
    bool const stands = walk_.place() && walk_.place()->sequence == cursor.sequence;
    idle_pages_ = told == 0 ? idle_pages_ + 1 : 0;
    walk_.go_to(cursor, told);
    auto const held = root.member("held");
    auto const records = count_of(held ? held->member("records") : std::nullopt);
    auto const items = count_of(held ? held->member("items") : std::nullopt);
    if (records) page.announced = *records + items.value_or(0);
    if (is_at_end) {
      walk_.end();
      auto const wanted = std::optional(items.value_or(0));
      walk_.compare(records.value_or(0), wants_items_ ? wanted : std::nullopt);
      bool const is_short = !walk_.is_complete() && !has_failed_;
      if (is_short) {
        give_up(page, FindingCode::list_cut_short,
                "the feed ended with other numbers than it says");
      }
    } else if (stands || idle_pages_ > most_idle_pages) {
      give_up(page, FindingCode::list_in_circles, "the feed does not go on");
    } else if (walk_.told() >= most_) {
      give_up(page, FindingCode::list_cut_short, "more changes than options.max_changes");
    }
  }

  // ---- Changes

  void take(json::Value const& changes, Cursor const& next, Page& page) {
    std::size_t index = 0;
    for (auto const change : changes.elements()) take(change, index++, next, page);
  }

  void take(json::Value const& change, std::size_t index, Cursor const& next, Page& page) {
    auto const type = change.string("type").value_or("");
    auto const op = change.string("op").value_or("");
    auto const cursor = Cursor::parse(change.string("cursor").value_or(""));
    Subject const subject{.id = std::string(change.string("id").value_or("")),
                          .collection = std::string(change.string("collection").value_or("")),
                          .is_item = type == "item"};
    bool const is_known = (subject.is_item || type == "record") &&
                          (op == "upsert" || op == "delete") && !subject.id.empty() &&
                          subject.is_item != subject.collection.empty();
    if (!is_known) return lose(FindingCode::unexpected_root, index, subject.id, change, page);
    bool const is_in_order = cursor && cursor->epoch == next.epoch && walk_.may_go_to(*cursor) &&
                             cursor->sequence <= next.sequence;
    if (!is_in_order) return lose(FindingCode::list_in_circles, index, subject.id, change, page);
    if (subject.is_item && !wants_items_) return;
    if (op == "delete") {
      forget(subject, page);
      auto const has_moved = change.member("moved");
      if (has_moved && has_moved->boolean().value_or(false)) miss_items(subject, index, page);
    } else {
      give(subject, change, index, page);
    }
  }

  void forget(Subject const& subject, Page& page) {
    if (subject.is_item) {
      walk_.forget_item(subject.collection, subject.id);
    } else {
      walk_.forget_record(subject.id);
    }
    if (walk_.purpose() != Purpose::changes) return;
    page.gone.push_back({.native_id = subject.id, .collection = subject.collection});
  }

  /// Of a collection that has another id now: its items came before our cursor, and do not come
  /// again. The next run asks for everything.
  void miss_items(Subject const& subject, std::size_t index, Page& page) {
    if (!wants_items_ || walk_.purpose() != Purpose::changes) return;
    walk_.doubt();
    page.failures.push_back(
        {.native_id = subject.id,
         .finding = {FindingCode::list_cut_short, "/changes/" + std::to_string(index),
                     "it has another id now, and its items are not told anew"}});
  }

  void give(Subject const& subject, json::Value const& change, std::size_t index, Page& page) {
    auto const content = change.member(subject.is_item ? "item" : "record");
    if (what_ == What::documents && !content) {
      return lose(FindingCode::not_delivered, index, subject.id, change, page);
    }
    if (subject.is_item) {
      walk_.note_item(subject.collection, subject.id);
    } else {
      walk_.note_record(subject.id);
      replace(subject, change);
      auto const heir = number_of(change, "yielded_to");
      if (walk_.is_recent(heir)) miss_items(subject, index, page);
    }
    RawDocument document{.native_id = subject.id,
                         .format = subject.is_item ? "stac-item" : "terracat",
                         .bytes = {},
                         .address = address_of(subject),
                         .collection = subject.collection};
    if (content && what_ == What::documents) {
      document.bytes = subject.is_item ? content->text()
                                       : record_document(subject, *content, change.member("via"));
    }
    page.documents.push_back(std::move(document));
  }

  /// What bore the name of a collection that was made anew is another, and its items have gone with
  /// it: nothing else tells of them.
  void replace(Subject const& subject, json::Value const& change) {
    bool const is_anew = walk_.is_made_anew(subject.id, number_of(change, "made"));
    if (is_anew && wants_items_) {
      replaced_.push_back({.native_id = subject.id, .collection = {}});
    }
  }

  /// \return  0 if there is none
  static std::int64_t number_of(json::Value const& change, std::string_view name) {
    auto const member = change.member(name);
    return member ? member->integer().value_or(0) : 0;
  }

  /// What does not change unless the record does: where it stands in the feed is no part of it.
  static std::string record_document(Subject const& subject, json::Value const& record,
                                     std::optional<json::Value> const& via) {
    json::Writer out;
    out.begin_object().name("id").string(subject.id).name("terracat:record").value(record);
    if (via) out.name("terracat:via").value(*via);
    return out.end_object().take();
  }

  [[nodiscard]] std::string address_of(Subject const& subject) const {
    auto const path = subject.is_item ? "stac/collections/" + encoded(subject.collection) +
                                            "/items/" + encoded(subject.id)
                                      : "d/" + encoded(subject.id);
    return without_credentials(below(address_, path));
  }

  /// A change that cannot be read.
  void lose(FindingCode code, std::size_t index, std::string const& id, json::Value const& change,
            Page& page) {
    has_failed_ = true;
    walk_.doubt();
    page.failures.push_back(
        {.native_id = id,
         .finding = {code, "/changes/" + std::to_string(index), excerpt(change.text())}});
  }

  fetch::Fetcher& fetcher_;
  What what_;
  std::string address_;
  std::string pole_;
  bool wants_items_ = false;
  std::size_t most_ = 0; ///< changes of a walk
  std::size_t page_size_ = 0;
  std::string query_; ///< what checkpoints refer to
  Walk walk_;
  bool has_brought_a_page_ = false;
  bool has_given_up_ = false;
  bool has_failed_ = false; ///< a change could not be read, and was reported
  std::size_t idle_pages_ = 0;
  std::vector<Gone> replaced_;    ///< by what stands on the page that is read
  std::optional<Page> following_; ///< that page, once it was said what goes before it
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<FeedHarvester>(source, means.fetcher, Purpose::everything, checkpoint,
                                         what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant) {
  if (checkpoint.empty()) {
    throw ChangesUnknown("it is not known where the last complete run ended");
  }
  return std::make_unique<FeedHarvester>(source, means.fetcher, Purpose::changes, checkpoint,
                                         What::documents);
}

} // namespace terracat::kinds::peer
