#include "kinds/oai_pmh/oai_pmh.hpp"
#include "kinds/oai_pmh/options.hpp"
#include "kinds/oai_pmh/repository.hpp"
#include "kinds/oai_pmh/state.hpp"
#include "kinds/url.hpp"

#include <algorithm>

namespace terracat::kinds::oai_pmh {
namespace {

/// So many pages in a row without a new record are a circle.
constexpr std::size_t most_idle_pages = 3;

/// A span of a century is cut down to a second in 32 steps, and some bad records may lie side by
/// side; more failures without a page lie in the server. An answer that is too large costs more
/// than others.
constexpr std::size_t most_troubles_in_a_row = 100;
constexpr std::size_t weight_of_too_large = 5;

/// Tokens stand in addresses and in checkpoints.
constexpr std::size_t longest_token = 16'384;

class OaiHarvester : public Harvester {
 public:
  /// \param since  nothing: everything is wanted
  OaiHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
               What what, std::optional<model::Instant> since = std::nullopt)
      : repository_(fetcher, source.address),
        what_(what),
        since_(since),
        address_(source.address),
        format_(source.format),
        options_(parse_options(source.options)) {
    if (checkpoint.empty()) return;
    state_ = State::from_checkpoint(checkpoint, query());
    if (!state_.done && state_.set > 0 && state_.set >= options_.sets.size()) {
      throw StaleCheckpoint("the checkpoint is of more sets than are configured");
    }
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (state_.done) return std::nullopt;
    Page page;
    if (state_.prefix.empty()) introduce(page, stop);
    for (bool has_page = false; !has_page && !state_.done;) {
      auto answer = repository_.list(state_, set(), what_, stop);
      if (repository_.now()) state_.now = repository_.now();
      if (auto* const list = std::get_if<List>(&answer)) {
        if (auto const trouble = foreign_record(*list)) {
          face(*trouble, page);
        } else {
          take(std::move(*list), page);
          has_page = true;
        }
      } else if (auto const* const trouble = std::get_if<Trouble>(&answer)) {
        face(*trouble, page);
      } else {
        end_empty_list(page, stop);
      }
    }
    page.announced = state_.announced;
    page.checkpoint = state_.to_checkpoint(query());
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override {
    return state_.done && state_.seen_all && !state_.unproven;
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  /// What the lists are of.
  [[nodiscard]] std::string query() const {
    auto text = address_ + '\n' + options_.metadata_prefix;
    for (auto const& set : options_.sets) text += "\nset " + set;
    if (since_) text += "\nsince " + model::to_iso8601(*since_);
    return text + (what_ == What::ids ? "\nids" : "");
  }

  /// Empty: everything.
  [[nodiscard]] std::string_view set() const {
    return options_.sets.empty() ? std::string_view() : options_.sets.at(state_.set);
  }

  /// The list of a set. Some repositories refuse dates before their earliest.
  [[nodiscard]] Span whole() const {
    bool const is_limited = since_ && (!state_.earliest || *state_.earliest < *since_);
    return {.from = is_limited ? since_ : std::nullopt, .until = std::nullopt};
  }

  void introduce(Page& page, std::stop_token const& stop) {
    auto const identity = repository_.identify(stop);
    state_.is_daily = identity.is_daily;
    state_.earliest = identity.earliest;
    state_.prefix = repository_.choose_format(options_.metadata_prefix, stop);
    state_.spans = {whole()};
    page.remarks.push_back("repository '" + excerpt(identity.name) + "', format " +
                           excerpt(state_.prefix) + ", dates to the " +
                           (identity.is_daily ? "day" : "second"));
  }

  void report(Page& page, FindingCode code, std::string_view what) const {
    auto where = std::string(set());
    if (!state_.spans.empty() && state_.spans.back() != whole()) {
      where += (where.empty() ? "" : ", ") + state_.spans.back().as_text(state_.is_daily);
    }
    page.failures.push_back({.native_id = {}, .finding = {code, std::move(where), excerpt(what)}});
  }

  // ---- A page that failed

  void face(Trouble const& trouble, Page& page) {
    bool const is_large = trouble.finding.code == FindingCode::too_large;
    troubles_in_a_row_ += is_large ? weight_of_too_large : 1;
    if (troubles_in_a_row_ >= most_troubles_in_a_row) {
      throw ProtocolError("the source delivers nothing: " + trouble.sentence);
    }
    auto const breaks = state_.list.breaks;
    bool const is_of_token = trouble.is_refusal && !state_.list.token.empty();
    state_.begin_list();
    state_.list.breaks = breaks + 1;
    // A token that has expired says nothing against the list.
    if (is_of_token && breaks == 0) return;
    if (state_.split()) {
      state_.list.breaks = 0;
      return;
    }
    if (state_.spans.back() == whole()) throw ProtocolError(trouble.sentence);
    report(page, trouble.finding.code, trouble.finding.excerpt);
    state_.unproven = true;
    end_span();
  }

  // ---- A page that came

  void take(List list, Page& page) {
    auto const known = state_.seen.size();
    ++state_.list.pages;
    if (is_behind_the_end(list)) {
      end_list(true, page);
      return;
    }
    if (list.token) note_size(list.token->list_size, page);
    auto const before = state_.listed.size();
    for (auto& record : list.records) take(std::move(record), page);
    // Pages of what is known already are no sign that the server gets on.
    if (state_.seen.size() > known) troubles_in_a_row_ = 0;
    bool const is_idle = state_.listed.size() == before;
    state_.list.idle_pages = is_idle ? state_.list.idle_pages + 1 : 0;
    state_.list.token = list.token ? list.token->text : std::string();
    if (state_.list.token.size() > longest_token) {
      throw ProtocolError("the repository's resumption token is too long");
    }
    if (state_.list.token.empty()) {
      end_list(list.token.has_value(), page);
    } else if (state_.list.idle_pages == most_idle_pages) {
      report(page, FindingCode::list_in_circles, state_.list.token);
      state_.unproven = true;
      end_span();
    }
  }

  /// pycsw does not leave the last token empty; what it leads to has come before.
  [[nodiscard]] bool is_behind_the_end(List const& list) const {
    bool const has_all = state_.list.size && *state_.list.size == state_.listed.size();
    return has_all && state_.list.pages > 1 &&
           std::ranges::all_of(list.records, [this](Listed const& record) {
             return state_.listed.contains(record.identifier);
           });
  }

  void note_size(std::optional<std::size_t> size, Page& page) {
    auto& list = state_.list;
    if (!size) return;
    if (list.size && *list.size != *size && !list.size_changed) {
      list.size_changed = true;
      report(page, FindingCode::count_changed,
             std::to_string(*list.size) + ", then " + std::to_string(*size));
    }
    list.size = size;
    // What one of several lists announces says nothing of the whole.
    if (state_.is_first_list && options_.sets.size() < 2) state_.announced = size;
  }

  void take(Listed record, Page& page) {
    auto const& id = record.identifier;
    auto const fail = [&](FindingCode code, std::string_view what) {
      page.failures.push_back(
          {.native_id = id, .finding = {code, std::string(set()), excerpt(what)}});
    };
    if (id.empty()) {
      state_.unproven = true;
      fail(FindingCode::no_identifier, id);
      return;
    }
    bool const is_new = state_.seen.insert(id);
    if (!state_.listed.insert(id)) {
      state_.list.has_repeats = true;
      fail(FindingCode::record_repeated, id);
      return;
    }
    // It may have come in another set, or before the list broke off.
    if (!is_new || record.is_deleted) return;
    if (record.bytes.empty() && what_ == What::documents) {
      state_.unproven = true;
      fail(FindingCode::not_delivered, "a record without metadata");
      return;
    }
    auto address = without_credentials(repository_.record_url(id, state_.prefix));
    page.documents.push_back({.native_id = std::move(record.identifier),
                              .format = format_,
                              .bytes = std::move(record.bytes),
                              .address = std::move(address)});
  }

  /// A token may lose the set: its page is of another list. A record that does not say its sets is
  /// believed to be in this one.
  [[nodiscard]] std::optional<Trouble> foreign_record(List const& list) const {
    auto const wanted = std::string(set());
    if (wanted.empty()) return std::nullopt;
    auto const is_of_set = [&wanted](std::string const& name) {
      return name == wanted || name.starts_with(wanted + ':');
    };
    auto const found = std::ranges::find_if(list.records, [&](Listed const& record) {
      return !record.sets.empty() && std::ranges::none_of(record.sets, is_of_set);
    });
    if (found == list.records.end()) return std::nullopt;
    Trouble trouble;
    trouble.sentence = "the list of the set '" + wanted + "' holds records of others";
    trouble.finding = {FindingCode::not_delivered, {}, excerpt(trouble.sentence)};
    trouble.is_refusal = true;
    return trouble;
  }

  // ---- Ends

  /// \param is_said  by an empty token
  void end_list(bool is_said, Page& page) {
    troubles_in_a_row_ = 0;
    auto const& list = state_.list;
    auto const count = state_.listed.size();
    // A length that the list itself disproves is none.
    bool const has_size = list.size && *list.size >= count;
    // Repeated records may stand where others are lost.
    bool const has_end = (is_said || list.pages == 1) && count > 0 && !list.has_repeats;
    if (has_size ? *list.size != count : !has_end) {
      report(page, FindingCode::list_cut_short,
             std::to_string(count) + (has_size ? " of " + std::to_string(*list.size) : "") +
                 " records");
      state_.unproven = true;
    }
    state_.unproven = state_.unproven || list.size_changed;
    end_span();
  }

  /// A set that is empty is one, if there is such a set.
  void end_empty_list(Page& page, std::stop_token const& stop) {
    bool const is_whole_set = !since_ && state_.spans.back() == whole();
    if (is_whole_set && !set().empty() && !repository_.has_set(set(), stop)) {
      report(page, FindingCode::not_at_source, set());
      state_.unproven = true;
    }
    end_span();
  }

  void end_span() {
    state_.spans.pop_back();
    state_.begin_list();
    if (!state_.spans.empty()) return;
    state_.spans.push_back(whole());
    if (++state_.set >= options_.sets.size()) state_.done = true;
  }

  Repository repository_;
  What what_;
  std::optional<model::Instant> since_;
  std::string address_;
  std::string format_;
  Options options_;
  State state_;
  std::size_t troubles_in_a_row_ = 0;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<OaiHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<OaiHarvester>(source, means.fetcher, checkpoint, What::documents, since);
}

} // namespace terracat::kinds::oai_pmh
