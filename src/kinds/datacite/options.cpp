#include "kinds/datacite/options.hpp"

#include "kinds/options.hpp"

namespace terracat::kinds::datacite {

Options parse_options(std::string_view json) {
  auto const document = read_options(options_schema, json);
  auto const root = document.root();
  auto const text = [&root](std::string_view name) { return std::string(*root.string(name)); };
  Options options{.client = text("client"),
                  .provider = text("provider"),
                  .prefix = text("prefix"),
                  .query = text("query"),
                  .resource_types = {},
                  .page_size = whole_number(*root.member("page_size"))};
  for (auto const& type : root.member("resource_types")->elements()) {
    options.resource_types.emplace_back(*type.string());
  }
  if (options.client.empty() && options.provider.empty() && options.prefix.empty() &&
      options.query.empty()) {
    throw ProtocolError("all of DataCite is no source: name a client, provider, prefix or query");
  }
  return options;
}

} // namespace terracat::kinds::datacite
