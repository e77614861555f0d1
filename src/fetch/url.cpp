#include "fetch/url.hpp"

#include <terracat/link.hpp>
#include <terracat/text.hpp>

#include <curl/curl.h>

#include <charconv>
#include <memory>
#include <new>

namespace terracat::fetch {
namespace {

struct UrlDeleter {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};

using UrlHandle = std::unique_ptr<CURLU, UrlDeleter>;

struct TextDeleter {
  void operator()(char* text) const noexcept { curl_free(text); }
};

/// Want of memory says nothing about an address.
CURLUcode checked(CURLUcode code) {
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  return code;
}

/// \return  empty for a part that is not there
std::string part(UrlHandle const& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (checked(curl_url_get(url.get(), which, &text, flags)) != CURLUE_OK) return {};
  std::unique_ptr<char, TextDeleter> const owner(text);
  return text;
}

} // namespace

std::optional<Url> Url::parse(std::string_view text) {
  auto const encoded = model::resolve_href({}, text);
  UrlHandle const handle(curl_url());
  if (!handle) throw std::bad_alloc();
  if (encoded.empty() ||
      checked(curl_url_set(handle.get(), CURLUPART_URL, encoded.c_str(), 0)) != CURLUE_OK) {
    return std::nullopt;
  }
  Url url;
  url.scheme_ = lowered(part(handle, CURLUPART_SCHEME));
  url.host_ = lowered(part(handle, CURLUPART_HOST));
  if ((url.scheme_ != "http" && url.scheme_ != "https") || url.host_.empty()) return std::nullopt;
  auto const port = part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  auto const [stop, error] = std::from_chars(port.data(), port.data() + port.size(), url.port_);
  if (error != std::errc{} || stop != port.data() + port.size()) return std::nullopt;
  url.user_ = part(handle, CURLUPART_USER, CURLU_URLDECODE);
  url.password_ = part(handle, CURLUPART_PASSWORD, CURLU_URLDECODE);
  for (auto const secret : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_FRAGMENT}) {
    curl_url_set(handle.get(), secret, nullptr, 0);
  }
  url.text_ = part(handle, CURLUPART_URL);
  return url;
}

std::optional<Url> Url::resolved(std::string_view reference) const {
  auto target = parse(model::resolve_href(text_, reference));
  if (target) {
    target->user_.clear();
    target->password_.clear();
  }
  return target;
}

Url Url::with_credentials_of(Url const& other) const {
  auto url = *this;
  url.user_ = other.user_;
  url.password_ = other.password_;
  return url;
}

std::string Url::shown() const {
  return model::masked(text_);
}

} // namespace terracat::fetch
