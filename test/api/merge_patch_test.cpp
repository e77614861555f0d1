#include "api/merge_patch.hpp"

#include "support/catch.hpp"

#include <array>

using namespace terracat;

namespace {

struct Example {
  std::string_view target;
  std::string_view patch;
  std::string_view result;
};

// RFC 7396, appendix A, without those that have no object for a target.
constexpr std::array examples{
    Example{R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
    Example{R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
    Example{R"({"a":"b"})", R"({"a":null})", R"({})"},
    Example{R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
    Example{R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
    Example{R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
    Example{R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
    Example{R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
    Example{R"({"a":"b"})", R"(["c"])", R"(["c"])"},
    Example{R"({"a":"foo"})", R"("bar")", R"("bar")"},
    Example{R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
    Example{R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
    Example{R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
    Example{R"({"a":1})", R"({})", R"({"a":1})"},
};

} // namespace

TEST_CASE("a merge patch does what RFC 7396 says") {
  for (auto const& [target, patch, result] : examples) {
    auto const one = json::Document::parse(std::string(target));
    auto const other = json::Document::parse(std::string(patch));
    CHECK(api::merged(one.value().root(), other.value().root()) == result);
  }
}
