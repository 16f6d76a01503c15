// Least recently used first out, all of one state of the journal.
#include "handlers/kept_pages.h"

namespace daybook::handlers {
namespace {

// Everything of a GET that its page may depend on: without an address of its own a journal writes
// links to the host that it was asked for.
std::string KeyOf(const fcgi::Request& request) {
  std::string key = request.https ? "s" : "-";
  key.append(request.host).append(1, '\n').append(request.prefix);
  return key.append(1, '\n').append(request.path);
}

}  // namespace

const fcgi::Response* KeptPages::Find(const fcgi::Request& request, std::string_view etag) {
  if (etag != etag_ || !request.IsRead() || !request.query.empty()) return nullptr;
  const auto found = by_key_.find(KeyOf(request));
  if (found == by_key_.end()) return nullptr;
  pages_.splice(pages_.begin(), pages_, found->second);
  return &found->second->response;
}

void KeptPages::Keep(const fcgi::Request& request, std::string_view etag,
                     const fcgi::Response& response) {
  if (!request.IsRead() || !request.query.empty() || response.status != 200) return;
  if (etag != etag_) {
    Forget();
    etag_ = etag;
  }
  const std::size_t size = response.body.size();
  if (size > limit_ / 2) return;
  std::string key = KeyOf(request);
  if (by_key_.contains(key)) return;
  while (bytes_ + size > limit_) {
    bytes_ -= pages_.back().response.body.size();
    by_key_.erase(pages_.back().key);
    pages_.pop_back();
  }
  pages_.push_front({std::move(key), response});
  by_key_.emplace(pages_.front().key, pages_.begin());
  bytes_ += size;
}

void KeptPages::Forget() {
  by_key_.clear();
  pages_.clear();
  bytes_ = 0;
}

}  // namespace daybook::handlers
