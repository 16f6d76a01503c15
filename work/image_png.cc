// PNG of image_codec.h. libpng reports by longjmp: nothing with a destructor lives in the functions
// that it jumps out of.
#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <new>

#include "work/image_codec.h"

namespace daybook::work {
namespace {

struct Input {
  std::string_view rest;
};

void Read(png_structp png, png_bytep to, png_size_t size) {
  auto* input = static_cast<Input*>(png_get_io_ptr(png));
  if (size > input->rest.size()) png_error(png, "cut off");
  std::memcpy(to, input->rest.data(), size);
  input->rest.remove_prefix(size);
}
void Append(png_structp png, png_bytep from, png_size_t size) {
  auto* out = static_cast<Bytes*>(png_get_io_ptr(png));
  out->insert(out->end(), from, from + size);
}
void Flush(png_structp) {}
void Fail(png_structp png, png_const_charp) { png_longjmp(png, 1); }
void Quiet(png_structp, png_const_charp) {}

struct Reader {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, Fail, Quiet);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  Input input;
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
};

struct Writer {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, Fail, Quiet);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { png_destroy_write_struct(&png, &info); }
};

constexpr png_uint_32 kMaxSide = 65535;
constexpr std::size_t kMaxChunk = 8u << 20;  // a profile, unpacked

bool Start(Reader& reader) {
  if (setjmp(png_jmpbuf(reader.png))) return false;
  png_set_user_limits(reader.png, kMaxSide, kMaxSide);
  png_set_chunk_malloc_max(reader.png, kMaxChunk);
  png_set_read_fn(reader.png, &reader.input, Read);
  png_read_info(reader.png, reader.info);
  // 8 bits a channel: grey or colours, with alpha where some of it shows through.
  png_set_expand(reader.png);
  png_set_scale_16(reader.png);
  png_set_interlace_handling(reader.png);
  png_read_update_info(reader.png, reader.info);
  return true;
}

bool ReadProfile(Reader& reader, png_charp& name, png_bytep& profile, png_uint_32& size) {
  if (setjmp(png_jmpbuf(reader.png))) return false;
  int kind = 0;
  return png_get_iCCP(reader.png, reader.info, &name, &kind, &profile, &size) == PNG_INFO_iCCP;
}

bool ReadRow(Reader& reader, png_bytep row) {
  if (setjmp(png_jmpbuf(reader.png))) return false;
  png_read_row(reader.png, row, nullptr);
  return true;
}
bool ReadAll(Reader& reader, png_bytepp rows) {
  if (setjmp(png_jmpbuf(reader.png))) return false;
  png_read_image(reader.png, rows);
  return true;
}
bool ReadEnd(Reader& reader) {
  if (setjmp(png_jmpbuf(reader.png))) return false;
  png_read_end(reader.png, nullptr);
  return true;
}

bool Write(Writer& writer, const Pixels& pixels, const Bytes& profile, Bytes* out) {
  if (setjmp(png_jmpbuf(writer.png))) return false;
  constexpr int kTypes[] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                            PNG_COLOR_TYPE_RGB_ALPHA};
  png_set_write_fn(writer.png, out, Append, Flush);
  png_set_compression_level(writer.png, 6);
  png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(pixels.width),
               static_cast<png_uint_32>(pixels.height), 8, kTypes[pixels.channels],
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (!profile.empty())
    png_set_iCCP(writer.png, writer.info, "icc", PNG_COMPRESSION_TYPE_BASE, profile.data(),
                 static_cast<png_uint_32>(profile.size()));
  png_write_info(writer.png, writer.info);
  for (int y = 0; y < pixels.height; ++y) png_write_row(writer.png, pixels.Row(y));
  png_write_end(writer.png, writer.info);
  return true;
}

}  // namespace

std::optional<Decoded> DecodePng(std::string_view file, int wanted) {
  Reader reader;
  if (reader.info == nullptr) return std::nullopt;
  reader.input.rest = file;
  Decoded decoded;
  if (!Start(reader)) return std::nullopt;
  decoded.animated = file.substr(0, 4096).find("acTL") != std::string_view::npos;
  const auto width = static_cast<int>(png_get_image_width(reader.png, reader.info));
  const auto height = static_cast<int>(png_get_image_height(reader.png, reader.info));
  const int channels = png_get_channels(reader.png, reader.info);
  const std::size_t row_length = png_get_rowbytes(reader.png, reader.info);
  if (channels < 1 || channels > 4 ||
      row_length != static_cast<std::size_t>(width) * static_cast<std::size_t>(channels))
    return std::nullopt;
  const bool by_rows = png_get_interlace_type(reader.png, reader.info) == PNG_INTERLACE_NONE;
  // Twice as wide as wanted at least, so that the better filter does the rest.
  const int factor = wanted > 0 ? std::max(1, width / (2 * wanted)) : 1;
  const std::uint64_t whole_size = std::uint64_t{row_length} * static_cast<std::uint64_t>(height);
  if (whole_size / static_cast<std::uint64_t>(factor * factor) + (by_rows ? 0 : whole_size) >
      kMostMemory)
    throw std::bad_alloc();
  png_charp name = nullptr;
  png_bytep profile = nullptr;
  png_uint_32 profile_size = 0;
  if (ReadProfile(reader, name, profile, profile_size))
    decoded.profile.assign(profile, profile + profile_size);
  BoxReducer reducer(width, height, channels, factor);
  if (by_rows) {
    Bytes row(row_length);
    for (int y = 0; y < height; ++y) {
      if (!ReadRow(reader, row.data())) return std::nullopt;
      reducer.Add(row.data());
    }
  } else {
    Bytes whole(static_cast<std::size_t>(whole_size));
    std::vector<png_bytep> rows;
    for (int y = 0; y < height; ++y)
      rows.push_back(whole.data() + row_length * static_cast<std::size_t>(y));
    if (!ReadAll(reader, rows.data())) return std::nullopt;
    for (const png_bytep row : rows) reducer.Add(row);
  }
  if (!ReadEnd(reader)) return std::nullopt;
  decoded.pixels = reducer.Take();
  return decoded;
}

Bytes EncodePng(const Pixels& pixels, const Bytes& profile) {
  Writer writer;
  Bytes out;
  if (writer.info == nullptr || !Write(writer, pixels, profile, &out)) return {};
  return out;
}

}  // namespace daybook::work
