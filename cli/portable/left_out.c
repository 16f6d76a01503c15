/* What the system's libraries bring along and `daybook` never calls: empty here, so that the static program is
 * linked without it (some 700 KB). Not part of any other build. CMakeLists.txt first tries whether this still links
 * with the libraries at hand, and else does without; DAYBOOK_PROBE is that trial.
 */
#include <math.h>
#include <netdb.h>
#include <stddef.h>

/* SQLite's functions of trigonometry and powers, each with a variant for every processor. They give NULL in SQL now.
 * Ranking (FTS5) needs log() alone. */
#define LEFT_OUT(name)    \
  double name(double x) { \
    (void)x;              \
    return NAN;           \
  }
LEFT_OUT(acos)
LEFT_OUT(asin)
LEFT_OUT(atan)
LEFT_OUT(cos)
LEFT_OUT(sin)
LEFT_OUT(tan)
LEFT_OUT(acosh)
LEFT_OUT(asinh)
LEFT_OUT(atanh)
LEFT_OUT(cosh)
LEFT_OUT(sinh)
LEFT_OUT(tanh)
LEFT_OUT(exp)
LEFT_OUT(log10)
LEFT_OUT(log2)
double atan2(double y, double x) { return acos(x) + acos(y); }
double pow(double x, double y) { return acos(x) + acos(y); }
double fmod(double x, double y) { return acos(x) + acos(y); }

/* libfcgi would look up the host of a TCP socket; ours is a unix socket, and look-ups need the system's own libc. */
struct hostent* gethostbyname(const char* name) {
  (void)name;
  return NULL;
}

/* libsodium chooses implementations of what signs and encrypts; we hash, and draw random bytes. */
int _crypto_scalarmult_curve25519_pick_best_implementation(void) { return 0; }
int _crypto_onetimeauth_poly1305_pick_best_implementation(void) { return 0; }
int _crypto_stream_salsa20_pick_best_implementation(void) { return 0; }

/* Extensions that Debian builds into SQLite, beside FTS5. A build with an SQLite of its own leaves them out itself. */
#ifndef DAYBOOK_OWN_SQLITE
struct sqlite3;
int sqlite3Fts3Init(struct sqlite3* db) { return db == NULL; }
int sqlite3RtreeInit(struct sqlite3* db) { return db == NULL; }
int sqlite3DbstatRegister(struct sqlite3* db) { return db == NULL; }
int sqlite3StmtVtabInit(struct sqlite3* db) { return db == NULL; }
int sqlite3JsonTableFunctions(struct sqlite3* db) { return db == NULL; }
void sqlite3RegisterJsonFunctions(void) {}
#endif

#ifdef DAYBOOK_PROBE
#include <fcgiapp.h>
#include <sodium.h>
#include <sqlite3.h>
int main(void) {
  sqlite3* db = NULL;
  return sodium_init() + sqlite3_open(":memory:", &db) + FCGX_OpenSocket("", 1);
}
#endif
