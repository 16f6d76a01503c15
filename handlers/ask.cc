// Forms by which readers have something mailed: see ask.h.
#include "handlers/ask.h"

#include "fcgi/origin.h"
#include "handlers/pages.h"
#include "templates/keys.h"
#include "text/utf8.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::OriginVerdict;
using journal::FormStamp;
using journal::ReadStamp;
using templates::Block;

namespace {

constexpr journal::Id kNoEntry = 0;  // these forms' stamps fit each of them
std::string IdOf(const AskField& field) { return "a-" + std::string(field.name); }

}  // namespace

bool HasErrors(const AskPage& page) {
  for (const Asked& asked : page.asked)
    if (!asked.error.empty()) return true;
  return false;
}

void CheckLengths(const templates::Words& words, AskPage& page) {
  for (std::size_t i = 0; i < page.fields.size(); ++i) {
    const std::size_t length = text::CountCodePoints(page.asked[i].value);
    if (length <= page.fields[i].most) continue;
    page.asked[i].error = words.Format(
        word::kErrLong, {{"n", words.Number(static_cast<std::int64_t>(length))},
                         {"max", words.Number(static_cast<std::int64_t>(page.fields[i].most))}});
  }
}

fcgi::Response ShowAsk(const Frame& frame, const AskPage& page) {
  const templates::Words& words = frame.words();
  templates::View view(frame.templates, templates::tpl::kAsk);
  Head head;
  head.title = page.title;
  const bool wrong = HasErrors(page);
  if (wrong || !page.alert.empty())
    head.title = words.Format(word::kFormErrorTitle, {{"title", head.title}});
  head.noindex = true;
  FillFrame(view, frame, head);
  view.Set(key::kAskTitle, page.title);
  if (!page.entry_path.empty()) {
    Block entry = view.Add(key::kAskEntry);
    entry.Set(key::kEntryUrl, frame.links.To(page.entry_path));
    entry.Set(key::kEntryTitle, page.entry_title);
  }
  view.Show(key::kFormAlert, key::kAlertText, page.alert);
  view.Show(key::kFormNotice, key::kNoticeText, page.notice);
  for (const std::string& line : page.lines) view.Add(key::kAskLine).Set(key::kLineText, line);
  if (!page.link.empty()) {
    Block link = view.Add(key::kAskLink);
    link.Set(key::kLinkUrl, page.link);
    link.Set(key::kLinkLabel, page.link_label);
  }
  if (wrong) {
    Block list = view.Add(key::kFormErrors);
    for (std::size_t i = 0; i < page.asked.size(); ++i) {
      if (page.asked[i].error.empty()) continue;
      Block item = list.Add(key::kFormError);
      item.Set(key::kErrorField, IdOf(page.fields[i]));
      item.Set(key::kErrorText,
               words.Format(word::kFormErrorItem, {{"field", words.Get(page.fields[i].label)},
                                                   {"text", page.asked[i].error}}));
    }
  }
  if (page.asked.empty()) return fcgi::Html(view.Render(), page.status);
  Block form = view.Add(key::kAskForm);
  form.Set(key::kAskUrl, frame.links.To(page.url));
  form.Set(key::kStampUrl, frame.links.To("/contact/sign"));
  form.Set(key::kFormSignature, page.signature);
  form.Set(key::kAskButton, words.Get(page.button));
  for (std::size_t i = 0; i < page.fields.size(); ++i) {
    const AskField& field = page.fields[i];
    Block block = form.Add(key::kAsked);
    block.Set(key::kAskedId, IdOf(field));
    block.Set(key::kAskedName, field.name);
    block.Set(key::kAskedLabel, words.Get(field.label));
    block.Set(key::kAskedValue, page.asked[i].value);
    block.Add(key::kAskedHelped)
        .Set(key::kAskedHelp,
             words.Format(field.help,
                          {{"max", words.Number(static_cast<std::int64_t>(field.most))}}));
    block.Show(key::kAskedWrong, key::kAskedError, page.asked[i].error);
    if (field.type.empty()) {
      block.Add(key::kAskedArea).Set(key::kAskedRows, field.most > 1000 ? "9" : "4");
      continue;
    }
    Block line = block.Add(key::kAskedLine);
    line.Set(key::kAskedType, field.type);
    line.Set(key::kAskedAuto, field.autocomplete);
  }
  return fcgi::Html(view.Render(), page.status);
}

AskProof ProveAsk(Context& context, const fcgi::Form& form, templates::WordKey check,
                  AskPage& page) {
  const templates::Words& words = context.templates.words();
  const journal::Signer signer = journal::SignerOf(context.tx);
  const OriginVerdict origin = fcgi::CheckOrigin(context.request);
  const FormStamp::Kind kind =
      origin == OriginVerdict::kUnknown ? FormStamp::Kind::kUnproved : FormStamp::Kind::kProved;
  const ReadStamp read = journal::CheckStamp(signer, kNoEntry, form["signature"], context.now);
  const bool good = read.state == ReadStamp::State::kGood;
  FormStamp stamp = good ? read.stamp : journal::NewStamp(kind, context.now);
  AskProof proof;
  proof.same_origin = origin == OriginVerdict::kSame;
  proof.since_signed = context.now - stamp.first_at;
  proof.acts = good && (proof.same_origin || stamp.kind == kind);
  if (stamp.kind != FormStamp::Kind::kUnproved) stamp.kind = kind;
  page.signature = journal::WriteStamp(signer, kNoEntry, stamp);
  if (origin == OriginVerdict::kForeign || read.state == ReadStamp::State::kForged) {
    page.status = 403;
    page.alert = words.Get(origin == OriginVerdict::kForeign ? word::kAskOrigin : word::kAskForged);
    proof.acts = false;
  } else if (context.request.body_state == fcgi::BodyState::kTooLarge) {
    page.status = 413;
    page.alert = words.Get(word::kErrLarger);
    proof.acts = false;
  } else if (HasErrors(page)) {
    page.status = 422;
    proof.acts = false;
  } else if (!form["fax"].empty()) {
    page.notice = words.Get(word::kAskTrap);
    proof.acts = false;
  } else if (!proof.acts) {
    page.notice = words.Get(check);
  }
  return proof;
}

std::optional<fcgi::Response> AskNotTaken(const Frame& frame, AskPage page,
                                          const fcgi::Request& request,
                                          std::span<const fcgi::FormField> posted,
                                          std::string_view alert, int status) {
  const auto parsed = fcgi::Form::Parse(request, posted, fcgi::FormText::kRepaired);
  const fcgi::Form* form = std::get_if<fcgi::Form>(&parsed);
  if (!form || page.asked.empty()) return std::nullopt;
  bool typed = false;
  for (std::size_t i = 0; i < page.asked.size(); ++i) {
    page.asked[i].value = (*form)[page.fields[i].name];
    typed = typed || !page.asked[i].value.empty();
  }
  if (!typed) return std::nullopt;
  page.signature = (*form)["signature"];
  page.alert = alert;
  page.status = status;
  return ShowAsk(frame, page);
}

// The signature that the script fetches.
fcgi::Response ContactSignature(Context& context) {
  context.cacheable = false;
  return fcgi::Text(journal::WriteStamp(journal::SignerOf(context.tx), kNoEntry,
                                        journal::NewStamp(FormStamp::Kind::kProved, context.now)));
}

}  // namespace daybook::handlers
