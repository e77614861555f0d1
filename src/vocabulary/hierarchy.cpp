#include "vocabulary/hierarchy.hpp"

#include <vector>

namespace terracat::vocabulary {
namespace {

enum class State : std::uint8_t { fresh, under_way, done };

/// Goes up from each concept once. Without recursion: hierarchies of strangers may be deep.
class Ascent {
 public:
  explicit Ascent(Tables& tables) : tables_(tables), states_(tables.concepts.size()) {}

  void run() {
    for (ConceptNumber number = 0; number < states_.size(); ++number) {
      if (states_[number] == State::fresh) climb(number);
    }
  }

 private:
  struct Place {
    ConceptNumber number;
    std::size_t next = 0; ///< of its broader concepts
  };

  void climb(ConceptNumber from) {
    std::vector<Place> way{{.number = from}};
    states_[from] = State::under_way;
    while (!way.empty()) {
      auto& place = way.back();
      auto const above = tables_.broader.of(place.number);
      if (place.next == above.size()) {
        states_[place.number] = State::done;
        way.pop_back();
        continue;
      }
      auto const other = above[place.next++];
      if (states_[other] == State::under_way) {
        tell(place.number, other);
      } else if (states_[other] == State::fresh) {
        states_[other] = State::under_way;
        way.push_back({.number = other});
      }
    }
  }

  void tell(ConceptNumber below, ConceptNumber above) {
    auto const& row = tables_.concepts[below];
    auto const uri = [this](ConceptNumber number) {
      return tables_.texts.of(tables_.concepts[number].uri);
    };
    tables_.vocabularies[row.vocabulary].report.add(FindingCode::relation_circular, uri(below),
                                                    uri(above));
  }

  Tables& tables_;
  std::vector<State> states_;
};

} // namespace

void report_circles(Tables& tables) {
  Ascent(tables).run();
}

} // namespace terracat::vocabulary
