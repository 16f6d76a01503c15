// A limit on how long a peer may hold this process: when it passes, the connection is shut down, so
// that the blocked read or write inside libfcgi returns.
#pragma once

#include <fcgiapp.h>

namespace daybook::fcgi {

// While one of these lives and is armed, SIGALRM belongs to it. At most one lives at a time.
class Watchdog {
 public:
  // `request` outlives this object; its connection is looked up when the limit passes, since
  // libfcgi accepts it inside the call that may then block.
  explicit Watchdog(const FCGX_Request& request);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  void Arm(int seconds);
  void Disarm() { Arm(0); }

 private:
  bool armed_ = false;
};

}  // namespace daybook::fcgi
