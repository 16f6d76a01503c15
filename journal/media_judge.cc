// Pictures by their structure, SVG by what it does, everything else by its first bytes and its
// name.
#include "journal/media_judge.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "journal/import_svg.h"
#include "journal/launch.h"
#include "journal/settings.h"
#include "text/media_name.h"
#include "text/mime.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

constexpr std::size_t kHead = 4096;
constexpr std::size_t kSvgMax = 4u << 20;

std::string ReadSome(const UploadedFile& file, std::size_t most) {
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(most, file.size)), '\0');
  bytes.resize(file.read(0, bytes.data(), bytes.size()));
  return bytes;
}

JudgedMedia Refuse(MediaRefusal why, std::string detail = "") {
  JudgedMedia judged;
  judged.refusal = why;
  judged.detail = std::move(detail);
  return judged;
}

// Without daybook-work no SVG is taken.
SvgFacts AskAboutSvg(const Home& home, const std::string& svg) {
  const std::string answer = AskWork(home, "look-at-svg", svg).value_or("");
  SvgFacts facts;
  const char* const end = answer.data() + answer.size();
  if (!answer.starts_with("1 ")) return facts;
  const auto width = std::from_chars(answer.data() + 2, end, facts.width);
  if (width.ec != std::errc() || width.ptr == end) return facts;
  std::from_chars(width.ptr + 1, end, facts.height);
  facts.passive = true;
  return facts;
}

JudgedMedia JudgePicture(const UploadedFile& file, std::string_view mime) {
  text::PicturePlan plan = text::PlanPicture(mime, file.size, file.read);
  if (plan.state == text::PictureState::kCutOff) return Refuse(MediaRefusal::kCutOff);
  if (plan.state == text::PictureState::kBroken) return Refuse(MediaRefusal::kDamaged);
  const std::int64_t pixels = std::int64_t{plan.size.width} * plan.size.height;
  if (pixels > kMaxPixels || std::max(plan.size.width, plan.size.height) > kMaxSide)
    return Refuse(MediaRefusal::kTooManyPixels,
                  std::to_string(plan.size.width) + " × " + std::to_string(plan.size.height));
  JudgedMedia judged;
  judged.mime = mime;
  judged.ending = text::ExtensionFor(mime);
  judged.width = plan.Shown().width;
  judged.height = plan.Shown().height;
  judged.orientation = plan.orientation;
  judged.pieces = std::move(plan.pieces);
  return judged;
}

}  // namespace

JudgedMedia JudgeMedia(const Home& home, const UploadedFile& file, const Settings& settings) {
  if (file.size == 0) return Refuse(MediaRefusal::kEmpty);
  if (file.size > static_cast<std::uint64_t>(settings.media_limit) << 20)
    return Refuse(MediaRefusal::kTooLarge);
  const std::string head = ReadSome(file, kHead);
  const std::string_view content = text::MimeByContent(head);
  if (content == "image/jpeg" || content == "image/png" || content == "image/gif" ||
      content == "image/webp")
    return JudgePicture(file, content);
  if (content == "image/heic" || content == "image/avif") return Refuse(MediaRefusal::kHeic);
  const std::string ending = text::EndingOf(file.name);
  JudgedMedia judged;
  judged.pieces.push_back({0, file.size, {}});
  if (content == "image/svg+xml" || ending == "svg") {
    const SvgFacts svg =
        file.size <= kSvgMax ? AskAboutSvg(home, ReadSome(file, kSvgMax)) : SvgFacts{};
    if (!svg.passive) return Refuse(MediaRefusal::kUnsafeSvg);
    judged.mime = "image/svg+xml";
    judged.ending = ".svg";
    judged.width = svg.width;
    judged.height = svg.height;
    return judged;
  }
  if (const std::string active = text::ActiveEnding(file.name); !active.empty())
    return Refuse(MediaRefusal::kCouldRun, active);
  if (text::IsPictureEnding(ending) && ending != "bmp" && ending != "ico" &&
      !ending.starts_with("tif"))
    return Refuse(MediaRefusal::kNotAPicture);
  const bool usual = !ending.empty() && ending.size() <= 10 &&
                     std::all_of(ending.begin(), ending.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
                     });
  const bool is_text =
      text::IsUtf8(head.substr(0, head.size() - std::min<std::size_t>(4, head.size() / 2))) &&
      head.find('\0') == std::string::npos;
  if (usual) {
    judged.ending = "." + ending;
    // Office documents are zip files, too; and what plays in a page must be what its name says.
    const std::string_view named = text::MimeByName(file.name);
    judged.mime = content.empty() || content == "application/zip" ? named : content;
    if (!content.empty() && content != "application/zip" && named != content)
      judged.ending = text::ExtensionFor(content);
  } else if (!content.empty()) {
    judged.ending = text::ExtensionFor(content);
    judged.mime = content;
  } else {
    judged.ending = is_text ? ".txt" : ".bin";
    judged.mime = is_text ? "text/plain; charset=utf-8" : "application/octet-stream";
  }
  return judged;
}

}  // namespace daybook::journal
