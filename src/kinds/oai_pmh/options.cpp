#include "kinds/oai_pmh/options.hpp"

#include "kinds/options.hpp"

namespace terracat::kinds::oai_pmh {

Options parse_options(std::string_view json) {
  auto const document = read_options(options_schema, json);
  auto const root = document.root();
  Options options{.metadata_prefix = std::string(*root.string("metadata_prefix")), .sets = {}};
  for (auto const& set : root.member("sets")->elements()) {
    options.sets.emplace_back(*set.string());
  }
  return options;
}

} // namespace terracat::kinds::oai_pmh
