#pragma once

#include "support/canned_fetcher.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace terracat::test {

/// A CSW in memory, whose every trap is a member.
struct FakeCsw {
  explicit FakeCsw(std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) ids.push_back("r" + std::to_string(i));
  }

  std::vector<std::string> ids;                       ///< in the order of the list
  std::set<std::string> bad;                          ///< a page with one of these fails
  std::set<std::string> hidden;                       ///< counted and passed over without a word
  std::size_t most = 1'000;                           ///< records on a page
  bool sorts = true;                                  ///< else SortBy is an error
  std::string sort_error = "SortBy is not supported"; ///< what is said then
  int error_status = 200;                             ///< of error reports

  /// Which records a constraint lets through; the text is as it was sent. Empty: all.
  std::function<bool(std::string const& id, std::string const& constraint)> matches;

  /// numberOfRecordsMatched, by the number of the request; empty: not said.
  std::function<std::string(std::size_t)> matched;

  /// nextRecord instead of the right one, for the start of a page; empty: not said.
  std::function<std::string(std::size_t start, std::size_t behind)> next_record;

  /// A whole body instead of the answer to the n-th request, counted from 1.
  std::function<std::optional<std::string>(std::size_t)> body;

  std::size_t asked = 0;

  [[nodiscard]] static std::string record(std::string const& id) {
    return "<gmd:MD_Metadata><gmd:fileIdentifier><gco:CharacterString>" + id +
           "</gco:CharacterString></gmd:fileIdentifier></gmd:MD_Metadata>";
  }

  [[nodiscard]] static std::string report(std::string const& code, std::string const& text) {
    return R"(<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows">)"
           R"(<ows:Exception exceptionCode=")" +
           code + R"("><ows:ExceptionText>)" + text +
           "</ows:ExceptionText></ows:Exception></ows:ExceptionReport>";
  }

  /// The value of a parameter of the request; empty if it is not there.
  [[nodiscard]] static std::string parameter(std::string const& url, std::string const& name) {
    auto const at = url.find(name + '=');
    if (at == std::string::npos) return {};
    auto const from = at + name.size() + 1;
    return url.substr(from, url.find('&', from) - from);
  }

  [[nodiscard]] std::string refuse(std::string const& code, std::string const& text) const {
    if (error_status != 200) throw CannedFetcher::status(error_status, report(code, text));
    return report(code, text);
  }

  [[nodiscard]] std::string answer(std::string const& url) {
    ++asked;
    if (body) {
      if (auto const instead = body(asked)) return *instead;
    }
    if (!sorts && !parameter(url, "SortBy").empty()) {
      return refuse("InvalidParameterValue", sort_error);
    }
    auto const constraint = parameter(url, "constraint");
    std::vector<std::string> listed;
    std::ranges::copy_if(ids, std::back_inserter(listed), [&](std::string const& id) {
      return constraint.empty() || !matches || matches(id, constraint);
    });
    return list(url, listed);
  }

  [[nodiscard]] std::string list(std::string const& url,
                                 std::vector<std::string> const& listed) const {
    auto const start = std::stoul(parameter(url, "startPosition"));
    auto const behind = std::min(
        {start + std::stoul(parameter(url, "maxRecords")), start + most, listed.size() + 1});
    std::string records;
    std::size_t returned = 0;
    for (auto i = start; i < behind; ++i) {
      auto const& id = listed[i - 1];
      if (bad.contains(id)) return refuse("NoApplicableCode", "cannot convert a record");
      if (hidden.contains(id)) continue;
      records += record(id);
      ++returned;
    }
    return page(start, behind, returned, records, listed.size());
  }

  [[nodiscard]] std::string page(std::size_t start, std::size_t behind, std::size_t returned,
                                 std::string const& records,
                                 std::optional<std::size_t> of = std::nullopt) const {
    auto const count = of.value_or(ids.size());
    auto const attribute = [](std::string const& name, std::string const& value) {
      return value.empty() ? std::string() : ' ' + name + "=\"" + value + '"';
    };
    auto const right = behind > count ? "0" : std::to_string(behind);
    return R"(<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2")"
           R"( xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco">)"
           "<csw:SearchResults" +
           attribute("numberOfRecordsMatched", matched ? matched(asked) : std::to_string(count)) +
           attribute("numberOfRecordsReturned", std::to_string(returned)) +
           attribute("nextRecord", next_record ? next_record(start, behind) : right) + '>' +
           records + "</csw:SearchResults></csw:GetRecordsResponse>";
  }

  /// The service must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() {
    return CannedFetcher([this](fetch::Request const& request) {
      return fetch::Response{.status = 200, .body = answer(request.url), .url = request.url};
    });
  }
};

} // namespace terracat::test
