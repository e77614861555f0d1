#pragma once

#include <terracat/problem.hpp>

#include <catch2/catch.hpp>

namespace Catch {

/// A failed check on a Result shows its problem; Boost's own printing asks every value for `<<`.
template<class Value, class Error>
struct StringMaker<boost::system::result<Value, Error>> {
  static std::string convert(boost::system::result<Value, Error> const& result) {
    if (result) return "a value";
    return Catch::Detail::stringify(result.error());
  }
};

} // namespace Catch
