// Values, checks and errors of the comment form.
#include "handlers/comment_form.h"

#include "handlers/entry_parts.h"

#include <charconv>

#include "journal/edit_common.h"
#include "journal/render.h"
#include "templates/body.h"
#include "templates/keys.h"
#include "text/email.h"
#include "text/html_escape.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using templates::Block;

namespace {

constexpr std::size_t kAnyLength = 1 << 20;  // lengths are judged here, in characters
constexpr fcgi::FormField kFields[] = {
    {"author", kAnyLength}, {"email", kAnyLength}, {"url", kAnyLength},
    {"post", kAnyLength},   {"notify", 10},        {"fax", kAnyLength},
    {"parent", 20},         {"signature", 200},    {"action", 20},
};

// Whether there is anything to see.
bool HasInk(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const text::Decoded next = text::DecodeNext(text, at);
    if (next.length == 0) break;
    at += next.length;
    const bool zero_width = next.code >= 0x200B && next.code <= 0x200D;
    const bool blank = next.code == 0xAD || next.code == 0x2060 || next.code == 0xFEFF ||
                       next.code == 0x3164 || next.code == 0x115F || next.code == 0x1160 ||
                       next.code == 0x2800 || next.code == 0xFFA0;
    if (next.code > 0x20 && !text::IsSpace(next.code) && !text::IsBidiControl(next.code) &&
        !text::IsCombining(next.code) && !zero_width && !blank)
      return true;
  }
  return false;
}

std::string TooLong(const Frame& frame, std::size_t have, std::size_t most,
                    templates::WordKey text = word::kErrLong) {
  const auto number = [&](std::size_t n) {
    return frame.words().Number(static_cast<std::int64_t>(n));
  };
  return frame.words().Format(text, {{"n", number(have)}, {"max", number(most)}});
}

struct ErrorPlace {
  std::string_view field, id;
  templates::WordKey label;
  templates::SectionKey wrong;
  templates::TextKey text;
};
constexpr ErrorPlace kPlaces[] = {
    {"author", "c-author", word::kFormAuthor, key::kAuthorWrong, key::kAuthorError},
    {"email", "c-email", word::kFormEmail, key::kEmailWrong, key::kEmailError},
    {"url", "c-url", word::kFormUrl, key::kAddressWrong, key::kAddressError},
    {"post", "c-post", word::kFormPost, key::kPostWrong, key::kPostError},
};

void FillErrors(Block block, const templates::Words& words, std::span<const FieldError> errors) {
  if (errors.empty()) return;
  Block summary = block.Add(key::kFormErrors);
  for (const FieldError& error : errors) {
    for (const ErrorPlace& place : kPlaces) {
      if (place.field != error.field) continue;
      Block item = summary.Add(key::kFormError);
      item.Set(key::kErrorField, place.id);
      item.Set(key::kErrorText,
               words.Format(word::kFormErrorItem,
                            {{"field", words.Get(place.label)}, {"text", error.text}}));
      block.Show(place.wrong);
      block.Set(place.text, error.text);
    }
  }
}

}  // namespace

std::span<const fcgi::FormField> CommentFields() { return kFields; }

CommentValues ValuesOf(const fcgi::Form& form) {
  CommentValues values;
  values.author = form["author"];
  values.email = form["email"];
  values.url = form["url"];
  values.post = form["post"];
  values.notify = form.Has("notify");
  values.honeypot = !form["fax"].empty();
  const std::string_view parent = form["parent"];
  std::from_chars(parent.data(), parent.data() + parent.size(), values.parent);
  values.signature = form["signature"];
  return values;
}

void CheckBody(const Frame& frame, std::string_view post, CheckedComment& checked) {
  checked.body = journal::CleanText(post);
  if (checked.body.size() > journal::kCommentMax) {
    checked.too_large = true;
    checked.errors.push_back(
        {"post", TooLong(frame, checked.body.size(), journal::kCommentMax, word::kErrLongBytes)});
    return;
  }
  checked.html = journal::RenderComment(frame.site.settings.comments_mode, checked.body);
  if (!HasInk(checked.body) || !HasInk(text::PlainText(checked.html.view())))
    checked.errors.push_back({"post", frame.words().Get(word::kErrPostEmpty)});
}

CheckedComment CheckComment(const Frame& frame, const CommentValues& values) {
  const templates::Words& words = frame.words();
  CheckedComment checked;
  checked.author = journal::CleanLine(values.author);
  const std::size_t letters = text::CountCodePoints(checked.author);
  if (!HasInk(checked.author)) {
    checked.errors.push_back({"author", words.Get(word::kErrAuthor)});
  } else if (letters > journal::kAuthorMax) {
    checked.errors.push_back({"author", TooLong(frame, letters, journal::kAuthorMax)});
  }

  const std::string email = journal::CleanLine(values.email);
  if (email.empty()) {
    if (values.notify && frame.site.settings.MailIsSet())
      checked.errors.push_back({"email", words.Get(word::kCommentEmailNeeded)});
  } else if (const std::size_t size = text::CountCodePoints(email); size > text::kEmailMax) {
    checked.errors.push_back({"email", TooLong(frame, size, text::kEmailMax)});
  } else if (const auto parsed = text::ParseEmail(email)) {
    checked.email = parsed->str();
  } else {
    checked.errors.push_back({"email", words.Get(word::kErrEmail)});
  }

  const std::string url = journal::CleanLine(values.url);
  if (const std::size_t size = text::CountCodePoints(url); size > text::kUrlMax) {
    checked.errors.push_back({"url", TooLong(frame, size, text::kUrlMax)});
  } else if (!url.empty()) {
    if (const auto parsed = text::ParseWebUrl(url)) {
      checked.url = parsed->str();
    } else {
      checked.errors.push_back({"url", words.Get(word::kErrUrl)});
    }
  }
  CheckBody(frame, values.post, checked);
  return checked;
}

text::SafeUrl CommentFormUrl(const Links& links, std::string_view entry_path) {
  return links.To("/comment/on" + journal::SubAddress(std::string(entry_path), ""));
}

void FillCommentForm(Block block, const Frame& frame, const CommentForm& form) {
  const journal::Settings& settings = frame.site.settings;
  block.Set(key::kCommentFormUrl, CommentFormUrl(frame.links, form.entry_path));
  block.Set(key::kSignUrl, frame.links.To("/comment/sign/" + std::to_string(form.entry_id)));
  block.Show(key::kModerated, settings.comments_hold == journal::Hold::kAll);
  block.Show(key::kModeratedFirst, settings.comments_hold == journal::Hold::kFirst);
  if (form.buttons) {
    const journal::CommentMode mode = settings.comments_mode;
    block.Show(mode == journal::CommentMode::kLimitedHtml ? key::kAllowedHtmlList
               : mode == journal::CommentMode::kMarkdown  ? key::kAllowedMarkdown
                                                          : key::kAllowedPlain);
  }
  block.Show(key::kFormButtons, form.buttons);
  if (form.respond)
    block.Show(key::kRespondLine, key::kRespondUrl,
               frame.links.To(journal::SubAddress(form.entry_path, "/respond")));
  const bool notify = form.buttons && settings.MailIsSet();
  if (!form.values) {
    block.Show(key::kNotifyBox, notify);
    return;
  }
  const CommentValues& values = *form.values;
  block.Set(key::kAuthorValue, values.author);
  block.Set(key::kEmailValue, values.email);
  block.Set(key::kAddressValue, values.url);
  block.Set(key::kPostValue, values.post);
  block.Set(key::kFormSignature, values.signature);
  if (values.parent != 0) block.Set(key::kFormParent, values.parent);
  if (notify) block.Add(key::kNotifyBox).Show(key::kNotifyTicked, values.notify);
  FillErrors(block, frame.words(), form.errors);
}

void FillShownComment(Block block, const Frame& frame, const ShownComment& comment) {
  FillComment(
      block, frame,
      {comment.id, comment.created_at, comment.author_name, comment.author_url, comment.body});
}

}  // namespace daybook::handlers
