#pragma once

#include "api/http.hpp"
#include "api/parameters.hpp"
#include "api/router.hpp"
#include "api/site.hpp"
#include "catalogue/catalogue.hpp"

#include <terracat/json.hpp>

#include <array>
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

  /// For items of which only parts are answered.
  [[nodiscard]] json::Parser& item_parser() {
    if (!item_parser_) item_parser_.emplace(json::Limits{std::size_t{256} << 20, 256});
    return *item_parser_;
  }

 private:
  std::unique_ptr<catalogue::Session> session_;
  /// A filter of the greatest depth (query::FilterLimits) takes two levels for each of its own.
  json::Parser parser_{{.bytes = std::size_t{8} << 20, .depth = 80, .unique_names = true}};
  std::optional<json::Parser> item_parser_; ///< made at the first need
};

/// What all exchanges of an application have in common.
struct Surroundings {
  Site const& site;
  /// Of all settings that answers depend on: it goes into entity tags, so that what was kept from
  /// before a change of them is not taken for the same.
  std::uint64_t digest = 0;
};

/// One request with everything that its handler may use.
class Exchange {
 public:
  /// \param path   of the request, below the site's public URL
  /// \param found  the address that it means
  Exchange(Request const& request, std::string_view path, Surroundings const& surroundings,
           Router::Found const& found, Parameters parameters, ApiWorker& worker)
      : request_(request),
        path_(path),
        surroundings_(surroundings),
        found_(found),
        parameters_(std::move(parameters)),
        worker_(worker) {}

  [[nodiscard]] Request const& request() const noexcept { return request_; }

  [[nodiscard]] Site const& site() const noexcept { return surroundings_.site; }

  /// Surroundings::digest.
  [[nodiscard]] std::uint64_t settings_digest() const noexcept { return surroundings_.digest; }

  /// False for what is the site's own.
  [[nodiscard]] bool has_root() const noexcept { return found_.address->root != nullptr; }

  /// \pre has_root()
  [[nodiscard]] Root const& root() const noexcept { return *found_.address->root; }

  [[nodiscard]] Parameters const& parameters() const noexcept { return parameters_; }

  /// What stood in the place of `{name}` in the path, decoded. \pre the route has that place
  [[nodiscard]] std::string captured(std::string_view name) const {
    return decode_segment(found_.captured(name)).value();
  }

  /// What stood in the place of `{name...}`, as it was sent. \pre the route has that place
  [[nodiscard]] std::string_view captured_rest(std::string_view name) const {
    return found_.captured(name);
  }

  [[nodiscard]] ApiWorker& worker() const noexcept { return worker_; }

  /// A new look at the catalogue, in the scope of the root.
  [[nodiscard]] catalogue::View view() const {
    return worker_.session().view(catalogue::Visibility::everything(), root().scope,
                                  request_.deadline);
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
  Request const& request_;
  std::string_view path_;
  Surroundings const& surroundings_;
  Router::Found const& found_;
  Parameters parameters_;
  ApiWorker& worker_;
};

} // namespace terracat::api
