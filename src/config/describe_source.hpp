#pragma once

#include "config/config.hpp"
#include "config/effect.hpp"

/// The keys of a source (describe.hpp).
namespace terracat::config {

template<class Visitor>
void describe(Visitor& v, Source& source) {
  v.value("name", source.name, Effect::at_once, "Short name: [a-z][a-z0-9-]*");
  v.value("title", source.title, Effect::at_once, "Name for people");
  v.value("kind", source.kind, Effect::at_once, "How it is fetched: see `terracat sources kinds`");
  v.value("address", source.address, Effect::at_once,
          "URL, or the path of what is on this machine: for the kind `files` a folder or a file, "
          "for `command` a program");
  v.value("format", source.format, Effect::at_once,
          "Format of its documents: see `terracat sources formats`. Empty: found out from each");
  v.value("pole", source.pole, Effect::at_once,
          "Name of the pole that it belongs to; may be empty");
  v.value("language", source.language, Effect::at_once,
          "Language of texts that do not say (BCP 47)");
  v.value("id_prefix", source.id_prefix, Effect::at_once,
          "Stands before the public ids of its records");
  v.value("same_addresses", source.same_addresses, Effect::at_once,
          "Beginnings of addresses behind which the same lies, each with a slash at its end, the "
          "one first that identifiers are kept with: [\"http://old.example/\", "
          "\"https://new.example/\"]. So the records of a source that moved, or that several hosts "
          "serve, stay the same. Empty: none");
  v.value("schedule", source.schedule, Effect::at_once,
          "When to harvest, as a cron expression in UTC: \"15 3 * * *\". Empty: only by hand");
  v.value("enabled", source.enabled, Effect::at_once,
          "Whether it is harvested by schedule and by `harvest`");
  v.value(
      "asset_folder", source.asset_folder, Effect::at_once,
      "Folder whose files the site serves under /assets; relative links of its items lead there. "
      "Items that were read before follow with `harvest --full`");
  v.value("mapping", source.mapping, Effect::at_once,
          "File with rules by which its records are mapped otherwise than their format does "
          "(doc/mapping.md). What is kept follows with `harvest --replay`");
  v.value("allow_networks", source.allow_networks, Effect::at_once,
          "Private networks that may be reached, as CIDR: \"10.2.0.0/16\". Empty: none");
  v.number("delay", source.delay, Effect::at_once, 0, 3'600'000,
           "Milliseconds between two requests to one host");
  v.number("timeout", source.timeout, Effect::at_once, 1, 3'600, "Seconds for one request");
  v.number("retries", source.retries, Effect::at_once, 0, 20, "How often a request is tried again");
  v.value("user_agent", source.user_agent, Effect::at_once, "Instead of harvest.user_agent");
  v.number(
      "changes_days", source.changes, Effect::at_once, 0, 36'500,
      "Days after a complete run in which only what has changed at the source is asked for, if "
      "its kind and its server can tell. Removals are seen by complete runs alone. 0: every "
      "run asks for everything");
  v.number("grace_days", source.deletion.grace, Effect::at_once, 0, 36'500,
           "Days that a document must have been missing at the source before it is removed");
  v.number("grace_sweeps", source.deletion.grace_sweeps, Effect::at_once, 1, 1'000,
           "Complete runs, one after the other, that must have missed it as well");
  v.number("brake_count", source.deletion.brake_count, Effect::at_once, 0, 1'000'000'000,
           "If more documents than this and than brake_share are missing, those due wait for "
           "`harvest --accept-deletions`");
  v.number(
      "brake_share", source.deletion.brake_share, Effect::at_once, 0, 100,
      "Likewise, in percent of what is kept of the source. Both 0: nothing is removed unasked");
  v.json("options", source.options, Effect::at_once, "Options of the kind");
}

} // namespace terracat::config
