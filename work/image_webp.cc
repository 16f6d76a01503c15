// WebP of image_codec.h.
#include <webp/decode.h>
#include <webp/encode.h>
#include <webp/mux.h>

#include <algorithm>
#include <memory>
#include <new>

#include "work/image_codec.h"

namespace daybook::work {
namespace {

const std::uint8_t* Data(std::string_view file) {
  return reinterpret_cast<const std::uint8_t*>(file.data());
}

Bytes Profile(std::string_view file) {
  const WebPData data = {Data(file), file.size()};
  const std::unique_ptr<WebPMux, void (*)(WebPMux*)> mux(WebPMuxCreate(&data, 0), WebPMuxDelete);
  WebPData chunk = {};
  if (!mux || WebPMuxGetChunk(mux.get(), "ICCP", &chunk) != WEBP_MUX_OK) return {};
  return {chunk.bytes, chunk.bytes + chunk.size};
}

Bytes WithProfile(const WebPMemoryWriter& picture, const Bytes& profile) {
  if (profile.empty()) return {picture.mem, picture.mem + picture.size};
  const std::unique_ptr<WebPMux, void (*)(WebPMux*)> mux(WebPMuxNew(), WebPMuxDelete);
  const WebPData image = {picture.mem, picture.size}, icc = {profile.data(), profile.size()};
  WebPData whole = {};
  Bytes out;
  if (mux && WebPMuxSetImage(mux.get(), &image, 0) == WEBP_MUX_OK &&
      WebPMuxSetChunk(mux.get(), "ICCP", &icc, 0) == WEBP_MUX_OK &&
      WebPMuxAssemble(mux.get(), &whole) == WEBP_MUX_OK)
    out.assign(whole.bytes, whole.bytes + whole.size);
  WebPDataClear(&whole);
  return out;
}

}  // namespace

std::optional<Decoded> DecodeWebp(std::string_view file, int wanted) {
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config) ||
      WebPGetFeatures(Data(file), file.size(), &config.input) != VP8_STATUS_OK)
    return std::nullopt;
  Decoded decoded;
  decoded.animated = config.input.has_animation != 0;
  decoded.lossless = config.input.format == 2;
  if (decoded.animated) return decoded;
  decoded.profile = Profile(file);
  Pixels& pixels = decoded.pixels;
  pixels.width = config.input.width;
  pixels.height = config.input.height;
  if (wanted > 0 && pixels.width > 4 * wanted) {
    config.options.use_scaling = 1;
    pixels.height =
        std::max(1, static_cast<int>(std::int64_t{pixels.height} * 2 * wanted / pixels.width));
    pixels.width = 2 * wanted;
    config.options.scaled_width = pixels.width;
    config.options.scaled_height = pixels.height;
  }
  pixels.channels = config.input.has_alpha ? 4 : 3;
  const std::size_t row_length =
      static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.channels);
  const std::uint64_t source = std::uint64_t{static_cast<unsigned>(config.input.width)} *
                               static_cast<unsigned>(config.input.height);
  const std::uint64_t memory = row_length * static_cast<std::uint64_t>(pixels.height);
  if (memory + (decoded.lossless ? source * 4 : config.input.has_alpha ? source : 0) > kMostMemory)
    throw std::bad_alloc();
  pixels.data.resize(static_cast<std::size_t>(memory));
  config.output.colorspace = config.input.has_alpha ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = pixels.data.data();
  config.output.u.RGBA.stride = static_cast<int>(row_length);
  config.output.u.RGBA.size = pixels.data.size();
  const VP8StatusCode status = WebPDecode(Data(file), file.size(), &config);
  WebPFreeDecBuffer(&config.output);
  if (status != VP8_STATUS_OK) return std::nullopt;
  return decoded;
}

Bytes EncodeWebp(const Pixels& pixels, const Bytes& profile, int quality, bool lossless) {
  WebPConfig config;
  WebPPicture picture;
  if (!WebPConfigInit(&config) || !WebPPictureInit(&picture)) return {};
  if (lossless) {
    WebPConfigLosslessPreset(&config, 4);
  } else {
    config.quality = static_cast<float>(quality);
    config.method = 4;
  }
  picture.use_argb = lossless;
  picture.width = pixels.width;
  picture.height = pixels.height;
  WebPMemoryWriter writer;
  WebPMemoryWriterInit(&writer);
  picture.writer = WebPMemoryWrite;
  picture.custom_ptr = &writer;
  const int stride = pixels.width * pixels.channels;
  const bool taken = pixels.channels == 4
                         ? WebPPictureImportRGBA(&picture, pixels.data.data(), stride) != 0
                         : WebPPictureImportRGB(&picture, pixels.data.data(), stride) != 0;
  const bool encoded = taken && WebPEncode(&config, &picture) != 0;
  WebPPictureFree(&picture);
  Bytes out;
  if (encoded) out = WithProfile(writer, profile);
  WebPMemoryWriterClear(&writer);
  return out;
}

}  // namespace daybook::work
