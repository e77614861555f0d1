#include "formats/words/languages.hpp"
#include "formats/words/markup.hpp"
#include "formats/words/text.hpp"
#include "formats/words/utf8.hpp"

#include "support/catch.hpp"

using namespace terracat::formats;

TEST_CASE("a text on one line has single blanks and no control characters") {
  CHECK(one_line("  a \n\t b\r\n c ") == "a b c");
  CHECK(one_line("a\x07"
                 "b\x1F") == "ab");
  CHECK(one_line("\xC2\xA0"
                 "d\xC3\xA9j\xC3\xA0\xE2\x80\x8B") == "déjà");
  CHECK(one_line("a\xFF"
                 "b") == "a\xEF\xBF\xBD"
                         "b");
  CHECK(one_line(" \n ").empty());
}

TEST_CASE("paragraphs lose their indentation and keep their lines") {
  CHECK(paragraphs("First line\n      second line\n\n\n      third  one\n") ==
        "First line\nsecond line\n\nthird one");
  CHECK(paragraphs("a\r\nb") == "a\nb");
}

TEST_CASE("words are compared without case, accents and punctuation") {
  CHECK(folded("À REMPLIR !") == "a remplir");
  CHECK(folded("CC-BY 4.0") == "cc by 4 0");
  CHECK(folded("Straße") == "straße");
  CHECK(folded("--").empty());
}

TEST_CASE("placeholders and words for nothing are told from words") {
  for (auto const* const text :
       {"TODO", "A REMPLIR", "à remplir", "{{role}}", "{uuid}", "-- titre --", "$roleCode",
        "@@fileId@@", "###Parametre \"x\"", "TBD"}) {
    INFO(text);
    CHECK(is_placeholder(text));
  }
  for (auto const* const text : {"todo list of the lab", "-- a dash", "Role", "{curly}",
                                 "{01234567-89AB-4CDE-8F01-23456789ABCD}", ""}) {
    INFO(text);
    CHECK_FALSE(is_placeholder(text));
  }
  for (auto const* const text : {"None", "N/A", "unknown", "Inconnu", "-", "", "null"}) {
    INFO(text);
    CHECK(says_nothing(text));
  }
  CHECK_FALSE(says_nothing("Unknown land"));
  CHECK_FALSE(says_nothing("0"));
}

TEST_CASE("HTML becomes text") {
  auto const plain = without_markup("<p>One &amp; two</p><ul><li>a</li><li>b<br/>c</li></ul>");
  CHECK(plain.had_markup);
  CHECK(paragraphs(plain.text) == "One & two\n\n- a\n\n- b\nc");
  CHECK(without_markup("H<sub>2</sub>O &eacute;t&eacute; &#233;&#xE9;").text == "H2O été éé");
  CHECK(without_markup("<script>alert(1)</script>x").text == "x");
  CHECK(without_markup("<a href=\"http://e.org/x\">here</a>.").text == "here (http://e.org/x).");
  CHECK(without_markup("<a href='http://e.org'>http://e.org</a>").text == "http://e.org");
}

TEST_CASE("what only looks like markup stays") {
  for (auto const* const text : {"a < b and c > d", "<0.5 mm>", "<name@host.org>", "AT&T; R&D",
                                 "x <y> z", "1 <", "&", "<p q r>", "&unknown;"}) {
    INFO(text);
    auto const plain = without_markup(text);
    CHECK(plain.text == text);
    CHECK_FALSE(plain.had_markup);
  }
}

TEST_CASE("codes and names of languages become tags") {
  for (auto const* const code :
       {"fr", "fre", "fra", "FRE", "fre; FRA", "fr-FR", "French", "Français",
        "http://publications.europa.eu/resource/authority/language/FRA", "urn:x:fra"}) {
    INFO(code);
    CHECK(read_language(code) == "fr");
  }
  CHECK(read_language("eng: USA") == "en");
  CHECK(read_language("ger") == "de");
  CHECK(read_language("dut") == "nl");
  CHECK(read_language("Nederlands; Vlaams") == "nl");
  CHECK(read_language("gsw") == "gsw");
  for (auto const* const code : {"", "und", "zxx", "xx", "qqq", "fluent", "anyValidURI", "123"}) {
    INFO(code);
    CHECK(read_language(code).empty());
  }
}

TEST_CASE("UTF-8 is checked as RFC 3629 has it") {
  CHECK(is_utf8("d\xC3\xA9j\xC3\xA0 \xF0\x9F\x8C\x8D"));
  for (auto const* const text :
       {"\xC3", "\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\xFF"}) {
    CHECK_FALSE(is_utf8(text));
  }
  std::string written;
  for (char32_t const character : {U'a', U'é', U'€', U'\U0001F30D'})
    append_character(written, character);
  CHECK(written == "aé€🌍");
}
