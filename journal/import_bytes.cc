// Cleaning goes through the file once in pieces; where a piece began is remembered with the state
// there, so that any item can be cleaned again alone. A file that needed no repair, as most do, is
// read directly instead.
#include "journal/import_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "journal/import_items.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kMarkEvery = 8 * 1024;
constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::string_view kReplacementText = "\xEF\xBF\xBD";

constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (int c = 0x20; c < 0x80; ++c) plain[c] = c != '&' && c != '<' && c != ']';
  plain['\t'] = plain['\n'] = plain['\r'] = true;
  return plain;
}();

bool IsXmlChar(char32_t c) {
  return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

// The code point of three bytes ED A0..BF xx, which are half of a pair.
std::optional<char32_t> HalfAt(std::string_view s, std::size_t i) {
  if (i + 3 > s.size() || static_cast<unsigned char>(s[i]) != 0xED) return std::nullopt;
  const auto b = static_cast<unsigned char>(s[i + 1]), c = static_cast<unsigned char>(s[i + 2]);
  if (b < 0xA0 || b > 0xBF || c < 0x80 || c > 0xBF) return std::nullopt;
  return 0xD000u | (static_cast<char32_t>(b & 0x3F) << 6) | (c & 0x3F);
}

// Length of "&#…;" at i, and its code; 0 if it is none, npos if more text is needed to say.
std::pair<std::size_t, char32_t> ReferenceAt(std::string_view s, std::size_t i, bool last) {
  constexpr std::size_t kLongest = 12;
  std::size_t at = i + 2;
  const bool hex = at < s.size() && (s[at] == 'x' || s[at] == 'X');
  if (hex) ++at;
  char32_t code = 0;
  bool any = false;
  for (; at < s.size() && at < i + kLongest; ++at) {
    const char c = s[at];
    if (c == ';') return {any ? at + 1 - i : 0, code};
    const int digit = c >= '0' && c <= '9'          ? c - '0'
                      : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                    : -1;
    if (digit < 0) return {0, 0};
    any = true;
    code = std::min<char32_t>(code * (hex ? 16 : 10) + static_cast<char32_t>(digit), 0x110000);
  }
  if (at >= s.size() && !last) return {std::string_view::npos, 0};
  return {0, 0};
}

}  // namespace

std::unique_ptr<ImportBytes> ImportBytes::Open(const std::filesystem::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return nullptr;
  struct stat info {};
  if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
    close(descriptor);
    return nullptr;
  }
  auto bytes = std::unique_ptr<ImportBytes>(
      new ImportBytes(descriptor, static_cast<std::uint64_t>(info.st_size)));
  bytes->DetectEncoding();
  return bytes;
}

ImportBytes::~ImportBytes() { close(descriptor_); }

std::size_t ImportBytes::ReadAt(std::uint64_t offset, char* to, std::size_t length) const {
  std::size_t done = 0;
  while (done < length) {
    const ssize_t n =
        pread(descriptor_, to + done, length - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      throw ImportTrouble{0, std::string("The file cannot be read: ") + std::strerror(errno)};
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

void ImportBytes::DetectEncoding() {
  std::string head(4096, '\0');
  head.resize(ReadAt(0, head.data(), head.size()));
  std::string_view view = head;
  if (view.starts_with("\xEF\xBB\xBF")) {
    raw_start_ = 3;
  } else if (view.starts_with("\xFF\xFE")) {
    encoding_ = Encoding::kUtf16Little;
    raw_start_ = 2;
  } else if (view.starts_with("\xFE\xFF")) {
    encoding_ = Encoding::kUtf16Big;
    raw_start_ = 2;
  }
  raw_position_ = raw_start_;
  if (encoding_ != Encoding::kUtf8) {
    changed_ = true;
    return;
  }
  view.remove_prefix(raw_start_);
  const std::size_t text = view.find_first_not_of(" \t\r\n");
  if (text == std::string_view::npos) return;
  if (view[text] == '<') {
    skipped_lines_ =
        std::count(view.begin(), view.begin() + static_cast<std::ptrdiff_t>(text), '\n');
    raw_start_ += text;
    raw_position_ = raw_start_;
    view.remove_prefix(text);
  }
  if (!view.starts_with("<?xml")) return;
  view = view.substr(0, view.find('>'));
  std::size_t at = view.find("encoding");
  if (at == std::string_view::npos) return;
  at = view.find_first_of("\"'", at);
  if (at == std::string_view::npos) return;
  std::string name;
  for (char c : view.substr(at + 1, view.find(view[at], at + 1) - at - 1)) {
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  if (name == "iso-8859-1" || name == "latin1" || name == "latin-1" || name == "iso8859-1" ||
      name == "windows-1252" || name == "cp1252" || name == "iso-8859-15") {
    encoding_ = Encoding::kWindows1252;
    changed_ = true;
  } else if (name != "utf-8" && name != "utf8" && name != "us-ascii" && name != "ascii") {
    unknown_encoding_ = name;
  }
}

std::size_t ImportBytes::Clean(std::string_view raw, bool last, State& state, std::string& out) {
  std::size_t i = 0;
  const auto starts = [&](std::string_view what) -> std::optional<bool> {
    const std::string_view here = raw.substr(i, what.size());
    if (here == what) return true;
    if (here.size() < what.size() && !last && what.starts_with(here)) return std::nullopt;
    return false;
  };
  while (i < raw.size()) {
    std::size_t run = i;
    while (run < raw.size() && kPlain[static_cast<unsigned char>(raw[run])]) ++run;
    out.append(raw, i, run - i);
    i = run;
    if (i == raw.size()) break;
    const auto c = static_cast<unsigned char>(raw[i]);
    if (c == '<' || c == ']') {
      const bool opens = c == '<';
      const auto found = opens == state.in_cdata ? false : starts(opens ? kCdata : "]]>");
      if (!found.has_value()) return i;
      const std::size_t step = *found ? (opens ? kCdata.size() : 3) : 1;
      out.append(raw, i, step);
      if (*found) state.in_cdata = opens;
      i += step;
    } else if (c == '&') {
      if (i + 1 >= raw.size() && !last) return i;
      if (!state.in_cdata && i + 1 < raw.size() && raw[i + 1] == '#') {
        const auto [length, code] = ReferenceAt(raw, i, last);
        if (length == std::string_view::npos) return i;
        if (length > 0 && !IsXmlChar(code)) {
          if (code >= 0x20) out += kReplacementText;
          changed_ = true;
          i += length;
          continue;
        }
      }
      out += '&';
      ++i;
    } else if (c < 0x20) {
      changed_ = true;
      ++i;
    } else if (encoding_ == Encoding::kWindows1252) {
      out += text::Latin1ToUtf8(raw.substr(i, 1));
      ++i;
    } else {
      if (raw.size() - i < 6 && !last) return i;
      const text::Decoded next = text::DecodeNext(raw, i);
      if (next.valid && (next.code & 0xFFFE) != 0xFFFE) {
        out.append(raw, i, next.length);
        i += next.length;
        continue;
      }
      changed_ = true;
      const auto high = HalfAt(raw, i), low = HalfAt(raw, i + 3);
      if (next.valid) {
        out += kReplacementText;
        i += next.length;
      } else if (high && *high < 0xDC00 && low && *low >= 0xDC00) {
        text::AppendUtf8(out, 0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00));
        i += 6;
      } else if (high) {
        out += kReplacementText;
        i += 3;
      } else {
        out += text::Latin1ToUtf8(raw.substr(i, 1));
        ++i;
      }
    }
  }
  return i;
}

std::size_t ImportBytes::CleanUtf16(std::string_view raw, bool last, std::string& out) const {
  const bool little = encoding_ == Encoding::kUtf16Little;
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(raw[at]), b = static_cast<unsigned char>(raw[at + 1]);
    return static_cast<char32_t>(little ? a | (b << 8) : b | (a << 8));
  };
  std::size_t i = 0;
  for (; i + 1 < raw.size(); i += 2) {
    char32_t code = unit(i);
    if (code >= 0xD800 && code < 0xDC00) {
      if (i + 3 >= raw.size() && !last) return i;
      if (i + 3 < raw.size() && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
        i += 2;
      }
    }
    if (IsXmlChar(code)) {
      text::AppendUtf8(out, code);
    } else if (code >= 0x20) {
      out += kReplacementText;
    }
  }
  return last ? raw.size() : i;
}

std::string_view ImportBytes::Next() {
  buffer_.clear();
  while (raw_position_ < size_ && buffer_.size() < kPiece) {
    raw_.resize(kMarkEvery);
    raw_.resize(ReadAt(raw_position_, raw_.data(), raw_.size()));
    if (raw_.empty()) break;
    const bool last = raw_position_ + raw_.size() >= size_;
    marks_.push_back({raw_position_, clean_position_, state_.in_cdata});
    const std::size_t before = buffer_.size();
    const std::size_t used = encoding_ == Encoding::kUtf16Little || encoding_ == Encoding::kUtf16Big
                                 ? CleanUtf16(raw_, last, buffer_)
                                 : Clean(raw_, last, state_, buffer_);
    if (used == 0 && last) break;
    raw_position_ += used;
    clean_position_ += buffer_.size() - before;
  }
  return buffer_;
}

std::string ImportBytes::Slice(std::uint64_t offset, std::size_t length) {
  std::string out;
  if (!changed_) {
    out.resize(length);
    out.resize(ReadAt(raw_start_ + offset, out.data(), length));
    return out;
  }
  auto mark = std::upper_bound(marks_.begin(), marks_.end(), offset,
                               [](std::uint64_t at, const Mark& m) { return at < m.clean; });
  if (mark == marks_.begin()) return out;
  --mark;
  State state{mark->in_cdata};
  std::uint64_t raw_at = mark->raw;
  const std::size_t skip = offset - mark->clean;
  while (out.size() < skip + length && raw_at < size_) {
    raw_.resize(kMarkEvery);
    raw_.resize(ReadAt(raw_at, raw_.data(), raw_.size()));
    if (raw_.empty()) break;
    const bool last = raw_at + raw_.size() >= size_;
    const std::size_t used = encoding_ == Encoding::kUtf16Little || encoding_ == Encoding::kUtf16Big
                                 ? CleanUtf16(raw_, last, out)
                                 : Clean(raw_, last, state, out);
    if (used == 0) break;
    raw_at += used;
  }
  out.erase(0, std::min(skip, out.size()));
  if (out.size() > length) out.resize(length);
  return out;
}

}  // namespace daybook::journal
