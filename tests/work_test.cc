// daybook-work from the inside: which peers are asked, what is told to whom, how a mail looks. The
// real programs with real peers are in tests/e2e/webmention_test.py.
#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "journal/mentions.h"
#include "tests/journal_fixture.h"
#include "text/email.h"
#include "text/utf8.h"
#include "work/charset.h"
#include "work/drain.h"

namespace daybook::work {
namespace {

using journal::Id;
using journal::SentState;

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr& get() const { return *reinterpret_cast<const sockaddr*>(&storage); }
};
Address At(const std::string& text, std::uint16_t port = 80) {
  Address address;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&address.storage, &v4, sizeof v4);
    address.size = sizeof v4;
  } else {
    EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr), 1) << text;
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&address.storage, &v6, sizeof v6);
    address.size = sizeof v6;
  }
  return address;
}

TEST(Peers, OnlyAddressesOfThePublicInternetAreAsked) {
  for (const char* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.1",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.1.1.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::ffff:8.8.8.8",
                           "::7f00:1",
                           "64:ff9b::7f00:1",
                           "64:ff9b:1::1",
                           "100::1",
                           "2001::1",
                           "2001:10::1",
                           "2001:db8::1",
                           "2002:7f00:1::1",
                           "3fff::1",
                           "fc00::1",
                           "fd12::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "5f00::1"}) {
    EXPECT_FALSE(IsPublicAddress(At(text).get(), At(text).size)) << text;
  }
  for (const char* text :
       {"1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "128.0.0.1",
        "172.15.255.255", "172.32.0.1", "192.0.1.1", "192.167.1.1", "198.17.0.1", "198.20.0.1",
        "223.255.255.255", "2001:4860::1", "2606:4700::1", "2a00:1450::1"}) {
    EXPECT_TRUE(IsPublicAddress(At(text).get(), At(text).size)) << text;
  }
}

TEST(Peers, ALoopbackPeerIsAskedOnlyIfItIsListedWithItsPort) {
  const auto asks = [](const Allowed& allowed, const char* peer, std::uint16_t port,
                       std::string_view host) {
    const Address address = At(peer, port);
    return allowed.Peer(address.get(), address.size, host);
  };
  const Allowed none, some("127.0.0.1:8080 localhost:9000 10.0.0.1:80");
  EXPECT_FALSE(asks(none, "127.0.0.1", 80, "127.0.0.1"));
  EXPECT_TRUE(asks(some, "127.0.0.1", 8080, "whatever.example"));
  EXPECT_FALSE(asks(some, "127.0.0.1", 8081, "127.0.0.1"));
  EXPECT_FALSE(asks(some, "127.0.0.2", 8080, "127.0.0.2"));
  EXPECT_TRUE(asks(some, "::1", 9000, "localhost"));
  EXPECT_FALSE(asks(some, "::1", 9000, "rebound.example"));
  EXPECT_FALSE(asks(some, "10.0.0.1", 80, "10.0.0.1")) << "listed, but not of this machine";
  EXPECT_TRUE(asks(some, "1.1.1.1", 443, "x.example"));
  EXPECT_FALSE(asks(some, "1.1.1.1", 8080, "x.example"));
  EXPECT_TRUE(some.Port(443) && some.Port(80) && some.Port(8080));
  EXPECT_FALSE(some.Port(22) || none.Port(8080));
}

TEST(Fetch, ANameThatTurnsIntoAPrivateAddressIsNotAsked) {
  CurlFetcher fetcher(Allowed(""), "(test)");
  fetcher.names = {"rebound.example:80:127.0.0.1", "inside.example:80:192.168.0.1",
                   "six.example:80:[::1]"};
  for (const char* url :
       {"http://rebound.example/", "http://inside.example/", "http://six.example/"}) {
    EXPECT_EQ(fetcher.Fetch({url, std::nullopt, "*/*"}).problem, FetchProblem::kPeer) << url;
  }
}

TEST(Fetch, OnlyTheWebAndItsPorts) {
  CurlFetcher fetcher(Allowed(""), "(test)");
  for (const char* url :
       {"ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "", "http://a.example:22/",
        "https://a.example:8443/", "//a.example/", "http://user:word@a.example/"}) {
    EXPECT_EQ(fetcher.Fetch({url, std::nullopt, "*/*"}).problem, FetchProblem::kAddress) << url;
  }
}

class FakeWeb : public Fetcher {
 public:
  Fetched Fetch(const FetchRequest& request) override {
    Fetched got;
    got.url = request.url;
    if (request.form) told.push_back(request.url + " " + *request.form);
    const auto page = pages.find(request.url);
    asked.push_back(request.url);
    if (page == pages.end()) return got;  // nobody answers
    got.problem = FetchProblem::kNone;
    got.status = page->second.first;
    got.body = page->second.second;
    return got;
  }
  std::map<std::string, std::pair<int, std::string>> pages;
  std::vector<std::string> told, asked;
};

class SpreadTest : public journal::JournalTest {
 protected:
  SpreadTest()
      : opened_{{folder_}, config_, sql::Db::Open(db_.file(), sql::OpenMode::kReadWrite)},
        templates_({"en", "", "", true}) {
    web_.pages["https://a.example/x"] = {200, R"(<link rel="webmention" href="/mention">)"};
    web_.pages["https://a.example/mention"] = {202, ""};
    web_.pages["https://none.example/"] = {200, "<p>takes none"};
  }
  void Work() {
    const Tools tools{opened_, templates_, web_, nullptr, [this] { return now_; }};
    Drain(tools, "test", [] { return false; });
  }
  journal::EntryDraft Linking(const std::string& html) {
    journal::EntryDraft draft = Draft("Linking");
    draft.format = journal::Format::kHtml;
    draft.body = html;
    return draft;
  }
  std::vector<journal::SentMention> Sent(Id entry) {
    return Read([&](sql::Tx& tx) { return journal::SentOf(tx, entry); });
  }
  std::int64_t Waiting() {
    return Read([&](sql::Tx& tx) { return journal::CountJobs(tx, now_).waiting; });
  }

  journal::Journal opened_;
  templates::Templates templates_;
  FakeWeb web_;
  const std::string form_ =
      "https://a.example/mention source=https%3A%2F%2Fexample.org%2F2007%2F3%2F19%2Flinking.html"
      "&target=https%3A%2F%2Fa.example%2Fx";
};

TEST_F(SpreadTest, APublishedEntryTellsEachPageThatItLinksToOnce) {
  const Id id =
      Save(Linking(R"(<a href="https://a.example/x">a</a> <a href="https://a.example/x#y">b</a>
      <a href="https://none.example/">c</a> <a href="/own">d</a> <a href="https://example.org/e">e</a>)"));
  Work();
  EXPECT_EQ(web_.told, std::vector<std::string>{form_});
  ASSERT_EQ(Sent(id).size(), 2U);
  EXPECT_EQ(Sent(id)[0].state, SentState::kTold);
  EXPECT_EQ(Sent(id)[0].endpoint, "https://a.example/mention");
  EXPECT_EQ(Sent(id)[1].state, SentState::kTakesNone);
  EXPECT_EQ(Waiting(), 0);
}

TEST_F(SpreadTest, ASiteThatDoesNotAnswerIsAskedForOnePageAndNotForAll) {
  Save(Linking(R"(<a href="https://tar.example/1">a</a> <a href="https://tar.example/2">b</a>
      <a href="https://tar.example/3">c</a> <a href="https://a.example/x">d</a>)"));
  Work();
  EXPECT_EQ(web_.asked, (std::vector<std::string>{"https://tar.example/1", "https://a.example/x",
                                                  "https://a.example/mention"}));
  EXPECT_EQ(Waiting(), 3);
  web_.asked.clear();
  now_ += 60;
  Work();
  EXPECT_EQ(web_.asked.size(), 1U);
}

TEST_F(SpreadTest, AnEditTellsAgainAlsoWhereTheLinkIsGone) {
  const Id id = Save(Linking(R"(<a href="https://a.example/x">a</a>)"));
  Work();
  web_.told.clear();
  Replace(id, Linking("No link any more."));
  Work();
  EXPECT_EQ(web_.told, std::vector<std::string>{form_});
  Replace(id, Linking("Nor now."));
  web_.told.clear();
  Work();
  EXPECT_TRUE(web_.told.empty()) << "it knows already";
}

TEST_F(SpreadTest, ADeletedOrErasedEntryTellsItsEnd) {
  for (const bool erased : {false, true}) {
    const Id id = Save(Linking(R"(<a href="https://a.example/x">a</a>)"));
    Work();
    web_.told.clear();
    Write([&](sql::Tx& tx) {
      return erased ? journal::EraseEntry(tx, id, now_)
                    : journal::DeleteEntry(tx, settings_, id, now_);
    });
    Work();
    EXPECT_EQ(web_.told.size(), 1U);
  }
}

TEST_F(SpreadTest, DraftsScheduledLockedAndImportedEntriesTellNobody) {
  std::vector<journal::EntryDraft> drafts(4, Linking(R"(<a href="https://a.example/x">a</a>)"));
  drafts[0].status = journal::EntryStatus::kDraft;
  drafts[1].visible_at = now_ + 500;
  drafts[2].password = "secret";
  drafts[3].quiet = true;
  for (const journal::EntryDraft& draft : drafts) Save(draft);
  Work();
  EXPECT_TRUE(web_.told.empty());
  now_ += 500;
  Work();
  EXPECT_EQ(web_.told.size(), 1U) << "the scheduled one, when it came";
}

TEST_F(SpreadTest, SendingCanBeTurnedOff) {
  Set("references.send", "off");
  Save(Linking(R"(<a href="https://a.example/x">a</a>)"));
  Work();
  EXPECT_TRUE(web_.told.empty());
}

TEST_F(SpreadTest, TheAuthorsOwnSourcesAreTold) {
  const Id id = Save("Plain");
  journal::NewReference source;
  source.entry_id = id;
  source.kind = journal::ReferenceKind::kSource;
  source.via = journal::ReferenceVia::kAuthor;
  source.status = journal::AnswerStatus::kPublic;
  source.url = "https://a.example/x";
  Write([&](sql::Tx& tx) { return journal::AddReference(tx, source); });
  Replace(id, Load(id));
  Work();
  EXPECT_EQ(web_.told.size(), 1U);
}

TEST_F(SpreadTest, ASiteThatIsAwayIsTriedAgainAndOneThatRefusesIsNot) {
  web_.pages["https://a.example/mention"] = {503, ""};
  const Id id = Save(Linking(R"(<a href="https://a.example/x">a</a>)"));
  Work();
  EXPECT_EQ(Waiting(), 1);
  web_.pages["https://a.example/mention"] = {400, ""};
  now_ += 60;
  Work();
  EXPECT_EQ(Waiting(), 0);
  EXPECT_EQ(Sent(id)[0].state, SentState::kFailed);
}

TEST_F(SpreadTest, ASiteThatWasLetInBeforeNeedNotWait) {
  const Id id = Save("Target");
  const auto receive = [&](const std::string& source) {
    web_.pages[source] = {200,
                          "<title>Kind words about it</title><p>Some thoughts on that entry, "
                          "<a href='https://example.org" +
                              Path(id) + "'>here</a>."};
    journal::NewMention mention;
    mention.entry_id = id;
    mention.source = source;
    mention.target = "https://example.org" + Path(id);
    Write([&](sql::Tx& tx) { return journal::TakeMention(tx, mention, now_).id; });
    Work();
    return Ask("select status from reference where url = '" + source + "'");
  };
  EXPECT_EQ(receive("https://b.example/1"), "0");
  Write([&](sql::Tx& tx) {
    return journal::SetReferenceStatus(tx, 1, journal::AnswerStatus::kPublic, 0);
  });
  EXPECT_EQ(receive("https://b.example/2"), "1");
  EXPECT_EQ(receive("https://c.example/1"), "0");
}

TEST(Message, NoHeaderCanBeInjected) {
  for (const std::string& text :
       std::vector<std::string>{"a\r\nBcc: x@y.example", "a\nB: c", std::string("a\0b\r", 4),
                                "\xff\xfe\r\n\r\nbody", "=?UTF-8?Q?x=0D=0AB:?="}) {
    const std::string encoded = HeaderText(text).encoded();
    // Only as a fold: a line end before white space.
    for (size_t i = encoded.find('\n'); i != std::string::npos; i = encoded.find('\n', i + 1))
      EXPECT_EQ(encoded[i + 1], ' ');
    EXPECT_EQ(encoded.find("\r\nB"), std::string::npos);
  }
  EXPECT_TRUE(HeaderText("=?UTF-8?Q?x?=").encoded().starts_with("=?UTF-8?B?"));
  EXPECT_EQ(HeaderText("Plain words").encoded(), "Plain words");
}

TEST(Message, OnlyAWholeAddressStandsInAHeader) {
  for (const char* bad :
       {"https://a.example/\r\nBcc: x", "https://a.example/ x", "mailto:a@b.example",
        "https://a.example/>,<https://evil.example/", "javascript:x", ""})
    EXPECT_EQ(HeaderUrl(bad).str(), "") << bad;
  EXPECT_EQ(HeaderUrl("https://a.example/x-1").str(), "https://a.example/x-1");
  EXPECT_EQ(HeaderToken("a.b\r\nc").str(), "");
  EXPECT_EQ(HeaderToken("comments-1.a.example").str(), "comments-1.a.example");
}

TEST(Refusals, OnlyThoseThatSayThereIsNoSuchMailboxEndAnAddress) {
  for (const char* none :
       {"550 5.1.1 User unknown", "550 no such address",
        "550 Requested action not taken: mailbox unavailable", "551 5.1.6 Recipient has moved",
        "553 5.1.3 bad address", "550 5.2.1 Mailbox disabled", "556 5.1.10 null MX",
        "550 User not found: x@y.example"})
    EXPECT_TRUE(SaysNoSuchAddress(none)) << none;
  for (const char* ours :
       {"550 5.7.1 blocked", "550 relay not permitted: unknown client", "551 not here",
        "553 sender refused", "550 5.7.26 unauthenticated mail", "552 5.2.2 mailbox full",
        "550 5.2.2 over quota", "450 4.1.1 unknown", "554 5.1.1 unknown",
        "550 Message rejected as spam", "550 listed by a block list: mailbox unavailable",
        "550 5.1.8 sender's domain unknown", "550", "", "250 OK", "553 5.1.7 sender unknown"})
    EXPECT_FALSE(SaysNoSuchAddress(ours)) << ours;
}

TEST(Charset, PagesOfOtherEncodingsCanBeRead) {
  EXPECT_EQ(PageAsUtf8("gr\xFC\xDF", "text/html; charset=ISO-8859-1"), "grüß");
  EXPECT_EQ(PageAsUtf8("<meta charset='windows-1251'>\xCF\xF0", "text/html"),
            "<meta charset='windows-1251'>Пр");
  EXPECT_EQ(PageAsUtf8(std::string("\xFF\xFE"
                                   "a\0\xE9\0",
                                   6),
                       ""),
            "\xEF\xBB\xBF"
            "aé");
  EXPECT_EQ(PageAsUtf8("\x93\xFA\x96\x7B", "text/html;charset=\"Shift_JIS\""), "日本");
  // What says something wrong, or nothing that is known, is repaired.
  EXPECT_EQ(PageAsUtf8("grüß", "text/html; charset=no/such/../thing"), "grüß");
  EXPECT_TRUE(text::IsUtf8(PageAsUtf8("\xFF\xC0 a \xE9", "text/html; charset=utf-8")));
  EXPECT_TRUE(text::IsUtf8(PageAsUtf8(std::string(100'000, '\xFF'), "text/html; charset=euc-jp")));
}

TEST(Message, LinesAreShortAndNoneIsALoneDot) {
  Message message;
  message.from = text::ParseEmail("ann@example.org").value();
  message.to = text::ParseEmail("bea@example.org").value();
  message.subject = HeaderText(std::string(300, 'x') + "ü");
  message.body = ".\n" + std::string(500, 'y') + "é\n.\n..\n";
  const std::string bytes = Compose(message);
  for (size_t begin = 0; begin < bytes.size();) {
    const size_t end = bytes.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - begin, 78U);
    EXPECT_NE(bytes.substr(begin, end - begin), ".");
    begin = end + 2;
  }
}

}  // namespace
}  // namespace daybook::work
