#pragma once

#include "kinds/counted_list.hpp"

#include <terracat/kind.hpp>

#include <stop_token>
#include <string>
#include <variant>

namespace terracat::kinds {

/// Fetches the documents that a list names, each with a request of its own. What is wrong with one
/// of them is no reason to end the run, unless nothing else comes.
class OneByOne {
 public:
  explicit OneByOne(fetch::Fetcher& fetcher) noexcept : fetcher_(fetcher) {}

  /// \param has_any  a document was had, in this run and those that it goes on from
  /// \return  its bytes, or why it cannot be had
  /// \throws fetch::FetchError  if the server cannot be reached or wants to be left alone
  /// \throws ProtocolError      if none was had so far, and so many could not be that none will be
  [[nodiscard]] std::variant<std::string, Finding> ask(fetch::Request const& request, bool has_any,
                                                       std::stop_token const& stop);

  /// As `ask`, with where the document came from after redirects.
  [[nodiscard]] std::variant<fetch::Response, Finding>
  answer(fetch::Request const& request, bool has_any, std::stop_token const& stop);

  /// As `ask`; adds the document to the page with what the request brings. One that cannot be had
  /// is lost to the list.
  void bring(fetch::Request const& request, RawDocument document, CountedList& list, Page& page,
             std::stop_token const& stop);

 private:
  [[nodiscard]] std::variant<fetch::Response, Finding> fetch(fetch::Request const& request,
                                                             std::stop_token const& stop);

  fetch::Fetcher& fetcher_;
  std::size_t failures_ = 0; ///< of this run
};

} // namespace terracat::kinds
