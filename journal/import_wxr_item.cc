// Which elements of an item and of a comment are read, and into what.
#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "journal/import_wxr.h"

namespace daybook::journal {
namespace {

constexpr std::size_t kShort = 4096;      // of a field in the first pass
constexpr std::size_t kLong = 12u << 20;  // of a body: what is made of it takes some ten times that
constexpr std::size_t kPiece = 1u << 20;

template <typename T>
struct Field {
  std::string_view name;
  std::string T::*to;
  bool in_outline;
};

constexpr Field<WxrItem> kItemFields[] = {
    {"title", &WxrItem::title, true},
    {"link", &WxrItem::link, true},
    {"pubDate", &WxrItem::pub_date, true},
    {"dc:creator", &WxrItem::creator, false},
    {"guid", &WxrItem::guid, true},
    {"content:encoded", &WxrItem::content, false},
    {"excerpt:encoded", &WxrItem::excerpt, true},
    {"wp:post_id", &WxrItem::id, true},
    {"wp:post_date", &WxrItem::date, true},
    {"wp:post_date_gmt", &WxrItem::date_gmt, true},
    {"wp:post_modified", &WxrItem::modified, false},
    {"wp:post_modified_gmt", &WxrItem::modified_gmt, false},
    {"wp:comment_status", &WxrItem::comment_status, false},
    {"wp:ping_status", &WxrItem::ping_status, false},
    {"wp:post_name", &WxrItem::name, true},
    {"wp:status", &WxrItem::status, true},
    {"wp:post_parent", &WxrItem::parent, true},
    {"wp:menu_order", &WxrItem::menu_order, true},
    {"wp:post_type", &WxrItem::type, true},
    {"wp:post_password", &WxrItem::password, false},
    {"wp:is_sticky", &WxrItem::sticky, false},
    {"wp:attachment_url", &WxrItem::attachment_url, true},
};

constexpr Field<WxrComment> kCommentFields[] = {
    {"wp:comment_id", &WxrComment::id, true},
    {"wp:comment_author", &WxrComment::author, false},
    {"wp:comment_author_email", &WxrComment::email, false},
    {"wp:comment_author_url", &WxrComment::url, false},
    {"wp:comment_date", &WxrComment::date, true},
    {"wp:comment_date_gmt", &WxrComment::date_gmt, true},
    {"wp:comment_content", &WxrComment::content, false},
    {"wp:comment_approved", &WxrComment::approved, false},
    {"wp:comment_type", &WxrComment::type, true},
    {"wp:comment_parent", &WxrComment::parent, true},
    {"wp:comment_user_id", &WxrComment::user_id, false},
};

constexpr std::size_t kMaxOldSlugs = 4096;

bool IsWantedMeta(std::string_view key) {
  return key == "_thumbnail_id" || key == "_wp_attached_file" ||
         key == "_wp_attachment_image_alt" || key.starts_with("_menu_item_") ||
         key == "enclosure" || key == "_wp_old_slug" || key == "blogger_permalink";
}

class Fragment : public XmlSink {
 public:
  explicit Fragment(const WxrNames& names) : names_(names), builder(WxrDetail::kFull) {}
  void Start(std::string_view name, const char** attributes) override {
    builder.Start(names_(name), attributes);
  }
  void End(std::string_view name) override { builder.End(names_(name)); }
  void Text(std::string_view text) override { builder.Text(text); }

 private:
  const WxrNames& names_;

 public:
  WxrItemBuilder builder;
};

}  // namespace

void WxrItemBuilder::Start(std::string_view name, const char** attributes) {
  ++depth_;
  target_ = nullptr;
  if (depth_ == 1) {
    alone_ = name == "wp:comment";
  } else if (alone_) {
    if (depth_ == 2) StartInComment(name);
  } else {
    StartInItem(name, attributes);
  }
  if (target_ != nullptr) target_->clear();  // the last of two wins
}

void WxrItemBuilder::StartInItem(std::string_view name, const char** attributes) {
  const bool outline = detail_ == WxrDetail::kOutline;
  limit_ = outline ? kShort : kLong;
  if (depth_ == 2) {
    if (name == "wp:comment") {
      comment = {};
    } else if (name == "wp:postmeta") {
      meta_key_.clear();
      meta_value_.clear();
    } else if (name == "category") {
      term_ = {std::string(XmlAttribute(attributes, "domain")),
               std::string(XmlAttribute(attributes, "nicename")),
               {}};
      target_ = &term_.name;
    } else {
      for (const auto& field : kItemFields) {
        if (field.name == name && (field.in_outline || !outline)) target_ = &(item.*field.to);
      }
    }
  } else if (depth_ == 3) {
    if (name == "wp:meta_key") {
      target_ = &meta_key_;
    } else if (name == "wp:meta_value" && IsWantedMeta(meta_key_)) {
      target_ = &meta_value_;
    } else if (outline) {
      StartInComment(name);
    }
  }
}

void WxrItemBuilder::StartInComment(std::string_view name) {
  const bool outline = detail_ == WxrDetail::kOutline;
  limit_ = outline ? kShort : kLong;
  for (const auto& field : kCommentFields) {
    if (field.name == name && (field.in_outline || !outline)) target_ = &(comment.*field.to);
  }
}

void WxrItemBuilder::End(std::string_view name) {
  target_ = nullptr;
  if (depth_ == 2 && !alone_) {
    if (name == "wp:postmeta" && IsWantedMeta(meta_key_)) {
      // An entry that was named anew twice has two old names; of all else the first counts.
      const auto [kept, is_new] = item.meta.emplace(std::exchange(meta_key_, {}), meta_value_);
      if (!is_new && kept->first == "_wp_old_slug" && kept->second.size() < kMaxOldSlugs)
        kept->second += "\n" + meta_value_;
      meta_value_.clear();
    } else if (name == "category") {
      item.terms.push_back(std::exchange(term_, {}));
    }
  }
  --depth_;
}

WxrItem ParseWxrItem(XmlReader& reader, const WxrNames& names, ImportBytes& bytes,
                     const ItemPlace& place) {
  const std::int64_t line = place.line;
  Fragment fragment(names);
  reader.Begin(fragment, line, false);
  // In pieces: a post may hang below it a hundred thousand comments, which are read one by one.
  for (std::size_t done = 0; done < place.length || done == 0; done += kPiece) {
    const std::size_t piece = std::min<std::size_t>(kPiece, place.length - done);
    reader.Feed(bytes.Slice(place.offset + done, piece), done + piece == place.length);
    if (fragment.builder.too_long()) throw ImportTrouble{line, "It is larger than 12 MB."};
  }
  fragment.builder.item.line = line;
  return std::move(fragment.builder.item);
}

WxrComment ParseWxrComment(XmlReader& reader, const WxrNames& names, ImportBytes& bytes,
                           const ItemPlace& place) {
  const std::int64_t line = place.line;
  if (place.length > kLong) throw ImportTrouble{line, "It is larger than 12 MB."};
  Fragment fragment(names);
  reader.Parse(fragment, bytes.Slice(place.offset, place.length), line);
  fragment.builder.comment.line = line;
  return std::move(fragment.builder.comment);
}

void WxrNames::Learn(const char** attributes) {
  for (; *attributes != nullptr; attributes += 2) {
    const std::string_view name = attributes[0], uri = attributes[1];
    if (!name.starts_with("xmlns:")) continue;
    std::string_view usual;
    if (uri.find("wordpress.org/export/") != std::string_view::npos) {
      usual = uri.find("excerpt") != std::string_view::npos ? "excerpt:" : "wp:";
    } else if (uri.find("purl.org/rss/1.0/modules/content") != std::string_view::npos) {
      usual = "content:";
    } else if (uri.find("purl.org/dc/elements") != std::string_view::npos) {
      usual = "dc:";
    } else {
      continue;
    }
    const std::string here = std::string(name.substr(6)) + ":";
    if (here != usual) prefix_[here] = usual;
  }
}

std::string_view WxrNames::operator()(std::string_view name) const {
  if (prefix_.empty()) return name;
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return name;
  const auto found = prefix_.find(name.substr(0, colon + 1));
  if (found == prefix_.end()) return name;
  buffer_ = found->second;
  buffer_ += name.substr(colon + 1);
  return buffer_;
}

}  // namespace daybook::journal
