#pragma once

#include <boost/system/result.hpp>

#include <cstdint>
#include <ostream>
#include <stdexcept>
#include <string>

namespace terracat {

/// What can go wrong between a client and its answer. The table in `api/problems.cpp` gives each
/// kind its status, its stable code and its title; a kind without a row does not compile.
enum class ProblemKind : std::uint8_t {
  invalid_parameter,      ///< a query parameter whose value cannot be read
  unknown_parameter,      ///< a query parameter that the route does not know
  invalid_body,           ///< a request body whose content cannot be read
  invalid_filter,         ///< a filter that cannot be read, or is too large
  unknown_property,       ///< a property that is no queryable (or no sortable) here
  token_mismatch,         ///< a page token of another search
  token_expired,          ///< a page token or cursor of an earlier epoch
  not_found,              ///< no such resource, or none that may be seen
  gone,                   ///< what was there and was removed
  unauthenticated,        ///< who asks has to say who he is
  forbidden,              ///< who asks may not do so
  conflict,               ///< something is there already, or is not as a patch wants it
  owned_by_source,        ///< what is to be changed comes from a source that is harvested
  precondition_failed,    ///< what is to be changed is not what it was when it was read
  method_not_allowed,     ///< the address exists, the method does not
  unsupported_media_type, ///< a request body of a type that the route does not read
  range_not_satisfiable,  ///< a Range beyond the end of the file
  too_slow,               ///< the deadline passed before the answer was complete
  scan_busy,              ///< as many searches look into whole items as may
  overloaded,             ///< the queue of work is full
  outcome_unknown,        ///< the deadline passed before it was known whether it was written
  store_read_only,        ///< nothing can be written
  store_full,             ///< no room on the disc
  store_corrupt,          ///< a stored value failed its checksum
  internal,               ///< our own mistake; the cause is in the log only
};

/// Bad input, as a value. The sentence and the place are safe to show to anybody.
struct Problem {
  ProblemKind kind = ProblemKind::internal;
  std::string detail; ///< one sentence: what was wrong and what was expected
  std::string where;  ///< parameter name, JSON pointer or position; may be empty

  friend bool operator==(Problem const&, Problem const&) = default;
};

/// For logs and test reports; clients get the JSON of `api/problems.cpp`.
inline std::ostream& operator<<(std::ostream& out, Problem const& problem) {
  if (!problem.where.empty()) out << problem.where << ": ";
  return out << problem.detail;
}

/// Thrown where a Problem ends the task, and by Result<T>::value() on a failed result.
class ProblemError : public std::runtime_error {
 public:
  explicit ProblemError(Problem problem)
      : std::runtime_error(problem.detail), problem_(std::move(problem)) {}

  [[nodiscard]] Problem const& problem() const noexcept { return problem_; }

 private:
  Problem problem_;
};

[[noreturn]] inline void throw_exception_from_error(Problem const& problem,
                                                    boost::source_location const&) {
  throw ProblemError(problem);
}

/// A value, or why there is none.
template<class T>
using Result = boost::system::result<T, Problem>;

} // namespace terracat
