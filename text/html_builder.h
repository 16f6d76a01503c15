// Writes HTML that is well nested and valid inside a <div>, whatever order it is asked to write in:
// closes what must close, opens what must stand between, repairs crossed inline elements.
// It trusts its caller for names and attributes: those are judged in sanitize_*.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/html_policy.h"

namespace daybook::text {

// Blocks nest in blocks; inline elements are kept apart from them, on top of the innermost block.
// Where a block begins or ends, open inline elements are closed and opened again before the next
// text, so no inline element ever holds a block. Depth is bounded: what is deeper loses its tag,
// not its text.
class HtmlBuilder {
 public:
  // `source_size` bounds how much may be spent on opening inline elements again.
  explicit HtmlBuilder(size_t source_size);

  // Text, not yet escaped. White space alone opens nothing, except in code and pre.
  void Text(std::string_view text);
  // Inline HTML, escaped and valid in any inline place: links that linkify made, void elements.
  void InlineHtml(std::string_view html);

  // `attributes` is escaped and begins with a space, or is empty; `id` (an id attribute in the same
  // form) is written once even where the element must be written in several pieces.
  void OpenInline(Tag tag, std::string attributes, std::string id = {});
  // `keep_empty`: <b></b> is written although nothing stands in it.
  void CloseInline(Tag tag, bool keep_empty);
  // Ends and forgets every open element of that kind (no a in a).
  void EndAll(Tag tag);

  // <details>: `open`, if it has it, stands first.
  // Gives whether such a block was opened, not ignored.
  bool OpenBlock(Tag tag, std::string_view attributes);
  // Closes the innermost such block and what is in it; nothing where there is none.
  void CloseBlock(Tag tag);

  [[nodiscard]] bool InInline(Tag tag) const;  // open or to be opened again
  [[nodiscard]] bool IsUnwritten(
      Tag tag) const;                         // the last such inline element holds nothing so far
  [[nodiscard]] bool InBlock(Tag tag) const;  // at any depth
  [[nodiscard]] bool TopIs(Tag tag) const;    // the innermost block

  // Closes everything and gives the result.
  [[nodiscard]] std::string Finish();

 private:
  struct Block {
    Tag tag;
    Tag source;          // whose end tag closes it
    bool implied;        // made by us, ends by itself
    std::uint8_t state;  // by kind: see html_builder.cc
    size_t begin;        // of its start tag in out_
    size_t inner;        // after its start tag
    size_t foot_begin;   // table: where its last <tfoot and </tfoot stand
    size_t foot_end;
  };
  struct Inline {
    Tag tag;
    bool ghost;    // a block's tag that was ignored here: waits for its end tag
    bool shown;    // was written before
    size_t level;  // number of open blocks
    std::string id;
    std::string attributes;
  };

  Block& top() { return blocks_.back(); }
  void Push(Tag tag, std::string_view attributes, bool implied, Tag source);
  void Push(Tag tag, std::string_view attributes, bool implied) {
    Push(tag, attributes, implied, tag);
  }
  void Pop();
  void PopTo(size_t count);
  void EnsureFlow();
  void Prepare(size_t count);
  void Prepare() { Prepare(inlines_.size()); }
  void Suspend();
  void WriteInlines(size_t count);
  void Unfold(Block& details);
  void WriteEnd(Tag tag);
  bool IgnoreInPhrasing(Tag tag);
  void Ghost(Tag tag);
  void OpenTablePart(Tag tag, std::string_view attributes);
  void OpenListItem(std::string_view attributes);
  void OpenDescription(Tag tag, std::string_view attributes);
  void OpenCaptionOf(Tag tag, std::string_view attributes);
  void RowsFollow(Block& table);
  [[nodiscard]] size_t FindBlock(Tag tag, bool crossing_cells) const;
  [[nodiscard]] size_t NearestTable() const;

  std::string out_;
  std::vector<Block> blocks_;
  std::vector<Inline> inlines_;
  size_t written_ = 0;  // the first so many of inlines_ are open in out_
  size_t budget_;
};

}  // namespace daybook::text
