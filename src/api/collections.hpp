#pragma once

#include "api/links.hpp"
#include "catalogue/view.hpp"

#include <terracat/problem.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace terracat::api {

/// The collection that is called so, here or elsewhere (native id, DOI). \throws ProblemError
[[nodiscard]] catalogue::ShownCollection existing_collection(catalogue::View& view,
                                                             std::string_view id);

/// The item that is called so (items.cpp). \throws ProblemError
[[nodiscard]] store::ItemRow existing_item(catalogue::View& view,
                                           catalogue::ShownCollection const& collection,
                                           std::string_view id);

/// Collections under the ids that the scope shows them by: clients may name them by others, such
/// as a DOI. Ids that lead nowhere stay, and find nothing.
[[nodiscard]] std::vector<std::string> resolved(catalogue::View& view,
                                                std::vector<std::string> ids);

/// Likewise, and of whichever member of a cluster is named the one that stands for it.
[[nodiscard]] std::vector<std::string> standing(catalogue::View& view,
                                                std::vector<std::string> ids);

/// One collection as an answer.
[[nodiscard]] Reply collection_reply(Exchange const& exchange, catalogue::View& view,
                                     catalogue::ShownCollection const& collection);

/// Adds a link `child` to a collection, with its title in the wanted one of these languages. In the
/// site's own order it is known without a look at the record.
void add_child(Links& links, Exchange const& exchange, catalogue::View& view,
               catalogue::ShownCollection const& collection,
               std::vector<std::string> const& languages);

/// The problem that there is none: it was removed, or never was and another id may have been meant.
[[nodiscard]] Problem no_such_collection(catalogue::View& view, std::string_view id);

/// Likewise, of a record of any type (record_page.cpp).
[[nodiscard]] Problem no_such_record(catalogue::View& view, std::string const& id);

/// The problem that it was removed. \param what  "collection" or "item"
[[nodiscard]] Problem gone(std::string_view what, store::Change const& removal);

} // namespace terracat::api
