// Forms as values: the pages about people are lists and forms, all made of
// templates/parts/forms.tpl.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "handlers/admin/frame.h"

namespace daybook::handlers::admin {

// "new-password" and the like stand in `autocomplete`, which password managers read.
struct AskedField {
  enum class Kind { kInput, kPassword, kArea, kReadOnly, kHidden, kSelect, kCheck };
  Kind kind = Kind::kInput;
  std::string_view id;  // and name; once on a page
  std::string label = {}, value = {};
  std::string help = {}, error = {};
  std::string_view autocomplete = {};
  std::vector<std::pair<std::string, std::string>> options = {};  // value, label; value: chosen
};

// One form of a page. Setters in the order in which they are to stand.
class FormBlock {
 public:
  // `title` empty: the page's heading is its name. `id`: of the form, for addresses.
  FormBlock(Page& page, const text::SafeUrl& url, std::string_view title = {},
            std::string_view id = {});
  FormBlock& Text(std::string_view line);
  FormBlock& Codes(const std::vector<std::string>& codes);
  // What daybook-work's command qr wrote; empty: none.
  FormBlock& Picture(std::string_view drawn, std::string_view name);
  FormBlock& Add(const AskedField& field);
  // `look`: "primary", "danger", "" ; `value`: of "act".
  FormBlock& Button(std::string_view label, std::string_view look = {},
                    std::string_view value = {});

 private:
  templates::Block block_;
};

// The list of a page of forms.
struct ListedRow {
  std::string name;
  text::SafeUrl url = {};          // empty: no link
  std::vector<std::string> facts;  // empty ones are left out
  std::string which = {};          // for its button; empty: none
};
void FillListed(Page& page, std::string_view title, const std::vector<ListedRow>& rows,
                const text::SafeUrl& act = {}, std::string_view label = {},
                std::string_view label_of_others = {});

// "" or what is said beside a new password.
std::string PasswordProblem(const templates::Words& words, std::string_view password);
AskedField NewPasswordField(const templates::Words& words, std::string error);

}  // namespace daybook::handlers::admin
