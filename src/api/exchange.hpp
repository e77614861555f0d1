#pragma once

#include "api/http.hpp"
#include "api/kept_answers.hpp"
#include "api/parameters.hpp"
#include "api/representations.hpp"
#include "api/router.hpp"
#include "api/site.hpp"
#include "catalogue/catalogue.hpp"
#include "geometry/crs.hpp"

#include <terracat/json.hpp>

#include <array>
#include <map>
#include <optional>
#include <string>

namespace terracat::api {

/// What one thread needs to answer.
class ApiWorker : public Worker {
 public:
  explicit ApiWorker(std::unique_ptr<catalogue::Session> session) : session_(std::move(session)) {}

  void idle() noexcept override { session_->idle(); }

  [[nodiscard]] catalogue::Session& session() noexcept { return *session_; }

  /// For what clients send: each name once.
  [[nodiscard]] json::Parser& parser() noexcept { return parser_; }

  /// The way to another CRS, made at the first need.
  [[nodiscard]] geometry::Projection const& projection(geometry::Crs const& crs) {
    auto const known = projections_.find(crs.uri);
    return known != projections_.end()
               ? known->second
               : projections_.emplace(crs.uri, geometry::Projection(crs)).first->second;
  }

  /// For what clients write: it may be larger than what they ask.
  [[nodiscard]] json::Parser& body_parser() {
    if (!body_parser_) {
      body_parser_.emplace(
          json::Limits{.bytes = std::size_t{128} << 20, .depth = 64, .unique_names = true});
    }
    return *body_parser_;
  }

  /// For readers of formats.
  [[nodiscard]] json::Parser& document_parser() {
    if (!document_parser_) document_parser_.emplace();
    return *document_parser_;
  }

  /// For items of which only parts are answered.
  [[nodiscard]] json::Parser& item_parser() {
    if (!item_parser_) item_parser_.emplace(json::Limits{std::size_t{256} << 20, 256});
    return *item_parser_;
  }

 private:
  std::unique_ptr<catalogue::Session> session_;
  /// A filter of the greatest depth (query::FilterLimits) takes two levels for each of its own.
  json::Parser parser_{{.bytes = std::size_t{8} << 20, .depth = 80, .unique_names = true}};
  std::optional<json::Parser> body_parser_; ///< made at the first need, as the next two
  std::optional<json::Parser> document_parser_;
  std::optional<json::Parser> item_parser_;
  std::map<std::string_view, geometry::Projection> projections_; ///< by URIs that last
};

/// What all exchanges of an application have in common.
struct Surroundings {
  Site const& site;
  catalogue::Catalogue& catalogue;
  /// Of all settings that answers depend on: it goes into entity tags, so that what was kept from
  /// before a change of them is not taken for the same.
  std::uint64_t digest = 0;
  KeptAnswers& kept;      ///< by these settings
  std::string form_token; ///< of forms for operators (read_form)
};

class Exchange;

/// What is left of a request while its answer is being streamed: each piece is made by another
/// worker, with an exchange of its own. The application outlives the answer, this keeps the rest.
class Continuation {
 public:
  explicit Continuation(Exchange const& exchange);

  /// What a piece is made with: without head, body and captures, but with a new deadline.
  /// \param request  the deadline is set in it; it has to outlive the exchange, as this has
  [[nodiscard]] Exchange exchange(Request& request, ApiWorker& worker) const;

 private:
  std::string path_;
  Surroundings const& surroundings_;
  Router::Found found_;
  Parameters parameters_;
};

/// One request with everything that its handler may use.
class Exchange {
 public:
  /// \param path   of the request, below the site's public URL
  /// \param found  the address that it means
  Exchange(Request const& request, std::string_view path, Surroundings const& surroundings,
           Router::Found const& found, Parameters parameters, ApiWorker& worker,
           Form form = Form::json)
      : request_(request),
        path_(path),
        surroundings_(surroundings),
        found_(found),
        parameters_(std::move(parameters)),
        worker_(worker),
        form_(form) {}

  [[nodiscard]] Request const& request() const noexcept { return request_; }

  [[nodiscard]] Site const& site() const noexcept { return surroundings_.site; }

  /// For those who write.
  [[nodiscard]] catalogue::Catalogue& catalogue() const noexcept { return surroundings_.catalogue; }

  /// Of the site's settings, for entity tags.
  [[nodiscard]] std::uint64_t settings_digest() const noexcept { return surroundings_.digest; }

  /// That forms for operators carry (read_form).
  [[nodiscard]] std::string_view form_token() const noexcept { return surroundings_.form_token; }

  /// What was answered before.
  [[nodiscard]] KeptAnswers& kept() const noexcept { return surroundings_.kept; }

  /// The answer was made before, so that nobody need keep it again.
  void note_known() noexcept { is_known_ = true; }

  [[nodiscard]] bool is_known() const noexcept { return is_known_; }

  /// False for what is the site's own.
  [[nodiscard]] bool has_root() const noexcept { return found_.address->root != nullptr; }

  /// \pre has_root()
  [[nodiscard]] Root const& root() const noexcept { return *found_.address->root; }

  /// Of the request, below the site's public URL, as it was sent.
  [[nodiscard]] std::string_view path() const noexcept { return path_; }

  /// The row of the route table that answers.
  [[nodiscard]] Route const& route() const noexcept {
    return *found_.address->route(request_.head.method);
  }

  [[nodiscard]] Parameters const& parameters() const noexcept { return parameters_; }

  /// Of the form that was sent from a page of operators (read_form); nothing of any other request.
  [[nodiscard]] Parameters const& fields() const noexcept { return fields_; }

  void take_fields(Parameters fields) noexcept { fields_ = std::move(fields); }

  /// The form in which the answer is wanted, of those that there are. A handler that is asked for
  /// one that is retold may answer JSON, of which it is made.
  [[nodiscard]] Form form() const noexcept { return form_; }

  /// Besides JSON.
  [[nodiscard]] Forms forms() const noexcept { return forms_of(route(), found_.address->root); }

  /// What stood in the place of `{name}` in the path, decoded. \pre the route has that place
  [[nodiscard]] std::string captured(std::string_view name) const {
    return decode_segment(found_.captured(name)).value();
  }

  /// What stood in the place of `{name...}`, as it was sent. \pre the route has that place
  [[nodiscard]] std::string_view captured_rest(std::string_view name) const {
    return found_.captured(name);
  }

  [[nodiscard]] ApiWorker& worker() const noexcept { return worker_; }

  /// From now on each search among items is explained there, which must outlive the exchange.
  void explain(std::vector<catalogue::Explanation>* out) noexcept { explanations_ = out; }

  /// Who asks wants to know how it was answered.
  [[nodiscard]] bool is_explained() const noexcept { return explanations_ != nullptr; }

  /// A new look at the catalogue, in the scope of the root.
  [[nodiscard]] catalogue::View view() const { return view(root().scope); }

  /// Likewise, in another scope, which must outlive the view.
  [[nodiscard]] catalogue::View view(catalogue::Scope const& scope) const {
    auto out =
        worker_.session().view(catalogue::Visibility::everything(), scope, request_.deadline);
    out.tell_concepts(site().concepts.get());
    out.explain(explanations_);
    return out;
  }

  /// The address of a path below the root, or the site if there is none: "" is itself.
  [[nodiscard]] std::string url(std::string_view path) const {
    auto out = site().public_url;
    if (has_root()) out += root().prefix;
    out += path;
    return out;
  }

  /// The address that was asked for, with its parameters.
  [[nodiscard]] std::string self() const;

 private:
  friend class Continuation;

  Request const& request_;
  std::string_view path_;
  Surroundings const& surroundings_;
  Router::Found const& found_;
  Parameters parameters_;
  Parameters fields_;
  ApiWorker& worker_;
  Form form_;
  std::vector<catalogue::Explanation>* explanations_ = nullptr;
  bool is_known_ = false;
};

} // namespace terracat::api
