#include <terracat/item.hpp>

namespace terracat::model {

Result<Item> Item::make(ItemParts parts) {
  auto const refuse = [](char const* detail, char const* where) {
    return Problem{.kind = ProblemKind::invalid_body, .detail = detail, .where = where};
  };
  if (parts.native_id.empty()) return refuse("an item needs an id", "/id");
  if (parts.body.empty()) return refuse("an item needs a body", "");
  if (parts.start && parts.end && *parts.start > *parts.end) {
    return refuse("the item starts after its end", "/properties/start_datetime");
  }
  return Item(std::move(parts));
}

std::optional<Interval> Item::period() const {
  if (parts_.start && parts_.end) {
    return Interval::make(Bound::at(*parts_.start), Bound::at(*parts_.end)).value();
  }
  auto const moment = time();
  if (!moment) return std::nullopt;
  return Interval::instant(Bound::at(*moment));
}

} // namespace terracat::model
