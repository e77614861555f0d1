#pragma once

#include <curl/curl.h>

#include <memory>
#include <new>
#include <stdexcept>
#include <string>

/// What libcurl hands out, and takes back.
namespace terracat::fetch {

struct EasyDeleter {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};

/// A list of lines in the form that libcurl takes.
class CurlLines {
 public:
  void append(std::string const& line) {
    auto* const longer = curl_slist_append(lines_.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(lines_.release());
    lines_.reset(longer);
  }

  [[nodiscard]] curl_slist* get() const noexcept { return lines_.get(); }

 private:
  struct Deleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
  };

  std::unique_ptr<curl_slist, Deleter> lines_;
};

template<class Value>
void set(CURL* handle, CURLoption option, Value value) {
  if (curl_easy_setopt(handle, option, value) != CURLE_OK) {
    throw std::logic_error("libcurl refuses option " + std::to_string(option));
  }
}

} // namespace terracat::fetch
