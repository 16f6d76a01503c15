// Fetching with libcurl: see fetch.h.
#include "work/fetch.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "text/html_page.h"
#include "text/url.h"
#include "work/authorities.h"

namespace daybook::work {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// What the callbacks of one request share.
struct Exchange {
  const Allowed& allowed;
  const FetchLimits& limits;
  std::string host;  // as in the URL
  Fetched answer;
  std::size_t head_bytes = 0;
  bool peer_refused = false;
};

curl_socket_t OpenSocket(void* data, curlsocktype purpose, curl_sockaddr* address) {
  auto& exchange = *static_cast<Exchange*>(data);
  if (purpose != CURLSOCKTYPE_IPCXN ||
      !exchange.allowed.Peer(address->addr, address->addrlen, exchange.host)) {
    exchange.peer_refused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

std::size_t OnHead(char* bytes, std::size_t one, std::size_t size, void* data) {
  auto& exchange = *static_cast<Exchange*>(data);
  const std::string_view line(bytes, one * size);
  exchange.head_bytes += line.size();
  if (exchange.head_bytes > exchange.limits.head_bytes) return 0;
  if (line.starts_with("HTTP/")) exchange.answer.headers.clear();  // an earlier one was 1xx
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  std::string name(Trimmed(line.substr(0, colon)));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  exchange.answer.headers.emplace_back(std::move(name), Trimmed(line.substr(colon + 1)));
  return line.size();
}

std::size_t OnBody(char* bytes, std::size_t one, std::size_t size, void* data) {
  auto& exchange = *static_cast<Exchange*>(data);
  const std::size_t room = exchange.limits.bytes - exchange.answer.body.size();
  exchange.answer.body.append(bytes, std::min(room, one * size));
  if (one * size > room) exchange.answer.cut = true;
  return exchange.answer.cut ? 0 : one * size;
}

struct EasyEnd {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListEnd>;

void Append(List& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  static_cast<void>(list.release());
  list.reset(longer);
}

std::uint16_t PortOfUrl(const text::UrlParts& parts) {
  const std::string_view authority = parts.authority.value_or("");
  const std::size_t colon = authority.rfind(':');
  std::uint16_t port = parts.scheme == "http" ? 80 : 443;
  if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos)
    std::from_chars(authority.data() + colon + 1, authority.data() + authority.size(), port);
  return port;
}

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

FetchProblem ProblemOf(CURLcode code, const Exchange& exchange) {
  if (exchange.answer.cut && code == CURLE_WRITE_ERROR) return FetchProblem::kNone;
  switch (code) {
    case CURLE_OK:
      return FetchProblem::kNone;
    case CURLE_OPERATION_TIMEDOUT:
      return FetchProblem::kTooSlow;
    default:
      return exchange.peer_refused ? FetchProblem::kPeer : FetchProblem::kNoAnswer;
  }
}

}  // namespace

std::string_view Fetched::Header(std::string_view name) const {
  for (const auto& [have, value] : headers) {
    if (have == name) return value;
  }
  return {};
}

CurlFetcher::CurlFetcher(Allowed allowed, std::string agent, FetchLimits limits)
    : allowed_(std::move(allowed)), agent_(std::move(agent)), limits_(limits) {}

Fetched CurlFetcher::FetchOnce(const std::string& url, const FetchRequest& request, bool post,
                               milliseconds left) const {
  Exchange exchange{allowed_, limits_, text::HostOf(url), {}, 0, false};
  exchange.answer.url = url;
  const text::UrlParts parts = text::SplitUrl(url);
  if (!allowed_.Port(PortOfUrl(parts))) {
    exchange.answer.problem = FetchProblem::kAddress;
    exchange.answer.detail = "this port is not asked";
    return exchange.answer;
  }
  const std::unique_ptr<CURL, EasyEnd> handle(curl_easy_init());
  if (!handle) return exchange.answer;
  CURL* curl = handle.get();
  const std::string bare = url.substr(0, url.find('#'));
  List head, resolved;
  Append(head, "Accept: " + request.accept);
  Append(head, "Expect:");  // no waiting for 100 Continue
  for (const std::string& name : names) Append(resolved, name);
  const std::string agent = "Daybook/" DAYBOOK_VERSION " " + agent_;

  curl_easy_setopt(curl, CURLOPT_URL, bare.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");  // whatever the environment says
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(left, limits_.connect).count()));
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, OpenSocket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, OnHead);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnBody);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, agent.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, head.get());
  curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
  if (const std::string& authorities = Authorities(); !authorities.empty())
    curl_easy_setopt(curl, CURLOPT_CAINFO, authorities.c_str());
  if (resolved) curl_easy_setopt(curl, CURLOPT_RESOLVE, resolved.get());
  if (post) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form->size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.form->c_str());
  }
  const CURLcode code = curl_easy_perform(curl);
  exchange.answer.problem = ProblemOf(code, exchange);
  if (exchange.answer.problem != FetchProblem::kNone) {
    exchange.answer.detail = exchange.answer.problem == FetchProblem::kPeer
                                 ? "its address is not public"
                                 : curl_easy_strerror(code);
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  exchange.answer.status = static_cast<int>(status);
  return exchange.answer;
}

Fetched CurlFetcher::Fetch(const FetchRequest& request) {
  const auto end = Clock::now() + limits_.total;
  std::string url = request.url;
  bool post = request.form.has_value();
  Fetched answer;
  for (int hop = 0; hop <= limits_.redirects; ++hop) {
    const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
    const auto normal = text::ParseWebUrl(url);
    // Without a scheme ParseWebUrl would guess one.
    if (!normal || !text::IsWebUrl(url)) {
      answer.problem = FetchProblem::kAddress;
      answer.detail = "no http or https address";
      return answer;
    }
    url = normal->str();
    if (left.count() <= 0) {
      answer.problem = FetchProblem::kTooSlow;
      answer.detail = "no time left";
      return answer;
    }
    answer = FetchOnce(url, request, post, left);
    if (answer.problem != FetchProblem::kNone || !IsRedirect(answer.status)) return answer;
    const std::string_view location = answer.Header("location");
    const auto next = text::ResolveRelative(url, location);
    if (location.empty() || !next) return answer;
    if (answer.status == 303) post = false;
    url = *next;
  }
  answer.problem = FetchProblem::kRedirects;
  answer.detail = "more than " + std::to_string(limits_.redirects) + " redirects";
  return answer;
}

}  // namespace daybook::work
