#include "json/schema.hpp"

#include "json/schema_check.hpp"
#include "json/schema_compile.hpp"

namespace terracat::json {

Result<Schema> Schema::compile(std::string_view text) {
  auto set = SchemaSet::compile({{.name = {}, .address = {}, .text = std::string(text)}});
  if (!set) return set.error();
  return set->front();
}

std::optional<Problem> Schema::check(Value const& value) const {
  return checked(*nodes_, top_, value);
}

Result<SchemaSet> SchemaSet::compile(std::vector<SchemaText> const& texts) {
  try {
    SchemaTexts const parsed(texts);
    auto [nodes, tops] = json::compile(parsed, texts.size());
    auto const shared = std::make_shared<Schema::Nodes const>(std::move(nodes));
    SchemaSet out;
    for (auto const top : tops) out.schemas_.push_back(Schema(shared, top));
    for (auto const& [address, text] : parsed.addresses()) {
      if (text < texts.size()) out.by_address_.emplace(address, text);
    }
    return out;
  } catch (ProblemError const& error) {
    return error.problem();
  }
}

Schema const* SchemaSet::find(std::string_view address) const {
  if (address.ends_with('#')) address.remove_suffix(1);
  auto const found = by_address_.find(address);
  return found == by_address_.end() ? nullptr : &schemas_[found->second];
}

} // namespace terracat::json
