// Patterns matched segment by segment, methods, and the answers that need no handler.
#include "fcgi/router.h"

namespace daybook::fcgi {

std::string_view Captures::operator[](std::string_view name) const {
  for (std::size_t i = 0; i < size_; ++i)
    if (names_[i] == name) return values_[i];
  return {};
}

int Captures::Int(std::string_view name) const {
  int number = 0;
  for (const char c : (*this)[name]) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + (c - '0');  // at most nine digits were matched
  }
  return number;
}

void Captures::Add(std::string_view name, std::string_view value) {
  if (size_ == kMax) return;
  names_[size_] = name;
  values_[size_++] = value;
}

namespace {

// How many digits a capture of this type may have; none: it is not one of digits.
struct Digits {
  std::size_t fewest = 0, most = 0;
};
Digits DigitsOf(std::string_view type) {
  if (type == "int") return {1, 9};
  if (type == "year") return {4, 4};
  if (type == "two") return {1, 2};
  return {};
}

}  // namespace

bool MatchPattern(std::string_view pattern, std::string_view path, Captures& captures) {
  captures = Captures();
  while (!pattern.empty()) {
    if (pattern.front() != '{') {
      const std::string_view literal = pattern.substr(0, pattern.find('{'));
      if (!path.starts_with(literal)) return false;
      path.remove_prefix(literal.size());
      pattern.remove_prefix(literal.size());
      continue;
    }
    const std::size_t close = pattern.find('}');
    std::string_view name = pattern.substr(1, close - 1);
    pattern.remove_prefix(close + 1);
    std::string_view type;
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
      type = name.substr(colon + 1);
      name = name.substr(0, colon);
    }
    if (type == "path") {
      // What follows is the end of the path, whatever it holds before.
      if (!pattern.empty() && (path.size() <= pattern.size() || !path.ends_with(pattern)))
        return false;
      captures.Add(name, path.substr(0, path.size() - pattern.size()));
      return true;
    }
    std::string_view value = path.substr(0, path.find('/'));
    if (const Digits digits = DigitsOf(type); digits.most > 0) {
      value = value.substr(0, value.find_first_not_of("0123456789"));
      if (value.size() < digits.fewest || value.size() > digits.most) return false;
    } else if (!pattern.empty() && pattern.front() != '/') {
      // Text follows in the same segment: the capture ends where that text ends the segment.
      const std::string_view tail = pattern.substr(0, pattern.find_first_of("/{"));
      if (!value.ends_with(tail)) return false;
      value.remove_suffix(tail.size());
    }
    if (value.empty()) return false;
    captures.Add(name, value);
    path.remove_prefix(value.size());
  }
  return path.empty();
}

namespace internal {

Fit FitPattern(std::string_view pattern, Slash slash, std::string_view path, Captures& captures) {
  // Most rows of a table differ in the byte after the first '/'.
  if (pattern.size() > 1 && path.size() > 1 && pattern[1] != path[1]) {
    if (pattern[1] != '{') return Fit::kNo;
    const bool digit = path[1] >= '0' && path[1] <= '9';
    const std::string_view first = pattern.substr(0, pattern.find('}'));
    if (!digit && DigitsOf(first.substr(first.find(':') + 1)).most > 0) return Fit::kNo;
  }
  // And most of the others in how they end.
  const auto without_slash = [](std::string_view s) {
    return s.ends_with('/') ? s.substr(0, s.size() - 1) : s;
  };
  const std::string_view tail = without_slash(pattern.substr(pattern.rfind('}') + 1));
  if (!without_slash(path).ends_with(tail)) return Fit::kNo;
  if (MatchPattern(pattern, path, captures)) return Fit::kExact;
  if (slash == Slash::kExact || path.size() < 2) return Fit::kNo;
  // One '/' more or less at the end. Captures of this match are never used: the answer is a
  // redirect.
  if (path.ends_with('/')) {
    if (MatchPattern(pattern, path.substr(0, path.size() - 1), captures)) return Fit::kSlash;
  } else if (pattern.ends_with('/')) {
    if (MatchPattern(pattern.substr(0, pattern.size() - 1), path, captures)) return Fit::kSlash;
  }
  return Fit::kNo;
}

uint8_t MethodBit(Method method) {
  switch (method) {
    case Method::kGet:
    case Method::kHead:
      return kGet;
    case Method::kPost:
      return kPost;
    case Method::kPut:
      return kPut;
    case Method::kPatch:
      return kPatch;
    case Method::kDelete:
      return kDelete;
    case Method::kOptions:
    case Method::kOther:
      return 0;
  }
  return 0;
}

std::string AllowHeader(uint8_t methods) {
  std::string allow;
  if (methods & kGet) allow += "GET, HEAD, ";
  if (methods & kPost) allow += "POST, ";
  if (methods & kPut) allow += "PUT, ";
  if (methods & kPatch) allow += "PATCH, ";
  if (methods & kDelete) allow += "DELETE, ";
  return allow + "OPTIONS";
}

Response Options(uint8_t methods) {
  Response response;
  response.status = 204;
  response.Set("Allow", AllowHeader(methods));
  return response;
}

Response ToCanonical(const Request& request, bool toggle_slash) {
  std::string path = request.path;
  if (toggle_slash) {
    if (path.ends_with('/')) {
      path.pop_back();
    } else {
      path += '/';
    }
  }
  std::string location = request.Link(path);
  if (!request.query.empty()) location.append("?").append(request.query);
  return Redirect(308, location);
}

}  // namespace internal
}  // namespace daybook::fcgi
