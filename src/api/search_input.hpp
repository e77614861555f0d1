#pragma once

#include "api/exchange.hpp"

#include <terracat/problem.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::api {

/// What a search says, by the names that parameters of a query string and members of a body share.
/// A value that is absent is nothing; one that cannot be read throws ProblemError.
class SearchInput {
 public:
  SearchInput(SearchInput const&) = delete;
  SearchInput& operator=(SearchInput const&) = delete;
  SearchInput(SearchInput&&) = delete;
  SearchInput& operator=(SearchInput&&) = delete;
  virtual ~SearchInput() = default;

  [[nodiscard]] virtual std::optional<std::string_view> text(std::string_view name) const = 0;

  /// Empty if it is absent.
  [[nodiscard]] virtual std::vector<std::string> texts(std::string_view name) const = 0;

  [[nodiscard]] virtual std::optional<std::vector<double>> numbers(std::string_view name) const = 0;

  /// A whole number.
  [[nodiscard]] virtual std::optional<std::int64_t> integer(std::string_view name) const = 0;

  /// Valid until the next call. \param example  of what may stand there, for who writes it wrong
  [[nodiscard]] virtual std::optional<json::Value> json(std::string_view name,
                                                        std::string_view example) const = 0;

  /// In which form a value is there that may be text as well as JSON.
  enum class Form : std::uint8_t { absent, text, json };

  [[nodiscard]] virtual Form form(std::string_view name) const = 0;

  /// The place of a value, for problems.
  [[nodiscard]] std::string where(std::string_view name) const {
    return std::string(prefix_) + std::string(name);
  }

  [[noreturn]] void refuse(std::string detail, std::string_view name) const;

  template<class Value>
  [[nodiscard]] Value or_throw(Result<Value> result, std::string_view name) const {
    if (!result) throw_as_own(result.error(), name);
    return std::move(*result);
  }

 protected:
  [[nodiscard]] std::string_view prefix() const noexcept { return prefix_; }

  /// \param kind    of what cannot be read
  /// \param prefix  of the places of values
  SearchInput(ProblemKind kind, std::string_view prefix) noexcept : kind_(kind), prefix_(prefix) {}

 private:
  /// With the place where the value stood, if the reader did not know it.
  [[noreturn]] void throw_as_own(Problem problem, std::string_view name) const;

  ProblemKind kind_;
  std::string_view prefix_;
};

/// The parameters of a request. JSON in them goes through the worker's parser.
class ParameterInput : public SearchInput {
 public:
  /// \param prefix  that the names of the parameters have in the request
  explicit ParameterInput(Exchange const& exchange, std::string_view prefix = {})
      : SearchInput(ProblemKind::invalid_parameter, prefix), exchange_(exchange) {}

  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const override;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const override;
  [[nodiscard]] std::optional<std::vector<double>> numbers(std::string_view name) const override;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const override;
  [[nodiscard]] std::optional<json::Value> json(std::string_view name,
                                                std::string_view example) const override;
  [[nodiscard]] Form form(std::string_view name) const override;

 private:
  Exchange const& exchange_;
};

/// The members of a body. One that is null counts as absent.
class BodyInput : public SearchInput {
 public:
  /// \param place  of the members, for problems
  explicit BodyInput(json::Value const& body, std::string_view place = "/")
      : SearchInput(ProblemKind::invalid_body, place), body_(body) {}

  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const override;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const override;
  [[nodiscard]] std::optional<std::vector<double>> numbers(std::string_view name) const override;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const override;
  [[nodiscard]] std::optional<json::Value> json(std::string_view name,
                                                std::string_view example) const override;
  [[nodiscard]] Form form(std::string_view name) const override;

  [[nodiscard]] std::optional<json::Value> member(std::string_view name) const;

 private:
  json::Value body_;
};

} // namespace terracat::api
