// Types by content and by name, and sizes from headers.
#include "text/mime.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::text {
namespace {

using namespace std::string_literals;

std::string Png(int width, int height) {
  const auto big = [](int n) {
    return std::string{char(n >> 24), char(n >> 16), char(n >> 8), char(n)};
  };
  return "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s + big(width) + big(height) + "\x08\x06\0\0\0"s;
}

std::string JpegFrame(int width, int height) {
  return "\xFF\xC2\0\x11\x08"s + char(height >> 8) + char(height) + char(width >> 8) + char(width) +
         "\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"s;
}

std::string Exif(char orientation, bool big) {
  const std::string tiff =
      big ? "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + orientation + "\0\0\0\0\0\0"s
          : "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + orientation + "\0\0\0\0\0\0\0"s;
  return "\xFF\xE1\0"s + char(8 + tiff.size()) + "Exif\0\0"s + tiff;
}

TEST(Mime, KnowsFilesByTheirFirstBytes) {
  const std::pair<std::string, const char*> golden[] = {
      {"\xFF\xD8\xFF\xE0\0\x10JFIF"s, "image/jpeg"},
      {Png(1, 1), "image/png"},
      {"GIF89a\x01\0\x01\0"s, "image/gif"},
      {"RIFF\x24\0\0\0WEBPVP8 "s, "image/webp"},
      {"RIFF\x24\0\0\0WAVEfmt "s, "audio/wav"},
      {"\0\0\0\x1C"
       "ftypavif\0\0\0\0mif1"s,
       "image/avif"},
      {"\0\0\0\x1C"
       "ftypmif1\0\0\0\0mif1avif"s,
       "image/avif"},
      {"\0\0\0\x18"
       "ftypheic\0\0\0\0mif1"s,
       "image/heic"},
      {"\0\0\0\x18"
       "ftypM4A \0\0\0\0"s,
       "audio/mp4"},
      {"\0\0\0\x18"
       "ftypisom\0\0\0\0"s,
       "video/mp4"},
      {"\0\0\0\x14"
       "ftypqt  \0\0\0\0"s,
       "video/quicktime"},
      {"<svg xmlns='x'>", "image/svg+xml"},
      {"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- c --><!DOCTYPE svg>\n<svg>", "image/svg+xml"},
      {"%PDF-1.7", "application/pdf"},
      {"ID3\x03\0", "audio/mpeg"},
      {"\xFF\xFB\x90\x64", "audio/mpeg"},
      {"OggS\0\x02"s, "audio/ogg"},
      {"\x1A\x45\xDF\xA3\x9F\x42\x82\x84webm"s, "video/webm"},
      {"PK\x03\x04", "application/zip"},
      {"<html><svg>", ""},
      {"<script>alert(1)</script>", ""},
      {"plain text", ""},
      {"\xFF\xFE"
       "h\0i\0"s,
       ""},
      {"", ""}};
  for (const auto& [bytes, mime] : golden) EXPECT_EQ(MimeByContent(bytes), mime) << bytes;
}

TEST(Mime, KnowsFilesByTheirNames) {
  EXPECT_EQ(MimeByName("a/b.JPG"), "image/jpeg");
  EXPECT_EQ(MimeByName("style.abc123.css"), "text/css; charset=utf-8");
  EXPECT_EQ(MimeByName("x.woff2"), "font/woff2");
  EXPECT_EQ(MimeByName("noending"), "application/octet-stream");
  EXPECT_EQ(MimeByName("x.exe"), "application/octet-stream");
  EXPECT_EQ(ExtensionFor("image/jpeg"), ".jpg");
  EXPECT_EQ(ExtensionFor("text/x-none"), "");
}

TEST(ImageSize, IsReadFromEveryFormat) {
  EXPECT_EQ(ReadImageSize(Png(640, 480)), (ImageSize{640, 480}));
  EXPECT_EQ(ReadImageSize("GIF89a\x40\x01\xF0\0"s), (ImageSize{320, 240}));
  EXPECT_EQ(ReadImageSize("\xFF\xD8\xFF\xE0\0\x04xx"s + JpegFrame(1024, 300)),
            (ImageSize{1024, 300}));
  EXPECT_EQ(ReadImageSize("RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x7F\x02\0\xDF\x01\0"s),
            (ImageSize{640, 480}));
  EXPECT_EQ(ReadImageSize("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x80\x02\xE0\x01"s),
            (ImageSize{640, 480}));
  // 640 - 1 in 14 bits, then 480 - 1 in 14 bits.
  EXPECT_EQ(ReadImageSize("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\x7F\xC2\x77\0\0\0\0\0\0"s),
            (ImageSize{640, 480}));
}

TEST(ImageSize, IsAsABrowserTurnsThePicture) {
  for (const bool big : {false, true}) {
    EXPECT_EQ(ReadImageSize("\xFF\xD8"s + Exif(6, big) + JpegFrame(400, 300)),
              (ImageSize{300, 400}));
    EXPECT_EQ(ReadImageSize("\xFF\xD8"s + Exif(3, big) + JpegFrame(400, 300)),
              (ImageSize{400, 300}));
  }
}

TEST(ImageSize, OfHostileBytesIsNothing) {
  for (const std::string& bad :
       {"\xFF\xD8\xFF"s, "\xFF\xD8\xFF\xE0\0\0"s, "\xFF\xD8\xFF\xE0\0\x01xxxxxxxxxx"s,
        "\xFF\xD8\xFF\xDA\0\x04xx"s + JpegFrame(9, 9), Png(0, 5), Png(-1, 5), Png(70000, 5),
        "GIF89a\0\0\0\0"s, "GIF89a"s, "RIFF\0\0\0\0WEBPVP8X"s, ""s})
    EXPECT_FALSE(ReadImageSize(bad));
  const std::string whole = "\xFF\xD8"s + Exif(6, false) + JpegFrame(400, 300);
  for (size_t n = 0; n < whole.size(); ++n) {
    const auto size = ReadImageSize(std::string_view(whole).substr(0, n));
    if (size) {
      EXPECT_EQ(*size, (ImageSize{300, 400}));
    }
  }
  EXPECT_FALSE(ReadImageSize("\xFF\xD8" + std::string(1 << 20, '\xFF')));
}

}  // namespace
}  // namespace daybook::text
