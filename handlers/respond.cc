// "My response is on my own website": the form that links one, and its errors beside its fields.
// It needs no signature against forgery: whoever could forge it could as well send a webmention,
// which anybody may; what is not surely sent from here is shown for a check first all the same.
#include "fcgi/form.h"
#include "fcgi/origin.h"
#include "handlers/entry_parts.h"
#include "handlers/pages.h"
#include "handlers/reference_target.h"
#include "journal/judge.h"
#include "journal/mentions.h"
#include "sql/db.h"
#include "templates/keys.h"
#include "text/network.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::OriginVerdict;
using fcgi::Response;
using journal::Entry;

namespace {

constexpr fcgi::FormField kFields[] = {{"title", 8000},     {"url", 8000},      {"excerpt", 65536},
                                       {"site_name", 8000}, {"site_url", 8000}, {"author", 8000},
                                       {"checked", 10}};

struct Field {
  std::string_view name, id;
  templates::WordKey label;
  templates::TextKey value;
  templates::SectionKey wrong;
  templates::TextKey error;
  std::int64_t most;  // characters
};
constexpr Field kAll[] = {
    {"title", "r-title", word::kRespondArticleTitle, key::kArticleTitleValue,
     key::kArticleTitleWrong, key::kArticleTitleError, 300},
    {"url", "r-url", word::kRespondArticleUrl, key::kArticleAddressValue, key::kArticleAddressWrong,
     key::kArticleAddressError, 2000},
    {"excerpt", "r-excerpt", word::kRespondArticleExcerpt, key::kArticleExcerptValue,
     key::kArticleExcerptWrong, key::kArticleExcerptError, 2000},
    {"site_name", "r-site-name", word::kRespondSiteName, key::kSiteNameValue, key::kSiteNameWrong,
     key::kSiteNameError, 300},
    {"site_url", "r-site-url", word::kRespondSiteUrl, key::kSiteAddressValue,
     key::kSiteAddressWrong, key::kSiteAddressError, 2000},
    {"author", "r-author", word::kRespondAuthor, key::kArticleAuthorValue, key::kArticleAuthorWrong,
     key::kArticleAuthorError, 50},
};
constexpr std::size_t kCount = std::size(kAll);
using Values = std::array<std::string, kCount>;

// The page, in any of its states.
struct Page {
  int status = 200;
  std::string entry_path, entry_title;
  Values values, errors;
  std::string notice;
  bool checked = false;
  bool shut = false;
  bool webmention = false, trackback = false;
  bool direct = false;  // comments are taken, too

  [[nodiscard]] bool HasErrors() const {
    for (const std::string& error : errors)
      if (!error.empty()) return true;
    return false;
  }
};

Response Show(const Frame& frame, const Page& page) {
  const templates::Words& words = frame.words();
  templates::View view(frame.templates, templates::tpl::kRespond);
  Head head;
  head.title = words.Get(word::kRespondTitle);
  if (page.HasErrors()) head.title = words.Format(word::kFormErrorTitle, {{"title", head.title}});
  head.noindex = true;
  FillFrame(view, frame, head);
  view.Set(key::kEntryUrl, frame.links.To(page.entry_path));
  view.Set(key::kEntryTitle, page.entry_title);
  view.Show(key::kRespondNotice, key::kRespondNoticeText, page.notice);
  view.Show(key::kRespondShut, page.shut);
  if (page.HasErrors()) {
    templates::Block list = view.Add(key::kFormErrors);
    for (std::size_t i = 0; i < kCount; ++i) {
      if (page.errors[i].empty()) continue;
      templates::Block item = list.Add(key::kFormError);
      item.Set(key::kErrorField, kAll[i].id);
      item.Set(key::kErrorText,
               words.Format(word::kFormErrorItem,
                            {{"field", words.Get(kAll[i].label)}, {"text", page.errors[i]}}));
    }
  }
  bool typed = false;
  for (const std::string& value : page.values) typed = typed || !value.empty();
  // Closed meanwhile: the text is there to be kept.
  if (!page.shut || typed) {
    templates::Block form = view.Add(key::kRespondForm);
    form.Set(key::kRespondFormUrl,
             frame.links.To(journal::SubAddress(page.entry_path, "/respond")));
    form.Show(key::kDirectLine, page.direct);
    form.Set(key::kRespondChecked, page.checked ? "1" : "");
    for (std::size_t i = 0; i < kCount; ++i) {
      form.Set(kAll[i].value, page.values[i]);
      form.Show(kAll[i].wrong, kAll[i].error, page.errors[i]);
    }
  }
  if (page.webmention) {
    view.Add(key::kWebmentionLine)
        .Set(key::kWebmentionAddress, frame.links.Full("/webmention").view());
  }
  if (page.trackback) {
    view.Add(key::kTrackbackLine)
        .Set(key::kTrackbackAddress,
             frame.links.Full(journal::SubAddress(page.entry_path, "/trackback")).view());
  }
  return fcgi::Html(view.Render(), page.status);
}

Page PageOf(const Frame& frame, const Entry& entry, journal::Seconds now) {
  const journal::Settings& settings = frame.site.settings;
  Page page;
  page.entry_path = entry.path;
  page.entry_title = TitleOf(frame, entry.title, entry.visible_at, entry.zone);
  page.webmention = TakesReferences(settings, entry);
  page.trackback = settings.trackback && page.webmention;
  page.shut = !page.webmention;
  page.direct = entry.password.empty() &&
                CommentStateOf(settings, entry.comments, entry.comments_close, now).open;
  return page;
}

std::string& Of(Values& values, std::string_view name) {
  for (std::size_t i = 0; i < kCount; ++i)
    if (kAll[i].name == name) return values[i];
  return values[0];
}

void Check(const Frame& frame, Page& page) {
  const templates::Words& words = frame.words();
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto length = static_cast<std::int64_t>(text::CountCodePoints(page.values[i]));
    if (length > kAll[i].most) {
      page.errors[i] = words.Format(
          word::kErrLong, {{"n", words.Number(length)}, {"max", words.Number(kAll[i].most)}});
    }
  }
  const auto url = text::ParseWebUrl(Of(page.values, "url"));
  std::string& url_error = Of(page.errors, "url");
  if (url_error.empty() && !url) url_error = words.Get(word::kRespondErrUrl);
  if (url_error.empty() && url->view().starts_with(frame.links.full_root().view()))
    url_error = words.Get(word::kRespondErrOwn);
  const std::string& site = Of(page.values, "site_url");
  std::string& site_error = Of(page.errors, "site_url");
  if (site_error.empty() && !site.empty() && !text::ParseWebUrl(site))
    site_error = words.Get(word::kErrUrl);
}

journal::NewMention MentionOf(const Context& context, const Entry& entry, Page& page) {
  journal::NewMention mention;
  mention.via = journal::ReferenceVia::kReader;
  mention.entry_id = entry.id;
  const std::string url = text::ParseWebUrl(Of(page.values, "url")).value().str();
  mention.source = url.substr(0, url.find('#'));
  mention.target = context.links.Full(entry.path).str();
  mention.title = Of(page.values, "title");
  mention.excerpt = Of(page.values, "excerpt");
  mention.site_name = Of(page.values, "site_name");
  if (const auto site = text::ParseWebUrl(Of(page.values, "site_url")))
    mention.site_url = site->str();
  mention.author = Of(page.values, "author");
  mention.network = text::NetworkOf(context.request.remote);
  return mention;
}

}  // namespace

Response RespondPage(Context& context) {
  const Entry entry = EntryAbovePath(context, context.captures["entry"]);
  const Frame frame = FrameOf(context);
  return Show(frame, PageOf(frame, entry, context.now));
}

Response RespondPost(Context& context) {
  context.cacheable = false;
  const Entry entry = EntryAbovePath(context, context.captures["entry"]);
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  Page page = PageOf(frame, entry, context.now);
  const auto parsed = fcgi::Form::Parse(context.request, kFields);
  const auto* form = std::get_if<fcgi::Form>(&parsed);
  if (form == nullptr) {
    const bool other = std::get<fcgi::FormProblem>(parsed) == fcgi::FormProblem::kNotAForm;
    throw fcgi::HttpError(other ? 415 : 400);
  }
  for (std::size_t i = 0; i < kCount; ++i) page.values[i] = (*form)[kAll[i].name];
  const OriginVerdict origin = fcgi::CheckOrigin(context.request);
  if (origin == OriginVerdict::kForeign) {
    page.status = 403;
    page.notice = words.Get(word::kRespondErrOrigin);
    return Show(frame, page);
  }
  if (page.shut) {
    page.status = 403;
    return Show(frame, page);
  }
  Check(frame, page);
  if (context.request.body_state != fcgi::BodyState::kComplete) {
    page.status = 413;
    return Show(frame, page);
  }
  if (page.HasErrors()) {
    page.status = 422;
    return Show(frame, page);
  }
  if (origin == OriginVerdict::kUnknown && (*form)["checked"] != "1") {
    page.notice = words.Get(word::kRespondCheck);
    page.checked = true;
    return Show(frame, page);
  }
  context.act = [frame, page, mention = MentionOf(context, entry, page),
                 remote = context.request.remote, now = context.now](sql::Db& db) mutable {
    const journal::Settings& rules = frame.site.settings;
    std::optional<journal::Seconds> again;
    std::string token;
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      again = journal::RateLimited(tx, rules, journal::AnswerKind::kReference, remote, now);
      if (again) return;
      token = journal::TakeMention(tx, mention, now).token;
      journal::CountPost(tx, rules, journal::AnswerKind::kReference, remote, now);
    });
    if (!again) return fcgi::Redirect(303, frame.links.To("/webmention/" + token).view());
    page.status = 429;
    page.notice = frame.words().Format(word::kRespondErrRate,
                                       {{"time", ClockOf(frame, (*again + 59) / 60 * 60)}});
    return Show(frame, page)
        .Set("Retry-After", std::to_string(std::max<journal::Seconds>(*again - now, 1)));
  };
  return {};
}

}  // namespace daybook::handlers
