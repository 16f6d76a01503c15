// Endings and slugs of uploaded files' names.
#include "text/media_name.h"

#include <algorithm>
#include <array>

#include "text/slug.h"

namespace daybook::text {
namespace {

using namespace std::string_view_literals;

constexpr std::array kActive = {
    "html"sv, "htm"sv,  "xhtml"sv, "xht"sv,  "shtml"sv, "shtm"sv, "mht"sv,  "mhtml"sv,    "xml"sv,
    "xsl"sv,  "xslt"sv, "svgz"sv,  "js"sv,   "mjs"sv,   "css"sv,  "swf"sv,  "php"sv,      "php3"sv,
    "php4"sv, "php5"sv, "php7"sv,  "php8"sv, "phtml"sv, "pht"sv,  "phps"sv, "phar"sv,     "cgi"sv,
    "pl"sv,   "py"sv,   "rb"sv,    "sh"sv,   "asp"sv,   "aspx"sv, "jsp"sv,  "htaccess"sv, "htc"sv,
    "hta"sv,  "wasm"sv, "jar"sv,   "vbs"sv,  "fcgi"sv,  "inc"sv,  "ini"sv,  "conf"sv};
constexpr std::array kPictures = {"jpg"sv,  "jpeg"sv, "jpe"sv, "png"sv, "gif"sv, "webp"sv, "avif"sv,
                                  "heic"sv, "heif"sv, "bmp"sv, "ico"sv, "tif"sv, "tiff"sv};

std::string Lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::string_view Base(std::string_view path) { return path.substr(path.find_last_of("/\\") + 1); }

}  // namespace

std::string EndingOf(std::string_view name) {
  name = Base(name);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string() : Lower(name.substr(dot + 1));
}

std::string ActiveEnding(std::string_view name) {
  name = Base(name);
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
    name.remove_prefix(dot + 1);
    std::string part = Lower(name.substr(0, name.find('.')));
    // What some file systems drop from a name's end.
    while (!part.empty() && (part.back() == ' ' || part.back() == '\0')) part.pop_back();
    if (std::find(kActive.begin(), kActive.end(), part) != kActive.end()) return part;
  }
  return {};
}

bool IsPictureEnding(std::string_view ending) {
  return std::find(kPictures.begin(), kPictures.end(), ending) != kPictures.end();
}

std::string MediaName(std::string_view typed, std::string_view ending) {
  typed = Base(typed);
  const std::size_t dot = typed.rfind('.');
  std::string words(typed.substr(0, dot == 0 ? 0 : dot));
  for (char& c : words)
    if (c == '_' || c == '.' || c == '+') c = ' ';
  std::string name = MakeSlug(words).str();
  if (name.empty()) name = "file";
  return name + std::string(ending);
}

}  // namespace daybook::text
