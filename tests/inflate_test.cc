// Deflated bytes of the build are read back, and nothing else is.
#include "text/inflate.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <string>
#include <vector>

namespace daybook::text {
namespace {

std::string Deflate(const std::string& plain, int level, int strategy) {
  z_stream stream = {};
  EXPECT_EQ(deflateInit2(&stream, level, Z_DEFLATED, -15, 8, strategy), Z_OK);
  std::string out(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// Texts of every make: none, one letter often, words, bytes of all kinds.
std::vector<std::string> Texts() {
  std::vector<std::string> texts = {"", "a", std::string(70000, 'x'), "daybook daybook daybook\n"};
  std::string words, noise;
  uint32_t seed = 7;
  for (int i = 0; i < 30000; ++i) {
    seed = seed * 1664525 + 1013904223;
    words += "aeinrstlu "[seed >> 24 & 7];
    if (i % 50 == 0) words += "Geben Sie den Namen ein.";
    noise.push_back(static_cast<char>(seed >> 17));
  }
  texts.push_back(words);
  texts.push_back(noise);
  texts.push_back(words + noise + words);
  return texts;
}

TEST(Inflate, GivesBackWhatWasDeflatedInEveryWay) {
  for (const std::string& plain : Texts()) {
    for (const int level : {0, 1, 9}) {
      for (const int strategy : {Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED}) {
        EXPECT_TRUE(Inflate(Deflate(plain, level, strategy), plain.size()) == plain)
            << plain.size() << " bytes, level " << level << ", strategy " << strategy;
      }
    }
  }
}

TEST(Inflate, TakesNoOtherSizeAndNoPartOfIt) {
  for (const std::string& plain : Texts()) {
    const std::string packed = Deflate(plain, 9, Z_DEFAULT_STRATEGY);
    EXPECT_EQ(Inflate(packed, plain.size() + 1), "");
    if (plain.empty()) continue;
    EXPECT_EQ(Inflate(packed, plain.size() - 1), "");
    for (size_t cut = 0; cut < packed.size(); cut += 1 + packed.size() / 40)
      EXPECT_EQ(Inflate(packed.substr(0, cut), plain.size()), "") << cut;
  }
}

// What comes of other bytes is unknown, but it ends and is never longer than asked for.
TEST(Inflate, StaysWithinItsSizeWhateverTheBytes) {
  uint32_t seed = 1;
  for (int i = 0; i < 3000; ++i) {
    std::string bytes;
    for (int n = 0; n < 200; ++n) {
      seed = seed * 1664525 + 1013904223;
      bytes.push_back(static_cast<char>(seed >> 24));
    }
    bytes[0] = static_cast<char>(bytes[0] & ~2);  // most begin as a block of its own codes
    EXPECT_LE(Inflate(bytes, 1000).size(), 1000u);
  }
}

}  // namespace
}  // namespace daybook::text
