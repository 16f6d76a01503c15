// Parts of files: which bytes are meant, and sending them piece by piece.
#include "fcgi/file_answer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <string>
#include <vector>

#include "fcgi/http_error.h"

namespace daybook::fcgi {
namespace {

bool Number(std::string_view digits, std::uint64_t& number) {
  const auto end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, number);
  return !digits.empty() && error == std::errc() && rest == end;
}

}  // namespace

RangeKind ParseRange(std::string_view header, std::uint64_t size, ByteRange& range) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return RangeKind::kAll;
  header.remove_prefix(kUnit.size());
  const std::size_t dash = header.find('-');
  if (dash == header.npos || header.find(',') != header.npos) return RangeKind::kAll;
  const std::string_view from = header.substr(0, dash), to = header.substr(dash + 1);
  std::uint64_t first = 0, last = 0;
  if (from.empty()) {  // the last so many
    if (!Number(to, last)) return RangeKind::kAll;
    if (last == 0 || size == 0) return RangeKind::kNone;
    range = {size - std::min(last, size), size - 1};
    return RangeKind::kPart;
  }
  if (!Number(from, first)) return RangeKind::kAll;
  if (to.empty()) {
    last = size - 1;
  } else if (!Number(to, last) || last < first) {
    return RangeKind::kAll;
  }
  if (first >= size) return RangeKind::kNone;
  range = {first, std::min(last, size - 1)};
  return RangeKind::kPart;
}

Response FileAnswer(const Request& request, const std::filesystem::path& file,
                    std::string_view type) {
  struct stat info {};
  if (stat(file.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || access(file.c_str(), R_OK) != 0)
    throw HttpError(404);
  const auto size = static_cast<std::uint64_t>(info.st_size);
  std::string etag = "\"" + std::to_string(size) + "-";
  etag += std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec) + "\"";
  Response response;
  response.content_type = type;
  response.part = FilePart{file, 0, size};
  response.Set("Accept-Ranges", "bytes").Set("ETag", etag);
  const std::string_view same = request.Get("if-range");
  if (!same.empty() && same != etag) return response;
  ByteRange range;
  switch (ParseRange(request.Get("range"), size, range)) {
    case RangeKind::kAll:
      break;
    case RangeKind::kPart:
      response.status = 206;
      response.part = FilePart{file, range.first, range.last - range.first + 1};
      response.Set("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                        std::to_string(range.last) + "/" + std::to_string(size));
      break;
    case RangeKind::kNone:
      response.status = 416;
      response.part.reset();
      response.Set("Content-Range", "bytes */" + std::to_string(size));
      break;
  }
  return response;
}

bool SendPart(const Request& request, const Response& response,
              const std::function<bool(std::string_view)>& send) {
  if (!response.part || request.method == Method::kHead) return true;
  constexpr std::size_t kPiece = 64 * 1024;
  const int file = open(response.part->file.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  std::vector<char> piece(kPiece);
  std::uint64_t from = response.part->from, left = response.part->size;
  while (left > 0) {
    const ssize_t got =
        pread(file, piece.data(), std::min<std::uint64_t>(kPiece, left), static_cast<off_t>(from));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || !send({piece.data(), static_cast<std::size_t>(got)})) break;
    from += static_cast<std::uint64_t>(got);
    left -= static_cast<std::uint64_t>(got);
  }
  close(file);
  return left == 0;
}

}  // namespace daybook::fcgi
