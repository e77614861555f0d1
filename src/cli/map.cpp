#include "cli/commands.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"

#include "cli/assembly.hpp"
#include "config/load.hpp"
#include "formats/origins.hpp"
#include "kinds/files/files.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <iostream>

namespace terracat::cli {
namespace {

/// The source whose settings count: its language, the files that it serves, its format.
Source source_of(config::Config const& config, MapFiles const& options) {
  Source source{.name = "map", .title = {}, .kind = "push", .address = {}};
  if (!options.source.empty()) {
    auto const found = std::ranges::find(config.sources, options.source, &Source::name);
    if (found == config.sources.end()) {
      auto const known = listed(config.sources, &Source::name);
      throw config::ConfigError({"there is no source '" + options.source +
                                 "' in the configuration" +
                                 (known.empty() ? "" : "; there are " + known)});
    }
    source = *found;
  }
  if (!options.format.empty()) source.format = options.format;
  return source;
}

std::string shortened(std::string_view text) {
  auto out = excerpt(text);
  if (out.size() < text.size()) out += "…";
  return plain_line(out);
}

using Marks = std::vector<formats::rules::Mark>;

/// The rule that put a value of the record; null: none did.
formats::rules::Mark const* mark_of(formats::Origin const& origin, Marks const& marks) {
  auto const found = std::ranges::find_if(marks.rbegin(), marks.rend(), [&](auto const& mark) {
    return origin.where == mark.pointer || origin.where.starts_with(mark.pointer + "/");
  });
  return found == marks.rend() ? nullptr : &*found;
}

void print_origin(formats::Origin const& origin, Marks const& marks) {
  std::cout << plain_line(origin.where) << "  " << shortened(origin.value) << '\n';
  if (auto const* const mark = mark_of(origin, marks)) {
    std::cout << "    rule " << mark->rule << " (" << mark->field << ")  "
              << (mark->place.empty() ? "its own value" : plain_line(mark->place)) << '\n';
  }
  for (auto const& place : origin.places) {
    std::cout << "    " << formats::name(origin.likeness) << "  " << plain_line(place) << '\n';
  }
  auto const more = origin.count - origin.places.size();
  if (more > 0) std::cout << "    and " << more << " more\n";
}

void print_text(run::Preview const& preview, std::vector<formats::Origin> const& origins) {
  std::cout << "--- " << plain_line(preview.native_id) << " (" << plain_line(preview.format)
            << ")\n";
  for (auto const& finding : preview.findings) {
    std::cout << "! " << name(finding.code) << "  " << plain_line(finding.where) << "  "
              << sentence(finding.code);
    if (!finding.excerpt.empty()) std::cout << ": " << plain_line(finding.excerpt);
    std::cout << '\n';
  }
  for (auto const& origin : origins) print_origin(origin, preview.marks);
}

void print_json(run::Preview const& preview, std::vector<formats::Origin> const& origins) {
  json::Writer out;
  out.begin_object().member("id", preview.native_id).member("format", preview.format);
  out.name("mapped").boolean(!preview.mapped.empty()).name("findings").begin_array();
  for (auto const& finding : preview.findings) {
    bool const is_refusal = severity(finding.code) == Severity::refused;
    out.begin_object().member("code", name(finding.code)).member("where", finding.where);
    out.member("excerpt", finding.excerpt).member("says", sentence(finding.code));
    out.member("severity", is_refusal ? "refused" : "warning").end_object();
  }
  out.end_array().name("values").begin_array();
  for (auto const& origin : origins) {
    out.begin_object().member("where", origin.where).member("value", origin.value);
    out.member("found", formats::name(origin.likeness)).name("places").begin_array();
    for (auto const& place : origin.places) out.string(place);
    out.end_array().name("count").integer(static_cast<std::int64_t>(origin.count));
    if (auto const* const mark = mark_of(origin, preview.marks)) {
      out.name("rule").integer(static_cast<std::int64_t>(mark->rule));
      out.member("field", mark->field).name("from").string(mark->place);
    }
    out.end_object();
  }
  std::cout << out.end_array().end_object().take() << '\n';
}

} // namespace

/// Writes nothing, so it asks for no lock and no server.
int run(config::Config const& config, MapFiles const& options) {
  StopOnSignal const signal;
  auto const source = source_of(config, options);
  Assembly assembly(config, Audience::caller, store::Access::read);
  auto const documents = options.file == "-"
                             ? kinds::files::from_stream(std::cin, source.format)
                             : kinds::files::from_paths(
                                   std::vector<std::filesystem::path>{options.file}, source.format);
  auto const previews =
      assembly.harvest().preview(source, *documents, options.count, signal.token());
  int code = previews.empty() ? failed : success;
  if (previews.empty()) std::cerr << "terracat: there is no document in it\n";
  for (auto const& preview : previews) {
    auto const origins = preview.document == nullptr
                             ? std::vector<formats::Origin>()
                             : formats::origins_of(*preview.document, preview.mapped);
    options.json ? print_json(preview, origins) : print_text(preview, origins);
    if (preview.mapped.empty()) code = failed;
  }
  return code;
}

} // namespace terracat::cli
