// What is left of a picture's file when its stories are taken out. All pictures here are put
// together by hand; none is decoded.
#include "text/picture_file.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::text {
namespace {

using namespace std::string_literals;

std::string Big16(size_t n) { return {static_cast<char>(n >> 8), static_cast<char>(n)}; }
std::string Big32(size_t n) { return Big16(n >> 16) + Big16(n & 0xFFFF); }
std::string Little32(size_t n) {
  return {static_cast<char>(n), static_cast<char>(n >> 8), static_cast<char>(n >> 16),
          static_cast<char>(n >> 24)};
}

std::string Segment(int marker, const std::string& content) {
  return "\xFF"s + static_cast<char>(marker) + Big16(content.size() + 2) + content;
}
std::string Exif(int orientation, const std::string& story = "GPS 53.35 N") {
  std::string tiff = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s;
  tiff += static_cast<char>(orientation);
  tiff += "\0\0\0\0\0\0\0"s + story;
  return "Exif\0\0"s + tiff;
}
const std::string kJfif = Segment(0xE0, "JFIF\0\x01\x02\0\0\x48\0\x48\0\0"s);
const std::string kFrame = Segment(0xC0, "\x08\x01\x2C\x01\x90\x01\x01\x11\0"s);  // 400 x 300
const std::string kScan = Segment(0xDA, "\x01\x01\0\0\x3F\0"s) + "dots\xFF\0more\xFF\xD0 dots"s;

std::string Jpeg(const std::string& extra) {
  return "\xFF\xD8"s + kJfif + extra + kFrame + kScan + "\xFF\xD9"s;
}

std::string PngChunk(const std::string& name, const std::string& content) {
  return Big32(content.size()) + name + content + "crc!";
}
std::string Png(const std::string& before, const std::string& after = "") {
  return "\x89PNG\r\n\x1A\n"s +
         PngChunk("IHDR", Big32(640) + Big32(480) + std::string("\x08\x02\0\0\0", 5)) + before +
         PngChunk("IDAT", "pixels") + after + PngChunk("IEND", "");
}

std::string RiffChunk(const std::string& name, const std::string& content) {
  return name + Little32(content.size()) + content + (content.size() % 2 ? "\0"s : "");
}
std::string Webp(const std::string& chunks) {
  return "RIFF" + Little32(chunks.size() + 4) + "WEBP" + chunks;
}
std::string Vp8x(int flags) {
  return RiffChunk("VP8X",
                   std::string(1, static_cast<char>(flags)) + "\0\0\0\x7F\x02\0\xDF\x01\0"s);
}
const std::string kVp8 = RiffChunk("VP8 ", "\0\0\0\x9D\x01\x2A\x80\x02\xE0\x01 dots"s);

PicturePlan Plan(std::string_view mime, const std::string& file) {
  return PlanPicture(mime, file.size(), ReadAtOf(file));
}
std::string Clean(const PicturePlan& plan, const std::string& file) {
  std::string out;
  for (const Piece& piece : plan.pieces)
    out += piece.bytes.empty() ? file.substr(piece.at, piece.length) : piece.bytes;
  EXPECT_EQ(out.size(), plan.Bytes());
  return out;
}
std::string Clean(std::string_view mime, const std::string& file) {
  const PicturePlan plan = Plan(mime, file);
  EXPECT_EQ(plan.state, PictureState::kGood);
  return Clean(plan, file);
}

TEST(PictureFile, AJpegLosesItsStoriesAndKeepsItsColours) {
  const std::string profile = Segment(0xE2, "ICC_PROFILE\0\x01\x01profile"s);
  const std::string adobe = Segment(0xEE, "Adobe\0d\0\0\0\0\x01"s);
  const std::string file =
      Jpeg(Segment(0xE1, Exif(1)) + Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x/>"s) + profile +
           Segment(0xE2, "MPF\0another picture"s) + Segment(0xED, "Photoshop 3.0\0by Ann"s) +
           adobe + Segment(0xFE, "a comment")) +
      "what a telephone hangs behind it";
  EXPECT_EQ(Clean("image/jpeg", file), Jpeg(profile + adobe));
}

TEST(PictureFile, MetadataBetweenTheScansGoesToo) {
  const std::string file = "\xFF\xD8"s + kFrame + kScan + Segment(0xE1, Exif(1)) +
                           Segment(0xFE, "here") + kScan + "\xFF\xD9"s;
  EXPECT_EQ(Clean("image/jpeg", file), "\xFF\xD8"s + kFrame + kScan + kScan + "\xFF\xD9"s);
}

TEST(PictureFile, APictureWithNothingToHideIsTheSameFile) {
  for (const auto& [mime, file] :
       {std::pair{"image/jpeg", Jpeg("")}, std::pair{"image/png", Png("")},
        std::pair{"image/webp", Webp(Vp8x(0) + kVp8)}, std::pair{"image/webp", Webp(kVp8)}}) {
    const PicturePlan plan = Plan(mime, file);
    EXPECT_TRUE(plan.same) << mime;
    EXPECT_EQ(Clean(plan, file), file) << mime;
  }
}

TEST(PictureFile, HowToTurnItIsAllThatIsKeptOfExif) {
  const std::string jpeg = Jpeg(Segment(0xE1, Exif(6)));
  const PicturePlan plan = Plan("image/jpeg", jpeg);
  EXPECT_EQ(plan.orientation, 6);
  EXPECT_EQ(plan.size, (ImageSize{400, 300}));
  EXPECT_EQ(plan.Shown(), (ImageSize{300, 400}));
  const std::string clean = Clean(plan, jpeg);
  EXPECT_EQ(clean.find("GPS"), std::string::npos);
  EXPECT_EQ(ReadImageSize(clean), (ImageSize{300, 400}));
  EXPECT_EQ(Plan("image/jpeg", clean).orientation, 6);
  EXPECT_EQ(Clean("image/jpeg", clean), clean);
  for (const std::string& png :
       {Png(PngChunk("eXIf", Exif(8).substr(6))), Png("", PngChunk("eXIf", Exif(8).substr(6)))}) {
    const PicturePlan turned = Plan("image/png", png);
    EXPECT_EQ(turned.orientation, 8);
    EXPECT_EQ(turned.Shown(), (ImageSize{480, 640}));
    EXPECT_EQ(Clean(turned, png).find("GPS"), std::string::npos);
    EXPECT_EQ(Plan("image/png", Clean(turned, png)).orientation, 8);
  }
  const std::string webp = Webp(Vp8x(0x0C) + kVp8 + RiffChunk("EXIF", Exif(3)));
  const PicturePlan turned = Plan("image/webp", webp);
  EXPECT_EQ(turned.orientation, 3);
  EXPECT_EQ(Clean(turned, webp).find("GPS"), std::string::npos);
  EXPECT_EQ(Plan("image/webp", Clean(turned, webp)).orientation, 3);
}

TEST(PictureFile, ANonsenseOrientationIsUpright) {
  EXPECT_EQ(Plan("image/jpeg", Jpeg(Segment(0xE1, Exif(0)))).orientation, 1);
  EXPECT_EQ(Plan("image/jpeg", Jpeg(Segment(0xE1, Exif(77)))).orientation, 1);
}

TEST(PictureFile, APngKeepsWhatDrawsAndMoves) {
  const std::string drawing = PngChunk("iCCP", "profile") + PngChunk("pHYs", "123456789") +
                              PngChunk("acTL", "12345678") + PngChunk("tRNS", "x");
  const std::string file = Png(drawing + PngChunk("tEXt", "Author\0Ann"s) +
                                   PngChunk("zTXt", "x\0\0y"s) + PngChunk("tIME", "1234567"),
                               PngChunk("iTXt", "XML:com.adobe.xmp") + PngChunk("prVt", "notes")) +
                           "trailer";
  const PicturePlan plan = Plan("image/png", file);
  EXPECT_TRUE(plan.animated);
  EXPECT_EQ(Clean(plan, file), Png(drawing));
}

TEST(PictureFile, AWebpSaysOfItselfWhatItStillHas) {
  const std::string profile = RiffChunk("ICCP", "odd");
  const std::string file = Webp(Vp8x(0x2C) + profile + kVp8 + RiffChunk("EXIF", Exif(1)) +
                                RiffChunk("XMP ", "<x/>") + RiffChunk("ABCD", "notes"));
  EXPECT_EQ(Clean("image/webp", file + "behind it"), Webp(Vp8x(0x20) + profile + kVp8));
  EXPECT_TRUE(Plan("image/webp", Webp(Vp8x(2) + RiffChunk("ANMF", "a frame"))).animated);
}

TEST(PictureFile, AGifGoesOnMovingWithoutItsComments) {
  const std::string head = "GIF89a\x40\x01\xF0\0\x80\0\0RGBrgb"s;
  const std::string loop = "\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0"s;
  const std::string frame = "\x21\xF9\x04\0\x0A\0\0\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x4C\x01\0"s;
  const std::string xmp = "\x21\xFF\x0BXMP DataXMP\x05<x/> \0"s;
  const std::string comment = "\x21\xFE\x06"s + "by Ann\0"s;
  const std::string file = head + comment + loop + xmp + frame + frame + comment + ";trailer";
  const PicturePlan plan = Plan("image/gif", file);
  EXPECT_TRUE(plan.animated);
  EXPECT_EQ(plan.size, (ImageSize{320, 240}));
  EXPECT_EQ(Clean(plan, file), head + loop + frame + frame + ";");
  EXPECT_EQ(Clean("image/gif", head + frame), head + frame + ";");
  EXPECT_EQ(Plan("image/gif", (head + frame).substr(0, head.size() + 20)).state,
            PictureState::kCutOff);
}

TEST(PictureFile, WhatIsCutOffIsNoPicture) {
  for (const auto& [mime, file] :
       {std::pair{"image/jpeg", Jpeg(Segment(0xE1, Exif(6)))},
        std::pair{"image/png", Png(PngChunk("tEXt", "a\0b"s))},
        std::pair{"image/webp", Webp(Vp8x(0x08) + kVp8 + RiffChunk("EXIF", Exif(1)))}}) {
    for (size_t n = 0; n < file.size(); ++n) {
      const PicturePlan plan = Plan(mime, file.substr(0, n));
      EXPECT_NE(plan.state, PictureState::kGood) << mime << " of " << n << " bytes";
      EXPECT_TRUE(plan.pieces.empty());
    }
  }
  EXPECT_EQ(Plan("image/png", Png("").substr(0, 60)).state, PictureState::kCutOff);
}

TEST(PictureFile, WhatNoBrowserShowsIsRefused) {
  const std::string lossless = Segment(0xC3, "\x08\x01\x2C\x01\x90\x01\x01\x11\0"s);
  const std::string flat = Segment(0xC0, "\x08\0\0\x01\x90\x01\x01\x11\0"s);
  for (const std::string& file :
       {"\xFF\xD8"s + lossless + kScan + "\xFF\xD9", "\xFF\xD8"s + flat + kScan + "\xFF\xD9",
        "\xFF\xD8"s + kScan + "\xFF\xD9", "\xFF\xD8"s + kFrame + "\xFF\xD9"})
    EXPECT_EQ(Plan("image/jpeg", file).state, PictureState::kBroken);
  EXPECT_EQ(Plan("image/png", "\x89PNG\r\n\x1A\n"s + PngChunk("IDAT", "x")).state,
            PictureState::kBroken);
  EXPECT_EQ(Plan("image/heic", "ftypheic").state, PictureState::kBroken);
}

TEST(PictureFile, MillionsOfSegmentsCostNoMemory) {
  std::string many;
  for (int i = 0; i < 300'000; ++i) many += Segment(0xDB, "") + Segment(0xFE, "");
  EXPECT_EQ(Plan("image/jpeg", Jpeg(many)).state, PictureState::kBroken);
  const std::string comments(8 << 20, '\xFF');
  EXPECT_EQ(Plan("image/jpeg", Jpeg("") + comments).state, PictureState::kGood);
  EXPECT_EQ(Plan("image/jpeg", "\xFF\xD8" + comments).state, PictureState::kCutOff);
}

}  // namespace
}  // namespace daybook::text
