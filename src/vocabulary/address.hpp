#pragma once

#include <string>
#include <string_view>

namespace terracat::vocabulary {

/// What all forms of an address have in common under which vocabularies name one concept: no
/// difference of http and https, of the case of hosts and of slashes at the end; the host that
/// holds today for hosts that it took over from; an address for `SDN:P01::TEMPPR01`. For
/// comparison, not to be shown.
[[nodiscard]] std::string address_key(std::string_view uri);

} // namespace terracat::vocabulary
