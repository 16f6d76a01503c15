// What a reader sees when a page is not there or cannot be shown. No details: those are in the log,
// under the id.
#include "handlers/errors.h"

#include <algorithm>

#include "handlers/frame.h"
#include "templates/keys.h"
#include "text/slug.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using templates::Block;

namespace {

struct Message {
  templates::WordKey title, text;
};

Message MessageFor(int status, bool suggestions, bool old_data) {
  switch (status) {
    case 404:
      return {word::k404Title, suggestions ? word::k404 : word::k404None};
    case 410:
      return {word::k410Title, word::k410};
    case 403:
      return {word::k403Title, word::k403};
    case 405:
    case 501:
      return {word::k405Title, word::k405};
    case 413:
      return {word::k413Title, word::k413};
    case 414:
      return {word::k414Title, word::k414};
    case 429:
      return {word::k429Title, word::k429};
    case 503:
      if (old_data) return {word::kOnlyReadTitle, word::kOnlyRead};
      return {word::k503Title, word::k503};
    default:
      break;
  }
  if (status >= 400 && status < 500) return {word::k400Title, word::k400};
  return {word::k500Title, word::k500};
}

// The words of the address, for the search form: "/2019/3/4/on-keeping.html" gives "on keeping".
std::string LastWords(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  std::string_view last = path.substr(path.rfind('/') + 1);
  last = last.substr(0, last.rfind('.'));
  const text::Slug slug = text::MakeSlug(last);
  std::string words(slug.view());
  std::replace(words.begin(), words.end(), '-', ' ');
  const bool number = words.find_first_not_of("0123456789 ") == std::string::npos;
  return number ? "" : words;
}

}  // namespace

std::vector<journal::Link> SuggestionsFor(sql::Tx& tx, std::string_view path,
                                          journal::Seconds now) {
  std::string slug = LastWords(path);
  std::replace(slug.begin(), slug.end(), ' ', '-');
  constexpr std::size_t kEnough = 4;  // letters; fewer would suggest anything
  if (slug.size() < kEnough) return {};
  auto found = journal::SlugsLike(tx, slug, now);
  if (found.empty() && slug.size() > 12) found = journal::SlugsLike(tx, slug.substr(0, 12), now);
  return found;
}

fcgi::Response RenderError(const templates::Templates& templates, const Site& site,
                           const Links& links, const fcgi::Request& request,
                           const fcgi::HttpError& error,
                           const std::vector<journal::Link>& suggestions) {
  const Frame frame{templates, site, links};
  const templates::Words& words = frame.words();
  const int status = error.status();
  const Message message = MessageFor(status, !suggestions.empty(), site.old_data);
  std::string retry = "60";
  for (const fcgi::Header& header : error.headers())
    if (header.name == "Retry-After") retry = header.value;

  templates::View view(templates, templates::tpl::kError);
  Head head;
  head.title = words.Get(message.title);
  head.noindex = true;
  FillFrame(view, frame, head);
  view.Set(key::kMessageTitle, head.title);
  view.Set(key::kMessageText, words.Format(message.text, {{"id", request.id}, {"n", retry}}));
  if (!suggestions.empty()) {
    Block list = view.Add(key::kSuggestions);
    for (const journal::Link& link : suggestions) {
      Block item = list.Add(key::kSuggestion);
      item.Set(key::kSuggestionTitle, link.title.empty() ? link.path : link.title);
      item.Set(key::kSuggestionUrl, links.To(link.path));
    }
  }
  if (status == 404 || status == 410) view.Show(key::kFind);
  view.Set(key::kQuery, status == 404 ? LastWords(request.path) : "");
  return fcgi::Html(view.Render(), status);
}

fcgi::Response RenderDown(const fcgi::Request& request, const fcgi::HttpError& error) {
  const templates::Templates templates({.lazy = true});
  Site site;
  site.settings.title = request.host;
  const Links links(request.prefix, request.Origin() + request.prefix);
  const Frame frame{templates, site, links};
  templates::View view(templates, templates::tpl::kError);
  Head head;
  head.title = frame.words().Get(word::kDownTitle);
  head.noindex = true;
  FillFrame(view, frame, head);
  view.Set(key::kMessageTitle, head.title);
  view.Set(key::kMessageText, frame.words().Format(word::kDown, {{"id", request.id}}));
  return fcgi::Html(view.Render(), error.status());
}

}  // namespace daybook::handlers
