// Addresses, paths, queries and mail addresses: what is accepted keeps its promise, and comes back
// the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/email.h"
#include "text/slug.h"
#include "text/url.h"
#include "text/utf8.h"

namespace {

using namespace daybook::text;

void Require(bool holds) {
  if (!holds) std::abort();
}

bool IsPlainAscii(std::string_view s) {
  for (const char c : s)
    if (c <= 0x20 || c == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\') return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto url = ParseWebUrl(input)) {
    Require(url->str().size() <= kUrlMax && IsPlainAscii(url->view()));
    Require(url->view().starts_with("http://") || url->view().starts_with("https://"));
    Require(!HostOf(url->view()).empty());
    const auto again = ParseWebUrl(url->view());
    Require(again && *again == *url);
  }
  if (const auto path = DecodePath(input)) {
    Require(IsUtf8(*path) && path->front() == '/');
    Require(DecodePath(EncodePath(*path)) == path);
  }
  const QueryPairs pairs = ParseQuery(input);
  Require(pairs.size() <= kQueryPairsMax);
  for (const auto& [key, value] : pairs) Require(IsUtf8(key) && IsUtf8(value));
  QueryPairs named = pairs;
  for (auto& [key, value] : named)
    if (key.empty() && value.empty()) key.assign(1, 'k');
  Require(ParseQuery(EncodeQuery(named)) == named);
  const size_t half = size / 2;
  if (const auto whole = ResolveRelative(input.substr(0, half), input.substr(half)))
    Require(SplitUrl(*whole).scheme.has_value());
  Require(JoinUrl(SplitUrl(input)) == input);
  if (const auto email = ParseEmail(input)) {
    Require(email->str().size() <= kEmailMax && IsPlainAscii(email->view()));
    const auto again = ParseEmail(email->view());
    Require(again && *again == *email);
  }
  const Slug slug = MakeSlug(input);
  Require(slug.empty() || ParseSlug(slug.view()));
  return 0;
}
