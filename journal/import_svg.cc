// One pass over the XML; whatever is not on the list of drawing elements is a refusal.
#include "journal/import_svg.h"

#include <algorithm>
#include <set>
#include <string>

#include "journal/import_xml.h"

namespace daybook::journal {
namespace {

constexpr std::size_t kMaxBytes = 4u << 20;

bool IsDrawing(std::string_view element) {
  static const std::set<std::string, std::less<>> kElements = {"svg",
                                                               "g",
                                                               "defs",
                                                               "symbol",
                                                               "use",
                                                               "title",
                                                               "desc",
                                                               "metadata",
                                                               "path",
                                                               "rect",
                                                               "circle",
                                                               "ellipse",
                                                               "line",
                                                               "polyline",
                                                               "polygon",
                                                               "text",
                                                               "tspan",
                                                               "textPath",
                                                               "linearGradient",
                                                               "radialGradient",
                                                               "stop",
                                                               "pattern",
                                                               "clipPath",
                                                               "mask",
                                                               "marker",
                                                               "filter",
                                                               "feBlend",
                                                               "feColorMatrix",
                                                               "feComponentTransfer",
                                                               "feComposite",
                                                               "feConvolveMatrix",
                                                               "feDiffuseLighting",
                                                               "feDisplacementMap",
                                                               "feDistantLight",
                                                               "feDropShadow",
                                                               "feFlood",
                                                               "feFuncA",
                                                               "feFuncB",
                                                               "feFuncG",
                                                               "feFuncR",
                                                               "feGaussianBlur",
                                                               "feMerge",
                                                               "feMergeNode",
                                                               "feMorphology",
                                                               "feOffset",
                                                               "fePointLight",
                                                               "feSpecularLighting",
                                                               "feSpotLight",
                                                               "feTile",
                                                               "feTurbulence"};
  return kElements.contains(element);
}

std::string Lower(std::string_view s) {
  std::string out;
  for (char c : s) {
    if (static_cast<unsigned char>(c) > ' ')
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

// "900", "900px", "12.5"; 0 for anything else.
int Pixels(std::string_view s) {
  double value = 0, place = 1;
  std::size_t i = 0;
  bool point = false;
  for (; i < s.size() && ((s[i] >= '0' && s[i] <= '9') || (s[i] == '.' && !point)); ++i) {
    if (s[i] == '.') {
      point = true;
    } else if (point) {
      value += (s[i] - '0') * (place /= 10);
    } else if (value < 1e6) {
      value = value * 10 + (s[i] - '0');
    }
  }
  if (i == 0 || (s.substr(i) != "" && s.substr(i) != "px") || value < 1 || value > 65535) return 0;
  return static_cast<int>(value + 0.5);
}

class Judge : public XmlSink {
 public:
  void Start(std::string_view name, const char** attributes) override {
    if (first_ && name != "svg") safe = false;
    if (first_) TakeSize(attributes);
    first_ = false;
    if (!IsDrawing(name)) safe = false;
    for (; *attributes != nullptr; attributes += 2) {
      const std::string attribute = Lower(attributes[0]), value = Lower(attributes[1]);
      if (attribute.starts_with("on") || attribute == "xml:base") safe = false;
      if (attribute == "xmlns" && value != "http://www.w3.org/2000/svg") safe = false;
      // Another name for a namespace could bring elements under a name that is not looked at.
      if (attribute.starts_with("xmlns:") && value != "http://www.w3.org/1999/xlink") safe = false;
      if ((attribute == "href" || attribute == "xlink:href") && !value.starts_with('#'))
        safe = false;
      for (std::size_t at = 0; (at = value.find("url(", at)) != std::string::npos; at += 4) {
        if (value.compare(at + 4, 1, "#") != 0 && value.compare(at + 4, 2, "'#") != 0 &&
            value.compare(at + 4, 2, "\"#") != 0)
          safe = false;
      }
      for (std::string_view word :
           {"javascript:", "expression(", "@import", "image(", "image-set(", "\\"}) {
        if (value.find(word) != std::string::npos) safe = false;
      }
    }
  }
  void End(std::string_view) override {}
  void Text(std::string_view) override {}

  bool safe = true;
  int width = 0, height = 0;

 private:
  void TakeSize(const char** attributes) {
    width = Pixels(XmlAttribute(attributes, "width"));
    height = Pixels(XmlAttribute(attributes, "height"));
    if (width != 0 && height != 0) return;
    width = height = 0;
    std::string_view box = XmlAttribute(attributes, "viewBox");
    int numbers[4] = {0, 0, 0, 0};
    for (int& number : numbers) {
      box.remove_prefix(std::min(box.size(), box.find_first_not_of(" ,\t\n")));
      const std::size_t end = std::min(box.find_first_of(" ,\t\n"), box.size());
      number = Pixels(box.substr(0, end));
      box.remove_prefix(end);
    }
    if (numbers[2] == 0 || numbers[3] == 0) return;
    width = numbers[2];
    height = numbers[3];
  }

  bool first_ = true;
};

}  // namespace

SvgFacts LookAtSvg(std::string_view svg) {
  if (svg.size() > kMaxBytes) return {};
  const std::size_t start = svg.find('<');
  // The declaration is the only thing between <? and ?> that draws nothing.
  for (std::size_t at = 0; (at = svg.find("<?", at)) != std::string_view::npos; ++at) {
    if (at != start || !svg.substr(at).starts_with("<?xml ")) return {};
  }
  Judge judge;
  XmlReader reader;
  try {
    reader.Parse(judge, svg, 1);
  } catch (const ImportTrouble&) {
    return {};
  }
  return {judge.safe, judge.width, judge.height};
}

}  // namespace daybook::journal
