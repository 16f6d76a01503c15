// Files into public/media: what is taken, under which name, and what is never to be seen there.
#include "journal/media_store.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "journal/media_pieces.h"
#include "tests/journal_fixture.h"
#include "text/media_name.h"

namespace daybook::journal {
namespace {

using namespace std::string_literals;
namespace fs = std::filesystem;

std::string Segment(char marker, const std::string& content) {
  const std::size_t size = content.size() + 2;
  return "\xFF"s + marker + static_cast<char>(size >> 8) + static_cast<char>(size) + content;
}
// Its structure holds; nobody could decode it.
std::string Jpeg(int width, int height, const std::string& story = "GPS 53 N") {
  std::string frame = "\x08"s;
  for (const int n : {height, width}) frame += {static_cast<char>(n >> 8), static_cast<char>(n)};
  return "\xFF\xD8"s + Segment('\xE1', "Exif\0\0"s + story) +
         Segment('\xC0', frame + "\x01\x01\x11\0"s) + Segment('\xDA', "\x01\x01\0\0\x3F\0"s) +
         "dots \xFF\xD9"s;
}

class MediaTest : public JournalTest {
 protected:
  Home home_{folder_};

  Stored Store(const std::string& name, const std::string& bytes) {
    return StoreMedia(db_, home_, settings_, {name, bytes.size(), text::ReadAtOf(bytes)}, {}, now_);
  }
  MediaRefusal Refusal(const std::string& name, const std::string& bytes) {
    const Stored stored = Store(name, bytes);
    EXPECT_EQ(stored.media.has_value(), stored.refusal == MediaRefusal::kNone);
    return stored.refusal;
  }
  std::string Bytes(const std::string& path) {
    std::ifstream in(home_.Media() / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::vector<std::string> Files() {
    std::vector<std::string> files;
    for (const auto& item : fs::recursive_directory_iterator(home_.Media()))
      if (item.is_regular_file())
        files.push_back(item.path().string().substr(home_.Media().string().size() + 1));
    std::sort(files.begin(), files.end());
    return files;
  }
  Media Now(Id id) {
    return Read([&](sql::Tx& tx) { return FindMedia(tx, id); }).value();
  }
  std::string HtmlOf(Id entry) {
    return Ask("select body_html from entry where id = " + std::to_string(entry));
  }
};

TEST_F(MediaTest, APictureIsThereWithoutItsStories) {
  const Stored stored = Store("Été à Cork_2.JPEG", Jpeg(400, 300));
  ASSERT_TRUE(stored.media);
  EXPECT_EQ(stored.media->path, "2007/ete-a-cork-2.jpg");
  EXPECT_EQ(stored.media->mime, "image/jpeg");
  EXPECT_EQ(stored.media->width, 400);
  EXPECT_EQ(stored.media->height, 300);
  const std::string bytes = Bytes(stored.media->path);
  EXPECT_EQ(bytes.find("GPS"), std::string::npos);
  EXPECT_EQ(static_cast<std::int64_t>(bytes.size()), stored.media->bytes);
  EXPECT_EQ(Ask("select count(*) from job where kind = 5"), "1");
  EXPECT_EQ(Files().size(), 1u) << "nothing else was left";
}

TEST_F(MediaTest, TheSameFileIsThereOnce) {
  const Stored first = Store("a.jpg", Jpeg(400, 300));
  const Stored again = Store("b.jpg", Jpeg(400, 300));
  EXPECT_TRUE(again.known);
  EXPECT_EQ(again.media->id, first.media->id);
  EXPECT_EQ(Files(), std::vector<std::string>{"2007/a.jpg"});
}

TEST_F(MediaTest, ANameThatIsTakenGetsANumber) {
  EXPECT_EQ(Store("a.jpg", Jpeg(400, 300)).media->path, "2007/a.jpg");
  EXPECT_EQ(Store("A.JPG", Jpeg(401, 300)).media->path, "2007/a-1.jpg");
  std::ofstream(home_.Media() / "2007/a-2.jpg") << "somebody put it there by hand";
  EXPECT_EQ(Store("a.jpeg", Jpeg(402, 300)).media->path, "2007/a-3.jpg");
  EXPECT_EQ(Bytes("2007/a-2.jpg"), "somebody put it there by hand");
}

TEST_F(MediaTest, WhatItIsIsToldByItsBytes) {
  EXPECT_EQ(Store("photo.png", Jpeg(400, 300)).media->path, "2007/photo.jpg");
  EXPECT_EQ(Store("photo", Jpeg(401, 300)).media->path, "2007/photo-1.jpg");
  EXPECT_EQ(Store("page.html", Jpeg(402, 300)).media->path, "2007/page.jpg");
  EXPECT_EQ(Store("paper", "%PDF-1.4 words").media->path, "2007/paper.pdf");
  EXPECT_EQ(Store("song.txt", "ID3\x03 a song").media->path, "2007/song.mp3");
  EXPECT_EQ(Store("notes", "Only words.").media->path, "2007/notes.txt");
  EXPECT_EQ(Store("data", "a\0b"s).media->path, "2007/data.bin");
  EXPECT_EQ(Store("table.xlsx", "PK\x03\x04 sheets").media->path, "2007/table.xlsx");
}

TEST_F(MediaTest, WhatCannotBeTakenIsSaidToBeWhat) {
  EXPECT_EQ(Refusal("a.jpg", ""), MediaRefusal::kEmpty);
  EXPECT_EQ(Refusal("a.jpg", "<html><script>"), MediaRefusal::kNotAPicture);
  EXPECT_EQ(Refusal("a.jpg", Jpeg(400, 300).substr(0, 44)), MediaRefusal::kCutOff);
  EXPECT_EQ(Refusal("a.jpg", Jpeg(0, 300)), MediaRefusal::kDamaged);
  EXPECT_EQ(Refusal("a.jpg", Jpeg(20000, 20000)), MediaRefusal::kTooManyPixels);
  EXPECT_EQ(Refusal("a.jpg", Jpeg(60000, 10)), MediaRefusal::kTooManyPixels);
  EXPECT_EQ(Refusal("a.heic", "\0\0\0\x18"s + "ftypheic" + "\0\0\0\0mif1heic"s),
            MediaRefusal::kHeic);
  EXPECT_EQ(Refusal("a.jpg", "\0\0\0\x18"s + "ftypavif" + "\0\0\0\0mif1avif"s),
            MediaRefusal::kHeic);
  EXPECT_EQ(Refusal("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
            MediaRefusal::kUnsafeSvg);
  EXPECT_EQ(Refusal("a.txt", "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
            MediaRefusal::kUnsafeSvg);
  EXPECT_EQ(Store("a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>")
                .media->width,
            20);
  Set("media.limit", "1");
  EXPECT_EQ(Refusal("a.zip", "PK\x03\x04" + std::string(1 << 20, 'x')), MediaRefusal::kTooLarge);
  for (const char* name : {"a.php", "a.PHP", "a.php.txt", "a.phtml", "x.html", "x.js", ".htaccess",
                           "x.svgz", "a.php ", "dir/a.cgi", "..\\a.sh"})
    EXPECT_EQ(Refusal(name, "words"), MediaRefusal::kCouldRun) << name;
  EXPECT_EQ(Files(), std::vector<std::string>{"2007/a.svg"});
}

TEST(MediaName, LeadsNowhereAndHidesNothing) {
  for (const char* typed : {"../../etc/passwd", "..", ".", "", ".hidden", "\x01\x02", "...", "/",
                            "日本", "a/b\\c", "CON", "x\n.jpg", "%2e%2e%2f", "a\xFF.jpg"}) {
    const std::string name = text::MediaName(typed, ".jpg");
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-."), std::string::npos)
        << typed;
    EXPECT_NE(name[0], '.') << typed;
    EXPECT_EQ(std::count(name.begin(), name.end(), '.'), 1) << typed;
  }
  EXPECT_EQ(text::MediaName("a.b.c.jpg", ".jpg"), "a-b-c.jpg");
}

TEST_F(MediaTest, EntriesOfferTheSmallerOnesOnceThereAreSome) {
  const Media media = *Store("harbour.jpg", Jpeg(2000, 1000)).media;
  EntryDraft draft = Draft("Harbour");
  draft.body = "![Boats](/media/2007/harbour.jpg)";
  const Id entry = Save(draft);
  EXPECT_NE(HtmlOf(entry).find("width=\"2000\" height=\"1000\""), std::string::npos);
  EXPECT_EQ(HtmlOf(entry).find("srcset"), std::string::npos);
  const auto rev = Rev();
  Write([&](sql::Tx& tx) {
    EXPECT_TRUE(PutMade(tx, media.id, 0, {5000, 2000, 1000, 1, {480, 960}, MediaState::kDone}));
    EXPECT_EQ(RenderUsersAgain(tx, settings_, media.path, 0, 10), entry);
    EXPECT_EQ(RenderUsersAgain(tx, settings_, media.path, entry, 10), 0);
  });
  EXPECT_GT(Rev(), rev);
  EXPECT_NE(HtmlOf(entry).find("srcset=\"/media/2007/harbour.w480.jpg 480w, "
                               "/media/2007/harbour.w960.jpg 960w, /media/2007/harbour.jpg 2000w\" "
                               "sizes=\""),
            std::string::npos)
      << HtmlOf(entry);
}

TEST_F(MediaTest, WhoUsesAFileIsKnown) {
  const Media media = *Store("harbour.jpg", Jpeg(400, 300)).media;
  const Media paper = *Store("paper.pdf", "%PDF-1.4").media;
  EntryDraft draft = Draft("Harbour");
  draft.body = "![Boats](/media/2007/harbour.jpg)";
  draft.updates.push_back({now_, "[Paper](/media/2007/paper.pdf#page=2)"});
  const Id entry = Save(draft);
  EXPECT_EQ(Now(media.id).uses, 1);
  EXPECT_EQ(Now(paper.id).uses, 1);
  const auto uses = Read([&](sql::Tx& tx) { return UsesOfMedia(tx, media.path, 10); });
  ASSERT_EQ(uses.size(), 1u);
  EXPECT_EQ(uses[0].title, "Harbour");
  EXPECT_EQ(EraseMedia(db_, home_, media.id), Erased::kUsed);
  EXPECT_EQ(Files().size(), 2u);
  draft.body = "No boats.";
  Replace(entry, draft);
  EXPECT_EQ(Now(media.id).uses, 0);
  EXPECT_EQ(EraseMedia(db_, home_, media.id), Erased::kDone);
  EXPECT_EQ(EraseMedia(db_, home_, media.id), Erased::kGone);
  EXPECT_EQ(Files(), std::vector<std::string>{"2007/paper.pdf"});
  EXPECT_EQ(Ask("select count(*) from job where kind = 5"), "0");
}

TEST_F(MediaTest, AReplacedFileKeepsItsAddressAndNobodySeesTheOldOne) {
  const Media media = *Store("harbour.jpg", Jpeg(2000, 1000)).media;
  Write([&](sql::Tx& tx) {
    EXPECT_TRUE(PutMade(tx, media.id, 0, {5000, 2000, 1000, 1, {480}, MediaState::kDone}));
  });
  std::ofstream(home_.Media() / "2007/harbour.w480.jpg") << "small";
  EntryDraft draft = Draft("Harbour");
  draft.body = "![Boats](/media/2007/harbour.jpg)";
  const Id entry = Save(draft);
  const std::string other = Jpeg(1200, 900, "another GPS");
  const Stored stored = ReplaceMedia(db_, home_, settings_, media.id,
                                     {"new.jpeg", other.size(), text::ReadAtOf(other)}, now_);
  ASSERT_TRUE(stored.media);
  EXPECT_EQ(stored.media->path, media.path);
  EXPECT_EQ(stored.media->edition, 1);
  EXPECT_EQ(stored.media->width, 1200);
  EXPECT_TRUE(stored.media->widths.empty());
  EXPECT_EQ(Bytes(media.path).find("GPS"), std::string::npos);
  EXPECT_NE(HtmlOf(entry).find("src=\"/media/2007/harbour.jpg?v=1\""), std::string::npos)
      << HtmlOf(entry);
  EXPECT_EQ(HtmlOf(entry).find("w480"), std::string::npos);
  // A job that had begun with the old bytes changes nothing.
  EXPECT_FALSE(Write([&](sql::Tx& tx) {
    return PutMade(tx, media.id, 0, {1, 1, 1, 1, {480}, MediaState::kDone});
  }));
  DropSmaller(home_, media.path, 1);
  EXPECT_EQ(Files(), std::vector<std::string>{"2007/harbour.jpg"});
  const std::string text = "words";
  EXPECT_EQ(ReplaceMedia(db_, home_, settings_, media.id,
                         {"a.txt", text.size(), text::ReadAtOf(text)}, now_)
                .refusal,
            MediaRefusal::kOtherKind);
  EXPECT_EQ(Files(), std::vector<std::string>{"2007/harbour.jpg"});
}

TEST_F(MediaTest, SmallerOnesOfOthersAreLeftAlone) {
  Store("a.jpg", Jpeg(400, 300));
  for (const char* name :
       {"a.w480.jpg", "a.w480-2.jpg", "a.wide.jpg", "a.w480-x.jpg", "ab.w480.jpg"})
    std::ofstream(home_.Media() / "2007" / name) << "x";
  DropSmaller(home_, "2007/a.jpg", 2);
  EXPECT_EQ(Files(),
            (std::vector<std::string>{"2007/a.jpg", "2007/a.w480-2.jpg", "2007/a.w480-x.jpg",
                                      "2007/a.wide.jpg", "2007/ab.w480.jpg"}));
}

TEST_F(MediaTest, TheLibraryIsSearchedAndKnowsWhatNobodyDescribed) {
  Store("harbour.jpg", Jpeg(400, 300));
  const Media hill = *Store("hill.jpg", Jpeg(401, 300)).media;
  Store("100%_paper.pdf", "%PDF-1.4");
  Read([&](sql::Tx& tx) {
    EXPECT_EQ(ListMedia(tx, {}).size(), 3u);
    EXPECT_EQ(CountMedia(tx, {.words = "HILL"}), 1);
    EXPECT_EQ(CountMedia(tx, {.words = "%"}), 0);
    EXPECT_EQ(CountMedia(tx, {.words = "_"}), 0);
    EXPECT_EQ(CountMedia(tx, {.words = "", .without_alt = true}), 2);
  });
  EXPECT_TRUE(
      Write([&](sql::Tx& tx) { return DescribeMedia(tx, hill.id, "", "A *green* hill", ""); }));
  Read([&](sql::Tx& tx) {
    EXPECT_EQ(CountMedia(tx, {.words = "green"}), 1);
    EXPECT_EQ(CountMedia(tx, {.words = "", .without_alt = true}), 1);
  });
}

TEST_F(MediaTest, PiecesAreKeptInOrderAndForTheirUploaderOnly) {
  const std::uint64_t most = 10;
  const journal::Piece first = TakePiece(home_, 1, "", 0, "hello", most, now_);
  ASSERT_EQ(first.outcome, PieceOutcome::kKept);
  EXPECT_EQ(first.offset, 5u);
  const std::string& upload = first.upload;
  EXPECT_EQ(TakePiece(home_, 1, upload, 0, "hello", most, now_).outcome, PieceOutcome::kElsewhere);
  EXPECT_EQ(TakePiece(home_, 1, upload, 0, "hello", most, now_).offset, 5u);
  EXPECT_EQ(TakePiece(home_, 2, upload, 5, "there", most, now_).outcome, PieceOutcome::kGone);
  EXPECT_EQ(PieceOffset(home_, 2, upload), std::nullopt);
  EXPECT_EQ(PieceOffset(home_, 1, upload), 5u);
  EXPECT_EQ(TakePiece(home_, 1, upload, 5, "too much", most, now_).outcome,
            PieceOutcome::kElsewhere);
  EXPECT_EQ(TakePiece(home_, 1, upload, 5, "there", most, now_).offset, 10u);
  for (const char* name : {"../journal.db", "", "..", "zz", "0123456789abcdef0123456789abcdeg"})
    EXPECT_EQ(TakePiece(home_, 1, name[0] ? name : "x", 0, "x", most, now_).outcome,
              PieceOutcome::kGone);
  DropPieces(home_, 1, upload);
  EXPECT_EQ(PieceOffset(home_, 1, upload), std::nullopt);
  const Seconds today = static_cast<Seconds>(time(nullptr));
  for (int i = 0; i < kMostUnfinished; ++i)
    EXPECT_EQ(TakePiece(home_, 1, "", 0, "x", most, today).outcome, PieceOutcome::kKept);
  EXPECT_EQ(TakePiece(home_, 1, "", 0, "x", most, today).outcome, PieceOutcome::kTooMany);
  EXPECT_EQ(TakePiece(home_, 1, "", 0, "x", most, today + 2 * kDay).outcome, PieceOutcome::kKept);
}

}  // namespace
}  // namespace daybook::journal
