// The whole application, from a Request to a Response, where what counts is not one page but how
// they hang together: the clock, the site map, addresses that only answer to POST.
#include "handlers/app.h"

#include <gtest/gtest.h>

#include <string>

#include "handlers/routes.h"
#include "journal/permalink.h"
#include "sql/queries/settings.h"
#include "tests/journal_fixture.h"

namespace daybook::handlers {
namespace {

class AppTest : public journal::JournalTest {
 protected:
  fcgi::Response Get(const std::string& path, const std::string& etag = "") {
    fcgi::Request request;
    request.path = request.raw_path = path;
    request.host = "example.org";
    if (!etag.empty()) request.headers.push_back({"if-none-match", etag});
    try {
      return app().Handle(request);
    } catch (const fcgi::HttpError& error) {
      return app().ErrorPage(request, error);
    }
  }
  static std::string Header(const fcgi::Response& response, std::string_view name) {
    for (const fcgi::Header& header : response.headers)
      if (header.name == name) return header.value;
    return "";
  }
  App& app() {
    if (!app_) {
      AppOptions options{{folder_}, false, [this] { return now_; }};
      app_ = std::make_unique<App>(std::move(options));
    }
    return *app_;
  }

 private:
  std::unique_ptr<App> app_;
};

TEST_F(AppTest, AClockThatIsSetBackLosesNothing) {
  const std::string path = Path(Save("Kept"));
  const journal::Seconds right = now_;
  const std::string etag = Header(Get("/"), "ETag");
  EXPECT_EQ(Get(path).status, 200);
  for (const journal::Seconds wrong : {right - 30 * journal::kDay, journal::Seconds{0},
                                       journal::Seconds{-5}, right + 100 * 365 * journal::kDay}) {
    now_ = wrong;
    EXPECT_EQ(Get("/").status, 200) << wrong;
    EXPECT_EQ(Get("/archive").status, 200) << wrong;
    EXPECT_EQ(Get("/rss.xml").status, 200) << wrong;
    EXPECT_EQ(Get("/search").status, 200) << wrong;
    EXPECT_NE(Get(path).status, 500) << wrong;
  }
  now_ = right;
  EXPECT_EQ(Get(path).status, 200);
  EXPECT_NE(Get("/").body.find("Kept"), std::string::npos);
  EXPECT_EQ(Get("/", etag).status, 304);
}

TEST_F(AppTest, TheOrderOfADatesPartsIsTheOwnersOnEveryPage) {
  Set("line.posted_by", "on");
  const std::string path = Path(Save("Dated"));
  EXPECT_NE(Get(path).body.find("March 19, 2007"), std::string::npos);
  const auto leaf = [&] {
    const std::string body = Get(path).body;
    const std::size_t at = body.find("<time class=\"leaf");
    std::string words;
    bool tag = false;
    for (const char c : body.substr(at, body.find("</time>", at) - at)) {
      tag = c == '<' || (tag && c != '>');
      if (!tag && c != '>') words += c;
    }
    return words;
  };
  EXPECT_EQ(leaf(), "Monday Mar 19 2007");
  const std::string before = Header(Get("/"), "ETag");
  Set("date.order", "dmy");
  EXPECT_EQ(leaf(), "Monday 19 Mar 2007");
  EXPECT_NE(Get(path).body.find("19 March 2007"), std::string::npos);
  EXPECT_EQ(Get(path).body.find("March 19, 2007"), std::string::npos);
  EXPECT_EQ(Get("/", before).status, 200);
  Set("date.order", "ymd");
  EXPECT_EQ(leaf(), "Monday 2007 Mar 19");
  EXPECT_NE(Get("/2007/3/").body.find("2007 March"), std::string::npos);
  Set("date.order", "auto");
  EXPECT_EQ(leaf(), "Monday Mar 19 2007");
}

TEST_F(AppTest, NamesOfFeedsAndCommentsOutliveTheHost) {
  Write([&](sql::Tx& tx) {
    return tx.Exec(sql::query::kSettingPut, journal::kJournalId, journal::NewGuid());
  });
  const journal::Id entry = Save("Talked about");
  journal::NewComment comment;
  comment.entry_id = entry;
  comment.status = journal::AnswerStatus::kPublic;
  comment.author_name = "Ann";
  comment.body = "Words.";
  comment.created_at = now_ - 60;
  const journal::Id id = Write([&](sql::Tx& tx) { return journal::AddComment(tx, comment); });
  const auto ids = [&] {
    std::string all;
    for (const char* path : {"/atom.xml", "/comments/atom.xml", "/2007/atom.xml"}) {
      const std::string body = Get(path).body;
      for (std::size_t at = body.find("<id>"); at != std::string::npos;
           at = body.find("<id>", at + 1))
        all += body.substr(at, body.find("</id>", at) - at) + "\n";
    }
    return all;
  };
  const std::string before = ids();
  EXPECT_EQ(before.find("http"), std::string::npos) << before;
  EXPECT_NE(before.find(Load(entry).guid + "#comment-" + std::to_string(id)), std::string::npos);
  Set("url", "https://elsewhere.example/notes");
  EXPECT_EQ(ids(), before);
}

TEST_F(AppTest, TheAddressOfAPasswordsAnswerLeadsToTheEntry) {
  journal::EntryDraft draft = Draft("Closed");
  draft.password = "word";
  const std::string path = Path(Save(draft));
  const fcgi::Response response = Get(path.substr(0, path.size() - 5) + "/unlock");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(Header(response, "Location"), path);
  EXPECT_EQ(Get("/none/unlock").status, 404);
}

TEST_F(AppTest, TheIconThatEverybodyAsksForIsThereAndNoPageNamesIt) {
  const fcgi::Response response = Get("/favicon.ico");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "image/x-icon");
  EXPECT_TRUE(response.body.starts_with(std::string_view("\0\0\1\0", 4)));
  EXPECT_EQ(Get("/").body.find("rel=\"icon\""), std::string::npos);
}

TEST_F(AppTest, NoPageOrEntryCanTakeAnAddressOfTheSiteMap) {
  for (const auto& route : Routes()) {
    std::string_view first = std::string_view(route.pattern).substr(1);
    first = first.substr(0, first.find('/'));
    if (first.empty() || first.starts_with('{')) continue;  // the front page, years, all the rest
    const std::string name(first.substr(0, first.find('{')));
    if (name != first) continue;  // "sitemap-{n}.xml": no slug holds a dot
    EXPECT_TRUE(journal::IsReservedName(name)) << route.pattern;
    EXPECT_TRUE(journal::IsReservedPath("/" + name)) << route.pattern;
  }
}

}  // namespace
}  // namespace daybook::handlers
