#include "catalogue/scope.hpp"

#include "query/digest.hpp"

namespace terracat::catalogue {

std::uint64_t Scope::digest() const {
  query::Digest out;
  out.add(std::uint64_t{what_.index()}).add(std::uint64_t{with_items_only_});
  if (auto const* const names = sources()) {
    for (auto const& name : *names) out.add(std::string_view(name));
  }
  if (auto const* const list = members()) {
    for (auto const& member : *list) {
      out.add(std::string_view(member.collection)).add(std::string_view(member.shown_as));
      out.add(member.where);
    }
  }
  return out.value();
}

} // namespace terracat::catalogue
