#pragma once

#include "formats/draft.hpp"
#include "formats/json/json_node.hpp"

#include <terracat/json.hpp>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The pivot document of Theia/OZCAR: a producer with its data sets, in one language for each file.
/// What is read is about one data set, in as many languages as there are files:
///
///     {"pivots": {"en": {"version", "producer", "datasets": [one]}, "fr": …},
///      "sharedDois": ["10.…"]}
///
/// or such a file itself, if it has one data set.
namespace terracat::formats::theia {

/// One place of the documents of several languages: the same thing, said in each of them.
class Told {
 public:
  struct Version {
    std::string language; ///< BCP 47; empty: that of the source
    JsonNode node;
  };

  Told() = default;

  explicit Told(std::vector<Version> versions) : versions_(std::move(versions)) {}

  [[nodiscard]] explicit operator bool() const noexcept;

  [[nodiscard]] std::vector<Version> const& versions() const noexcept { return versions_; }

  [[nodiscard]] Told member(std::string_view name) const;

  /// The elements of a list. Those at one place of lists of one length are the same in several
  /// languages; lists of different lengths are added to each other.
  [[nodiscard]] std::vector<Told> each() const;

  /// Likewise, but the same are those that have the same text in this member.
  [[nodiscard]] std::vector<Told> each_by(std::string_view member) const;

  /// The first that there is, for what is the same in all languages.
  [[nodiscard]] JsonNode first() const;

  /// The text of the first, on one line.
  [[nodiscard]] std::string line() const { return first().line(); }

  /// Texts in all languages.
  [[nodiscard]] model::LocalText name(Draft& draft) const { return text(draft, name_of); }

  /// Likewise, with line breaks and without markup.
  [[nodiscard]] model::LocalText prose(Draft& draft) const { return text(draft, prose_of); }

 private:
  [[nodiscard]] model::LocalText text(Draft& draft,
                                      model::LocalText (*read)(JsonNode const&, Draft&)) const;

  std::vector<Version> versions_;
};

/// What a document says of its producer and of its one data set.
struct Pivot {
  Told producer;
  Told dataset;
  std::vector<std::string> shared_dois;
  std::size_t languages_left_out = 0; ///< more than are taken
};

/// Of one document.
inline constexpr std::size_t most_languages = 20;

/// \param language  of a document that does not say its own
[[nodiscard]] boost::system::result<Pivot, Finding> read_pivot(json::Value const& root,
                                                               std::string const& language);

/// How many data sets of a file name each DOI. One that several name is of something that they
/// belong to, and none of them is called so.
class DoiCounts {
 public:
  void add(json::Value const& dataset);

  /// The data set's DOI if others have it too, else empty.
  [[nodiscard]] std::string shared(json::Value const& dataset) const;

 private:
  std::map<std::string, std::size_t, std::less<>> counts_;
};

/// A data set as one of the files has it.
struct DatasetVersion {
  std::string language; ///< empty: nobody said
  json::Value file;
  json::Value dataset; ///< of that file
};

/// The document about one data set.
/// \pre  there is at least one version; one without language is the only one
[[nodiscard]] std::string document_of(std::span<DatasetVersion const> versions,
                                      DoiCounts const& dois);

} // namespace terracat::formats::theia
