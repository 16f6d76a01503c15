// Errors that are no answer of a handler (nobody at that address, no database, what cannot be read)
// met by somebody who had filled in a form: the page shows what was typed.
#include <string_view>

#include "fcgi/origin.h"
#include "handlers/ask.h"
#include "handlers/comment_pages.h"
#include "templates/keys.h"

namespace daybook::handlers {

namespace word = templates::word;
using fcgi::Request;
using fcgi::Response;

namespace {

constexpr std::string_view kOn = "/comment/on", kBelow = "/comment", kEdit = "/comment/edit/";
constexpr fcgi::FormField kEditFields[] = {{"post", 1 << 20}};

// What a form calls its errors.
struct Said {
  templates::WordKey unread, origin, busy, full, fault;
};
constexpr Said kComment = {word::kErrUnread, word::kErrOrigin, word::kErrBusy, word::kErrFull,
                           word::kErrFault};
constexpr Said kAsked = {word::kAskUnread, word::kAskOrigin, word::kAskBusy, word::kAskFull,
                         word::kAskFault};

std::string Alert(const Frame& frame, const Request& request, const fcgi::HttpError& error,
                  const Said& said = kComment) {
  const templates::Words& words = frame.words();
  switch (error.status()) {
    case 400:
      return words.Get(said.unread);
    case 403:
      return words.Get(said.origin);
    case 404:
    case 410:
      return words.Get(word::kErrGone);
    case 413:
      return words.Get(request.body_state == fcgi::BodyState::kTooLarge ? word::kErrLarger
                                                                        : word::kErrLarge);
    case 503: {
      std::string seconds = "60";
      for (const fcgi::Header& header : error.headers())
        if (header.name == "Retry-After") seconds = header.value;
      return words.Format(said.busy, {{"n", seconds}});
    }
    case 507:
      return words.Get(said.full);
    default:
      return words.Format(said.fault, {{"id", request.id}});
  }
}

}  // namespace

std::optional<Response> ErrorWithText(const Frame& frame, const Request& request,
                                      const fcgi::HttpError& error, journal::Seconds now) {
  const std::string_view path = request.path;
  if (request.method != fcgi::Method::kPost) return std::nullopt;
  if (path.starts_with(kEdit)) {
    const auto parsed = fcgi::Form::Parse(request, kEditFields, fcgi::FormText::kRepaired);
    const fcgi::Form* form = std::get_if<fcgi::Form>(&parsed);
    if (!form || (*form)["post"].empty()) return std::nullopt;
    const bool gone = error.status() == 404 || error.status() == 410;
    return EditNotTaken(frame, request.path, (*form)["post"],
                        gone ? frame.words().Get(word::kOwnEditGone) : Alert(frame, request, error),
                        error.status(), !gone);
  }
  if (path == "/contact")
    return ContactNotTaken(frame, request, Alert(frame, request, error, kAsked), error.status());
  if (path == "/subscribe")
    return SubscribeNotTaken(frame, request, Alert(frame, request, error, kAsked), error.status());
  if (path.starts_with("/comment/mail/"))
    return FriendNotTaken(frame, request, Alert(frame, request, error, kAsked), error.status());
  const bool on = path.starts_with(kOn);
  if (!on && !path.ends_with(kBelow)) return std::nullopt;
  const auto parsed = fcgi::Form::Parse(request, CommentFields(), fcgi::FormText::kRepaired);
  const fcgi::Form* form = std::get_if<fcgi::Form>(&parsed);
  if (!form) return std::nullopt;
  const CommentValues values = ValuesOf(*form);
  if (values.author.empty() && values.post.empty()) return std::nullopt;

  CommentTarget target;
  const bool gone = error.status() == 404 || error.status() == 410;
  const std::string_view place =
      on ? path.substr(kOn.size()) : path.substr(0, path.size() - kBelow.size());
  target.path = gone ? "/" : std::string(place);
  target.title = frame.site.settings.title;
  CommentPage page;
  page.status = error.status();
  page.alert = Alert(frame, request, error);
  page.form.values = &values;
  page.form.buttons = !gone;
  return RenderCommentPage(frame, target, page, now);
}

}  // namespace daybook::handlers
