#pragma once

#include "api/exchange.hpp"

#include <terracat/local_text.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// In which of the site's languages an answer tells what is there in several.
namespace terracat::api {

/// The parameter that says it, for clients that cannot send a header as they like.
inline constexpr std::string_view language_parameter = "language";

/// The languages that are offered, the wanted one first: the most wanted one that there is, by the
/// lookup of RFC 4647 3.4 (`fr-CA` is content with `fr`), else the first.
/// \param wanted   as Accept-Language has it: `fr-CA, en;q=0.5`; may be empty
/// \param offered  not empty
/// \return  nothing if `wanted` is no such list
[[nodiscard]] std::optional<std::vector<std::string>>
order_of_languages(std::string_view wanted, std::span<std::string const> offered);

/// The site's languages in the order of the parameter `language`, which wins, or of the header.
/// \throws ProblemError  if the parameter cannot be read; such a header is passed by
[[nodiscard]] std::vector<std::string> wanted_languages(Exchange const& exchange);

/// The same of the header alone, where `language` says something else.
[[nodiscard]] std::vector<std::string> accepted_languages(Exchange const& exchange);

/// In which of them the text is told; empty if nobody knows.
[[nodiscard]] std::string_view language_in(model::LocalText const& text,
                                           std::span<std::string const> languages) noexcept;

/// Finds out the language of a whole answer, which may have none of its own.
class AnswerLanguage {
 public:
  /// A part of the answer is told in it. \param language  empty: nobody knows
  void note(std::string_view language);

  /// Adds `Content-Language`, unless parts differ or nobody knows, and `Vary` as far as it is
  /// about languages.
  void append_to(Reply& reply) const;

 private:
  std::string language_;
  bool is_mixed_ = false;
};

} // namespace terracat::api
