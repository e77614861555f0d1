#include "catalogue/view.hpp"

namespace terracat::catalogue {

index::Locator View::locator() {
  return [this](RecordNumber number) -> std::optional<model::Bbox> {
    auto const row = roll().find(number);
    return row ? roll().boxes()[*row] : std::nullopt;
  };
}

} // namespace terracat::catalogue
