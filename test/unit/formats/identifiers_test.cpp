#include "formats/words/identifiers.hpp"
#include "formats/words/licences.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::formats;
using model::Identifier;

TEST_CASE("a DOI is known in every dress and written in one") {
  for (auto const* const text :
       {"10.5072/AbC", "doi:10.5072/abc", "DOI: 10.5072/abc", "https://doi.org/10.5072/ABC",
        "http://dx.doi.org/10.5072/abc.", "http://doi.org/doi:10.5072/abc",
        "https://www.doi.org/10.5072/abc", " 10.5072/abc ", "doi.org/10.5072/abc",
        "doi: 10.5072/abc", "urn:doi:10.5072/abc", "info:doi/10.5072/abc", "10.5072/abc/"}) {
    INFO(text);
    CHECK(read_doi(text) == "10.5072/abc");
  }
  CHECK(read_doi("10.1594/WDCC/CMIP5.x(1)") == "10.1594/wdcc/cmip5.x(1)");
  CHECK(read_doi("10.1000.10/123") == "10.1000.10/123");
  for (auto const* const text :
       {"", "[]", "10.5072", "10.5072/", "10.5072/.", "10.5072//", "10.12/x", "see 10.5072/abc",
        "10.5072/a b", "11.5072/x", "https://example.org/10.5072/abc", "hdl:10.5072/abc"}) {
    INFO(text);
    CHECK_FALSE(read_doi(text));
  }
}

TEST_CASE("ORCIDs must have the right check digit") {
  CHECK(read_orcid("0000-0002-1825-0097") == "0000-0002-1825-0097");
  CHECK(read_orcid("https://orcid.org/0000-0002-1694-233x/") == "0000-0002-1694-233X");
  CHECK_FALSE(read_orcid("0000-0002-1825-0098"));
  CHECK_FALSE(read_orcid("0000-0000-0000-0000"));
  CHECK_FALSE(read_orcid("https://example.org/0000-0002-1825-0097"));
}

TEST_CASE("RORs must have the right check digits") {
  CHECK(read_ror("ror.org/05GQ02987") == "https://ror.org/05gq02987");
  // 000001: 98 - 100 mod 97 = 95
  CHECK(read_ror("https://ror.org/000000195") == "https://ror.org/000000195");
  CHECK_FALSE(read_ror("https://ror.org/000000194"));
  CHECK_FALSE(read_ror("https://ror.org/05gq02978"));
  CHECK_FALSE(read_ror("https://ror.org/05gq0298")); // too short
  CHECK_FALSE(read_ror("https://ror.org/15gq02987"));
  CHECK_FALSE(read_ror("https://ror.org/05gu02987")); // no such digit
  CHECK_FALSE(read_ror("https://ror.org/search"));
}

TEST_CASE("identifiers are known by their form, else by what the source says") {
  CHECK(read_identifier("doi:10.5072/X", "ignored") == Identifier{"doi", "10.5072/x"});
  CHECK(read_identifier("10.17882/9", "http://dx.doi.org/") == Identifier{"doi", "10.17882/9"});
  CHECK(read_identifier("http://hdl.handle.net/2042/1", "") == Identifier{"hdl", "2042/1"});
  CHECK(read_identifier("https://n2t.net/ark:/12345/x", "") == Identifier{"ark", "ark:/12345/x"});
  CHECK(read_identifier("urn:uuid:6F9619FF-8B86-D011-B42D-00C04FC964FF", "") ==
        Identifier{"uuid", "6f9619ff-8b86-d011-b42d-00c04fc964ff"});
  CHECK(read_identifier("urn:SDN:CDI:LOCAL:1", "") == Identifier{"uri", "urn:SDN:CDI:LOCAL:1"});
  CHECK(read_identifier("abc", "http://id.example.org") ==
        Identifier{"uri", "http://id.example.org/abc"});
  CHECK(read_identifier("abc", "http://id.example.org#") ==
        Identifier{"uri", "http://id.example.org#abc"});
  CHECK(read_identifier("abc", "lab") == Identifier{"lab", "abc"});
  for (auto const* const text : {"", "None", "TODO", "A REMPLIR", "{\"@context\":1}"}) {
    CHECK_FALSE(read_identifier(text, "lab"));
  }
}

TEST_CASE("licences are known by their addresses") {
  CHECK(spdx_of_address("https://creativecommons.org/licenses/by/4.0/deed.fr") == "CC-BY-4.0");
  CHECK(spdx_of_address("http://creativecommons.org/licenses/by-nc-sa/3.0") == "CC-BY-NC-SA-3.0");
  CHECK(spdx_of_address("https://creativecommons.org/publicdomain/zero/1.0/") == "CC0-1.0");
  CHECK(spdx_of_address("https://www.opendatacommons.org/licenses/odbl/") == "ODbL-1.0");
  CHECK(spdx_of_address("http://publications.europa.eu/resource/authority/licence/CC_BY_4_0") ==
        "CC-BY-4.0");
  CHECK(spdx_of_address("http://publications.europa.eu/resource/authority/licence/CC_BYNCSA_4_0") ==
        "CC-BY-NC-SA-4.0");
  CHECK(spdx_of_address("https://www.etalab.gouv.fr/wp-content/uploads/2017/04/"
                        "ETALAB-Licence-Ouverte-v2.0.pdf") == "etalab-2.0");
  CHECK(spdx_of_address("https://opensource.org/licenses/MIT") == "MIT");
  // A version for one country is another licence, and a page about licences is none.
  CHECK(spdx_of_address("https://creativecommons.org/licenses/by/3.0/fr/").empty());
  CHECK(spdx_of_address("https://creativecommons.org/licenses/").empty());
  CHECK(spdx_of_address("https://creativecommons.org/licenses/sa/4.0/").empty());
  CHECK(spdx_of_address("https://www.data.gouv.fr/licences").empty());
}

TEST_CASE("licences are known by name if the version is told") {
  CHECK(spdx_of_text("CC BY 4.0") == "CC-BY-4.0");
  CHECK(spdx_of_text("distributed under CC-BY-NC 4.0 (see below)") == "CC-BY-NC-4.0");
  CHECK(spdx_of_text("Creative Commons Attribution-ShareAlike 4.0 International") ==
        "CC-BY-SA-4.0");
  CHECK(spdx_of_text("CC0") == "CC0-1.0");
  CHECK(spdx_of_text("Licence ODbL mai 2013 (basée sur ODbL 1.0)") == "ODbL-1.0");
  CHECK(spdx_of_text("Licence Ouverte (version 2.0 d'avril 2017)") == "etalab-2.0");
  CHECK(spdx_of_text("Licence Ouverte / Open Licence version 2.0 (compatible CC-BY 2.0)") ==
        "etalab-2.0");
  CHECK(spdx_of_text("CC BY").empty());
  CHECK(spdx_of_text("Licence Ouverte").empty());
  CHECK(spdx_of_text("CC BY 4.0 or CC BY-NC 4.0").empty());
  CHECK(spdx_of_text("CCW holds the rights").empty());
  CHECK(spdx_of_text("Mention de la source").empty());
}

TEST_CASE("the address in a sentence ends before its punctuation") {
  CHECK(address_in("see (https://e.org/a?b=1).") == "https://e.org/a?b=1");
  CHECK(address_in("no address").empty());
}

TEST_CASE("an SPDX identifier is found whatever its capitals") {
  CHECK(spdx_identifier("cc-by-sa-4.0") == "CC-BY-SA-4.0");
  CHECK(spdx_identifier("EtaLab-2.0") == "etalab-2.0");
  CHECK(spdx_identifier("CC0-1.0") == "CC0-1.0");
  for (auto const* const none :
       {"", "CC", "CC-", "CC-BY", "CC-BY-9.0", "CC-SA-4.0", "4.0", "other"}) {
    CHECK(spdx_identifier(none).empty());
  }
}
