// Keeps what became of each file, so that the report and the redirects agree.
#include "journal/import_files.h"

#include <set>
#include <utility>

#include "text/url.h"

namespace daybook::journal {
namespace {

// Old addresses that pages have, not files.
bool IsPageEnding(std::string_view ending) {
  static const std::set<std::string, std::less<>> kPages = {
      "html", "htm", "php", "asp", "aspx", "jsp", "cgi", "xml", "rss", "atom", "rdf", "txt"};
  return kPages.contains(ending);
}

std::string MediaUrl(std::string_view media_path) {
  return "/media/" + text::EncodePath(media_path);
}

}  // namespace

bool ImportFiles::LooksLikeFile(std::string_view path) {
  if (path.find("/wp-content/uploads/") != std::string_view::npos) return !path.ends_with('/');
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || name.size() - dot < 3 || name.size() - dot > 6)
    return false;
  std::string ending;
  bool letter = false;
  for (char c : name.substr(dot + 1)) {
    ending += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool is_letter = ending.back() >= 'a' && ending.back() <= 'z';
    if (!is_letter && !(c >= '0' && c <= '9')) return false;
    letter = letter || is_letter;
  }
  return letter && !IsPageEnding(ending);
}

void ImportFiles::KnowHere(const std::string& old_path, const std::string& media_path,
                           const PictureSize& size) {
  known_[old_path] = {media_path, true};
  sizes_[media_path] = size;
}

std::optional<PictureSize> ImportFiles::SizeOf(std::string_view media_path) const {
  const auto found = sizes_.find(media_path);
  if (found == sizes_.end()) return std::nullopt;
  return found->second;
}

ImportFiles::Found ImportFiles::FoundAt(const Known& known, const std::string& old_path,
                                        bool exact) const {
  if (!known.media_path.empty()) return {MediaUrl(known.media_path), true, exact, known.media_path};
  return {text::EncodePath(old_path), false, exact, {}};
}

// Looks for exactly this file (and copies it), once.
ImportFiles::Known& ImportFiles::Seek(const Wanted& wanted, const std::string& old_path,
                                      bool is_original) {
  const auto before = known_.find(old_path);
  if (before != known_.end()) return before->second;
  Known& known = known_.try_emplace(old_path).first->second;
  if (place_.folder == nullptr) return known;
  auto file = place_.folder->Find(old_path);
  if (!file && is_original) {  // "x-scaled.jpg" was made of "x.jpg"
    if (const auto made_of = OriginalName(old_path)) file = place_.folder->Find(*made_of);
  }
  if (!file && is_original) file = place_.folder->FindOtherSize(old_path);
  const std::string to = MediaPathFor(old_path);
  if (!file || to.empty()) return known;
  MediaOutcome outcome = CopyMedia(*file, place_.media_root, to, place_.dry_run);
  if (!outcome.refused.empty()) {
    ImportNote note = wanted.where;
    note.item = "file " + old_path;
    note.reason = outcome.refused;
    report_.Need(std::move(note));
    counted_.emplace(old_path, false);
    ++report_.files.found;
    return known;
  }
  known.media_path = outcome.media.path;
  outcome.media.title = wanted.title;
  outcome.media.alt = wanted.alt;
  outcome.media.caption = wanted.caption;
  outcome.media.created_at = wanted.at;
  PictureSize size;
  size.width = outcome.media.width.value_or(0);
  size.height = outcome.media.height.value_or(0);
  size.alt = wanted.alt;
  sizes_[known.media_path] = size;
  if (text::EncodePath(old_path) != MediaUrl(known.media_path)) {
    rows_.redirects.emplace_back(old_path, MediaUrl(known.media_path));
  }
  rows_.media.push_back({old_path, std::move(outcome.media)});
  return known;
}

ImportFiles::Found ImportFiles::Find(const Wanted& wanted) {
  const std::string& path = wanted.old_path;
  // What the old journal listed is a file of its own, whatever its name looks like.
  const std::optional<std::string> original = wanted.attachment ? std::nullopt : OriginalName(path);
  const bool was_known = known_.contains(path);
  Found found;
  std::string counts_as = path;
  if (Known& exact = Seek(wanted, path, !original); !exact.media_path.empty()) {
    found = FoundAt(exact, path, true);
    // Another size of a file that is counted by itself.
    if (original && counted_.contains(*original)) return found;
  } else if (original && !counted_.contains(path)) {
    // "x-scaled-300x200.jpg" was made of "x-scaled.jpg", and that of "x.jpg".
    std::string whole = *original;
    while (Seek(wanted, whole, true).media_path.empty()) {
      const auto deeper = OriginalName(whole);
      if (!deeper) break;
      whole = *deeper;
    }
    found = FoundAt(known_[whole], path, false);
    counts_as = found.here ? whole : *original;
    if (found.here && !was_known && !place_.dry_run) rows_.redirects.emplace_back(path, found.url);
  } else {
    found = FoundAt(exact, path, true);
  }
  const auto [counted, is_new] = counted_.emplace(counts_as, found.here);
  if (!is_new) return found;
  ++report_.files.found;
  if (found.here) {
    ++report_.files.taken;
    if (known_[counts_as].before) ++report_.files.here_before;
    return found;
  }
  ImportNote note = wanted.where;
  note.item = "file " + counts_as;
  note.reason = place_.folder == nullptr ? "It is not here: no folder was given with --media."
                                         : "It is not in the media folder.";
  report_.Need(std::move(note));
  return found;
}

}  // namespace daybook::journal
