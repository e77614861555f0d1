#include "api/json_patch.hpp"

#include "support/catch.hpp"

#include <array>

using namespace terracat;

namespace {

struct Example {
  std::string_view target;
  std::string_view patch;
  std::string_view result;
};

// RFC 6902, appendix A, and what its text says besides.
constexpr std::array examples{
    Example{R"({"o":{"a":2,"b":{"c":1,"d":[]}}})",
            R"([{"op":"test","path":"/o","value":{"b":{"d":[],"c":1.0},"a":2}}])",
            R"({"o":{"a":2,"b":{"c":1,"d":[]}}})"},
    Example{R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux"}])",
            R"({"foo":"bar","baz":"qux"})"},
    Example{R"({"foo":["bar","baz"]})", R"([{"op":"add","path":"/foo/1","value":"qux"}])",
            R"({"foo":["bar","qux","baz"]})"},
    Example{R"({"baz":"qux","foo":"bar"})", R"([{"op":"remove","path":"/baz"}])",
            R"({"foo":"bar"})"},
    Example{R"({"foo":["bar","qux","baz"]})", R"([{"op":"remove","path":"/foo/1"}])",
            R"({"foo":["bar","baz"]})"},
    Example{R"({"baz":"qux","foo":"bar"})", R"([{"op":"replace","path":"/baz","value":"boo"}])",
            R"({"baz":"boo","foo":"bar"})"},
    Example{R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})",
            R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])",
            R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})"},
    Example{R"({"foo":["all","grass","cows","eat"]})",
            R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])",
            R"({"foo":["all","cows","eat","grass"]})"},
    Example{
        R"({"baz":"qux","foo":["a",2,"c"]})",
        R"([{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2.0}])",
        R"({"baz":"qux","foo":["a",2,"c"]})"},
    Example{R"({"foo":"bar"})", R"([{"op":"add","path":"/child","value":{"grandchild":{}}}])",
            R"({"foo":"bar","child":{"grandchild":{}}})"},
    Example{R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])",
            R"({"/":9,"~1":10})"},
    Example{R"({"foo":["bar"]})", R"([{"op":"add","path":"/foo/-","value":["abc","def"]}])",
            R"({"foo":["bar",["abc","def"]]})"},
    Example{R"({"a":{"b":1}})", R"([{"op":"copy","from":"/a","path":"/c"}])",
            R"({"a":{"b":1},"c":{"b":1}})"},
    Example{R"({"a":1})", R"([{"op":"move","from":"/a","path":"/a"}])", R"({"a":1})"},
    Example{R"({"a":1})", R"([{"op":"add","path":"/a","value":null}])", R"({"a":null})"},
    Example{R"({"a":{"x":1,"y":2}})", R"([{"op":"test","path":"/a","value":{"y":2,"x":1}}])",
            R"({"a":{"x":1,"y":2}})"},
    Example{R"({"a":1})", R"([])", R"({"a":1})"},
    Example{R"({"a":9007199254740993})", R"([{"op":"test","path":"/a","value":9007199254740993}])",
            R"({"a":9007199254740993})"},
};

struct Fault {
  std::string_view patch;
  std::string_view where;
};

// Of {"a":[1],"b":{"c":2}}.
constexpr std::array faults{
    Fault{R"({"op":"add"})", ""},
    Fault{R"([{"op":"spoil","path":"/a"}])", "/0/op"},
    Fault{R"([{"op":"add","path":"a","value":1}])", "/0/path"},
    Fault{R"([{"op":"add","path":"/a~2","value":1}])", "/0/path"},
    Fault{R"([{"op":"add","path":"/a"}])", "/0/value"},
    Fault{R"([{"op":"add","path":"/a/3","value":1}])", "/0/path"},
    Fault{R"([{"op":"add","path":"/a/01","value":1}])", "/0/path"},
    Fault{R"([{"op":"add","path":"/x/y","value":1}])", "/0/path"},
    Fault{R"([{"op":"add","path":"/b/c/d","value":1}])", "/0/path"},
    Fault{R"([{"op":"remove","path":"/b/x"}])", "/0/path"},
    Fault{R"([{"op":"remove","path":""}])", "/0/path"},
    Fault{R"([{"op":"replace","path":"/x","value":1}])", "/0/path"},
    Fault{R"([{"op":"remove","path":"/a/1"}])", "/0/path"},
    Fault{R"([{"op":"remove","path":"/a"},{"op":"copy","from":"/a","path":"/d"}])", "/1/from"},
    Fault{R"([{"op":"move","from":"/b","path":"/b/c/d"}])", "/0/path"},
    Fault{R"([{"op":"move","from":"/x","path":"/x"}])", "/0/from"},
    Fault{R"([{"op":"test","path":"/b/c","value":"2"}])", "/0/value"},
    Fault{R"([{"op":"add","path":"/d","value":9007199254740993},
              {"op":"test","path":"/d","value":9007199254740992}])",
          "/1/value"},
};

Problem problem_of(std::string_view target, std::string const& patch) {
  auto const one = json::Document::parse(std::string(target));
  auto const other = json::Document::parse(patch);
  try {
    static_cast<void>(api::json_patched(one.value().root(), other.value().root()));
  } catch (ProblemError const& error) {
    return error.problem();
  }
  FAIL("the patch was not refused: " << patch);
  return {};
}

} // namespace

TEST_CASE("a test fails for members of other names") {
  auto const problem = problem_of(R"({"o":{"a":2,"b":{"c":1}}})",
                                  R"([{"op":"test","path":"/o","value":{"b":{"c":1},"x":2}}])");
  CHECK(problem.kind == ProblemKind::conflict);
}

TEST_CASE("a patch does what RFC 6902 says") {
  for (auto const& [target, patch, result] : examples) {
    auto const one = json::Document::parse(std::string(target));
    auto const other = json::Document::parse(std::string(patch));
    CHECK(api::json_patched(one.value().root(), other.value().root()) == result);
  }
}

TEST_CASE("a patch that cannot be done says where") {
  for (auto const& [patch, where] : faults) {
    auto const problem = problem_of(R"({"a":[1],"b":{"c":2}})", std::string(patch));
    CHECK(problem.where == where);
    bool const is_test = patch.find("test") != std::string_view::npos;
    CHECK(problem.kind == (is_test ? ProblemKind::conflict : ProblemKind::invalid_body));
  }
}

TEST_CASE("a patch cannot make a document grow without end") {
  std::string patch = "[";
  for (int i = 0; i < 100; ++i) {
    if (i > 0) patch += ',';
    patch += R"({"op":"copy","from":"","path":"/a"})";
  }
  CHECK(problem_of(R"({"a":1,"b":")" + std::string(1'000'000, 'x') + R"("})", patch + "]").where ==
        "/11/from");
}

namespace {

/// An operation that wraps what is at `/a` into a chain of arrays.
std::string wrapping(std::size_t depth) {
  auto const zeros = [depth] {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i) out += "/0";
    return out;
  };
  return R"({"op":"add","path":"/b","value":)" + std::string(depth, '[') + std::string(depth, ']') +
         R"(},{"op":"move","from":"/a","path":"/b)" + zeros().substr(2) +
         R"(/-"},{"op":"move","from":"/b","path":"/a"})";
}

} // namespace

TEST_CASE("a patch cannot make a document deeper than can be read") {
  std::string patch = "[" + wrapping(52);
  CHECK(json::Document::parse(patch + "]").has_value());
  for (int i = 0; i < 332; ++i) patch += "," + wrapping(52);
  // The second chain has no room for the first one.
  CHECK(problem_of(R"({"a":1})", patch + "]").where == "/4/path");
  // Nor has a place in the depth of one.
  std::string const deep = R"([{"op":"add","path":"/a","value":)" + std::string(60, '[') +
                           std::string(60, ']') + R"(},{"op":"replace","path":"/a)";
  std::string zeros;
  for (int i = 0; i < 59; ++i) zeros += "/0";
  CHECK(problem_of(R"({"a":1})", deep + zeros + R"(","value":[[[[[[]]]]]]}])").where == "/1/path");
}
