// JPEG of image_codec.h. libjpeg reports by longjmp: nothing with a destructor lives in the
// functions that it jumps out of.
#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>

// In this order: jpeglib.h needs size_t and FILE.
#include <jpeglib.h>

#include <jerror.h>
#include <turbojpeg.h>

#include "work/image_codec.h"

namespace daybook::work {
namespace {

struct Failure {
  jpeg_error_mgr base;
  std::jmp_buf back;
};

void Jump(j_common_ptr info) { std::longjmp(reinterpret_cast<Failure*>(info->err)->back, 1); }
void Quiet(j_common_ptr) {}

struct Reader;
// Warnings after which a part of the picture is made up; others are about bytes that nobody misses.
void Count(j_common_ptr info, int level);

struct Reader {
  jpeg_decompress_struct info = {};
  Failure failure = {};
  JOCTET* profile = nullptr;
  unsigned profile_size = 0;
  bool too_large = false;
  int holes = 0;

  Reader() { info.err = jpeg_std_error(&failure.base); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() {
    jpeg_destroy_decompress(&info);
    std::free(profile);
  }
};

void Count(j_common_ptr info, int level) {
  if (level >= 0) return;
  const int code = info->err->msg_code;
  if (code == JWRN_HIT_MARKER || code == JWRN_JPEG_EOF || code == JWRN_HUFF_BAD_CODE ||
      code == JWRN_BOGUS_PROGRESSION || code == JWRN_MUST_RESYNC)
    ++reinterpret_cast<Reader*>(info->client_data)->holes;
}

bool Start(Reader& reader, std::string_view file, int wanted) {
  reader.failure.base.error_exit = Jump;
  reader.failure.base.output_message = Quiet;
  reader.failure.base.emit_message = Count;
  if (setjmp(reader.failure.back)) return false;
  jpeg_decompress_struct& info = reader.info;
  jpeg_create_decompress(&info);
  info.client_data = &reader;
  jpeg_save_markers(&info, JPEG_APP0 + 2, 0xFFFF);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(file.data()), file.size());
  if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK) return false;
  jpeg_read_icc_profile(&info, &reader.profile, &reader.profile_size);
  if (wanted > 0) {
    // In eighths, by leaving out what is finer: most of the work of a large picture is saved.
    unsigned scale = 8;
    while (scale > 1 && info.image_width * (scale - 1) / 8 >= static_cast<unsigned>(wanted))
      --scale;
    // The power of two above is as fast and sharper.
    while (scale != 1 && scale != 2 && scale != 4 && scale != 8) ++scale;
    info.scale_num = scale;
    info.scale_denom = 8;
  }
  switch (info.jpeg_color_space) {
    case JCS_GRAYSCALE:
      info.out_color_space = JCS_GRAYSCALE;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      info.out_color_space = JCS_CMYK;
      break;
    default:
      info.out_color_space = JCS_RGB;
  }
  jpeg_calc_output_dimensions(&info);
  // A progressive one is kept whole, as coefficients, until its last scan is read.
  std::uint64_t memory = std::uint64_t{info.output_width} * info.output_height * 4;
  if (info.progressive_mode) {
    for (int i = 0; i < info.num_components; ++i)
      memory += std::uint64_t{info.comp_info[i].width_in_blocks} *
                info.comp_info[i].height_in_blocks * sizeof(JBLOCK);
  }
  reader.too_large = memory > kMostMemory;
  if (reader.too_large) return false;
  jpeg_start_decompress(&info);
  return true;
}

// Rows into `out`, and whether all of the picture was there.
bool ReadRows(Reader& reader, std::uint8_t* out, std::size_t row_length) {
  if (setjmp(reader.failure.back)) return false;
  while (reader.info.output_scanline < reader.info.output_height) {
    JSAMPROW row = out + reader.info.output_scanline * row_length;
    jpeg_read_scanlines(&reader.info, &row, 1);
  }
  jpeg_finish_decompress(&reader.info);
  return true;
}

// CMYK as Adobe writes it (inverted) and as others do; without the profile's help.
void FromCmyk(const std::vector<std::uint8_t>& cmyk, bool inverted, Pixels& pixels) {
  pixels.data.resize(cmyk.size() / 4 * 3);
  for (std::size_t i = 0, o = 0; i + 3 < cmyk.size(); i += 4) {
    const unsigned k = inverted ? cmyk[i + 3] : 255U - cmyk[i + 3];
    for (std::size_t c = 0; c < 3; ++c) {
      const unsigned v = inverted ? cmyk[i + c] : 255U - cmyk[i + c];
      pixels.data[o++] = static_cast<std::uint8_t>(v * k / 255);
    }
  }
}

struct Writer {
  jpeg_compress_struct info = {};
  Failure failure = {};
  unsigned char* bytes = nullptr;
  unsigned long size = 0;  // NOLINT: libjpeg's type

  Writer() { info.err = jpeg_std_error(&failure.base); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() {
    jpeg_destroy_compress(&info);
    std::free(bytes);
  }
};

bool Write(Writer& writer, const Pixels& pixels, const Bytes& profile, int quality,
           bool all_colours) {
  writer.failure.base.error_exit = Jump;
  writer.failure.base.output_message = Quiet;
  if (setjmp(writer.failure.back)) return false;
  jpeg_compress_struct& info = writer.info;
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &writer.bytes, &writer.size);
  info.image_width = static_cast<JDIMENSION>(pixels.width);
  info.image_height = static_cast<JDIMENSION>(pixels.height);
  info.input_components = pixels.channels;
  info.in_color_space = pixels.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  if (all_colours) info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;
  info.optimize_coding = TRUE;
  jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  if (!profile.empty())
    jpeg_write_icc_profile(&info, profile.data(), static_cast<unsigned>(profile.size()));
  const std::size_t row_length =
      static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.channels);
  while (info.next_scanline < info.image_height) {
    // libjpeg only reads it.
    auto* row = const_cast<JSAMPROW>(pixels.data.data() + info.next_scanline * row_length);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  return true;
}

}  // namespace

std::optional<Decoded> DecodeJpeg(std::string_view file, int wanted) {
  Reader reader;
  if (!Start(reader, file, wanted)) {
    if (reader.too_large) throw std::bad_alloc();
    return std::nullopt;
  }
  Decoded decoded;
  const bool cmyk = reader.info.out_color_space == JCS_CMYK;
  Pixels& pixels = decoded.pixels;
  pixels.width = static_cast<int>(reader.info.output_width);
  pixels.height = static_cast<int>(reader.info.output_height);
  pixels.channels = reader.info.output_components;
  if (reader.info.num_components > 1)
    decoded.sampling = reader.info.comp_info[0].h_samp_factor > 1 ? 2 : 1;
  const std::size_t row_length =
      static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.channels);
  pixels.data.resize(row_length * static_cast<std::size_t>(pixels.height));
  if (!ReadRows(reader, pixels.data.data(), row_length)) return std::nullopt;
  if (reader.holes > 0) return std::nullopt;
  if (cmyk) {
    const std::vector<std::uint8_t> inks = std::move(pixels.data);
    pixels.channels = 3;
    FromCmyk(inks, reader.info.saw_Adobe_marker, pixels);
  } else {
    decoded.profile.assign(reader.profile, reader.profile + reader.profile_size);
  }
  return decoded;
}

Bytes EncodeJpeg(const Pixels& pixels, const Bytes& profile, int quality, bool all_colours) {
  Writer writer;
  if (!Write(writer, pixels, profile, quality, all_colours)) return {};
  return {writer.bytes, writer.bytes + writer.size};
}

Bytes TurnJpeg(std::string_view file, int orientation) {
  constexpr int kOperations[] = {TJXOP_NONE,   TJXOP_NONE,       TJXOP_HFLIP,
                                 TJXOP_ROT180, TJXOP_VFLIP,      TJXOP_TRANSPOSE,
                                 TJXOP_ROT90,  TJXOP_TRANSVERSE, TJXOP_ROT270};
  if (orientation < 2 || orientation > 8) return {};
  const std::unique_ptr<void, int (*)(tjhandle)> handle(tjInitTransform(), tjDestroy);
  if (!handle) return {};
  tjtransform turn = {};
  turn.op = kOperations[orientation];
  turn.options = TJXOPT_PERFECT;
  unsigned char* bytes = nullptr;
  unsigned long size = 0;  // NOLINT: its type
  const int failed = tjTransform(handle.get(), reinterpret_cast<const unsigned char*>(file.data()),
                                 file.size(), 1, &bytes, &size, &turn, 0);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owner(bytes, tjFree);
  if (failed != 0) return {};
  return {bytes, bytes + size};
}

}  // namespace daybook::work
