#pragma once

#include "api/exchange.hpp"

namespace terracat::api {

/// The tag of a list (doc/design.md 5): the last change within its scope and type, weak, for
/// codings differ in bytes. Known before the list is made.
/// \param language  that was wanted, if the list is told in several
[[nodiscard]] std::string list_tag(Exchange const& exchange, Revision revision,
                                   Sequence last_change, std::string_view language = {});

/// For the tag of what tells concepts of records, as the language that is wanted: empty unless
/// these are older than the records, which they may be for a moment.
[[nodiscard]] std::string concept_mark(catalogue::View& view);

/// The tag of a list that tells concepts of records.
[[nodiscard]] std::string concept_list_tag(Exchange const& exchange, catalogue::View& view);

/// The tag of a page that tells how many records are about concepts, or how many items they have.
/// \param mark  of what it depends on besides
[[nodiscard]] std::string page_tag(Exchange const& exchange, catalogue::View& view,
                                   std::string_view mark = {});

/// For tags of what a question orders, as the language: the time that it names, as of this day.
/// Empty if it names none.
[[nodiscard]] std::string time_mark(std::string const& question, model::Instant now);

/// The tag of a list of records. Their concepts count, too, if they are asked for: nothing else is
/// to wait for these. So does the time that its question names, which may end today.
[[nodiscard]] std::string record_list_tag(Exchange const& exchange, catalogue::View& view,
                                          catalogue::RecordRequest const& request,
                                          std::string_view language = {});

/// The tag of one resource: strong, of this representation (media type, language and coding).
[[nodiscard]] std::string resource_tag(Exchange const& exchange, Revision revision,
                                       Sequence last_change, std::string_view media_type,
                                       std::string_view language = {});

/// Likewise, of the resource at another address than the one that was asked.
[[nodiscard]] std::string tag_at(Exchange const& exchange, std::string_view address,
                                 Revision revision, Sequence last_change,
                                 std::string_view media_type, std::string_view language = {});

/// What If-Match expects of a resource: any tag of this epoch will do that was given to the same
/// version, whatever the representation. \return  nothing if the header is absent or `*`
[[nodiscard]] std::optional<std::vector<Sequence>> expected_versions(Exchange const& exchange,
                                                                     Revision revision);

/// "Not modified", if the client has this tag; nothing otherwise.
[[nodiscard]] std::optional<Reply> not_modified(Exchange const& exchange, std::string const& tag);

/// "Not modified", or an answer with this tag that was made before; nothing otherwise.
/// \pre the tag stands for no other answer, whatever the request has besides; the route is kept
/// \throws catalogue::TooHeavy  if it would have to be made, but is no light work
[[nodiscard]] std::optional<Reply> known_answer(Exchange& exchange, std::string const& tag);

/// True if the list of tags of a request has this one, or is `*`. Weak comparison: what is asked is
/// whether the client has the answer already.
[[nodiscard]] bool lists_tag(std::string_view tags, std::string_view tag) noexcept;

/// An answer that changes only with the program or its settings, with its tag, or "not modified".
[[nodiscard]] Reply lasting(Exchange const& exchange, std::string body,
                            std::string_view media_type);

/// An answer that nobody is to keep.
[[nodiscard]] Reply unkept(int status, std::string_view media_type, std::string body);

/// A JSON answer with its tag.
[[nodiscard]] Reply tagged(std::string body, std::string_view media_type, std::string tag);

} // namespace terracat::api
