// Every entry's page holds one of these, so it is written straight down: a document model of a
// dozen strings would cost a tenth of the page.
#include "templates/json_ld.h"

#include <string_view>

#include "text/utf8.h"

namespace daybook::templates {
namespace {

// RFC 8259, and < > & as escapes, so that nothing in it can end the element that it stands in.
void AppendString(std::string_view value, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.append({'\\', c});
    } else if (byte < 0x20 || byte == 0x7F || c == '<' || c == '>' || c == '&') {
      out.append("\\u00").append({kDigits[byte >> 4], kDigits[byte & 15]});
    } else {
      out += c;
    }
  }
  out += '"';
}

// One JSON object, written as it is filled.
class Object {
 public:
  // The outermost object says whose vocabulary it uses.
  explicit Object(std::string_view type, std::string_view context = "") {
    Put("@context", context);
    Put("@type", type);
  }
  void Put(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    Name(name);
    AppendString(text::IsUtf8(value) ? value : std::string_view(text::RepairUtf8(value)), out_);
  }
  void Raw(std::string_view name, std::string_view json) {
    Name(name);
    out_ += json;
  }
  std::string Close() && { return std::move(out_ += '}'); }

 private:
  void Name(std::string_view name) {
    out_ += out_.empty() ? "{" : ",";
    AppendString(name, out_);
    out_ += ':';
  }
  std::string out_;
};

}  // namespace

text::SafeHtml PostingJsonLd(const PostingLd& posting) {
  Object json("BlogPosting", "https://schema.org");
  json.Put("url", posting.url);
  json.Put("mainEntityOfPage", posting.url);
  json.Put("headline", posting.headline);
  json.Put("description", posting.description);
  json.Put("datePublished", posting.published);
  json.Put("dateModified", posting.modified);
  json.Put("inLanguage", posting.language);
  json.Put("image", posting.image);
  if (!posting.author_name.empty()) {
    Object author("Person");
    author.Put("name", posting.author_name);
    author.Put("url", posting.author_url);
    json.Raw("author", std::move(author).Close());
  }
  if (!posting.journal_name.empty()) {
    Object journal("Blog");
    journal.Put("name", posting.journal_name);
    journal.Put("url", posting.journal_url);
    json.Raw("isPartOf", std::move(journal).Close());
  }
  if (posting.comments) json.Raw("commentCount", std::to_string(*posting.comments));
  return text::SafeHtml::Vouch(std::move(json).Close());
}

text::SafeHtml JournalJsonLd(const JournalLd& journal) {
  Object json("Blog", "https://schema.org");
  json.Put("url", journal.url);
  json.Put("name", journal.name);
  json.Put("description", journal.description);
  json.Put("inLanguage", journal.language);
  if (!journal.search_url.empty()) {
    Object action("SearchAction");
    action.Put("target", journal.search_url + "{search_term_string}");
    action.Put("query-input", "required name=search_term_string");
    json.Raw("potentialAction", std::move(action).Close());
  }
  return text::SafeHtml::Vouch(std::move(json).Close());
}

}  // namespace daybook::templates
