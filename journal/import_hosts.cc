// Hosts of the old journal with and without www., http and https, and the folder that it was in.
#include "journal/import_hosts.h"

#include <algorithm>

#include "text/url.h"

namespace daybook::journal {
namespace {

// A decoded path without '/' at its end.
std::string BaseOf(std::string_view raw_path) {
  std::string path = text::DecodePath(raw_path).value_or(std::string());
  while (path.ends_with('/')) path.pop_back();
  return path;
}

// What follows `base` in `path`, beginning with '/'; nothing if path is not below it.
std::optional<std::string> Below(const std::string& path, const std::string& base) {
  if (!path.starts_with(base)) return std::nullopt;
  if (path.size() == base.size()) return "/";
  if (path[base.size()] != '/') return std::nullopt;
  return path.substr(base.size());
}

bool IsWeb(std::string_view scheme) {
  return scheme.size() >= 4 && scheme.size() <= 5 &&
         text::HostOf(std::string(scheme) + "://h/") == "h" &&
         (scheme[0] == 'h' || scheme[0] == 'H');
}

}  // namespace

std::string PlainHost(std::string_view authority) {
  authority.remove_prefix(std::min(authority.size(), authority.rfind('@') + 1));
  std::string host;
  for (char c : authority) host += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  for (std::string_view usual : {":80", ":443", ":"}) {
    if (host.ends_with(usual)) host.resize(host.size() - usual.size());
  }
  if (host.starts_with("www.")) host.erase(0, 4);
  return host;
}

OldHosts::OldHosts(std::string_view home_url, std::string_view site_url) {
  const text::UrlParts home = text::SplitUrl(home_url), site = text::SplitUrl(site_url);
  if (home.authority) {
    host_ = PlainHost(*home.authority);
    base_ = BaseOf(home.path);
  }
  if (site.authority && !host_.empty() && PlainHost(*site.authority) == host_) {
    has_site_ = true;
    site_base_ = BaseOf(site.path);
  }
}

void OldHosts::AddFileHost(std::string_view url) {
  const text::UrlParts parts = text::SplitUrl(url);
  if (!parts.authority) return;
  std::string host = PlainHost(*parts.authority);
  if (host.empty() || host == host_ ||
      std::find(file_hosts_.begin(), file_hosts_.end(), host) != file_hosts_.end()) {
    return;
  }
  if (file_hosts_.size() < 20) file_hosts_.push_back(std::move(host));
}

std::optional<OldAddress> OldHosts::Find(std::string_view url) const {
  const text::UrlParts parts = text::SplitUrl(url);
  if (parts.scheme && !IsWeb(*parts.scheme)) return std::nullopt;
  if (!parts.authority && (parts.scheme || !parts.path.starts_with('/'))) return std::nullopt;
  OldAddress found;
  found.query = parts.query.value_or("");
  found.fragment = parts.fragment.value_or("");
  std::optional<std::string> path = text::DecodePath(parts.path.empty() ? "/" : parts.path);
  if (!path) return std::nullopt;
  // Old servers read it so, and whoever asks for "/a//b" is asked to come back to "/a/b" before
  // anything is looked up.
  path->erase(
      std::unique(path->begin(), path->end(), [](char a, char b) { return a == '/' && b == '/'; }),
      path->end());
  if (parts.authority) {
    const std::string host = PlainHost(*parts.authority);
    if (host.empty()) return std::nullopt;
    if (host != host_) {
      // WordPress.com's picture service: https://i0.wp.com/HOST/PATH.
      if (host.size() == 9 && host[0] == 'i' && host.ends_with(".wp.com")) {
        return Find("//" + text::EncodePath(path->substr(1)));
      }
      if (std::find(file_hosts_.begin(), file_hosts_.end(), host) == file_hosts_.end())
        return std::nullopt;
      found.file_host = true;
      found.path = *path;
      return found;
    }
  }
  if (auto below = Below(*path, base_)) {
    found.path = *below;
    // Where the server could not rewrite addresses, WordPress put its program's name into all.
    if (found.path == "/index.php") found.path = "/";
    if (found.path.starts_with("/index.php/")) found.path.erase(0, 10);
    return found;
  }
  // Files of a program that lives beside the journal: /wp/wp-content/uploads/…
  const auto below = has_site_ ? Below(*path, site_base_) : std::nullopt;
  if (!below || !below->starts_with("/wp-content/")) return std::nullopt;
  found.path = *below;
  return found;
}

}  // namespace daybook::journal
