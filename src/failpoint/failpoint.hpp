#pragma once

#include <array>
#include <string_view>

/// Places at which a test may let the program die, fail or wait. The program as it is shipped knows
/// no way to arm them and does not contain their names: there `pass` is empty, and test/fault links
/// another one in its place.
namespace terracat::failpoint {

enum class Point {
  commit_begins,
  commit_done,
  checkpoint_begins,
  checkpoint_done,
  removal_begins,
  removal_done,
  migration_step_begins,
  migration_step_done,
  page_begins,
  page_done,
  backup_rename_begins,
  backup_rename_done,
  restore_ready_begins,
  restore_ready_done,
  restore_rename_begins,
  restore_rename_done,
};

struct Row {
  Point point;
  std::string_view name;
};

// THE table of failpoints.
inline constexpr std::array rows{
    Row{Point::commit_begins, "store.commit.before"},
    Row{Point::commit_done, "store.commit.after"},
    Row{Point::checkpoint_begins, "store.checkpoint.before"},
    Row{Point::checkpoint_done, "store.checkpoint.after"},
    Row{Point::removal_begins, "store.removal.before"}, // of one record or item, with its tombstone
    Row{Point::removal_done, "store.removal.after"},
    Row{Point::migration_step_begins, "store.migration.before"}, // of each step
    Row{Point::migration_step_done, "store.migration.after"},
    Row{Point::page_begins, "run.page.before"}, // of a source, once fetched
    Row{Point::page_done, "run.page.after"},    // handed to the writer, which may not be done
    Row{Point::backup_rename_begins, "backup.rename.before"},
    Row{Point::backup_rename_done, "backup.rename.after"},
    Row{Point::restore_ready_begins, "restore.ready.before"}, // the copy gets a name that counts
    Row{Point::restore_ready_done, "restore.ready.after"},
    Row{Point::restore_rename_begins, "restore.rename.before"}, // it becomes the catalogue
    Row{Point::restore_rename_done, "restore.rename.after"},
};

/// The program has come to the point. Thread-safe.
void pass(Point point);

} // namespace terracat::failpoint
