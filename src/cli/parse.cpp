#include "catalogue/corrections.hpp"
#include "cli/options.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"
#include "enrich/quality.hpp"

#include <terracat/format.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <utility>

namespace terracat::cli {
namespace {

constexpr auto footer = R"(
Begin with `terracat serve`: without a configuration it serves an empty catalogue on
http://127.0.0.1:8080 from the file terracat.sqlite in this folder.
`terracat import FILE` puts metadata documents into it, `terracat config show` prints a
configuration to add sources to, `terracat harvest` fetches these.

Exit codes: 0 all is well; 1 the command ran and something was wrong (a run failed, a fault was
found); 2 the command line is wrong; 74 the disc failed; 75 the catalogue or the port is in use by
another process; 78 the configuration is wrong.)";

/// Indented, one on a line.
std::string format_names() {
  std::string out;
  for (auto const& format : formats::all()) out += "  " + std::string(format.name) + '\n';
  return out;
}

/// Indented, one on a line.
std::string correctable_names() {
  std::string out;
  for (auto const& field : catalogue::correctable_fields()) {
    auto name = "  " + std::string(field.name);
    if (field.has_languages) name += "[.LANGUAGE]";
    name.resize(std::max(name.size() + 2, std::size_t{26}), ' ');
    out += name + std::string(field.summary) + '\n';
  }
  return out;
}

/// Indented, one on a line.
std::string criterion_names() {
  std::string out;
  for (auto const& one : enrich::criteria()) {
    out += "  " + std::string(one.name) + " (" + std::to_string(one.weight) + " %)\n";
  }
  return out;
}

/// \return  a complaint, or nothing
std::string is_criterion(std::string const& name) {
  return enrich::criterion(name) == nullptr ? "nothing that is asked for is called '" + name + "'"
                                            : "";
}

/// \return  a complaint, or nothing
std::string is_format(std::string const& name) {
  return formats::find(name) == nullptr ? "there is no format '" + name + "'" : "";
}

class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.footer(footer);
    app_.fallthrough(); // --config and --store may stand behind the command, too
    app_.add_option("--config", options_.common.config,
                    "Configuration; else terracat.toml here, else in /etc/terracat")
        ->type_name("FILE")
        ->envname("TERRACAT_CONFIG");
    app_.add_option("--store", options_.common.store, "Catalogue file, instead of store.path")
        ->type_name("PATH");
    add_serve();
    add_harvest();
    add_import();
    add_map();
    add_export();
    add_sources();
    add_edit();
    add_runs();
    add_quality();
    add_duplicates();
    add_renamed();
    add_vocabularies();
    add_suggestions();
    add_check();
    add_backup();
    add_restore();
    add_explain();
    add_suggest_indexes();
    add_config();
    add_version();
  }

  std::variant<Options, int> parse(int argc, char const* const* argv) {
    try {
      app_.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
      if (app_.get_subcommands().empty() && !app_.remaining().empty()) return no_such_command();
      auto const code = app_.exit(error);
      return code == 0 ? static_cast<int>(success) : static_cast<int>(bad_usage);
    }
    return options_;
  }

 private:
  [[nodiscard]] int no_such_command() const {
    std::cerr << "terracat: there is no command '" << plain(app_.remaining().front())
              << "'; there are";
    char const* separator = " ";
    for (auto const* const known : app_.get_subcommands([](CLI::App const*) { return true; })) {
      std::cerr << std::exchange(separator, ", ") << known->get_name();
    }
    std::cerr << '\n';
    return bad_usage;
  }

  /// A command whose values go into `values` until it is chosen.
  template<class Values>
  CLI::App* command(CLI::App& parent, std::string const& name, std::string const& summary,
                    Values& values) {
    auto* const made = parent.add_subcommand(name, summary);
    made->callback([this, &values] { options_.command = values; });
    return made;
  }

  void add_serve() {
    auto* const made =
        command(app_, "serve", "Serve the catalogue, and harvest by schedule", serve_);
    made->add_option("--listen", serve_.listen, "Address and port, instead of server.listen")
        ->type_name("HOST:PORT");
    made->add_option("--public-url", serve_.public_url,
                     "Address that clients use, instead of site.public_url")
        ->type_name("URL");
    made->add_flag("--read-only", serve_.read_only,
                   "Serve a file that nobody writes, as from a read-only disc");
    made->add_option("--port-file", serve_.port_file,
                     "Write the port into this file, once requests are answered")
        ->type_name("FILE");
  }

  void add_harvest() {
    auto* const made = command(app_, "harvest", "Fetch sources into the catalogue, once", harvest_);
    made->add_option("source", harvest_.sources, "Names of sources; all that are enabled if none")
        ->type_name("SOURCE");
    auto* const dry = made->add_flag("--dry-run", harvest_.dry_run,
                                     "Print what the first documents become; write nothing");
    made->add_option("--count", harvest_.count, "Documents of a dry run")->needs(dry);
    auto* const full = made->add_flag("--full", harvest_.full,
                                      "Read everything again, also what is known unchanged");
    auto* const replay = made->add_flag(
        "--replay", harvest_.replay, "Read again what is kept of the sources, without the network");
    auto* const sweep = made->add_flag("--sweep", harvest_.sweep,
                                       "Only ask which documents there are, to find what is gone");
    auto* const accept =
        made->add_flag("--accept-deletions", harvest_.accept_deletions,
                       "Remove what has been missing for long enough, however much it is");
    dry->excludes(full)->excludes(replay)->excludes(sweep)->excludes(accept);
    full->excludes(replay)->excludes(sweep);
    replay->excludes(sweep)->excludes(accept);
  }

  void add_import() {
    auto* const made =
        command(app_, "import", "Put metadata documents into the catalogue", import_);
    made->add_option("file", import_.files, "Files or folders; - is standard input")
        ->required()
        ->type_name("FILE");
    made->add_option("--source", import_.source, "Source that owns what is imported")
        ->capture_default_str();
    made->add_option("--format", import_.format, "Format of the documents, if it cannot be told")
        ->type_name("FORMAT")
        ->check(is_format);
    made->footer("Formats, as `terracat sources formats` explains them:\n" + format_names());
  }

  void add_map() {
    auto* const made = command(
        app_, "map", "Show what documents become, and where in them each value stands", map_);
    made->add_option("file", map_.file, "A file or folder; - is standard input")
        ->required()
        ->type_name("FILE");
    made->add_option("--source", map_.source, "Read them as documents of this source")
        ->type_name("SOURCE");
    made->add_option("--format", map_.format, "Format of the documents, if it cannot be told")
        ->type_name("FORMAT")
        ->check(is_format);
    made->add_option("--count", map_.count, "Documents to show")->capture_default_str();
    made->add_flag("--json", map_.json, "Print a JSON object for each document");
    made->footer(
        "Nothing is written. Each value of a record or item stands under its place in what "
        "the catalogue\nkeeps, with the places of the document that say it: `same`; "
        "`equal`, a number or date written\notherwise; `within`, as a part. A value "
        "without a place is a code, a default, or made of several.");
  }

  void add_export() {
    auto* const made = command(app_, "export", "Print the catalogue as NDJSON", export_);
    made->add_option("what", export_.what,
                     "stac (collections, then items) or records (OGC API Records)")
        ->check(CLI::IsMember({"stac", "records"}))
        ->capture_default_str();
    made->add_option("--collection", export_.collections, "Only these collections")
        ->type_name("ID");
  }

  void add_sources() {
    auto* const made = app_.add_subcommand(
        "sources", "Show the sources, kinds or formats; pause, resume or remove a source");
    made->add_option("what", sources_.what, "kinds or formats")
        ->check(CLI::IsMember({"kinds", "formats"}));
    auto* const remove =
        command(*made, "remove", "Remove all that is kept of a source that is configured no more",
                remove_source_);
    remove->add_option("source", remove_source_.source, "Its name")
        ->required()
        ->type_name("SOURCE");
    auto* const pause = command(
        *made, "pause", "Leave a source alone until it is resumed; its run stops", pause_source_);
    pause->add_option("source", pause_source_.source, "Its name")->required()->type_name("SOURCE");
    pause->add_option("--reason", pause_source_.reason, "Why")->type_name("TEXT");
    auto* const resume =
        command(*made, "resume", "Let it be harvested again; a run that was stopped goes on",
                resume_source_);
    resume->add_option("source", resume_source_.source, "Its name")
        ->required()
        ->type_name("SOURCE");
    // Called after that of a subcommand.
    made->callback([this, made] {
      if (made->get_subcommands().empty()) options_.command = sources_;
    });
  }

  void add_edit() {
    auto* const made = command(
        app_, "edit", "Correct what a source says of a record, for good; show corrections", edit_);
    auto* const id =
        made->add_option("id", edit_.id, "Id, former id, identifier or DOI of a record")
            ->type_name("ID");
    auto* const wordings =
        made->add_option("wording", edit_.wordings, "What is to stand there: title.fr=\"Pluie\"")
            ->type_name("FIELD=VALUE");
    auto* const removed =
        made->add_option("--remove", edit_.removed,
                         "Drop a correction: what the source says stands there again")
            ->type_name("FIELD")
            ->allow_extra_args(false);
    made->add_option("--by", edit_.author, "Who says so; else the account that runs the command")
        ->type_name("NAME");
    made->add_option("--reason", edit_.reason, "Why")->type_name("TEXT");
    made->add_flag("--list", edit_.list, "Show the corrections of all records, and if they apply")
        ->excludes(id)
        ->excludes(wordings)
        ->excludes(removed);
    made->add_flag("--json", edit_.json, "Print JSON");
    made->footer("Fields:\n" + correctable_names() +
                 "\nA harvest keeps corrections, and so does the removal of the record: they are "
                 "there again\nwhen it is. Answers say what was corrected and when, not by whom.");
  }

  void add_runs() {
    auto* const made =
        app_.add_subcommand("runs", "Show the last runs, or one of them; abort one in progress");
    auto* const number =
        made->add_option("run", runs_.number, "Number of a run: what became of its documents")
            ->type_name("N");
    made->add_option("--limit", runs_.limit, "Runs to show")->capture_default_str();
    auto* const json = made->add_flag("--json", runs_.json, "Print JSON");
    made->add_flag("--trends", runs_.trends,
                   "Compare the last complete runs of each source, --limit of them")
        ->excludes(number);
    made->add_flag("--csv", runs_.csv, "Print the documents of one run, or trends, as a table")
        ->excludes(json);
    auto* const abort =
        command(*made, "abort", "Stop a run of the server; what it brought is kept", abort_run_);
    abort->add_option("run", abort_run_.number, "Its number")->required()->type_name("N");
    // Called after that of a subcommand.
    made->callback([this, made] {
      if (!made->get_subcommands().empty()) return;
      if (runs_.csv && !runs_.number && !runs_.trends) {
        throw CLI::RequiresError("--csv", "a run, or --trends");
      }
      options_.command = runs_;
    });
  }

  void add_quality() {
    auto* const made = command(
        app_, "quality", "Show how complete descriptions are, and what they are without", quality_);
    made->add_option("sources", quality_.sources, "Of these sources only; else of all")
        ->type_name("SOURCE");
    made->add_option("--missing", quality_.missing,
                     "Show the records that do not, or not wholly, state this")
        ->type_name("NAME")
        ->check(is_criterion);
    made->add_flag("--json", quality_.json, "Print JSON");
    made->footer(
        "What can be missing:\n" + criterion_names() +
        "\nIt is the description that is rated, not the data. `/api/v1/datasets/ID/quality` "
        "has the\nsame of one record.");
  }

  void add_suggestions() {
    auto* const made = app_.add_subcommand(
        "suggestions", "Show keywords that no concept is sure to be; say what they stand for");
    made->add_option("--status", keywords_.status,
                     "near a concept, unknown to all, or accepted or refused before")
        ->check(CLI::IsMember({"near", "unknown", "accepted", "refused"}))
        ->capture_default_str();
    made->add_option("--limit", keywords_.limit, "Keywords to show, the most said first")
        ->capture_default_str();
    made->add_flag("--json", keywords_.json, "Print JSON");
    auto const add = [&](std::string const& verb, std::string const& summary,
                         DecideKeyword& values) {
      auto* const one = command(*made, verb, summary, values);
      one->add_option("keyword", values.keyword, "As records say it; case and accents do not count")
          ->required()
          ->type_name("TEXT");
      if (verb == "accept") {
        one->add_option("concept", values.concept_uri, "Address of the concept that it stands for")
            ->required()
            ->type_name("URI");
      }
      one->add_option("--by", values.author, "Who says so; else the account that runs the command")
          ->type_name("NAME");
    };
    add("accept", "A keyword stands for a concept, in all records and in those to come", accepted_);
    add("refuse", "A keyword is not to be offered again", refused_);
    add("withdraw", "Take back what was decided of a keyword", withdrawn_);
    // Called after that of a subcommand.
    made->callback([this, made] {
      if (made->get_subcommands().empty()) options_.command = keywords_;
    });
  }

  void add_renamed() {
    auto* const made = app_.add_subcommand(
        "renamed", "Show records that may have another identifier at their source; decide");
    made->add_flag("--json", renamings_.json, "Print JSON");
    auto const add = [&](std::string const& verb, std::string const& summary,
                         DecideRenaming& values) {
      auto* const one = command(*made, verb, summary, values);
      one->add_option("former", values.former, "Id of the record that is missing")->required();
      one->add_option("now", values.now, "Id of the new one")->required();
      one->add_option("--by", values.author, "Who says so; else the account that runs the command")
          ->type_name("NAME");
      if (verb == "refuse") one->add_option("--reason", values.reason, "Why")->type_name("TEXT");
    };
    add("accept", "The new one is the former: it takes its id, corrections and addresses",
        renamed_);
    add("refuse", "They are two: they are not to be proposed again", other_);
    // Called after that of a subcommand.
    made->callback([this, made] {
      if (made->get_subcommands().empty()) options_.command = renamings_;
    });
  }

  void add_duplicates() {
    auto* const made =
        command(app_, "duplicates", "Show what several sources describe, and what may be the same",
                duplicates_);
    made->add_flag("--json", duplicates_.json, "Print JSON");
    made->footer("Records are joined by DOI, handle, ARK or UUID. Those that only look alike stay "
                 "apart: it is\nfor their sources to say which name they have.");
  }

  void add_vocabularies() {
    auto* const made = app_.add_subcommand(
        "vocabularies", "Read the vocabularies and say what is in them; find a concept");
    made->add_flag("--json", vocabularies_.json, "Print JSON");
    auto* const fetch =
        command(*made, "fetch", "Fetch those that are published somewhere, now", fetch_);
    fetch->add_option("names", fetch_.names, "Which ones; else all that have a url")
        ->type_name("NAME");
    fetch->footer("A running server takes what was brought when it reads its configuration again.");
    auto* const resolve =
        command(*made, "resolve", "Show the concepts that a keyword may stand for", resolve_);
    resolve->add_option("keyword", resolve_.keyword, "A label, a notation, a path, an address")
        ->required()
        ->type_name("TEXT");
    resolve->add_flag("--json", resolve_.json, "Print JSON");
    // Called after that of a subcommand.
    made->callback([this, made] {
      if (made->get_subcommands().empty()) options_.command = vocabularies_;
    });
  }

  void add_check() {
    auto* const made =
        command(app_, "check",
                "Prove the catalogue: structure, keys, checksums, texts against rows", check_);
    made->add_flag("--repair", check_.repair,
                   "First make anew what is derived; let what is damaged be fetched again");
    made->add_flag("--json", check_.json, "Print one JSON object");
  }

  void add_backup() {
    auto* const made =
        command(app_, "backup", "Copy the catalogue, also while a server runs, and prove the copy",
                backup_);
    auto* const file = made->add_option("file", backup_.file, "The backup; one there is replaced")
                           ->type_name("FILE");
    made->add_option("--to", backup_.folder,
                     "Folder, instead of backup.folder: old backups there are removed")
        ->type_name("DIR")
        ->excludes(file);
  }

  void add_restore() {
    auto* const made = command(
        app_, "restore", "Put a backup in the place of the catalogue; no server may run", restore_);
    made->add_option("backup", restore_.backup, "As `terracat backup` made it")
        ->required()
        ->type_name("FILE");
  }

  void add_explain() {
    auto* const made =
        command(app_, "explain", "Show how a search among items is answered, and what it looks at",
                explain_);
    made->add_option("address", explain_.address, "As clients ask: '/stac/search?limit=1'")
        ->required()
        ->type_name("URL");
    made->add_option("--body", explain_.body, "JSON of a POST request; - is standard input")
        ->type_name("FILE");
    made->add_flag("--json", explain_.json, "Print one JSON object");
  }

  void add_suggest_indexes() {
    auto* const made = command(
        app_, "suggest-indexes",
        "Show what searches of the running server look for that has no index", suggest_indexes_);
    made->add_flag("--json", suggest_indexes_.json, "Print a JSON array");
  }

  void add_config() {
    auto* const config = app_.add_subcommand("config", "Show or check the configuration");
    config->require_subcommand(1);
    auto* const show =
        command(*config, "show", "Print what is in force, every key explained", show_config_);
    show->add_flag("--schema", show_config_.schema, "Print the JSON Schema of the file instead");
    command(*config, "check", "Say what is wrong with the configuration", check_config_);
  }

  void add_version() {
    command(app_, "version", "Print the version", version_);
    app_.set_version_flag("--version", version_line, "Print the version");
  }

  CLI::App app_{"terracat " + std::string(version) +
                ": the catalogue of one Earth-science data centre"};
  Options options_;
  Serve serve_;
  HarvestSources harvest_;
  ImportFiles import_;
  MapFiles map_;
  ExportAll export_;
  ShowSources sources_;
  RemoveSource remove_source_;
  PauseSource pause_source_;
  ResumeSource resume_source_;
  EditRecord edit_;
  ListKeywords keywords_;
  DecideKeyword accepted_{.verb = "accept", .keyword = {}, .concept_uri = {}, .author = {}};
  DecideKeyword refused_{.verb = "refuse", .keyword = {}, .concept_uri = {}, .author = {}};
  DecideKeyword withdrawn_{.verb = "withdraw", .keyword = {}, .concept_uri = {}, .author = {}};
  ListRenamings renamings_;
  DecideRenaming renamed_{.verb = "accept", .former = {}, .now = {}, .author = {}, .reason = {}};
  DecideRenaming other_{.verb = "refuse", .former = {}, .now = {}, .author = {}, .reason = {}};
  ShowRuns runs_;
  AbortRun abort_run_;
  ShowQuality quality_;
  ShowDuplicates duplicates_;
  ShowVocabularies vocabularies_;
  FetchVocabularies fetch_;
  ResolveKeyword resolve_;
  CheckCatalogue check_;
  MakeBackup backup_;
  RestoreBackup restore_;
  ExplainSearch explain_;
  SuggestIndexes suggest_indexes_;
  ShowConfig show_config_;
  CheckConfig check_config_;
  ShowVersion version_;
};

} // namespace

std::variant<Options, int> parse(int argc, char const* const* argv) {
  return CommandLine().parse(argc, argv);
}

} // namespace terracat::cli
