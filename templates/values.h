// What a template is filled with: names, values and repeated sections, as ctemplate reads them. It
// stands where ctemplate's own TemplateDictionary would, which names, hashes and enters into tables
// every section that is added; a page adds a hundred and is thrown away. For View only.
#pragma once

#include <ctemplate/template_dictionary_interface.h>

#include <memory_resource>
#include <string>
#include <string_view>

namespace daybook::templates {

// One place in a page. A name that is not set here is looked up in the place around it. Lives in an
// arena, together with everything below it, and is never destroyed alone.
class Values final : public ctemplate::TemplateDictionaryInterface {
 public:
  // Names are constants of the program and are not copied; values are.
  Values(std::pmr::memory_resource& arena, const Values* around) : arena_(arena), around_(around) {}

  void Set(std::string_view name, std::string_view value);
  void Show(std::string_view section);
  Values& Add(std::string_view section);

 protected:
  ctemplate::TemplateString GetValue(const ctemplate::TemplateString& name) const override;
  bool IsHiddenSection(const ctemplate::TemplateString& name) const override;
  bool IsUnhiddenSection(const ctemplate::TemplateString& name) const override;
  Iterator* CreateSectionIterator(const ctemplate::TemplateString& name) const override;
  // {{>FILE}} is not used: parts are put in when a template is loaded (load.h).
  bool IsHiddenTemplate(const ctemplate::TemplateString& name) const override;
  const char* GetIncludeTemplateName(const ctemplate::TemplateString& name, int) const override;
  Iterator* CreateTemplateIterator(const ctemplate::TemplateString& name) const override;
  void DumpToString(std::string* out, int level) const override;

 private:
  struct Item {
    std::string_view name;
    std::string_view value;
    Item* next = nullptr;
    bool section = false;
    Values* first = nullptr;  // repetitions; none of a section that is only shown
    Values* last = nullptr;
  };
  class Repetitions;

  Item* Own(std::string_view name, bool section) const;
  const Item* Visible(const ctemplate::TemplateString& name, bool section) const;
  Item& Put(std::string_view name, bool section);

  std::pmr::memory_resource& arena_;
  const Values* around_;
  Item* items_ = nullptr;
  Values* next_ = nullptr;  // the next repetition of the same section
};

}  // namespace daybook::templates
