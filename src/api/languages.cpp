#include "api/languages.hpp"
#include <terracat/problem.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <charconv>

namespace terracat::api {
namespace {

/// More of them say nothing that anybody means.
constexpr std::size_t most_ranges = 50;

struct Range {
  std::string tag; ///< in small letters; "*" is any
  double quality = 1;
};

/// language-range of RFC 4647 2.1
bool is_range(std::string_view tag) noexcept {
  if (tag == "*") return true;
  auto const is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  bool is_first = true;
  for (;;) {
    auto const dash = tag.find('-');
    auto const part = tag.substr(0, dash);
    bool const is_part =
        !part.empty() && part.size() <= 8 && std::ranges::all_of(part, [&](char c) {
          return is_letter(c) || (!is_first && c >= '0' && c <= '9');
        });
    if (!is_part) return false;
    if (dash == std::string_view::npos) return true;
    tag.remove_prefix(dash + 1);
    is_first = false;
  }
}

/// `;q=0.5` without the semicolon
std::optional<double> read_quality(std::string_view text) noexcept {
  text = trimmed(text);
  if (!text.starts_with("q=") && !text.starts_with("Q=")) return std::nullopt;
  text.remove_prefix(2);
  double value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  bool const is_quality = error == std::errc{} && stop == end && value >= 0 && value <= 1;
  return is_quality ? std::optional(value) : std::nullopt;
}

std::optional<Range> read_range(std::string_view text) {
  auto const semicolon = text.find(';');
  Range out{.tag = lowered(trimmed(text.substr(0, semicolon)))};
  if (!is_range(out.tag)) return std::nullopt;
  if (semicolon != std::string_view::npos) {
    auto const quality = read_quality(text.substr(semicolon + 1));
    if (!quality) return std::nullopt;
    out.quality = *quality;
  }
  return out;
}

/// The most wanted first.
std::optional<std::vector<Range>> read_ranges(std::string_view wanted) {
  std::vector<Range> out;
  for (;;) {
    auto const comma = wanted.find(',');
    auto const element = trimmed(wanted.substr(0, comma));
    if (!element.empty()) {
      auto range = read_range(element);
      if (!range || out.size() == most_ranges) return std::nullopt;
      out.push_back(std::move(*range));
    }
    if (comma == std::string_view::npos) break;
    wanted.remove_prefix(comma + 1);
  }
  std::ranges::stable_sort(out, std::ranges::greater(), &Range::quality);
  return out;
}

/// `fr` is within `fr` and, as it is more general, not within `fr-CA`.
bool is_within(std::string_view language, std::string_view range) noexcept {
  return language == range ||
         (language.starts_with(range) && language.substr(range.size()).starts_with('-'));
}

/// Which of the languages a range means: none may be nearer than what the range leaves out at its
/// end.
std::optional<std::size_t> meant(std::string_view range, std::vector<std::string> const& languages,
                                 std::vector<bool> const& is_refused) {
  while (!range.empty()) {
    for (std::size_t i = 0; i < languages.size(); ++i) {
      bool const is_meant = range == "*" || is_within(languages[i], range);
      if (is_meant && !is_refused[i]) return i;
    }
    auto const dash = range.rfind('-');
    range = dash == std::string_view::npos ? std::string_view() : range.substr(0, dash);
  }
  return std::nullopt;
}

} // namespace

std::optional<std::vector<std::string>> order_of_languages(std::string_view wanted,
                                                           std::span<std::string const> offered) {
  auto const ranges = read_ranges(wanted);
  if (!ranges) return std::nullopt;
  std::vector<std::string> languages;
  for (auto const& one : offered) languages.push_back(lowered(one));
  std::vector<bool> is_refused(languages.size());
  for (auto const& range : *ranges) {
    if (range.quality > 0 || range.tag == "*") continue;
    for (std::size_t i = 0; i < languages.size(); ++i) {
      if (is_within(languages[i], range.tag)) is_refused[i] = true;
    }
  }
  std::vector<std::string> out(offered.begin(), offered.end());
  for (auto const& range : *ranges) {
    if (range.quality <= 0) break;
    if (auto const found = meant(range.tag, languages, is_refused)) {
      auto const first = out.begin() + static_cast<std::ptrdiff_t>(*found);
      std::rotate(out.begin(), first, first + 1);
      break;
    }
  }
  return out;
}

std::vector<std::string> wanted_languages(Exchange const& exchange) {
  auto const given = exchange.parameters().get(language_parameter);
  if (!given) return accepted_languages(exchange);
  auto order = order_of_languages(*given, exchange.site().languages);
  if (!order) {
    throw ProblemError({.kind = ProblemKind::invalid_parameter,
                        .detail = "expected languages as Accept-Language has them, such as "
                                  "fr or fr-CA,en;q=0.5",
                        .where = std::string(language_parameter)});
  }
  return std::move(*order);
}

std::vector<std::string> accepted_languages(Exchange const& exchange) {
  auto const& offered = exchange.site().languages;
  return order_of_languages(exchange.request().head.accept_language, offered).value_or(offered);
}

std::string_view language_in(model::LocalText const& text,
                             std::span<std::string const> languages) noexcept {
  auto const* const entry = text.told(languages);
  return entry == nullptr ? std::string_view() : std::string_view(entry->language);
}

void AnswerLanguage::note(std::string_view language) {
  if (language.empty() || (!language_.empty() && language != language_)) is_mixed_ = true;
  language_ = language;
}

void AnswerLanguage::append_to(Reply& reply) const {
  reply.headers.emplace_back("Vary", "Accept, Accept-Language");
  if (!is_mixed_ && !language_.empty()) reply.headers.emplace_back("Content-Language", language_);
}

} // namespace terracat::api
