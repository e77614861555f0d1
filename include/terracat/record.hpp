#pragma once

#include <terracat/geometry.hpp>
#include <terracat/interval.hpp>
#include <terracat/link.hpp>
#include <terracat/local_text.hpp>

#include <optional>
#include <string>
#include <vector>

namespace terracat::model {

/// A name that somebody gave to the resource, apart from the record's own id.
struct Identifier {
  std::string scheme; ///< "doi", "hdl", "ark", "uuid", "uri", or what the source says
  std::string value;  ///< a DOI in lower case without prefix or host

  friend bool operator==(Identifier const&, Identifier const&) = default;
};

struct Keyword {
  LocalText label;
  std::string uri; ///< of the concept, if the source gave one

  friend bool operator==(Keyword const&, Keyword const&) = default;
};

/// Keywords of one thesaurus and kind. Free keywords stand in a set without thesaurus.
struct KeywordSet {
  std::string kind; ///< ISO 19115 MD_KeywordTypeCode: "theme", "place", "platform", …; may be empty
  LocalText thesaurus;
  std::string thesaurus_uri;
  std::vector<Keyword> keywords;

  friend bool operator==(KeywordSet const&, KeywordSet const&) = default;
};

/// A person or an organisation with all the roles it has.
struct Contact {
  std::string name;
  LocalText organisation;
  LocalText position;
  std::vector<std::string> emails;
  std::vector<std::string> phones;
  std::string url;
  std::string orcid;              ///< 0000-0002-1825-0097
  std::string ror;                ///< https://ror.org/…
  std::vector<std::string> roles; ///< ISO 19115 CI_RoleCode: "pointOfContact", "author", …

  friend bool operator==(Contact const&, Contact const&) = default;
};

/// A date of the resource, with what the source wrote.
struct ResourceDate {
  std::string kind; ///< ISO 19115 CI_DateTypeCode: "creation", "publication", "revision", …
  Bound at = Bound::unknown();
  std::string text;

  friend bool operator==(ResourceDate const&, ResourceDate const&) = default;
};

/// A period that the data cover. What could not be read is kept as text with an unknown end.
struct TemporalExtent {
  std::optional<Interval> interval;
  std::string start_text;
  std::string end_text;

  friend bool operator==(TemporalExtent const&, TemporalExtent const&) = default;
};

/// An area that the data cover: a box, a polygon, or only a name.
struct SpatialExtent {
  std::optional<Geometry> geometry;
  LocalText place;

  friend bool operator==(SpatialExtent const&, SpatialExtent const&) = default;
};

struct VerticalExtent {
  HeightRange range;
  std::string unit;
  std::string crs;

  friend bool operator==(VerticalExtent const&, VerticalExtent const&) = default;
};

/// What one may do with the data, as far as the source says.
struct Licence {
  std::string spdx; ///< "CC-BY-4.0"; empty if none was recognised
  LocalText text;
  std::string url;

  friend bool operator==(Licence const&, Licence const&) = default;
};

/// A way to the data or to more about them (ISO CI_OnlineResource).
struct OnlineResource {
  std::string href; ///< absolute
  LocalText name;
  LocalText description;
  std::string protocol;   ///< as written: "WWW:LINK-1.0-http--link", "OGC:WMS"
  std::string function;   ///< ISO CI_OnLineFunctionCode: "download", "information", …
  std::string media_type; ///< empty if unknown

  friend bool operator==(OnlineResource const&, OnlineResource const&) = default;
};

/// Another resource that this one belongs to, comes from or operates on.
struct Relation {
  std::string kind; ///< "parent", "operates-on", or ISO DS_AssociationTypeCode
  std::string id;   ///< the other's identifier in the same source; may be empty
  std::string href;
  LocalText title;

  friend bool operator==(Relation const&, Relation const&) = default;
};

struct Resolution {
  double value = 0;
  std::string unit; ///< "m", "degree", or "scale" for a denominator

  friend bool operator==(Resolution const&, Resolution const&) = default;
};

/// Something that terracat concluded and the source did not say.
struct Inference {
  std::string member; ///< of the answer: "extent", "license"
  std::string rule;   ///< one sentence

  friend bool operator==(Inference const&, Inference const&) = default;
};

/// A member of the answer in which a data manager's word stands instead of the source's.
struct Corrected {
  std::string member; ///< "title", "license"
  std::string
      language; ///< BCP 47, of the one text that was corrected; empty: the one that is shown
  Instant at{0};

  friend bool operator==(Corrected const&, Corrected const&) = default;
};

/// All that a record holds. What the source did not say is empty.
struct RecordParts {
  std::string native_id; ///< as the source calls the record; never empty in a Record
  std::string type;      ///< ISO 19115 MD_ScopeCode: "dataset", "series", "service", …
  LocalText title;       ///< never empty in a Record
  LocalText alternate_title;
  LocalText description;
  std::vector<std::string> metadata_languages; ///< BCP 47
  std::vector<std::string> resource_languages;
  std::vector<Identifier> identifiers;

  Bound created = Bound::unknown(); ///< of the record
  Bound updated = Bound::unknown();
  std::vector<ResourceDate> dates; ///< of the resource

  std::vector<KeywordSet> keyword_sets;
  std::vector<std::string> topics; ///< ISO 19115 MD_TopicCategoryCode
  std::vector<LocalText> variables;
  std::vector<LocalText> platforms;
  std::vector<LocalText> instruments;
  std::vector<Contact> contacts;

  std::vector<SpatialExtent> spatial;
  std::vector<VerticalExtent> vertical;
  std::vector<TemporalExtent> temporal;
  std::vector<Resolution> resolutions;

  std::vector<Licence> licences;
  std::vector<LocalText> access_constraints; ///< statements about access that are no licence
  std::vector<OnlineResource> online;
  std::vector<Asset> assets;
  std::vector<LocalText> formats; ///< names of distribution formats
  LocalText lineage;
  LocalText purpose;
  std::vector<Relation> relations;
  std::string status;    ///< ISO 19115 MD_ProgressCode
  std::string frequency; ///< ISO 19115 MD_MaintenanceFrequencyCode
  std::string crs;       ///< "EPSG:4326"

  std::vector<Inference> inferences;

  /// Never kept with the record: corrections are kept apart, and put on each time (catalogue/).
  std::vector<Corrected> corrected;

  /// Members of a STAC Collection that have no place above, as JSON text by name: `summaries`,
  /// `item_assets`, `cube:variables`. They are answered as they came.
  std::vector<std::pair<std::string, std::string>> stac_members;

  friend bool operator==(RecordParts const&, RecordParts const&) = default;
};

/// True for the types of records that are also STAC Collections: data sets and series.
[[nodiscard]] bool is_collection_type(std::string_view type) noexcept;

/// What the catalogue knows of one resource at data-set level. One that exists has a native id and
/// a title.
class Record {
 public:
  [[nodiscard]] static Result<Record> make(RecordParts parts);

  [[nodiscard]] RecordParts const& operator*() const noexcept { return parts_; }

  [[nodiscard]] RecordParts const* operator->() const noexcept { return &parts_; }

  /// True if the record is also a STAC Collection.
  [[nodiscard]] bool is_collection() const noexcept { return is_collection_type(parts_.type); }

  /// The union of all areas; nothing if none is known.
  [[nodiscard]] std::optional<Bbox> bbox() const;

  /// The union of all periods; nothing if none is known.
  [[nodiscard]] std::optional<Interval> period() const;

  friend bool operator==(Record const&, Record const&) = default;

 private:
  explicit Record(RecordParts parts) : parts_(std::move(parts)) {}

  RecordParts parts_;
};

} // namespace terracat::model
