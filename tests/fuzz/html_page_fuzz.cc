// Any bytes as somebody else's page: what is read of it lies inside it, whatever is nested where.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/html_page.h"
#include "text/microformats.h"
#include "text/webmention.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daybook::text;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string target = "https://own.example/e";
  const HtmlPage page = ReadHtmlPage(input, "https://other.example/page");
  for (size_t i = 0; i < page.elements.size(); ++i) {
    const HtmlElement& element = page.elements[i];
    if (i > 0 && element.parent >= i) std::abort();
    if (element.last < i || element.last >= page.elements.size()) std::abort();
    if (element.text_begin > element.text_end || element.text_end > page.text.size()) std::abort();
  }
  const AnswerPage answer = ReadAnswer(page, target);
  if (answer.content.size() > page.text.size() + input.size()) std::abort();
  if (!answer.author_url.empty() && !IsWebUrl(answer.author_url)) std::abort();
  if (const auto endpoint = EndpointInPage(page); endpoint && !IsWebUrl(*endpoint)) std::abort();
  const std::string line(input.substr(0, input.find('\n')));
  if (const auto endpoint = EndpointInHeaders({line}, "https://other.example/page");
      endpoint && !IsWebUrl(*endpoint))
    std::abort();
  static_cast<void>(LinksTo(page, target));
  static_cast<void>(TextNames(input, target));
  return 0;
}
