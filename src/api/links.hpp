#pragma once

#include "api/exchange.hpp"
#include "api/media_types.hpp"

#include <span>
#include <string>
#include <string_view>

namespace terracat::api {

inline constexpr std::string_view queryables_rel =
    "http://www.opengis.net/def/rel/ogc/1.0/queryables";
inline constexpr std::string_view functions_rel =
    "http://www.opengis.net/def/rel/ogc/1.0/functions";
inline constexpr std::string_view sortables_rel =
    "http://www.opengis.net/def/rel/ogc/1.0/sortables";

inline constexpr std::string_view facets_rel = "http://www.opengis.net/def/rel/ogc/1.0/facets";
inline constexpr std::string_view schema_rel = "http://www.opengis.net/def/rel/ogc/1.0/schema";
inline constexpr std::string_view catalog_rel =
    "http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog";

/// Link objects as JSON, separated by commas, as answers splice them in.
class Links {
 public:
  /// \param type, title  empty: none
  Links& add(std::string_view rel, std::string_view href, std::string_view type,
             std::string_view title = {});

  /// A link to what is told in a language. \param language  empty: nobody knows
  Links& add_told_in(std::string_view language, std::string_view rel, std::string_view href,
                     std::string_view type, std::string_view title = {});

  /// A link for another method than GET, said in so many words. \param body  JSON; empty: none
  Links& add_with_method(std::string_view rel, std::string_view method, std::string_view href,
                         std::string_view type, std::string_view body = {});

  /// Links that were written before.
  Links& add(Links const& others);

  [[nodiscard]] std::string const& text() const noexcept { return text_; }

  /// Empty again, with its memory kept.
  void clear() noexcept { text_.clear(); }

 private:
  std::string text_;
};

/// What the landing page of every root links to.
/// \param data  what its `collections` are called
[[nodiscard]] Links landing_links(Exchange const& exchange, std::string_view data);

/// Adds a link `alternate` for each other form that the answer can be had in. What was asked by
/// another method than GET has no address that a link could lead to.
/// \param address  of the answer, perhaps with parameters
/// \param type     of it as JSON
void add_other_forms(Links& links, Exchange const& exchange, std::string_view address,
                     std::string_view type);

/// Adds the link `self`, and those to the other forms. \param address, type  as above
void add_self(Links& links, Exchange const& exchange, std::string_view address,
              std::string_view type);

/// Tokens of the pages around one, where there are such pages.
struct Around {
  std::optional<std::string> const& previous;
  std::optional<std::string> const& next;
};

/// Adds a link `alternate` for each of these languages that a resource can be asked for in.
/// \param address  of the resource, without parameters
void add_languages(Links& links, std::span<std::string const> languages, std::string const& address,
                   std::string_view type);

/// Adds the links `prev` and `next` of a GET: its parameters with another token.
/// \param address  of the resource, without parameters
void add_pages(Links& links, Exchange const& exchange, std::string const& address,
               std::string_view type, Around const& around);

/// The same of a POST: its whole body with another token, for some clients send it as it is, others
/// only look for the token (design.md 17.5).
void add_pages(Links& links, Exchange const& exchange, std::string const& address,
               std::string_view type, json::Value const& body, Around const& around);

/// To what the items below an address have in common: `/aggregate`, by both methods, and the list
/// of what can be asked for there.
void add_aggregation_links(Links& links, std::string const& address);

/// The address of a collection in the STAC API beside the root's own.
[[nodiscard]] std::string stac_url(Exchange const& exchange, std::string_view collection);

[[nodiscard]] std::string collection_url(Exchange const& exchange, std::string_view collection);

} // namespace terracat::api
