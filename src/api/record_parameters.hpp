#pragma once

#include "api/search_input.hpp"

namespace terracat::api {

/// What a parameter that is called like a property of records asks of it.
struct PropertyCondition {
  std::string property;
  std::vector<std::string> values;
  query::Expression condition;
};

/// Those parameters of a search among records that say which are asked for, but for `q`: the
/// criteria that have parameters of their own, and apart from them what is asked of single
/// properties.
/// \throws ProblemError
[[nodiscard]] std::vector<PropertyCondition> read_record_criteria(SearchInput const& input,
                                                                  Exchange const& exchange,
                                                                  catalogue::View& view,
                                                                  query::Criteria& out);

/// The parameters of a search among the records of a catalog (OGC API Records 1.0, 7.4), among them
/// one for each property that can be asked for. \throws ProblemError
[[nodiscard]] catalogue::RecordRequest read_record_parameters(Exchange const& exchange,
                                                              catalogue::View& view);

/// The same of the members of a body. \throws ProblemError
[[nodiscard]] catalogue::RecordRequest
read_record_body(Exchange const& exchange, catalogue::View& view, json::Value const& body);

} // namespace terracat::api
