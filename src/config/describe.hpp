#pragma once

#include "config/config.hpp"
#include "config/describe_harvest.hpp"
#include "config/describe_source.hpp"
#include "config/effect.hpp"

/// Every key of the configuration: its name, where its value is kept, what it means. A visitor gets
/// - `table(name, settings, sentence)` and `tables(name, list, sentence)` for tables and arrays of
///   tables, and goes on with describe() of what is inside,
/// - `value(name, member, effect, sentence)` for texts, truth values and lists of texts,
/// - `secret(name, member, effect, sentence)` for a text that is shown to nobody,
/// - `number(name, member, effect, least, most, sentence)` for whole numbers and times, whose unit
///   the sentence names,
/// - `json(name, member, effect, sentence)` for a table that the kind of a source reads.
namespace terracat::config {

template<class Visitor>
void describe(Visitor& v, SiteSettings& site) {
  v.value("title", site.title, Effect::at_once, "Name of the site, for people");
  v.value("description", site.description, Effect::at_once, "One or two sentences about the site");
  v.value("public_url", site.public_url, Effect::at_once,
          "Address that clients use, as behind a proxy; may have a path. Empty: http:// and the "
          "address that is listened on");
  v.value("publisher", site.publisher, Effect::at_once,
          "Who answers for the site, as the legal notice of its pages names it");
  v.value("contact", site.contact, Effect::at_once,
          "Where to write about the site: an address of http://, https:// or mailto:");
  v.value(
      "languages", site.languages, Effect::at_once,
      "Languages of titles and descriptions in answers, the preferred one first (BCP 47). What is "
      "kept was made with them: `harvest --replay` brings it up to date");
  v.value("guides", site.guides, Effect::at_once,
          "Folder with tutorials/ and tools/ in Markdown (guides/README.md), beside those that are "
          "shipped; one of the same name takes the place of the shipped one. Empty: none. When the "
          "server reads its configuration again, it reads them again, too");
  v.value(
      "look", site.look, Effect::at_once,
      "Folder with what pages look like beside what is shipped: style.css, which comes last and "
      "may set any colour, font or distance, mark.svg or mark.png in the place of the mark, and "
      "the .woff2, .svg and .png files that the sheet names. Empty: none. When the server reads "
      "its configuration again, it reads them again, too");
  v.value("map_tiles", site.map_tiles, Effect::at_once,
          "Tiles of EPSG:3857 that browsers draw under the areas of maps, such as "
          "https://tiles.example/{z}/{x}/{y}.png; they then ask that host. Empty: the coasts that "
          "are shipped, and nobody is asked");
  v.value("map_credit", site.map_credit, Effect::at_once,
          "Whose tiles these are, as their licence wants it said under the map");
  v.value("picture_origins", site.picture_origins, Effect::at_once,
          "From where else pages may show pictures of items, such as https://files.example");
}

template<class Visitor>
void describe(Visitor& v, ServerSettings& server) {
  v.value("listen", server.listen, Effect::next_start, "Address and port; port 0 takes a free one");
  v.number("io_threads", server.io_threads, Effect::next_start, 0, 256,
           "Threads that read and write sockets; 0: two for each core that may be used, one on a "
           "single core");
  v.number("worker_threads", server.worker_threads, Effect::next_start, 0, 256,
           "Threads for answers that take long; 0: one for each core that may be used");
  v.value("cors_origins", server.cors_origins, Effect::next_start,
          "Web pages of these origins may ask; \"*\" stands for all");
  v.number("max_connections", server.max_connections, Effect::next_start, 1, 1'000'000,
           "Open connections at most");
  v.number("max_connections_per_address", server.max_connections_per_address, Effect::next_start, 1,
           1'000'000, "Open connections of one client address at most");
  v.number("max_queue", server.max_queue, Effect::next_start, 1, 100'000,
           "Requests that wait for a worker at most; more get 503");
  v.number("idle_timeout", server.idle_timeout, Effect::next_start, 1, 3'600,
           "Seconds after which an unused connection is closed");
  v.number("header_timeout", server.header_timeout, Effect::next_start, 1, 600,
           "Seconds for the head of a request to arrive");
  v.number("body_timeout", server.body_timeout, Effect::next_start, 1, 3'600,
           "Seconds for the body of a request to arrive");
  v.number("write_timeout", server.write_timeout, Effect::next_start, 1, 3'600,
           "Seconds without progress after which an answer is given up");
  v.number("answer_timeout", server.answer_timeout, Effect::at_once, 1, 600,
           "Seconds that an answer may take");
  v.number("shutdown_timeout", server.shutdown_timeout, Effect::next_start, 0, 600,
           "Seconds for answers in progress when the server stops");
}

template<class Visitor>
void describe(Visitor& v, LimitSettings& limits) {
  v.number("address_rate", limits.address_rate, Effect::next_start, 0, 1'000'000,
           "Milliseconds of processor time that one client address may cost each second; more get "
           "429. 0: no limit");
  v.number("address_burst", limits.address_burst, Effect::next_start, 100, 1'000'000'000,
           "Milliseconds that an address can save up for a burst");
  v.number(
      "scan_items", limits.scan_items, Effect::at_once, 0, 1'000'000'000,
      "Searches that look into more items than this, for properties without an index, get half "
      "the workers at most, and one client one of them");
  v.value("trusted_proxies", limits.trusted_proxies, Effect::next_start,
          "Addresses or networks of proxies that are believed when they say which client asks; the "
          "clients of any other proxy count as one, or, from this machine, are not limited");
  v.value("forwarded_header", limits.forwarded_header, Effect::next_start,
          R"(The header that the proxies write: "X-Forwarded-For" or "Forwarded")");
}

template<class Visitor>
void describe(Visitor& v, ApiSettings& api) {
  v.number("default_limit", api.default_limit, Effect::at_once, 1, 10'000,
           "Items on a page if nobody asks");
  v.number("max_limit", api.max_limit, Effect::at_once, 1, 10'000, "Items on a page at most");
  v.number("max_body_bytes", api.max_body_bytes, Effect::at_once, 1'024, 104'857'600,
           "Bytes of a search body at most");
  v.value("lenient_datetime", api.lenient_datetime, Effect::at_once,
          "Also read date-times without time or offset (QGIS may always send them)");
  v.value("sortables", api.sortables, Effect::next_start,
          "Properties with an index, to be sorted by, beside those of the STAC extensions");
}

template<class Visitor>
void describe(Visitor& v, TransactionSettings& transactions) {
  v.secret("api_key", transactions.api_key, Effect::at_once,
           "Whoever sends this key (X-API-Key, or Authorization: Bearer) may write items and "
           "collections by HTTP: 20 visible characters of ASCII or more. Empty: nobody may. Better "
           "kept in the variable TERRACAT_TRANSACTIONS_API_KEY than here");
  v.value("source", transactions.source, Effect::at_once,
          "Name of the source that owns new collections. What is written may also be of sources of "
          "the kind `push`, but never of one that is harvested");
  v.number("max_body_bytes", transactions.max_body_bytes, Effect::at_once, 1'024, 104'857'600,
           "Bytes of what is written in one request at most");
  v.value(
      "schemas", transactions.schemas, Effect::at_once,
      "Folder with JSON Schemas of STAC extensions (*.json), each known by its $id and by where "
      "it lies: HOST/PATH is https://HOST/PATH. What is written has to fit those that its "
      "stac_extensions name. Empty: extensions are not looked at. When the server reads its "
      "configuration again, it reads them again, too");
}

template<class Visitor>
void describe(Visitor& v, OperatorSettings& operators) {
  v.secret("api_key", operators.api_key, Effect::at_once,
           "Whoever sends this key is told of each run and what became of its documents: "
           "X-API-Key, Authorization: Bearer, or the password of a browser: 20 visible characters "
           "of ASCII or more. Empty: nobody is. Better kept in the variable "
           "TERRACAT_OPERATORS_API_KEY than here");
}

template<class Visitor>
void describe(Visitor& v, StoreSettings& store) {
  v.value("path", store.path, Effect::next_start,
          "The catalogue file; \"memory:\" keeps everything in memory and forgets it");
  v.number("keep_removals", store.keep_removals, Effect::at_once, 1, 36'500,
           "Days for which it is known what was removed: such addresses are answered with 410");
}

template<class Visitor>
void describe(Visitor& v, BackupSettings& backup) {
  v.value("folder", backup.folder, Effect::at_once,
          "Where backups go, each under a name with its time. Empty: nowhere by itself");
  v.number("interval", backup.interval, Effect::at_once, 1, 525'600,
           "Minutes from one backup to the next");
  v.number("keep_days", backup.keep_days, Effect::at_once, 0, 10'000,
           "Days of which the newest backup stays; older ones are removed");
  v.number("keep_weeks", backup.keep_weeks, Effect::at_once, 0, 10'000,
           "Weeks of which the newest backup stays");
  v.number("keep_months", backup.keep_months, Effect::at_once, 0, 10'000,
           "Months of which the newest backup stays");
}

template<class Visitor>
void describe(Visitor& v, LogSettings& log) {
  v.value("level", log.level, Effect::at_once, R"("debug", "info", "warn" or "error")");
  v.value("access", log.access, Effect::next_start, "Log a line for each request");
}

template<class Visitor>
void describe(Visitor& v, Pole& pole) {
  v.value("name", pole.name, Effect::at_once, "Short name, as in addresses: [a-z][a-z0-9-]*");
  v.value("title", pole.title, Effect::at_once, "Name for people");
  v.value("description", pole.description, Effect::at_once, "One or two sentences");
  v.value("home", pole.home, Effect::at_once, "Address of its own site; may be empty");
}

template<class Visitor>
void describe(Visitor& v, Vocabulary& vocabulary) {
  v.value("name", vocabulary.name, Effect::at_once, "Short name, as in addresses: [a-z][a-z0-9-]*");
  v.value("path", vocabulary.path, Effect::at_once,
          "File with SKOS (Turtle, N-Triples, RDF/XML, JSON-LD), CF standard names, GCMD keywords, "
          "a collection of the NERC Vocabulary Server or a page of a linked-data registry, or of "
          "the INSPIRE registry in JSON; or a folder with several. Empty: none of this name, not "
          "even the one that is shipped. When "
          "the server reads its configuration again, it reads them again, too");
  v.value("url", vocabulary.url, Effect::at_once,
          "Address of a published document, of which `path` is the file that it is kept in. It "
          "takes the place of what is there if it can be read whole and has at least half as many "
          "concepts. Empty: nothing is fetched");
  v.value("schedule", vocabulary.schedule, Effect::at_once,
          "When to fetch it, as a cron expression in UTC: \"20 4 * * 0\". Empty: only by "
          "`terracat vocabularies fetch`");
  v.value("allow_networks", vocabulary.allow_networks, Effect::at_once,
          "Private networks that it may be fetched from, as CIDR. Empty: none");
}

template<class Visitor>
void describe(Visitor& v, CompartmentRule& rule) {
  v.value("name", rule.name, Effect::at_once,
          "Short name, by which it is told why a record is there: [a-z][a-z0-9-]*");
  v.value(
      "compartment", rule.compartment, Effect::at_once,
      "The compartment that records belong to: its name as in /themes/{name}, such as \"ocean\". "
      "The address of any other concept does as well");
  v.value("sources", rule.sources, Effect::at_once,
          "Names of sources, one of which the record is of. Empty, here and below: any");
  v.value("poles", rule.poles, Effect::at_once, "Names of poles, one of which its source is of");
  v.value("kinds", rule.kinds, Effect::at_once, "Kinds, one of which its source has");
  v.value("formats", rule.formats, Effect::at_once,
          "Formats, one of which its source is told to have (`format` of [[source]])");
  v.value(
      "keywords", rule.keywords, Effect::at_once,
      "Keywords, variables, platforms or instruments, one of which it has, whatever the case and "
      "the accents; \"oceanogr*\" stands for all that begin so");
}

template<class Visitor>
void describe(Visitor& v, Config& config) {
  v.table("site", config.site, "The site as people and machines see it");
  v.table("server", config.server, "Sockets, threads and time limits");
  v.table("limits", config.limits, "What one client may use, and who is one");
  v.table("api", config.api, "Searches and pages");
  v.table("transactions", config.transactions, "Writing by HTTP (STAC API Transaction)");
  v.table("operators", config.operators, "What only operators are told");
  v.table("store", config.store, "Where the catalogue is kept");
  v.table("harvest", config.harvest, "How sources are harvested");
  v.table("notify", config.notify,
          "Who is told when a source gets into trouble, and when it is out of it");
  v.table("backup", config.backup, "Copies of the catalogue that the server makes by itself");
  v.table("log", config.log, "What is logged");
  v.tables("pole", config.poles, "Owners of sources, each with API roots of its own");
  v.tables("source", config.sources,
           "Sources, in the order in which they win when two call a record the same");
  v.tables("storage", config.storages,
           "By which other addresses the site serves files of sources: told as alternate assets of "
           "items and collections, as links of records, and on pages");
  v.tables("quiet", config.quiets, "Hours in which sources are left alone by the schedule");
  v.tables("vocabulary", config.vocabularies,
           "Vocabularies beside the one that is shipped (`earth`), in the order in which they win "
           "when two describe a concept");
  v.tables("compartment_rule", config.compartment_rules,
           "By which records belong to a compartment although none of their keywords says so");
}

} // namespace terracat::config
