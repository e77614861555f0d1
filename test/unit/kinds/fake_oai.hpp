#pragma once

#include "support/canned_fetcher.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace terracat::test {

/// A repository of OAI-PMH in memory, whose every trap is a member.
struct FakeOai {
  struct Record {
    std::string id;
    std::string date = "2024-05-01T00:00:00Z";
    std::vector<std::string> sets;
    bool is_deleted = false;
  };

  explicit FakeOai(std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) records.push_back({.id = "r" + std::to_string(i)});
  }

  std::vector<Record> records; ///< in the order of the list
  std::size_t page = 2;        ///< records on one
  std::string granularity = "YYYY-MM-DDThh:mm:ssZ";
  std::string earliest = "2020-01-01T00:00:00Z";
  std::map<std::string, std::string> formats{
      {"oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/"}};
  std::vector<std::string> sets;
  std::string sets_error;              ///< instead of the sets
  std::set<std::string> bad;           ///< a page with one of these is no XML
  bool says_end = true;                ///< by an empty token
  std::function<std::string()> length; ///< completeListSize; empty: not said

  /// A whole body instead of the answer to the n-th request for a list, counted from 1.
  std::function<std::optional<std::string>(std::size_t, fetch::Request const&)> body;

  /// The tokens of a list that are not known when they come back, by the number of their first
  /// record; each once, or always.
  std::set<std::size_t> lost;
  bool forgets_always = false;

  std::size_t asked = 0; ///< for lists

  [[nodiscard]] static std::string answer_with(std::string const& content) {
    return R"(<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">)"
           "<responseDate>2024-06-01T00:00:00Z</responseDate><request>x</request>" +
           content + "</OAI-PMH>";
  }

  [[nodiscard]] static std::string error(std::string const& code, std::string const& text = "no") {
    return answer_with("<error code=\"" + code + "\">" + text + "</error>");
  }

  /// The value of a parameter of the request; empty if it is not there.
  [[nodiscard]] static std::string parameter(std::string const& url, std::string const& name) {
    for (auto const* const sign : {"?", "&"}) {
      auto const at = url.find(sign + name + '=');
      if (at == std::string::npos) continue;
      auto const from = at + name.size() + 2;
      auto value = url.substr(from, url.find('&', from) - from);
      for (auto colon = value.find("%3A"); colon != std::string::npos; colon = value.find("%3A")) {
        value.replace(colon, 3, ":");
      }
      return value;
    }
    return {};
  }

  [[nodiscard]] std::string answer(fetch::Request const& request) {
    auto const verb = parameter(request.url, "verb");
    if (verb == "Identify") {
      return answer_with("<Identify><repositoryName>Fake</repositoryName><earliestDatestamp>" +
                         earliest +
                         "</earliestDatestamp><deletedRecord>persistent</deletedRecord>"
                         "<granularity>" +
                         granularity + "</granularity></Identify>");
    }
    if (verb == "ListMetadataFormats") {
      std::string out;
      for (auto const& [prefix, uri] : formats) {
        out += "<metadataFormat><metadataPrefix>" + prefix +
               "</metadataPrefix><metadataNamespace>" + uri +
               "</metadataNamespace></metadataFormat>";
      }
      return answer_with("<ListMetadataFormats>" + out + "</ListMetadataFormats>");
    }
    if (verb == "ListSets") {
      if (!sets_error.empty()) return error(sets_error);
      std::string out;
      for (auto const& name : sets) out += "<set><setSpec>" + name + "</setSpec></set>";
      return answer_with("<ListSets>" + out + "</ListSets>");
    }
    ++asked;
    if (body) {
      if (auto const instead = body(asked, request)) return *instead;
    }
    return list(request.url, verb);
  }

  /// The service must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() {
    return CannedFetcher([this](fetch::Request const& request) {
      return fetch::Response{.status = 200, .body = answer(request), .url = request.url};
    });
  }

 private:
  /// `from|until|set|place`
  struct Place {
    std::string from;
    std::string until;
    std::string set;
    std::size_t first = 0;
  };

  [[nodiscard]] static Place place_of(std::string const& url) {
    auto token = parameter(url, "resumptionToken");
    if (token.empty()) {
      return {parameter(url, "from"), parameter(url, "until"), parameter(url, "set"), 0};
    }
    Place place;
    for (auto* const part : {&place.from, &place.until, &place.set}) {
      auto const end = token.find('~');
      *part = token.substr(0, end);
      token.erase(0, end + 1);
    }
    place.first = std::stoul(token);
    return place;
  }

  [[nodiscard]] std::vector<Record> matching(Place const& place) const {
    std::vector<Record> out;
    std::ranges::copy_if(records, std::back_inserter(out), [&](Record const& record) {
      // Days are compared with the beginnings of dates.
      auto const after =
          place.from.empty() || record.date.substr(0, place.from.size()) >= place.from;
      auto const before =
          place.until.empty() || record.date.substr(0, place.until.size()) <= place.until;
      auto const within =
          place.set.empty() || std::ranges::find(record.sets, place.set) != record.sets.end();
      return after && before && within;
    });
    return out;
  }

  [[nodiscard]] std::string list(std::string const& url, std::string const& verb) {
    auto const place = place_of(url);
    if (place.first > 0 && lost.contains(place.first)) {
      if (!forgets_always) lost.erase(place.first);
      return error("badResumptionToken");
    }
    auto const all = matching(place);
    if (all.empty()) return error("noRecordsMatch");
    auto const behind = std::min(place.first + page, all.size());
    std::string out = "<" + verb + ">";
    for (auto i = place.first; i < behind; ++i) {
      if (bad.contains(all[i].id)) return answer_with(out + "<record>");
      out += entry(all[i], verb);
    }
    bool const is_last = behind == all.size();
    if (!is_last || (says_end && all.size() > page)) {
      auto const size = length ? length() : std::to_string(all.size());
      out += "<resumptionToken";
      if (!size.empty()) out += " completeListSize=\"" + size + '"';
      out += ">";
      if (!is_last) {
        out += place.from + '~' + place.until + '~' + place.set + '~' + std::to_string(behind);
      }
      out += "</resumptionToken>";
    }
    return answer_with(out + "</" + verb + ">");
  }

  [[nodiscard]] static std::string entry(Record const& record, std::string const& verb) {
    std::string header = record.is_deleted ? "<header status=\"deleted\">" : "<header>";
    if (!record.id.empty()) header += "<identifier>" + record.id + "</identifier>";
    header += "<datestamp>" + record.date + "</datestamp>";
    for (auto const& name : record.sets) header += "<setSpec>" + name + "</setSpec>";
    header += "</header>";
    if (verb == "ListIdentifiers") return header;
    if (record.is_deleted) return "<record>" + header + "</record>";
    return "<record>" + header +
           R"(<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/")"
           R"( xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Title of )" +
           record.id + "</dc:title></oai_dc:dc></metadata></record>";
  }
};

} // namespace terracat::test
