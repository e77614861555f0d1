#include "catalogue/committer.hpp"
#include "catalogue/renamings.hpp"

#include <algorithm>
#include <limits>

/// What a committer does when an operator said whether a new record is one that is missing.
namespace terracat::catalogue {
namespace {

/// Of items that go with a collection; a run clears away the others.
constexpr std::size_t most_rows_of_former = 10'000;

[[noreturn]] void refuse_renaming(ProblemKind kind, std::string detail, std::string where) {
  throw ProblemError({.kind = kind, .detail = std::move(detail), .where = std::move(where)});
}

store::RecordRow record_called(store::Reader& reader, std::string const& id,
                               std::string const& where) {
  auto const number = reader.record_by_id(id);
  auto row = number ? reader.record(*number) : std::nullopt;
  if (!row)
    refuse_renaming(ProblemKind::not_found, "there is no record '" + excerpt(id) + "'", where);
  return std::move(*row);
}

} // namespace

bool Committer::is_missing(store::RecordRow const& row) {
  store::Grace const any{.since = model::Instant(std::numeric_limits<std::int64_t>::max()),
                         .sweeps = 1};
  store::Resource const before(RecordNumber{static_cast<std::int64_t>(row.number) - 1});
  auto const marks = writer_.reader().missing(row.source, any, before, 1);
  return !marks.empty() && marks.front().resource == store::Resource(row.number);
}

void Committer::apply(RenamingEdit const& edit) {
  auto& reader = writer_.reader();
  auto const former = record_called(reader, edit.former, "/former");
  auto const now = record_called(reader, edit.now, "/now");
  if (former.number == now.number || former.source != now.source) {
    refuse_renaming(ProblemKind::conflict, "these are not two records of one source", "/now");
  }
  if (!is_missing(former)) {
    refuse_renaming(ProblemKind::conflict, "its source has '" + former.id + "' still", "/former");
  }
  if (is_missing(now)) {
    refuse_renaming(ProblemKind::conflict, "its source does not have '" + now.id + "' any more",
                    "/now");
  }
  if (edit.is_accepted) return take_place(former, now);
  auto const key = refusals_of(now);
  std::string said;
  for (auto const& known : reader.corrections(now.source, now.native_id)) {
    if (known.key == key) said = known.value;
  }
  writer_.put_correction({.key = key,
                          .value = with_refusal(said, former.native_id),
                          .author = edit.author,
                          .at = edit.at,
                          .reason = edit.reason});
}

/// The public id, what data managers said, and all that leads to the former are of the other one
/// from now on. Its own items stay; those of the former go with it.
void Committer::take_place(store::RecordRow const& former, store::RecordRow const& now) {
  auto& reader = writer_.reader();
  auto const own = reader.corrections(now.source, now.native_id);
  for (auto correction : reader.corrections(former.source, former.native_id)) {
    writer_.remove_correction(correction.key);
    correction.key.native_id = now.native_id;
    bool const is_said = std::ranges::any_of(
        own, [&](store::Correction const& known) { return known.key == correction.key; });
    if (!is_said) writer_.put_correction(correction);
  }
  writer_.lead_on(former.number, now.number);
  remove_record(former.number);
  writer_.purge(most_rows_of_former);
  rename(now, former.id);
  keep_derived();
  settle_clusters(nullptr);
}

} // namespace terracat::catalogue
