#include "formats/origins.hpp"

#include "formats/xml/xml.hpp"
#include "json/pointer.hpp"

#include <terracat/instant.hpp>
#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <pugixml.hpp>

#include <charconv>
#include <functional>
#include <map>
#include <optional>

namespace terracat::formats {
namespace {

constexpr std::size_t most_places = 3;      ///< that are told of one value
constexpr std::size_t shortest_part = 4;    ///< bytes: shorter ones are within anything
constexpr std::size_t most_numbers = 2'000; ///< that are looked at in one text

/// Bytes that are searched for parts of texts, for all values together.
constexpr std::size_t most_searched = std::size_t{256} << 20;

/// White space apart, what readers keep of a text.
std::string folded(std::string_view text) {
  std::string out;
  bool is_blank = false;
  for (auto const c : trimmed(text)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      is_blank = true;
      continue;
    }
    if (is_blank) out += ' ';
    is_blank = false;
    out += c;
  }
  return out;
}

std::optional<double> number_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || stop != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

/// Dates and times as one moment; what begins like one and says more counts by its beginning.
std::optional<std::int64_t> moment_of(std::string_view text) {
  constexpr std::size_t date = 10; // 2024-05-01
  if (text.size() < date || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto const whole = model::parse_rfc3339_lenient(text);
  if (whole) return whole->milliseconds();
  auto const day = model::parse_rfc3339_lenient(text.substr(0, date));
  return day ? std::optional(day->milliseconds()) : std::nullopt;
}

/// The texts of a document, and where each is.
class Places {
 public:
  /// \param where  called only for what is told
  void add(std::string_view text, std::function<std::string()> where) {
    auto said = folded(text);
    if (said.empty()) return;
    auto const index = texts_.size();
    same_[said].push_back(index);
    if (auto const moment = moment_of(said)) moments_[*moment].push_back(index);
    add_numbers(said, index);
    texts_.push_back({.text = std::move(said), .where = std::move(where)});
  }

  [[nodiscard]] Origin find(std::string where, json::Value const& value) {
    Origin out{
        .where = std::move(where), .value = std::string(value.string().value_or("")), .places = {}};
    if (value.kind() != json::Kind::string) out.value = value.text();
    auto const said = folded(out.value);
    if (auto const found = same_.find(said); found != same_.end()) {
      tell(out, Likeness::same, found->second);
    } else if (auto const* const equal = equal_to(said)) {
      tell(out, Likeness::equal, *equal);
    } else if (auto const parts = containing(said); !parts.empty()) {
      tell(out, Likeness::within, parts);
    }
    return out;
  }

 private:
  using Indexes = std::vector<std::size_t>;

  struct Said {
    std::string text;
    std::function<std::string()> where;
  };

  /// A text may be a list of numbers: `2.5 48.5 3.1 49`.
  void add_numbers(std::string_view said, std::size_t index) {
    for (std::size_t count = 0; !said.empty() && count < most_numbers; ++count) {
      auto const end = std::min(said.find_first_of(" ,;()"), said.size());
      if (auto const number = number_of(said.substr(0, end))) {
        auto& places = numbers_[*number];
        if (places.empty() || places.back() != index) places.push_back(index);
      }
      said.remove_prefix(std::min(end + 1, said.size()));
    }
  }

  [[nodiscard]] Indexes const* equal_to(std::string_view said) const {
    if (auto const number = number_of(said)) {
      auto const found = numbers_.find(*number);
      return found == numbers_.end() ? nullptr : &found->second;
    }
    auto const moment = moment_of(said);
    auto const found = moment ? moments_.find(*moment) : moments_.end();
    return found == moments_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] Indexes containing(std::string_view said) {
    Indexes out;
    if (said.size() < shortest_part) return out;
    for (std::size_t i = 0; i < texts_.size() && searched_ < most_searched; ++i) {
      searched_ += texts_[i].text.size();
      if (texts_[i].text.find(said) != std::string::npos) out.push_back(i);
    }
    return out;
  }

  void tell(Origin& out, Likeness likeness, Indexes const& found) const {
    out.likeness = likeness;
    out.count = found.size();
    for (auto const index : found) {
      if (out.places.size() == most_places) break;
      out.places.push_back(texts_[index].where());
    }
  }

  std::vector<Said> texts_;
  std::map<std::string, Indexes, std::less<>> same_;
  std::map<double, Indexes> numbers_;
  std::map<std::int64_t, Indexes> moments_;
  std::size_t searched_ = 0;
};

// ---- Documents

/// The element after this one in the order of the document, within `top`.
xml::Node following(xml::Node node, xml::Node top) {
  if (auto const child = node.child()) return child;
  while (node != top) {
    if (auto const next = node.next()) return next;
    node = node.parent();
  }
  return {};
}

void add_xml(Places& places, xml::Document const& document) {
  for (auto node = document.root(); node; node = following(node, document.root())) {
    places.add(node.text(), [node] { return node.pointer(); });
    for (auto const& attribute : node.handle().attributes()) {
      std::string const name = attribute.name();
      if (name.starts_with("xmlns")) continue;
      places.add(attribute.value(), [node, name] { return node.pointer() + "/@" + name; });
    }
  }
}

void add_lines(Places& places, std::string_view text) {
  for (std::size_t line = 1; !text.empty(); ++line) {
    auto const end = std::min(text.find('\n'), text.size());
    places.add(text.substr(0, end), [line] { return "line " + std::to_string(line); });
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Calls with each value that holds no others, and its pointer. The depth is that of json::Limits.
template<class Visit>
void each_leaf(json::Value const& value, std::string const& where, // NOLINT(misc-no-recursion)
               Visit const& visit) {
  if (value.is_object()) {
    for (auto const& [name, member] : value.members()) {
      each_leaf(member, where + '/' + json::pointer_token(name), visit);
    }
  } else if (value.is_array()) {
    std::size_t index = 0;
    for (auto const element : value.elements()) {
      each_leaf(element, where + '/' + std::to_string(index++), visit);
    }
  } else if (!value.is_null()) {
    visit(value, where);
  }
}

void add_json(Places& places, json::Document const& document) {
  each_leaf(document.root(), {}, [&](json::Value const& value, std::string const& where) {
    places.add(value.kind() == json::Kind::string ? std::string(*value.string()) : value.text(),
               [where] { return where; });
  });
}

} // namespace

std::string_view name(Likeness likeness) noexcept {
  switch (likeness) {
  case Likeness::same:
    return "same";
  case Likeness::equal:
    return "equal";
  case Likeness::within:
    return "within";
  case Likeness::none:
    break;
  }
  return "none";
}

std::vector<Origin> origins_of(std::string_view document, std::string_view result) {
  Places places;
  // Markup within JSON may pass for XML. Places of XML need their document.
  auto const json = json::Document::parse(document);
  auto const xml = xml::Document::parse(json ? std::string_view() : document);
  if (json) {
    add_json(places, *json);
  } else if (xml) {
    add_xml(places, *xml);
  } else {
    add_lines(places, document);
  }
  std::vector<Origin> out;
  auto const mapped = json::Document::parse(result);
  if (!mapped) return out;
  each_leaf(mapped->root(), {}, [&](json::Value const& value, std::string const& where) {
    out.push_back(places.find(where, value));
  });
  return out;
}

} // namespace terracat::formats
