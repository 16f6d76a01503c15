// From a template file to what ctemplate gets. The language of our files, beyond ctemplate's own:
//   [[key]]                    a text of the catalogue, escaped for HTML
//   [[key|name=markup|…]]      the same, its {name} replaced by the markup that stands here
//   [[>parts/open]]            another file, textually: one dictionary for the whole page
//   [[static:style.css]]       the address of a static file: {{ROOT_URL}}static/ and its hashed
//   name
//   {{X_HTML}} {{X_URL}}       get the modifier that their type asks for; in XML every variable
//   gets XML's, in plain
//                              text (context TEXT) one that keeps it on its line
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "templates/words.h"

namespace daybook::templates {

struct LoadSources {
  // The text of "entry.tpl", "parts/open.tpl"; nullopt where there is none.
  std::function<std::optional<std::string_view>(std::string_view)> file;
  // "style.css" -> "style.0123456789.css"; nullopt where there is none.
  std::function<std::optional<std::string_view>(std::string_view)> hashed;
};

// Throws ConfigError that names the file and what is wrong.
std::string Prepare(std::string_view name, const LoadSources& sources, const Words& words);

// Registers the modifiers x-url, x-xml and x-line with ctemplate; calling it again does no harm.
void RegisterModifiers();

// & < > " ' become entities.
std::string EscapeHtml(std::string_view text);

}  // namespace daybook::templates
