// TXT records: see dns.h.
#include "work/dns.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include <charconv>

namespace daybook::work {
namespace {

constexpr std::size_t kAnswerMax = 65536;

bool Use(res_state state, const std::string& server) {
  const std::size_t colon = server.rfind(':');
  if (colon == std::string::npos) return false;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  std::uint16_t port = 0;
  std::from_chars(server.data() + colon + 1, server.data() + server.size(), port);
  address.sin_port = htons(port);
  if (inet_pton(AF_INET, server.substr(0, colon).c_str(), &address.sin_addr) != 1) return false;
  state->nsaddr_list[0] = address;
  state->nscount = 1;
  return true;
}

std::string Joined(const unsigned char* data, std::size_t size) {
  std::string text;
  for (std::size_t at = 0; at < size;) {
    const std::size_t length = std::min<std::size_t>(data[at], size - at - 1);
    text.append(reinterpret_cast<const char*>(data) + at + 1, length);
    at += length + 1;
  }
  return text;
}

}  // namespace

TxtAnswer LookUpTxt(const std::string& name, const std::string& server) {
  TxtAnswer answer;
  struct __res_state state {};
  if (res_ninit(&state) != 0) return answer;
  if (!server.empty() && !Use(&state, server)) {
    res_nclose(&state);
    return answer;
  }
  state.retrans = 3;
  state.retry = 2;
  std::vector<unsigned char> bytes(kAnswerMax);
  const int size = res_nquery(&state, name.c_str(), ns_c_in, ns_t_txt, bytes.data(),
                              static_cast<int>(bytes.size()));
  const int error = state.res_h_errno;
  res_nclose(&state);
  if (size < 0) {
    answer.answered = error == HOST_NOT_FOUND || error == NO_DATA;
    return answer;
  }
  ns_msg message;
  if (ns_initparse(bytes.data(), size, &message) != 0) return answer;
  answer.answered = true;
  for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
    ns_rr record;
    if (ns_parserr(&message, ns_s_an, i, &record) != 0) break;
    if (ns_rr_type(record) == ns_t_txt)
      answer.texts.push_back(Joined(ns_rr_rdata(record), ns_rr_rdlen(record)));
  }
  return answer;
}

}  // namespace daybook::work
