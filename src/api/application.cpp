#include "api/application.hpp"

#include "api/exchange.hpp"
#include "api/problems.hpp"
#include "api/router.hpp"
#include "geometry/deadline.hpp"
#include "query/digest.hpp"

namespace terracat::api {
namespace {

using store::StoreError;

constexpr std::size_t most_light_input = 4'096; ///< bytes of parameters and body

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
  out.add(std::uint64_t{site.default_limit}).add(std::uint64_t{site.max_limit});
  out.add(std::uint64_t{site.sortables.size()});
  for (auto const& property : site.sortables) out.add(property);
  for (auto const& root : site.roots) {
    out.add(root.prefix).add(root.id).add(root.title).add(root.description);
    out.add(root.scope.digest());
  }
  return out.value();
}

/// True for application/json and for types that are written in it (RFC 6839 3.1).
bool is_json(std::string_view content_type) {
  std::string type;
  for (auto const c : content_type.substr(0, content_type.find(';'))) {
    if (c != ' ' && c != '\t') type += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return type == "application/json" ||
         (type.starts_with("application/") && type.ends_with("+json"));
}

void check_parameters(Parameters const& parameters, Route const& route) {
  if (auto const checked = parameters.check(route.parameters); !checked) {
    throw ProblemError(checked.error());
  }
  auto const format = parameters.get(format_parameter);
  if (format && *format != "json") {
    throw ProblemError({.kind = ProblemKind::invalid_parameter,
                        .detail = "the only representation that can be asked for here is 'json'",
                        .where = std::string(format_parameter)});
  }
}

/// The request waits for its turn, or is told that it gets none.
Reply scan_reply(std::string_view request_id) {
  auto reply = problem_reply(
      {.kind = ProblemKind::scan_busy,
       .detail = "the search looks into every item for a property that has no index, and other "
                 "such searches are under way; try again, or name fewer collections",
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
  case StoreError::Reason::locked:
    return {ProblemKind::overloaded, "the catalogue is busy", {}};
  default:
    return {ProblemKind::internal, "the catalogue cannot be read", {}};
  }
}

} // namespace

ApiApplication::ApiApplication(catalogue::Catalogue& catalogue, Site site, log::Logger& log)
    : catalogue_(catalogue),
      site_(std::move(site)),
      surroundings_{site_, digest_of(site_)},
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

Plan ApiApplication::plan(Head const& head) const noexcept {
  try {
    auto const* const address = router_.find(path_of(head)).address;
    auto const* const route = address == nullptr ? nullptr : address->route(head.method);
    if (route == nullptr) return {};
    auto const& site = surroundings_.site;
    return {.answerer = {},
            .route = address->pattern,
            .body_limit = route->takes_json ? site.max_body_bytes : 0,
            .is_light = route->work != Work::heavy,
            .is_vital = route->work == Work::vital,
            .answer_timeout = site.answer_timeout};
  } catch (std::exception const&) { // memory: the answer will say so
    return {};
  }
}

Reply ApiApplication::answer(Request const& request, Worker& worker) noexcept {
  auto const& id = request.head.request_id;
  geometry::Deadline const deadline(request.deadline);
  try {
    try {
      return answer_or_throw(request, worker);
    } catch (ProblemError const& error) {
      return problem_reply(error.problem(), id);
    } catch (catalogue::TooHeavy const&) {
      return {.status = 0, .content_type = {}, .headers = {}, .content = Heavy{}};
    } catch (catalogue::ScanNeeded const&) {
      return scan_reply(id);
    } catch (catalogue::ScanTooSlow const& error) {
      return problem_reply(problem_of(error), id);
    } catch (store::DeadlinePassed const&) {
      return problem_reply(too_slow(), id);
    } catch (geometry::Late const&) {
      return problem_reply(too_slow(), id);
    } catch (StoreError const& error) {
      log_.error(log::event::api_store_failed, "a request met a fault of the store",
                 {{"request_id", id}, {"cause", error.what()}});
      if (site_.on_store_fault) site_.on_store_fault(error);
      return problem_reply(problem_of(error), id);
    } catch (std::bad_alloc const&) {
      return problem_reply({ProblemKind::overloaded, "there is no memory left", {}}, id);
    } catch (std::exception const& error) {
      log_.error(log::event::api_failed, "a request met a fault of the program",
                 {{"request_id", id}, {"cause", error.what()}});
      return problem_reply({ProblemKind::internal, "the fault is in the log", {}}, id);
    }
  } catch (std::bad_alloc const&) { // not even for the problem
    return {.status = 503, .content_type = {}, .headers = {}, .content = Text{}};
  } catch (...) { // not even the problem could be told
    return {.status = 500, .content_type = {}, .headers = {}, .content = Text{}};
  }
}

Reply ApiApplication::answer_or_throw(Request const& request, Worker& worker) const {
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
  auto parameters = Parameters::parse(head.query);
  if (!parameters) throw ProblemError(parameters.error());
  check_parameters(*parameters, *route);
  if (route->takes_json && !is_json(head.content_type)) {
    throw ProblemError({.kind = ProblemKind::unsupported_media_type,
                        .detail = "the body is read as application/json",
                        .where = "Content-Type"});
  }
  auto& own = static_cast<ApiWorker&>(worker); // NOLINT: all workers come from worker()
  if (request.must_be_light && head.query.size() + request.body.size() > most_light_input) {
    throw catalogue::TooHeavy(); // to read large geometries and filters takes its time, too
  }
  Exchange exchange(request, path, surroundings_, found, std::move(*parameters), own);
  return route->handle(exchange);
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
