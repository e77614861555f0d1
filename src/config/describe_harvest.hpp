#pragma once

#include "config/config.hpp"
#include "config/effect.hpp"

/// Keys of the configuration about all harvests together (describe.hpp).
namespace terracat::config {

template<class Visitor>
void describe(Visitor& v, HarvestSettings& harvest) {
  v.number("parallel_runs", harvest.parallel_runs, Effect::next_start, 1, 16,
           "Sources that are harvested at the same time");
  v.value("user_agent", harvest.user_agent, Effect::at_once,
          "How terracat introduces itself to sources; name a contact. Empty: terracat and its "
          "version");
  v.number("batch_size", harvest.batch_size, Effect::next_start, 1, 10'000,
           "Documents in one transaction at most");
  v.number(
      "rest_after", harvest.rest_after, Effect::at_once, 0, 20,
      "Runs of one host that must fail one after the other until the schedule leaves it alone: "
      "for 15 minutes, and twice as long after each that follows, 12 hours at most. 0: never");
}

template<class Visitor>
void describe(Visitor& v, Quiet& quiet) {
  v.value("sources", quiet.sources, Effect::at_once,
          "Names of the sources that are left alone. Without sources and hosts: all");
  v.value("hosts", quiet.hosts, Effect::at_once,
          "Names of hosts, without ports, whose sources are left alone");
  v.value("hours", quiet.hours, Effect::at_once,
          "When, in UTC: \"08:00-18:00\", \"mon-fri 08:00-18:00\", \"sat,sun 22:00-06:00\". No run "
          "begins then by schedule, and one in progress stops at its next page and goes on "
          "afterwards");
}

template<class Visitor>
void describe(Visitor& v, Storage& storage) {
  v.value("prefix", storage.prefix, Effect::at_once,
          "Address below which the files lie, as sources write it, with a slash at its end: "
          "\"s3://bucket/\", \"irods://host/zone/home/\", \"ftp://host/pub/\"");
  v.value("name", storage.name, Effect::at_once,
          "What the other way is called: [a-z][a-z0-9-]*, the key of alternate assets");
  v.value(
      "href", storage.href, Effect::at_once,
      "The other address. What follows the prefix stands in the place of {path}, or else at its "
      "end: \"https://data.example.org/{path}\"");
  v.value("title", storage.title, Effect::at_once, "The same for people; may be empty");
}

template<class Visitor>
void describe(Visitor& v, NotifySettings& notify) {
  v.secret("webhook", notify.webhook, Effect::at_once,
           "Address that a JSON object is posted to, whose `text` is a sentence, as chats have it. "
           "Empty: none");
  v.value("allow_networks", notify.allow_networks, Effect::at_once,
          "Private networks that the webhook may be in, as CIDR. Empty: none");
  v.value("mail_to", notify.mail_to, Effect::at_once,
          "Mail addresses that are written to. Empty: none");
  v.value("mail_from", notify.mail_from, Effect::at_once, "Mail address that it is sent from");
  v.secret("mail_server", notify.mail_server, Effect::at_once,
           "Mail server, with credentials if it wants some: smtp://mail.example.org:25. Empty: "
           "smtp://127.0.0.1:25");
}

} // namespace terracat::config
