#include "fetch/mail.hpp"

#include "fetch/curl_handles.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <memory>

namespace terracat::fetch {
namespace {

using Reason = FetchError::Reason;

constexpr long most_seconds = 60;

struct MimeDeleter {
  void operator()(curl_mime* mime) const noexcept { curl_mime_free(mime); }
};

/// Ends the transfer when a stop is requested.
int look_for_stop(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  return static_cast<std::stop_token const*>(stop)->stop_requested() ? 1 : 0;
}

/// Without what would end the line or is no ASCII.
std::string header_text(std::string_view text) {
  std::string out;
  for (auto const c : text) out += c >= ' ' && c <= '~' ? c : '?';
  return out;
}

/// As RFC 5322 3.3 has it, whatever the locale.
std::string date_of(std::time_t time) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  std::array<char, 64> out{};
  static_cast<void>(std::snprintf(out.data(), out.size(), "%s, %02d %s %d %02d:%02d:%02d +0000",
                                  days.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                                  months.at(static_cast<std::size_t>(parts.tm_mon)),
                                  parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec));
  return out.data();
}

std::string listed(std::vector<std::string> const& addresses) {
  std::string out;
  for (auto const& one : addresses) out += (out.empty() ? "<" : ", <") + one + ">";
  return out;
}

} // namespace

void send_mail(std::string const& server, Mail const& mail, std::stop_token const& stop) {
  std::unique_ptr<CURL, EasyDeleter> const handle(curl_easy_init());
  if (!handle) throw std::bad_alloc();
  auto* const curl = handle.get();
  CurlLines recipients;
  for (auto const& address : mail.to) recipients.append("<" + address + ">");
  CurlLines headers;
  headers.append("Date: " + date_of(std::time(nullptr)));
  headers.append("From: <" + mail.from + ">");
  headers.append("To: " + listed(mail.to));
  headers.append("Subject: " + header_text(mail.subject));
  headers.append("Auto-Submitted: auto-generated"); // no absence is answered (RFC 3834)
  std::unique_ptr<curl_mime, MimeDeleter> const body(curl_mime_init(curl));
  auto* const part = body ? curl_mime_addpart(body.get()) : nullptr;
  if (part == nullptr || curl_mime_data(part, mail.text.data(), mail.text.size()) != CURLE_OK ||
      curl_mime_type(part, "text/plain; charset=utf-8") != CURLE_OK ||
      curl_mime_encoder(part, "quoted-printable") != CURLE_OK) {
    throw std::bad_alloc();
  }
  set(curl, CURLOPT_URL, server.c_str());
  set(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  // A password goes over no line that anybody reads.
  bool const has_password = server.find('@') != std::string::npos;
  set(curl, CURLOPT_USE_SSL, static_cast<long>(has_password ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  set(curl, CURLOPT_PROXY, "");
  set(curl, CURLOPT_NOSIGNAL, 1L);
  set(curl, CURLOPT_TIMEOUT, most_seconds);
  set(curl, CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str());
  set(curl, CURLOPT_MAIL_RCPT, recipients.get());
  set(curl, CURLOPT_HTTPHEADER, headers.get());
  set(curl, CURLOPT_MIMEPOST, body.get());
  set(curl, CURLOPT_NOPROGRESS, 0L);
  set(curl, CURLOPT_XFERINFOFUNCTION, look_for_stop);
  set(curl, CURLOPT_XFERINFODATA, &stop);
  auto const result = curl_easy_perform(curl);
  if (result == CURLE_OK) return;
  if (result == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  throw FetchError(stop.stop_requested() ? Reason::stopped : Reason::unreachable, 0,
                   "the mail server: " + std::string(curl_easy_strerror(result)));
}

bool is_mail_address(std::string_view text) noexcept {
  auto const at = text.find('@');
  bool const is_plain = std::ranges::all_of(
      text, [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>' && c != ','; });
  return is_plain && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos;
}

} // namespace terracat::fetch
