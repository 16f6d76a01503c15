// A form by which a reader has something mailed (templates/ask.tpl), as the pages that mail an
// entry to a friend and the contact page share it: fields, errors beside them, signature.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/form.h"
#include "handlers/frame.h"
#include "journal/sign.h"

namespace daybook::handlers {

struct AskField {
  std::string_view name;
  templates::WordKey label, help;  // {max} in `help` is the next
  std::size_t most;                // characters
  std::string_view type;           // of an input; "": a text of several lines
  std::string_view autocomplete;
};
// What was typed, and what to change in it; in the order of the fields.
struct Asked {
  std::string value, error;
};

struct AskPage {
  int status = 200;
  std::string title, url;  // `url`: a path, where the form goes
  std::string entry_path, entry_title;
  std::string alert, notice;
  std::vector<std::string> lines;
  text::SafeUrl link;
  std::string link_label;
  std::span<const AskField> fields;
  std::vector<Asked> asked;  // empty: no form
  std::string signature;
  templates::WordKey button;
};
[[nodiscard]] bool HasErrors(const AskPage& page);
fcgi::Response ShowAsk(const Frame& frame, const AskPage& page);

// What is longer than its field may be says so.
void CheckLengths(const templates::Words& words, AskPage& page);

// Whether a posted form may act: it came from here, its signature is ours and was not filled in by
// a robot; else `page` says why and is to be shown, with all that was typed, signed anew.
struct AskProof {
  bool acts = false;
  bool same_origin = false;  // sure enough for what a cookie proves
  journal::Seconds since_signed = 0;
};
AskProof ProveAsk(Context& context, const fcgi::Form& form, templates::WordKey check,
                  AskPage& page);

// The forms as they are shown where no handler could answer (comment_error.cc), without a database:
// all that was typed, below `alert`. Nothing where nothing was typed.
std::optional<fcgi::Response> ContactNotTaken(const Frame& frame, const fcgi::Request& request,
                                              std::string_view alert, int status);
std::optional<fcgi::Response> FriendNotTaken(const Frame& frame, const fcgi::Request& request,
                                             std::string_view alert, int status);
// handlers/subscribe.cc
std::optional<fcgi::Response> SubscribeNotTaken(const Frame& frame, const fcgi::Request& request,
                                                std::string_view alert, int status);
// `page` has its fields; `posted`: those of the form.
std::optional<fcgi::Response> AskNotTaken(const Frame& frame, AskPage page,
                                          const fcgi::Request& request,
                                          std::span<const fcgi::FormField> posted,
                                          std::string_view alert, int status);

}  // namespace daybook::handlers
