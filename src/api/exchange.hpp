#pragma once

#include "api/http.hpp"
#include "api/parameters.hpp"
#include "api/site.hpp"
#include "catalogue/catalogue.hpp"

#include <terracat/json.hpp>

#include <map>
#include <string>

namespace terracat::api {

/// What one thread needs to answer.
class ApiWorker : public Worker {
 public:
  explicit ApiWorker(std::unique_ptr<catalogue::Session> session) : session_(std::move(session)) {}

  void idle() noexcept override { session_->idle(); }

  [[nodiscard]] catalogue::Session& session() noexcept { return *session_; }

  /// For request bodies and answers that have to be looked at; bodies by people: each name once.
  [[nodiscard]] json::Parser& parser() noexcept { return parser_; }

 private:
  std::unique_ptr<catalogue::Session> session_;
  json::Parser parser_{{.bytes = std::size_t{8} << 20, .depth = 64, .unique_names = true}};
};

/// One request with everything that its handler may use.
class Exchange {
 public:
  using Captures = std::map<std::string, std::string, std::less<>>;

  /// \param path  of the request, below the site's public URL
  Exchange(Request const& request, std::string_view path, Site const& site, Root const* root,
           Parameters parameters, Captures captures, ApiWorker& worker)
      : request_(request),
        path_(path),
        site_(site),
        root_(root),
        parameters_(std::move(parameters)),
        captures_(std::move(captures)),
        worker_(worker) {}

  [[nodiscard]] Request const& request() const noexcept { return request_; }

  [[nodiscard]] Site const& site() const noexcept { return site_; }

  /// \pre the route belongs to a family
  [[nodiscard]] Root const& root() const noexcept { return *root_; }

  [[nodiscard]] Parameters const& parameters() const noexcept { return parameters_; }

  /// What stood in the place of `{name}` in the path, decoded. \pre the route has that place
  [[nodiscard]] std::string const& captured(std::string_view name) const {
    return captures_.find(name)->second;
  }

  [[nodiscard]] ApiWorker& worker() const noexcept { return worker_; }

  /// A new look at the catalogue, in the scope of the root.
  [[nodiscard]] catalogue::View view() const {
    return worker_.session().view(catalogue::Visibility::everything(), root_->scope,
                                  request_.deadline);
  }

  /// The address of a path below the root: "" is the root itself.
  [[nodiscard]] std::string url(std::string_view path) const {
    return site_.public_url + root_->prefix + std::string(path);
  }

  /// The address that was asked for, with its parameters.
  [[nodiscard]] std::string self() const;

 private:
  Request const& request_;
  std::string_view path_;
  Site const& site_;
  Root const* root_; ///< null: the route belongs to the site
  Parameters parameters_;
  Captures captures_;
  ApiWorker& worker_;
};

} // namespace terracat::api
