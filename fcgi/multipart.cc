// Finds boundaries, part headers and part bodies; how a form is made of them is in form.cc.
#include "fcgi/multipart.h"

#include <algorithm>

namespace daybook::fcgi {
namespace {

constexpr std::size_t kMaxPartHeader = 4096;

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Takes one "; name=value" from the front; false at the end or if it is none.
bool TakeParameter(std::string_view& rest, std::string& name, std::string& value) {
  rest = Trim(rest);
  if (!rest.starts_with(';')) return false;
  rest.remove_prefix(1);
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return false;
  name = Lower(Trim(rest.substr(0, equals)));
  rest = Trim(rest.substr(equals + 1));
  value.clear();
  if (!rest.starts_with('"')) {
    const std::string_view bare = rest.substr(0, rest.find_first_of("; \t"));
    value = bare;
    rest.remove_prefix(bare.size());
    return true;
  }
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return true;
    }
    // Browsers write %22 for a quote; only \" is an escape, for a backslash is common in file
    // names.
    if (rest[i] == '\\' && i + 1 < rest.size() && rest[i + 1] == '"') ++i;
    value += rest[i];
  }
  return false;
}

// WHATWG: names are sent with these three escaped, and nothing else.
std::string Unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view three = text.substr(i, 3);
    const char c = three == "%22" ? '"' : three == "%0D" ? '\r' : three == "%0A" ? '\n' : '\0';
    out += c ? c : text[i];
    if (c) i += 2;
  }
  return out;
}

bool ReadDisposition(std::string_view value, Part& part) {
  const std::size_t end = value.find(';');
  if (end == std::string_view::npos || Lower(Trim(value.substr(0, end))) != "form-data")
    return false;
  std::string_view rest = value.substr(end);
  bool named = false;
  std::string name, text;
  while (TakeParameter(rest, name, text)) {
    if (name == "name") {
      if (named) return false;
      named = true;
      part.name = Unescape(text);
    } else if (name == "filename") {
      if (part.filename) return false;
      part.filename = Unescape(text);
    }
  }
  return named && Trim(rest).empty();
}

bool ReadPartHeaders(std::string_view block, Part& part) {
  bool disposed = false;
  while (!block.empty()) {
    const std::size_t end = block.find("\r\n");
    const std::string_view line = block.substr(0, end);
    block = end == std::string_view::npos ? std::string_view() : block.substr(end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    const std::string name = Lower(Trim(line.substr(0, colon)));
    const std::string_view value = Trim(line.substr(colon + 1));
    if (name == "content-disposition") {
      if (disposed || !ReadDisposition(value, part)) return false;
      disposed = true;
    } else if (name == "content-type") {
      part.type = value;
    } else if (name == "content-transfer-encoding") {
      const std::string encoding = Lower(value);
      if (encoding != "8bit" && encoding != "7bit" && encoding != "binary") return false;
    }
  }
  return disposed;
}

// A body that is read step by step.
class Searched {
 public:
  explicit Searched(const text::ReadAt& body) : body_(body), buffer_(kStep, '\0') {}

  std::string Take(std::uint64_t at, std::size_t size) {
    std::string bytes(size, '\0');
    bytes.resize(body_(at, bytes.data(), size));
    return bytes;
  }
  // Where the text begins at or after `from`.
  std::optional<std::uint64_t> Find(std::string_view text, std::uint64_t from) {
    while (true) {
      const std::size_t got = body_(from, buffer_.data(), buffer_.size());
      const std::size_t found = std::string_view(buffer_.data(), got).find(text);
      if (found != std::string_view::npos) return from + found;
      if (got < buffer_.size()) return std::nullopt;
      from += got - text.size() + 1;
    }
  }

 private:
  static constexpr std::size_t kStep = 64 * 1024;
  const text::ReadAt& body_;
  std::string buffer_;
};

}  // namespace

std::string Boundary(std::string_view content_type) {
  const std::size_t end = content_type.find(';');
  if (end == std::string_view::npos) return "";
  std::string_view rest = content_type.substr(end);
  std::string name, value;
  while (TakeParameter(rest, name, value)) {
    if (name != "boundary") continue;
    const bool good =
        value.size() <= 70 && std::all_of(value.begin(), value.end(), [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 (c != '\0' && std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos);
        });
    return good ? value : "";
  }
  return "";
}

std::optional<std::vector<Part>> SplitMultipart(const text::ReadAt& body, std::string_view boundary,
                                                std::size_t max_parts) {
  const std::string delimiter = "\r\n--" + std::string(boundary);
  Searched searched(body);
  if (boundary.empty() || searched.Take(0, delimiter.size() - 2) != delimiter.substr(2))
    return std::nullopt;
  std::uint64_t at = delimiter.size() - 2;
  std::vector<Part> parts;
  while (searched.Take(at, 2) != "--") {
    if (searched.Take(at, 2) != "\r\n" || parts.size() == max_parts) return std::nullopt;
    at += 2;
    const std::string head = searched.Take(at, kMaxPartHeader);
    const std::size_t blank = head.find("\r\n\r\n");
    if (blank == std::string::npos) return std::nullopt;
    Part& part = parts.emplace_back();
    if (!ReadPartHeaders(std::string_view(head).substr(0, blank), part)) return std::nullopt;
    // The blank line's CR LF may also begin the delimiter of an empty part.
    at += blank + 2;
    const auto end = searched.Find(delimiter, at);
    if (!end) return std::nullopt;
    part.at = at + 2;
    part.size = *end < part.at ? 0 : *end - part.at;
    at = *end + delimiter.size();
  }
  return parts;
}

}  // namespace daybook::fcgi
