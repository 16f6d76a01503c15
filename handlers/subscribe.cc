// How to follow the journal: by mail where it sends some, and by its feeds. The page is the same
// for everyone; what is said after a press is, too, whatever is known of the address.
#include <algorithm>
#include <charconv>

#include "fcgi/origin.h"
#include "handlers/ask.h"
#include "handlers/pages.h"
#include "handlers/subscription.h"
#include "journal/mailing.h"
#include "journal/terms.h"
#include "sql/db.h"
#include "templates/keys.h"
#include "text/email.h"
#include "text/network.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::OriginVerdict;
using journal::Cadence;
using journal::Choices;

namespace {

constexpr std::int64_t kTagsShown = 30, kPastShown = 24;
constexpr journal::Seconds kTokenLife = 86400;
struct Posts {
  std::string_view value;
  templates::WordKey text;
};
constexpr Posts kPosts[] = {{"each", word::kSubscribePostsEach},
                            {"weekly", word::kSubscribePostsWeekly},
                            {"monthly", word::kSubscribePostsMonthly},
                            {"none", word::kSubscribePostsNone}};

struct Shown {
  bool not_kept = false;
  std::string email, notice, alert, error, nothing, token;
  Choices choices;
  bool with_form = true;
  int status = 200;
};

fcgi::Response Show(const Frame& frame, sql::Tx* tx, const Shown& shown) {
  templates::View view(frame.templates, templates::tpl::kSubscribe);
  const templates::Words& words = frame.words();
  Head head;
  head.title = words.Get(word::kSubscribeTitle);
  if (!shown.error.empty() || !shown.nothing.empty())
    head.title = words.Format(word::kFormErrorTitle, {{"title", head.title}});
  head.path = "/subscribe";
  head.feeds = FeedsAt(frame.site.settings.title, "");
  FillFrame(view, frame, head);
  view.Show(key::kNotKept, shown.not_kept);
  view.Show(key::kFormAlert, key::kAlertText, shown.alert);
  view.Show(key::kFormNotice, key::kNoticeText, shown.notice);
  if (shown.with_form && frame.site.settings.MailIsSet()) {
    templates::Block form = view.Add(key::kSubscribeForm);
    form.Set(key::kSubscribeUrl, frame.links.To("/subscribe"));
    form.Set(key::kActToken, shown.token);
    form.Set(key::kEmailValue, shown.email);
    form.Show(key::kEmailWrong, key::kEmailError, shown.error);
    FillChoices(form, frame, tx, shown.choices);
    form.Show(key::kChoiceWrong, key::kChoiceError, shown.nothing);
  }
  for (const FeedLink& feed : head.feeds) {
    templates::Block item = view.Add(key::kFollowFeed);
    item.Set(key::kFollowTitle, feed.title);
    item.Set(key::kFollowUrl, frame.links.To(feed.path));
    item.Set(key::kFollowAddress, frame.links.Full(feed.path).view());
  }
  const auto past = tx ? journal::PastIssues(*tx, kPastShown) : std::vector<journal::PastIssue>();
  if (!past.empty()) {
    templates::Block list = view.Add(key::kPast);
    for (const journal::PastIssue& issue : past) {
      templates::Block item = list.Add(key::kPastIssue);
      item.Set(key::kPastTitle, issue.title);
      item.Set(key::kPastUrl, frame.links.To(issue.path));
    }
  }
  return fcgi::Html(view.Render(), shown.status);
}

}  // namespace

void FillChoices(templates::Block block, const Frame& frame, sql::Tx* tx, const Choices& choices) {
  for (int i = 0; i < 4; ++i) {
    templates::Block posts = block.Add(key::kPosts);
    posts.Set(key::kPostsValue, kPosts[i].value);
    posts.Set(key::kPostsText, frame.words().Get(kPosts[i].text));
    posts.Show(key::kPostsChosen, i == static_cast<int>(choices.cadence));
  }
  block.Show(key::kNewsChosen, choices.newsletter);
  if (tx == nullptr) {
    for (const journal::Id tag : choices.tags) block.Add(key::kKeptTag).Set(key::kKeptId, tag);
    return;
  }
  std::vector<journal::WantedTag> tags;
  for (const journal::CountedTerm& tag : journal::TopTags(*tx, kTagsShown))
    if (const auto id = journal::TagIdOf(*tx, tag.term.slug))
      tags.push_back({*id, tag.term.name, tag.term.slug});
  // What somebody chose stays in the list, however few entries have it: else saving would drop it.
  for (const journal::Id wanted : choices.tags) {
    const auto same = [&](const journal::WantedTag& tag) { return tag.id == wanted; };
    if (std::any_of(tags.begin(), tags.end(), same)) continue;
    if (const journal::Tag tag = journal::TagById(*tx, wanted); tag.id != 0)
      tags.push_back({tag.id, tag.name, tag.slug});
  }
  if (tags.empty()) return;
  templates::Block list = block.Add(key::kWantTags);
  for (const journal::WantedTag& tag : tags) {
    templates::Block item = list.Add(key::kWantTag);
    item.Set(key::kWantId, tag.id);
    item.Set(key::kWantName, tag.name);
    const bool chosen =
        std::find(choices.tags.begin(), choices.tags.end(), tag.id) != choices.tags.end();
    item.Show(key::kWantChosen, chosen && !choices.all_tags);
  }
}

Choices ChoicesOf(const fcgi::Form& form) {
  Choices choices;
  for (int i = 0; i < 4; ++i)
    if (form["posts"] == kPosts[i].value) choices.cadence = static_cast<Cadence>(i);
  choices.newsletter = !form["newsletter"].empty();
  for (const std::string_view typed : form.All("tag")) {
    journal::Id id = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), id);
    if (error == std::errc() && id > 0 && choices.tags.size() < 40) choices.tags.push_back(id);
  }
  choices.all_tags = choices.tags.empty();
  return choices;
}

bool WantsNothing(const Choices& choices) {
  return choices.cadence == Cadence::kNone && !choices.newsletter;
}

std::string ChoiceWords(const templates::Words& words, sql::Tx& tx, const Choices& choices) {
  std::string text;
  if (choices.cadence != Cadence::kNone || !choices.newsletter) {
    text = words.Get(word::kSubscribePosts) + " (" +
           words.Get(kPosts[static_cast<size_t>(choices.cadence)].text) + ")";
    std::string names;
    for (const journal::Id id : choices.tags)
      if (const journal::Tag tag = journal::TagById(tx, id); tag.id != 0)
        names += (names.empty() ? "" : ", ") + tag.name;
    if (!choices.all_tags && choices.cadence != Cadence::kNone && !names.empty())
      text = words.Format(word::kSubscribeConfirmTags, {{"what", text}, {"tags", names}});
  }
  if (choices.newsletter) text += (text.empty() ? "" : "; ") + words.Get(word::kSidebarNewsletter);
  return text;
}

fcgi::Response SubscribePage(Context& context) {
  Shown shown;
  if (context.request.path == "/newsletter") {
    shown.choices.cadence = Cadence::kNone;
    shown.choices.newsletter = true;
  }
  return Show(FrameOf(context), &context.tx, shown);
}

std::optional<fcgi::Response> SubscribeNotTaken(const Frame& frame, const fcgi::Request& request,
                                                std::string_view alert, int status) {
  const auto parsed = fcgi::Form::Parse(request, kChoiceFields, fcgi::FormText::kRepaired);
  const fcgi::Form* form = std::get_if<fcgi::Form>(&parsed);
  if (!form || (*form)["email"].empty()) return std::nullopt;
  Shown shown;
  shown.email = (*form)["email"];
  shown.choices = ChoicesOf(*form);
  shown.token = (*form)["token"];
  shown.alert = alert;
  shown.status = status;
  return Show(frame, nullptr, shown);
}

fcgi::Response SubscribePost(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  Shown shown;
  if (!frame.site.settings.MailIsSet()) {
    shown.not_kept = true;
    return Show(frame, &context.tx, shown);
  }
  if (context.request.body_state == fcgi::BodyState::kTooLarge) throw fcgi::HttpError(413);
  auto parsed = fcgi::Form::Parse(context.request, kChoiceFields);
  const fcgi::Form* form = std::get_if<fcgi::Form>(&parsed);
  if (!form) throw fcgi::HttpError(400, "form");
  shown.email = (*form)["email"];
  shown.choices = ChoicesOf(*form);
  const journal::Signer signer = journal::SignerOf(context.tx);
  shown.token = journal::WriteToken(signer, "ask", "", context.now);
  const auto email = text::ParseEmail(shown.email);
  if (!email) {
    shown.error = words.Get(word::kErrEmail);
  } else if (WantsNothing(shown.choices)) {
    shown.nothing = words.Get(word::kSubscribeNothing);
  }
  if (!shown.error.empty() || !shown.nothing.empty()) {
    shown.alert = shown.error.empty() ? shown.nothing : shown.error;
    shown.status = 422;
    return Show(frame, &context.tx, shown);
  }
  const OriginVerdict origin = fcgi::CheckOrigin(context.request);
  if (origin == OriginVerdict::kForeign) {
    shown.alert = words.Get(word::kSubscribeOrigin);
    shown.status = 403;
    return Show(frame, &context.tx, shown);
  }
  if (origin == OriginVerdict::kUnknown &&
      journal::CheckToken(signer, "ask", "", (*form)["token"], context.now, kTokenLife) !=
          journal::TokenState::kGood) {
    shown.notice = words.Get(word::kSubscribeCheck);
    return Show(frame, &context.tx, shown);
  }
  context.act = [frame, email = *email, choices = shown.choices, now = context.now,
                 network = text::NetworkOf(context.request.remote)](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      journal::AskToSubscribe(tx, frame.site.settings, email, choices, network, now);
    });
    Shown done;
    done.with_form = false;
    done.notice = frame.words().Get(word::kSubscribeSent);
    return Show(frame, nullptr, done);
  };
  return {};
}

}  // namespace daybook::handlers
