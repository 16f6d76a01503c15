// The types of the names in templates. The build makes a constant of each name (templates/keys.h),
// so a misspelt name does not compile, and the type of the constant says what may be put there.
#pragma once

#include <string_view>

namespace daybook::templates {

// {{NAME}}: any text. Escaped by the template for the place where it stands.
struct TextKey {
  std::string_view name;
};
// {{NAME_HTML}}: HTML that was proved safe. Stands as it is; escaped in feeds.
struct HtmlKey {
  std::string_view name;
};
// {{NAME_URL}}: an address whose scheme was checked. Escaped for HTML.
struct UrlKey {
  std::string_view name;
};
// {{#NAME}}…{{/NAME}}: shown once for each Show or Add, otherwise absent.
struct SectionKey {
  std::string_view name;
};
// A text of the catalogue (words/en.txt).
struct WordKey {
  std::string_view name;
};
// A text with plural forms: NAME.one, NAME.other, …
struct PluralKey {
  std::string_view name;
};
// A template file: its place in EmbeddedTemplates().
struct TemplateId {
  int index;
};

}  // namespace daybook::templates
