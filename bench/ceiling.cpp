// The ceiling: sends answers that lie ready in memory, in turn. What terracat costs more than this
// is its own.

#include "arguments.hpp"
#include "send.hpp"

#include <fstream>
#include <string>

namespace {

using namespace terracat::bench;

/// Each answer is its length, the end of the line, and its bytes.
std::vector<std::string> read_answers(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::string> out;
  for (std::string length; std::getline(file, length);) {
    std::string bytes(std::stoul(length), '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file) throw std::runtime_error("an answer is cut off in " + path);
    out.push_back(std::move(bytes));
  }
  if (out.empty()) throw std::runtime_error("no answers in " + path);
  return out;
}

class Ready {
 public:
  explicit Ready(std::vector<std::string> const& answers) : answers_(answers) {}

  std::string_view next(Buffer&) {
    at_ = at_ + 1 == answers_.size() ? 0 : at_ + 1;
    return answers_[at_];
  }

 private:
  std::vector<std::string> const& answers_;
  std::size_t at_ = 0;
};

} // namespace

int main(int count, char** values) {
  Arguments arguments(count, values, "ceiling [--threads N] ANSWERS");
  auto const threads = arguments.number("--threads", 2);
  try {
    auto const answers = read_answers(std::string(arguments.rest(1).front()));
    std::vector<std::unique_ptr<Ready>> senders;
    for (std::uint64_t i = 0; i < threads; ++i) senders.push_back(std::make_unique<Ready>(answers));
    serve(senders);
  } catch (std::exception const& error) {
    std::cerr << "ceiling: " << error.what() << '\n';
    return 1;
  }
}
