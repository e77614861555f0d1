#include "json/schema_texts.hpp"

#include "json/pointer.hpp"

#include <terracat/link.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::json {
namespace {

constexpr Limits text_limits{.bytes = std::size_t{4} << 20, .depth = 64, .unique_names = true};

constexpr std::array<std::string_view, 2> old_drafts{"http://json-schema.org/draft-07/schema",
                                                     "http://json-schema.org/draft-06/schema"};
constexpr std::array<std::string_view, 2> new_drafts{
    "https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema"};

bool is_among(auto const& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

std::string decoded(std::string_view fragment) {
  std::string out;
  for (std::size_t at = 0; at < fragment.size(); ++at) {
    unsigned char byte = 0;
    auto const digits = fragment.substr(at + 1, 2);
    auto const* const end = digits.data() + digits.size();
    bool const is_escape = fragment[at] == '%' && digits.size() == 2 &&
                           std::from_chars(digits.data(), end, byte, 16).ptr == end;
    out += is_escape ? static_cast<char>(byte) : fragment[at];
    if (is_escape) at += 2;
  }
  return out;
}

/// A step of a pointer as the name that it means.
std::string name_of(std::string_view step) {
  std::string out;
  for (std::size_t at = 0; at < step.size(); ++at) {
    bool const is_escape = step[at] == '~' && at + 1 < step.size();
    out += !is_escape ? step[at] : step[++at] == '1' ? '/' : '~';
  }
  return out;
}

std::optional<Value> child(Value const& parent, std::string const& name) {
  if (!parent.is_array()) return parent.member(name);
  std::size_t number = 0;
  auto const* const end = name.data() + name.size();
  auto const [stop, error] = std::from_chars(name.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  for (auto const element : parent.elements()) {
    if (number-- == 0) return element;
  }
  return std::nullopt;
}

std::optional<Value> at_pointer(Value value, std::string_view pointer) {
  while (!pointer.empty()) {
    if (pointer.front() != '/') return std::nullopt;
    auto const end = std::min(pointer.find('/', 1), pointer.size());
    auto const next = child(value, name_of(pointer.substr(1, end - 1)));
    if (!next) return std::nullopt;
    value = *next;
    pointer.remove_prefix(end);
  }
  return value;
}

} // namespace

std::string_view without_fragment(std::string_view address) {
  return address.substr(0, address.find('#'));
}

std::string pointer_step(std::string_view name) {
  return '/' + pointer_token(name);
}

SchemaTexts::SchemaTexts(std::vector<SchemaText> const& texts) {
  for (auto const& text : texts) add(text);
  for (std::size_t text = 0; text < parsed_.size(); ++text) read_head(text);
  index();
  add_known();
}

void SchemaTexts::add(SchemaText const& text) {
  auto document = Document::parse(text.text, text_limits);
  if (!document) {
    auto problem = document.error();
    problem.where = text.name + (problem.where.empty() ? "" : ": " + problem.where);
    throw ProblemError(std::move(problem));
  }
  parsed_.push_back({.name = text.name,
                     .address = std::string(without_fragment(text.address)),
                     .id = {},
                     .document = std::move(*document)});
}

void SchemaTexts::read_head(std::size_t text) {
  auto& parsed = parsed_[text];
  auto const top = parsed.document.root();
  parsed.id = without_fragment(top.string("$id").value_or(""));
  auto const draft = top.member("$schema");
  if (!draft) return;
  auto const name = without_fragment(draft->string().value_or(""));
  parsed.is_old = is_among(old_drafts, name);
  if (!parsed.is_old && !is_among(new_drafts, name)) {
    refuse(text, "/$schema", "expected draft-07, 2019-09 or 2020-12");
  }
}

/// Where a text lies tells more than what it calls itself: some keep the `$id` of a former version.
void SchemaTexts::index() {
  for (std::size_t text = 0; text < parsed_.size(); ++text) {
    auto const& address = parsed_[text].address;
    if (!address.empty()) addresses_.emplace(address, text);
  }
  auto const of_places = addresses_;
  for (std::size_t text = 0; text < parsed_.size(); ++text) {
    auto const& id = parsed_[text].id;
    if (id.empty() || of_places.contains(id)) continue;
    auto const [other, is_new] = addresses_.emplace(id, text);
    if (!is_new)
      refuse(text, "/$id", "this is the $id of " + parsed_[other->second].name + ", too");
  }
}

void SchemaTexts::add_known() {
  auto const add_draft = [&](std::string_view address) {
    if (!addresses_.emplace(address, parsed_.size()).second) return;
    add({.name = std::string(address), .address = {}, .text = R"({"type":["object","boolean"]})"});
  };
  std::ranges::for_each(old_drafts, add_draft);
  std::ranges::for_each(new_drafts, add_draft);
}

Spot SchemaTexts::top(std::size_t text) const {
  return {.text = text, .pointer = {}, .value = parsed_[text].document.root()};
}

std::size_t SchemaTexts::text_at(std::string_view reference, Spot const& from) const {
  auto const& own = parsed_[from.text];
  if (reference.empty()) return from.text;
  for (auto const* const base : {&own.id, &own.address}) {
    auto const address = model::resolve_href(*base, reference);
    if (!address.empty() && address == own.id) return from.text;
    auto const found = addresses_.find(address);
    if (found != addresses_.end()) return found->second;
  }
  auto const found = addresses_.find(reference);
  if (found != addresses_.end()) return found->second;
  refuse(from.text, from.pointer + "/$ref",
         "there is no schema of the address " + std::string(reference));
}

Spot SchemaTexts::target(std::string_view reference, Spot const& from) const {
  auto const hash = std::min(reference.find('#'), reference.size());
  auto out = top(text_at(reference.substr(0, hash), from));
  out.pointer = decoded(reference.substr(std::min(hash + 1, reference.size())));
  auto const value = at_pointer(out.value, out.pointer);
  if (!value) {
    refuse(from.text, from.pointer + "/$ref", "this leads nowhere: " + std::string(reference));
  }
  out.value = *value;
  return out;
}

void SchemaTexts::refuse(std::size_t text, std::string_view pointer, std::string detail) const {
  throw ProblemError({.kind = ProblemKind::invalid_body,
                      .detail = std::move(detail),
                      .where = parsed_[text].name + "#" + std::string(pointer)});
}

} // namespace terracat::json
