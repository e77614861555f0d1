#include "formats/dcat/draft.hpp"

#include "formats/words/keyword_book.hpp"
#include "formats/words/text.hpp"
#include "formats/words/topics.hpp"

#include <algorithm>

namespace terracat::formats::dcat {
namespace {

using graph::Node;
using model::Keyword;
using model::KeywordSet;
using model::LocalText;

/// Lists whose concepts are used without saying that they are theirs.
std::string known_scheme(std::string_view address) {
  for (auto const* const scheme :
       {"http://publications.europa.eu/resource/authority/data-theme",
        "http://inspire.ec.europa.eu/theme", "http://data.europa.eu/bna"}) {
    if (address.starts_with(std::string(scheme) + '/')) return scheme;
  }
  return {};
}

class Sets {
 public:
  explicit Sets(Draft& draft) noexcept : draft_(draft), book_(draft.parts.keyword_sets) {}

  /// A word, or a concept: an address, a node with a label, or both.
  void read(Node value, std::string_view kind) {
    Keyword keyword{.label = without_path(label_of(value, draft_)), .uri = {}};
    if (says_nothing(keyword.label.first())) keyword.label = {};
    if (is_placeholder(keyword.label.first())) return;
    auto address = address_of(value);
    if (address.starts_with("http") || address.starts_with("urn:")) {
      keyword.uri = std::move(address);
    }
    if (keyword.label.empty() && !keyword.uri.empty()) {
      keyword.label = LocalText(std::string(last_part(keyword.uri)));
    }
    if (keyword.label.empty()) return;
    KeywordSet heading;
    if (!value.is_literal()) {
      heading.kind = kind;
      auto const scheme = value.first({"skos:inScheme", "skos:topConceptOf"});
      heading.thesaurus = label_of(scheme, draft_);
      heading.thesaurus_uri = scheme.is_iri() ? address_of(scheme) : known_scheme(keyword.uri);
    }
    book_.add(heading, std::move(keyword));
  }

  /// Says how many keywords are not taken.
  void end() {
    if (book_.left_out() > 0) {
      draft_.left_out("keywords", KeywordBook::most, book_.left_out());
    }
  }

 private:
  Draft& draft_;
  KeywordBook book_;
};

} // namespace

void read_subjects(Node resource, Draft& draft) {
  constexpr std::string_view topic_list = "/metadata-codelist/TopicCategory/";
  Sets sets(draft);
  std::vector<Node> topics = resource.all({"geodcat:topicCategory"});
  for (auto const value : resource.all({"dcat:keyword", "dc:subject"})) sets.read(value, "");
  for (auto const value : resource.all({"dcat:theme", "dct:subject"})) {
    if (value.text().find(topic_list) != std::string::npos) {
      topics.push_back(value);
    } else {
      sets.read(value, "theme");
    }
  }
  sets.end();
  for (auto const value : topics) {
    std::string topic(last_part(value.text()));
    auto& known = draft.parts.topics;
    if (std::ranges::find(topic_categories, topic) == topic_categories.end()) {
      draft.note(FindingCode::code_unknown, resource, "geodcatap:topicCategory", value.text());
    } else if (std::ranges::find(known, topic) == known.end()) {
      known.push_back(std::move(topic));
    }
  }
}

} // namespace terracat::formats::dcat
