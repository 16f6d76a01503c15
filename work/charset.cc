// Encodings by iconv: see charset.h.
#include "work/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "text/utf8.h"

namespace daybook::work {
namespace {

// Labels as pages write them, and iconv's name. What the standard calls latin1 is windows-1252.
struct Label {
  std::string_view label, name;
};
constexpr std::array kLabels = {
    Label{"utf-8", ""},
    Label{"utf8", ""},
    Label{"us-ascii", "WINDOWS-1252"},
    Label{"ascii", "WINDOWS-1252"},
    Label{"iso-8859-1", "WINDOWS-1252"},
    Label{"iso8859-1", "WINDOWS-1252"},
    Label{"latin1", "WINDOWS-1252"},
    Label{"windows-1252", "WINDOWS-1252"},
    Label{"cp1252", "WINDOWS-1252"},
    Label{"windows-1250", "WINDOWS-1250"},
    Label{"windows-1251", "WINDOWS-1251"},
    Label{"cp1251", "WINDOWS-1251"},
    Label{"windows-1253", "WINDOWS-1253"},
    Label{"windows-1254", "WINDOWS-1254"},
    Label{"windows-1255", "WINDOWS-1255"},
    Label{"windows-1256", "WINDOWS-1256"},
    Label{"windows-1257", "WINDOWS-1257"},
    Label{"windows-1258", "WINDOWS-1258"},
    Label{"iso-8859-2", "ISO-8859-2"},
    Label{"iso-8859-5", "ISO-8859-5"},
    Label{"iso-8859-7", "ISO-8859-7"},
    Label{"iso-8859-8", "ISO-8859-8"},
    Label{"iso-8859-9", "WINDOWS-1254"},
    Label{"iso-8859-13", "ISO-8859-13"},
    Label{"iso-8859-15", "ISO-8859-15"},
    Label{"koi8-r", "KOI8-R"},
    Label{"koi8-u", "KOI8-U"},
    Label{"macintosh", "MACINTOSH"},
    Label{"shift_jis", "CP932"},
    Label{"sjis", "CP932"},
    Label{"euc-jp", "EUC-JP"},
    Label{"euc-kr", "CP949"},
    Label{"ks_c_5601-1987", "CP949"},
    Label{"gb2312", "GB18030"},
    Label{"gbk", "GB18030"},
    Label{"gb18030", "GB18030"},
    Label{"big5", "BIG5-HKSCS"},
    Label{"utf-16", "UTF-16LE"},
    Label{"utf-16le", "UTF-16LE"},
    Label{"utf-16be", "UTF-16BE"},
};
constexpr std::string_view kUnreadable = "\xEF\xBF\xBD";  // U+FFFD

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

// What follows "charset=", without its quotes; empty without one.
std::string CharsetIn(std::string_view text) {
  const std::string lower = Lower(text);
  size_t at = lower.find("charset");
  if (at == std::string::npos) return "";
  at = lower.find_first_not_of(" \t\r\n", at + 7);
  if (at == std::string::npos || lower[at] != '=') return "";
  at = lower.find_first_not_of(" \t\r\n\"'", at + 1);
  if (at == std::string::npos) return "";
  return lower.substr(at, lower.find_first_of(" \t\r\n\"';/>", at) - at);
}

const Label* FindLabel(std::string_view label) {
  const auto* found = std::find_if(kLabels.begin(), kLabels.end(),
                                   [&](const Label& known) { return known.label == label; });
  return found == kLabels.end() ? nullptr : found;
}

std::string_view NameOf(std::string_view bytes, std::string_view content_type) {
  constexpr size_t kHead = 1024;
  if (bytes.starts_with("\xEF\xBB\xBF")) return "";
  if (bytes.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (bytes.starts_with("\xFE\xFF")) return "UTF-16BE";
  if (const Label* label = FindLabel(CharsetIn(content_type))) return label->name;
  const std::string_view head = bytes.substr(0, kHead);
  const size_t meta = Lower(head).find("<meta");
  if (meta == std::string::npos) return "";
  const Label* label = FindLabel(CharsetIn(head.substr(meta)));
  // A page that could be read so far is not in one that says so.
  return label == nullptr || label->name.starts_with("UTF-16") ? "" : label->name;
}

std::string Decode(std::string_view bytes, const std::string& name) {
  iconv_t converter = iconv_open("UTF-8", name.c_str());
  // NOLINTNEXTLINE: iconv's own way to say no
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::string(bytes);
  std::string out;
  std::array<char, 8192> part;
  char* from = const_cast<char*>(bytes.data());
  size_t left = bytes.size();
  while (left > 0) {
    char* to = part.data();
    size_t room = part.size();
    const size_t before = left;
    const size_t failed = iconv(converter, &from, &left, &to, &room);
    const int error = errno;
    out.append(part.data(), part.size() - room);
    if (failed != static_cast<size_t>(-1)) break;
    if (error == E2BIG && (left < before || room < part.size())) continue;
    out += kUnreadable;
    ++from;
    --left;
  }
  iconv_close(converter);
  return out;
}

}  // namespace

std::string PageAsUtf8(std::string_view bytes, std::string_view content_type) {
  const std::string name(NameOf(bytes, content_type));
  return text::RepairUtf8(name.empty() ? std::string(bytes) : Decode(bytes, name));
}

}  // namespace daybook::work
