#pragma once

#include "kinds/oai_pmh/answer.hpp"
#include "kinds/oai_pmh/options.hpp"
#include "kinds/oai_pmh/state.hpp"

#include <terracat/fetch.hpp>
#include <terracat/kind.hpp>

#include <stop_token>
#include <string>

namespace terracat::kinds::oai_pmh {

/// Why a page of a list could not be had.
struct Trouble {
  Finding finding;
  std::string sentence;    ///< for the operator
  bool is_refusal = false; ///< the repository refuses the request; else its answer is of no use
};

/// A list without records, as the repository itself says.
struct Nothing {};

/// Asks one repository. One thread.
class Repository {
 public:
  Repository(fetch::Fetcher& fetcher, std::string address)
      : fetcher_(fetcher), address_(std::move(address)) {}

  /// \throws fetch::FetchError, ProtocolError
  [[nodiscard]] Identity identify(std::stop_token const& stop);

  /// The prefix of the format to ask for: the one that is wanted, or the richest that can be read.
  /// \throws ProtocolError  if the repository does not have it, or has none
  [[nodiscard]] std::string choose_format(std::string const& wanted, std::stop_token const& stop);

  /// True if the repository names the set among its own.
  [[nodiscard]] bool has_set(std::string_view set, std::stop_token const& stop);

  /// The next page of the list that the state is at.
  /// \param set  empty: of everything
  /// \throws fetch::FetchError, ProtocolError  if nothing can come of it
  [[nodiscard]] std::variant<List, Nothing, Trouble> list(State const& state, std::string_view set,
                                                          What what, std::stop_token const& stop);

  /// The address of one record.
  [[nodiscard]] std::string record_url(std::string_view identifier, std::string_view prefix) const;

  /// Its clock, as last told.
  [[nodiscard]] std::optional<model::Instant> const& now() const noexcept { return now_; }

 private:
  [[nodiscard]] std::variant<Answer, Finding> ask(std::string const& url,
                                                  std::stop_token const& stop);

  /// Where the next page of the list is.
  [[nodiscard]] std::string list_url(State const& state, std::string_view set, What what) const;
  [[nodiscard]] std::variant<Answer, Finding> ask_for_list(State const& state, std::string_view set,
                                                           What what, std::stop_token const& stop);

  /// An answer to a request that has to succeed.
  [[nodiscard]] Answer need(std::string_view verb, std::stop_token const& stop);

  fetch::Fetcher& fetcher_;
  std::string address_;
  std::optional<model::Instant> now_;
  bool repeats_arguments_ = false; ///< those of a list, with each of its tokens
};

} // namespace terracat::kinds::oai_pmh
