// Every template for one language and one theme, ready to be filled (view.h). Loading replaces
// [[texts]] from the catalogue, includes [[>parts]], and sees to it that no variable stands
// unescaped; load.h says how.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "templates/embedded.h"
#include "templates/key_types.h"
#include "templates/words.h"

namespace ctemplate {
class Template;
class TemplateDictionaryInterface;
}  // namespace ctemplate

namespace daybook::templates {

// What a theme folder may hold, each file replacing the one of the program: "entry.tpl",
// "parts/open.tpl", "words.txt" (lines that replace texts), "style.css" and further static files;
// "own.css" is no file of its own: it follows style.css.
struct TemplateSet {
  std::string language = "en";       // "de", "en-GB"
  std::string date_order = {};       // "mdy", "dmy", "ymd"; empty: the language's own
  std::filesystem::path theme = {};  // empty, or a folder that is not there: no theme
  bool lazy = false;                 // CGI: a template is made ready when it is first used
  std::string look = {};             // CSS that follows style.css, before the theme's own.css
  // Files tried out in the place of the theme's; without a value the program's own serves.
  std::map<std::string, std::optional<std::string>, std::less<>> trial = {};
};

// A file for the web server's static folder, under a name that changes with its bytes.
struct StaticFile {
  std::string name;    // style.css
  std::string hashed;  // style.0123456789.css
  std::string own;     // its bytes where they are not those of the program
  const EmbeddedFile* embedded = nullptr;

  std::string_view bytes() const { return embedded != nullptr ? embedded->bytes() : own; }
};

class Templates {
 public:
  // Throws ConfigError with the file and the reason if one template cannot be used (not lazy: any
  // of them).
  explicit Templates(const TemplateSet& set);
  ~Templates();
  Templates(const Templates&) = delete;
  Templates& operator=(const Templates&) = delete;

  const Words& words() const { return words_; }
  // Changes with every byte of templates, words, theme and static files: a part of the ETag's
  // "build".
  const std::string& fingerprint() const { return fingerprint_; }
  const std::vector<StaticFile>& static_files() const { return static_; }

  // For View.
  void Expand(TemplateId id, const ctemplate::TemplateDictionaryInterface& values,
              std::string& out) const;

 private:
  friend std::vector<std::string> ThemeComplaints(const TemplateSet& set);
  const ctemplate::Template& Ready(TemplateId id) const;

  Words words_;
  std::map<std::string, std::string, std::less<>> theme_;  // the theme's .tpl files by name
  std::vector<StaticFile> static_;
  std::string fingerprint_;
  // Filled on first use when lazy; otherwise by the constructor. A process has one thread.
  mutable std::vector<std::unique_ptr<ctemplate::Template>> ready_;
};

// What is wrong with a theme, one complaint each, with file and line: the doctor's.
std::vector<std::string> ThemeComplaints(const TemplateSet& set);

// Ten hexadecimal digits of FNV-1a; the same as in embed.py.
std::string ContentHash(std::string_view bytes);

}  // namespace daybook::templates
