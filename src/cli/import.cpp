#include "cli/commands.hpp"
#include "cli/here_or_there.hpp"
#include "cli/run_text.hpp"

#include "kinds/files/files.hpp"

#include <filesystem>
#include <iostream>

namespace terracat::cli {

std::unique_ptr<kinds::Harvester> documents_of(ImportFiles const& options) {
  if (options.files == std::vector<std::string>{"-"}) {
    return kinds::files::from_stream(std::cin, options.format);
  }
  std::vector<std::filesystem::path> const paths(options.files.begin(), options.files.end());
  return kinds::files::from_paths(paths, options.format);
}

int work(Workplace const& place, ImportFiles const& options, kinds::Harvester& documents,
         Console& console, std::stop_token const& stop) {
  auto const source = import_source(place.config, options.source);
  console.begin("import");
  auto const run = place.harvest.import(source, documents, stop,
                                        [&](auto const& progress) { console.show(progress); });
  console.say(line_of(run));
  if (run.counts.failed > 0) {
    console.complain("terracat: " + std::to_string(run.counts.failed) +
                     " documents could not be read; see `terracat runs " +
                     std::to_string(static_cast<std::int64_t>(run.number)) + "`\n");
  }
  return is_well(run) && run.counts.failed == 0 ? success : failed;
}

int run(config::Config const& config, ImportFiles const& options) {
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const& stop) {
                         auto const documents = documents_of(options);
                         return work(place, options, *documents, console, stop);
                       });
}

} // namespace terracat::cli
