#include "kinds/aeris/aeris.hpp"
#include "kinds/aeris/options.hpp"
#include "kinds/counted_list.hpp"
#include "kinds/listed_documents.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <utility>

namespace terracat::kinds::aeris {
namespace {

/// What an entry of the list is called.
std::string id_of(json::Value const& entry) {
  for (auto const* const name : {"id", "identifier", "uuid"}) {
    auto const text = trimmed(entry.string(name).value_or(""));
    if (!text.empty()) return std::string(text);
  }
  return {};
}

class AerisHarvester : public ListedDocuments {
 public:
  AerisHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                 What what)
      : ListedDocuments(fetcher, what), fetcher_(fetcher), address_(source.address) {
    auto const options = read_options(options_schema, source.options);
    project_ = *options.root().string("project");
    begin(address_ + '\n' + project_, checkpoint);
  }

 protected:
  [[nodiscard]] std::vector<ListedDocument> fetch_list(std::stop_token const& stop) override {
    fetch::Request request;
    request.url = below(address_, "metadata/summaries");
    if (!project_.empty()) request.url = with_parameters(request.url, {{"project", project_}});
    request.accept = "application/json";
    auto const body = fetcher_.fetch(request, stop).body;
    auto const document = json::Document::parse(body);
    auto const results = document ? document->root().member("results") : std::nullopt;
    if (!results || !results->is_array()) refuse_page(body, "list of AERIS");
    std::vector<ListedDocument> out;
    for (auto const entry : results->elements()) {
      auto id = id_of(entry);
      auto said = id.empty() ? entry.text() : std::string();
      out.push_back({.id = std::move(id), .said = std::move(said)});
    }
    return out;
  }

  [[nodiscard]] fetch::Request request_for(ListedDocument const& listed) const override {
    fetch::Request request;
    request.url = address_of(listed.id);
    request.accept = "application/json";
    return request;
  }

  [[nodiscard]] RawDocument document_of(ListedDocument const& listed,
                                        std::string bytes) const override {
    return {.native_id = listed.id,
            .format = "aeris",
            .bytes = std::move(bytes),
            .address = without_credentials(address_of(listed.id)),
            .collection = {}};
  }

 private:
  [[nodiscard]] std::string address_of(std::string const& id) const {
    return below(address_, "metadata/" + encoded(id));
  }

  fetch::Fetcher& fetcher_;
  std::string address_;
  std::string project_; ///< short name; empty: all
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<AerisHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::aeris
