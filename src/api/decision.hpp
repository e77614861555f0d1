#pragma once

#include "api/exchange.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace terracat::api {

/// What an operator decides, as the body of a request says it: an object of texts. Valid until the
/// worker's parser reads something else.
class Decision {
 public:
  /// \throws ProblemError  if the body is no object
  explicit Decision(Exchange const& exchange) : body_(parsed(exchange)) {}

  /// \return  empty if there is no such member
  /// \throws ProblemError  if it is no text
  [[nodiscard]] std::string text(std::string_view member) const {
    auto const value = body_.member(member);
    auto const text = value ? value->string() : std::nullopt;
    if (value && !text) refuse("expected a text", member);
    return text ? std::string(*text) : std::string();
  }

  /// The one of these words that `decision` says; they outlive what is returned.
  /// \throws ProblemError  if it says none of them
  [[nodiscard]] std::string_view verb(std::span<std::string_view const> verbs) const {
    constexpr std::string_view member = "decision";
    auto const found = std::ranges::find(verbs, std::string_view(text(member)));
    if (found == verbs.end()) refuse("expected one of " + listed(verbs), member);
    return *found;
  }

  /// \param member  which one is at fault
  [[noreturn]] static void refuse(std::string detail, std::string_view member) {
    refuse_at(std::move(detail), "/" + std::string(member));
  }

 private:
  [[noreturn]] static void refuse_at(std::string detail, std::string where) {
    throw ProblemError({.kind = ProblemKind::invalid_body,
                        .detail = std::move(detail),
                        .where = std::move(where)});
  }

  static json::Value parsed(Exchange const& exchange) {
    auto const out = exchange.worker().parser().parse(exchange.request().body);
    if (!out) throw ProblemError(out.error());
    if (!out->is_object()) refuse_at("expected an object", "");
    return *out;
  }

  json::Value body_;
};

} // namespace terracat::api
