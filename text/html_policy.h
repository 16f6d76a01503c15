// The elements that sanitised HTML may hold, and what each name in a source becomes under which
// policy. Attributes are checked where elements are read: sanitize_comment.cc and
// sanitize_author.cc.
#pragma once

#include <cstdint>
#include <string_view>

namespace daybook::text {

enum class Tag : std::uint8_t {
  kUnknown,      // the tag goes or is shown, its content stays
  kDropContent,  // the tag goes with its content
  kEmbed,        // embed, object: becomes a link
  // Inline elements
  kA,
  kAbbr,
  kAcronym,
  kB,
  kBdi,
  kBdo,
  kCite,
  kCode,
  kDel,
  kDfn,
  kEm,
  kI,
  kIns,
  kKbd,
  kMark,
  kQ,
  kS,
  kSamp,
  kSmall,
  kSpan,
  kStrike,
  kStrong,
  kSub,
  kSup,
  kTime,
  kU,
  kVar,
  // Inline elements without content of their own to judge
  kBr,
  kImg,
  kWbr,
  kAudio,
  kVideo,
  kIframe,
  // Parts of audio and video
  kSource,
  kTrack,
  // Blocks
  kBlockquote,
  kCaption,
  kDd,
  kDetails,
  kDiv,
  kDl,
  kDt,
  kFigcaption,
  kFigure,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHr,
  kLi,
  kOl,
  kP,
  kPre,
  kSummary,
  kTable,
  kTbody,
  kTd,
  kTfoot,
  kTh,
  kThead,
  kTr,
  kUl,
};

// The element's name, lower case.
[[nodiscard]] std::string_view NameOf(Tag tag);

constexpr bool IsInline(Tag tag) { return tag >= Tag::kA && tag <= Tag::kVar; }
constexpr bool IsBlock(Tag tag) { return tag >= Tag::kBlockquote; }
constexpr bool IsHeading(Tag tag) { return tag >= Tag::kH1 && tag <= Tag::kH6; }

// What a lower-case element name becomes: the limited HTML of comments,
[[nodiscard]] Tag CommentTag(std::string_view name);
// HTML rendered from a reader's Markdown (kDropContent is not used; kUnknown is shown unless
// IsMarkdownOutput),
[[nodiscard]] Tag RenderedCommentTag(std::string_view name);
[[nodiscard]] bool IsMarkdownOutput(std::string_view name);
// and an author's HTML: obsolete names map to modern elements.
[[nodiscard]] Tag AuthorTag(std::string_view name);

}  // namespace daybook::text
