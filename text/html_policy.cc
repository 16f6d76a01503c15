// The tables of names. See html_policy.h.
#include "text/html_policy.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace daybook::text {
namespace {

struct Named {
  std::string_view name;
  Tag tag;
};

template <size_t kSize>
constexpr bool IsSorted(const std::array<Named, kSize>& table) {
  return std::is_sorted(table.begin(), table.end(),
                        [](const Named& a, const Named& b) { return a.name < b.name; });
}

template <size_t kSize>
Tag Look(const std::array<Named, kSize>& table, std::string_view name) {
  const auto found =
      std::lower_bound(table.begin(), table.end(), name,
                       [](const Named& a, std::string_view b) { return a.name < b; });
  return found != table.end() && found->name == name ? found->tag : Tag::kUnknown;
}

constexpr auto kComment = std::to_array<Named>({
    {"a", Tag::kA},
    {"abbr", Tag::kAbbr},
    {"acronym", Tag::kAcronym},
    {"b", Tag::kB},
    {"blockquote", Tag::kBlockquote},
    {"code", Tag::kCode},
    {"em", Tag::kEm},
    {"i", Tag::kI},
    {"strike", Tag::kStrike},
    {"strong", Tag::kStrong},
});

constexpr auto kRendered = std::to_array<Named>({
    {"a", Tag::kA},
    {"abbr", Tag::kAbbr},
    {"acronym", Tag::kAcronym},
    {"b", Tag::kB},
    {"blockquote", Tag::kBlockquote},
    {"br", Tag::kBr},
    {"code", Tag::kCode},
    {"del", Tag::kStrike},
    {"em", Tag::kEm},
    {"h1", Tag::kP},
    {"h2", Tag::kP},
    {"h3", Tag::kP},
    {"h4", Tag::kP},
    {"h5", Tag::kP},
    {"h6", Tag::kP},
    {"i", Tag::kI},
    {"img", Tag::kImg},
    {"li", Tag::kLi},
    {"ol", Tag::kOl},
    {"p", Tag::kP},
    {"pre", Tag::kPre},
    {"strike", Tag::kStrike},
    {"strong", Tag::kStrong},
    {"tr", Tag::kP},
    {"ul", Tag::kUl},
});

// What Markdown makes that comments do not have: gone without a trace.
constexpr auto kMarkdownOutput = std::to_array<std::string_view>(
    {"hr", "input", "section", "sup", "table", "tbody", "td", "th", "thead"});

constexpr auto kAuthor = std::to_array<Named>({
    {"a", Tag::kA},
    {"abbr", Tag::kAbbr},
    {"acronym", Tag::kAbbr},
    {"address", Tag::kDiv},
    {"applet", Tag::kUnknown},
    {"article", Tag::kDiv},
    {"aside", Tag::kDiv},
    {"audio", Tag::kAudio},
    {"b", Tag::kB},
    {"bdi", Tag::kBdi},
    {"bdo", Tag::kBdo},
    {"blockquote", Tag::kBlockquote},
    {"br", Tag::kBr},
    {"caption", Tag::kCaption},
    {"center", Tag::kDiv},
    {"cite", Tag::kCite},
    {"code", Tag::kCode},
    {"datalist", Tag::kDropContent},
    {"dd", Tag::kDd},
    {"del", Tag::kDel},
    {"details", Tag::kDetails},
    {"dfn", Tag::kDfn},
    {"dialog", Tag::kDiv},
    {"dir", Tag::kUl},
    {"div", Tag::kDiv},
    {"dl", Tag::kDl},
    {"dt", Tag::kDt},
    {"em", Tag::kEm},
    {"embed", Tag::kEmbed},
    {"fieldset", Tag::kDiv},
    {"figcaption", Tag::kFigcaption},
    {"figure", Tag::kFigure},
    {"footer", Tag::kDiv},
    {"form", Tag::kDiv},
    {"h1", Tag::kH1},
    {"h2", Tag::kH2},
    {"h3", Tag::kH3},
    {"h4", Tag::kH4},
    {"h5", Tag::kH5},
    {"h6", Tag::kH6},
    {"header", Tag::kDiv},
    {"hgroup", Tag::kDiv},
    {"hr", Tag::kHr},
    {"i", Tag::kI},
    {"iframe", Tag::kIframe},
    {"image", Tag::kImg},
    {"img", Tag::kImg},
    {"ins", Tag::kIns},
    {"kbd", Tag::kKbd},
    {"legend", Tag::kP},
    {"li", Tag::kLi},
    {"listing", Tag::kPre},
    {"main", Tag::kDiv},
    {"mark", Tag::kMark},
    {"math", Tag::kDropContent},
    {"menu", Tag::kUl},
    {"nav", Tag::kDiv},
    {"noembed", Tag::kDropContent},
    {"noframes", Tag::kDropContent},
    {"object", Tag::kEmbed},
    {"ol", Tag::kOl},
    {"p", Tag::kP},
    {"pre", Tag::kPre},
    {"q", Tag::kQ},
    {"s", Tag::kS},
    {"samp", Tag::kSamp},
    {"script", Tag::kDropContent},
    {"search", Tag::kDiv},
    {"section", Tag::kDiv},
    {"select", Tag::kDropContent},
    {"small", Tag::kSmall},
    {"source", Tag::kSource},
    {"span", Tag::kSpan},
    {"strike", Tag::kS},
    {"strong", Tag::kStrong},
    {"style", Tag::kDropContent},
    {"sub", Tag::kSub},
    {"summary", Tag::kSummary},
    {"sup", Tag::kSup},
    {"svg", Tag::kDropContent},
    {"table", Tag::kTable},
    {"tbody", Tag::kTbody},
    {"td", Tag::kTd},
    {"template", Tag::kDropContent},
    {"tfoot", Tag::kTfoot},
    {"th", Tag::kTh},
    {"thead", Tag::kThead},
    {"time", Tag::kTime},
    {"title", Tag::kDropContent},
    {"tr", Tag::kTr},
    {"track", Tag::kTrack},
    {"tt", Tag::kCode},
    {"u", Tag::kU},
    {"ul", Tag::kUl},
    {"var", Tag::kVar},
    {"video", Tag::kVideo},
    {"wbr", Tag::kWbr},
    {"xmp", Tag::kPre},
});

static_assert(IsSorted(kComment) && IsSorted(kRendered) && IsSorted(kAuthor));
static_assert(std::is_sorted(kMarkdownOutput.begin(), kMarkdownOutput.end()));

constexpr auto kNames = std::to_array<std::string_view>({
    "",       "",        "",        "a",      "abbr",   "acronym",    "b",          "bdi",
    "bdo",    "cite",    "code",    "del",    "dfn",    "em",         "i",          "ins",
    "kbd",    "mark",    "q",       "s",      "samp",   "small",      "span",       "strike",
    "strong", "sub",     "sup",     "time",   "u",      "var",        "br",         "img",
    "wbr",    "audio",   "video",   "iframe", "source", "track",      "blockquote", "caption",
    "dd",     "details", "div",     "dl",     "dt",     "figcaption", "figure",     "h1",
    "h2",     "h3",      "h4",      "h5",     "h6",     "hr",         "li",         "ol",
    "p",      "pre",     "summary", "table",  "tbody",  "td",         "tfoot",      "th",
    "thead",  "tr",      "ul",
});
static_assert(kNames.size() == static_cast<size_t>(Tag::kUl) + 1);

}  // namespace

std::string_view NameOf(Tag tag) { return kNames[static_cast<size_t>(tag)]; }
Tag CommentTag(std::string_view name) { return Look(kComment, name); }
Tag RenderedCommentTag(std::string_view name) { return Look(kRendered, name); }
Tag AuthorTag(std::string_view name) { return Look(kAuthor, name); }

bool IsMarkdownOutput(std::string_view name) {
  return std::binary_search(kMarkdownOutput.begin(), kMarkdownOutput.end(), name);
}

}  // namespace daybook::text
