#include "kinds/one_by_one.hpp"

#include "kinds/xml_answer.hpp"

#include <terracat/text.hpp>

#include <utility>

namespace terracat::kinds {
namespace {

using Reason = fetch::FetchError::Reason;

/// So many documents that cannot be had before any was are no bad documents but a bad server.
constexpr std::size_t most_failures_at_first = 10;

/// Errors that another document of the same server may not meet.
bool may_lie_in_a_document(fetch::FetchError const& error) {
  switch (error.reason()) {
  case Reason::too_large:
  case Reason::malformed:
  case Reason::address_refused:
    return true;
  case Reason::status:
    return error.status() == 500 ||
           (error.status() >= 400 && error.status() < 500 && error.status() != 429);
  case Reason::unreachable:
  case Reason::stopped:
    return false;
  }
  return false;
}

} // namespace

std::variant<std::string, Finding> OneByOne::ask(fetch::Request const& request, bool has_any,
                                                 std::stop_token const& stop) {
  auto fetched = answer(request, has_any, stop);
  if (auto* const finding = std::get_if<Finding>(&fetched)) return std::move(*finding);
  return std::move(std::get<fetch::Response>(fetched).body);
}

std::variant<fetch::Response, Finding> OneByOne::answer(fetch::Request const& request, bool has_any,
                                                        std::stop_token const& stop) {
  auto fetched = fetch(request, stop);
  if (auto const* const finding = std::get_if<Finding>(&fetched)) {
    if (++failures_ >= most_failures_at_first && !has_any) {
      throw ProtocolError("the source lists documents but delivers none: " + finding->excerpt);
    }
  }
  return fetched;
}

void OneByOne::bring(fetch::Request const& request, RawDocument document, CountedList& list,
                     Page& page, std::stop_token const& stop) {
  auto fetched = ask(request, list.has_given(), stop);
  if (auto* const finding = std::get_if<Finding>(&fetched)) {
    list.lose({.native_id = std::move(document.native_id), .finding = std::move(*finding)}, page);
    return;
  }
  document.bytes = std::move(std::get<std::string>(fetched));
  list.give(std::move(document), page);
}

std::variant<fetch::Response, Finding> OneByOne::fetch(fetch::Request const& request,
                                                       std::stop_token const& stop) {
  try {
    auto response = fetcher_.fetch(request, stop);
    if (starts_like_html(response.body)) {
      return Finding{FindingCode::not_delivered, {}, "an HTML page"};
    }
    return response;
  } catch (fetch::FetchError const& error) {
    if (!may_lie_in_a_document(error)) throw;
    bool const is_too_large = error.reason() == Reason::too_large;
    return Finding{is_too_large ? FindingCode::too_large : FindingCode::not_delivered,
                   {},
                   excerpt(error.what())};
  }
}

} // namespace terracat::kinds
