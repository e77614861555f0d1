#pragma once

#include "catalogue/concept_index.hpp"
#include "vocabulary/draft.hpp"

#include "support/catalogues.hpp"

#include <memory>
#include <string>
#include <thread>
#include <vector>

/// A catalogue whose records are about water.
namespace terracat::test::water_site {

using catalogue::ConceptIndex;
using catalogue::ConceptUses;
using vocabulary::LabelKind;
using vocabulary::Thesaurus;

inline vocabulary::DraftConcept concept_of(std::string const& name, std::string const& label,
                                           std::vector<std::string> broader = {}) {
  vocabulary::DraftConcept out;
  out.uri = "http://example.org/" + name;
  out.labels = {{.kind = LabelKind::preferred, .language = "en", .text = label}};
  for (auto& above : broader) out.broader.push_back("http://example.org/" + above);
  return out;
}

/// Water over rain and snow, rain over drizzle, and rain once more elsewhere, below weather.
inline std::shared_ptr<Thesaurus const> water(std::string const& label_of_snow = "snow") {
  vocabulary::Draft own("own");
  own.add(concept_of("water", "water"));
  auto rain = concept_of("rain", "rain", {"water"});
  rain.labels.push_back({.kind = LabelKind::alternate, .language = "en", .text = "rainy weather"});
  own.add(rain);
  own.add(concept_of("snow", label_of_snow, {"water"}));
  own.add(concept_of("drizzle", "drizzle", {"rain"}));
  vocabulary::Draft far("far");
  far.add(concept_of("far-weather", "weather"));
  auto far_rain = concept_of("far-rain", "liquid precipitation", {"far-weather"});
  far_rain.mappings = {{.kind = vocabulary::MappingKind::exact, .uri = "http://example.org/rain"}};
  far.add(far_rain);
  std::vector const drafts{std::move(own), std::move(far)};
  return std::make_shared<Thesaurus const>(drafts);
}

inline catalogue::RecordPut about(std::string const& native_id,
                                  std::vector<std::string> const& keywords,
                                  std::string const& address = {}) {
  auto put = test::record("a", native_id);
  auto parts = *put.record;
  model::KeywordSet set;
  for (auto const& keyword : keywords) {
    set.keywords.push_back({.label = model::LocalText("en", keyword), .uri = address});
  }
  parts.keyword_sets = {std::move(set)};
  put.record = model::Record::make(std::move(parts)).value();
  return put;
}

class Site {
 public:
  explicit Site(test::StoreUnderTest const& store)
      : catalogue_(store), index_(index_of(water(), nullptr)) {}

  std::shared_ptr<ConceptIndex> index_of(std::shared_ptr<Thesaurus const> thesaurus,
                                         std::shared_ptr<ConceptIndex> former) {
    return catalogue_.catalogue().concept_index(std::move(thesaurus), {"en"}, std::move(former));
  }

  std::shared_ptr<ConceptUses const> uses() { return uses(*index_); }

  std::shared_ptr<ConceptUses const> uses(ConceptIndex& index) {
    auto view = catalogue_.view();
    view.tell_concepts(&index);
    return view.concepts();
  }

  /// \return  as soon as there is a version
  std::shared_ptr<ConceptUses const> wait(ConceptIndex& index, std::size_t records,
                                          std::string const& name) {
    for (int patience = 0; patience < 2'000; ++patience) {
      auto out = uses(index);
      if (out && count(*out, name) == records) return out;
      std::this_thread::sleep_for(std::chrono::milliseconds(5)); // nothing tells of a version
    }
    return nullptr;
  }

  static std::size_t count(ConceptUses const& uses, std::string const& name) {
    return uses.count(uses.thesaurus().find_address("http://example.org/" + name).value());
  }

  RecordNumber number(std::string const& id) {
    return catalogue_.view().reader().record_by_id(id).value();
  }

  test::CatalogueUnderTest& catalogue() { return catalogue_; }

  std::shared_ptr<ConceptIndex> index() { return index_; }

 private:
  test::CatalogueUnderTest catalogue_;
  std::shared_ptr<ConceptIndex> index_;
};

} // namespace terracat::test::water_site
