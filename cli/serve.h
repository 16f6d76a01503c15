// Answering requests, however this program was started.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "journal/home.h"

namespace daybook::cli {

struct ServeArguments {
  std::string socket;             // of the prefork master; "" where the web server gave a socket or this is CGI
  int workers = 2;
  std::vector<std::string> argv;  // how to start this program again, its absolute path first
  std::function<void()> worker;   // background work in a child of the master; may be empty
};

// Gives the exit code.
int Serve(const journal::Home& home, const ServeArguments& arguments);

}  // namespace daybook::cli
