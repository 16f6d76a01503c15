// The whole journal as pages that open from a disk: what readers see, with links from file to file
// and without what needs a server (forms, scripts, feeds). It changes pages that the site made; it
// makes none.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::work {

// Where the journal's own addresses are: "https://example.org" and "" or "/blog", percent-encoded.
struct ReadableSite {
  std::string origin, prefix;
};

// The path below the journal's root that a link on one of its pages leads to, decoded, its fragment
// in `fragment` ("#x" or empty); nothing where it leads elsewhere.
[[nodiscard]] std::optional<std::string> OwnPath(const ReadableSite& site, std::string_view page,
                                                 std::string_view link, std::string& fragment);

// Whether a page at that path is one to be kept: not a form, a feed, or a second form of another.
[[nodiscard]] bool IsReadable(std::string_view path);

// The file of a page, relative: "/" is "index.html", "/2007/3/" and "/archive" are folders with an
// index.html, "/a.html" is "a.html". Signs that some disks do not take are written as "=3A".
[[nodiscard]] std::string ReadableFile(std::string_view path);

// The paths that a page links to and that are readable.
[[nodiscard]] std::vector<std::string> ReadableLinks(const ReadableSite& site,
                                                     std::string_view page, std::string_view html);

struct ReadableTargets {
  // The path under which a page is kept: its own, or that to which it was moved. Empty: it is not.
  std::function<std::string(const std::string& path)> page;
  // Whether that file below media/ (or static/) is kept.
  std::function<bool(const std::string&name)> has_media, has_static;
};

// The page with every link and picture leading to a file, media in ../media as seen from the folder
// of pages. What cannot be reached is left out: its text stays where somebody wrote it.
[[nodiscard]] std::string MakeReadable(const ReadableSite& site, std::string_view page,
                                       std::string_view html, const ReadableTargets& targets);

}  // namespace daybook::work
