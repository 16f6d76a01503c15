// Types of files. Sizes of pictures: image_size.cc.
#include "text/mime.h"

#include <algorithm>
#include <array>
#include <string>

namespace daybook::text {
namespace {

using namespace std::string_view_literals;

struct Magic {
  size_t at;
  std::string_view bytes;
  std::string_view mime;
};

constexpr std::array kMagic = {Magic{0, "\xFF\xD8\xFF"sv, "image/jpeg"},
                               Magic{0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
                               Magic{0, "GIF87a"sv, "image/gif"},
                               Magic{0, "GIF89a"sv, "image/gif"},
                               Magic{0, "%PDF-"sv, "application/pdf"},
                               Magic{0, "ID3"sv, "audio/mpeg"},
                               Magic{0, "OggS"sv, "audio/ogg"},
                               Magic{0, "PK\x03\x04"sv, "application/zip"},
                               Magic{0, "PK\x05\x06"sv, "application/zip"}};

// Brands of ISO base media files, at byte 8 after "ftyp".
struct Brand {
  std::string_view name;
  std::string_view mime;
};
constexpr std::array kBrands = {
    Brand{"avif", "image/avif"}, Brand{"avis", "image/avif"}, Brand{"heic", "image/heic"},
    Brand{"heix", "image/heic"}, Brand{"heim", "image/heic"}, Brand{"heis", "image/heic"},
    Brand{"hevc", "image/heic"}, Brand{"mif1", "image/heic"}, Brand{"msf1", "image/heic"},
    Brand{"M4A ", "audio/mp4"},  Brand{"M4B ", "audio/mp4"},  Brand{"qt  ", "video/quicktime"}};

std::string_view MediaType(std::string_view head) {
  if (head.size() < 12 || head.substr(4, 4) != "ftyp") return {};
  const size_t box = static_cast<size_t>(static_cast<unsigned char>(head[2])) << 8 |
                     static_cast<unsigned char>(head[3]);
  const std::string_view major = head.substr(8, 4);
  for (const Brand& brand : kBrands) {
    if (brand.name != major) continue;
    // "mif1" says only that pictures are inside; the compatible brands say which.
    if (major == "mif1" || major == "msf1")
      for (size_t at = 16; at + 4 <= std::min(box, head.size()); at += 4)
        if (head.substr(at, 4) == "avif" || head.substr(at, 4) == "avis") return "image/avif";
    return brand.mime;
  }
  return "video/mp4";
}

bool IsSvg(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  for (;;) {
    const size_t start = head.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return false;
    head.remove_prefix(start);
    if (head.starts_with("<svg") && head.size() > 4)
      return " \t\r\n>/"sv.find(head[4]) != std::string_view::npos;
    const std::string_view end = head.starts_with("<!--") ? "-->"sv
                                 : head.starts_with("<?") ? "?>"sv
                                                          : ">"sv;
    if (!head.starts_with("<!") && !head.starts_with("<?")) return false;
    const size_t at = head.find(end);
    if (at == std::string_view::npos) return false;
    head.remove_prefix(at + end.size());
  }
}

// A frame header of MPEG audio, layer III: sync, and no reserved value in any field.
bool IsMp3Frame(std::string_view head) {
  if (head.size() < 4) return false;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(head[i]); };
  return byte(0) == 0xFF && (byte(1) & 0xE6) == 0xE2 && (byte(1) & 0x18) != 0x08 &&
         (byte(2) & 0xF0) != 0xF0 && (byte(2) & 0xF0) != 0 && (byte(2) & 0x0C) != 0x0C;
}

struct Ending {
  std::string_view ending;
  std::string_view mime;
};
// The first ending of a type is the one that ExtensionFor gives.
constexpr std::array kEndings = {Ending{".jpg", "image/jpeg"},
                                 Ending{".jpeg", "image/jpeg"},
                                 Ending{".jpe", "image/jpeg"},
                                 Ending{".png", "image/png"},
                                 Ending{".gif", "image/gif"},
                                 Ending{".webp", "image/webp"},
                                 Ending{".avif", "image/avif"},
                                 Ending{".heic", "image/heic"},
                                 Ending{".heif", "image/heic"},
                                 Ending{".svg", "image/svg+xml"},
                                 Ending{".ico", "image/vnd.microsoft.icon"},
                                 Ending{".bmp", "image/bmp"},
                                 Ending{".tif", "image/tiff"},
                                 Ending{".tiff", "image/tiff"},
                                 Ending{".pdf", "application/pdf"},
                                 Ending{".mp3", "audio/mpeg"},
                                 Ending{".m4a", "audio/mp4"},
                                 Ending{".ogg", "audio/ogg"},
                                 Ending{".oga", "audio/ogg"},
                                 Ending{".opus", "audio/ogg"},
                                 Ending{".wav", "audio/wav"},
                                 Ending{".flac", "audio/flac"},
                                 Ending{".mp4", "video/mp4"},
                                 Ending{".m4v", "video/mp4"},
                                 Ending{".mov", "video/quicktime"},
                                 Ending{".ogv", "video/ogg"},
                                 Ending{".webm", "video/webm"},
                                 Ending{".zip", "application/zip"},
                                 Ending{".gz", "application/gzip"},
                                 Ending{".css", "text/css; charset=utf-8"},
                                 Ending{".js", "text/javascript; charset=utf-8"},
                                 Ending{".json", "application/json"},
                                 Ending{".xml", "application/xml"},
                                 Ending{".html", "text/html; charset=utf-8"},
                                 Ending{".htm", "text/html; charset=utf-8"},
                                 Ending{".txt", "text/plain; charset=utf-8"},
                                 Ending{".md", "text/markdown; charset=utf-8"},
                                 Ending{".csv", "text/csv; charset=utf-8"},
                                 Ending{".ics", "text/calendar; charset=utf-8"},
                                 Ending{".vtt", "text/vtt; charset=utf-8"},
                                 Ending{".woff", "font/woff"},
                                 Ending{".woff2", "font/woff2"},
                                 Ending{".doc", "application/msword"},
                                 Ending{".xls", "application/vnd.ms-excel"},
                                 Ending{".ppt", "application/vnd.ms-powerpoint"},
                                 Ending{".epub", "application/epub+zip"}};

}  // namespace

std::string_view MimeByContent(std::string_view head) {
  head = head.substr(0, 4096);
  for (const Magic& magic : kMagic)
    if (head.substr(std::min(magic.at, head.size())).starts_with(magic.bytes)) {
      // Ogg holds sound or pictures; Theora and the others name themselves in the first page.
      if (magic.mime == "audio/ogg" && head.substr(0, 64).find("theora") != std::string_view::npos)
        return "video/ogg";
      return magic.mime;
    }
  if (head.size() >= 12 && head.starts_with("RIFF")) {
    if (head.substr(8, 4) == "WEBP") return "image/webp";
    if (head.substr(8, 4) == "WAVE") return "audio/wav";
    return {};
  }
  if (head.starts_with("\x1A\x45\xDF\xA3"))
    return head.substr(0, 64).find("webm") != std::string_view::npos ? "video/webm"sv : ""sv;
  if (const std::string_view media = MediaType(head); !media.empty()) return media;
  if (IsMp3Frame(head)) return "audio/mpeg";
  if (IsSvg(head)) return "image/svg+xml";
  return {};
}

std::string_view MimeByName(std::string_view file_name) {
  const size_t dot = file_name.rfind('.');
  if (dot != std::string_view::npos && file_name.size() - dot <= 6) {
    std::string ending(file_name.substr(dot));
    for (char& c : ending)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    for (const Ending& known : kEndings)
      if (known.ending == ending) return known.mime;
  }
  return "application/octet-stream";
}

std::string_view ExtensionFor(std::string_view mime) {
  for (const Ending& known : kEndings)
    if (known.mime == mime) return known.ending;
  return {};
}

}  // namespace daybook::text
