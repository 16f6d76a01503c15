// Any bytes through every policy: the result is allowed, valid, and sanitising it again changes
// nothing.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "../html_judge.h"
#include "text/html_escape.h"
#include "text/letter.h"
#include "text/sanitize.h"

namespace {

using daybook::test::FaultOf;
using daybook::test::Policy;

void Require(const std::string& fault, const std::string& output) {
  if (fault.empty()) return;
  std::fprintf(stderr, "%s\n%s\n", fault.c_str(), output.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daybook::text;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const CommentMode mode : {CommentMode::kLimitedHtml, CommentMode::kPlainText}) {
    const std::string out = SanitizeComment(input, mode).str();
    Require(FaultOf(out, Policy::kComment), out);
    if (SanitizeRenderedComment(out).str() != out) Require("not stable", out);
  }
  const std::string rendered = SanitizeRenderedComment(input).str();
  Require(FaultOf(rendered, Policy::kRenderedComment), rendered);
  if (SanitizeRenderedComment(rendered).str() != rendered) Require("not stable", rendered);
  const SafeHtml author = SanitizeAuthor(input);
  Require(FaultOf(author.view(), Policy::kAuthor), author.str());
  if (SanitizeAuthor(author.view()) != author) Require("not stable", author.str());
  const std::string letter = LetterText(author);
  if (letter.size() > 40 * input.size() + 100) Require("a letter that grows", letter);
  const SafeHtml hidden = HideRuns(author);
  if (HideRuns(hidden) != hidden) Require("hiding is not stable", hidden.str());
  if (size != 0 && PlainText(input).size() > size * 3) Require("plain text grew", "");
  return 0;
}
