// The owner's file of subscribers, in and out: see subscriber.h.
#include <algorithm>
#include <array>

#include "journal/subscriber.h"
#include "journal/terms.h"
#include "sql/queries/subscriber.h"
#include "sql/tx.h"
#include "text/dates.h"
#include "text/email.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr std::array<std::string_view, 4> kStatuses = {"asked", "confirmed", "left", "bounced"};
constexpr std::array<std::string_view, 4> kPosts = {"each", "weekly", "monthly", "none"};
constexpr size_t kMostProblems = 100;

bool IsFormula(std::string_view value) {
  return !value.empty() && std::string_view("=+-@\t").find(value[0]) != std::string_view::npos;
}

// A value that a spreadsheet would take for a formula is made text; of addresses it is undone when
// the file comes back.
std::string Quoted(std::string_view value) {
  std::string out = "\"";
  if (IsFormula(value)) out += '\'';
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

// One record; `line` grows by the lines that it takes up.
std::vector<std::string> TakeRecord(std::string_view& csv, char separator, std::int64_t& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  size_t i = 0;
  for (; i < csv.size(); ++i) {
    const char c = csv[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < csv.size() && csv[i + 1] == '"') {
        fields.back() += c;
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && fields.back().empty()) {
      quoted = true;
    } else if (c == separator) {
      fields.emplace_back();
    } else if (c == '\n') {
      ++i;
      break;
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  csv.remove_prefix(std::min(i, csv.size()));
  return fields;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

// Where each column stands; the first one is the address if there are no names.
struct Columns {
  int email = -1, posts = -1, newsletter = -1, tags = -1, status = -1;
};

Columns ColumnsOf(const std::vector<std::string>& names) {
  Columns columns;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string name = Lower(Trimmed(names[i]));
    const int at = static_cast<int>(i);
    if (name == "email" || name == "e-mail" || name == "email address" || name == "email_address")
      columns.email = at;
    if (name == "posts") columns.posts = at;
    if (name == "newsletter") columns.newsletter = at;
    if (name == "tags") columns.tags = at;
    if (name == "status") columns.status = at;
  }
  return columns;
}

// The tags of a field, by name or slug, with commas or semicolons between them; without any, one
// tag, or slugs with blanks between them as our own files have them. Gives what is no tag here.
std::string TakeTags(sql::Tx& tx, std::string_view field, Choices& choices) {
  const auto take = [&](std::string_view name) {
    const Id tag = TagNamed(tx, name);
    if (tag != 0) choices.tags.push_back(tag);
    return tag != 0;
  };
  if (field.empty()) return "";
  choices.all_tags = false;
  const std::string_view marks = field.find_first_of(",;") == std::string_view::npos ? " " : ",;";
  if (marks == " " && take(field)) return "";
  while (!field.empty()) {
    const std::size_t end = std::min(field.size(), field.find_first_of(marks));
    const std::string_view name = Trimmed(field.substr(0, end));
    field.remove_prefix(std::min(field.size(), end + 1));
    if (!name.empty() && !take(name)) return std::string(name);
  }
  return "";
}

}  // namespace

std::string SubscribersCsv(sql::Tx& tx) {
  constexpr std::int64_t kPart = 500;
  std::string out = "email,status,posts,newsletter,tags,confirmed,proof\r\n";
  Id last = 0;
  for (bool more = true; more;) {
    std::vector<Subscriber> part;
    {
      sql::Rows rows = tx.Query(query::kSubscriberAfter, last, kPart);
      while (rows.Step()) {
        Subscriber one;
        one.id = rows.Int(0);
        one.email = rows.String(1);
        one.status = rows.As<SubscriberStatus>(2);
        one.choices = {rows.As<Cadence>(3), rows.Bool(4), rows.Bool(5), {}};
        one.confirmed_at = rows.OptionalInt(8);
        one.proof = rows.String(10);
        part.push_back(std::move(one));
      }
    }
    more = !part.empty();
    for (const Subscriber& one : part) {
      last = one.id;
      std::string tags;
      if (!one.choices.all_tags)
        for (const WantedTag& tag : TagsOf(tx, one.id))
          tags += (tags.empty() ? "" : " ") + tag.slug;
      out += Quoted(one.email) + "," + std::string(kStatuses.at(static_cast<size_t>(one.status))) +
             "," + std::string(kPosts.at(static_cast<size_t>(one.choices.cadence))) + "," +
             (one.choices.newsletter ? "yes" : "no") + "," + Quoted(tags) + "," +
             (one.confirmed_at ? text::Rfc3339Date(*one.confirmed_at, "UTC") : "") + "," +
             Quoted(one.proof) + "\r\n";
    }
  }
  return out;
}

CsvTaken TakeSubscribersCsv(sql::Tx& tx, const Settings& settings, std::string_view csv,
                            std::string_view note, Seconds now) {
  CsvTaken taken;
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  const std::string_view first = csv.substr(0, csv.find('\n'));
  char separator = ',';
  for (const char c : {';', '\t'})
    if (std::count(first.begin(), first.end(), c) >
        std::count(first.begin(), first.end(), separator))
      separator = c;
  std::int64_t line = 0;
  Columns columns;
  const auto blame = [&](std::int64_t at, CsvProblem::Why why, std::string_view value) {
    ++taken.failed;
    if (taken.problems.size() < kMostProblems)
      taken.problems.push_back({at, why, std::string(value.substr(0, 100))});
  };
  for (bool is_first = true; !csv.empty(); is_first = false) {
    const std::int64_t at = line + 1;
    const std::vector<std::string> record = TakeRecord(csv, separator, line);
    if (line < at) line = at;  // the last one without a line end
    if (is_first) {
      columns = ColumnsOf(record);
      if (columns.email >= 0) continue;
      columns.email = 0;
    }
    const auto field = [&](int column) {
      return column >= 0 && static_cast<size_t>(column) < record.size()
                 ? Trimmed(record[static_cast<size_t>(column)])
                 : std::string_view();
    };
    if (record.size() == 1 && Trimmed(record[0]).empty()) continue;
    std::string_view typed = field(columns.email);
    if (typed.size() > 1 && typed[0] == '\'' && IsFormula(typed.substr(1))) typed.remove_prefix(1);
    const auto email = text::ParseEmail(typed);
    if (!email) {
      blame(at, CsvProblem::Why::kAddress, typed);
      continue;
    }
    const std::string status = Lower(field(columns.status));
    if (!status.empty() && status != "confirmed") {  // of our own files: who left stays away
      blame(at, CsvProblem::Why::kSuppressed, email->view());
      continue;
    }
    Choices choices;
    const std::string posts = Lower(field(columns.posts));
    const auto found = std::find(kPosts.begin(), kPosts.end(), posts.empty() ? "each" : posts);
    if (found == kPosts.end()) {
      blame(at, CsvProblem::Why::kPosts, posts);
      continue;
    }
    choices.cadence = static_cast<Cadence>(found - kPosts.begin());
    const std::string newsletter = Lower(field(columns.newsletter));
    choices.newsletter = newsletter == "yes" || newsletter == "1" || newsletter == "true";
    if (const std::string unknown = TakeTags(tx, field(columns.tags), choices); !unknown.empty()) {
      blame(at, CsvProblem::Why::kTag, unknown);
      continue;
    }
    switch (AddSubscriber(tx, settings, *email, choices, note, now)) {
      case Added::kAdded:
        ++taken.added;
        break;
      case Added::kKnown:
        blame(at, CsvProblem::Why::kKnown, email->view());
        break;
      case Added::kSuppressed:
        blame(at, CsvProblem::Why::kSuppressed, email->view());
        break;
    }
  }
  return taken;
}

}  // namespace daybook::journal
