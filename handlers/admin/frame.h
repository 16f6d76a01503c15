// What stands around every page of the owner's side.
#pragma once

#include <string_view>

#include "fcgi/form.h"
#include "handlers/admin/visit.h"
#include "handlers/frame.h"

namespace daybook::handlers::admin {

// The path of the pages before a journal has an owner.
inline constexpr std::string_view kFirstRun = "/admin/setup";

// One page, with its frame. Fill `view()`, which has the keys of parts/admin_open: PAGE_HEADING,
// ALERT_TEXT, NOTICE_TEXT, and ACT_TOKEN for the forms.
class Page {
 public:
  // `path`: of the navigation's item that this page is or belongs to. `wrong`: the title says that
  // something is to be changed. Nothing is read here, so it may be made in Context::act.
  Page(const Frame& frame, const Viewer& viewer, templates::TemplateId id, std::string_view title,
       std::string_view path, bool wrong = false);

  templates::View& view() { return view_; }
  const Frame& frame() const { return frame_; }
  const templates::Words& words() const { return frame_.words(); }
  // What was done (role=status), and what is to be changed (role=alert, takes focus).
  void Notice(std::string_view text);
  void Alert(std::string_view text);
  // Without script it is loaded again and again, to show how far something is.
  void ComesAgain();
  fcgi::Response Done(int status = 200);

 private:
  Frame frame_;
  templates::View view_;
};

// A page with a heading and one sentence.
fcgi::Response Said(const Frame& frame, const Viewer& viewer, templates::WordKey title,
                    std::string_view text, int status);

// "37", and "1,000+" for what is counted no further (journal/queue.h).
std::string CountText(const templates::Words& words, std::int64_t count);

// The headers of everything that the owner's side answers; Enter adds them.
void MarkOwners(fcgi::Response& response);

// A form that was sent; throws HttpError for what is none.
fcgi::Form ReadForm(const fcgi::Request& request, std::span<const fcgi::FormField> fields);

}  // namespace daybook::handlers::admin
