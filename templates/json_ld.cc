#include "templates/json_ld.h"

#include <nlohmann/json.hpp>

namespace daybook::templates {
namespace {

using Json = nlohmann::ordered_json;

void Put(Json& into, const char* name, const std::string& value) {
  if (!value.empty()) into[name] = value;
}

text::SafeHtml Embed(const Json& json) {
  // Bad UTF-8 becomes U+FFFD. Inside strings, the only place where they occur, < > & may stand as
  // \u escapes.
  const std::string plain = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string out;
  out.reserve(plain.size() + 32);
  for (const char c : plain) {
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else {
      out.push_back(c);
    }
  }
  return text::SafeHtml::Vouch(std::move(out));
}

}  // namespace

text::SafeHtml PostingJsonLd(const PostingLd& posting) {
  Json json;
  json["@context"] = "https://schema.org";
  json["@type"] = "BlogPosting";
  Put(json, "url", posting.url);
  Put(json, "mainEntityOfPage", posting.url);
  Put(json, "headline", posting.headline);
  Put(json, "description", posting.description);
  Put(json, "datePublished", posting.published);
  Put(json, "dateModified", posting.modified);
  Put(json, "inLanguage", posting.language);
  Put(json, "image", posting.image);
  if (!posting.author_name.empty()) {
    Json author = {{"@type", "Person"}, {"name", posting.author_name}};
    Put(author, "url", posting.author_url);
    json["author"] = author;
  }
  if (!posting.journal_name.empty()) {
    Json journal = {{"@type", "Blog"}, {"name", posting.journal_name}};
    Put(journal, "url", posting.journal_url);
    json["isPartOf"] = journal;
  }
  json["commentCount"] = posting.comments;
  return Embed(json);
}

text::SafeHtml JournalJsonLd(const JournalLd& journal) {
  Json json;
  json["@context"] = "https://schema.org";
  json["@type"] = "Blog";
  Put(json, "url", journal.url);
  Put(json, "name", journal.name);
  Put(json, "description", journal.description);
  Put(json, "inLanguage", journal.language);
  if (!journal.search_url.empty()) {
    json["potentialAction"] = {{"@type", "SearchAction"},
                               {"target", journal.search_url + "{search_term_string}"},
                               {"query-input", "required name=search_term_string"}};
  }
  return Embed(json);
}

}  // namespace daybook::templates
