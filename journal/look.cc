// Colours, fonts and style sheets of look.h.
#include "journal/look.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "text/utf8.h"

namespace daybook::journal {
namespace {

// As in static/style.css; tests/look_test.cc holds them against it.
constexpr std::string_view kLight[] = {"#fcfbf8", "#211e1a", "#8a2b1d"};
constexpr std::string_view kDark[] = {"#171614", "#e9e4db", "#eca491"};

// In the order of Font, without what the theme has.
constexpr std::string_view kStacks[] = {
    "Charter,\"Bitstream Charter\",\"Sitka Text\",Cambria,Georgia,serif",
    "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif",
    "\"Iowan Old Style\",\"Palatino Linotype\",\"URW Palladio L\",P052,Palatino,serif",
    "Seravek,\"Gill Sans Nova\",Ubuntu,Calibri,\"DejaVu Sans\",source-sans-pro,sans-serif",
    "ui-monospace,\"Cascadia Code\",\"DejaVu Sans Mono\",Menlo,monospace"};

using Rgb = std::array<int, 3>;

Rgb Parse(std::string_view color) {
  Rgb rgb{};
  if (color.size() != 7) return rgb;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; };
  for (std::size_t i = 0; i < 3; ++i)
    rgb[i] = digit(color[1 + 2 * i]) * 16 + digit(color[2 + 2 * i]);
  return rgb;
}

std::string Mix(std::string_view from, std::string_view to, double part) {
  const Rgb a = Parse(from), b = Parse(to);
  char text[8];
  Rgb mixed{};
  for (std::size_t i = 0; i < 3; ++i)
    mixed[i] = std::clamp(static_cast<int>(std::lround(a[i] + (b[i] - a[i]) * part)), 0, 255);
  std::snprintf(text, sizeof text, "#%02x%02x%02x", static_cast<unsigned>(mixed[0]),
                static_cast<unsigned>(mixed[1]), static_cast<unsigned>(mixed[2]));
  return text;
}

double Luminance(std::string_view color) {
  constexpr double kWeights[] = {0.2126, 0.7152, 0.0722};
  const Rgb rgb = Parse(color);
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double c = rgb[i] / 255.0;
    sum += kWeights[i] * (c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
  }
  return sum;
}

struct Palette {
  std::string paper, ink, accent;
};

Palette PaletteOf(const Settings& s, bool dark) {
  const std::string_view* own = dark ? kDark : kLight;
  const auto or_own = [](const std::string& chosen, std::string_view theme) {
    return chosen.empty() ? std::string(theme) : chosen;
  };
  return {or_own(dark ? s.dark_paper : s.color_paper, own[0]),
          or_own(dark ? s.dark_ink : s.color_ink, own[1]),
          or_own(dark ? s.dark_accent : s.color_accent, own[2])};
}

// What lies between paper and ink follows them.
std::string ColorCss(const Settings& s, bool dark) {
  const bool ground =
      !(dark ? s.dark_paper : s.color_paper).empty() || !(dark ? s.dark_ink : s.color_ink).empty();
  const bool accent = !(dark ? s.dark_accent : s.color_accent).empty();
  if (!ground && !accent) return "";
  const Palette p = PaletteOf(s, dark);
  std::string css;
  const auto put = [&](std::string_view name, std::string_view value) {
    css.append("--").append(name).append(":").append(value).append(";");
  };
  if (ground) {
    put("paper", p.paper);
    put("ink", p.ink);
    put("soft", Mix(p.paper, p.ink, .76));
    put("edge", Mix(p.paper, p.ink, .55));
    put("rule", Mix(p.paper, p.ink, .15));
    put("wash", Mix(p.paper, p.ink, .05));
    put("field", dark ? Mix(p.paper, p.ink, .05) : Mix(p.paper, "#ffffff", .8));
  }
  if (accent) put("accent", p.accent);
  return "@media (prefers-color-scheme:" + std::string(dark ? "dark" : "light") + "){:root{" + css +
         "}}\n";
}

std::string_view Stack(Font font) {
  const auto n = static_cast<std::size_t>(font);
  return n == 0 || n > std::size(kStacks) ? "" : kStacks[n - 1];
}

bool IsHex(char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

}  // namespace

std::string LookCss(const Settings& settings) {
  std::string css = ColorCss(settings, false) + ColorCss(settings, true);
  if (const auto text = Stack(settings.font_text); !text.empty())
    css += "html{font-family:" + std::string(text) + "}\n";
  if (const auto headings = Stack(settings.font_headings); !headings.empty())
    css += "h1,h2,h3,h4,h5,h6,.title{font-family:" + std::string(headings) + "}\n";
  // Where there is room for two columns (static/style.css); a telephone has the entry first anyway.
  if (settings.sidebar_side == SidebarSide::kStart)
    css +=
        "@media (min-width:62rem){.frame{grid-template-columns:14rem minmax(0,1fr)}"
        ".frame>main:not(:only-child){order:1}.frame>main:only-child{grid-column:1/-1}"
        "header.site,footer.site{padding-inline-start:calc(var(--gutter) + 18rem + "
        "var(--margin))}}\n";
  return css;
}

double ContrastOf(std::string_view a, std::string_view b) {
  const double one = Luminance(a), other = Luminance(b);
  return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

std::vector<ReadPair> ReadPairs(const Settings& settings) {
  std::vector<ReadPair> pairs;
  for (const bool dark : {false, true}) {
    const Palette p = PaletteOf(settings, dark);
    pairs.push_back({dark, false, ContrastOf(p.paper, p.ink)});
    pairs.push_back({dark, true, ContrastOf(p.paper, p.accent)});
  }
  return pairs;
}

StyleWrong CheckStyle(std::string_view css) {
  if (css.size() > kStyleMax) return StyleWrong::kLong;
  if (!text::IsUtf8(css) || css.find('\0') != std::string_view::npos) return StyleWrong::kText;
  // Without comments, escapes resolved, in lower case: what a browser's tokenizer makes of it.
  // Text in quotes keeps its quotes.
  std::string read;
  int open = 0;
  char quote = 0;
  for (std::size_t i = 0; i < css.size(); ++i) {
    const char c = css[i];
    if (quote == 0 && css.substr(i).starts_with("/*")) {
      const std::size_t end = css.find("*/", i + 2);
      if (end == std::string_view::npos) return StyleWrong::kOpen;
      i = end + 1;
      continue;
    }
    if (c == '\\') {
      unsigned code = 0;
      std::size_t digits = 0;
      while (digits < 6 && i + 1 < css.size() && IsHex(css[i + 1])) {
        const char d = css[++i];
        code = code * 16 + static_cast<unsigned>(d <= '9' ? d - '0' : (d | 32) - 'a' + 10);
        ++digits;
      }
      if (digits == 0) {
        if (i + 1 < css.size() && css[i + 1] != '\n') read += css[i + 1];
        ++i;
        continue;
      }
      if (i + 1 < css.size() &&
          std::string_view(" \t\n\r\f").find(css[i + 1]) != std::string_view::npos)
        ++i;
      read += code < 128 && code > 0 ? static_cast<char>(code) : '?';
      continue;
    }
    if (quote != 0) {
      if (c == '\n') return StyleWrong::kOpen;
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{' || c == '}') {
      open += c == '{' ? 1 : -1;
      if (open < 0) return StyleWrong::kOpen;
    }
    read += c;
  }
  if (quote != 0 || open != 0) return StyleWrong::kOpen;
  std::string packed;
  for (char c : read) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (static_cast<unsigned char>(c) > 32) packed += c;
  }
  for (const std::string_view foreign :
       {"@import", "://", "(//", "\"//", "'//", "(\\", "\"\\", "'\\", "expression(", "javascript:",
        "-moz-binding", "behavior:", "https:", "http:", "ftp:", "@namespace", "@document"}) {
    if (packed.find(foreign) != std::string::npos) return StyleWrong::kForeign;
  }
  return StyleWrong::kNone;
}

}  // namespace daybook::journal
