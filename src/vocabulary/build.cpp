// From what documents describe to tables.

#include "query/digest.hpp"
#include "vocabulary/address.hpp"
#include "vocabulary/draft.hpp"
#include "vocabulary/equality.hpp"
#include "vocabulary/hierarchy.hpp"
#include "vocabulary/label_index.hpp"
#include "vocabulary/roles.hpp"
#include "vocabulary/tables.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace terracat::vocabulary {
namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;
using Pairs = std::vector<Pair>;

/// Each pair once, in the order in which they were first said.
Pairs once_each(Pairs pairs) {
  std::vector<std::uint32_t> order(pairs.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t place) { return std::pair(pairs[place], place); });
  std::vector<bool> is_repeated(pairs.size());
  for (std::size_t i = 1; i < order.size(); ++i) {
    is_repeated[order[i]] = pairs[order[i]] == pairs[order[i - 1]];
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!is_repeated[i]) pairs[kept++] = pairs[i];
  }
  pairs.resize(kept);
  return pairs;
}

void add(query::Digest& digest, Tables::Numbers const& numbers, std::size_t things) {
  for (std::size_t i = 0; i < things; ++i) {
    digest.add(std::uint64_t{numbers.of(i).size()});
    for (auto const number : numbers.of(i)) digest.add(std::uint64_t{number});
  }
}

std::uint64_t digest_of(Tables const& tables) {
  query::Digest digest;
  for (auto const& row : tables.concepts) {
    digest.add(tables.texts.of(row.uri)).add(tables.texts.of(row.modified));
    digest.add(std::uint64_t{row.vocabulary}).add(std::uint64_t{row.is_deprecated ? 1U : 0U});
  }
  for (auto const& row : tables.labels) {
    digest.add(tables.texts.of(row.text)).add(tables.languages[row.language]);
    digest.add(std::uint64_t{row.owner}).add(static_cast<std::uint64_t>(row.kind));
  }
  for (auto const& row : tables.notes.all()) {
    digest.add(tables.texts.of(row.text)).add(tables.languages[row.language]);
  }
  for (auto const& row : tables.mappings.all()) {
    digest.add(tables.texts.of(row.uri)).add(static_cast<std::uint64_t>(row.kind));
  }
  auto const count = tables.concepts.size();
  for (auto const& uri : tables.classes) digest.add(uri);
  add(digest, tables.in_classes, count);
  for (auto const* numbers :
       {&tables.in_schemes, &tables.broader, &tables.related, &tables.replacements}) {
    add(digest, *numbers, count);
  }
  for (auto const& vocabulary : tables.vocabularies) digest.add(vocabulary.name);
  for (auto const& group : tables.groups) {
    digest.add(group.uri).add(group.notation).add(std::uint64_t{group.members.size()});
    for (auto const number : group.members) digest.add(std::uint64_t{number});
    for (auto const place : group.groups) digest.add(std::uint64_t{place});
    for (auto const& label : group.label.entries()) digest.add(label.language).add(label.text);
  }
  for (auto const& scheme : tables.schemes) {
    digest.add(scheme.uri);
    for (auto const& title : scheme.title.entries()) digest.add(title.language).add(title.text);
  }
  return digest.value();
}

class Builder {
 public:
  Builder(std::span<Draft const> drafts, std::span<Draft> to_empty)
      : drafts_(drafts), to_empty_(to_empty) {
    if (drafts.size() > UINT16_MAX) throw std::length_error("vocabularies");
  }

  Tables run() {
    for (auto const& draft : drafts_) number(draft);
    describe_schemes();
    describe_groups();
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      relate(i);
      if (i < to_empty_.size()) to_empty_[i] = Draft();
    }
    finish();
    return std::move(tables_);
  }

 private:
  /// A number for each concept: that of the first who described it.
  void number(Draft const& draft) {
    auto const place = static_cast<std::uint16_t>(tables_.vocabularies.size());
    auto& vocabulary = tables_.vocabularies.emplace_back();
    vocabulary.name = draft.name;
    vocabulary.report = draft.report;
    for (std::size_t i = 0; i < draft.size(); ++i) {
      auto const key = address_key(draft.uri(i));
      auto const number = numbers_.add(key);
      described_.push_back(number);
      if (number == tables_.concepts.size()) {
        auto const described = draft.at(i);
        tables_.concepts.push_back({.uri = tables_.texts.add(described.uri),
                                    .address = tables_.texts.add(key),
                                    .created = tables_.texts.add(described.created),
                                    .modified = tables_.texts.add(described.modified),
                                    .vocabulary = place,
                                    .is_deprecated = described.is_deprecated});
        ++vocabulary.concepts;
        vocabulary.deprecated += described.is_deprecated ? 1 : 0;
      } else if (auto const& first = tables_.concepts[number];
                 first.vocabulary == place && tables_.texts.of(first.uri) != draft.uri(i)) {
        vocabulary.report.add(FindingCode::concept_repeated, draft.uri(i));
      }
    }
    ends_.push_back(described_.size());
  }

  void describe_schemes() {
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      auto& vocabulary = tables_.vocabularies[i];
      for (auto const& described : drafts_[i].schemes) {
        auto const next = static_cast<std::uint32_t>(tables_.schemes.size());
        if (!schemes_.try_emplace(address_key(described.uri), next).second) continue;
        vocabulary.schemes.push_back(next);
        tables_.schemes.push_back({.uri = described.uri,
                                   .title = described.title,
                                   .vocabulary = static_cast<std::uint16_t>(i)});
      }
      if (vocabulary.schemes.size() == 1) {
        vocabulary.title = tables_.schemes[vocabulary.schemes.front()].title;
      }
    }
    tops_.resize(tables_.schemes.size());
  }

  void describe_groups() {
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      for (auto const& described : drafts_[i].groups) {
        auto const next = static_cast<std::uint32_t>(tables_.groups.size());
        if (!tables_.group_of.try_emplace(address_key(described.uri), next).second) continue;
        tables_.groups.push_back({.uri = described.uri,
                                  .label = described.label,
                                  .notation = described.notation,
                                  .vocabulary = static_cast<std::uint16_t>(i)});
      }
    }
  }

  /// What is in the groups that a vocabulary describes.
  void fill_groups(std::size_t place, Report& report) {
    for (auto const& described : drafts_[place].groups) {
      auto& group = tables_.groups[tables_.group_of.at(address_key(described.uri))];
      for (auto const& uri : described.members) {
        auto const inner = tables_.group_of.find(address_key(uri));
        if (auto const number = number_of(uri)) {
          group.members.push_back(*number);
        } else if (inner != tables_.group_of.end()) {
          group.groups.push_back(inner->second);
        } else {
          report.add(FindingCode::relation_dangling, described.uri, uri);
        }
      }
      keep_once(group.members);
      keep_once(group.groups);
    }
  }

  static void keep_once(std::vector<std::uint32_t>& numbers) {
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  }

  [[nodiscard]] std::optional<ConceptNumber> number_of(std::string const& uri) const {
    return numbers_.find(address_key(uri));
  }

  [[nodiscard]] std::optional<std::uint32_t> scheme_of(std::string const& uri) const {
    auto const found = schemes_.find(address_key(uri));
    if (found == schemes_.end()) return std::nullopt;
    return found->second;
  }

  /// What the concepts of one vocabulary say of each other.
  void relate(std::size_t place) {
    auto& report = tables_.vocabularies[place].report;
    auto const begin = place == 0 ? 0 : ends_[place - 1];
    for (auto i = begin; i < ends_[place]; ++i) {
      auto const self = described_[i];
      auto const described = drafts_[place].at(i - begin);
      add_labels(self, described, report);
      add_relations(self, described, report);
      add_mappings(self, described);
      place_in_schemes(self, described, report);
    }
    fill_groups(place, report);
    for (auto const& scheme : drafts_[place].schemes) {
      auto const at = scheme_of(scheme.uri);
      for (auto const& uri : scheme.top_concepts) {
        auto const top = number_of(uri);
        if (!top) {
          report.add(FindingCode::relation_dangling, scheme.uri, uri);
        } else {
          in_schemes_.emplace_back(*top, *at);
          tops_[*at].push_back(*top);
        }
      }
    }
  }

  void add_labels(ConceptNumber self, DraftConcept const& described, Report& report) {
    for (auto const& uri : described.classes) {
      auto const next = static_cast<std::uint32_t>(tables_.classes.size());
      auto const [known, is_new] = classes_.try_emplace(uri, next);
      if (is_new) tables_.classes.push_back(uri);
      in_classes_.emplace_back(self, known->second);
    }
    for (auto const& label : described.labels) labels_.add(self, label);
    for (auto const& note : described.notes) {
      notes_.emplace_back(self, NoteRow{.text = tables_.texts.add(note.text),
                                        .language = labels_.language(note.language),
                                        .kind = note.kind});
    }
    bool const is_named = std::ranges::any_of(described.labels, [](DraftLabel const& label) {
      return label.kind == LabelKind::preferred || label.kind == LabelKind::alternate;
    });
    if (!is_named) report.add(FindingCode::label_missing, described.uri);
  }

  /// Both ends of each relation know it, whichever said so.
  void add_relations(ConceptNumber self, DraftConcept const& described, Report& report) {
    auto const each = [&](std::vector<std::string> const& uris, FindingCode missing, auto&& add) {
      for (auto const& uri : uris) {
        auto const other = number_of(uri);
        if (!other) {
          report.add(missing, described.uri, uri);
        } else if (*other == self) {
          report.add(FindingCode::relation_circular, described.uri, uri);
        } else {
          add(*other);
        }
      }
    };
    constexpr auto dangling = FindingCode::relation_dangling;
    each(described.broader, dangling, [&](auto other) { broader_.emplace_back(self, other); });
    each(described.narrower, dangling, [&](auto other) { broader_.emplace_back(other, self); });
    each(described.related, dangling, [&](auto other) {
      related_.emplace_back(self, other);
      related_.emplace_back(other, self);
    });
    each(described.replaced_by, FindingCode::replacement_missing,
         [&](auto other) { replacements_.emplace_back(self, other); });
  }

  void add_mappings(ConceptNumber self, DraftConcept const& described) {
    for (auto const& mapping : described.mappings) {
      auto const other = number_of(mapping.uri);
      if (other == self) continue;
      auto const uri = tables_.texts.add(mapping.uri);
      mappings_.emplace_back(self, MappingRow{.uri = uri,
                                              .number = other.value_or(MappingRow::nobody),
                                              .kind = mapping.kind});
      if (mapping.kind == MappingKind::exact) exact_.push_back({self, other, uri});
    }
  }

  void place_in_schemes(ConceptNumber self, DraftConcept const& described, Report& report) {
    for (auto const& uri : described.schemes) {
      if (auto const scheme = scheme_of(uri)) {
        in_schemes_.emplace_back(self, *scheme);
      } else {
        report.add(FindingCode::scheme_missing, described.uri, uri);
      }
    }
    for (auto const& uri : described.top_of) {
      if (auto const scheme = scheme_of(uri)) {
        in_schemes_.emplace_back(self, *scheme);
        tops_[*scheme].push_back(self);
      }
    }
  }

  void finish() {
    auto const count = tables_.concepts.size();
    tables_.by_address.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      tables_.by_address[i] = static_cast<ConceptNumber>(i);
    }
    tables_.by_name = tables_.by_address;
    std::ranges::stable_sort(tables_.by_name, {}, [this](ConceptNumber number) {
      auto const& row = tables_.concepts[number];
      return std::pair(row.vocabulary, local_name(tables_.texts.of(row.uri)));
    });
    std::ranges::sort(tables_.by_address, {}, [this](ConceptNumber number) {
      return tables_.texts.of(tables_.concepts[number].address);
    });
    tables_.notes = {count, std::exchange(notes_, {})};
    tables_.mappings = {count, std::exchange(mappings_, {})};
    broader_ = once_each(std::move(broader_));
    Pairs narrower;
    for (auto const& [below, above] : broader_) narrower.emplace_back(above, below);
    tables_.broader = {count, broader_};
    tables_.narrower = {count, narrower};
    tables_.related = {count, once_each(std::move(related_))};
    tables_.replacements = {count, once_each(std::move(replacements_))};
    tables_.in_classes = {count, once_each(std::move(in_classes_))};
    tables_.in_schemes = {count, once_each(std::move(in_schemes_))};
    finish_schemes();
    report_circles(tables_);
    equate(tables_, exact_);
    finish_compartments();
    labels_.finish();
    tables_.texts.shrink();
    tables_.digest = digest_of(tables_);
  }

  /// Of those that are exactly the same, or have the same name in addresses, the first.
  void finish_compartments() {
    auto const role = classes_.find(std::string(role::compartment));
    if (role == classes_.end()) return;
    std::unordered_set<std::uint32_t> equals;
    std::unordered_set<std::string_view> names;
    for (ConceptNumber number = 0; number < tables_.concepts.size(); ++number) {
      auto const& row = tables_.concepts[number];
      auto const classes = tables_.in_classes.of(number);
      bool const is_one = std::ranges::find(classes, role->second) != classes.end();
      if (!is_one || row.is_deprecated || equals.contains(row.equals)) continue;
      if (!names.insert(local_name(tables_.texts.of(row.uri))).second) continue;
      equals.insert(row.equals);
      tables_.compartments.push_back(number);
    }
  }

  void finish_schemes() {
    std::vector<Pairs::value_type> members;
    for (ConceptNumber number = 0; number < tables_.concepts.size(); ++number) {
      for (auto const scheme : tables_.in_schemes.of(number)) members.emplace_back(scheme, number);
    }
    Tables::Numbers const in(tables_.schemes.size(), members);
    for (std::size_t i = 0; i < tables_.schemes.size(); ++i) {
      auto& scheme = tables_.schemes[i];
      scheme.concepts = in.of(i).size();
      auto& tops = tops_[i];
      keep_once(tops);
      if (tops.empty() && scheme.concepts > 0) {
        tables_.vocabularies[scheme.vocabulary].report.add(FindingCode::no_top_concepts,
                                                           scheme.uri);
        std::ranges::copy_if(in.of(i), std::back_inserter(tops), [this](ConceptNumber number) {
          return tables_.broader.of(number).empty();
        });
      }
      scheme.top_concepts = std::move(tops);
    }
  }

  std::span<Draft const> drafts_;
  std::span<Draft> to_empty_;
  Tables tables_;
  LabelIndex labels_{tables_};
  Addresses numbers_; ///< of concepts: their address_key
  std::unordered_map<std::string, std::uint32_t> schemes_;
  std::unordered_map<std::string, std::uint32_t> classes_;
  std::vector<ConceptNumber> described_; ///< by all drafts
  std::vector<std::size_t> ends_;        ///< of each draft in described_
  std::vector<std::vector<ConceptNumber>> tops_;
  std::vector<std::pair<std::uint32_t, NoteRow>> notes_;
  std::vector<std::pair<std::uint32_t, MappingRow>> mappings_;
  std::vector<ExactMatch> exact_;
  Pairs broader_;
  Pairs related_;
  Pairs replacements_;
  Pairs in_schemes_;
  Pairs in_classes_;
};

} // namespace

Tables build(std::span<Draft const> drafts, std::span<Draft> to_empty) {
  return Builder(drafts, to_empty).run();
}

} // namespace terracat::vocabulary
