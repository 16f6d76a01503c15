// Lines of daybook.conf taken apart, with the number of a line that means nothing.
#include "journal/config.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>

#include "text/utf8.h"

namespace daybook::journal {
namespace {

constexpr size_t kMaxFile = 64 * 1024;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view Trim(std::string_view s) {
  while (!s.empty() && IsBlank(s.front())) s.remove_prefix(1);
  while (!s.empty() && IsBlank(s.back())) s.remove_suffix(1);
  return s;
}

[[noreturn]] void Refuse(std::string_view file, int line, std::string_view why) {
  throw ConfigError(std::string(file) + ", line " + std::to_string(line) + ": " + std::string(why));
}

// What follows the equals sign, quoted or bare, without its comment. Nothing: the quotes do not
// end.
std::optional<std::string> Value(std::string_view rest) {
  rest = Trim(rest);
  std::string value;
  if (rest.empty() || rest.front() != '"') {
    size_t end = 0;
    while (end < rest.size() && !(rest[end] == '#' && (end == 0 || IsBlank(rest[end - 1])))) ++end;
    return std::string(Trim(rest.substr(0, end)));
  }
  for (size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      std::string_view after = Trim(rest.substr(i + 1));
      if (!after.empty() && after.front() != '#') return std::nullopt;
      return value;
    }
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
    value += rest[i];
  }
  return std::nullopt;
}

}  // namespace

const ConfigLine* Config::Find(std::string_view key) const {
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (line->key == key) return &*line;
  }
  return nullptr;
}

Config ParseConfig(std::string_view text, std::string_view file) {
  Config config;
  config.file = file;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  int number = 0;
  while (!text.empty()) {
    ++number;
    size_t end = text.find('\n');
    std::string_view line = Trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    if (!text::IsUtf8(line) || line.find('\0') != std::string_view::npos) {
      Refuse(file, number, "this is not UTF-8 text. Save the file as UTF-8.");
    }
    size_t equals = line.find('=');
    std::string_view key = Trim(line.substr(0, equals));
    if (equals == std::string_view::npos || key.empty()) {
      Refuse(file, number, "this needs the form “name = value”.");
    }
    std::optional<std::string> value = Value(line.substr(equals + 1));
    if (!value) Refuse(file, number, "a value that begins with a double quote ends with one.");
    config.lines.push_back({std::string(key), std::move(*value), number});
  }
  return config;
}

Config LoadConfig(const std::filesystem::path& file) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rbe"), &std::fclose);
  if (!in) {
    if (errno == ENOENT) return Config{file.string(), {}};
    throw ConfigError(file.string() + " cannot be read: " + std::strerror(errno) + ".");
  }
  std::string text(kMaxFile + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), in.get()));
  if (std::ferror(in.get())) throw ConfigError(file.string() + " cannot be read.");
  if (text.size() > kMaxFile) {
    throw ConfigError(file.string() +
                      " is larger than 64 KiB, which no settings are. Look what it is.");
  }
  return ParseConfig(text, file.string());
}

}  // namespace daybook::journal
