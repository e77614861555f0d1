#include "formats/datacite/json.hpp"

#include "formats/readers.hpp"

#include <terracat/text.hpp>
#include <terracat/xml_text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace terracat::formats {
namespace datacite {
namespace {

struct Attribute {
  std::string_view member;
  std::string_view name;
};

/// A list of texts with something about each.
struct List {
  std::string_view member;
  std::string_view element; ///< of the list
  std::string_view item;
  std::string_view text; ///< member of an entry
  std::array<Attribute, 5> attributes{};
};

constexpr std::array lists{
    List{"titles", "titles", "title", "title", {{{"lang", "lang"}, {"titleType", "titleType"}}}},
    List{"subjects",
         "subjects",
         "subject",
         "subject",
         {{{"lang", "lang"},
           {"subjectScheme", "subjectScheme"},
           {"schemeUri", "schemeURI"},
           {"valueUri", "valueURI"},
           {"classificationCode", "classificationCode"}}}},
    List{"dates",
         "dates",
         "date",
         "date",
         {{{"dateType", "dateType"}, {"dateInformation", "dateInformation"}}}},
    List{
        "rightsList",
        "rightsList",
        "rights",
        "rights",
        {{{"lang", "lang"}, {"rightsUri", "rightsURI"}, {"rightsIdentifier", "rightsIdentifier"}}}},
    List{"descriptions",
         "descriptions",
         "description",
         "description",
         {{{"lang", "lang"}, {"descriptionType", "descriptionType"}}}},
    List{"relatedIdentifiers",
         "relatedIdentifiers",
         "relatedIdentifier",
         "relatedIdentifier",
         {{{"relationType", "relationType"}, {"relatedIdentifierType", "relatedIdentifierType"}}}},
    List{"alternateIdentifiers",
         "alternateIdentifiers",
         "alternateIdentifier",
         "alternateIdentifier",
         {{{"alternateIdentifierType", "alternateIdentifierType"}}}},
    List{"identifiers",
         "alternateIdentifiers",
         "alternateIdentifier",
         "identifier",
         {{{"identifierType", "alternateIdentifierType"}}}},
    List{"formats", "formats", "format", {}, {}},
};

/// Members that are lists of what is written element by element.
constexpr std::array<std::string_view, 4> structures{"creators", "contributors", "geoLocations",
                                                     "fundingReferences"};

/// With what XML can hold: no control characters, and neither U+FFFE nor U+FFFF.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = text[i];
    bool const is_noncharacter =
        text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF";
    if (is_noncharacter) {
      i += 2;
    } else if (static_cast<unsigned char>(c) >= ' ' || c == '\t' || c == '\n') {
      out += c;
    }
  }
  return escaped_xml(out);
}

/// A text or a number; empty for anything else.
std::string text_of(std::optional<json::Value> const& value) {
  if (!value) return {};
  if (auto const text = value->string()) return std::string(*text);
  return value->kind() == json::Kind::number ? value->text() : std::string();
}

/// The elements of an array; what is none stands for a list of one.
std::vector<json::Value> elements_of(std::optional<json::Value> const& value) {
  std::vector<json::Value> out;
  if (!value || value->is_null()) return out;
  if (!value->is_array()) return {*value};
  for (auto const element : value->elements()) out.push_back(element);
  return out;
}

/// Writes elements.
class Xml {
 public:
  void open(std::string_view name) { out_ += '<' + std::string(name) + '>'; }

  /// With those of the entry's members that are attributes.
  void open(std::string_view name, json::Value const& entry,
            std::span<Attribute const> attributes) {
    out_ += '<' + std::string(name);
    for (auto const& [member, attribute] : attributes) {
      auto const text = member.empty() ? std::string() : text_of(entry.member(member));
      if (!text.empty()) out_ += ' ' + std::string(attribute) + "=\"" + escaped(text) + '"';
    }
    out_ += '>';
  }

  void close(std::string_view name) { out_ += "</" + std::string(name) + '>'; }

  void text(std::string_view text) { out_ += escaped(text); }

  /// Nothing if the text is empty.
  void element(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    open(name);
    this->text(text);
    close(name);
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_list(Xml& out, List const& list, json::Value const& attributes) {
  out.open(list.element);
  for (auto const& entry : elements_of(attributes.member(list.member))) {
    out.open(list.item, entry, list.attributes);
    out.text(entry.is_object() ? text_of(entry.member(list.text)) : text_of(entry));
    out.close(list.item);
  }
  out.close(list.element);
}

/// Some write an agent's type and identifier as schema.org does.
void write_agent(Xml& out, json::Value const& agent, std::string_view item,
                 std::string_view name_element) {
  constexpr std::array own{Attribute{"contributorType", "contributorType"}};
  constexpr std::array type{Attribute{"nameType", "nameType"}};
  constexpr std::array affiliation{Attribute{"affiliationIdentifier", "affiliationIdentifier"}};
  out.open(item, agent, own);
  out.open(name_element, agent, type);
  out.text(text_of(agent.member("name")));
  out.close(name_element);
  out.element("givenName", text_of(agent.member("givenName")));
  out.element("familyName", text_of(agent.member("familyName")));
  for (auto const& identifier : elements_of(agent.member("nameIdentifiers"))) {
    out.element("nameIdentifier", text_of(identifier.member("nameIdentifier")));
  }
  out.element("nameIdentifier", text_of(agent.member("id")));
  for (auto const& entry : elements_of(agent.member("affiliation"))) {
    out.open("affiliation", entry, affiliation);
    out.text(entry.is_object() ? text_of(entry.member("name")) : text_of(entry));
    out.close("affiliation");
  }
  out.close(item);
}

void write_members(Xml& out, json::Value const& object) {
  for (auto const& [name, value] : object.members()) {
    bool const is_name = std::ranges::all_of(name, [](char c) { return is_alphanumeric(c); });
    if (is_name && !name.empty() && !is_digit(name[0])) out.element(name, text_of(value));
  }
}

/// One polygon, or several: points stand in members of their own.
void write_polygon(Xml& out, std::vector<json::Value> const& points) {
  out.open("geoLocationPolygon");
  for (auto const& entry : points) {
    auto const point = entry.member("polygonPoint");
    if (!point) continue;
    out.open("polygonPoint");
    write_members(out, *point);
    out.close("polygonPoint");
  }
  out.close("geoLocationPolygon");
}

void write_location(Xml& out, json::Value const& location) {
  out.open("geoLocation");
  for (auto const& place : elements_of(location.member("geoLocationPlace"))) {
    out.element("geoLocationPlace", text_of(place));
  }
  for (auto const* const shape : {"geoLocationBox", "geoLocationPoint"}) {
    for (auto const& value : elements_of(location.member(shape))) {
      out.open(shape);
      value.is_object() ? write_members(out, value) : out.text(text_of(value));
      out.close(shape);
    }
  }
  auto const polygons = elements_of(location.member("geoLocationPolygon"));
  bool const is_one = !polygons.empty() && polygons.front().is_object();
  if (is_one) write_polygon(out, polygons);
  for (auto const& polygon : polygons) {
    if (!is_one) write_polygon(out, elements_of(polygon));
  }
  out.close("geoLocation");
}

void write_structures(Xml& out, json::Value const& attributes) {
  out.open("creators");
  for (auto const& agent : elements_of(attributes.member("creators"))) {
    write_agent(out, agent, "creator", "creatorName");
  }
  out.close("creators");
  out.open("contributors");
  for (auto const& agent : elements_of(attributes.member("contributors"))) {
    write_agent(out, agent, "contributor", "contributorName");
  }
  out.close("contributors");
  out.open("geoLocations");
  for (auto const& location : elements_of(attributes.member("geoLocations"))) {
    write_location(out, location);
  }
  out.close("geoLocations");
  out.open("fundingReferences");
  for (auto const& reference : elements_of(attributes.member("fundingReferences"))) {
    out.open("fundingReference");
    out.element("funderName", text_of(reference.member("funderName")));
    out.element("funderIdentifier", text_of(reference.member("funderIdentifier")));
    out.close("fundingReference");
  }
  out.close("fundingReferences");
}

void write_publisher(Xml& out, json::Value const& attributes) {
  constexpr std::array identifier{Attribute{"publisherIdentifier", "publisherIdentifier"}};
  auto const publisher = attributes.member("publisher");
  if (!publisher) return;
  out.open("publisher", *publisher, identifier);
  out.text(publisher->is_object() ? text_of(publisher->member("name")) : text_of(publisher));
  out.close("publisher");
}

void write_type(Xml& out, json::Value const& attributes) {
  constexpr std::array general{Attribute{"resourceTypeGeneral", "resourceTypeGeneral"}};
  auto const types = attributes.member("types");
  if (!types) return;
  out.open("resourceType", *types, general);
  out.text(text_of(types->member("resourceType")));
  out.close("resourceType");
}

/// The DOI, else the first of its names.
std::string identifier_of(json::Value const& attributes) {
  for (auto const* const member : {"doi", "id"}) {
    if (auto text = text_of(attributes.member(member)); !text.empty()) return text;
  }
  return {};
}

/// `title[2]`: the name, and the number counted from 0.
std::pair<std::string_view, std::size_t> step_of(std::string_view text) {
  auto const bracket = text.find('[');
  std::size_t number = 1;
  if (bracket != std::string_view::npos) {
    std::from_chars(text.data() + bracket + 1, text.data() + text.size(), number);
  }
  return {text.substr(0, bracket), std::max<std::size_t>(number, 1) - 1};
}

bool is_list(std::string_view element) {
  return std::ranges::find(lists, element, &List::element) != lists.end() ||
         std::ranges::find(structures, element) != structures.end();
}

} // namespace

std::optional<Attributes> attributes_in(json::Value const& root) {
  Attributes out{.value = root, .pointer = {}};
  for (auto const* const member : {"data", "attributes"}) {
    auto const inner = out.value.member(member);
    if (!inner || !inner->is_object()) continue;
    out.value = *inner;
    out.pointer += '/' + std::string(member);
  }
  if (!out.value.member("titles") && !out.value.member("creators")) return std::nullopt;
  return out;
}

std::string xml_of(json::Value const& attributes) {
  Xml out;
  out.open("record");
  out.open("header");
  out.element("datestamp", text_of(attributes.member("updated")));
  out.close("header");
  out.open("metadata");
  out.open(R"(resource xmlns="http://datacite.org/schema/kernel-4")");
  out.open(R"(identifier identifierType="DOI")");
  out.text(identifier_of(attributes));
  out.close("identifier");
  write_structures(out, attributes);
  for (auto const& list : lists) write_list(out, list, attributes);
  write_publisher(out, attributes);
  out.element("publicationYear", text_of(attributes.member("publicationYear")));
  write_type(out, attributes);
  out.element("language", text_of(attributes.member("language")));
  if (auto const url = text_of(attributes.member("url")); !url.empty()) {
    out.open("alternateIdentifiers");
    out.open(R"(alternateIdentifier alternateIdentifierType="URL")");
    out.text(url);
    out.close("alternateIdentifier");
    out.close("alternateIdentifiers");
  }
  out.close("resource");
  out.close("metadata");
  out.close("record");
  return out.take();
}

std::string json_pointer(std::string_view xpath, std::string_view attributes) {
  constexpr std::string_view top = "/resource";
  auto const at = xpath.find(top);
  std::string out(attributes);
  if (at == std::string_view::npos) return out;
  auto rest = xpath.substr(at + top.size());
  bool is_within_list = false;
  while (rest.starts_with('/')) {
    rest.remove_prefix(1);
    auto const end = std::min(rest.find('/'), rest.size());
    auto const [name, number] = step_of(rest.substr(0, end));
    out += '/';
    out += is_within_list ? std::to_string(number) : std::string(name);
    is_within_list = !is_within_list && is_list(name);
    rest.remove_prefix(end);
  }
  return out;
}

} // namespace datacite

bool recognises_datacite_json(std::string_view document) {
  constexpr std::size_t longest_beginning = 65'536;
  auto const beginning = trimmed(document.substr(0, longest_beginning));
  if (!beginning.starts_with('{')) return false;
  auto const has = [beginning](std::string_view name) {
    return beginning.find(name) != std::string_view::npos;
  };
  return has("\"doi\"") && has("\"creators\"") && has("\"titles\"");
}

ReadResult read_datacite_json(std::string_view document, ReadContext const& context) {
  auto const parsed = json::Document::parse(document);
  if (!parsed) {
    return Finding{.code = FindingCode::json_malformed,
                   .where = parsed.error().where,
                   .excerpt = excerpt(parsed.error().detail)};
  }
  auto const attributes = datacite::attributes_in(parsed->root());
  if (!attributes) {
    return Finding{.code = FindingCode::unexpected_root, .where = {}, .excerpt = {}};
  }
  auto reading = read_datacite(datacite::xml_of(attributes->value), context);
  if (!reading) {
    auto finding = reading.error();
    finding.where = datacite::json_pointer(finding.where, attributes->pointer);
    return finding;
  }
  for (auto& finding : reading->findings) {
    finding.where = datacite::json_pointer(finding.where, attributes->pointer);
  }
  return reading;
}

} // namespace terracat::formats
