#pragma once

#include "api/search_input.hpp"
#include "query/criteria.hpp"
#include "query/queryables.hpp"

#include <functional>
#include <memory>

/// What searches have in common, whatever they look for and whichever method they came by.
namespace terracat::api {

/// The queryables of a search, made only if something in it names a property.
class Vocabulary {
 public:
  using Made = std::shared_ptr<query::Queryables const>;

  explicit Vocabulary(std::function<Made()> make) : make_(std::move(make)) {}

  query::Queryables const& operator*() {
    if (!queryables_) queryables_ = make_();
    return *queryables_;
  }

 private:
  std::function<Made()> make_;
  Made queryables_;
};

/// That of records, which is the same for all.
[[nodiscard]] Vocabulary record_vocabulary();

/// Reads `ids`, `bbox`, `datetime`, `intersects`, `query` and `filter`. \throws ProblemError
void read_criteria(SearchInput const& input, Exchange const& exchange, Vocabulary& queryables,
                   query::Criteria& out);

/// What a parameter that is called like a property asks: equal to it, or in it where it is a list.
/// \throws ProblemError  if there is no such property, or the value is of another type
[[nodiscard]] query::Expression property_condition(SearchInput const& input,
                                                   query::Queryables const& queryables,
                                                   std::string_view name, std::string_view value);

/// Reads `guessed`: whether what states no place answers where it is guessed to be.
/// \throws ProblemError
[[nodiscard]] bool wants_guesses(SearchInput const& input);

/// Reads `q` as STAC has it: a text (query/free_text.hpp), or a list of phrases in a body.
/// \throws ProblemError
void read_free_text(SearchInput const& input, query::Criteria& out);

/// Asks a question, if there is one: what is found says something of it, and what is between
/// quotation marks stands there as it is.
void ask(Site const& site, std::string question, catalogue::RecordRequest& out,
         catalogue::PlaceNames places = catalogue::PlaceNames::weighed);

/// Reads `q`, and whether it is a question that is to be answered best first (`explain`): it goes
/// into the request as such, else into a filter: a list of phrases, or as STAC has it where the
/// root is STAC's. \throws ProblemError
void read_words(SearchInput const& input, Exchange const& exchange, catalogue::RecordRequest& out);

/// The ids, if there are not too many. \throws ProblemError
[[nodiscard]] std::vector<std::string> bounded(SearchInput const& input,
                                               std::vector<std::string> ids, std::string_view name);

[[nodiscard]] std::optional<std::string> token_in(SearchInput const& input);

/// The member `limit`. \return  nothing if it is absent
[[nodiscard]] std::optional<std::size_t> limit_in(BodyInput const& input);

/// The parameter `limit`. \throws ProblemError
/// \param standard  if it is absent
/// \param greatest  more than this counts as this
[[nodiscard]] std::size_t read_limit(Exchange const& exchange, std::size_t standard,
                                     std::size_t greatest);

/// \throws ProblemError  if it is no object
void check_object(json::Value const& body);

template<class Value>
[[nodiscard]] Value or_throw(Result<Value> result) {
  if (!result) throw ProblemError(result.error());
  return std::move(*result);
}

} // namespace terracat::api
