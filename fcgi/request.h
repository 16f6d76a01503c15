// One HTTP request as a value: everything in it was checked once, when it was made (parse.h).
// It is not where routes are chosen (router.h), forms are read (form.h) or cookies are split
// (cookies.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::fcgi {

enum class Method : uint8_t { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };

// Names are kept in lower case in a Request and as written in a Response.
struct Header {
  std::string name;
  std::string value;
  friend bool operator==(const Header&, const Header&) = default;
};

// What became of the body. Only kComplete may be acted on; with kTooLarge `body` holds the first
// bytes up to the route's cap, so that a person's text can still be shown. kNotKept: it came whole,
// but it wanted a file and could have none (nobody is signed in, or the disk is full).
enum class BodyState : uint8_t { kComplete, kTooLarge, kCutOff, kNotKept };

// What is answered first when not all can be (pressure.h).
enum class Rank : uint8_t { kRead, kWrite, kSearch };
inline constexpr std::size_t kRanks = 3;

class Ranks {
 public:
  void Add(Rank rank) { bits_ |= Bit(rank); }
  bool Has(Rank rank) const { return bits_ & Bit(rank); }

 private:
  static uint8_t Bit(Rank rank) { return static_cast<uint8_t>(1U << static_cast<unsigned>(rank)); }
  uint8_t bits_ = 0;
};

struct Request {
  Method method = Method::kGet;
  std::string method_name = "GET";
  // Decoded once, UTF-8, below the prefix, begins with '/'. `%2F` and runs of '/' became one '/';
  // no segment is "." or "..", no control character. `path_merged`: it was not sent in this form,
  // and a reader is led to it.
  std::string path = "/";
  bool path_merged = false;
  std::string raw_path = "/";  // as sent, prefix included, query not; for the log and old addresses
  std::string prefix;          // where the journal is mounted, percent-encoded: "" or "/blog"
  std::string query;           // raw, without '?'
  std::string host;            // lower case, checked, with its port if one was sent
  bool https = false;
  std::string remote;  // the peer's address, "" if unknown
  // What the web server says of itself, unchecked, "" if nothing: for the doctor.
  std::string software;  // "Apache/2.4.57 (Debian)"
  std::string web_root;  // the folder of its files
  std::string id;        // names this request in the log and on error pages
  std::vector<Header> headers;
  std::string body;
  BodyState body_state = BodyState::kComplete;
  // A large body of a route that takes files lies in an open file instead, and `body` is empty.
  int body_file = -1;
  uint64_t body_size = 0;  // of that file
  int refused =
      0;  // 400, 414, 431, 501…: it could not be made whole; the gateway answers the error page

  Ranks crowded_out;        // to be refused: too many ask at once
  Rank rank = Rank::kRead;  // set by whoever finds its route

  // A header's value (name in any case), "" if it was not sent.
  std::string_view Get(std::string_view name) const;
  // The first value of a query parameter, form-decoded; nullopt if absent or not UTF-8.
  std::optional<std::string> Param(std::string_view name) const;
  // "https://example.org": scheme and host as the reader sees them.
  std::string Origin() const;
  // A path below the prefix as it is written in links: Link("/archive") is "/blog/archive".
  std::string Link(std::string_view path) const;
  bool IsRead() const { return method == Method::kGet || method == Method::kHead; }
};

}  // namespace daybook::fcgi
