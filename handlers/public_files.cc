// Types by ending; foreign bytes are shown or offered, never run. See public_files.h.
#include "handlers/public_files.h"

#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "fcgi/file_answer.h"

namespace daybook::handlers {
namespace {

namespace fs = std::filesystem;

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".mp3", "audio/mpeg"},
    {".m4a", "audio/mp4"},
    {".oga", "audio/ogg"},
    {".ogg", "audio/ogg"},
    {".opus", "audio/ogg"},
    {".mp4", "video/mp4"},
    {".webm", "video/webm"},
    {".ogv", "video/ogg"},
    {".pdf", "application/pdf"},
    {".txt", "text/plain; charset=utf-8"}};

std::string_view TypeOf(const std::string& ending) {
  for (const auto& [known, type] : kTypes)
    if (ending == known) return type;
  return "";
}

}  // namespace

std::optional<fcgi::Response> PublicFile(const fs::path& public_folder,
                                         const fcgi::Request& request) {
  const bool fixed = request.path.starts_with("/static/");
  if (!fixed && !request.path.starts_with("/media/")) return std::nullopt;
  if ((request.method != fcgi::Method::kGet && request.method != fcgi::Method::kHead) ||
      request.path_merged || request.path.find("/.") != std::string::npos)
    return std::nullopt;
  const fs::path file = public_folder / request.path.substr(1);
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::nullopt;
  const std::string ending = file.extension().string();
  const std::string_view type = TypeOf(ending);
  fcgi::Response response =
      fcgi::FileAnswer(request, file, type.empty() ? "application/octet-stream" : type);
  response.Set("Cache-Control",
               fixed ? "public, max-age=31536000, immutable" : "public, max-age=2592000");
  if (fixed) return response;
  const bool shown = !type.empty() && ending != ".css" && ending != ".js";
  response.Set("Content-Security-Policy",
               !shown             ? "default-src 'none'; sandbox"
               : ending == ".svg" ? "default-src 'none'; style-src 'unsafe-inline'; sandbox"
                                  : "default-src 'none'; frame-ancestors 'self'");
  if (!shown) response.Set("Content-Disposition", "attachment");
  return response;
}

}  // namespace daybook::handlers
