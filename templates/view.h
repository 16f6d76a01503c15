// View: the values of one page, put into a template. Handlers fill it with constants of
// templates/keys.h; the type of a constant says what may stand there, so raw text cannot become
// markup. It is not where templates come from: that is templates.h.
#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>

#include "templates/key_types.h"
#include "text/safe.h"

namespace daybook::templates {

class Templates;
class Values;

// A place in a page: the page itself, or one repetition of a section. Cheap to copy; lives as long
// as its View. A name that is not set here is looked up outwards: what the page sets, all its
// sections see.
class Block {
 public:
  void Set(TextKey, std::string_view value);
  void Set(HtmlKey, const text::SafeHtml& value);
  void Set(UrlKey, const text::SafeUrl& value);
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) void Set(TextKey key, Number value) {
    Set(key, std::string_view(std::to_string(value)));
  }

  // Shows the section once (calling it twice does no harm); `when` spares the caller an if.
  void Show(SectionKey, bool when = true);
  // One more repetition of the section, with values of its own.
  Block Add(SectionKey);
  // Shows the section with the value, unless the value is empty.
  void Show(SectionKey, TextKey, std::string_view value);
  void Show(SectionKey, HtmlKey, const text::SafeHtml& value);
  void Show(SectionKey, UrlKey, const text::SafeUrl& value);

 protected:
  explicit Block(Values* values) : values_(values) {}
  Values* values_;
};

class View : public Block {
 public:
  // templates must outlive the View.
  View(const Templates& templates, TemplateId id);
  ~View();
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  std::string Render() const;
  // The same as a value that other pages may hold (the sidebar). For HTML templates only.
  text::SafeHtml RenderFragment() const;

 private:
  class Arena;

  const Templates& templates_;
  TemplateId id_;
  std::unique_ptr<Arena> arena_;
};

}  // namespace daybook::templates
