// Format by format: paragraphs or Markdown, sanitiser, pictures' sizes, table of contents.
#include "journal/render.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "journal/media.h"
#include "text/html_entities.h"
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
// How wide a picture in the text is: the window on a telephone, else the column (static/site.css).
constexpr std::string_view kColumn = "(max-width: 40em) 100vw, 40em";

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
  std::vector<std::string> TakeMedia() { return std::move(media_); }

 private:
  void Tag(const text::HtmlToken& token, std::string& out) {
    size_t copied = 0;
    edition_ = 0;
    std::optional<PictureSize> picture;
    if (token.name == "img") picture = Look(token.Value("src"));
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
    Picture(token, picture, out);
    out += '>';
  }

  // What the journal knows of a picture of its own.
  std::optional<PictureSize> Look(const std::string& source) {
    if (!options_.picture || !source.starts_with(kMedia)) return std::nullopt;
    std::optional<PictureSize> picture = options_.picture(PathOf(source));
    if (picture && source.find('?') == std::string::npos) edition_ = picture->edition;
    return picture;
  }
  static std::string PathOf(std::string_view address) {
    const size_t end = address.find_first_of("?#");
    return text::DecodePercent(address.substr(kMedia.size(), end - kMedia.size()));
  }
  void Use(const std::string& address) {
    if (address.starts_with(kMedia) && address.size() > kMedia.size())
      media_.push_back(PathOf(address));
  }

  void Value(const text::HtmlAttribute& attribute, std::string& out) {
    std::string_view value = attribute.raw_value;
    if (attribute.name == "href" || attribute.name == "src" || attribute.name == "poster" ||
        attribute.name == "cite") {
      if (IsJournalRelative(value)) {
        out += base_;
        Use(text::DecodeHtml(value, text::References::kAttribute));
        // Browsers keep the bytes that were there before for a month.
        if (edition_ > 0 && attribute.name == "src") {
          const size_t end = std::min(value.find('#'), value.size());
          out += value.substr(0, end);
          out += "?v=" + std::to_string(edition_);
          value.remove_prefix(end);
        }
      }
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

  void Picture(const text::HtmlToken& token, const std::optional<PictureSize>& picture,
               std::string& out) {
    std::string source = token.Value("src");
    if (image_.empty() && !source.empty()) {
      image_ = (IsJournalRelative(source) ? options_.base_path : std::string()) + source;
    }
    bool sized = token.Find("width") != nullptr || token.Find("height") != nullptr;
    bool described = token.Find("alt") != nullptr;
    if (!described) out += " alt=\"" + (picture ? text::EscapeHtml(picture->alt) : "") + "\"";
    if (picture && token.Find("srcset") == nullptr) Smaller(token, *picture, out);
    if (!sized && picture && picture->width > 0 && picture->height > 0) {
      out += " width=\"" + std::to_string(picture->width) + "\" height=\"" +
             std::to_string(picture->height) + "\"";
    }
    if (token.Find("loading") == nullptr) out += " loading=\"lazy\"";
  }

  // The smaller ones beside it. The whole one is offered, too, where it is not much larger: a
  // camera's own file is no gain on any screen that shows a column of text.
  void Smaller(const text::HtmlToken& token, const PictureSize& picture, std::string& out) const {
    constexpr std::int64_t kWholeMost = 2400;
    if (picture.widths.empty()) return;
    const text::HtmlAttribute* const found = token.Find("src");
    std::string_view raw = found->raw_value;
    raw = raw.substr(0, raw.find_first_of("?#"));
    out += " srcset=\"";
    for (const int width : picture.widths) {
      out += base_ + SmallerPath(raw, width, picture.edition) + " " + std::to_string(width) + "w, ";
    }
    if (picture.width <= kWholeMost) {
      out += base_ + std::string(raw);
      if (edition_ > 0) out += "?v=" + std::to_string(edition_);
      out += " " + std::to_string(picture.width) + "w, ";
    }
    out.resize(out.size() - 2);
    const std::string width = token.Value("width");
    const bool fixed = !width.empty() && width.find_first_not_of("0123456789") == std::string::npos;
    out += "\" sizes=\"" +
           (fixed ? "(max-width: " + width + "px) 100vw, " + width + "px" : std::string(kColumn)) +
           "\"";
  }

  const RenderOptions& options_;
  const std::string& id_prefix_;
  std::string base_;
  std::string image_;
  std::vector<std::string> media_;
  std::int64_t edition_ = 0;  // of the picture whose tag is being written
};

text::SafeHtml Part(Format format, std::string_view source, const std::string& id_prefix,
                    const RenderOptions& options, RenderedBody& rendered,
                    std::vector<text::TocItem>& headings) {
  if (source.empty()) return {};
  text::AuthorPolicy policy;
  policy.id_prefix = id_prefix;
  text::SafeHtml html = text::SanitizeAuthor(Unsafe(format, source), policy);
  if (format == Format::kMarkdown || options.toc) {
    text::WithToc made = text::AddHeadingIds(html);
    html = std::move(made.html);
    for (text::TocItem& item : made.items) {
      if (item.id.starts_with("h-")) item.id = id_prefix + item.id;
      if (options.toc) headings.push_back(std::move(item));
    }
  }
  Rewriter rewriter(options, id_prefix);
  // Only addresses that the sanitiser passed grew a prefix, and sizes were added: it keeps every
  // promise.
  text::SafeHtml done = text::SafeHtml::Vouch(rewriter.Rewrite(html.view()));
  if (rendered.image.empty()) rendered.image = rewriter.TakeImage();
  for (std::string& path : rewriter.TakeMedia()) rendered.media.push_back(std::move(path));
  return text::HideRuns(done);
}

}  // namespace

RenderedBody RenderBody(Format format, std::string_view source, std::string_view more,
                        const RenderOptions& options) {
  RenderedBody rendered;
  std::vector<text::TocItem> headings;
  rendered.body = Part(format, source, options.id_prefix, options, rendered, headings);
  rendered.more = Part(format, more, options.id_prefix + "more-", options, rendered, headings);
  rendered.toc = text::TocList(headings);
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
