// Keywords of GCMD as NASA's Keyword Management Service lists them in CSV: a line about the list,
// the names of columns, and for each keyword the levels that lead to it and its UUID.

#include "formats/words/text.hpp"
#include "vocabulary/formats.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace terracat::vocabulary {
namespace {

using Subject = Statements::Subject;
using Fields = std::vector<std::string>;

constexpr std::string_view skos = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view concepts = "https://gcmd.earthdata.nasa.gov/kms/concept/";
constexpr std::string_view schemes = "https://gcmd.earthdata.nasa.gov/kms/concepts/concept_scheme/";
constexpr std::size_t most_bytes = std::size_t{64} << 20;
constexpr std::size_t most_fields = 64;

/// The records of a CSV text (RFC 4180), one after the other.
class Csv {
 public:
  explicit Csv(std::string_view text) : text_(text) {}

  [[nodiscard]] bool is_at_end() const noexcept { return at_ >= text_.size(); }

  /// \return  fields without blanks at their ends; those behind most_fields are left out
  Fields next() {
    Fields out;
    for (bool is_last = false; !is_last;) {
      auto field = this->field();
      is_last = is_at_end() || text_[at_] == '\n';
      ++at_;
      if (out.size() < most_fields) out.push_back(formats::one_line(field));
    }
    return out;
  }

 private:
  /// Up to a comma or the end of the line, neither of which counts within quotes.
  std::string field() {
    std::string out;
    bool is_quoted = false;
    for (; at_ < text_.size(); ++at_) {
      auto const c = text_[at_];
      if (c == '"') {
        bool const is_double = is_quoted && text_.substr(at_ + 1).starts_with('"');
        if (is_double) {
          out += text_[at_++];
        } else {
          is_quoted = !is_quoted;
        }
      } else if (!is_quoted && (c == ',' || c == '\n')) {
        break;
      } else {
        out += c;
      }
    }
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool is_uuid(std::string_view text) noexcept {
  constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return text.size() == form.size() &&
         std::equal(text.begin(), text.end(), form.begin(), [](char c, char wanted) {
           bool const is_hexadecimal = is_digit(c) || (lowered(c) >= 'a' && lowered(c) <= 'f');
           return wanted == '-' ? c == '-' : is_hexadecimal;
         });
}

/// `sciencekeywords` of the address that the first line names; empty if it names none.
std::string scheme_of(Fields const& about) {
  constexpr std::string_view word = "concept_scheme/";
  for (auto const& field : about) {
    auto const found = field.find(word);
    if (found == std::string::npos) continue;
    auto const rest = std::string_view(field).substr(found + word.size());
    auto const* const end = std::ranges::find_if_not(
        rest, [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
    return {rest.begin(), end};
  }
  return {};
}

std::string version_of(Fields const& about) {
  constexpr std::string_view word = "Keyword Version: ";
  for (auto const& field : about) {
    if (field.starts_with(word)) return field.substr(word.size());
  }
  return {};
}

class List {
 public:
  /// \param names  of columns
  List(Fields const& about, Fields const& names, Gathering& out)
      : names_(names), out_(out), concept_(out.subject(std::string(skos) + "Concept")) {
    auto const name = scheme_of(about);
    if (name.empty()) return;
    scheme_ = out.subject(std::string(schemes) + name);
    out.say(*scheme_, Property::type, out.subject(std::string(skos) + "ConceptScheme"));
    auto const version = version_of(about);
    auto const title = "GCMD " + name;
    out.say(*scheme_, Property::title, version.empty() ? title : title + ", version " + version,
            "en");
  }

  void add(Fields fields) {
    fields.resize(names_.size());
    Row row{.uuid = std::move(fields.back())};
    for (std::size_t i = 0; i + 1 < fields.size(); ++i) {
      if (fields[i].empty()) continue;
      if (names_[i] == "Long_Name") {
        row.long_name = std::move(fields[i]);
      } else if (names_[i].find("URL") == std::string::npos) {
        row.path.push_back(std::move(fields[i]));
      }
    }
    if (row.path.empty() && row.uuid.empty()) return; // an empty line
    if (row.path.empty() || !is_uuid(row.uuid)) {
      out_.report.add(FindingCode::concept_address, {}, listed(row.path) + " " + row.uuid);
      return;
    }
    rows_.push_back(std::move(row));
  }

  void finish() {
    for (auto const& row : rows_) {
      numbers_.try_emplace(key(row.path), out_.subject(std::string(concepts) + row.uuid));
    }
    for (auto const& row : rows_) describe(row);
  }

 private:
  struct Row {
    Fields path; ///< from the widest word to the keyword itself
    std::string long_name;
    std::string uuid;
  };

  static std::string key(std::span<std::string const> path) {
    std::string out;
    for (auto const& word : path) out += word + '\n';
    return out;
  }

  void describe(Row const& row) {
    auto const self = out_.subject(std::string(concepts) + row.uuid);
    out_.say(self, Property::type, concept_);
    out_.say(self, Property::preferred, row.path.back(), "en");
    out_.say(self, Property::alternate, row.long_name, "en");
    if (scheme_) out_.say(self, Property::in_scheme, *scheme_);
    // The next word above that is a keyword itself.
    auto path = std::span(row.path);
    while (path.size() > 1) {
      path = path.first(path.size() - 1);
      auto const above = numbers_.find(key(path));
      if (above == numbers_.end() || above->second == self) continue;
      return out_.say(self, Property::broader, above->second);
    }
    if (scheme_) out_.say(self, Property::top_concept_of, *scheme_);
  }

  Fields const& names_;
  Gathering& out_;
  Subject concept_;
  std::optional<Subject> scheme_;
  std::vector<Row> rows_;
  std::unordered_map<std::string, Subject> numbers_; ///< by key
};

} // namespace

bool is_gcmd(std::string_view beginning) {
  constexpr int first_lines = 3;
  if (is_xml(beginning) || is_json(beginning)) return false;
  for (int i = 0; i < first_lines && !beginning.empty(); ++i) {
    auto const end = std::min(beginning.find('\n'), beginning.size());
    auto const line = trimmed(beginning.substr(0, end));
    if (line.ends_with(",UUID") || line.ends_with(",\"UUID\"")) return true;
    beginning.remove_prefix(std::min(end + 1, beginning.size()));
  }
  return false;
}

std::optional<Finding> read_gcmd(Reading const& reading, Gathering& out) {
  auto const text = reading.document.whole(most_bytes);
  if (!text) return text.error();
  if (!json::is_utf8(*text)) {
    return Finding{.code = FindingCode::not_utf8, .where = {}, .excerpt = {}};
  }
  Csv csv(beginning_of(*text));
  Fields about;
  auto names = csv.next();
  while (names.back() != "UUID" && !csv.is_at_end()) {
    about = std::move(names);
    names = csv.next();
  }
  List list(about, names, out);
  while (!csv.is_at_end()) list.add(csv.next());
  list.finish();
  return std::nullopt;
}

} // namespace terracat::vocabulary
