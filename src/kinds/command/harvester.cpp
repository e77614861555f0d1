#include "kinds/command/command.hpp"
#include "kinds/command/options.hpp"
#include "kinds/command/process.hpp"
#include "kinds/files/splitter.hpp"
#include "kinds/options.hpp"

#include <algorithm>
#include <filesystem>
#include <stop_token>
#include <system_error>
#include <utility>

namespace terracat::kinds::command {
namespace {

constexpr std::size_t most_on_page = 1'000;
constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;

/// More was printed than the program may.
class TooMuch : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What the program prints, up to a limit.
class Output : public files::Input {
 public:
  /// \param process  outlives the input
  Output(Process& process, std::uint64_t limit) : process_(process), left_(limit) {}

  [[nodiscard]] std::size_t read(std::span<char> into) override {
    auto const count = process_.read(into);
    if (count > left_) throw TooMuch("too much");
    left_ -= count;
    return count;
  }

 private:
  Process& process_;
  std::uint64_t left_;
};

struct Settings {
  Program program;
  std::chrono::seconds time_limit;
  std::uint64_t megabytes;
  std::string format;
};

class CommandHarvester : public Harvester {
 public:
  explicit CommandHarvester(Settings settings)
      : settings_(std::move(settings)),
        process_(settings_.program, Process::Clock::now() + settings_.time_limit),
        lines_(files::split_lines(
            files::Buffered(std::make_unique<Output>(process_, settings_.megabytes << 20)))) {}

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (is_over_) return end();
    Page page;
    {
      std::stop_callback const killer(stop, [this] { process_.kill(); });
      read(page, stop);
      if (is_over_) await_end();
    }
    if (stop.stop_requested()) {
      give_up("was stopped");
      throw fetch::FetchError(fetch::FetchError::Reason::stopped, 0, "stopped");
    }
    if (is_over_) conclude();
    page.remarks = process_.remarks().take(is_over_);
    bool const is_empty = page.documents.empty() && page.failures.empty() && page.remarks.empty();
    if (is_empty && is_over_) return end();
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override {
    return is_over_ && failure_.empty() && failed_ == 0;
  }

 private:
  void read(Page& page, std::stop_token const& stop) {
    std::size_t bytes = 0;
    try {
      while (page.documents.size() < most_on_page && bytes < most_bytes_on_page &&
             !stop.stop_requested()) {
        auto cut = lines_->next();
        if (!cut) {
          is_over_ = true;
          return;
        }
        bytes += cut->bytes.size();
        add(std::move(*cut), page);
      }
    } catch (TooMuch const&) {
      give_up("printed more than " + std::to_string(settings_.megabytes) + " MB");
    } catch (std::system_error const& error) {
      give_up_for(error);
    }
  }

  void add(files::Cut cut, Page& page) {
    if (cut.fault) {
      ++failed_;
      page.failures.push_back({.native_id = {}, .finding = std::move(*cut.fault)});
    } else {
      page.documents.push_back({.native_id = {},
                                .format = settings_.format,
                                .bytes = std::move(cut.bytes),
                                .address = {},
                                .collection = {}});
    }
  }

  /// It has closed its output, and may go on for long.
  void await_end() {
    if (!failure_.empty()) return;
    try {
      process_.await_end();
    } catch (std::system_error const& error) {
      give_up_for(error);
    }
  }

  /// It has ended; nobody else may kill it any more.
  void conclude() {
    if (!failure_.empty()) return;
    try {
      auto const end = process_.wait();
      if (!end.empty()) failure_ = "the program ended with " + end;
    } catch (std::system_error const& error) {
      give_up_for(error);
    }
  }

  void give_up_for(std::system_error const& error) {
    give_up(error.code() == std::errc::timed_out
                ? "took longer than " + std::to_string(settings_.time_limit.count()) + " s"
                : "could not be read: " + error.code().message());
  }

  void give_up(std::string const& why) {
    process_.kill();
    is_over_ = true;
    failure_ = "the program " + why;
  }

  /// \throws ProtocolError  if the program did not end as it should
  [[nodiscard]] std::optional<Page> end() {
    if (failure_.empty()) return std::nullopt;
    auto const& said = process_.remarks().last();
    throw ProtocolError(failure_ + (said.empty() ? "" : "; it said: " + said));
  }

  Settings settings_;
  Process process_;
  std::unique_ptr<files::Splitter> lines_;
  std::size_t failed_ = 0;
  bool is_over_ = false; ///< nothing will be read any more
  std::string failure_;
};

/// \throws ProtocolError  if a text holds a NUL, which no argument of a program can
std::string without_nul(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) {
    throw ProtocolError("options: an argument or a variable holds a NUL");
  }
  return std::string(text);
}

Settings settings_of(Source const& source) {
  auto const document = read_options(options_schema, source.options);
  auto const options = document.root();
  Settings out{.program = {.path = source.address,
                           .arguments = {},
                           .environment = {},
                           .folder = std::string(options.member("folder")->string().value())},
               .time_limit = std::chrono::seconds(whole_number(*options.member("time_limit"))),
               .megabytes = whole_number(*options.member("max_megabytes")),
               .format = source.format};
  if (out.program.folder.empty()) {
    out.program.folder = std::filesystem::path(source.address).parent_path();
  }
  for (auto const argument : options.member("arguments")->elements()) {
    out.program.arguments.push_back(without_nul(argument.string().value()));
  }
  auto& variables = out.program.environment;
  for (auto const [name, value] : options.member("environment")->members()) {
    variables.push_back(without_nul(name) + "=" + without_nul(value.string().value()));
  }
  for (std::string const standard : {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"}) {
    auto const name = standard.substr(0, standard.find('=') + 1);
    if (std::ranges::none_of(variables, [&](auto const& one) { return one.starts_with(name); })) {
      variables.push_back(standard);
    }
  }
  return out;
}

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means, std::string_view, What) {
  if (!std::filesystem::path(source.address).is_absolute()) {
    throw ProtocolError("the address is not the path of a program");
  }
  try {
    return std::make_unique<CommandHarvester>(settings_of(source));
  } catch (std::system_error const& error) {
    throw ProtocolError("the program cannot be started: " + error.code().message());
  }
}

} // namespace terracat::kinds::command
