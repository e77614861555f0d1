#pragma once

#include "api/exchange.hpp"
#include "api/http.hpp"
#include "api/router.hpp"
#include "api/site.hpp"
#include "catalogue/catalogue.hpp"
#include "log/logger.hpp"

namespace terracat::api {

/// The APIs over a catalogue. Thread-safe; each thread brings a worker of its own.
class ApiApplication : public Application {
 public:
  /// \param catalogue, log  outlive the application
  ApiApplication(catalogue::Catalogue& catalogue, Site site, log::Logger& log);

  /// Says where clients reach the site, which a site on any free port knows only once it has it.
  /// Before the first request.
  void learn_address(std::string public_url);

  [[nodiscard]] std::unique_ptr<Worker> worker() override;
  [[nodiscard]] Plan plan(Head const& head) const noexcept override;

  [[nodiscard]] Reply answer(Request const& request, Worker& worker) noexcept override {
    return answer(request, worker, nullptr);
  }

  /// The same, with how its searches among items were answered, whoever asks.
  [[nodiscard]] Reply explained(Request const& request, Worker& worker,
                                std::vector<catalogue::Explanation>& out) const noexcept {
    return answer(request, worker, &out);
  }

  [[nodiscard]] Reply refusal(int status, std::string_view detail,
                              std::string_view request_id) const noexcept override;
  void on_commit(std::function<void(std::int64_t sequence)> wake) override;

 private:
  [[nodiscard]] std::string_view path_of(Head const& head) const noexcept;
  [[nodiscard]] std::size_t body_limit(Route const& route, Head const& head) const;
  /// \param explanations  of searches among items; null: only for who asks by a header
  [[nodiscard]] Reply answer(Request const& request, Worker& worker,
                             std::vector<catalogue::Explanation>* explanations) const noexcept;
  [[nodiscard]] Reply answer_or_throw(Request const& request, Worker& worker,
                                      std::vector<catalogue::Explanation>* explanations) const;

  /// \return  the fields of the form, if it is one of a page
  /// \throws ProblemError  unless the request may read, or write, what is for operators
  [[nodiscard]] Parameters check_operator(Request const& request, Method method,
                                          bool is_page) const;
  /// A problem as who asks can read it: a page for people, else a problem document.
  [[nodiscard]] Reply told(Problem const& problem, Request const& request) const;

  catalogue::Catalogue& catalogue_;
  Site site_;
  KeptAnswers kept_;
  Surroundings const surroundings_;
  log::Logger& log_;
  std::string base_path_; ///< of the public URL: requests come with or without it
  Router router_;
};

} // namespace terracat::api
