// How a handler gives up: throw HttpError. It is caught in one place (answer.cc), which asks the
// application for a page in its own design and has a compiled-in one if that fails.
#pragma once

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "fcgi/request.h"

namespace daybook::fcgi {

class HttpError : public std::exception {
 public:
  // `detail` is for the log only, never for a page.
  explicit HttpError(int status, std::string detail = "", std::vector<Header> headers = {})
      : status_(status), detail_(std::move(detail)), headers_(std::move(headers)) {}

  // 503 with Retry-After.
  static HttpError Busy(int seconds, std::string detail = "") {
    return HttpError(503, std::move(detail), {{"Retry-After", std::to_string(seconds)}});
  }

  int status() const { return status_; }
  const std::string& detail() const { return detail_; }
  const std::vector<Header>& headers() const { return headers_; }
  const char* what() const noexcept override { return detail_.c_str(); }

 private:
  int status_;
  std::string detail_;
  std::vector<Header> headers_;
};

}  // namespace daybook::fcgi
