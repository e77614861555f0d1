#include "formats/readers.hpp"

#include "formats/products/description.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/links.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/record_draft.hpp"

#include <terracat/text.hpp>

namespace terracat::formats {
namespace products {

bool is_description(xml::Node root) {
  return root.name() == "OpenSearchDescription" &&
         root.namespace_uri().starts_with("http://a9.com/-/spec/opensearch");
}

std::string collection_of(xml::Node description, std::string_view address) {
  auto const path = address.substr(0, address.find_first_of("?#"));
  auto const steps = split(path, "/");
  bool const is_of_resto = steps.size() > 2 && steps.back() == "describe.xml" &&
                           steps[steps.size() - 3] == "collections";
  if (is_of_resto) return std::string(steps[steps.size() - 2]);
  auto name = xml::line_of(description.child("ShortName"));
  return is_name(name) ? name : std::string();
}

} // namespace products

namespace opensearch {
namespace {

using xml::Node;

/// Reads what a search says of itself: the collection that it is a search of.
class DescriptionReader {
 public:
  DescriptionReader(Node root, ReadContext const& context) : root_(root), draft_(context) {}

  ReadResult read() {
    auto& parts = draft_.parts;
    auto const& context = draft_.context();
    parts.native_id = context.native_id.empty() ? products::collection_of(root_, context.address)
                                                : context.native_id;
    if (parts.native_id.empty()) {
      return xml::refusal(FindingCode::no_identifier, root_.child("ShortName"), {});
    }
    read_language();
    parts.type = "series";
    for (auto const* const name : {"LongName", "ShortName"}) {
      if (parts.title.empty()) parts.title = xml::name_of({root_.child(name)}, draft_);
    }
    if (parts.title.empty()) parts.title = model::LocalText(parts.native_id);
    parts.description = xml::prose_of({root_.child("Description")}, draft_);
    if (parts.description.empty()) draft_.note(FindingCode::abstract_missing, root_);
    read_tags();
    read_contact();
    read_rights();
    read_links();
    return draft_.take();
  }

 private:
  /// Of the texts, if the search knows one alone.
  void read_language() {
    auto const stated = root_.all("Language");
    auto language =
        stated.size() == 1 ? formats::read_language(xml::line_of(stated.front())) : std::string();
    draft_.language = language.empty() ? draft_.context().language : language;
    if (!language.empty()) draft_.parts.metadata_languages.push_back(std::move(language));
  }

  /// Words between blanks.
  void read_tags() {
    auto const tags = xml::line_of(root_.child("Tags"));
    for (auto const tag : split(tags, " ,")) {
      if (!is_name(tag)) continue;
      draft_.keywords.add(
          {}, {.label = model::LocalText(draft_.language, std::string(tag)), .uri = {}});
    }
  }

  void read_contact() {
    model::Contact contact;
    auto developer = xml::line_of(root_.child("Developer"));
    if (is_name(developer)) contact.organisation = model::LocalText(std::move(developer));
    auto email = xml::line_of(root_.child("Contact"));
    if (email.find('@') != std::string::npos && email.find(' ') == std::string::npos) {
      contact.emails.push_back(std::move(email));
    } else if (is_name(email)) {
      draft_.note(FindingCode::email_unreadable, root_.child("Contact"), email);
    }
    contact.roles = {"pointOfContact"};
    draft_.contacts.add(std::move(contact));
  }

  /// That results may be passed on is what everybody expects of a catalogue.
  void read_rights() {
    auto const right = lowered(xml::line_of(root_.child("SyndicationRight")));
    if (right != "limited" && right != "private" && right != "closed") return;
    draft_.add_new(draft_.parts.access_constraints,
                   model::LocalText("en", "Results of searches: syndication right " + right));
  }

  void read_links() {
    auto const& address = draft_.context().address;
    if (!is_web_address(address)) return;
    draft_.add_online({.href = draft_.link(root_, address),
                       .name = {},
                       .description = {},
                       .protocol = "OpenSearch",
                       .function = "search",
                       .media_type = "application/opensearchdescription+xml"});
  }

  Node root_;
  Draft draft_;
};

} // namespace
} // namespace opensearch

bool recognises_opensearch(std::string_view document) {
  for (auto const& tag : xml::first_start_tags(document, 1)) {
    return tag.name == "OpenSearchDescription";
  }
  return false;
}

ReadResult read_opensearch(std::string_view document, ReadContext const& context) {
  auto const parsed = xml::Document::parse(document);
  if (!parsed) return parsed.error();
  auto const root = parsed->root();
  if (!products::is_description(root)) {
    return xml::refusal(FindingCode::unexpected_root, root, root.name());
  }
  return opensearch::DescriptionReader(root, context).read();
}

} // namespace terracat::formats
