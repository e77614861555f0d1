#include "cli/here_or_there.hpp"
#include "cli/terminal.hpp"

#include <stdexcept>

namespace terracat::cli {

int work(Workplace const& place, CheckCatalogue const& options, Console& console,
         std::stop_token const& stop) {
  console.begin("repair");
  auto const done = place.catalogue
                        .mend([&](double share) {
                          if (stop.stop_requested()) throw std::runtime_error("stopped by request");
                          console.show(share);
                        })
                        .get();
  std::string text;
  for (auto const& line : done) text += "repaired: " + plain_line(line) + "\n";
  text += "Page tokens from before are answered with 410.\n";
  if (options.json) {
    console.complain(text); // standard output is the check's
  } else {
    console.say(text);
  }
  return success;
}

int work_here_or_there(config::Config const& config, CheckCatalogue const& options) {
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const& stop) {
                         return work(place, options, console, stop);
                       });
}

} // namespace terracat::cli
