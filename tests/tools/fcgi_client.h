// The web server's side of FastCGI in a hundred lines, for tests: it can also send what no server
// would.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace daybook::fcgi::testing {

enum Type : uint8_t { kBegin = 1, kAbort = 2, kEnd = 3, kParams = 4, kStdin = 5, kStdout = 6 };

inline std::string Record(uint8_t type, std::string_view content, uint16_t id = 1,
                          uint8_t version = 1) {
  std::string out;
  const auto put = [&](int value) { out += static_cast<char>(value); };
  put(version), put(type), put(id >> 8), put(id & 255);
  put(static_cast<int>(content.size() >> 8)), put(static_cast<int>(content.size() & 255)), put(0),
      put(0);
  return out.append(content);
}

inline std::string Begin(uint16_t id = 1, bool keep = false) {
  return Record(kBegin, std::string("\0\1", 2) + static_cast<char>(keep) + std::string(5, '\0'),
                id);
}

inline void AppendLength(std::size_t length, std::string& out) {
  if (length < 128) {
    out += static_cast<char>(length);
    return;
  }
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>((length >> shift & 255) | (shift == 24 ? 128 : 0));
}

// A stream of one type, cut into records, with its empty record at the end.
inline std::string Stream(uint8_t type, std::string_view content, uint16_t id = 1) {
  std::string out;
  for (; !content.empty(); content.remove_prefix(std::min<std::size_t>(content.size(), 30000)))
    out += Record(type, content.substr(0, 30000), id);
  return out + Record(type, "", id);
}

using Params = std::map<std::string, std::string>;

inline std::string EncodeParams(const Params& params) {
  std::string out;
  for (const auto& [name, value] : params) {
    AppendLength(name.size(), out);
    AppendLength(value.size(), out);
    out += name + value;
  }
  return out;
}

inline std::string WholeRequest(const Params& params, std::string_view body = "",
                                bool keep = false) {
  return Begin(1, keep) + Stream(kParams, EncodeParams(params)) + Stream(kStdin, body);
}

inline Params GetParams(std::string uri) {
  return {{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", uri}, {"HTTP_HOST", "example.org"}};
}

class Client {
 public:
  explicit Client(const std::string& path) : fd_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    connected_ = connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  void HalfClose() { shutdown(fd_, SHUT_WR); }

  // Everything until the other side closes or `seconds` pass (then `timed_out`).
  std::string Receive(int seconds = 10) {
    std::string all;
    char buffer[65536];
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (true) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          limit - std::chrono::steady_clock::now());
      pollfd poll_fd = {fd_, POLLIN, 0};
      if (left.count() <= 0 || poll(&poll_fd, 1, static_cast<int>(left.count())) <= 0) {
        timed_out = true;
        return all;
      }
      const ssize_t got = recv(fd_, buffer, sizeof buffer, 0);
      if (got <= 0) return all;
      all.append(buffer, static_cast<std::size_t>(got));
    }
  }

  bool timed_out = false;

 private:
  int fd_;
  bool connected_;
};

// The standard output of request `id` in what was received; `ended` if its end record came.
inline std::string Output(std::string_view bytes, uint16_t id = 1, bool* ended = nullptr) {
  std::string out;
  if (ended) *ended = false;
  while (bytes.size() >= 8) {
    const auto at = [&](int i) {
      return static_cast<unsigned char>(bytes[static_cast<size_t>(i)]);
    };
    const std::size_t length = at(4) * 256u + at(5);
    const std::size_t whole = 8 + length + at(6);
    if (bytes.size() < whole) break;
    const bool mine = at(2) * 256 + at(3) == id;
    if (mine && at(1) == kStdout) out.append(bytes.substr(8, length));
    if (mine && at(1) == kEnd && ended) *ended = true;
    bytes.remove_prefix(whole);
  }
  return out;
}

// One GET on a new connection; "" if nobody answers.
inline std::string Ask(const std::string& socket_path, const std::string& uri, int seconds = 10) {
  Client client(socket_path);
  if (!client.connected()) return "";
  client.Send(WholeRequest(GetParams(uri)));
  return Output(client.Receive(seconds));
}

}  // namespace daybook::fcgi::testing
