// The files that the build put into the program (templates/embed.py): templates, words, static
// files. Not what is used of them: templates.h lets a theme replace files.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace daybook::templates {

struct EmbeddedFile {
  std::string_view name;    // templates: "entry.tpl", "parts/open.tpl"; static: "style.css"
  std::string_view hashed;  // static files only: "style.0123456789.css"
  std::string_view bytes;
};

struct EmbeddedWord {
  std::string_view key, text;
};

// English and regions as a table. Another language as one block, deflated: its texts in the order
// of English's keys, each closed by a 0 (an empty one is missing), then key and text of what
// English lacks.
struct EmbeddedCatalogue {
  std::string_view language;            // "en"
  std::span<const EmbeddedWord> words;  // sorted by key
  std::string_view block;
  size_t block_size;  // inflated
};

std::span<const EmbeddedFile> EmbeddedTemplates();  // in the order of TemplateId
std::span<const EmbeddedCatalogue> EmbeddedWords();
std::span<const EmbeddedFile> EmbeddedStatic();

}  // namespace daybook::templates
