// What readers write: limited HTML, plain text, and HTML made from their Markdown. See sanitize.h.
#include <optional>
#include <string>
#include <utility>

#include "text/html_builder.h"
#include "text/html_clean.h"
#include "text/html_entities.h"
#include "text/html_escape.h"
#include "text/html_policy.h"
#include "text/html_tokenizer.h"
#include "text/html_url.h"
#include "text/linkify.h"
#include "text/markdown.h"
#include "text/sanitize.h"

namespace daybook::text {
namespace {

std::string Attribute(std::string_view name, std::string_view value) {
  std::string out(" ");
  out.append(name).append("=\"");
  AppendEscaped(value, out);
  return out += '"';
}

// The decoded value of an attribute, nothing where it is missing.
std::optional<std::string> ValueOf(const HtmlToken& token, std::string_view name) {
  const HtmlAttribute* attribute = token.Find(name);
  if (attribute == nullptr) return std::nullopt;
  return DecodeHtml(attribute->raw_value, References::kAttribute, BidiControls::kRemove);
}

// The attributes that a reader's element keeps; nothing for an <a> without an address that is
// allowed.
std::optional<std::string> ReaderAttributes(Tag tag, const HtmlToken& token) {
  std::string out;
  if (tag == Tag::kA) {
    const std::optional<std::string> value = ValueOf(token, "href");
    const std::optional<std::string> url = value ? CleanUrl(*value, kReaderLink) : std::nullopt;
    if (!url) return std::nullopt;
    out = Attribute("href", *url);
  }
  if (tag == Tag::kA || tag == Tag::kAbbr || tag == Tag::kAcronym) {
    if (const std::optional<std::string> title = ValueOf(token, "title"))
      out += Attribute("title", *title);
  }
  if (tag == Tag::kBlockquote) {
    const std::optional<std::string> value = ValueOf(token, "cite");
    const std::optional<std::string> url = value ? CleanUrl(*value, kWebUrl) : std::nullopt;
    if (url) out = Attribute("cite", *url);
  }
  if (tag == Tag::kA) out += Attribute("rel", kReaderRel);
  return out;
}

// Collects the text between the tags that count and writes it, by lines or as it is.
class ReaderText {
 public:
  // `by_lines`: newlines make paragraphs and line breaks; else the markup does.
  ReaderText(size_t size, bool by_lines) : html_(size), by_lines_(by_lines) {}

  std::string& pending() { return pending_; }
  HtmlBuilder& html() { return html_; }

  // Writes what was collected.
  void Flush() {
    if (!by_lines_ || html_.InInline(Tag::kCode)) {
      if (!pending_.empty()) {
        if (by_lines_) BeginContent();
        html_.Text(pending_);
      }
    } else {
      WriteLines();
    }
    pending_.clear();
  }

  // Something that is not text comes: opens the paragraph it stands in.
  void BeginContent() {
    if (!by_lines_) return;
    if (html_.TopIs(Tag::kP)) {
      if (newlines_ == 1) html_.InlineHtml("<br>");
      if (newlines_ > 1) {
        html_.CloseBlock(Tag::kP);
        html_.Text("\n");
      }
    }
    newlines_ = 0;
    if (!html_.TopIs(Tag::kP)) html_.OpenBlock(Tag::kP, "");
  }

  void ForgetLines() { newlines_ = 0; }

 private:
  void WriteLines() {
    for (size_t pos = 0; pos <= pending_.size();) {
      const size_t feed = pending_.find('\n', pos);
      std::string_view line = std::string_view(pending_).substr(pos, feed - pos);
      const bool fresh = newlines_ > 0 || !html_.TopIs(Tag::kP);
      while (fresh && !line.empty() && IsHtmlSpace(line.front())) line.remove_prefix(1);
      if (feed != std::string::npos) {
        while (!line.empty() && IsHtmlSpace(line.back())) line.remove_suffix(1);
      }
      if (!line.empty()) {
        BeginContent();
        html_.Text(line);
      }
      if (feed == std::string::npos) return;
      ++newlines_;
      pos = feed + 1;
    }
  }

  HtmlBuilder html_;
  bool by_lines_;
  std::string pending_;
  size_t newlines_ = 0;
};

void OpenInline(ReaderText& text, Tag tag, const HtmlToken& token) {
  text.Flush();
  if (tag == Tag::kA) text.html().EndAll(Tag::kA);
  std::optional<std::string> attributes = ReaderAttributes(tag, token);
  if (attributes) text.html().OpenInline(tag, *std::move(attributes));
}

void CloseInline(ReaderText& text, Tag tag) {
  text.Flush();
  const bool keep_empty = tag != Tag::kA;  // a link without a word is a trap for keyboards
  if (keep_empty && text.html().IsUnwritten(tag)) text.BeginContent();
  text.html().CloseInline(tag, keep_empty);
}

std::string LimitedHtml(std::string_view source) {
  ReaderText text(source.size(), true);
  HtmlTokenizer tokens(source, HtmlTokenizer::Mode::kReader);
  HtmlToken token;
  while (tokens.Next(token)) {
    if (token.kind == HtmlTokenKind::kText) {
      AppendDecoded(token.raw, References::kTerminated, BidiControls::kRemove, text.pending());
      continue;
    }
    const bool start = token.kind == HtmlTokenKind::kStartTag;
    const Tag tag = CommentTag(token.name);
    if (tag == Tag::kUnknown) {
      text.pending().append(token.raw);
    } else if (IsInline(tag)) {
      start ? OpenInline(text, tag, token) : CloseInline(text, tag);
    } else {
      text.Flush();
      text.ForgetLines();
      if (start) {
        text.html().OpenBlock(tag, ReaderAttributes(tag, token).value_or(""));
      } else {
        text.html().CloseBlock(tag);
      }
    }
  }
  text.Flush();
  return LinkifyHtml(text.html().Finish(), kReaderRel);
}

std::string PlainLines(std::string_view source) {
  ReaderText text(source.size(), true);
  text.pending() = source;
  text.Flush();
  return LinkifyHtml(text.html().Finish(), kReaderRel);
}

}  // namespace

SafeHtml SanitizeComment(std::string_view source, CommentMode mode) {
  if (mode == CommentMode::kMarkdown) return SanitizeRenderedComment(MarkdownToHtml(source));
  const std::string clean = CleanSource(source, BidiControls::kRemove);
  if (mode == CommentMode::kPlainText) return SafeHtml::Vouch(PlainLines(clean));
  return SafeHtml::Vouch(LimitedHtml(clean));
}

SafeHtml SanitizeRenderedComment(std::string_view html) {
  const std::string clean = CleanSource(html, BidiControls::kRemove);
  ReaderText text(clean.size(), false);
  HtmlTokenizer tokens(clean, HtmlTokenizer::Mode::kReader);
  HtmlToken token;
  while (tokens.Next(token)) {
    if (token.kind == HtmlTokenKind::kText) {
      AppendDecoded(token.raw, References::kText, BidiControls::kRemove, text.pending());
      continue;
    }
    const bool start = token.kind == HtmlTokenKind::kStartTag;
    const Tag tag = RenderedCommentTag(token.name);
    if (tag == Tag::kUnknown) {
      text.pending().append(IsMarkdownOutput(token.name) ? std::string_view(" ") : token.raw);
    } else if (tag == Tag::kImg) {  // readers' pictures stay away, their words do not
      if (start) text.pending().append(ValueOf(token, "alt").value_or(""));
    } else if (IsInline(tag)) {
      start ? OpenInline(text, tag, token) : CloseInline(text, tag);
    } else {
      text.Flush();
      if (tag == Tag::kBr) {
        text.html().InlineHtml("<br>");
      } else if (start) {
        text.html().OpenBlock(tag, ReaderAttributes(tag, token).value_or(""));
      } else {
        text.html().CloseBlock(tag);
      }
    }
  }
  text.Flush();
  return SafeHtml::Vouch(LinkifyHtml(text.html().Finish(), kReaderRel));
}

}  // namespace daybook::text
