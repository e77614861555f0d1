// A filter of CQL2, in text or in JSON: read, printed in either encoding, bound, and asked of an
// item.

#include "fuzz/fuzz.hpp"

#include "query/by_collection.hpp"
#include "query/digest.hpp"
#include "query/filter.hpp"
#include "support/sample_item.hpp"

#include <array>

namespace terracat::fuzz {
namespace {

using namespace terracat::query; // NOLINT: nothing else is spoken of here

/// Brackets that a printed filter has beside its own may make it deeper.
constexpr FilterLimits generous{
    .depth = 2'000, .nodes = 200'000, .positions = 200'000, .bytes = 100'000'000};

bool is_utf8(std::string_view text) {
  json::Writer out;
  out.string(text);
  return json::Document::parse(out.take()).has_value();
}

Cql2 read_json(std::string const& text) {
  auto const document = json::Document::parse(text, {.bytes = 100'000'000, .depth = 5'000});
  require(document.has_value(), "a filter is printed as JSON", text);
  auto out = parse_cql2_json(document->root(), "filter", generous);
  require(out.has_value(), "a filter that is printed as JSON is read", text);
  return std::move(*out);
}

Cql2 read_text(std::string const& text) {
  auto out = parse_cql2_text(text, "filter", generous);
  require(out.has_value(), "a filter that is printed as text is read", text);
  return std::move(*out);
}

/// As the catalogue asks it, which knows what collections are called.
Truth asked(Expression const& condition) {
  static test::SampleItem const sample;
  static std::array const names{NamedCollection{sample.collection(), "rain"},
                                NamedCollection{RecordNumber{2}, "snow"}};
  return Evaluator(by_collection(condition, names))(sample);
}

void check_meaning(Cql2 const& filter, Cql2 const& again) {
  static auto const queryables = test::sample_queryables();
  auto const text = to_cql2_text(filter);
  auto const condition = bind(filter, queryables);
  auto const other = bind(again, queryables);
  require(condition.has_value() == other.has_value(), "a printed filter is as good", text);
  if (!condition) return;
  require(Digest().add(*condition).value() == Digest().add(*other).value(),
          "a printed filter means the same", text);
  auto const truth = asked(*condition);
  require(asked(*other) == truth, "a printed filter has the same answer", text);
  auto const negated = asked({Not{{*condition}}});
  require((truth == Truth::unknown) == (negated == Truth::unknown) &&
              (truth == Truth::yes) == (negated == Truth::no),
          "what is not true is false or unknown", text);
}

void check(Cql2 const& filter) {
  auto const text = to_cql2_text(filter);
  auto const as_json = read_json(to_cql2_json(filter));
  auto const as_text = read_text(text);
  require(as_json == filter, "JSON says what was read", text);
  require(as_text == filter, "text says what was read", text);
  check_meaning(filter, as_text);
}

} // namespace

void try_input(std::string_view input) {
  if (auto const document = json::Document::parse(input, {.bytes = std::size_t{1} << 20})) {
    if (auto const filter = parse_cql2_json(document->root(), "filter")) check(*filter);
  }
  if (!is_utf8(input)) return; // no request has such a text
  if (auto const filter = parse_cql2_text(input, "filter")) check(*filter);
}

} // namespace terracat::fuzz
