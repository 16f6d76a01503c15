// The first pass over a WordPress export.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "journal/import_hosts.h"
#include "journal/import_order.h"
#include "journal/import_permalink.h"
#include "journal/import_report.h"
#include "journal/import_wordpress.h"
#include "journal/import_wxr.h"
#include "text/dates.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

std::string Trimmed(std::string_view s) {
  const std::size_t first = s.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1));
}

std::string Lower(std::string s) {
  for (char& c : s) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return s;
}

// Items in which WordPress keeps its own affairs: nobody ever read them.
bool IsMachinery(std::string_view type) {
  static constexpr std::string_view kTypes[] = {
      "revision",         "wp_block",      "oembed_cache", "customize_changeset",
      "wp_global_styles", "wp_template",   "wp_font_face", "wp_template_part",
      "wp_font_family",   "wp_navigation", "user_request", "custom_css"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

bool IsVersion(std::string_view s) {
  const std::size_t dot = s.find('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < s.size() && s.size() < 10 &&
         s.find_first_not_of("0123456789.") == std::string_view::npos &&
         s.find('.', dot + 1) == std::string_view::npos;
}

class Scanner : public XmlSink {
 public:
  Scanner(const XmlReader& reader, const ScanOptions& options)
      : reader_(reader), options_(options) {}

  void Start(std::string_view raw_name, const char** attributes) override {
    ++depth_;
    if (depth_ == 1) {
      names_.Learn(attributes);
      if (raw_name != "rss") {
        throw ImportTrouble{reader_.line(), "This is no WordPress export: it begins with <" +
                                                std::string(raw_name.substr(0, 40)) +
                                                ">, not with <rss>."};
      }
      return;
    }
    const std::string_view name = names_(raw_name);
    if (item_) {
      item_->Start(name, attributes);
      if (item_->depth() == 2 && name == "wp:comment") {
        comment_.offset = reader_.offset();
        comment_.line = static_cast<std::uint32_t>(reader_.line());
      }
      return;
    }
    if (depth_ == 2 && name == "channel") in_channel_ = saw_channel_ = true;
    text_.clear();
    if (!in_channel_ || depth_ != 3) return;
    block_ = name;
    if (name == "item") {
      item_.emplace(WxrDetail::kOutline);
      item_->Start(name, attributes);
      place_ = {};
      place_.offset = reader_.offset();
      place_.line = static_cast<std::uint32_t>(reader_.line());
      comments_before_ = answers_.size();
    }
    fields_.clear();
  }

  void Text(std::string_view text) override {
    if (item_) {
      item_->Text(text);
    } else if (text_.size() < 4096) {
      text_.append(text);
    }
  }

  void End(std::string_view raw_name) override {
    const std::string_view name = names_(raw_name);
    if (item_) {
      if (item_->depth() == 2 && name == "wp:comment") EndComment();
      item_->End(name);
      if (item_->depth() == 0) EndItem();
    } else if (in_channel_ && depth_ == 4) {
      fields_[std::string(name)] = Trimmed(text_);
    } else if (in_channel_ && depth_ == 3) {
      EndBlock(name);
    } else if (depth_ == 2) {
      in_channel_ = false;
    }
    --depth_;
  }

  OldJournal Finish(std::int64_t last_line);

  WxrNames names_;
  std::map<std::string, ItemPlace> reusable_;

 private:
  static std::uint32_t Length(std::uint64_t from, std::uint64_t to, std::int64_t line) {
    if (to - from > 256u << 20) throw ImportTrouble{line, "This item is larger than 256 MB."};
    return static_cast<std::uint32_t>(to - from);
  }

  void EndComment() {
    const WxrComment& c = item_->comment;
    comment_.length = Length(comment_.offset, reader_.end(), comment_.line);
    comment_.at = WordPressTime(c.date_gmt, c.date, "", options_.zone);
    SeeClock(c.date_gmt, c.date, "");
    comment_.kind = IsReferenceType(Trimmed(c.type)) ? 1 : 0;
    answers_.push_back(comment_);
    links_.push_back({LinkNumber(c.id), LinkNumber(c.parent)});
    is_reference_.push_back(IsReferenceType(Trimmed(c.type)));
    comment_ = {};
  }

  void SeeClock(std::string_view gmt, std::string_view local, std::string_view rfc822) {
    const auto at = text::ParseSqlDate(Trimmed(gmt)), shown = text::ParseSqlDate(Trimmed(local));
    if (!shown) return;
    const auto moment = at ? text::FromOffset(*at, 0) : text::ParseRfc822Date(Trimmed(rfc822));
    if (moment) journal_.clock.See(*moment, *shown);
  }

  void EndItem();
  void EndBlock(std::string_view name);
  void AddMenuItem(const WxrItem& item);
  void LoseComments();

  const XmlReader& reader_;
  const ScanOptions& options_;
  OldJournal journal_;
  int depth_ = 0;
  bool in_channel_ = false, saw_channel_ = false, saw_version_ = false;
  std::string block_, text_, link_;
  std::map<std::string, std::string, std::less<>> fields_;
  std::optional<WxrItemBuilder> item_;
  ItemPlace place_, comment_;
  std::size_t comments_before_ = 0;
  std::vector<ItemPlace> answers_;
  std::vector<ItemLink> links_, entry_links_;
  std::vector<bool> is_reference_;
  PermalinkGuess guess_;
};

void Scanner::EndBlock(std::string_view name) {
  const std::string text = Trimmed(text_);
  const auto field = [&](std::string_view key) {
    const auto found = fields_.find(key);
    return found == fields_.end() ? std::string() : found->second;
  };
  if (name == "title") {
    journal_.title = text;
  } else if (name == "description") {
    journal_.tagline = text;
  } else if (name == "language") {
    journal_.language = text;
  } else if (name == "link") {
    link_ = text;
  } else if (name == "wp:base_site_url") {
    journal_.site_url = text;
  } else if (name == "wp:base_blog_url") {
    journal_.home_url = text;
  } else if (name == "wp:wxr_version") {
    if (!IsVersion(text)) {
      throw ImportTrouble{
          reader_.line(),
          "This is no WordPress export that can be read: its <wp:wxr_version> is “" +
              text.substr(0, 40) + "”, and a number such as 1.2 belongs there."};
    }
    saw_version_ = true;
  } else if (name == "wp:author") {
    OldAuthor author{
        field("wp:author_login"), field("wp:author_display_name"), field("wp:author_email"), {}, {},
        field("wp:author_id")};
    if (author.name.empty())
      author.name = Trimmed(field("wp:author_first_name") + " " + field("wp:author_last_name"));
    if (author.name.empty()) author.name = author.login;
    if (!author.login.empty() || !author.name.empty())
      journal_.authors.push_back(std::move(author));
  } else if (name == "wp:category") {
    journal_.categories.push_back({text::DecodePercent(field("wp:category_nicename")),
                                   field("wp:cat_name"),
                                   text::DecodePercent(field("wp:category_parent")),
                                   field("wp:category_description"), field("wp:term_id")});
  } else if (name == "wp:tag") {
    journal_.tags.push_back({text::DecodePercent(field("wp:tag_slug")),
                             field("wp:tag_name"),
                             {},
                             field("wp:tag_description"),
                             field("wp:term_id")});
  } else if (name == "wp:term") {
    const std::string taxonomy = field("wp:term_taxonomy");
    OldTerm term{text::DecodePercent(field("wp:term_slug")), field("wp:term_name"),
                 text::DecodePercent(field("wp:term_parent")), field("wp:term_description"),
                 field("wp:term_id")};
    if (taxonomy == "category") {
      journal_.categories.push_back(std::move(term));
    } else if (taxonomy == "post_tag") {
      journal_.tags.push_back(std::move(term));
    } else if (taxonomy != "nav_menu" && taxonomy != "post_format") {
      ++journal_.skipped[Left("import.left.terms", taxonomy.substr(0, 40))];
    }
  }
}

void Scanner::LoseComments() {
  for (std::size_t i = comments_before_; i < answers_.size(); ++i) {
    (is_reference_[i] ? journal_.lost_references : journal_.lost_comments).push_back(answers_[i]);
  }
  answers_.resize(comments_before_);
  links_.resize(comments_before_);
  is_reference_.resize(comments_before_);
}

void Scanner::AddMenuItem(const WxrItem& item) {
  const auto meta = [&](const char* key) {
    const auto found = item.meta.find(key);
    return found == item.meta.end() ? std::string() : Trimmed(found->second);
  };
  OldMenuItem menu;
  menu.title = Trimmed(item.title);
  menu.key = Trimmed(item.id);
  menu.line = item.line;
  menu.position = std::atoll(item.menu_order.c_str());
  menu.parent = meta("_menu_item_menu_item_parent");
  const std::string type = meta("_menu_item_type");
  if (type == "custom") menu.url = meta("_menu_item_url");
  if (type == "post_type") menu.object_id = meta("_menu_item_object_id");
  if (type == "taxonomy" && meta("_menu_item_object") == "category")
    menu.term_slug = meta("_menu_item_object_id");
  for (const WxrTerm& term : item.terms) {
    if (term.domain == "nav_menu") menu.menu = term.nicename;
  }
  if (Trimmed(item.status) == "publish" && journal_.menu.size() < 5000)
    journal_.menu.push_back(std::move(menu));
}

void Scanner::EndItem() {
  WxrItem item = std::move(item_->item);
  item_.reset();
  place_.length = Length(place_.offset, reader_.end(), place_.line);
  item.line = place_.line;
  const std::string type = Lower(Trimmed(item.type)), status = Lower(Trimmed(item.status));
  if ((type == "post" || type == "page" || type.empty()) && status != "auto-draft") {
    place_.at = WordPressTime(item.date_gmt, item.date, item.pub_date, options_.zone);
    SeeClock(item.date_gmt, item.date, item.pub_date);
    if (place_.at == 0) place_.at = kNever - 1;  // drafts without a date come last
    const auto number = static_cast<std::uint32_t>(journal_.entries.size());
    for (std::size_t i = comments_before_; i < answers_.size(); ++i) answers_[i].owner = number;
    journal_.entries.push_back(place_);
    entry_links_.push_back(
        {LinkNumber(Trimmed(item.id)), type == "page" ? LinkNumber(Trimmed(item.parent)) : 0});
    if (type != "page" && status == "publish") {
      const OldHosts hosts(journal_.home_url.empty() ? link_ : journal_.home_url,
                           journal_.site_url);
      const auto address = hosts.Find(Trimmed(item.link));
      const auto local = text::ParseSqlDate(Trimmed(item.date));
      if (address && local && address->query.empty()) {
        const std::string slug = text::DecodePercent(Trimmed(item.name)), id = Trimmed(item.id);
        PermalinkGuess::Seen seen{address->path, slug, id, {}, {}, *local};
        for (const WxrTerm& term : item.terms) {
          if (term.domain == "category" && !term.nicename.empty())
            seen.categories.push_back(term.nicename);
        }
        guess_.See(seen);
      }
    }
    return;
  }
  LoseComments();
  if (type == "attachment") {
    OldFile file;
    file.key = Trimmed(item.id);
    file.url = Trimmed(item.attachment_url);
    if (file.url.empty()) file.url = Trimmed(item.guid);
    file.link = Trimmed(item.link);
    file.parent = Trimmed(item.parent);
    file.title = Trimmed(item.title);
    file.caption = Trimmed(item.excerpt);
    if (const auto alt = item.meta.find("_wp_attachment_image_alt"); alt != item.meta.end())
      file.alt = Trimmed(alt->second);
    file.position = std::atoll(item.menu_order.c_str());
    file.line = item.line;
    file.at = WordPressTime(item.date_gmt, item.date, item.pub_date, options_.zone);
    journal_.files.push_back(std::move(file));
  } else if (type == "nav_menu_item") {
    AddMenuItem(item);
  } else {
    if (type == "wp_block") reusable_[Trimmed(item.id)] = place_;
    if (!IsMachinery(type) && status != "auto-draft") {
      const std::string kind = Left("import.left.items", type.substr(0, 40));
      if (journal_.skipped[kind]++ == 0) journal_.skipped_lines[kind] = place_.line;
    }
  }
}

OldJournal Scanner::Finish(std::int64_t last_line) {
  if (!saw_channel_)
    throw ImportTrouble{last_line, "This is no WordPress export: it has no <channel>."};
  if (!saw_version_) {
    throw ImportTrouble{
        last_line,
        "This is no WordPress export: no <wp:wxr_version> says which edition of the format it is."};
  }
  OldJournal& j = journal_;
  if (j.home_url.empty()) j.home_url = link_;
  j.format = "wxr";
  const OldHosts hosts(j.home_url, j.site_url);
  j.identity = hosts.host() + hosts.base();
  if (j.identity.empty() || j.identity.starts_with("localhost") || j.identity.starts_with("127.")) {
    j.identity += "#" + j.title;  // many blogs have lived there
  }
  j.permalink = guess_.Pattern();
  // Oldest first; what an answer belongs to moves with that.
  const std::vector<std::uint32_t> from = SortOldestFirst(j.entries, entry_links_);
  std::vector<std::uint32_t> to(from.size());
  for (std::uint32_t i = 0; i < from.size(); ++i) to[from[i]] = i;
  for (ItemPlace& answer : answers_) answer.owner = to[answer.owner];
  (void)SortOldestFirst(answers_, links_);
  j.answers = std::move(answers_);
  return std::move(j);
}

}  // namespace

OldJournal ScanWxr(ImportBytes& bytes, const ScanOptions& options) {
  if (!bytes.unknown_encoding().empty()) {
    throw ImportTrouble{1, "The file says that it is written in “" + bytes.unknown_encoding() +
                               "”, which Daybook does not read. Save it as UTF-8."};
  }
  XmlReader reader;
  Scanner scanner(reader, options);
  reader.Begin(scanner, 1 + bytes.skipped_lines(), true);
  while (true) {
    const std::string_view text = bytes.Next();
    reader.Feed(text, text.empty());
    if (text.empty()) break;
    if (options.step) options.step(bytes.raw_position());
  }
  OldJournal journal = scanner.Finish(reader.line());
  const auto item = [&bytes, names = scanner.names_](const ItemPlace& place) {
    XmlReader fragment;
    return ParseWxrItem(fragment, names, bytes, place);
  };
  const auto reusable = [item, blocks = std::move(scanner.reusable_)](const std::string& id) {
    const auto found = blocks.find(id);
    return found == blocks.end() ? std::string() : item(found->second).content;
  };
  journal.read_entry = [item, reusable, hosts = OldHosts(journal.home_url, journal.site_url)](
                           const ItemPlace& place, const ImportClock& clock) {
    return EntryFromWordPress(item(place), {hosts, clock}, reusable);
  };
  journal.read_answer = [&bytes, names = scanner.names_](const ItemPlace& place,
                                                         const ImportClock& clock) {
    XmlReader fragment;
    return AnswerFromWordPress(ParseWxrComment(fragment, names, bytes, place), clock.zone);
  };
  return journal;
}

}  // namespace daybook::journal
