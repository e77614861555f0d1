#include "kinds/oai_pmh/repository.hpp"

#include "kinds/url.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::kinds::oai_pmh {
namespace {

using Reason = fetch::FetchError::Reason;

constexpr std::string_view accepted = "application/xml, text/xml;q=0.9";
constexpr std::string_view every_repository_has = "oai_dc";

/// Namespaces of the formats that can be read, the richer first.
constexpr std::array<std::string_view, 8> readable{"http://standards.iso.org/iso/19115/-3/",
                                                   "http://www.isotc211.org/2005/gmi",
                                                   "http://www.isotc211.org/2005/gmd",
                                                   "https://eml.ecoinformatics.org/eml-2.",
                                                   "eml://ecoinformatics.org/eml-2.",
                                                   "http://datacite.org/schema/",
                                                   "http://schema.datacite.org/",
                                                   "http://www.openarchives.org/OAI/2.0/oai_dc/"};

/// Errors by which a server may refuse a token, or fail at one record.
bool may_lie_in_the_list(fetch::FetchError const& error, bool has_token) {
  if (error.reason() == Reason::too_large) return true;
  if (error.reason() != Reason::status) return false;
  auto const status = error.status();
  return status == 500 || (has_token && (status == 400 || status == 404 || status == 410));
}

Trouble trouble_of(fetch::FetchError const& error) {
  bool const is_large = error.reason() == Reason::too_large;
  return {.finding = {is_large ? FindingCode::too_large : FindingCode::not_delivered,
                      {},
                      excerpt(error.what())},
          .sentence = error.what(),
          .is_refusal = !is_large};
}

Trouble trouble_of(Finding const& finding) {
  return {.finding = {finding.code, {}, finding.excerpt},
          .sentence = std::string(sentence(finding.code)) + ": " + finding.excerpt};
}

[[noreturn]] void refuse_answer(Finding const& finding) {
  if (finding.code == FindingCode::unexpected_root) {
    throw ProtocolError("the answer is no OAI-PMH but " + finding.excerpt);
  }
  throw ProtocolError("the answer cannot be read: " + std::string(sentence(finding.code)));
}

/// \throws ProtocolError  unless the error can be faced
std::variant<List, Nothing, Trouble> face(Error const& error, bool has_token, bool has_date) {
  // In the middle of a list there is something, whatever the repository says.
  if (error.code == "noRecordsMatch" && !has_token) return Nothing();
  if (error.code == "badArgument" && !has_token && has_date) {
    throw ChangesUnknown("the repository answers " + error.sentence());
  }
  if (!has_token) throw ProtocolError("the repository answers " + error.sentence());
  auto said = error.sentence();
  return Trouble{.finding = {FindingCode::exception_report, {}, excerpt(said)},
                 .sentence = std::move(said),
                 .is_refusal = true};
}

/// A token stands for all the rest, by the protocol; pycsw wants that said again with it.
bool misses_prefix(std::variant<Answer, Finding> const& answer) {
  auto const* const read = std::get_if<Answer>(&answer);
  auto const* const error = read == nullptr ? nullptr : std::get_if<Error>(&read->content);
  return error != nullptr && error->code == "badArgument" &&
         lowered(error->text).find("metadataprefix") != std::string::npos;
}

std::string prefixes_of(Formats const& answer) {
  return terracat::listed(answer.formats, &MetadataFormat::prefix);
}

} // namespace

std::variant<Answer, Finding> Repository::ask(std::string const& url, std::stop_token const& stop) {
  fetch::Request request;
  request.url = url;
  request.accept = accepted;
  std::string body;
  try {
    body = fetcher_.fetch(request, stop).body;
  } catch (fetch::FetchError const& error) {
    // Some send what the protocol has for it under an error status.
    auto answer = read_answer(error.answer());
    auto const* const read = std::get_if<Answer>(&answer);
    if (read != nullptr && std::holds_alternative<Error>(read->content)) return answer;
    throw;
  }
  auto answer = read_answer(body);
  if (auto const* const read = std::get_if<Answer>(&answer); read != nullptr && read->responded) {
    now_ = read->responded;
  }
  return answer;
}

Answer Repository::need(std::string_view verb, std::stop_token const& stop) {
  auto answer = ask(with_parameters(address_, {{"verb", std::string(verb)}}), stop);
  if (auto const* const finding = std::get_if<Finding>(&answer)) refuse_answer(*finding);
  return std::get<Answer>(std::move(answer));
}

Identity Repository::identify(std::stop_token const& stop) {
  auto const answer = need("Identify", stop);
  if (auto const* const identity = std::get_if<Identity>(&answer.content)) return *identity;
  auto const* const error = std::get_if<Error>(&answer.content);
  throw ProtocolError(error == nullptr ? "the repository does not identify itself"
                                       : "the repository answers " + error->sentence());
}

std::string Repository::choose_format(std::string const& wanted, std::stop_token const& stop) {
  auto const answer = need("ListMetadataFormats", stop);
  auto const* const offered = std::get_if<Formats>(&answer.content);
  // One that does not tell may deliver all the same.
  if (offered == nullptr) return wanted.empty() ? std::string(every_repository_has) : wanted;
  auto const& formats = offered->formats;
  if (!wanted.empty()) {
    if (std::ranges::find(formats, wanted, &MetadataFormat::prefix) != formats.end()) return wanted;
    throw ProtocolError("the repository has no format '" + wanted + "'; there are " +
                        prefixes_of(*offered));
  }
  for (auto const uri : readable) {
    auto const found = std::ranges::find_if(formats, [uri](MetadataFormat const& format) {
      return format.namespace_uri.starts_with(uri) && !format.prefix.empty();
    });
    if (found != formats.end()) return found->prefix;
  }
  throw ProtocolError("the repository has no format that is known to be readable; there are " +
                      prefixes_of(*offered) + ": name one as metadata_prefix");
}

bool Repository::has_set(std::string_view set, std::stop_token const& stop) {
  constexpr std::size_t most_pages = 1'000;
  Parameters parameters{{"verb", "ListSets"}};
  std::string token;
  for (std::size_t page = 0; page < most_pages; ++page) {
    auto const answer = ask(with_parameters(address_, parameters), stop);
    auto const* const read = std::get_if<Answer>(&answer);
    auto const* const sets = read == nullptr ? nullptr : std::get_if<Sets>(&read->content);
    if (sets == nullptr) return false;
    if (std::ranges::find(sets->names, set) != sets->names.end()) return true;
    if (!sets->token || sets->token->text.empty() || sets->token->text == token) return false;
    token = sets->token->text;
    parameters = {{"verb", "ListSets"}, {"resumptionToken", token}};
  }
  return false;
}

std::string Repository::list_url(State const& state, std::string_view set, What what) const {
  auto const& token = state.list.token;
  Parameters parameters{{"verb", what == What::ids ? "ListIdentifiers" : "ListRecords"}};
  if (!token.empty()) parameters.emplace_back("resumptionToken", token);
  if (token.empty() || repeats_arguments_) {
    auto const& span = state.spans.back();
    parameters.emplace_back("metadataPrefix", state.prefix);
    if (span.from) parameters.emplace_back("from", datestamp(*span.from, state.is_daily));
    if (span.until) parameters.emplace_back("until", datestamp(*span.until, state.is_daily));
    if (!set.empty()) parameters.emplace_back("set", set);
  }
  return with_parameters(address_, parameters);
}

std::variant<Answer, Finding> Repository::ask_for_list(State const& state, std::string_view set,
                                                       What what, std::stop_token const& stop) {
  auto answer = ask(list_url(state, set, what), stop);
  if (state.list.token.empty() || repeats_arguments_ || !misses_prefix(answer)) return answer;
  repeats_arguments_ = true;
  return ask(list_url(state, set, what), stop);
}

std::variant<List, Nothing, Trouble> Repository::list(State const& state, std::string_view set,
                                                      What what, std::stop_token const& stop) {
  bool const has_token = !state.list.token.empty();
  std::variant<Answer, Finding> answer;
  try {
    answer = ask_for_list(state, set, what, stop);
  } catch (fetch::FetchError const& error) {
    if (!may_lie_in_the_list(error, has_token)) throw;
    return trouble_of(error);
  }
  if (auto const* const finding = std::get_if<Finding>(&answer)) {
    if (finding->code == FindingCode::unexpected_root) refuse_answer(*finding);
    return trouble_of(*finding);
  }
  auto& content = std::get<Answer>(answer).content;
  if (auto* const list = std::get_if<List>(&content)) return std::move(*list);
  if (auto const* const error = std::get_if<Error>(&content)) {
    return face(*error, has_token, state.spans.back().from.has_value());
  }
  throw ProtocolError("the repository answers something else than a list");
}

std::string Repository::record_url(std::string_view identifier, std::string_view prefix) const {
  return with_parameters(address_, {{"verb", "GetRecord"},
                                    {"identifier", std::string(identifier)},
                                    {"metadataPrefix", std::string(prefix)}});
}

} // namespace terracat::kinds::oai_pmh
