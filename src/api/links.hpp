#pragma once

#include "api/exchange.hpp"
#include "api/media_types.hpp"

#include <string>
#include <string_view>

namespace terracat::api {

inline constexpr std::string_view queryables_rel =
    "http://www.opengis.net/def/rel/ogc/1.0/queryables";
inline constexpr std::string_view sortables_rel =
    "http://www.opengis.net/def/rel/ogc/1.0/sortables";

/// Link objects as JSON, separated by commas, as answers splice them in.
class Links {
 public:
  /// \param title  empty: none
  Links& add(std::string_view rel, std::string_view href, std::string_view type,
             std::string_view title = {});

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

[[nodiscard]] std::string collection_url(Exchange const& exchange, std::string_view collection);

} // namespace terracat::api
