// One pass over the tags: see letter.h.
#include "text/letter.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/html_tokenizer.h"

namespace daybook::text {
namespace {

template <std::size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}
constexpr std::array<std::string_view, 20> kBlocks = {
    "p",  "h1",      "h2",      "h3",         "h4",    "h5",    "h6",
    "ul", "ol",      "dl",      "blockquote", "pre",   "table", "figure",
    "hr", "details", "section", "article",    "aside", "header"};
constexpr std::array<std::string_view, 9> kLines = {"li", "tr",      "dt",         "dd",     "div",
                                                    "br", "summary", "figcaption", "caption"};
constexpr int kDeepest = 8;  // of marks that are shown

std::string_view Bare(std::string_view address) {
  for (const std::string_view scheme : {"https://", "http://", "mailto:"})
    if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
  if (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

class Writer {
 public:
  void Start(const HtmlToken& token) {
    const std::string& name = token.name;
    if (Break(name)) {
      if (name == "blockquote") ++quotes_;
      if (name == "pre") ++pre_;
      if (name == "ul") lists_.push_back(0);
      if (name == "ol") lists_.push_back(1);
      if (name == "li") BeginItem();
      if (name == "tr") first_cell_ = true;
      if (name == "hr") Words("* * *");
      if (name == "hr") breaks_ = 2;
    } else if (name == "td" || name == "th") {
      if (!first_cell_) Words(" | ");
      first_cell_ = false;
    } else if (name == "img") {
      if (const std::string alt = token.Value("alt"); !alt.empty()) Words("[" + alt + "]");
    } else if (name == "a") {
      link_ = token.Value("href");
      link_from_ = out_.size();
    }
  }

  void End(const HtmlToken& token) {
    const std::string& name = token.name;
    if (name == "a") {
      EndLink();
    } else if (Break(name)) {
      if (name == "blockquote" && quotes_ > 0) --quotes_;
      if (name == "pre" && pre_ > 0) --pre_;
      if ((name == "ul" || name == "ol") && !lists_.empty()) lists_.pop_back();
    }
  }

  void Words(std::string_view text) {
    for (const char c : text) {
      const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (pre_ > 0 && c == '\n') {
        breaks_ = std::min(breaks_ + 1, 2);
      } else if (space && pre_ == 0) {
        space_ = true;
      } else if (c != '\r') {
        if (pre_ == 0 || !space || breaks_ == 0)
          Put(c);
        else
          indent_ += c;
      }
    }
  }

  std::string Done() && { return std::move(out_); }

 private:
  // Whether the element stands on lines of its own.
  bool Break(std::string_view name) {
    const bool block = IsOneOf(name, kBlocks);
    if (!block && !IsOneOf(name, kLines)) return false;
    // A paragraph that an item or a quotation begins with stands beside its mark; a list in a list
    // follows at once.
    const bool tight = !lists_.empty() && name != "blockquote";
    if (!marked_) breaks_ = std::max(breaks_, block && !tight ? 2 : 1);
    space_ = false;
    return true;
  }

  void BeginItem() {
    std::string mark = "- ";
    if (!lists_.empty() && lists_.back() > 0) mark = std::to_string(lists_.back()++) + ". ";
    const auto depth = static_cast<int>(lists_.size()) - 1;
    for (int i = 0; i < std::min(depth, kDeepest); ++i) mark.insert(0, "  ");
    BeginLine();
    out_ += mark;
    marked_ = true;
  }

  void BeginLine() {
    if (breaks_ > 0 && !out_.empty()) {
      std::string quote;
      for (int i = 0; i < std::min(quotes_, kDeepest); ++i) quote += "> ";
      if (breaks_ > 1) {
        const int both = std::min(quotes_, last_quotes_);
        out_ += '\n';
        for (int i = 0; i < std::min(both, kDeepest); ++i) out_ += i == 0 ? ">" : " >";
      }
      out_ += '\n';
      out_ += quote;
    } else if (out_.empty()) {
      for (int i = 0; i < std::min(quotes_, kDeepest); ++i) out_ += "> ";
    }
    out_ += indent_;
    indent_.clear();
    breaks_ = 0;
    space_ = false;
    last_quotes_ = quotes_;
  }

  void Put(char c) {
    if (breaks_ > 0 || out_.empty()) {
      BeginLine();
    } else if (space_ && !marked_) {
      if (out_.back() != ' ') out_ += ' ';
    }
    space_ = marked_ = false;
    out_ += c;
  }

  void EndLink() {
    const std::string link = std::move(link_);
    link_.clear();
    if (!link.starts_with("http://") && !link.starts_with("https://") &&
        !link.starts_with("mailto:"))
      return;
    std::string_view shown = std::string_view(out_).substr(std::min(link_from_, out_.size()));
    while (!shown.empty() && (shown.front() == ' ' || shown.front() == '\n'))
      shown.remove_prefix(1);
    // An address that is written out is not written twice.
    if (shown.empty() || Bare(link) == Bare(shown)) return;
    space_ = true;
    for (const char c : "(" + link + ")") Put(c);
  }

  std::string out_, indent_, link_;
  std::size_t link_from_ = 0;
  std::vector<int> lists_;  // the next number of each; 0: no numbers
  int quotes_ = 0, last_quotes_ = 0, pre_ = 0;
  int breaks_ = 0;       // line ends before what comes next
  bool space_ = false;   // and a space
  bool marked_ = false;  // an item's mark was written last
  bool first_cell_ = true;
};

}  // namespace

std::string LetterText(const SafeHtml& html) {
  HtmlTokenizer tokenizer(html.view());
  HtmlToken token;
  Writer writer;
  while (tokenizer.Next(token)) {
    if (token.kind == HtmlTokenKind::kStartTag) writer.Start(token);
    if (token.kind == HtmlTokenKind::kEndTag) writer.End(token);
    if (token.kind == HtmlTokenKind::kText && !token.literal) writer.Words(token.Text());
  }
  return std::move(writer).Done();
}

}  // namespace daybook::text
