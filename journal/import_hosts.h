// Which addresses belong to the old journal, and what they are below its root. It does not know
// what is there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::journal {

struct OldAddress {
  std::string path;        // decoded, from the old journal's root: "/2010/05/x/"
  std::string query;       // raw, without '?'
  std::string fragment;    // raw, without '#'
  bool file_host = false;  // of a host that held files only: path is from that host's root
};

class OldHosts {
 public:
  // `home_url`: of the old journal ("https://example.org/blog"); `site_url`: of the program behind
  // it, taken only where it has the same host. Either may be empty.
  OldHosts(std::string_view home_url, std::string_view site_url);

  // A host that held files of the old journal, and no pages.
  void AddFileHost(std::string_view url);

  // Absolute, without a scheme ("//host/x"), or from a host's root ("/x"). Nothing for addresses
  // elsewhere, those of other programs on the same host, and broken ones. "www." and the scheme
  // make no difference.
  [[nodiscard]] std::optional<OldAddress> Find(std::string_view url) const;

  [[nodiscard]] const std::string& host() const { return host_; }
  // Of the old journal on its host: "" or "/blog".
  [[nodiscard]] const std::string& base() const { return base_; }

 private:
  std::string host_;  // without "www.", with a port that is not the usual one
  std::string base_;
  std::string site_base_;  // "" or "/wp": where files may be that are not below base_
  bool has_site_ = false;
  std::vector<std::string> file_hosts_;
};

// "www.Example.org:80" -> "example.org".
[[nodiscard]] std::string PlainHost(std::string_view authority);

}  // namespace daybook::journal
