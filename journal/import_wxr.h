// WordPress exports (WXR 1.0 to 1.2): RSS 2.0 with elements of WordPress's own. ScanWxr goes
// through the file once, checks it and notes where everything is; after that each item is read
// alone, in any order. What a post's fields mean for a journal is import_wordpress.h.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "journal/import_bytes.h"
#include "journal/import_items.h"
#include "journal/import_xml.h"

namespace daybook::journal {

struct WxrTerm {
  std::string domain, nicename, name;
};

struct WxrComment {
  std::int64_t line = 0;
  std::string id, author, email, url, date, date_gmt, content, approved, type, parent, user_id;
};

struct WxrItem {
  std::int64_t line = 0;
  std::string title, link, pub_date, creator, guid, content, excerpt;
  std::string id, date, date_gmt, modified, modified_gmt, comment_status, ping_status, name, status,
      parent, menu_order, type, password, sticky, attachment_url;
  std::vector<WxrTerm> terms;
  std::map<std::string, std::string> meta;  // those that an import looks at
};

enum class WxrDetail { kOutline, kFull };

// Gathers one <item> or <wp:comment>; told of every event from its start tag to its end tag.
class WxrItemBuilder {
 public:
  explicit WxrItemBuilder(WxrDetail detail) : detail_(detail) {}

  void Start(std::string_view name, const char** attributes);
  void End(std::string_view name);
  void Text(std::string_view text) {
    if (target_ == nullptr) return;
    if (target_->size() < limit_) {
      target_->append(text);
    } else {
      too_long_ = too_long_ || !text.empty();
    }
  }
  // Some field was longer than what is kept of it.
  [[nodiscard]] bool too_long() const { return too_long_; }
  [[nodiscard]] int depth() const { return depth_; }

  WxrItem item;
  WxrComment comment;  // the last one

 private:
  void StartInItem(std::string_view name, const char** attributes);
  void StartInComment(std::string_view name);

  WxrDetail detail_;
  int depth_ = 0;
  bool alone_ = false;  // a comment without its item
  bool too_long_ = false;
  std::string* target_ = nullptr;
  std::size_t limit_ = 0;
  std::string meta_key_, meta_value_;
  WxrTerm term_;
};

// Element names with the prefixes that WordPress uses, whatever this file calls them.
class WxrNames {
 public:
  void Learn(const char** root_attributes);
  [[nodiscard]] std::string_view operator()(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> prefix_;
  mutable std::string buffer_;
};

// One item, or one comment, of its own text. Throws ImportTrouble, also for what is too large to be
// held in memory.
[[nodiscard]] WxrItem ParseWxrItem(XmlReader& reader, const WxrNames& names, ImportBytes& bytes,
                                   const ItemPlace& place);
[[nodiscard]] WxrComment ParseWxrComment(XmlReader& reader, const WxrNames& names,
                                         ImportBytes& bytes, const ItemPlace& place);

// The first pass over a whole file. `bytes` must outlive what is given. Throws ImportTrouble where
// it is no export, broken or cut off, and ImportInterrupted.
[[nodiscard]] OldJournal ScanWxr(ImportBytes& bytes, const ScanOptions& options);

}  // namespace daybook::journal
