// Downloads that are gone on with: which bytes a Range means, and what of a file leaves.
#include "fcgi/file_answer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <tuple>

#include "fcgi/http_error.h"

namespace daybook::fcgi {
namespace {

TEST(FileAnswer, ReadsOneRangeAndTakesWhatItDoesNotKnowForTheWhole) {
  const std::tuple<const char*, RangeKind, ByteRange> cases[] = {
      {"", RangeKind::kAll, {}},
      {"bytes=0-0", RangeKind::kPart, {0, 0}},
      {"bytes=10-", RangeKind::kPart, {10, 99}},
      {"bytes=90-200", RangeKind::kPart, {90, 99}},
      {"bytes=-1", RangeKind::kPart, {99, 99}},
      {"bytes=-500", RangeKind::kPart, {0, 99}},
      {"bytes=100-", RangeKind::kNone, {}},
      {"bytes=-0", RangeKind::kNone, {}},
      {"bytes=5-4", RangeKind::kAll, {}},
      {"bytes=0-1,5-6", RangeKind::kAll, {}},
      {"bytes=a-b", RangeKind::kAll, {}},
      {"bytes=99999999999999999999-", RangeKind::kAll, {}},
      {"items=0-1", RangeKind::kAll, {}},
      {"bytes=", RangeKind::kAll, {}},
  };
  for (const auto& [header, kind, expected] : cases) {
    ByteRange range;
    EXPECT_EQ(ParseRange(header, 100, range), kind) << header;
    EXPECT_EQ(range, expected) << header;
  }
  ByteRange range;
  EXPECT_EQ(ParseRange("bytes=0-", 0, range), RangeKind::kNone);
}

class Download : public testing::Test {
 protected:
  Download() {
    for (int i = 0; i < 100'000; ++i) bytes_ += std::to_string(i);
    std::ofstream(file_, std::ios::binary) << bytes_;
  }
  ~Download() override { std::filesystem::remove(file_); }

  static std::string Sent(const Request& request, const Response& response) {
    std::string sent;
    EXPECT_TRUE(SendPart(request, response, [&](std::string_view piece) {
      EXPECT_LE(piece.size(), 65536u);
      sent += piece;
      return true;
    }));
    return sent;
  }
  static std::string HeaderOf(const Response& response, std::string_view name) {
    for (const Header& header : response.headers)
      if (header.name == name) return header.value;
    return "";
  }

  std::string bytes_;
  const std::filesystem::path file_ =
      std::filesystem::path(testing::TempDir()) / "daybook-download-test";
};

TEST_F(Download, AllOfItAndItsRest) {
  Request request;
  const Response whole = FileAnswer(request, file_, "application/zip");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(Sent(request, whole), bytes_);
  EXPECT_NE(Serialize(request, whole).find("Content-Length: " + std::to_string(bytes_.size())),
            std::string::npos);
  request.headers = {{"range", "bytes=100000-"}, {"if-range", HeaderOf(whole, "ETag")}};
  const Response rest = FileAnswer(request, file_, "application/zip");
  EXPECT_EQ(rest.status, 206);
  EXPECT_EQ(HeaderOf(rest, "Content-Range"), "bytes 100000-" + std::to_string(bytes_.size() - 1) +
                                                 "/" + std::to_string(bytes_.size()));
  EXPECT_EQ(Sent(request, rest), bytes_.substr(100000));
  request.headers[1].value = "\"another\"";
  EXPECT_EQ(FileAnswer(request, file_, "application/zip").status, 200);
}

TEST_F(Download, HeadAndWhatLiesBehindTheEndHaveNoBody) {
  Request request;
  request.method = Method::kHead;
  EXPECT_EQ(Sent(request, FileAnswer(request, file_, "application/zip")), "");
  request.method = Method::kGet;
  request.headers = {{"range", "bytes=999999999-"}};
  const Response none = FileAnswer(request, file_, "application/zip");
  EXPECT_EQ(none.status, 416);
  EXPECT_EQ(HeaderOf(none, "Content-Range"), "bytes */" + std::to_string(bytes_.size()));
  EXPECT_EQ(Sent(request, none), "");
  EXPECT_THROW(FileAnswer(request, file_.string() + "-not", "application/zip"), HttpError);
}

TEST_F(Download, AFileThatBecameShorterIsNotTakenForWhole) {
  Request request;
  const Response whole = FileAnswer(request, file_, "application/zip");
  std::filesystem::resize_file(file_, 10);
  EXPECT_FALSE(SendPart(request, whole, [](std::string_view) { return true; }));
}

}  // namespace
}  // namespace daybook::fcgi
