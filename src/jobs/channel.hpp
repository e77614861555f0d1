#pragma once

#include "store/files.hpp"

#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

/// Work that a command hands to the server of the same catalogue, over a Unix socket.
///
/// One connection is one job. The command sends what is to be done; the server sends what the
/// command would have printed, asks for documents, and ends with the exit code. A frame is four
/// bytes of length, the most significant first, one letter for its kind, and so many bytes.
///
///     command → server   {"protocol":1,"command":"harvest",…}     what is to be done
///                        {"stop":true}                            the person has pressed Ctrl-C
///                        {"page":{…}} and its bytes, {"end":{…}}  answers to "want"
///     server → command   {"say":"…"}, {"complain":"…"}            for the two outputs
///                        {"begin":"…"}, {"done":0.5}, {"counts":{…}}  how far the work is
///                        {"want":"page"}                          the next documents
///                        {"exit":0}                               the end
///
/// The end of a connection without "exit" is the death of the other side.
namespace terracat::jobs {

/// Raised when a message that there is already changes its meaning. What is new needs no raise: who
/// does not know a command, or a member of one, refuses it by name.
inline constexpr std::int64_t protocol = 1;

/// The other side is gone, or speaks otherwise.
class ChannelError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Frame {
  enum class Kind : char { json = 'j', bytes = 'b' };

  Kind kind = Kind::json;
  std::string content;
};

/// One end of a connection. Any thread sends, one receives.
class Channel {
 public:
  static constexpr std::size_t longest_frame = std::size_t{4} << 20;

  explicit Channel(Descriptor socket) : socket_(std::move(socket)) {}

  /// \throws ChannelError  if the other side is gone
  void send_json(std::string_view text);

  /// Bytes of any length, in as many frames as they take. \throws ChannelError
  void send_bytes(std::string_view bytes);

  /// \return  nothing at the end
  /// \throws ChannelError  if what comes is no frame
  [[nodiscard]] std::optional<Frame> receive();

  /// Who does not take what is sent for so long counts as gone.
  void limit_sending(int seconds) const noexcept;

  /// Ends the connection; who receives sees the end.
  void shut() noexcept;

 private:
  void send(Frame::Kind kind, std::string_view content);
  void send_all(std::string_view bytes);
  [[nodiscard]] bool receive_all(char* into, std::size_t size);

  Descriptor socket_;
  std::mutex sending_; ///< held for a whole frame
};

} // namespace terracat::jobs
