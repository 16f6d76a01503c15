// The body of a form: declared fields in, checked values out. Both encodings that browsers send.
// Query strings are Request::Param; what a value means is the handler's business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fcgi/request.h"

namespace daybook::fcgi {

// What a handler is ready to see. A field that is not declared is dropped.
struct FormField {
  std::string_view name;
  std::size_t max_bytes = 1000;  // a longer value is kept whole (nobody's text is lost) and marked
  bool file = false;
};

struct FormFile {
  std::string_view field;
  std::string name;        // as the browser sent it, without folders; "" if nothing was chosen
  std::string type;        // what the browser claims
  std::string_view bytes;  // a view into Request::body, which must outlive the form
  // Of a body that lies in Request::body_file; `bytes` is empty then.
  bool spooled = false;
  uint64_t at = 0;
  uint64_t size = 0;  // in both cases
};

enum class FormProblem : uint8_t {
  kNotAForm,   // neither urlencoded nor multipart/form-data: 415
  kMalformed,  // structure broken, cut off, or more than kMaxFormParts: 400
  kNotText,    // a value is not UTF-8 or holds NUL: 400
};

inline constexpr std::size_t kMaxFormParts = 500;

enum class FormText : uint8_t {
  kStrict,
  kRepaired,  // to be shown again only: what is no text becomes U+FFFD, a body cut off gives what
              // arrived
};

class Form {
 public:
  // `fields` must outlive the form (tables of constants do). A urlencoded body cut at its cap
  // (BodyState::kTooLarge) gives what arrived, so that it can be shown again.
  static std::variant<Form, FormProblem> Parse(const Request& request,
                                               std::span<const FormField> fields,
                                               FormText text = FormText::kStrict);

  // The first value, line ends as "\n"; "" if the field was not sent.
  std::string_view operator[](std::string_view name) const;
  bool Has(std::string_view name) const;
  std::vector<std::string_view> All(std::string_view name) const;
  // One of its values is over max_bytes.
  bool TooLong(std::string_view name) const;
  const std::vector<FormFile>& files() const { return files_; }

 private:
  struct Value {
    std::string_view name;  // the declaration's
    std::string text;
    bool too_long;
  };
  const FormField* Declared(std::string_view name, bool file) const;
  [[nodiscard]] bool Take(std::string_view name, std::string_view text);
  std::variant<std::monostate, FormProblem> ReadUrlencoded(std::string_view body);
  std::variant<std::monostate, FormProblem> ReadMultipart(const Request& request,
                                                          std::string_view boundary);

  std::span<const FormField> fields_;
  FormText text_ = FormText::kStrict;
  std::vector<Value> values_;
  std::vector<FormFile> files_;
};

}  // namespace daybook::fcgi
