// Pictures made upright and smaller, and what becomes of files that are meant to break that.
#include "work/image.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/picture_maker.h"
#include "text/mime.h"
#include "text/picture_file.h"
#include "work/image_codec.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;

class ImageTest : public testing::Test {
 protected:
  ImageTest() {
    std::string name = (fs::temp_directory_path() / "daybook-image-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~ImageTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  fs::path Put(const std::string& bytes) {
    const fs::path path = folder_ / "source";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  static std::string Get(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  PictureMade Make(std::string_view mime, const std::string& file, int orientation,
                   const std::vector<int>& widths) {
    PictureWanted wanted;
    wanted.source = Put(file);
    wanted.mime = mime;
    wanted.orientation = orientation;
    wanted.upright = folder_ / "upright";
    for (const int width : widths)
      wanted.smaller.push_back({width, folder_ / std::to_string(width)});
    return MakePictures(wanted);
  }
  fs::path folder_;
};

std::optional<Decoded> Decode(const std::string& file) {
  const std::string_view mime = text::MimeByContent(file);
  return mime == "image/jpeg"  ? DecodeJpeg(file, 0)
         : mime == "image/png" ? DecodePng(file, 0)
                               : DecodeWebp(file, 0);
}

// "r", "g", "b" or "w": what a corner shows.
char Corner(const Pixels& pixels, bool right, bool below) {
  const int x = right ? pixels.width * 3 / 4 : pixels.width / 4;
  const int y = below ? pixels.height * 3 / 4 : pixels.height / 4;
  const std::uint8_t* p = pixels.Row(y) + x * pixels.channels;
  const bool r = p[0] > 128, g = p[1] > 128, b = p[2] > 128;
  return r && g && b ? 'w' : r ? 'r' : g ? 'g' : b ? 'b' : '?';
}
std::string Corners(const Pixels& p) {
  return {Corner(p, false, false), Corner(p, true, false), Corner(p, false, true),
          Corner(p, true, true)};
}

// How the four fields are shown, by EXIF.
const char* const kShown[] = {"", "rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"};

TEST_F(ImageTest, EveryKindIsMadeSmallerAndTurned) {
  for (const auto& [kind, mime] :
       {std::pair{"jpeg", "image/jpeg"}, std::pair{"png", "image/png"},
        std::pair{"webp", "image/webp"}, std::pair{"lossless", "image/webp"}}) {
    for (int orientation = 1; orientation <= 8; ++orientation) {
      const std::string file = MakePicture(kind, 320, 160, orientation);
      const PictureMade made = Make(mime, file, orientation, {50, 100});
      ASSERT_EQ(made.outcome, PictureOutcome::kDone) << kind << orientation;
      // Without loss 100 by 200 may take more than 320 by 160 with large even fields.
      if (kind != std::string("lossless")) {
        EXPECT_EQ(made.widths, (std::vector<int>{50, 100}));
      }
      ASSERT_FALSE(made.widths.empty());
      for (const int width : made.widths) {
        const auto small = Decode(Get(folder_ / std::to_string(width)));
        ASSERT_TRUE(small) << kind << orientation;
        EXPECT_EQ(small->pixels.width, width);
        EXPECT_EQ(small->pixels.height, orientation >= 5 ? width * 2 : width / 2);
        EXPECT_EQ(Corners(small->pixels), kShown[orientation]) << kind << orientation;
      }
      EXPECT_EQ(made.upright, orientation != 1);
      if (orientation == 1) continue;
      const std::string upright = Get(folder_ / "upright");
      const auto turned = Decode(upright);
      ASSERT_TRUE(turned);
      EXPECT_EQ(turned->pixels.width, orientation >= 5 ? 160 : 320);
      EXPECT_EQ(Corners(turned->pixels), kShown[orientation]) << kind << orientation;
      const auto plan = text::PlanPicture(mime, upright.size(), text::ReadAtOf(upright));
      EXPECT_TRUE(plan.same) << kind << orientation << ": it tells something";
      EXPECT_EQ(plan.orientation, 1);
    }
  }
}

TEST_F(ImageTest, AStillGifIsMadeSmallerAsWebp) {
  for (const bool interlaced : {false, true}) {
    for (const bool holes : {false, true}) {
      const std::string file = MakeGif(320, 160, interlaced, holes);
      const PictureMade made = Make("image/gif", file, 1, {50, 100});
      ASSERT_EQ(made.outcome, PictureOutcome::kDone);
      ASSERT_EQ(made.widths, (std::vector<int>{50, 100}));
      for (const int width : made.widths) {
        const std::string bytes = Get(folder_ / std::to_string(width));
        ASSERT_EQ(text::MimeByContent(bytes), "image/webp");
        const auto small = DecodeWebp(bytes, 0);
        ASSERT_TRUE(small);
        EXPECT_EQ(small->pixels.width, width);
        EXPECT_EQ(small->pixels.height, width / 2);
        EXPECT_EQ(Corners(small->pixels).substr(0, 3), "rgb");
        // The white field.
        const Pixels& p = small->pixels;
        ASSERT_EQ(p.HasAlpha(), holes);
        const std::uint8_t* corner = p.Row(p.height * 3 / 4) + p.width * 3 / 4 * p.channels;
        EXPECT_TRUE(holes ? corner[3] < 40 : corner[2] > 200) << interlaced;
      }
    }
  }
}

TEST_F(ImageTest, AGifThatDoesNotCoverItsScreenShowsThroughAround) {
  std::string file = MakeGif(320, 160, false, false);
  file[6] = static_cast<char>(640 & 255), file[7] = 640 >> 8;
  file[8] = static_cast<char>(320 & 255), file[9] = 320 >> 8;
  const auto decoded = DecodeGif(file, 0);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->pixels.width, 640);
  EXPECT_EQ(decoded->pixels.height, 320);
  EXPECT_EQ(decoded->pixels.Row(159)[319 * 4 + 3], 255);
  EXPECT_EQ(decoded->pixels.Row(159)[320 * 4 + 3], 0);
  EXPECT_EQ(decoded->pixels.Row(160)[3], 0);
}

TEST_F(ImageTest, ADamagedGifIsSaidToBe) {
  const std::string file = MakeGif(320, 160, true, false);
  // Cut off within its numbers, which end as if that were all.
  const std::string cut = file.substr(0, file.size() / 2 + 400);
  EXPECT_EQ(Make("image/gif", cut, 1, {100}).outcome, PictureOutcome::kDamaged);
  std::string wrong = file;
  wrong[6 + 7 + 768 + 10 + 10] = 20;  // so many bits has no number
  EXPECT_EQ(Make("image/gif", wrong, 1, {100}).outcome, PictureOutcome::kDamaged);
  for (std::size_t at = 0; at < file.size(); at += 97) {
    std::string odd = file;
    odd[at] = static_cast<char>(odd[at] ^ 0x5A);
    static_cast<void>(Make("image/gif", odd, 1, {100}));  // whatever it is, it ends
    static_cast<void>(Make("image/gif", file.substr(0, at), 1, {100}));
  }
  // Ten thousand pixels square of one colour, in a few bytes of codes.
  std::string bomb = MakeGif(16, 16, false, false);
  for (const std::size_t at : {std::size_t{6}, bomb.find(',') + 5})
    bomb.replace(at, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_NE(Make("image/gif", bomb, 1, {100}).outcome, PictureOutcome::kDone);
}

TEST_F(ImageTest, SidesThatDoNotFitTheBlocksOfAJpegAreTurnedAllTheSame) {
  const PictureMade made = Make("image/jpeg", MakePicture("jpeg", 333, 217, 6), 6, {});
  ASSERT_TRUE(made.upright);
  const auto turned = Decode(Get(folder_ / "upright"));
  EXPECT_EQ(turned->pixels.width, 217);
  EXPECT_EQ(turned->pixels.height, 333);
  EXPECT_EQ(Corners(turned->pixels), kShown[6]);
}

TEST_F(ImageTest, LightIsAveragedNotNumbers) {
  // Black and white lines one pixel wide are half the light, which is 188 of 255.
  Pixels lines{200, 200, 3, {}};
  for (int y = 0; y < 200; ++y)
    lines.data.insert(lines.data.end(), 600, static_cast<std::uint8_t>(y % 2 ? 255 : 0));
  const Pixels small = Resize(lines, 50, 50);
  EXPECT_NEAR(small.Row(25)[75], 188, 3);
  BoxReducer reducer(200, 200, 3, 4);
  for (int y = 0; y < 200; ++y) reducer.Add(lines.Row(y));
  EXPECT_NEAR(reducer.Take().Row(25)[75], 188, 2);
}

TEST_F(ImageTest, WhatDoesNotShowThroughGivesNoColour) {
  // Red that is not there beside green that is.
  Pixels half{100, 2, 4, {}};
  for (int i = 0; i < 200; ++i) {
    const bool shown = i % 2;
    for (const int c : {shown ? 0 : 255, shown ? 255 : 0, 0, shown ? 255 : 0})
      half.data.push_back(static_cast<std::uint8_t>(c));
  }
  const Pixels small = Resize(half, 25, 1);
  EXPECT_LT(small.Row(0)[48], 12);
  EXPECT_GT(small.Row(0)[49], 240);
  EXPECT_NEAR(small.Row(0)[51], 128, 3);
}

TEST_F(ImageTest, TheColourProfileGoesWithTheSmallerOnes) {
  const Bytes profile(3000, 42);
  for (const std::string& file : {Text(EncodeJpeg(Fields(600, 300, 3), profile, 90, false)),
                                  Text(EncodeWebp(Fields(600, 300, 3), profile, 90, false))}) {
    const PictureMade made = Make(text::MimeByContent(file), file, 1, {200});
    ASSERT_EQ(made.widths.size(), 1u);
    EXPECT_EQ(Decode(Get(folder_ / "200"))->profile, profile);
  }
}

TEST_F(ImageTest, GreyStaysGrey) {
  const std::string file = Text(EncodeJpeg(Fields(600, 300, 1), {}, 90, false));
  ASSERT_EQ(Make("image/jpeg", file, 1, {200}).widths.size(), 1u);
  EXPECT_EQ(Decode(Get(folder_ / "200"))->pixels.channels, 1);
}

TEST_F(ImageTest, WhatIsNotSmallerInBytesIsNotKept) {
  Pixels flat{600, 300, 3, Bytes(600 * 300 * 3, 200)};
  const std::string file = Text(EncodePng(flat, {}));
  const std::string tiny = Text(EncodeWebp(flat, {}, 5, false));
  EXPECT_EQ(Make("image/webp", tiny, 1, {599}).outcome, PictureOutcome::kDone);
  EXPECT_FALSE(fs::exists(folder_ / "599") && fs::file_size(folder_ / "599") >= tiny.size());
}

TEST_F(ImageTest, ADamagedPictureIsSaidToBe) {
  for (const auto& [kind, mime] : {std::pair{"jpeg", "image/jpeg"}, std::pair{"png", "image/png"},
                                   std::pair{"webp", "image/webp"}}) {
    std::string file = MakePicture(kind, 640, 320, 1);
    const std::size_t from = file.size() / 2;
    for (std::size_t i = from; i < from + 600 && i + 40 < file.size(); ++i) file[i] = '\x11';
    // A lossy WebP has no way to notice.
    if (kind != std::string("webp")) {
      EXPECT_EQ(Make(mime, file, 1, {100}).outcome, PictureOutcome::kDamaged) << kind;
    }
    EXPECT_EQ(Make(mime, "", 1, {100}).outcome, PictureOutcome::kUnable);
    EXPECT_EQ(Make(mime, file.substr(0, 50), 1, {100}).outcome, PictureOutcome::kDamaged);
  }
}

std::string BigNumber(std::uint32_t n) {
  return {static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8),
          static_cast<char>(n)};
}

TEST_F(ImageTest, ABombIsTooLargeOrDamagedAndCostsLittle) {
  // A header of 60,000 x 60,000 before the pixels of 64 x 64.
  std::string bomb = Text(EncodePng(Fields(64, 64, 4), {}));
  bomb.replace(16, 8, BigNumber(60000) + BigNumber(60000));
  const PictureMade made = Make("image/png", bomb, 1, {480});
  EXPECT_NE(made.outcome, PictureOutcome::kDone);
  EXPECT_NE(made.outcome, PictureOutcome::kUnable);
  PictureWanted wanted;
  wanted.source = Put(MakePicture("jpeg", 3000, 2000, 1));
  wanted.mime = "image/jpeg";
  wanted.smaller.push_back({1600, folder_ / "1600"});
#ifndef __SANITIZE_ADDRESS__
  EXPECT_NE(MakePictures(wanted, {.memory = 40u << 20, .cpu_seconds = 30}).outcome,
            PictureOutcome::kDone);
#endif
  EXPECT_FALSE(fs::exists(folder_ / "1600"));
  EXPECT_EQ(MakePictures(wanted).outcome, PictureOutcome::kDone);
}

// The promise: a 12-megapixel JPEG in its three widths in 1.5 s of processor time and 200 MB.
TEST_F(ImageTest, TwelveMegapixelsStayWithinTheirBounds) {
  const std::string file = MakePicture("jpeg", 4000, 3000, 6);
  rusage before{}, after{};
  getrusage(RUSAGE_CHILDREN, &before);
  const PictureMade made = Make("image/jpeg", file, 6, {480, 960, 1600});
  getrusage(RUSAGE_CHILDREN, &after);
  EXPECT_EQ(made.widths.size(), 3u);
  EXPECT_TRUE(made.upright);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  const double used = seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) -
                      seconds(before.ru_stime);
  RecordProperty("cpu_ms", static_cast<int>(used * 1000));
  RecordProperty("most_kb", static_cast<int>(after.ru_maxrss));
  std::printf("12 megapixels: %.2f s, at most %ld MB in a child\n", used, after.ru_maxrss / 1024);
#ifndef __SANITIZE_ADDRESS__
  EXPECT_LT(used, 1.5);
  EXPECT_LT(after.ru_maxrss, 200 * 1024);
#endif
}

}  // namespace
}  // namespace daybook::work
