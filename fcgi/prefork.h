// The master of N answering processes: binds the socket, forks, starts again what ended, stops and
// reloads without losing a request. It answers nothing itself and holds no database.
#pragma once

#include <optional>
#include <string>

#include "fcgi/server.h"

namespace daybook::fcgi {

// Binds and listens on a unix stream socket, mode 0660. A socket file that nobody listens on any
// more is replaced; one that somebody listens on for two seconds is not. nullopt: `problem` says
// why.
std::optional<int> BindSocket(const std::string& path, std::string& problem);

// Runs until SIGTERM or SIGINT. SIGHUP: the program at argv[0] takes over in this same process if
// ServeOptions::argv is set, else new children replace the old ones. If the master is killed, so
// are the children, after their request. `socket_path` is removed at the end; "" for an inherited
// socket.
int RunPrefork(const ServeOptions& options, const Handler& handle, int listen_socket,
               const std::string& socket_path);

}  // namespace daybook::fcgi
