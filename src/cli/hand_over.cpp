#include "cli/hand_over.hpp"

#include "cli/handed_command.hpp"
#include "cli/handed_documents.hpp"
#include "jobs/address.hpp"

#include <terracat/json.hpp>

#include <array>

namespace terracat::cli {
namespace {

// ---- Progress in both directions

std::string to_message(run::Progress const& progress) {
  json::Writer out;
  out.begin_object().name("counts").begin_array();
  for (auto const& row : count_table) out.integer(progress.counts.*row.count);
  out.end_array();
  if (progress.announced) {
    out.name("announced").integer(static_cast<std::int64_t>(*progress.announced));
  }
  return out.end_object().take();
}

run::Progress progress_in(json::Value const& message, json::Value const& counts) {
  run::Progress out;
  auto const* row = count_table.begin();
  for (auto const element : counts.elements()) {
    if (row == count_table.end()) break;
    out.counts.*(row++)->count = element.integer().value_or(0);
  }
  auto const announced = message.member("announced");
  auto const number = announced ? announced->integer() : std::nullopt;
  if (number && *number >= 0) out.announced = static_cast<std::size_t>(*number);
  return out;
}

// ---- The command's side

/// What the server says, as this process would have said it.
/// \return  the exit code, once it is said
std::optional<int> show(json::Value const& message, Console& console) {
  if (auto const text = message.string("say")) console.say(*text);
  if (auto const text = message.string("complain")) console.complain(*text);
  if (auto const name = message.string("begin")) console.begin(std::string(*name));
  if (auto const done = message.member("done")) console.show(done->number().value_or(0));
  if (auto const counts = message.member("counts")) console.show(progress_in(message, *counts));
  auto const exit = message.member("exit");
  auto const code = exit ? exit->integer() : std::nullopt;
  return code ? std::optional(static_cast<int>(*code)) : std::nullopt;
}

/// \param documents  null for commands that have none
int converse(jobs::Channel& channel, HandedCommand const& command, kinds::Harvester* documents,
             std::stop_token const& stop) {
  OwnConsole console;
  json::Parser parser;
  channel.send_json(to_json(command));
  while (auto const frame = channel.receive()) {
    auto const message = parser.parse(frame->content);
    if (frame->kind != jobs::Frame::Kind::json || !message) break;
    if (auto const code = show(*message, console)) return *code;
    if (message->string("want") == "page" && documents != nullptr) {
      send_page(channel, *documents, stop);
    }
  }
  console.complain("terracat: the server ended before the work did; what was committed is kept, "
                   "see `terracat runs`\n");
  return failed;
}

// ---- The server's side

/// The outputs of the command that has called.
class CallersConsole : public Console {
 public:
  explicit CallersConsole(jobs::Caller& caller) : caller_(caller) {}

  void say(std::string_view text) override { send("say", text); }

  void complain(std::string_view text) override { send("complain", text); }

  void begin(std::string const& name) override { send("begin", name); }

  void show(run::Progress const& progress) override { caller_.send_json(to_message(progress)); }

  void show(double done) override {
    caller_.send_json(json::Writer().begin_object().name("done").number(done).end_object().take());
  }

 private:
  void send(std::string_view name, std::string_view text) {
    caller_.send_json(json::Writer().begin_object().name(name).string(text).end_object().take());
  }

  jobs::Caller& caller_;
};

/// Does a command that was handed over: there is one for each, or this does not compile.
struct AtWork {
  Workplace const& place;
  jobs::Caller& caller;
  Console& console;

  int operator()(HarvestSources const& options) const {
    return work(place, options, console, caller.token());
  }

  int operator()(ImportFiles const& options) const {
    auto const documents = documents_from(caller);
    return work(place, options, *documents, console, caller.token());
  }

  int operator()(RemoveSource const& options) const {
    return work(place, options, console, caller.token());
  }

  int operator()(PauseSource const& options) const { return work(place, options, console); }

  int operator()(ResumeSource const& options) const { return work(place, options, console); }

  int operator()(AbortRun const& options) const { return work(place, options, console); }

  int operator()(EditRecord const& options) const { return work(place, options, console); }

  int operator()(DecideKeyword const& options) const { return work(place, options, console); }

  int operator()(DecideRenaming const& options) const { return work(place, options, console); }

  int operator()(ExplainSearch const& options) const { return work(place, options, console); }

  int operator()(SuggestIndexes const& options) const { return work(place, options, console); }

  int operator()(CheckCatalogue const& options) const {
    return work(place, options, console, caller.token());
  }
};

} // namespace

std::optional<int> hand_over(std::string const& catalogue, HandedCommand const& command,
                             std::stop_token const& stop) {
  auto const* const import = std::get_if<ImportFiles>(&command);
  auto const documents = import == nullptr ? nullptr : documents_of(*import);
  auto socket = jobs::connect_to(jobs::socket_of(catalogue));
  if (!socket) return std::nullopt;
  jobs::Channel channel(std::move(*socket));
  std::stop_callback const on_stop(stop, [&channel] {
    try {
      channel.send_json(R"({"stop":true})");
    } catch (jobs::ChannelError const&) { // NOLINT: who receives sees the end
    }
  });
  try {
    return converse(channel, command, documents.get(), stop);
  } catch (jobs::ChannelError const& error) {
    OwnConsole().complain("terracat: the server took no more: " + std::string(error.what()) + "\n");
    return failed;
  }
}

/// Bytes of a command: searches that are to be explained may be long.
constexpr std::size_t most_logged = 1'000;

int do_job(Workplace const& place, std::string const& command, jobs::Caller& caller,
           log::Logger& log) {
  CallersConsole console(caller);
  auto const parsed = handed_command(command);
  if (!parsed) {
    log.warn(log::event::job_refused, "work that was handed over cannot be read",
             {{"cause", parsed.error().detail}, {"where", parsed.error().where}});
    console.complain("terracat: " + parsed.error().detail + "\n");
    return bad_usage;
  }
  log.info(log::event::job_started, "a command has handed over work",
           {{"command", std::string_view(command).substr(0, most_logged)}});
  return guarded(console, [&] { return std::visit(AtWork{place, caller, console}, *parsed); });
}

} // namespace terracat::cli
