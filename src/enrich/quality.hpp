#pragma once

#include <terracat/record.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// What the catalogue finds out about a record by itself. Pure functions of a record and of what is
/// known beside it: nothing of it is kept, and the source's word is never changed.
namespace terracat::enrich {

/// What a description should say.
enum class Aspect : std::uint8_t {
  identifier,
  title,
  description,
  keywords,
  place,
  period,
  access,
  contact,
  concepts,
  formats,
  language,
  licence,
  lineage,
  citation,
};

/// Whether it does.
enum class Level : std::uint8_t {
  missing,
  partial, ///< in part, or in words that no program reads; counts half
  stated,
};

/// Of the FAIR principles, the one that an aspect serves first.
enum class Principle : char {
  findable = 'F',
  accessible = 'A',
  interoperable = 'I',
  reusable = 'R',
};

inline constexpr std::array all_principles{Principle::findable, Principle::accessible,
                                           Principle::interoperable, Principle::reusable};

/// What is known of a record beside what it says itself.
struct Known {
  bool names_concepts = false; ///< some of its words stand for a concept of a vocabulary here
  bool has_items = false;
};

struct Criterion {
  Aspect aspect = Aspect::title;
  std::string_view name; ///< in answers and commands: "licence"
  Principle principle = Principle::findable;
  unsigned weight = 0;     ///< of all that is asked of a data set, in percent
  bool is_of_data = false; ///< asked of data sets and series alone
  Level (*level)(model::Record const& record, Known const& known) = nullptr;
};

/// THE table, in the order in which people read it. Weights add up to 100.
[[nodiscard]] std::span<Criterion const> criteria() noexcept;

/// \return  null: there is none of this name
[[nodiscard]] Criterion const* criterion(std::string_view name) noexcept;

/// "stated", "partial", "missing".
[[nodiscard]] std::string_view name_of(Level level) noexcept;

struct Rating {
  Criterion const* criterion = nullptr; ///< of THE table
  Level level = Level::missing;
};

/// How complete a description is. It says nothing of the data.
class Quality {
 public:
  explicit Quality(std::vector<Rating> ratings) : ratings_(std::move(ratings)) {}

  /// Of what is asked of such a record, in the order of the table.
  [[nodiscard]] std::span<Rating const> ratings() const noexcept { return ratings_; }

  /// 0 to 100: the weights of what is stated, and half of those that are in part, of all that are
  /// asked for, rounded.
  [[nodiscard]] unsigned score() const noexcept;

  /// Likewise, of one principle. \return  nothing: nothing of it is asked
  [[nodiscard]] std::optional<unsigned> score(Principle principle) const noexcept;

 private:
  std::vector<Rating> ratings_;
};

/// \param record  as it is answered: what the centre corrected counts as stated, what the catalogue
///                concluded as partial
[[nodiscard]] Quality quality_of(model::Record const& record, Known const& known);

} // namespace terracat::enrich
