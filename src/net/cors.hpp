#pragma once

#include "net/framing.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace terracat::net {

/// The headers by which a browser lets a page of another site read an answer (Fetch standard 3.2).
class Cors {
 public:
  /// \param origins  as Settings::cors_origins
  explicit Cors(std::vector<std::string> origins);

  /// Appends the lines that every answer has, errors and refusals too.
  void append_to(std::string& head, std::string_view origin) const;

  /// True if `request`, an OPTIONS request, asks on behalf of a page whether it may send another.
  [[nodiscard]] static bool is_preflight(RequestFields const& request) noexcept {
    return !request.origin.empty() && !request.preflight_method.empty();
  }

  /// Appends the lines that answer such a question.
  /// \param allow  the methods that the answer says are allowed
  void append_preflight_to(std::string& head, RequestFields const& request,
                           std::string_view allow) const;

  /// True if the answer's lines depend on who asks.
  [[nodiscard]] bool varies() const noexcept { return !for_everybody_ && !origins_.empty(); }

 private:
  [[nodiscard]] bool allows(std::string_view origin) const noexcept;

  std::vector<std::string> origins_;
  bool for_everybody_;
};

} // namespace terracat::net
