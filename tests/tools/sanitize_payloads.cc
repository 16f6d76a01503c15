// Prints what each policy makes of hostile payloads, for tests/e2e/xss_chromium.mjs to show to a
// browser. Reads JSON lines with "id" and "payload" on standard input, writes JSON lines. It judges
// nothing.
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "text/html_escape.h"
#include "text/html_url.h"
#include "text/sanitize.h"

int main() {
  using namespace daybook::text;
  for (std::string line; std::getline(std::cin, line);) {
    const nlohmann::json in = nlohmann::json::parse(line);
    const std::string payload = in.at("payload");
    const nlohmann::json out = {
        {"id", in.at("id")},
        {"comment", SanitizeComment(payload, CommentMode::kLimitedHtml).str()},
        {"plain", SanitizeComment(payload, CommentMode::kPlainText).str()},
        {"markdown", SanitizeComment(payload, CommentMode::kMarkdown).str()},
        {"author", HideRuns(SanitizeAuthor(payload)).str()},
        {"escaped", EscapeHtml(payload)},
        {"text", EscapeHtml(PlainText(payload))},
        {"url", EscapeHtml(CleanUrl(payload, kReaderLink).value_or(""))},
    };
    std::puts(out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  }
  return 0;
}
