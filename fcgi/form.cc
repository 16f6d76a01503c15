// cgicc decodes urlencoded bodies, after they were brought into the one shape in which it loses
// nothing: it would split values at ';', drop a last name without '=', make bytes out of '%zz', and
// add the query's fields to the body's. Multipart bodies never reach it: there it takes
// `filename="x"; name="f"` for the field x, gives an empty form for a quoted boundary or a missing
// last line end, and holds the body four times; multipart.h reads them in place.
#include "fcgi/form.h"

#include <cgicc/CgiInput.h>
#include <cgicc/Cgicc.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <utility>

#include "fcgi/body.h"
#include "fcgi/decode.h"
#include "fcgi/multipart.h"
#include "text/utf8.h"

namespace daybook::fcgi {
namespace {

// Shows cgicc a body, and of the environment only what makes it read that.
class BodyInput : public cgicc::CgiInput {
 public:
  explicit BodyInput(std::string_view body) : length_(std::to_string(body.size())), body_(body) {}
  std::size_t read(char* data, std::size_t length) override {
    const std::size_t size = body_.copy(data, length);
    body_.remove_prefix(size);
    return size;
  }
  std::string getenv(const char* name) override {
    const std::string_view wanted(name);
    if (wanted == "REQUEST_METHOD") return "POST";
    if (wanted == "CONTENT_TYPE") return "application/x-www-form-urlencoded";
    if (wanted == "CONTENT_LENGTH") return length_;
    return "";
  }

 private:
  std::string length_;
  std::string_view body_;
};

bool IsHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Only letters, digits, '+' and whole escapes are left as they are.
void AppendStrict(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escape = c == '%' && i + 2 < text.size() && IsHex(text[i + 1]) && IsHex(text[i + 2]);
    if (escape || c == '+' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
        (c >= '0' && c <= '9')) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
}

// A body that was cut at its cap may end within an escape or within a character.
std::string_view WithoutTornEnd(std::string_view body) {
  const std::size_t percent = body.rfind('%');
  if (percent != std::string_view::npos && percent + 3 > body.size())
    body = body.substr(0, percent);
  for (int i = 0; i < 4 && body.size() >= 3 && body[body.size() - 3] == '%'; ++i) {
    const char high = body[body.size() - 2];
    if (high >= '0' && high <= '7') break;
    body.remove_suffix(3);
  }
  return body;
}

std::string WithUnixLineEnds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

text::ReadAt ReadAtOfSpool(int descriptor) {
  return [descriptor](std::uint64_t at, char* to, std::size_t size) -> std::size_t {
    std::size_t done = 0;
    while (done < size) {
      const ssize_t n = pread(descriptor, to + done, size - done, static_cast<off_t>(at + done));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      done += static_cast<std::size_t>(n);
    }
    return done;
  };
}

std::string MediaType(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find_first_of("; \t")));
  for (char& c : type)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return type;
}

}  // namespace

std::variant<Form, FormProblem> Form::Parse(const Request& request,
                                            std::span<const FormField> fields, FormText text) {
  Form form;
  form.fields_ = fields;
  form.text_ = text;
  const std::string_view content_type = request.Get("content-type");
  const std::string type = MediaType(content_type);
  std::variant<std::monostate, FormProblem> read = FormProblem::kNotAForm;
  if (request.body_state == BodyState::kCutOff && text == FormText::kStrict) {
    read = FormProblem::kMalformed;
  } else if (type == "application/x-www-form-urlencoded") {
    const bool torn = request.body_state != BodyState::kComplete;
    read = form.ReadUrlencoded(torn ? WithoutTornEnd(request.body) : request.body);
  } else if (type == "multipart/form-data") {
    read = form.ReadMultipart(request, Boundary(content_type));
  }
  if (const FormProblem* problem = std::get_if<FormProblem>(&read)) return *problem;
  return form;
}

std::variant<std::monostate, FormProblem> Form::ReadUrlencoded(std::string_view body) {
  std::string strict;
  strict.reserve(body.size() + body.size() / 8);
  std::size_t pairs = 0;
  ForEachPair(body, [&](std::string_view name, std::string_view value) {
    if (name.empty()) return true;
    if (++pairs > kMaxFormParts) return false;
    if (!strict.empty()) strict += '&';
    AppendStrict(name, strict);
    strict += '=';
    AppendStrict(value, strict);
    return true;
  });
  if (pairs > kMaxFormParts) return FormProblem::kMalformed;
  if (pairs == 0) return {};
  try {
    BodyInput input(strict);
    const cgicc::Cgicc parsed(&input);
    if (parsed.getElements().size() != pairs) return FormProblem::kMalformed;
    for (const cgicc::FormEntry& entry : parsed.getElements())
      if (!Take(entry.getName(), entry.getValue())) return FormProblem::kNotText;
  } catch (const std::exception&) {
    return FormProblem::kMalformed;
  }
  return {};
}

std::variant<std::monostate, FormProblem> Form::ReadMultipart(const Request& request,
                                                              std::string_view boundary) {
  const bool spooled = request.body_file >= 0;
  const text::ReadAt read =
      spooled ? ReadAtOfSpool(request.body_file) : text::ReadAtOf(request.body);
  const auto parts = SplitMultipart(read, boundary, kMaxFormParts);
  if (!parts) return FormProblem::kMalformed;
  for (const Part& part : *parts) {
    if (!part.filename) {
      // Beside files nobody types that much.
      std::string text(static_cast<std::size_t>(std::min<uint64_t>(part.size, kBodyInMemory)),
                       '\0');
      text.resize(read(part.at, text.data(), text.size()));
      if (!Take(part.name, text)) return FormProblem::kNotText;
      continue;
    }
    const FormField* const field = Declared(part.name, true);
    if (!field) continue;
    if (!text::IsUtf8(*part.filename) || !HasNoControls(*part.filename))
      return FormProblem::kNotText;
    const std::string name = part.filename->substr(part.filename->find_last_of("/\\") + 1);
    FormFile& file = files_.emplace_back();
    file.field = field->name;
    file.name = name;
    file.type = part.type;
    file.spooled = spooled;
    file.at = part.at;
    file.size = part.size;
    if (!spooled)
      file.bytes =
          std::string_view(request.body).substr(part.at, static_cast<std::size_t>(part.size));
  }
  return {};
}

const FormField* Form::Declared(std::string_view name, bool file) const {
  for (const FormField& field : fields_)
    if (field.name == name && field.file == file) return &field;
  return nullptr;
}

bool Form::Take(std::string_view name, std::string_view text) {
  const FormField* const field = Declared(name, false);
  if (!field) return true;
  std::string repaired;
  if (!text::IsUtf8(text) || text.find('\0') != std::string_view::npos) {
    if (text_ == FormText::kStrict) return false;
    repaired = text::RepairUtf8(text);
    for (std::size_t at; (at = repaired.find('\0')) != std::string::npos;)
      repaired.replace(at, 1, "\uFFFD");
    text = repaired;
  }
  std::string value = WithUnixLineEnds(text);
  const bool too_long = value.size() > field->max_bytes;
  values_.push_back({field->name, std::move(value), too_long});
  return true;
}

std::string_view Form::operator[](std::string_view name) const {
  for (const Value& value : values_)
    if (value.name == name) return value.text;
  return {};
}

bool Form::Has(std::string_view name) const {
  for (const Value& value : values_)
    if (value.name == name) return true;
  return false;
}

std::vector<std::string_view> Form::All(std::string_view name) const {
  std::vector<std::string_view> all;
  for (const Value& value : values_)
    if (value.name == name) all.push_back(value.text);
  return all;
}

bool Form::TooLong(std::string_view name) const {
  for (const Value& value : values_)
    if (value.name == name && value.too_long) return true;
  return false;
}

}  // namespace daybook::fcgi
