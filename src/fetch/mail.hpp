#pragma once

#include <terracat/fetch.hpp>

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::fetch {

/// A message to people, in plain text.
struct Mail {
  std::string from;
  std::vector<std::string> to; ///< not empty
  std::string subject;         ///< one line
  std::string text;            ///< UTF-8
};

/// Hands a message over to a mail server, encrypted if the server can (RFC 3207), within a minute.
/// \param server  "smtp://mail.example.org:25", "smtps://…", with credentials if it wants some
/// \pre all addresses are mail addresses
/// \throws FetchError  if it is not taken; nobody knows whether it was if the connection broke
void send_mail(std::string const& server, Mail const& mail, std::stop_token const& stop);

/// True for `name@host`, as far as one line of a header tells.
[[nodiscard]] bool is_mail_address(std::string_view text) noexcept;

} // namespace terracat::fetch
