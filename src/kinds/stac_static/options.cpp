#include "kinds/stac_static/options.hpp"

#include "kinds/options.hpp"

namespace terracat::kinds::stac_static {

Options parse_options(std::string_view json) {
  auto const document = read_options(options_schema, json);
  auto const root = document.root();
  return {.items = *root.member("items")->boolean(),
          .other_hosts = *root.member("other_hosts")->boolean(),
          .choice = stac_api::choice_of(root)};
}

} // namespace terracat::kinds::stac_static
