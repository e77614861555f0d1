#include "api/application.hpp"

#include "api/api_key.hpp"
#include "api/atom.hpp"
#include "api/document_page.hpp"
#include "api/exchange.hpp"
#include "api/explain.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/problems.hpp"
#include "api/router.hpp"
#include "api/spoken_places.hpp"
#include "geometry/deadline.hpp"
#include "pages/static_files.hpp"
#include "query/digest.hpp"
#include "vocabulary/thesaurus.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::api {
namespace {

using store::StoreError;

constexpr std::size_t most_light_input = 4'096; ///< bytes of parameters and body

/// Of a request that nothing here answers: it is read, to be told what is there.
constexpr std::size_t most_needless_bytes = std::size_t{64} << 10;

/// Without it a preflight of a browser would have nothing to read.
Reply options_reply(std::string const& allow) {
  return {.status = 204,
          .content_type = {},
          .headers = {{"Allow", allow}, {"Cache-Control", "no-store"}},
          .content = Text{}};
}

Reply method_problem(Head const& head, std::string const& allow) {
  auto reply = problem_reply({.kind = ProblemKind::method_not_allowed,
                              .detail = "this address knows " + allow,
                              .where = {}},
                             head.request_id);
  reply.headers.emplace_back("Allow", allow);
  return reply;
}

/// Everything in the site's settings that changes answers. Its address is not among it: tags have
/// the address of what they tag.
std::uint64_t digest_of(Site const& site) {
  query::Digest out;
  out.add(site.version).add(site.title).add(site.description);
  out.add(site.thesaurus->digest());
  out.add(site.publisher).add(site.contact).add(pages::static_path("style.css"));
  out.add(std::uint64_t{site.default_limit}).add(std::uint64_t{site.max_limit});
  out.add(std::uint64_t{site.sortables.size()});
  for (auto const& property : site.sortables) out.add(property);
  out.add(std::uint64_t{site.languages.size()});
  for (auto const& language : site.languages) out.add(language);
  out.add(std::uint64_t{site.picture_origins.size()});
  for (auto const& origin : site.picture_origins) out.add(origin);
  out.add(site.look == nullptr ? std::string() : site.look->address);
  out.add(site.map_tiles).add(site.tile_origin).add(site.map_credit);
  for (auto const& rule : site.storage.rules()) {
    out.add(rule.prefix).add(rule.name).add(rule.href).add(rule.title);
  }
  for (auto const& guide : *site.guides) out.add(guide.name).add(guide.title).add(guide.text);
  for (auto const& root : site.roots) {
    out.add(root.prefix).add(root.id).add(root.title).add(root.description);
    out.add(root.home).add(root.scope.digest()).add(std::uint64_t{root.takes_transactions});
  }
  return out.value();
}

Site with_vocabularies(Site site, catalogue::Catalogue& catalogue) {
  if (site.thesaurus == nullptr) {
    site.thesaurus = std::make_shared<vocabulary::Thesaurus const>();
  }
  if (site.concepts == nullptr) {
    site.concepts =
        catalogue.concept_index(site.thesaurus, site.languages, nullptr, site.concept_rules);
  }
  catalogue.guess_places(guesser_of(site));
  return site;
}

/// True for application/json and for types that are written in it (RFC 6839 3.1).
bool is_json(std::string_view content_type) {
  std::string type;
  for (auto const c : content_type.substr(0, content_type.find(';'))) {
    if (c != ' ' && c != '\t') type += lowered(c);
  }
  return type == "application/json" ||
         (type.starts_with("application/") && type.ends_with("+json"));
}

/// \return  the form that is asked for
Form check_parameters(Parameters const& parameters, Route const& route, Forms others,
                      std::string_view accept) {
  if (auto const checked = parameters.check(route.parameters); !checked) {
    throw ProblemError(checked.error());
  }
  return wanted_form(parameters.get(format_parameter).value_or(std::string_view()), accept,
                     route.media_type, others);
}

/// Caches have to know that the same address has answers of several forms.
void add_vary(Reply& reply, Forms others) {
  bool const is_said =
      std::ranges::any_of(reply.headers, [](auto const& one) { return one.first == "Vary"; });
  if (others.is_empty() || is_said) return;
  reply.headers.emplace_back("Vary", others.has(Form::html) ? "Accept, Accept-Language" : "Accept");
}

/// True if a problem with this address is told as a page.
bool is_for_a_person(Head const& head, Address const* address) {
  auto const* const route = address == nullptr ? nullptr : address->route(Method::get);
  bool const may_be_a_page =
      address == nullptr || (route != nullptr && (route->media_type == html_type ||
                                                  forms_of(*route, address->root).has(Form::html)));
  if (!may_be_a_page) return false;
  auto const parameters = Parameters::parse(head.query, Parameters::Names::apart);
  auto const f = parameters ? parameters->get(format_parameter) : std::nullopt;
  if (f == row_of(Form::json).name) return false;
  return f == row_of(Form::html).name || prefers_page(head.accept);
}

/// The request waits for its turn, or is told that it gets none.
Reply scan_reply(std::string_view request_id) {
  auto reply = problem_reply(
      {.kind = ProblemKind::scan_busy,
       .detail = "the search looks at one item after the other, and other such searches are under "
                 "way; try again, or name fewer collections",
       .where = {}},
      request_id);
  reply.content = Scan{std::move(std::get<Text>(reply.content).bytes)};
  return reply;
}

Problem too_slow() {
  return {.kind = ProblemKind::too_slow,
          .detail = "the answer takes longer than is allowed; ask for less: fewer collections, a "
                    "shorter time, a smaller area, a simpler geometry",
          .where = {}};
}

Problem problem_of(catalogue::ScanTooSlow const& error) {
  std::string names;
  for (auto const& name : error.properties()) names += (names.empty() ? "'" : "', '") + name;
  return {.kind = ProblemKind::too_slow,
          .detail = "there is no index on " + names +
                    "', so the search looks into every item, and that takes longer than is "
                    "allowed; ask for fewer collections, a shorter time, a smaller area",
          .where = error.properties().front()};
}

Problem problem_of(StoreError const& error) {
  switch (error.reason()) {
  case StoreError::Reason::corrupt:
    return {
        ProblemKind::store_corrupt, "a stored value is damaged; the operator has been told", {}};
  case StoreError::Reason::full:
    return {ProblemKind::store_full, "there is no room left on the disc", {}};
  case StoreError::Reason::read_only:
    return {ProblemKind::store_read_only, "the catalogue cannot be written at the moment", {}};
  case StoreError::Reason::locked:
    return {ProblemKind::overloaded, "the catalogue is busy", {}};
  default:
    return {ProblemKind::internal, "the catalogue cannot be read", {}};
  }
}

} // namespace

ApiApplication::ApiApplication(catalogue::Catalogue& catalogue, Site site, log::Logger& log)
    : catalogue_(catalogue),
      site_(with_vocabularies(std::move(site), catalogue)),
      surroundings_{site_, catalogue, digest_of(site_), kept_, new_form_token()},
      log_(log),
      router_(site_) {
  learn_address(site_.public_url);
}

void ApiApplication::learn_address(std::string public_url) {
  site_.public_url = std::move(public_url);
  auto const authority = site_.public_url.find("://");
  auto const path = site_.public_url.find('/', authority == std::string::npos ? 0 : authority + 3);
  base_path_ = path == std::string::npos ? std::string() : site_.public_url.substr(path);
}

std::unique_ptr<Worker> ApiApplication::worker() {
  return std::make_unique<ApiWorker>(catalogue_.session());
}

std::string_view ApiApplication::path_of(Head const& head) const noexcept {
  auto path = head.path;
  if (!base_path_.empty() && path.starts_with(base_path_)) {
    auto const below = path.substr(base_path_.size());
    if (below.empty()) return "/";
    if (below.front() == '/') return below;
  }
  return path;
}

/// Only who has the key is listened to for longer than others.
std::size_t ApiApplication::body_limit(Route const& route, Head const& head) const {
  if (route.body.empty()) return 0;
  bool const is_writer = route.written != 0 && has_key(site_, head, Right::write);
  return is_writer ? site_.transactions->max_body_bytes : site_.max_body_bytes;
}

Plan ApiApplication::plan(Head const& head) const noexcept {
  try {
    auto const* const address = router_.find(path_of(head)).address;
    auto const* const route = address == nullptr ? nullptr : address->route(head.method);
    if (route == nullptr) return {.answerer = {}, .route = {}, .body_limit = most_needless_bytes};
    auto const& site = surroundings_.site;
    return {.answerer = {},
            .route = address->pattern,
            .body_limit = body_limit(*route, head),
            .is_light = route->work != Work::heavy || route->is_kept,
            .is_vital = route->work == Work::vital,
            .answer_timeout = site.answer_timeout,
            .waits_for_body = route->written != 0};
  } catch (std::exception const&) { // memory: the answer will say so
    return {};
  }
}

Reply ApiApplication::answer(Request const& request, Worker& worker,
                             std::vector<catalogue::Explanation>* explanations) const noexcept {
  auto const& id = request.head.request_id;
  geometry::Deadline const deadline(request.deadline);
  try {
    try {
      std::vector<catalogue::Explanation> own;
      bool const is_asked_for = wants_explanation(site_, request.head);
      auto* const told_to = is_asked_for ? &own : explanations;
      auto reply = answer_or_throw(request, worker, told_to);
      if (!own.empty()) add_plan(reply, own);
      return reply;
    } catch (ProblemError const& error) {
      return told(error.problem(), request);
    } catch (catalogue::TooHeavy const&) {
      return {.status = 0, .content_type = {}, .headers = {}, .content = Heavy{}};
    } catch (catalogue::ScanNeeded const&) {
      return scan_reply(id);
    } catch (catalogue::ScanTooSlow const& error) {
      return told(problem_of(error), request);
    } catch (store::DeadlinePassed const&) {
      return told(too_slow(), request);
    } catch (geometry::Late const&) {
      return told(too_slow(), request);
    } catch (StoreError const& error) {
      log_.error(log::event::api_store_failed, "a request met a fault of the store",
                 {{"request_id", id}, {"cause", error.what()}});
      if (site_.on_store_fault) site_.on_store_fault(error);
      return told(problem_of(error), request);
    } catch (std::bad_alloc const&) {
      return problem_reply({ProblemKind::overloaded, "there is no memory left", {}}, id);
    } catch (std::exception const& error) {
      log_.error(log::event::api_failed, "a request met a fault of the program",
                 {{"request_id", id}, {"cause", error.what()}});
      return told({ProblemKind::internal, "the fault is in the log", {}}, request);
    }
  } catch (std::bad_alloc const&) { // not even for the problem
    return {.status = 503, .content_type = {}, .headers = {}, .content = Text{}};
  } catch (...) { // not even the problem could be told
    return {.status = 500, .content_type = {}, .headers = {}, .content = Text{}};
  }
}

Reply ApiApplication::told(Problem const& problem, Request const& request) const {
  auto const& head = request.head;
  auto const path = path_of(head);
  auto const* const address = router_.find(path).address;
  bool const is_page = language_in(path) || is_for_a_person(head, address);
  bool const is_of_api = address != nullptr && address->root != nullptr;
  auto reply = is_page ? trouble_reply(site_, problem, head, path, is_of_api)
                       : problem_reply(problem, head.request_id);
  auto const* const route = address == nullptr ? nullptr : address->route(head.method);
  bool const is_for_operators = route != nullptr && route->is_for_operators;
  bool const is_read = route != nullptr && route->method == Method::get;
  bool const is_by_browser = is_read || (address != nullptr && address->is_page);
  if (is_for_operators && is_by_browser && problem.kind == ProblemKind::unauthenticated) {
    offer_ways_of_operators(reply);
  }
  return reply;
}

/// What is written from a page brings what the page was given; a password alone would also come
/// when another site makes a browser send it.
Parameters ApiApplication::check_operator(Request const& request, Method method,
                                          bool is_page) const {
  bool const is_read = method == Method::get;
  check_key(site_, request.head, is_read || is_page ? Right::operate : Right::decide);
  return !is_read && is_page ? read_form(request, surroundings_.form_token) : Parameters();
}

Reply ApiApplication::answer_or_throw(Request const& request, Worker& worker,
                                      std::vector<catalogue::Explanation>* explanations) const {
  auto const& head = request.head;
  auto const path = path_of(head);
  auto const found = router_.find(path);
  if (found.address == nullptr) {
    throw ProblemError({.kind = ProblemKind::not_found,
                        .detail = "there is no such address; those that there are begin at " +
                                  surroundings_.site.public_url + "/",
                        .where = {}});
  }
  if (head.method == Method::options) return options_reply(found.address->allow);
  auto const* const route = found.address->route(head.method);
  if (route == nullptr) return method_problem(head, found.address->allow);
  bool const is_page = found.address->is_page; // pages overlook what they do not know
  auto fields =
      route->is_for_operators ? check_operator(request, route->method, is_page) : Parameters();
  auto parameters =
      Parameters::parse(head.query, is_page ? Parameters::Names::apart : Parameters::Names::joined);
  if (!parameters) throw ProblemError(parameters.error());
  auto const others = is_page ? Forms() : forms_of(*route, found.address->root);
  auto const form =
      is_page ? Form::json : check_parameters(*parameters, *route, others, head.accept);
  if (!route->body.empty() && !is_page && !is_json(head.content_type)) {
    throw ProblemError({.kind = ProblemKind::unsupported_media_type,
                        .detail = "the body is read as application/json",
                        .where = "Content-Type"});
  }
  if (route->written != 0) check_key(site_, head, Right::write);
  auto& own = static_cast<ApiWorker&>(worker); // NOLINT: all workers come from worker()
  if (request.must_be_light && form != Form::json) throw catalogue::TooHeavy();
  if (request.must_be_light && head.query.size() + request.body.size() > most_light_input) {
    throw catalogue::TooHeavy(); // to read large geometries and filters takes its time, too
  }
  Exchange exchange(request, path, surroundings_, found, std::move(*parameters), own, form);
  exchange.explain(explanations);
  exchange.take_fields(std::move(fields));
  auto reply = route->handle(exchange);
  if (route->is_kept && !exchange.is_known()) exchange.kept().keep(exchange.self(), reply);
  if (form == Form::html) reply = page_of(exchange, std::move(reply));
  if (form == Form::atom) reply = feed_of(exchange, std::move(reply));
  add_vary(reply, others);
  return reply;
}

Reply ApiApplication::refusal(int status, std::string_view detail,
                              std::string_view request_id) const noexcept {
  try {
    return refusal_reply(status, detail, request_id);
  } catch (...) { // no memory for a sentence: the status alone
    return {.status = status, .content_type = {}, .headers = {}, .content = Text{}};
  }
}

void ApiApplication::on_commit(std::function<void(std::int64_t sequence)> wake) {
  catalogue_.on_commit([wake = std::move(wake)](Revision revision) { wake(revision.sequence); });
}

} // namespace terracat::api
