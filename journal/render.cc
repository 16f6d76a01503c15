// Format by format: paragraphs or Markdown, sanitiser, pictures' sizes, table of contents.
#include "journal/render.h"

#include <cstddef>
#include <utility>

#include "text/html_escape.h"
#include "text/html_tokenizer.h"
#include "text/markdown.h"
#include "text/paragraphs.h"
#include "text/sanitize.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

constexpr std::string_view kMedia = "/media/";

bool IsJournalRelative(std::string_view address) {
  return address.starts_with('/') && !address.starts_with("//");
}

std::string Unsafe(Format format, std::string_view source) {
  switch (format) {
    case Format::kMarkdown:
      return text::MarkdownToHtml(source);
    case Format::kParagraphs:
      return text::AddParagraphs(source);
    case Format::kPlain:
      return text::AddParagraphs(text::EscapeHtml(source));
    case Format::kHtml:
      break;
  }
  return std::string(source);
}

// Walks over HTML that the sanitiser wrote (lower case, double quotes) and changes attribute values
// in place.
class Rewriter {
 public:
  Rewriter(const RenderOptions& options, const std::string& id_prefix)
      : options_(options), id_prefix_(id_prefix), base_(text::EscapeHtml(options.base_path)) {}

  std::string Rewrite(std::string_view html) {
    std::string out;
    out.reserve(html.size() + html.size() / 16);
    text::HtmlTokenizer tokenizer(html);
    text::HtmlToken token;
    while (tokenizer.Next(token)) {
      if (token.kind == text::HtmlTokenKind::kStartTag &&
          (!token.attributes.empty() || token.name == "img")) {
        Tag(token, out);
      } else {
        out += token.raw;
      }
    }
    return out;
  }
  std::string TakeImage() { return std::move(image_); }

 private:
  void Tag(const text::HtmlToken& token, std::string& out) {
    size_t copied = 0;
    for (const text::HtmlAttribute& attribute : token.attributes) {
      if (attribute.raw_value.empty()) continue;
      auto at = static_cast<size_t>(attribute.raw_value.data() - token.raw.data());
      out += token.raw.substr(copied, at - copied);
      Value(attribute, out);
      copied = at + attribute.raw_value.size();
    }
    std::string_view rest = token.raw.substr(copied);
    if (token.name != "img" || !rest.ends_with('>')) {
      out += rest;
      return;
    }
    rest.remove_suffix(rest.ends_with("/>") ? 2 : 1);
    out += rest;
    Picture(token, out);
    out += '>';
  }

  void Value(const text::HtmlAttribute& attribute, std::string& out) const {
    std::string_view value = attribute.raw_value;
    if (attribute.name == "href" || attribute.name == "src" || attribute.name == "poster" ||
        attribute.name == "cite") {
      if (IsJournalRelative(value)) out += base_;
    } else if (attribute.name == "srcset") {
      return Srcset(value, out);
    } else if (attribute.name == "id" && value.starts_with("h-")) {
      out += id_prefix_;  // made by AddHeadingIds after the sanitiser had put it before the others
    }
    out += value;
  }

  // As the sanitiser writes it: "/a.jpg 300w, /b.jpg 600w".
  void Srcset(std::string_view value, std::string& out) const {
    while (true) {
      if (IsJournalRelative(value)) out += base_;
      size_t comma = value.find(", ");
      out += value.substr(0, comma == std::string_view::npos ? comma : comma + 2);
      if (comma == std::string_view::npos) return;
      value.remove_prefix(comma + 2);
    }
  }

  void Picture(const text::HtmlToken& token, std::string& out) {
    std::string source = token.Value("src");
    if (image_.empty() && !source.empty()) {
      image_ = (IsJournalRelative(source) ? options_.base_path : std::string()) + source;
    }
    bool sized = token.Find("width") != nullptr || token.Find("height") != nullptr;
    bool described = token.Find("alt") != nullptr;
    std::optional<PictureSize> picture;
    if ((!sized || !described) && options_.picture && source.starts_with(kMedia)) {
      size_t end = source.find_first_of("?#");
      picture =
          options_.picture(text::DecodePercent(source.substr(kMedia.size(), end - kMedia.size())));
    }
    if (!described) out += " alt=\"" + (picture ? text::EscapeHtml(picture->alt) : "") + "\"";
    if (!sized && picture && picture->width > 0 && picture->height > 0) {
      out += " width=\"" + std::to_string(picture->width) + "\" height=\"" +
             std::to_string(picture->height) + "\"";
    }
    if (token.Find("loading") == nullptr) out += " loading=\"lazy\"";
  }

  const RenderOptions& options_;
  const std::string& id_prefix_;
  std::string base_;
  std::string image_;
};

text::SafeHtml Part(Format format, std::string_view source, const std::string& id_prefix,
                    const RenderOptions& options, std::string& image) {
  if (source.empty()) return {};
  text::AuthorPolicy policy;
  policy.id_prefix = id_prefix;
  text::SafeHtml html = text::SanitizeAuthor(Unsafe(format, source), policy);
  if (format == Format::kMarkdown) html = text::AddHeadingIds(html).html;
  Rewriter rewriter(options, id_prefix);
  // Only addresses that the sanitiser passed grew a prefix, and sizes were added: it keeps every
  // promise.
  text::SafeHtml done = text::SafeHtml::Vouch(rewriter.Rewrite(html.view()));
  if (image.empty()) image = rewriter.TakeImage();
  return text::HideRuns(done);
}

}  // namespace

RenderedBody RenderBody(Format format, std::string_view source, std::string_view more,
                        const RenderOptions& options) {
  RenderedBody rendered;
  rendered.body = Part(format, source, options.id_prefix, options, rendered.image);
  rendered.more = Part(format, more, options.id_prefix + "more-", options, rendered.image);
  rendered.plain = text::PlainText(rendered.body.view());
  rendered.search = rendered.plain;
  if (!rendered.more.empty()) rendered.search += "\n" + text::PlainText(rendered.more.view());
  return rendered;
}

text::SafeHtml RenderComment(CommentMode mode, std::string_view source) {
  switch (mode) {
    case CommentMode::kPlain:
      return text::SanitizeComment(source, text::CommentMode::kPlainText);
    case CommentMode::kMarkdown:
      return text::SanitizeComment(source, text::CommentMode::kMarkdown);
    case CommentMode::kLimitedHtml:
      break;
  }
  return text::SanitizeComment(source, text::CommentMode::kLimitedHtml);
}

}  // namespace daybook::journal
