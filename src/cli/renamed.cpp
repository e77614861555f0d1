#include "catalogue/renamings.hpp"
#include "cli/account.hpp"
#include "cli/commands.hpp"
#include "cli/here_or_there.hpp"
#include "cli/terminal.hpp"
#include "formats/words/text.hpp"
#include "store/stores.hpp"

#include <iostream>

/// Records that may have another identifier at their source, and what operators decide of them.
namespace terracat::cli {
namespace {

using catalogue::LikelyRenaming;

std::vector<LikelyRenaming> all_renamings(store::Reader& reader) {
  reader.begin();
  auto const sources = reader.sources();
  reader.end();
  std::vector<LikelyRenaming> out;
  for (auto const& source : sources) {
    auto found = catalogue::likely_renamings(reader, source);
    out.insert(out.end(), std::make_move_iterator(found.begin()),
               std::make_move_iterator(found.end()));
  }
  return out;
}

void print_renamings(std::vector<LikelyRenaming> const& all) {
  std::cout << all.size() << " that may have another identifier at their source: same title, "
            << "place and address\n";
  for (auto const& [former, now] : all) {
    std::cout << "  \"" << plain_line(now.title) << "\"  " << plain_line(now.source) << '\n';
    std::cout << "    missing  " << plain_line(former.id) << "  " << plain_line(former.native_id)
              << '\n';
    std::cout << "    new      " << plain_line(now.id) << "  " << plain_line(now.native_id) << '\n';
  }
  if (!all.empty()) std::cout << "`terracat renamed accept|refuse MISSING NEW` decides\n";
}

void write_renamings(std::vector<LikelyRenaming> const& all) {
  json::Writer out;
  out.begin_object().name("renamed").begin_array();
  for (auto const& [former, now] : all) {
    out.begin_object().member("title", now.title).member("source", now.source);
    for (auto const& [name, row] : {std::pair("former", &former), std::pair("now", &now)}) {
      out.name(name).begin_object().member("id", row->id);
      out.member("native_id", row->native_id).end_object();
    }
    out.end_object();
  }
  std::cout << out.end_array().end_object().take() << '\n';
}

} // namespace

int work(Workplace const& place, DecideRenaming const& options, Console& console) {
  bool const is_accepted = options.verb == "accept";
  catalogue::RenamingEdit edit{.former = options.former,
                               .now = options.now,
                               .is_accepted = is_accepted,
                               .author = formats::one_line(options.author),
                               .reason = formats::one_line(options.reason),
                               .at = model::Instant::now()};
  try {
    place.catalogue.submit(std::move(edit)).get();
  } catch (ProblemError const& error) {
    console.complain("terracat: " + plain_line(error.problem().detail) + "\n");
    return failed;
  }
  console.say(is_accepted
                  ? plain_line(options.former) + ": is what was " + plain_line(options.now) + "\n"
                  : plain_line(options.now) + ": another one than " + plain_line(options.former) +
                        ", and not proposed again\n");
  return success;
}

int run(config::Config const& config, DecideRenaming const& options) {
  auto whole = options;
  if (whole.author.empty()) whole.author = account();
  return here_or_there(config, whole,
                       [&](Workplace const& place, Console& console, std::stop_token const&) {
                         return work(place, whole, console);
                       });
}

int run(config::Config const& config, ListRenamings const& options) {
  auto const store = store::open_store(config.store.path, store::Access::read);
  auto const reader = store->reader();
  auto const all = all_renamings(*reader);
  options.json ? write_renamings(all) : print_renamings(all);
  std::cout.flush();
  return std::cout ? success : io_error;
}

} // namespace terracat::cli
