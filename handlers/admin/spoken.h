// The language and the place of a visitor of whom nothing is known but what the browser says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fcgi/request.h"
#include "handlers/admin/frame.h"
#include "templates/templates.h"

namespace daybook::handlers::admin {

struct Spoken {
  std::string language = "en";  // that Daybook has texts in
  std::string asked = "en";     // as the browser named it: "de-AT"
};

// What the browser asks for first (Accept-Language, RFC 9110 12.5.4) among what there is.
Spoken SpokenBy(const fcgi::Request& request);

// Whether Daybook has texts in the language of that tag, as it stands.
bool IsSpoken(std::string_view tag);

// For a browser that does not tell: where most of those live who read that language.
std::string ZoneGuess(const std::string& asked);

// Names of zones, as this machine has them; none where it has no list.
std::vector<std::string> Zones();

// Pages in `language`, which need not be the journal's yet. `make(frame)` gives the page.
template <typename Make>
fcgi::Response Speak(const Frame& frame, const std::string& language, Make make) {
  if (language == frame.words().language()) return make(frame);
  const templates::Templates own({.language = language, .lazy = true});
  return make(Frame{own, frame.site, frame.links});
}

}  // namespace daybook::handlers::admin
