#pragma once

#include "pages/sheet.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace terracat::pages {

/// What stands around a page: its head, the bar at the top, the foot.
struct Frame {
  std::string title;               ///< of the page; empty: that of the site alone
  std::string description;         ///< one or two sentences, for who has not opened it
  std::optional<std::string> path; ///< below the language: "/search?q=neige"; nothing: it is none
  std::string json_ld;             ///< facts for machines; empty: none
  bool is_for_engines = true;      ///< search engines may list it

  /// Which entry of the bar it belongs to; empty: none.
  std::string_view section = {};
};

/// The whole page. \param write_main  writes what stands between the bar and the foot
[[nodiscard]] std::string framed(Sheet& sheet, Frame const& frame,
                                 std::function<void()> const& write_main);

/// The field for a question, which leads to the search page. \param question  that is in it already
void write_question(Sheet& sheet, std::string_view question);

/// Where the script asks what somebody may mean who is typing (`data-suggest`), and what stands
/// before the id of a data set in the address of its page (`data-datasets`).
[[nodiscard]] Url suggest_address(Sheet const& sheet);
[[nodiscard]] Url dataset_address(Sheet const& sheet);

/// A form that leads to the search page. \param label  what it is for
void write_search_form(Sheet& sheet, Message label);

/// The value of Content-Security-Policy of every page.
/// \param picture_origins  from where pictures may come beside the site itself
[[nodiscard]] std::string security_policy(std::span<std::string const> picture_origins = {});

} // namespace terracat::pages
