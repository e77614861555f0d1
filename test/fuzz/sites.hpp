#pragma once

#include "api/site_under_test.hpp"
#include "support/stores.hpp"

#include <string_view>

namespace terracat::fuzz {

/// The site of test/api/cases/main over each kind of store, made when it is first asked.
[[nodiscard]] test::SiteUnderTest& memory_site();
[[nodiscard]] test::SiteUnderTest& sqlite_site();

/// What holds of every answer: a status that somebody chose, and JSON where it says so.
void check_answer(test::Answer const& answer, std::string_view about);

} // namespace terracat::fuzz
