#pragma once

#include "api/application.hpp"
#include "metrics/metrics.hpp"
#include "support/stores.hpp"
#include "support/temporary_folder.hpp"
#include <terracat/kind.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace terracat::test {

/// A request as the sockets would hand it over.
struct Question {
  std::string method = "GET";
  std::string target; ///< path and query, or an address below the site's public URL
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool is_late = false;                          ///< its time is up before it is answered
  std::function<void()> between_pieces;          ///< of a stream; may be null
  std::function<void()> while_waiting;           ///< for the catalogue to change; may be null
  std::optional<std::chrono::milliseconds> time; ///< until its deadline
};

struct Answer {
  int status = 0;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool was_light = false; ///< it would have been answered on a thread that reads sockets

  /// The header's value, whatever case its name is asked in; empty if it is absent.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// A site as a folder of README.md describes it, over one kind of store.
class SiteUnderTest {
 public:
  /// Imports the documents of the folder. \throws std::runtime_error  if one of them is refused
  SiteUnderTest(std::filesystem::path const& folder, StoreUnderTest const& store);

  /// Imports one more document for a source.
  void add(std::string const& source, std::string const& document);

  /// Goes on with other settings over the same catalogue.
  void change(std::function<void(api::Site&)> const& how);

  void learn_address(std::string const& url) { application_->learn_address(url); }

  [[nodiscard]] Answer ask(Question const& question);

  [[nodiscard]] catalogue::Catalogue& catalogue() noexcept { return catalogue_; }

  [[nodiscard]] api::Site const& settings() const noexcept { return site_; }

  /// What is known of the request before it is answered.
  [[nodiscard]] api::Plan plan(Question const& question) const;

 private:
  void start();
  void import(std::string const& source, kinds::Harvester& harvester);
  /// \param id  of a collection, or `collection/item`
  void remove(std::string_view id);

  [[nodiscard]] std::string path_of(std::string const& target) const;

  TemporaryFolder scratch_; ///< the log goes there
  int log_file_;
  log::Logger log_;
  metrics::Metrics metrics_;
  api::Site site_;
  std::vector<api::Unready> unready_;
  catalogue::Catalogue catalogue_;
  std::unique_ptr<api::ApiApplication> application_;
  std::unique_ptr<api::Worker> worker_;
};

} // namespace terracat::test
