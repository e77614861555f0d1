#include "api/case_file.hpp"

#include <fstream>
#include <stdexcept>

namespace terracat::test {
namespace {

struct Line {
  std::size_t number;
  std::string text;
};

using Lines = std::vector<Line>;

std::string trimmed(std::string const& text) {
  auto const first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool is_indented(std::string const& text) {
  return text.starts_with(' ');
}

Lines read_lines(std::filesystem::path const& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  Lines lines;
  for (std::string text; std::getline(file, text);) lines.push_back({lines.size() + 1, text});
  return lines;
}

std::vector<Lines> split(Lines const& lines, std::string const& separator) {
  std::vector<Lines> parts(1);
  for (auto const& line : lines) {
    if (line.text == separator) {
      parts.emplace_back();
    } else {
      parts.back().push_back(line);
    }
  }
  return parts;
}

/// Reads one exchange; knows its file for the sake of its complaints.
class ExchangeReader {
 public:
  explicit ExchangeReader(std::filesystem::path const& path) : path_(path) {}

  Exchange read(Lines const& lines) {
    auto const parts = split(lines, "---");
    if (parts.size() < 2 || parts.size() > 3) {
      fail(lines.front(), "expected a question, an answer and perhaps sentences about its body");
    }
    read_question(parts[0]);
    read_answer(parts[1]);
    if (parts.size() == 3) read_sentences(parts[2]);
    return std::move(exchange_);
  }

 private:
  [[noreturn]] void fail(Line const& line, std::string const& what) const {
    throw std::runtime_error(path_.string() + ":" + std::to_string(line.number) + ": " + what);
  }

  void read_question(Lines const& lines) {
    auto line = lines.begin();
    for (; line != lines.end() && (line->text.empty() || line->text.starts_with('#')); ++line) {
      if (line->text.size() > 2) exchange_.title += line->text.substr(1);
    }
    if (line == lines.end()) fail(lines.front(), "expected a method and a target");
    exchange_.line = line->number;
    auto request = line->text;
    for (++line; line != lines.end() && is_indented(line->text); ++line) {
      request += trimmed(line->text);
    }
    read_request_line(request);
    for (; line != lines.end() && !line->text.empty(); ++line) {
      if (line->text.starts_with("for ")) {
        exchange_.placeholder = trimmed(line->text.substr(4));
      } else if (is_indented(line->text)) {
        exchange_.values.push_back(trimmed(line->text));
      } else {
        exchange_.headers.push_back(header(*line));
      }
    }
    if (!exchange_.placeholder.empty() && exchange_.values.empty()) {
      fail(lines.front(), "expected indented lines behind 'for " + exchange_.placeholder + "'");
    }
    for (; line != lines.end(); ++line) {
      if (!line->text.empty()) exchange_.body += (exchange_.body.empty() ? "" : "\n") + line->text;
    }
  }

  void read_request_line(std::string request) {
    constexpr std::string_view pages = "PAGES ";
    if (request.starts_with(pages)) {
      exchange_.follows_pages = true;
      request.erase(0, pages.size());
    }
    auto const blank = request.find(' ');
    exchange_.method = request.substr(0, blank);
    exchange_.target = blank == std::string::npos ? std::string() : request.substr(blank + 1);
  }

  HeaderLine header(Line const& line) const {
    auto const colon = line.text.find(':');
    if (colon == std::string::npos) fail(line, "expected a header");
    bool const is_absent = line.text.starts_with('!');
    return {line.text.substr(is_absent ? 1 : 0, colon - (is_absent ? 1 : 0)),
            trimmed(line.text.substr(colon + 1)), is_absent};
  }

  void read_answer(Lines const& lines) {
    for (auto const& line : lines) {
      if (line.text.empty()) continue;
      if (exchange_.status == 0) {
        exchange_.status = std::atoi(line.text.c_str());
        if (exchange_.status == 0) fail(line, "expected a status");
      } else {
        exchange_.expected_headers.push_back(header(line));
      }
    }
    if (exchange_.status == 0) throw std::runtime_error(path_.string() + ": a status is missing");
  }

  void read_sentences(Lines const& lines) {
    for (auto const& line : lines) {
      if (line.text.empty() || line.text.starts_with('#')) continue;
      if (!is_indented(line.text)) {
        exchange_.sentences.push_back(line.text);
      } else if (exchange_.sentences.empty()) {
        fail(line, "there is no line that this one could continue");
      } else {
        exchange_.sentences.back() += " " + trimmed(line.text);
      }
    }
  }

  std::filesystem::path const& path_;
  Exchange exchange_;
};

} // namespace

std::vector<Exchange> read_cases(std::filesystem::path const& path) {
  std::vector<Exchange> out;
  for (auto const& lines : split(read_lines(path), "===")) {
    if (!lines.empty()) out.push_back(ExchangeReader(path).read(lines));
  }
  return out;
}

std::string with_value(std::string text, std::string const& name, std::string const& value) {
  auto const mark = "<<" + name + ">>";
  for (auto at = text.find(mark); at != std::string::npos;
       at = text.find(mark, at + value.size())) {
    text.replace(at, mark.size(), value);
  }
  return text;
}

} // namespace terracat::test
