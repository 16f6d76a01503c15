// The stack machine that keeps HTML valid. See html_builder.h; the content models are HTML's.
#include "text/html_builder.h"

#include <algorithm>
#include <utility>

#include "text/html_clean.h"
#include "text/html_escape.h"

namespace daybook::text {
namespace {

constexpr size_t kNone = static_cast<size_t>(-1);
constexpr size_t kMaxBlocks = 64;
constexpr size_t kMaxInlines = 32;

// Block::state
enum TableState : std::uint8_t { kNothing, kHadCaption, kHadHead, kHadRows, kHadFoot };
enum DescriptionState : std::uint8_t { kBegun, kAfterTerm, kAfterDescription };
enum FigureState : std::uint8_t { kEmptyFigure, kContentFirst, kCaptionFirst, kCaptionLast };
enum DetailsState : std::uint8_t { kNoSummary, kHasSummary };
// tr: 1 once it has a cell

bool IsPhrasingOnly(Tag tag) { return IsHeading(tag) || tag == Tag::kPre || tag == Tag::kSummary; }

bool IsTablePart(Tag tag) {
  return tag == Tag::kCaption || tag == Tag::kThead || tag == Tag::kTbody || tag == Tag::kTfoot ||
         tag == Tag::kTr || tag == Tag::kTd || tag == Tag::kTh;
}

bool IsSection(Tag tag) { return tag == Tag::kThead || tag == Tag::kTbody || tag == Tag::kTfoot; }
bool IsCell(Tag tag) { return tag == Tag::kTd || tag == Tag::kTh; }

// How many blocks below it a block needs before text may stand there.
size_t DepthBelow(Tag tag) {
  if (tag == Tag::kTable) return 3;
  if (IsSection(tag)) return 2;
  return tag == Tag::kUl || tag == Tag::kOl || tag == Tag::kDl || tag == Tag::kTr ? 1 : 0;
}

}  // namespace

HtmlBuilder::HtmlBuilder(size_t source_size) : budget_(source_size + 1024) {
  out_.reserve(source_size + source_size / 8 + 64);
}

// ---- Inline ----

void HtmlBuilder::WriteEnd(Tag tag) { out_.append("</").append(NameOf(tag)).append(">"); }

// Closes the inline elements that are open in the output; they stay wanted.
void HtmlBuilder::Suspend() {
  while (written_ > 0) {
    --written_;
    if (!inlines_[written_].ghost) WriteEnd(inlines_[written_].tag);
  }
}

// Opens the first `count` of the wanted inline elements.
void HtmlBuilder::WriteInlines(size_t count) {
  while (written_ < std::min(count, inlines_.size())) {
    Inline& element = inlines_[written_];
    if (element.ghost) {
      ++written_;
      continue;
    }
    const size_t size = element.attributes.size() + 2 * NameOf(element.tag).size() + 5;
    if (element.shown) {
      if (size > budget_) {  // an attack, not a text: what repeats too much is dropped
        inlines_.erase(inlines_.begin() + static_cast<std::ptrdiff_t>(written_));
        --count;
        continue;
      }
      budget_ -= size;
    }
    out_.append("<").append(NameOf(element.tag));
    if (!element.shown) out_.append(element.id);
    out_.append(element.attributes).append(">");
    element.shown = true;
    ++written_;
  }
}

// Makes the place fit for inline content and opens what is wanted around it.
void HtmlBuilder::Prepare(size_t count) {
  EnsureFlow();
  WriteInlines(count);
}

void HtmlBuilder::Text(std::string_view text) {
  // Elsewhere white space goes before what opens: `a<b> c` is `a <b>c`.
  if (!TopIs(Tag::kPre) && !InInline(Tag::kCode)) {
    size_t white = 0;
    while (white < text.size() && IsHtmlSpace(text[white])) ++white;
    out_.append(text.substr(0, white));
    text.remove_prefix(white);
  }
  if (text.empty()) return;
  Prepare();
  // A browser swallows a line feed after <pre>, one each time that it reads: none is left to it.
  if (TopIs(Tag::kPre) && out_.size() == top().inner) {
    text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
  }
  AppendEscapedText(text, out_);
}

void HtmlBuilder::InlineHtml(std::string_view html) {
  Prepare();
  out_.append(html);
}

void HtmlBuilder::OpenInline(Tag tag, std::string attributes, std::string id) {
  if (inlines_.size() >= kMaxInlines) return;
  inlines_.push_back({tag, false, false, blocks_.size(), std::move(id), std::move(attributes)});
}

void HtmlBuilder::CloseInline(Tag tag, bool keep_empty) {
  size_t at = inlines_.size();
  while (at > 0 && (inlines_[at - 1].tag != tag || inlines_[at - 1].ghost)) --at;
  if (at == 0) return;
  --at;
  if (!inlines_[at].shown && (keep_empty || !inlines_[at].id.empty())) {
    Prepare(keep_empty ? inlines_.size() : at + 1);
  }
  // Prepare may have dropped elements; the wanted one is the last of its kind still.
  at = inlines_.size();
  while (at > 0 && (inlines_[at - 1].tag != tag || inlines_[at - 1].ghost)) --at;
  if (at == 0) return;
  --at;
  while (written_ > at) {
    --written_;
    if (!inlines_[written_].ghost) WriteEnd(inlines_[written_].tag);
  }
  inlines_.erase(inlines_.begin() + static_cast<std::ptrdiff_t>(at));
}

void HtmlBuilder::EndAll(Tag tag) {
  while (InInline(tag)) CloseInline(tag, false);
}

bool HtmlBuilder::InInline(Tag tag) const {
  return std::any_of(inlines_.begin(), inlines_.end(),
                     [&](const Inline& element) { return element.tag == tag && !element.ghost; });
}

bool HtmlBuilder::IsUnwritten(Tag tag) const {
  for (size_t i = inlines_.size(); i > 0; --i) {
    if (inlines_[i - 1].tag == tag && !inlines_[i - 1].ghost) return !inlines_[i - 1].shown;
  }
  return false;
}

bool HtmlBuilder::InBlock(Tag tag) const { return FindBlock(tag, true) != kNone; }
bool HtmlBuilder::TopIs(Tag tag) const { return !blocks_.empty() && blocks_.back().tag == tag; }

// ---- Blocks ----

void HtmlBuilder::Push(Tag tag, std::string_view attributes, bool implied, Tag source) {
  Suspend();
  const size_t begin = out_.size();
  out_.append("<").append(NameOf(tag)).append(attributes).append(">");
  blocks_.push_back({tag, source, implied, 0, begin, out_.size(), kNone, kNone});
}

void HtmlBuilder::Pop() {
  Suspend();
  const Block block = top();
  if (block.tag == Tag::kTr && block.state == 0) out_ += "<td></td>";
  if (block.tag == Tag::kDl && block.state == kAfterTerm) out_ += "<dd></dd>";
  if (block.tag == Tag::kDetails && block.state == kNoSummary) {
    Unfold(top());
    WriteEnd(Tag::kDiv);
  } else {
    if (block.tag == Tag::kTfoot && blocks_.size() > 1)
      blocks_[blocks_.size() - 2].foot_end = out_.size();
    WriteEnd(block.tag);
  }
  blocks_.pop_back();
  // What began in a paragraph goes on after it, as in a browser; what began in another block ends.
  while (!inlines_.empty() && inlines_.back().level > blocks_.size() &&
         (block.tag != Tag::kP || inlines_.back().ghost)) {
    inlines_.pop_back();
  }
  for (Inline& element : inlines_) element.level = std::min(element.level, blocks_.size());
}

void HtmlBuilder::PopTo(size_t count) {
  while (blocks_.size() > count) Pop();
}

// The innermost block of that kind; a cell's content does not see past the cell's table.
size_t HtmlBuilder::FindBlock(Tag tag, bool crossing_cells) const {
  for (size_t i = blocks_.size(); i > 0; --i) {
    const Tag here = blocks_[i - 1].tag;
    if (blocks_[i - 1].source == tag) return i - 1;
    if (!crossing_cells && (here == Tag::kTable || IsCell(here) || here == Tag::kCaption))
      return kNone;
  }
  return kNone;
}

size_t HtmlBuilder::NearestTable() const { return FindBlock(Tag::kTable, true); }

// A table's <tfoot> must be its last part: where rows follow after all, it was a <tbody>.
void HtmlBuilder::RowsFollow(Block& table) {
  if (table.state == kHadFoot && table.foot_begin != kNone) {
    out_.replace(table.foot_begin + 1, 5, "tbody");
    if (table.foot_end != kNone) out_.replace(table.foot_end + 2, 5, "tbody");
    table.foot_begin = table.foot_end = kNone;
  }
  table.state = kHadRows;
}

// Without a summary nobody could open it with understanding: what is in it stands open.
void HtmlBuilder::Unfold(Block& details) {
  const size_t name = details.begin + 1;
  constexpr std::string_view kOpen = "details open";  // the order in which OpenBlock is called
  const bool open = std::string_view(out_).substr(name, kOpen.size()) == kOpen;
  out_.replace(name, open ? kOpen.size() : NameOf(Tag::kDetails).size(), NameOf(Tag::kDiv));
  details.tag = Tag::kDiv;
}

// Opens or closes blocks until text and inline elements may stand here.
void HtmlBuilder::EnsureFlow() {
  while (!blocks_.empty()) {
    Block& block = top();
    switch (block.tag) {
      case Tag::kUl:
      case Tag::kOl:
        if (block.implied)
          Pop();
        else
          Push(Tag::kLi, "", true);
        break;
      case Tag::kDl:
        if (block.implied) {
          Pop();
          break;
        }
        if (block.state == kBegun) out_ += "<dt></dt>";
        block.state = kAfterDescription;
        Push(Tag::kDd, "", true);
        break;
      case Tag::kTable:
        RowsFollow(block);
        Push(Tag::kTr, "", true);
        break;
      case Tag::kThead:
      case Tag::kTbody:
      case Tag::kTfoot:
        Push(Tag::kTr, "", true);
        break;
      case Tag::kTr:
        block.state = 1;
        Push(Tag::kTd, "", true);
        break;
      case Tag::kDetails:
        if (block.state == kNoSummary) {
          Unfold(block);
        }
        return;
      case Tag::kFigure:
        if (block.state == kCaptionLast) {
          Pop();
          break;
        }
        if (block.state == kEmptyFigure) block.state = kContentFirst;
        return;
      default:
        return;
    }
  }
}

// A block's tag that is ignored where it stands still separates words and takes its end tag with
// it.
void HtmlBuilder::Ghost(Tag tag) {
  if (!out_.empty() && out_.back() != ' ' && out_.back() != '\n' && out_.back() != '>') out_ += ' ';
  if (inlines_.size() < kMaxInlines) inlines_.push_back({tag, true, false, blocks_.size(), {}, {}});
}

// In headings, <pre> and <summary>, where no block may stand: small ones are ignored, others end
// it.
bool HtmlBuilder::IgnoreInPhrasing(Tag tag) {
  if (TopIs(Tag::kP)) Pop();
  while (!blocks_.empty() && IsPhrasingOnly(top().tag)) {
    const bool heading = IsHeading(tag) && top().tag == Tag::kSummary;
    if (tag == Tag::kP || tag == Tag::kDiv || heading) {
      Ghost(tag);
      return true;
    }
    Pop();
  }
  if (IsHeading(tag) && FindBlock(Tag::kDt, false) != kNone) {
    Ghost(tag);
    return true;
  }
  return false;
}

bool HtmlBuilder::OpenBlock(Tag tag, std::string_view attributes) {
  if (IsTablePart(tag)) {
    OpenTablePart(tag, attributes);
    return true;
  }
  if (blocks_.size() + DepthBelow(tag) >= kMaxBlocks) return false;
  if (tag == Tag::kLi) {
    OpenListItem(attributes);
    return true;
  }
  if (tag == Tag::kDt || tag == Tag::kDd) {
    OpenDescription(tag, attributes);
    return true;
  }
  if (IgnoreInPhrasing(tag)) return false;
  if (tag == Tag::kFigcaption || tag == Tag::kSummary) {
    OpenCaptionOf(tag, attributes);
    return true;
  }
  if (tag == Tag::kTable) {  // a caption holds no table
    const size_t caption = FindBlock(Tag::kCaption, true);
    if (caption != kNone && caption > NearestTable()) PopTo(caption);
  }
  EnsureFlow();
  if (blocks_.size() + DepthBelow(tag) >= kMaxBlocks) return false;
  Push(tag, attributes, false);
  if (tag == Tag::kHr) {
    blocks_.pop_back();
    for (Inline& element : inlines_) element.level = std::min(element.level, blocks_.size());
  }
  return true;
}

void HtmlBuilder::OpenCaptionOf(Tag tag, std::string_view attributes) {
  if (!blocks_.empty() && tag == Tag::kFigcaption && top().tag == Tag::kFigure &&
      top().state <= kContentFirst) {
    top().state = top().state == kEmptyFigure ? kCaptionFirst : kCaptionLast;
    return Push(tag, attributes, false);
  }
  if (!blocks_.empty() && tag == Tag::kSummary && top().tag == Tag::kDetails &&
      top().state == kNoSummary) {
    top().state = kHasSummary;
    return Push(tag, attributes, false);
  }
  EnsureFlow();
  if (blocks_.size() < kMaxBlocks) Push(Tag::kDiv, attributes, false, tag);
}

void HtmlBuilder::OpenListItem(std::string_view attributes) {
  // As in a browser: an item closes an open one, but not through another kind of block.
  for (size_t i = blocks_.size(); i > 0; --i) {
    const Tag here = blocks_[i - 1].tag;
    if (here == Tag::kUl || here == Tag::kOl) {
      PopTo(i);
      return Push(Tag::kLi, attributes, false);
    }
    if (here != Tag::kLi && here != Tag::kP && here != Tag::kDiv && !IsPhrasingOnly(here)) break;
  }
  if (IgnoreInPhrasing(Tag::kUl)) return;
  EnsureFlow();
  if (blocks_.size() + 1 >= kMaxBlocks) return;
  Push(Tag::kUl, "", true);
  Push(Tag::kLi, attributes, false);
}

void HtmlBuilder::OpenDescription(Tag tag, std::string_view attributes) {
  size_t list = kNone;
  for (size_t i = blocks_.size(); i > 0 && list == kNone; --i) {
    const Tag here = blocks_[i - 1].tag;
    if (here == Tag::kDl) list = i;
    if (here != Tag::kDl && here != Tag::kDt && here != Tag::kDd && here != Tag::kP &&
        here != Tag::kDiv && !IsPhrasingOnly(here)) {
      break;
    }
  }
  if (list != kNone) {
    PopTo(list);
  } else {
    if (IgnoreInPhrasing(Tag::kDl)) return;
    EnsureFlow();
    if (blocks_.size() + 1 >= kMaxBlocks) return;
    Push(Tag::kDl, "", true);
  }
  if (tag == Tag::kDd && top().state == kBegun) out_ += "<dt></dt>";
  top().state = tag == Tag::kDt ? kAfterTerm : kAfterDescription;
  Push(tag, attributes, false);
}

void HtmlBuilder::OpenTablePart(Tag tag, std::string_view attributes) {
  const size_t table = NearestTable();
  if (table == kNone) {
    if (!out_.empty() && !IsHtmlSpace(out_.back()) && out_.back() != '>') out_ += ' ';
    return;
  }
  if (tag == Tag::kCaption) {
    if (blocks_[table].state != kNothing) return;
    PopTo(table + 1);
    top().state = kHadCaption;
    return Push(tag, attributes, false);
  }
  if (IsSection(tag)) {
    PopTo(table + 1);
    Block& owner = top();
    if (tag == Tag::kThead && owner.state < kHadHead) {
      owner.state = kHadHead;
      return Push(tag, attributes, false);
    }
    RowsFollow(owner);
    if (tag == Tag::kTfoot) {
      owner.state = kHadFoot;
      Suspend();
      owner.foot_begin = out_.size();
      owner.foot_end = kNone;
      return Push(tag, attributes, false);
    }
    return Push(Tag::kTbody, attributes, false, tag);
  }
  size_t holder = table;  // the innermost section or row of this table
  for (size_t i = table + 1; i < blocks_.size(); ++i) {
    if (IsSection(blocks_[i].tag) || (IsCell(tag) && blocks_[i].tag == Tag::kTr)) holder = i;
  }
  PopTo(holder + 1);
  if (tag == Tag::kTr || top().tag != Tag::kTr) {
    if (top().tag == Tag::kTable) RowsFollow(top());
    Push(Tag::kTr, tag == Tag::kTr ? attributes : std::string_view(), tag != Tag::kTr);
  }
  if (tag == Tag::kTr) return;
  top().state = 1;
  Push(tag, attributes, false);
}

void HtmlBuilder::CloseBlock(Tag tag) {
  for (size_t i = inlines_.size(); i > 0; --i) {  // an ignored start tag takes its end tag
    if (inlines_[i - 1].ghost && inlines_[i - 1].level == blocks_.size() &&
        inlines_[i - 1].tag == tag) {
      if (written_ >= i) --written_;
      inlines_.erase(inlines_.begin() + static_cast<std::ptrdiff_t>(i - 1));
      if (!out_.empty() && !IsHtmlSpace(out_.back()) && out_.back() != '>') out_ += ' ';
      return;
    }
  }
  size_t found = kNone;
  if (IsHeading(tag)) {
    for (size_t i = blocks_.size(); i > 0 && found == kNone; --i) {
      if (IsHeading(blocks_[i - 1].tag)) found = i - 1;
    }
  } else if (tag == Tag::kLi) {
    for (size_t i = blocks_.size(); i > 0 && found == kNone; --i) {
      const Tag here = blocks_[i - 1].tag;
      if (here == Tag::kLi) found = i - 1;
      if (here == Tag::kUl || here == Tag::kOl || here == Tag::kTable) break;
    }
  } else {
    found = FindBlock(tag, IsTablePart(tag) || tag == Tag::kTable);
    // Parts belong to the innermost table only.
    if (found != kNone && IsTablePart(tag) && found < NearestTable()) found = kNone;
  }
  if (found != kNone) PopTo(found);
}

std::string HtmlBuilder::Finish() {
  PopTo(0);
  Suspend();
  inlines_.clear();
  return std::move(out_);
}

}  // namespace daybook::text
