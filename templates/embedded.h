// The files that the build put into the program (templates/embed.py): templates, words, static
// files. Not what is used of them: templates.h lets a theme replace files.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace daybook::templates {

// Raw deflate, and how many bytes it makes.
struct Deflated {
  std::string_view bytes;
  size_t size = 0;
};

struct EmbeddedFile {
  std::string_view name;    // templates: "entry.tpl", "parts/open.tpl"; static: "style.css"
  std::string_view hashed;  // static files only: "style.0123456789.css"
  std::string_view plain;   // nothing where it lies in a pack
  size_t pack, at, size;

  // A pack is inflated when the first of its files is asked for, and kept.
  std::string_view bytes() const;
};

struct EmbeddedWord {
  std::string_view key, text;
};

// What readers see is a table in English and regions. In another language it is deflated: the texts
// in the order of English's keys, each closed by a 0 (an empty one is missing), then key and text
// of what English lacks. The owner's texts ("admin.…") are deflated likewise; those of English as
// pairs of key and text, by key.
struct EmbeddedCatalogue {
  std::string_view language;            // "en"
  std::span<const EmbeddedWord> words;  // sorted by key
  Deflated block, owners;
};

std::span<const EmbeddedFile> EmbeddedTemplates();  // in the order of TemplateId
std::span<const EmbeddedCatalogue> EmbeddedWords();
std::span<const EmbeddedFile> EmbeddedStatic();
std::span<const Deflated> EmbeddedPacks();

}  // namespace daybook::templates
