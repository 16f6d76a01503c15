// zlib's inflate in one call.
#include "text/inflate.h"

#include <zlib.h>

namespace daybook::text {

std::string Inflate(std::string_view bytes, size_t size) {
  constexpr int kNoFrame = -15;  // zlib: negative asks for neither header nor sum
  z_stream stream = {};
  if (inflateInit2(&stream, kNoFrame) != Z_OK) return {};
  std::string out(size, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.total_out == size;
  inflateEnd(&stream);
  return whole ? out : std::string();
}

}  // namespace daybook::text
