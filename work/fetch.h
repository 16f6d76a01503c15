// The one way in which Daybook asks another machine for something: http and https only, to public
// addresses and ports 80 and 443 only (peers.h), each redirect checked like the first address, with
// limits on time, bytes and redirects. No proxy, no cookie, no credentials, nothing kept between
// two requests.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "work/peers.h"

namespace daybook::work {

struct FetchLimits {
  std::chrono::milliseconds total{15'000};  // with all redirects
  std::chrono::milliseconds connect{5'000};
  std::size_t bytes = 1 << 20;  // of a body
  std::size_t head_bytes = 64 << 10;
  int redirects = 5;
};

enum class FetchProblem {
  kNone,      // there is an answer, of whatever status
  kAddress,   // no http(s) address, or a port that is not asked
  kPeer,      // its machine is none that may be asked
  kNoAnswer,  // no such name, nobody listens, TLS did not agree, broken off
  kTooSlow,
  kRedirects,  // too many
};

struct Fetched {
  FetchProblem problem = FetchProblem::kNoAnswer;
  std::string detail;  // for the log
  int status = 0;
  std::string url;                                           // after redirects
  std::vector<std::pair<std::string, std::string>> headers;  // of the last answer; names lower case
  std::string body;
  bool cut = false;  // the body went on beyond the limit

  // The first header of that lower-case name; empty without one.
  [[nodiscard]] std::string_view Header(std::string_view name) const;
};

struct FetchRequest {
  std::string url;
  std::optional<std::string> form;  // POST with this application/x-www-form-urlencoded body
  std::string accept = "text/html, */*;q=0.5";
};

// The seam for tests.
class Fetcher {
 public:
  virtual ~Fetcher() = default;
  [[nodiscard]] virtual Fetched Fetch(const FetchRequest& request) = 0;
};

class CurlFetcher : public Fetcher {
 public:
  // `agent` is what follows "Daybook/1.0 " in User-Agent.
  CurlFetcher(Allowed allowed, std::string agent, FetchLimits limits = {});
  [[nodiscard]] Fetched Fetch(const FetchRequest& request) override;

  // Fixed answers of the name service, "name:port:address", as if they came from it (tests).
  std::vector<std::string> names;

 private:
  Fetched FetchOnce(const std::string& url, const FetchRequest& request, bool post,
                    std::chrono::milliseconds left) const;

  Allowed allowed_;
  std::string agent_;
  FetchLimits limits_;
};

}  // namespace daybook::work
