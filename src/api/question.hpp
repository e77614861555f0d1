#pragma once

#include "api/parameters.hpp"
#include "api/site.hpp"
#include "catalogue/record_request.hpp"
#include "pages/search_page.hpp"

#include <string>
#include <string_view>

/// What people ask on the search page, in the words of the catalogue.
namespace terracat::api {

/// The question in the parameters of a page. Values that no form sends count as absent.
[[nodiscard]] pages::Question read_question(Site const& site, Parameters const& parameters);

/// The period that the words of a question speak of ("depuis 2010"). \return  nothing if they speak
/// of none, or the question has one
[[nodiscard]] std::optional<pages::SaidPeriod> said_period(pages::Question const& question);

/// The places that its words name, in a language.
[[nodiscard]] std::vector<pages::SaidPlace>
said_places(Site const& site, pages::Question const& question, pages::Language language);

/// What of a question can be asked of records.
struct AskedOfRecords {
  catalogue::RecordRequest request; ///< of all that match, in order
  std::string_view wrong;           ///< the parameter that cannot be read; empty: none
};

/// Everything but the data centre. What is found says something of the words; what is between
/// quotation marks stands there as it is.
[[nodiscard]] AskedOfRecords asked_of_records(Site const& site, pages::Question const& question);

} // namespace terracat::api
