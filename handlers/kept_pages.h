// The last public pages that this process made, for as long as the journal stays as it was: a page
// is kept under the same condition as in a browser, its entity tag. It is not the page store, which
// keeps pages as files for the web server (sql/page_store.h).
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "fcgi/request.h"
#include "fcgi/response.h"

namespace daybook::handlers {

class KeptPages {
 public:
  // `limit`: bytes of all bodies together; one page may take half of it.
  explicit KeptPages(std::size_t limit = std::size_t{2} << 20) : limit_(limit) {}

  // The answer to an equal request, if it was made while `etag` was the journal's; else null. The
  // pointer is good until the next call.
  const fcgi::Response* Find(const fcgi::Request& request, std::string_view etag);
  // Keeps a 200 that is the same for every reader. Addresses with a query are not kept: there is no
  // end of them, and they would push out what many read.
  void Keep(const fcgi::Request& request, std::string_view etag, const fcgi::Response& response);

 private:
  struct Page {
    std::string key;
    fcgi::Response response;
  };
  void Forget();

  std::size_t limit_;
  std::size_t bytes_ = 0;
  std::string etag_;       // of all pages kept
  std::list<Page> pages_;  // the last asked for first
  std::unordered_map<std::string_view, std::list<Page>::iterator> by_key_;  // views into pages_
};

}  // namespace daybook::handlers
