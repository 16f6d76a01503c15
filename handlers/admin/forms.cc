// See forms.h.
#include "handlers/admin/forms.h"

#include "journal/journal.h"
#include "templates/admin_keys.h"
#include "text/html_clean.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using templates::Block;

FormBlock::FormBlock(Page& page, const text::SafeUrl& url, std::string_view title,
                     std::string_view id)
    : block_(page.view().Add(key::kForm)) {
  block_.Set(key::kFormUrl, url);
  if (title.empty()) return;
  block_.Show(key::kFormNamed);
  block_.Set(key::kFormTitle, title);
  block_.Set(key::kFormId, id);
}

FormBlock& FormBlock::Text(std::string_view line) {
  if (!line.empty()) block_.Add(key::kFormText).Set(key::kTextLine, line);
  return *this;
}

FormBlock& FormBlock::Codes(const std::vector<std::string>& codes) {
  Block list = block_.Add(key::kFormCodes);
  for (const std::string& code : codes) list.Add(key::kFormCode).Set(key::kCodeText, code);
  return *this;
}

FormBlock& FormBlock::Picture(std::string_view drawn, std::string_view name) {
  const std::size_t space = drawn.find(' ');
  if (space == drawn.npos) return *this;
  Block picture = block_.Add(key::kFormPicture);
  picture.Set(key::kQrName, name);
  picture.Set(key::kQrSide, drawn.substr(0, space));
  picture.Set(key::kQrPath, text::TrimHtmlSpace(drawn.substr(space)));
  return *this;
}

FormBlock& FormBlock::Add(const AskedField& field) {
  using Kind = AskedField::Kind;
  Block block = block_.Add(key::kField);
  block.Set(key::kFieldId, field.id);
  block.Set(key::kFieldLabel, field.label);
  if (field.kind == Kind::kCheck) {
    block.Add(key::kFieldCheck).Show(key::kFieldChecked, !field.value.empty());
    return *this;
  }
  block.Set(key::kFieldValue, field.value);
  if (field.kind == Kind::kHidden) {
    block.Show(key::kFieldHidden);
    return *this;
  }
  Block shown = block.Add(key::kFieldShown);
  shown.Show(key::kFieldHelped, key::kFieldHelp, field.help);
  shown.Show(key::kFieldWrong, key::kFieldError, field.error);
  Block part = shown.Add(field.kind == Kind::kArea     ? key::kFieldArea
                         : field.kind == Kind::kSelect ? key::kFieldSelect
                                                       : key::kFieldInput);
  part.Show(key::kFieldWrong, !field.error.empty());
  if (!field.help.empty() || !field.error.empty()) {
    Block described = part.Add(key::kFieldDescribed);
    described.Show(key::kFieldHelped, !field.help.empty());
    described.Show(key::kFieldWrong, !field.error.empty());
  }
  part.Set(key::kFieldType, field.kind == Kind::kPassword ? "password" : "text");
  part.Show(key::kFieldAuto, key::kAutoName, field.autocomplete);
  part.Show(key::kFieldRead, field.kind == Kind::kReadOnly);
  for (const auto& [value, label] : field.options) {
    Block option = part.Add(key::kFieldOption);
    option.Set(key::kOptionValue, value);
    option.Set(key::kOptionLabel, label);
    option.Show(key::kOptionChosen, value == field.value);
  }
  return *this;
}

FormBlock& FormBlock::Button(std::string_view label, std::string_view look,
                             std::string_view value) {
  Block button = block_.Add(key::kButton);
  button.Set(key::kButtonLabel, label);
  button.Set(key::kButtonClass, look);
  button.Show(key::kButtonNamed, key::kButtonValue, value);
  return *this;
}

void FillListed(Page& page, std::string_view title, const std::vector<ListedRow>& rows,
                const text::SafeUrl& act, std::string_view label,
                std::string_view label_of_others) {
  if (rows.empty()) return;
  Block list = page.view().Add(key::kListed);
  list.Show(key::kListedNamed, key::kListedTitle, title);
  int others = 0;
  for (const ListedRow& row : rows) {
    Block block = list.Add(key::kListedRow);
    block.Set(key::kListedName, row.name);
    if (row.url.empty())
      block.Show(key::kListedPlain);
    else
      block.Show(key::kListedLink, key::kListedUrl, row.url);
    for (const std::string& fact : row.facts)
      if (!fact.empty()) block.Add(key::kListedFact).Set(key::kFactText, fact);
    if (row.which.empty()) continue;
    ++others;
    Block button = block.Add(key::kListedAct);
    button.Set(key::kListedActUrl, act);
    button.Set(key::kListedKey, row.which);
    button.Set(key::kListedActLabel, label);
  }
  if (others < 2 || label_of_others.empty()) return;
  Block end = list.Add(key::kListedEnd);
  end.Set(key::kEndUrl, act);
  end.Set(key::kEndLabel, label_of_others);
}

std::string PasswordProblem(const templates::Words& words, std::string_view password) {
  const auto length = static_cast<std::int64_t>(text::CountCodePoints(password));
  const auto bytes = static_cast<std::int64_t>(password.size());
  if (length < static_cast<std::int64_t>(journal::kPasswordMin))
    return words.Format(word::kAdminPasswordShort, {{"n", words.Number(length)},
                                                    {"min", words.Number(journal::kPasswordMin)}});
  if (password.size() > journal::kPasswordMax)
    return words.Format(word::kErrLongBytes,
                        {{"n", words.Number(bytes)}, {"max", words.Number(journal::kPasswordMax)}});
  return "";
}

AskedField NewPasswordField(const templates::Words& words, std::string error) {
  return {.kind = AskedField::Kind::kPassword,
          .id = "new-password",
          .label = words.Get(word::kAdminPasswordNew),
          .help = words.Format(word::kAdminPasswordHelp,
                               {{"min", words.Number(journal::kPasswordMin)}}),
          .error = std::move(error),
          .autocomplete = "new-password"};
}

}  // namespace daybook::handlers::admin
