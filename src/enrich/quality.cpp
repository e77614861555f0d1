#include "enrich/quality.hpp"

#include "formats/citation.hpp"
#include "formats/json/online_text.hpp"

#include <algorithm>

namespace terracat::enrich {
namespace {

using model::LocalText;
using model::Record;

constexpr std::size_t useful_words = 3; ///< of a title
constexpr std::size_t useful_keywords = 3;
constexpr std::size_t useful_description = 200; ///< characters: two or three sentences
constexpr std::size_t short_description = 60;   ///< less than a sentence
constexpr std::size_t useful_lineage = 60;

Level level_of(bool is_stated, bool is_partial) noexcept {
  if (is_stated) return Level::stated;
  return is_partial ? Level::partial : Level::missing;
}

/// What the source did not say, though the answer does.
bool is_concluded(Record const& record, std::string_view member) noexcept {
  return std::ranges::find(record->inferences, member, &model::Inference::member) !=
         record->inferences.end();
}

std::size_t characters(std::string_view text) noexcept {
  auto const is_first = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::ranges::count_if(text, is_first));
}

/// Of the longest of its languages.
std::size_t characters(LocalText const& text) noexcept {
  std::size_t most = 0;
  for (auto const& entry : text.entries()) most = std::max(most, characters(entry.text));
  return most;
}

std::size_t words_in(std::string_view text) noexcept {
  std::size_t count = 0;
  bool is_within = false;
  for (auto const c : text) {
    bool const is_blank = static_cast<unsigned char>(c) <= 0x20;
    if (!is_blank && !is_within) ++count;
    is_within = !is_blank;
  }
  return count;
}

// ---- Findable

Level identifier(Record const& record, Known const&) {
  auto const is_lasting = [](model::Identifier const& one) {
    return one.scheme == "doi" || one.scheme == "hdl" || one.scheme == "ark";
  };
  auto const& all = record->identifiers;
  return level_of(std::ranges::any_of(all, is_lasting), !all.empty());
}

Level title(Record const& record, Known const&) {
  if (is_concluded(record, "title")) return Level::missing;
  auto const is_useful = [](LocalText::Entry const& entry) {
    return words_in(entry.text) >= useful_words;
  };
  return level_of(std::ranges::any_of(record->title.entries(), is_useful), true);
}

Level description(Record const& record, Known const&) {
  auto const length = characters(record->description);
  return level_of(length >= useful_description, length >= short_description);
}

Level keywords(Record const& record, Known const&) {
  auto count = record->variables.size();
  for (auto const& set : record->keyword_sets) count += set.keywords.size();
  return level_of(count >= useful_keywords, count > 0);
}

Level place(Record const& record, Known const&) {
  bool const has_area = std::ranges::any_of(
      record->spatial, [](auto const& extent) { return extent.geometry.has_value(); });
  return level_of(has_area && !is_concluded(record, "geometry"), !record->spatial.empty());
}

Level period(Record const& record, Known const&) {
  auto const is_read = [](auto const& extent) { return extent.interval.has_value(); };
  return level_of(std::ranges::any_of(record->temporal, is_read) && !is_concluded(record, "time"),
                  !record->temporal.empty());
}

// ---- Accessible

/// A page that leads to the data is less than the data.
Level access(Record const& record, Known const& known) {
  if (known.has_items) return Level::stated;
  auto const has_role = [](model::Asset const& asset, std::string_view role) {
    return std::ranges::find(asset.roles, role) != asset.roles.end();
  };
  auto const is_data = [&](model::Asset const& asset) {
    return !has_role(asset, "thumbnail") && !has_role(asset, "overview") &&
           !has_role(asset, "metadata");
  };
  auto const is_service = [](model::OnlineResource const& resource) {
    return formats::use_of(resource) == formats::OnlineUse::link &&
           formats::relation_of(resource) == "service";
  };
  auto const is_page = [](model::OnlineResource const& resource) {
    return formats::use_of(resource) == formats::OnlineUse::link;
  };
  return level_of(std::ranges::any_of(formats::assets_of(*record, {}), is_data) ||
                      std::ranges::any_of(record->online, is_service),
                  std::ranges::any_of(record->online, is_page));
}

Level contact(Record const& record, Known const&) {
  auto const can_be_reached = [](model::Contact const& one) {
    return !one.emails.empty() || !one.phones.empty() || !one.url.empty();
  };
  auto const& all = record->contacts;
  return level_of(std::ranges::any_of(all, can_be_reached), !all.empty());
}

// ---- Interoperable

/// A word that is recognised is less than the address of the concept.
Level concepts(Record const& record, Known const& known) {
  auto const has_address = [](model::KeywordSet const& set) {
    return std::ranges::any_of(set.keywords, [](auto const& one) { return !one.uri.empty(); });
  };
  return level_of(std::ranges::any_of(record->keyword_sets, has_address), known.names_concepts);
}

/// What files of a collection are is said with each of them, which is not looked at.
Level file_formats(Record const& record, Known const& known) {
  auto const has_type = [](model::Asset const& asset) { return !asset.type.empty(); };
  auto const has_media_type = [](model::OnlineResource const& one) {
    return !one.media_type.empty();
  };
  auto const are_item_assets = [](auto const& member) { return member.first == "item_assets"; };
  return level_of(!record->formats.empty() || std::ranges::any_of(record->assets, has_type) ||
                      std::ranges::any_of(record->online, has_media_type) ||
                      std::ranges::any_of(record->stac_members, are_item_assets),
                  known.has_items);
}

Level language(Record const& record, Known const&) {
  auto const is_said = [](LocalText::Entry const& entry) { return !entry.language.empty(); };
  auto const is_of_text = [&](LocalText const& text) {
    return std::ranges::any_of(text.entries(), is_said);
  };
  return level_of(!record->metadata_languages.empty() || !record->resource_languages.empty() ||
                      is_of_text(record->title) || is_of_text(record->description),
                  false);
}

// ---- Reusable

Level licence(Record const& record, Known const&) {
  auto const is_known = [](model::Licence const& one) {
    return !one.spdx.empty() || !one.url.empty();
  };
  return level_of(std::ranges::any_of(record->licences, is_known),
                  !record->licences.empty() || !record->access_constraints.empty());
}

Level lineage(Record const& record, Known const&) {
  auto const length = characters(record->lineage);
  return level_of(length >= useful_lineage, length > 0);
}

Level citation(Record const& record, Known const&) {
  auto const known = formats::citation_of(record, {}, {});
  return level_of(!known.authors.empty() && !known.year.empty(),
                  !known.authors.empty() || !known.publisher.empty() || !known.year.empty());
}

using enum Principle;

constexpr std::array table{
    Criterion{Aspect::title, "title", findable, 4, false, title},
    Criterion{Aspect::description, "description", findable, 10, false, description},
    Criterion{Aspect::identifier, "identifier", findable, 10, false, identifier},
    Criterion{Aspect::keywords, "keywords", findable, 6, false, keywords},
    Criterion{Aspect::place, "place", findable, 8, true, place},
    Criterion{Aspect::period, "period", findable, 8, true, period},
    Criterion{Aspect::access, "access", accessible, 14, false, access},
    Criterion{Aspect::contact, "contact", accessible, 8, false, contact},
    Criterion{Aspect::concepts, "concepts", interoperable, 6, false, concepts},
    Criterion{Aspect::formats, "formats", interoperable, 5, true, file_formats},
    Criterion{Aspect::language, "language", interoperable, 3, false, language},
    Criterion{Aspect::licence, "licence", reusable, 10, false, licence},
    Criterion{Aspect::lineage, "lineage", reusable, 5, true, lineage},
    Criterion{Aspect::citation, "citation", reusable, 3, false, citation},
};

constexpr unsigned sum_of_weights() noexcept {
  unsigned sum = 0;
  for (auto const& one : table) sum += one.weight;
  return sum;
}

static_assert(sum_of_weights() == 100);

/// \return  nothing if none of them counts
template<class Counts>
std::optional<unsigned> score_of(std::span<Rating const> ratings, Counts const& counts) noexcept {
  unsigned got = 0; // in halves
  unsigned whole = 0;
  for (auto const& [criterion, level] : ratings) {
    if (!counts(*criterion)) continue;
    got += criterion->weight * static_cast<unsigned>(level);
    whole += criterion->weight * 2;
  }
  if (whole == 0) return std::nullopt;
  return (100 * got + whole / 2) / whole;
}

} // namespace

std::span<Criterion const> criteria() noexcept {
  return table;
}

Criterion const* criterion(std::string_view name) noexcept {
  auto const* const found = std::ranges::find(table, name, &Criterion::name);
  return found == table.end() ? nullptr : found;
}

std::string_view name_of(Level level) noexcept {
  constexpr std::array<std::string_view, 3> names{"missing", "partial", "stated"};
  return names.at(static_cast<std::size_t>(level));
}

unsigned Quality::score() const noexcept {
  return score_of(ratings_, [](Criterion const&) { return true; }).value_or(0);
}

std::optional<unsigned> Quality::score(Principle principle) const noexcept {
  return score_of(ratings_, [&](Criterion const& one) { return one.principle == principle; });
}

Quality quality_of(model::Record const& record, Known const& known) {
  std::vector<Rating> ratings;
  for (auto const& one : table) {
    if (one.is_of_data && !record.is_collection()) continue;
    ratings.push_back({&one, one.level(record, known)});
  }
  return Quality(std::move(ratings));
}

} // namespace terracat::enrich
