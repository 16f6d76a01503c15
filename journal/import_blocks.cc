// One pass over a body's comments; blocks that mean something become HTML on the way.
#include "journal/import_blocks.h"
#include "journal/import_report.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "text/html_escape.h"
#include "text/paragraphs.h"

namespace daybook::journal {
namespace {

using Json = nlohmann::ordered_json;
using Reusable = std::function<std::string(const std::string&)>;

constexpr int kMaxNesting = 4;                // of reusable blocks in reusable blocks
constexpr std::size_t kMaxGrowth = 4u << 20;  // bytes that reusable blocks may add to one body

bool IsBlank(std::string_view s) {
  return s.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string_view Trim(std::string_view s) {
  const std::size_t first = s.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

struct Marker {
  std::size_t begin = 0, end = 0;  // of the comment in the body
  bool closes = false, alone = false;
  std::string name;
  std::string_view attributes;
};

// The next block comment at or after `from`; false at the end.
bool NextMarker(std::string_view body, std::size_t from, Marker& marker) {
  while (true) {
    const std::size_t begin = body.find("<!--", from);
    if (begin == std::string_view::npos) return false;
    const std::size_t end = body.find("-->", begin + 4);
    if (end == std::string_view::npos) return false;
    std::string_view inside = Trim(body.substr(begin + 4, end - begin - 4));
    marker = {begin, end + 3, false, false, {}, {}};
    if (inside.starts_with("/wp:")) {
      marker.closes = true;
      inside.remove_prefix(1);
    }
    if (!inside.starts_with("wp:")) {
      from = end + 3;
      continue;
    }
    inside.remove_prefix(3);
    if (inside.ends_with('/')) {
      marker.alone = !marker.closes;
      inside.remove_suffix(1);
    }
    const std::size_t name_end = inside.find_first_of(" \t\r\n{");
    marker.name = inside.substr(0, name_end);
    if (marker.name.starts_with("core/")) marker.name.erase(0, 5);
    if (name_end != std::string_view::npos) marker.attributes = Trim(inside.substr(name_end));
    return true;
  }
}

std::string StringOf(const Json& attributes, const char* key) {
  const auto found = attributes.is_object() ? attributes.find(key) : attributes.end();
  if (!attributes.is_object() || found == attributes.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number_integer()) return std::to_string(found->get<std::int64_t>());
  return {};
}

std::string LinkTo(const std::string& url) {
  return "<p><a href=\"" + text::EscapeHtml(url) + "\">" + text::EscapeHtml(url) + "</a></p>";
}

// The address that stands alone in an embed's wrapper becomes a link. What is there is HTML
// already.
std::string WithEmbedLink(std::string html) {
  constexpr std::string_view kWrapper = "wp-block-embed__wrapper";
  const std::size_t wrapper = html.find(kWrapper);
  if (wrapper == std::string::npos) return html;
  const std::size_t from = html.find('>', wrapper);
  if (from == std::string::npos) return html;
  const std::size_t to = html.find('<', from);
  if (to == std::string::npos) return html;
  const std::string url(Trim(std::string_view(html).substr(from + 1, to - from - 1)));
  if (!url.starts_with("http") || url.find_first_of(" \n\"'") != std::string::npos) return html;
  return html.replace(from + 1, to - from - 1, "<a href=\"" + url + "\">" + url + "</a>");
}

class Converter {
 public:
  Converter(const Reusable& reusable, std::map<std::string, std::int64_t>& dropped)
      : reusable_(reusable), dropped_(dropped) {}

  std::string Convert(std::string_view body, int nesting) {
    std::vector<Open> open(1);
    Marker marker;
    std::size_t at = 0;
    while (NextMarker(body, at, marker)) {
      AddText(open, body.substr(at, marker.begin - at));
      at = marker.end;
      if (marker.alone) {
        open.back().html += Alone(marker, nesting);
      } else if (!marker.closes) {
        if (open.size() < 200) open.push_back({marker.name, std::string(marker.attributes), {}});
      } else if (open.size() > 1 && open.back().name == marker.name) {
        Close(open);
      }
    }
    AddText(open, body.substr(at));
    while (open.size() > 1) Close(open);
    return std::move(open.back().html);
  }

 private:
  struct Open {
    std::string name, attributes, html;
  };

  static void AddText(std::vector<Open>& open, std::string_view text) {
    if (open.size() > 1) {
      open.back().html += text;
    } else if (IsBlank(text)) {
      open.back().html += "\n\n";
    } else {
      open.back().html += text::AddParagraphs(text);
    }
  }

  static void Close(std::vector<Open>& open) {
    Open block = std::move(open.back());
    open.pop_back();
    std::string html = std::move(block.html);
    if (block.name == "embed" || block.name.starts_with("core-embed/") ||
        block.name == "social-links") {
      html = WithEmbedLink(std::move(html));
    } else if (block.name == "freeform") {
      html = text::AddParagraphs(html);
    } else if (block.name == "shortcode") {
      const std::string_view inner = Trim(html);
      constexpr std::string_view kKnown[] = {"[gallery", "[caption", "[wp_caption", "[embed",
                                             "[audio",   "[video",   "[playlist"};
      bool known = false;
      for (std::string_view name : kKnown) known = known || inner.starts_with(name);
      html = known ? "\n" + std::string(inner) + "\n" : "<p>" + std::string(inner) + "</p>";
    } else if (block.name == "cover" && html.find("<img") == std::string::npos &&
               html.find("<video") == std::string::npos) {
      const std::string url = StringOf(Json::parse(block.attributes, nullptr, false), "url");
      if (!url.empty())
        html = "<figure><img src=\"" + text::EscapeHtml(url) + "\" alt=\"\"></figure>" + html;
    }
    open.back().html += html;
  }

  std::string Alone(const Marker& marker, int nesting) {
    const Json attributes = Json::parse(marker.attributes, nullptr, false);
    if (marker.name == "block") {
      const std::string inner =
          nesting < kMaxNesting ? reusable_(StringOf(attributes, "ref")) : std::string();
      if (!inner.empty() && grown_ + inner.size() < kMaxGrowth) {
        grown_ += inner.size();
        return Convert(inner, nesting + 1);
      }
    } else if (marker.name == "gallery" && attributes.is_object() && attributes.contains("ids") &&
               attributes["ids"].is_array()) {
      std::string ids;
      for (const Json& id : attributes["ids"]) {
        if (!id.is_number_integer()) continue;
        ids += (ids.empty() ? "" : ",") + std::to_string(id.get<std::int64_t>());
      }
      if (!ids.empty()) return "\n[gallery ids=\"" + ids + "\"]\n";
    } else if (marker.name == "embed" || marker.name.starts_with("core-embed/")) {
      const std::string url = StringOf(attributes, "url");
      if (url.starts_with("http")) return LinkTo(url);
    } else if (marker.name == "more") {
      return "<!--more-->";
    } else if (marker.name == "nextpage") {
      return "<!--nextpage-->";
    } else if (marker.name == "separator") {
      return "<hr>";
    } else if (marker.name == "spacer" || marker.name == "paragraph" || marker.name == "freeform") {
      return {};
    }
    ++dropped_[Left("import.left.block", marker.name.substr(0, 60))];
    return {};
  }

  const Reusable& reusable_;
  std::map<std::string, std::int64_t>& dropped_;
  std::size_t grown_ = 0;
};

}  // namespace

bool HasBlocks(std::string_view body) { return body.find("<!-- wp:") != std::string_view::npos; }

std::string HtmlFromBlocks(std::string_view body, const Reusable& reusable,
                           std::map<std::string, std::int64_t>& dropped) {
  return Converter(reusable, dropped).Convert(body, 0);
}

}  // namespace daybook::journal
