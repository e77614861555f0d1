#pragma once

#include "catalogue/concept_rules.hpp"
#include "catalogue/keyword_decisions.hpp"
#include "vocabulary/resolve.hpp"
#include "vocabulary/thesaurus.hpp"

#include <terracat/record.hpp>
#include <terracat/revision.hpp>

#include <array>
#include <bitset>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace terracat::catalogue {

/// What records say of their subject, once for all that say the same: a keyword with its address, a
/// variable, a platform, an instrument.
struct SaidTerm {
  std::string address;             ///< of the concept, as the source gave it; may be empty
  std::vector<std::string> labels; ///< in each language

  /// By which operators decide of it: the labels folded (folded_keyword), else the address.
  std::vector<std::string> keywords;

  /// What it stands for, and how that was found out: only what is sure (vocabulary::sure_score).
  std::vector<vocabulary::Resolution> meant;

  /// What it may stand for if nothing is sure, the surest first: a few.
  std::vector<vocabulary::Resolution> candidates;

  /// That and all that lies above it, in order: heads (ConceptUses::head_of).
  std::vector<vocabulary::ConceptNumber> counted;

  /// Of the rule that concluded it; empty: the record says it.
  std::string rule = {};

  /// Places of the rules whose words it fulfils.
  std::vector<std::uint16_t> fulfilled = {};
};

/// What terms stand for by the vocabularies of a site and by what was decided of keywords, each
/// found out once. For one thread.
class TermPool {
 public:
  /// \param rules  may be null: there are none
  explicit TermPool(std::shared_ptr<vocabulary::Thesaurus const> thesaurus,
                    std::shared_ptr<KeywordDecisions const> decisions =
                        std::make_shared<KeywordDecisions const>(),
                    std::shared_ptr<ConceptRules const> rules = nullptr);

  /// Stays where it is as long as the pool is there.
  [[nodiscard]] SaidTerm const* intern(std::string address, std::vector<std::string> labels);

  /// From now on terms are told by these decisions; former ones stay as they are for who has them.
  void decide(std::shared_ptr<KeywordDecisions const> decisions);

  /// What stands in the place of each term that has one of these keywords. \param keywords  in
  /// order
  [[nodiscard]] std::unordered_map<SaidTerm const*, SaidTerm const*>
  renewed(std::vector<std::string> const& keywords) const;

  /// What rules conclude of a record of the source that says so much.
  [[nodiscard]] std::vector<SaidTerm const*> concluded(std::string_view source,
                                                       std::span<SaidTerm const* const> said) const;

  [[nodiscard]] vocabulary::Thesaurus const& thesaurus() const noexcept { return *thesaurus_; }

  [[nodiscard]] std::shared_ptr<KeywordDecisions const> const& decisions() const noexcept {
    return decisions_;
  }

  /// Never null.
  [[nodiscard]] std::shared_ptr<ConceptRules const> const& rules() const noexcept { return rules_; }

  /// Those that nobody is told by any more among them.
  [[nodiscard]] std::size_t size() const noexcept { return kept_.size(); }

 private:
  SaidTerm const* keep(SaidTerm term);

  std::shared_ptr<vocabulary::Thesaurus const> thesaurus_;
  std::shared_ptr<KeywordDecisions const> decisions_;
  std::shared_ptr<ConceptRules const> rules_;
  std::vector<SaidTerm>
      by_rules_;              ///< by their places; one whose concept nobody knows counts nothing
  std::deque<SaidTerm> kept_; ///< all that was ever handed out
  std::unordered_map<std::string, SaidTerm const*> terms_; ///< as of now, by address and labels
};

/// The concepts that the records of one state of the catalogue are about. Fixed once it is
/// published (ConceptIndex); versions share what they have in common.
class ConceptUses {
 public:
  using Number = vocabulary::ConceptNumber;

  /// Of no record yet.
  ConceptUses(std::shared_ptr<TermPool> pool, Revision revision)
      : pool_(std::move(pool)),
        decisions_(pool_->decisions()),
        revision_(revision),
        counts_(pool_->thesaurus().size()),
        datasets_(counts_.size()) {}

  /// The state that it is of. Records that changed while it was made may be newer.
  [[nodiscard]] Revision revision() const noexcept { return revision_; }

  [[nodiscard]] vocabulary::Thesaurus const& thesaurus() const noexcept {
    return pool_->thesaurus();
  }

  [[nodiscard]] KeywordDecisions const& decisions() const noexcept { return *decisions_; }

  /// \return  null if nobody decided of the term
  [[nodiscard]] store::KeywordDecision const* decision_of(SaidTerm const& term) const noexcept;

  /// Of concepts that are exactly the same, the one that stands for all.
  [[nodiscard]] Number head_of(Number number) const;

  /// Records that are about the concept, one that is exactly the same, or one that lies below.
  [[nodiscard]] std::size_t count(Number number) const { return counts_.at(head_of(number)); }

  /// Those of them that are data sets: what is answered as a collection.
  [[nodiscard]] std::size_t datasets(Number number) const { return datasets_.at(head_of(number)); }

  /// Another one for other rules; 0 if there are none.
  [[nodiscard]] std::uint64_t rules_digest() const { return digest_of(*pool_->rules()); }

  /// What the record says of its subject, then what rules concluded.
  [[nodiscard]] std::span<SaidTerm const* const> terms_of(RecordNumber record) const;

  /// The heads of all that the record is counted for, in order. Valid as long as this is.
  [[nodiscard]] std::span<Number const> counted_of(RecordNumber record) const;

  /// The first records, by number, that are counted for the concept. \throws geometry::Late
  [[nodiscard]] std::vector<RecordNumber> records_about(Number number, std::size_t limit) const;

  /// Calls `visit` for each record that says something, by number.
  void each_record(
      std::function<void(RecordNumber, std::span<SaidTerm const* const>)> const& visit) const;

  /// No more records than this say anything.
  [[nodiscard]] std::size_t room() const noexcept { return blocks_.size() * block_size; }

  /// The terms that are kept for it, those that no record says any more among them; for tests.
  [[nodiscard]] std::size_t terms_kept() const noexcept { return kept_; }

  /// A new pool would be much smaller.
  [[nodiscard]] bool is_wasteful() const noexcept { return kept_ > 2 * needed_ + few_terms; }

  // ---- For who makes a version

  /// \param terms  what it says itself: what rules conclude is added
  void put(RecordNumber record, std::vector<SaidTerm const*> terms, bool is_dataset,
           std::string_view source = {});

  void remove(RecordNumber record) { put(record, {}, false); }

  /// The same records by other vocabularies or rules, or with a pool that has what they say now
  /// alone: nothing is read, each term is looked up once.
  [[nodiscard]] ConceptUses told_by(std::shared_ptr<TermPool> const& pool) const;

  /// Tells terms by these decisions from now on; records that say none of their keywords stay as
  /// they are.
  void decide(std::shared_ptr<KeywordDecisions const> const& decisions);

  /// It is of this state now, and complete.
  void reach(Sequence sequence) noexcept {
    revision_.sequence = sequence;
    kept_ = pool_->size();
    if (needed_ == 0) needed_ = kept_;
  }

  [[nodiscard]] std::vector<SaidTerm const*> terms_of(model::Record const& record);

 private:
  static constexpr std::int64_t block_size = 256;
  static constexpr std::size_t few_terms = 1'000;
  using Terms = std::vector<SaidTerm const*>;

  struct Block {
    std::array<Terms, block_size> terms;
    std::array<std::vector<Number>, block_size> counted;
    std::bitset<block_size> are_datasets;
    std::array<std::uint32_t, block_size> sources{}; ///< places in sources_
  };

  /// What a record is put with.
  struct Said {
    Terms terms; ///< without what rules concluded
    bool is_dataset = false;
    std::string source;
  };

  /// Of the place in a block. \return  nothing: no record is there
  [[nodiscard]] std::optional<Said> said_at(Block const& block, std::int64_t place) const;

  /// The place of the source in sources_, where it is added.
  [[nodiscard]] std::uint32_t place_of(std::string_view source);

  [[nodiscard]] static std::size_t place_in_block(RecordNumber record) noexcept {
    return static_cast<std::size_t>(static_cast<std::int64_t>(record) % block_size);
  }

  /// The block of the record, which no other version has.
  Block& own_block(RecordNumber record);

  [[nodiscard]] Block const* block_of(RecordNumber record) const;

  /// Counts a record once more, or once less.
  void count(std::vector<Number> const& heads, bool is_dataset, std::uint32_t step);

  std::shared_ptr<TermPool> pool_; ///< shared with later versions, which add to it
  std::shared_ptr<KeywordDecisions const> decisions_;
  Revision revision_;
  std::vector<std::string> sources_{std::string()};       ///< the first one is of no record
  std::map<std::int64_t, std::shared_ptr<Block>> blocks_; ///< of consecutive record numbers
  std::vector<std::uint32_t> counts_;                     ///< by head
  std::vector<std::uint32_t> datasets_;                   ///< likewise
  std::size_t kept_ = 0;
  std::size_t needed_ = 0; ///< terms of the pool when all that was in it was said
};

} // namespace terracat::catalogue
