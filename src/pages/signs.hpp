#pragma once

#include "pages/html.hpp"

/// Small drawings that stand beside words. Screen readers pass them by.
namespace terracat::pages::sign {

inline constexpr Markup search{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><circle cx="10" cy="10" r="6"/><path d="m14.5 14.5 6 6"/></svg>)"};
inline constexpr Markup check{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="m4 13 5 5L20 6"/></svg>)"};
inline constexpr Markup warning{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4 2.5 20.5h19zM12 10v5M12 17.6v.3"/></svg>)"};
inline constexpr Markup failure{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5"/><path d="m9 9 6 6M15 9l-6 6"/></svg>)"};
inline constexpr Markup running{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 12a8 8 0 1 1-2.6-5.9M20 3v4.5h-4.5"/></svg>)"};
inline constexpr Markup outside{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M14 4h6v6M20 4l-9.5 9.5M10 6H4v14h14v-6"/></svg>)"};
inline constexpr Markup open_lock{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 11h14v9H5zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2"/></svg>)"};
inline constexpr Markup cross{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18"/></svg>)"};
inline constexpr Markup right{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12h16M14 6l6 6-6 6"/></svg>)"};
inline constexpr Markup left{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 12H4M10 6l-6 6 6 6"/></svg>)"};
inline constexpr Markup globe{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c4.6 5 4.6 12 0 17M12 3.5c-4.6 5-4.6 12 0 17"/></svg>)"};
inline constexpr Markup download{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4v11M7 10l5 5 5-5M4 20h16"/></svg>)"};

inline constexpr Markup menu{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 7h16M4 12h16M4 17h16"/></svg>)"};
inline constexpr Markup basket{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 10h18l-2 10H5zM8 10l3-6M16 10l-3-6"/></svg>)"};
inline constexpr Markup clock{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/></svg>)"};
inline constexpr Markup scheme{
    R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5"/><path fill="currentColor" d="M12 3.5v17a8.5 8.5 0 0 0 0-17"/></svg>)"};

/// A section through the Earth, one stratum for each compartment: the mark of the site.
inline constexpr Markup mark{
    R"(<svg class="mark" viewBox="0 0 22 34" aria-hidden="true"><path class="atm" d="M1 1h20v6H1z"/><path class="cli" d="M1 7h20v4H1z"/><path class="bio" d="M1 11h20v4H1z"/><path class="agr" d="M1 15h20v4H1z"/><path class="sur" d="M1 19h20v4H1z"/><path class="oce" d="M1 23h20v4H1z"/><path class="sol" d="M1 27h20v6H1z"/><path class="edge" d="M1 1h20v32H1z"/></svg>)"};

} // namespace terracat::pages::sign
