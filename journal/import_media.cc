// Looks for a file under every name it may have, checks by content what it is, copies it.
#include "journal/import_media.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "journal/import_items.h"
#include "journal/import_svg.h"
#include "journal/media_store.h"
#include "sql/descriptor.h"
#include "text/media_name.h"
#include "text/mime.h"
#include "text/slug.h"

namespace daybook::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 1'000'000;
constexpr std::size_t kHead = 256 * 1024;

std::string Lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::string_view NameOf(std::string_view path) { return path.substr(path.rfind('/') + 1); }

[[noreturn]] void Fail(const std::string& doing) {
  throw ImportStopped{doing + ": " + std::strerror(errno) + "."};
}

// The number of bytes read, fewer than asked for only at the end.
std::size_t ReadFull(int fd, char* to, std::size_t length, const std::string& name) {
  std::size_t done = 0;
  while (done < length) {
    const ssize_t n = read(fd, to + done, length - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) Fail(name + " cannot be read");
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

bool SameContent(const fs::path& a, const fs::path& b) {
  const sql::Descriptor one(open(a.c_str(), O_RDONLY | O_CLOEXEC)),
      two(open(b.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!one || !two) return false;
  std::string x(64 * 1024, '\0'), y(64 * 1024, '\0');
  while (true) {
    const std::size_t n = ReadFull(one.get(), x.data(), x.size(), a.string());
    if (ReadFull(two.get(), y.data(), y.size(), b.string()) != n) return false;
    if (std::memcmp(x.data(), y.data(), n) != 0) return false;
    if (n < x.size()) return true;
  }
}

void Copy(const fs::path& from, const fs::path& to) {
  const fs::path temporary = to.parent_path() / ("." + to.filename().string() + ".new");
  unlink(temporary.c_str());
  const sql::Descriptor in(open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (!in) Fail(from.string() + " cannot be read");
  const sql::Descriptor out(open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!out) Fail(to.string() + " cannot be written");
  std::string buffer(256 * 1024, '\0');
  while (true) {
    const std::size_t n = ReadFull(in.get(), buffer.data(), buffer.size(), from.string());
    for (std::size_t done = 0; done < n;) {
      const ssize_t written = write(out.get(), buffer.data() + done, n - done);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        const int error = errno;
        unlink(temporary.c_str());
        errno = error;
        Fail(to.string() + " cannot be written");
      }
      done += static_cast<std::size_t>(written);
    }
    if (n < buffer.size()) break;
  }
  if (fdatasync(out.get()) != 0 || rename(temporary.c_str(), to.c_str()) != 0) {
    unlink(temporary.c_str());
    Fail(to.string() + " cannot be written");
  }
}

}  // namespace

MediaFolder MediaFolder::Open(const fs::path& folder) {
  MediaFolder media;
  std::error_code error;
  media.folder_ = fs::canonical(folder, error);
  if (error || !fs::is_directory(media.folder_, error)) {
    throw ImportTrouble{0, "There is no media folder at " + folder.string() + "."};
  }
  std::size_t count = 0;
  auto it = fs::recursive_directory_iterator(media.folder_,
                                             fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator() && count < kMaxFiles;
       it.increment(error)) {
    std::error_code ignored;
    fs::file_status status = it->symlink_status(ignored);
    if (status.type() == fs::file_type::symlink) {
      const fs::path target = fs::canonical(it->path(), ignored);
      if (ignored || !(target.string() + "/").starts_with(media.folder_.string() + "/")) continue;
      status = fs::status(target, ignored);
    }
    if (status.type() != fs::file_type::regular) continue;
    const std::string path = it->path().string().substr(media.folder_.string().size() + 1);
    media.by_name_[Lower(NameOf(path))].push_back(path);
    ++count;
  }
  for (auto& [name, paths] : media.by_name_) std::sort(paths.begin(), paths.end());
  return media;
}

std::optional<fs::path> MediaFolder::Find(std::string_view old_path) const {
  const auto found = by_name_.find(Lower(NameOf(old_path)));
  if (found == by_name_.end()) return std::nullopt;
  // How many parts of the path agree, from the right; the name's case counts, too.
  const auto agreement = [&](const std::string& path) {
    std::size_t parts = 0;
    std::string_view a = old_path, b = path;
    while (!a.empty() && !b.empty()) {
      const std::string_view x = NameOf(a), y = NameOf(b);
      if (x != y && (parts > 0 || Lower(x) != Lower(y))) break;
      parts += x == y ? 2 : 1;
      a.remove_suffix(std::min(a.size(), x.size() + 1));
      b.remove_suffix(std::min(b.size(), y.size() + 1));
    }
    return parts;
  };
  const std::string* best = nullptr;
  std::size_t most = 0;
  bool tie = false;
  for (const std::string& path : found->second) {
    const std::size_t parts = agreement(path);
    if (best == nullptr || parts > most) {
      best = &path;
      most = parts;
      tie = false;
    } else if (parts == most) {
      tie = true;
    }
  }
  // Two files of the same name in folders that have nothing in common with the address: neither is
  // certain.
  if (best == nullptr || (tie && most <= 2)) return std::nullopt;
  return folder_ / *best;
}

std::optional<fs::path> MediaFolder::FindOtherSize(std::string_view old_path) const {
  const std::string original = OriginalName(old_path).value_or(std::string(old_path));
  const std::string name = Lower(NameOf(original));
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  const std::string stem = name.substr(0, dot) + "-", extension = name.substr(dot);
  const std::string folder = original.substr(0, original.rfind('/') + 1);
  std::optional<fs::path> best;
  std::uintmax_t largest = 0;
  for (auto it = by_name_.lower_bound(stem); it != by_name_.end() && it->first.starts_with(stem);
       ++it) {
    const auto made_of = OriginalName(it->first);
    if (!made_of || *made_of != name || !it->first.ends_with(extension)) continue;
    const auto path = Find(folder + std::string(NameOf(it->second.front())));
    std::error_code error;
    const std::uintmax_t size = path ? fs::file_size(*path, error) : 0;
    if (path && !error && size > largest) {
      largest = size;
      best = path;
    }
  }
  return best;
}

std::optional<fs::path> MediaFolder::FindExact(std::string_view relative_path) const {
  const auto found = by_name_.find(Lower(NameOf(relative_path)));
  if (found == by_name_.end()) return std::nullopt;
  for (const std::string& path : found->second) {
    if (path == relative_path) return folder_ / path;
  }
  return Find(relative_path);
}

std::optional<std::string> OriginalName(std::string_view path) {
  const std::size_t dot = path.rfind('.'), slash = path.rfind('/');
  if (dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash))
    return std::nullopt;
  std::string_view stem = path.substr(0, dot);
  if (stem.ends_with("-scaled") || stem.ends_with("-rotated")) {
    stem.remove_suffix(stem.ends_with("-scaled") ? 7 : 8);
  } else {
    const auto digits = [&stem] {
      std::size_t n = 0;
      while (n < 5 && !stem.empty() && stem.back() >= '0' && stem.back() <= '9') {
        stem.remove_suffix(1);
        ++n;
      }
      return n > 0;
    };
    if (!digits() || !stem.ends_with('x')) return std::nullopt;
    stem.remove_suffix(1);
    if (!digits() || !stem.ends_with('-')) return std::nullopt;
    stem.remove_suffix(1);
  }
  if (stem.empty() || stem.ends_with('/')) return std::nullopt;
  return std::string(stem) + std::string(path.substr(dot));
}

std::string MediaPathFor(std::string_view old_path) {
  // Below uploads/ or files/ the rest is what the owner knows; elsewhere the last two folders.
  bool below_marker = false;
  for (std::string_view marker : {"/wp-content/uploads/", "/uploads/", "/files/", "/media/"}) {
    const std::size_t at = old_path.find(marker);
    if (at == std::string_view::npos) continue;
    old_path = old_path.substr(at + marker.size());
    below_marker = true;
    break;
  }
  std::vector<std::string> parts;
  while (!old_path.empty()) {
    const std::size_t slash = old_path.find('/');
    const std::string_view typed = old_path.substr(0, slash);
    std::string part;
    for (std::size_t i = 0; i < typed.size();) {
      std::size_t end = i;
      while (end < typed.size() && static_cast<unsigned char>(typed[end]) >= 0x80) ++end;
      const std::string ascii =
          end > i ? text::Transliterate(typed.substr(i, end - i)) : std::string(1, typed[end++]);
      for (char c : ascii) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
        if (good || part.empty() || part.back() != '-') part += good ? c : '-';
      }
      i = end;
    }
    while (!part.empty() && (part.front() == '.' || part.front() == '-')) part.erase(0, 1);
    while (!part.empty() && part.back() == '.') part.pop_back();
    if (part.size() > 120) part.erase(0, part.size() - 120);
    if (!part.empty()) parts.push_back(std::move(part));
    if (slash == std::string_view::npos) break;
    old_path.remove_prefix(slash + 1);
  }
  if (!below_marker && parts.size() > 3) parts.erase(parts.begin(), parts.end() - 3);
  std::string path;
  for (const std::string& part : parts) path += (path.empty() ? "" : "/") + part;
  return path;
}

MediaOutcome CopyMedia(const fs::path& from, const fs::path& media_root, const std::string& wanted,
                       bool only_look) {
  MediaOutcome outcome;
  std::string extension = text::EndingOf(wanted);
  if (const std::string part = text::ActiveEnding(wanted); !part.empty()) {
    outcome.refused = "Files of the kind “." + part +
                      "” could run in a reader's browser or on the server, so it was not copied.";
    return outcome;
  }
  const sql::Descriptor in(open(from.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info {};
  if (!in || fstat(in.get(), &info) != 0) {
    outcome.refused = "It cannot be read: " + std::string(std::strerror(errno)) + ".";
    return outcome;
  }
  std::string head(kHead, '\0');
  head.resize(ReadFull(in.get(), head.data(), head.size(), from.string()));
  const std::string_view content = text::MimeByContent(head);
  const bool is_svg = content == "image/svg+xml" || extension == "svg";
  SvgFacts svg;
  if (is_svg) {
    std::string whole = head;
    if (info.st_size > static_cast<off_t>(head.size()) && info.st_size < (8 << 20)) {
      whole.resize(static_cast<std::size_t>(info.st_size));
      whole.resize(head.size() + ReadFull(in.get(), whole.data() + head.size(),
                                          whole.size() - head.size(), from.string()));
    }
    if (extension == "svg" && static_cast<off_t>(whole.size()) == info.st_size)
      svg = LookAtSvg(whole);
    if (!svg.passive) {
      outcome.refused = "It is an SVG picture that does more than draw, so it was not copied.";
      return outcome;
    }
  }
  if (text::IsPictureEnding(extension) && extension != "bmp" && extension != "ico" &&
      !extension.starts_with("tif") && !content.starts_with("image/")) {
    outcome.refused = head.empty() ? "The file is empty." : "What is in the file is no picture.";
    return outcome;
  }
  std::string path = wanted;
  if (extension.empty() && !content.empty()) {
    path += text::ExtensionFor(content);
    extension = text::EndingOf(path);
  }
  NewMedia& media = outcome.media;
  media.mime = is_svg ? "image/svg+xml" : content.empty() ? text::MimeByName(path) : content;
  if (content == "application/zip")
    media.mime = text::MimeByName(path);  // office documents are zip files, too
  media.bytes = info.st_size;
  if (const auto size = text::ReadImageSize(head)) {
    media.width = size->width;
    media.height = size->height;
  }
  media.path = path;
  if (only_look) return outcome;
  if (svg.width > 0) {
    media.width = svg.width;
    media.height = svg.height;
  }
  const std::size_t dot = extension.empty() ? path.size() : path.size() - extension.size() - 1;
  std::error_code error;
  fs::create_directories((media_root / path).parent_path(), error);
  const fs::path root = fs::canonical(media_root, error);
  const fs::path parent = fs::canonical((media_root / path).parent_path(), error);
  if (error || !(parent.string() + "/").starts_with(root.string() + "/")) {
    outcome.refused = "Its folder in public/media cannot be used.";
    return outcome;
  }
  // A picture without what it tells about whoever took it lies beside its place until it has one.
  const fs::path cleaned =
      (media_root / path).parent_path() / (".clean-" + std::to_string(getpid()));
  fs::path source = from;
  const text::ReadAt read = ReadAtOfFile(in.get(), 0, static_cast<std::uint64_t>(info.st_size));
  const text::PicturePlan plan =
      text::PlanPicture(media.mime, static_cast<std::uint64_t>(info.st_size), read);
  if (plan.state == text::PictureState::kGood && !plan.same) {
    if (!WritePieces(cleaned, plan.pieces, read)) Fail(cleaned.string() + " cannot be written");
    media.bytes = static_cast<std::int64_t>(plan.Bytes());
    source = cleaned;
  }
  const auto tidy = [&] { unlink(cleaned.c_str()); };
  for (int n = 0; n < 100; ++n) {
    media.path = n == 0 ? path : path.substr(0, dot) + "-" + std::to_string(n) + path.substr(dot);
    const fs::path to = media_root / media.path;
    const fs::file_status status = fs::symlink_status(to, error);
    if (status.type() == fs::file_type::not_found) {
      if (source == from) {
        Copy(from, to);
      } else if (rename(cleaned.c_str(), to.c_str()) != 0) {
        tidy();
        Fail(to.string() + " cannot be written");
      }
      return outcome;
    }
    if (status.type() == fs::file_type::regular &&
        fs::file_size(to, error) == static_cast<std::uintmax_t>(media.bytes) &&
        SameContent(source, to)) {
      if (source != from) tidy();
      return outcome;
    }
  }
  if (source != from) tidy();
  outcome.refused = "A hundred other files of that name are there already.";
  return outcome;
}

}  // namespace daybook::journal
