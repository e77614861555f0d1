#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What the command line says, as values.
namespace terracat::cli {

/// What every command takes.
struct Common {
  std::string config; ///< file; empty: that of this folder or of the machine, else the defaults
  std::string store;  ///< instead of store.path; empty: as configured
};

struct Serve {
  std::string listen;     ///< empty: as configured
  std::string public_url; ///< empty: as configured
  std::string port_file;  ///< where the port that was taken is written; empty: nowhere
  bool read_only = false; ///< a file that nobody writes: an archive, a backup
  Common common;          ///< to read the configuration again
};

struct HarvestSources {
  std::vector<std::string> sources; ///< empty: all that are enabled
  bool dry_run = false;
  bool full = false;
  bool sweep = false;
  bool replay = false;
  bool accept_deletions = false;
  std::size_t count = 10; ///< documents of a dry run
};

struct ImportFiles {
  std::vector<std::string> files; ///< "-" is standard input
  std::string source = "local";
  std::string format; ///< empty: found out from each document
};

struct MapFiles {
  std::string file;   ///< or a folder; "-" is standard input
  std::string source; ///< whose settings count; empty: of none
  std::string format; ///< empty: that of the source, else found out from each document
  std::size_t count = 10;
  bool json = false;
};

struct ExportAll {
  std::string what = "stac";            ///< "stac" or "records"
  std::vector<std::string> collections; ///< empty: all
};

struct ShowSources {
  std::string what; ///< "kinds", "formats", or empty: the sources
};

struct RemoveSource {
  std::string source;
};

struct PauseSource {
  std::string source;
  std::string reason; ///< may be empty
};

struct ResumeSource {
  std::string source;
};

struct EditRecord {
  std::string id;                    ///< any that leads to the record
  std::vector<std::string> wordings; ///< `title.fr=Pluie`
  std::vector<std::string> removed;  ///< `title.fr`
  std::string author;                ///< empty: the account that runs the command
  std::string reason;
  bool list = false; ///< all that is corrected, of whatever record
  bool json = false;
};

struct ShowRuns {
  std::optional<std::size_t> number; ///< one run in detail
  std::size_t limit = 20;
  bool json = false;
  bool csv = false;    ///< the documents of one run, or trends
  bool trends = false; ///< how the last ones of each source compare
};

struct AbortRun {
  std::size_t number = 0;
};

struct ShowQuality {
  std::vector<std::string> sources; ///< empty: all
  std::string missing;              ///< name of a criterion: the records that do not meet it
  bool json = false;
};

struct ShowDuplicates {
  bool json = false;
};

struct ShowVocabularies {
  bool json = false;
};

struct FetchVocabularies {
  std::vector<std::string> names; ///< empty: all that are published
};

struct ResolveKeyword {
  std::string keyword;
  bool json = false;
};

struct ListKeywords {
  std::string status = "near"; ///< or "unknown", "accepted", "refused"
  std::size_t limit = 50;      ///< of what was not decided
  bool json = false;
};

struct DecideKeyword {
  std::string verb; ///< "accept", "refuse" or "withdraw"
  std::string keyword;
  std::string concept_uri; ///< of what is accepted, else empty
  std::string author;      ///< empty: the account that runs the command
};

struct ListRenamings {
  bool json = false;
};

struct DecideRenaming {
  std::string verb;   ///< "accept" or "refuse"
  std::string former; ///< public ids
  std::string now;
  std::string author; ///< empty: the account that runs the command
  std::string reason;
};

struct CheckCatalogue {
  bool repair = false;
  bool json = false;
};

struct MakeBackup {
  std::string file;   ///< empty: a name of its own in the folder
  std::string folder; ///< empty: as configured
};

struct RestoreBackup {
  std::string backup;
};

struct ExplainSearch {
  std::string address; ///< of a GET or POST request to the site, with or without its host
  std::string body;    ///< a file, "-" for standard input; once it is read, what it says
  bool json = false;
};

struct SuggestIndexes {
  bool json = false;
};

struct ShowConfig {
  bool schema = false;
};

struct CheckConfig {};

struct ShowVersion {};

using Command =
    std::variant<Serve, HarvestSources, ImportFiles, MapFiles, ExportAll, ShowSources, RemoveSource,
                 PauseSource, ResumeSource, EditRecord, ShowRuns, AbortRun, ShowQuality,
                 ShowDuplicates, ShowVocabularies, FetchVocabularies, ResolveKeyword, ListKeywords,
                 DecideKeyword, ListRenamings, DecideRenaming, CheckCatalogue, MakeBackup,
                 RestoreBackup, ExplainSearch, SuggestIndexes, ShowConfig, CheckConfig,
                 ShowVersion>;

struct Options {
  Common common;
  Command command;
};

/// How a command ended, as the shell sees it. The help of the program lists them.
enum Exit : int {
  success = 0,
  failed = 1,    ///< the command did its work and something was wrong: a run failed, a fault found
  bad_usage = 2, ///< the command line
  io_error = 74, ///< the disc
  in_use = 75,   ///< another process writes the catalogue, or the port is taken
  bad_config = 78, ///< the configuration
};

/// \return  what to do, or the exit code after help or a complaint was printed
[[nodiscard]] std::variant<Options, int> parse(int argc, char const* const* argv);

} // namespace terracat::cli
