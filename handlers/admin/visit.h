// What a handler of the owner's side is given, and the one table of its addresses: who may come
// there at least, and what proves that it was meant. dispatch.cc lets people in; the handlers are
// functions `Response f(Visit&)`, in the files named in routes.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "fcgi/router.h"
#include "handlers/context.h"
#include "journal/account.h"

namespace daybook::handlers::admin {

// Who is there. What pages show of it was read beforehand, so that a page can be made when the
// read transaction has ended (Context::act). Copy it into what you put there.
struct Viewer {
  journal::Person person;  // id 0: nobody is signed in
  std::string session;     // its hash
  std::string token;  // for forms that do what cannot be taken back; good for this session only
  std::int64_t waiting = 0;   // comments and references that wait for somebody to decide
  std::int64_t messages = 0;  // that readers wrote and the owner has not seen
};

struct Visit {
  Context& context;
  Viewer viewer;
  const journal::Person& person() const { return viewer.person; }
};

enum class Least : std::uint8_t { kAnyone, kAuthor, kEditor, kOwner };
enum class Proof : std::uint8_t {
  kOrigin,  // a POST from this site's own pages, as all of them
  kToken,   // and the form's field "token" is Viewer::token
};

struct Row {
  std::uint8_t methods;  // fcgi::kGet or fcgi::kPost: a row has one
  std::string_view pattern;
  fcgi::Response (*page)(Visit&);
  Least least;
  std::size_t body_cap = 0;  // of a POST
  Proof proof = Proof::kOrigin;
  bool sidebar = false;  // shows a public page, so it needs the sidebar up to date
};
// The owner's side of the site map; the first that fits decides. What is not in it is nowhere.
std::span<const Row> Rows();

// The same for the router: every row leads through the door.
std::span<const fcgi::Route<Context>> Routes();

bool Allows(Least least, const journal::Person& person);

}  // namespace daybook::handlers::admin
