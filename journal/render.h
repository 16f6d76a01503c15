// The one pipeline from what somebody wrote to what a page, feed, preview, mail or export shows.
// Everything in a column called html was made here. It reads no database: what it must know of
// pictures it asks through a function.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "text/safe.h"

namespace daybook::journal {

// Edition of the pipeline (state.render). Raise it when the same source gives other HTML; `migrate`
// renders again.
inline constexpr int kRenderEdition = 2;

struct PictureSize {
  std::int64_t width = 0, height = 0;  // pixels
  std::string alt;                     // used where the text says none at all
  std::vector<int> widths = {};  // of the smaller ones that lie beside it (media.h), ascending
  std::int64_t edition = 0;      // the bytes under its address were replaced so often
};

struct RenderOptions {
  // Mount of the journal: "" or "/blog". Put before addresses that begin with one '/' in links,
  // pictures and media.
  std::string base_path;
  // Size of a file below public/media ("2019/harbour.jpg"), if known.
  std::function<std::optional<PictureSize>(std::string_view path)> picture = {};
  // Put before every id, so that entries in one page do not take each other's: "in-1x3f-".
  // [a-z][a-z0-9-]*-
  std::string id_prefix = "in-";
  bool toc = false;  // a table of contents, too
};

struct RenderedBody {
  text::SafeHtml body;
  text::SafeHtml more;
  text::SafeHtml toc;  // of both; empty unless asked for, or without headings
  std::string plain;   // text of the body
  std::string search;  // text of body and more
  std::string
      image;  // address of the first picture as it stands in src (base path included), or empty
  std::vector<std::string> media;  // below public/media: what it shows or links to, some twice
};

// Body and the rest after the split, each complete in itself; their footnotes and heading ids do
// not collide. Headings of Markdown have ids; those of HTML get them where there is a table of
// contents.
[[nodiscard]] RenderedBody RenderBody(Format format, std::string_view source, std::string_view more,
                                      const RenderOptions& options);

// A comment as it is shown everywhere (journal.md 2). Linear in its length.
[[nodiscard]] text::SafeHtml RenderComment(CommentMode mode, std::string_view source);

}  // namespace daybook::journal
