#include "fetch/policy.hpp"
#include "fetch/url.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace std::chrono_literals;
using fetch::Url;

TEST_CASE("a URL is taken apart as libcurl will use it") {
  auto const url = Url::parse("HTTPS://jane:se%3Acret@Example.ORG/a?b=c#d").value();
  CHECK(url.is_https());
  CHECK(url.host() == "example.org");
  CHECK(url.port() == 443);
  CHECK(url.user() == "jane");
  CHECK(url.password() == "se:cret");
  CHECK(url.text().find("jane") == std::string::npos);
  CHECK(url.text().ends_with("/a?b=c"));
  CHECK(Url::parse("http://example.org:8080")->port() == 8080);
}

TEST_CASE("other notations of an address are seen as that address") {
  auto const text = GENERATE("http://127.1", "http://0x7f000001/", "http://2130706433/",
                             "http://0177.0.0.1/", "http://127.0.1", "http://0x7f.1/x");
  CAPTURE(text);
  CHECK(Url::parse(text)->host() == "127.0.0.1");
}

TEST_CASE("only http and https are URLs here") {
  auto const text =
      GENERATE("", "example.org", "//example.org/", "file:///etc/passwd", "ftp://a.b/",
               "gopher://a.b/", "dict://a.b/", "localhost:8080/", "127.0.0.1:80/x", "http://",
               "http://a.b:99999/", "javascript:alert(1)");
  CAPTURE(text);
  CHECK_FALSE(Url::parse(text));
}

TEST_CASE("characters that a URL may not hold are encoded") {
  CHECK(Url::parse("http://a.example/b c?q={\xC3\xA9}")->text() ==
        "http://a.example/b%20c?q=%7B%C3%A9%7D");
}

TEST_CASE("a redirect is resolved, and credentials in it are dropped") {
  auto const base = Url::parse("https://jane:secret@a.example/x/y?z").value();
  CHECK(base.resolved("../w")->text() == "https://a.example/w");
  CHECK(base.resolved("?page=2")->text() == "https://a.example/x/y?page=2");
  CHECK(base.resolved("//b.example/")->host() == "b.example");
  auto const other = base.resolved("https://eve:hack@a.example/").value();
  CHECK(other.user().empty());
  CHECK(other.password().empty());
  CHECK_FALSE(base.resolved("ftp://a.example/"));
  CHECK_FALSE(base.resolved("file:///etc/passwd"));
}

TEST_CASE("origins differ in scheme, host or port") {
  auto const url = Url::parse("http://a.example/").value();
  CHECK(url.is_same_origin(*Url::parse("http://A.example:80/x")));
  CHECK_FALSE(url.is_same_origin(*Url::parse("https://a.example/")));
  CHECK_FALSE(url.is_same_origin(*Url::parse("http://a.example:8080/")));
  CHECK_FALSE(url.is_same_origin(*Url::parse("http://b.example/")));
}

TEST_CASE("what is shown of a URL holds no keys") {
  CHECK(Url::parse("http://u:p@a.example/x?apiKey=1&q=2&X-Amz-Signature=3&token=4&flag")->shown() ==
        "http://a.example/x?apiKey=***&q=2&X-Amz-Signature=***&token=***&flag");
  CHECK(Url::parse("http://a.example/x")->shown() == "http://a.example/x");
}

TEST_CASE("the policy of a source is what its configuration says") {
  Source source;
  source.address = "http://catalogue.example:8080/csw";
  source.allow_networks = {"10.2.0.0/16"};
  source.delay = 250ms;
  source.timeout = 30s;
  source.retries = 2;
  auto const policy = fetch::policy_of(
      source, {.user_agent = "site (mail@a.example)", .public_url = "https://a.example"});
  CHECK(policy.allow_networks.size() == 1);
  CHECK(policy.own_port == 8080);
  CHECK(policy.delay == 250ms);
  CHECK(policy.limits.total == 30s);
  CHECK(policy.retries == 2);
  CHECK(policy.user_agent == "site (mail@a.example)");
  CHECK(policy.public_url == "https://a.example");
  source.user_agent = "own";
  CHECK(fetch::policy_of(source, {.user_agent = "site", .public_url = {}}).user_agent == "own");
}

TEST_CASE("a network that cannot be allowed is an error that names its key") {
  auto const text = GENERATE("10.2.0.1/16", "anything", "169.254.0.0/16", "fe80::/10");
  Source source;
  source.allow_networks = {text};
  CAPTURE(text);
  CHECK_THROWS_WITH(fetch::policy_of(source, {}),
                    Catch::StartsWith("allow_networks: '") && Catch::Contains(text));
}
