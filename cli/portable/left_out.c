/* What the system's libraries bring along and `daybook` never calls: empty here, so that the static program is
 * linked without it (some 1 MB). Not part of any other build. CMakeLists.txt first tries whether this still links
 * with the libraries at hand, and else does without; DAYBOOK_PROBE is that trial.
 */
#include <math.h>
#include <netdb.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* The one caller of sscanf() is the C library itself, for the rule at the end of a file of a time zone: decimal numbers
 * ("%hu"), how far it came ("%n") and plain characters. */
int __isoc99_sscanf(const char* text, const char* format, ...);
int __isoc99_sscanf(const char* text, const char* format, ...) {
  const char* at = text;
  int found = 0;
  va_list out;
  va_start(out, format);
  while (*format != 0) {
    if (strncmp(format, "%n", 2) == 0) {
      *va_arg(out, int*) = (int)(at - text);
      format += 2;
    } else if (strncmp(format, "%hu", 3) == 0) {
      unsigned value = 0;
      if (*at < '0' || *at > '9') break;
      while (*at >= '0' && *at <= '9') value = value * 10 + (unsigned)(*at++ - '0');
      *va_arg(out, unsigned short*) = (unsigned short)value;
      ++found;
      format += 3;
    } else if (*at++ != *format++) {
      break;
    }
  }
  va_end(out);
  return found;
}

/* Its last words, which might be wanted in wide characters; and what would be written for characters that an encoding
 * does not have. */
int __fxprintf(FILE* out, const char* format, ...);
int __fxprintf(FILE* out, const char* format, ...) {
  va_list values;
  va_start(values, format);
  const int written = vfprintf(out == NULL ? stderr : out, format, values);
  va_end(values);
  return written;
}
int __gconv_transliterate(void);
int __gconv_transliterate(void) { return 6; /* __GCONV_ILLEGAL_INPUT */ }

/* libfcgi would look up the host of a TCP socket; ours is a unix socket, and look-ups need the system's own libc. */
struct hostent* gethostbyname(const char* name) {
  (void)name;
  return NULL;
}

/* libsodium chooses implementations of what signs; nothing here does. */
int _crypto_scalarmult_curve25519_pick_best_implementation(void) { return 0; }

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

/* The C++ library makes every facet of the classic locale as the program starts: these are of money, of messages, of
 * dates that are read, and of wide characters. They are there and have their type, but none of their functions. */
struct facet { /* a table of virtual functions: offset, type, functions */
  const void *offset, *type;
  void (*functions[14])(void);
};
#define FOUR(function) function, function, function, function
#define WITHOUT_FUNCTIONS(name)     \
  extern const char _ZTI##name[]; \
  const struct facet _ZTV##name = {0, _ZTI##name, {FOUR(abort), FOUR(abort), FOUR(abort), abort, abort}};
WITHOUT_FUNCTIONS(St10moneypunctIwLb0EE)
WITHOUT_FUNCTIONS(St10moneypunctIwLb1EE)
WITHOUT_FUNCTIONS(NSt7__cxx1110moneypunctIwLb0EEE)
WITHOUT_FUNCTIONS(NSt7__cxx1110moneypunctIwLb1EEE)
WITHOUT_FUNCTIONS(St9money_getIwSt19istreambuf_iteratorIwSt11char_traitsIwEEE)
WITHOUT_FUNCTIONS(NSt7__cxx119money_getIwSt19istreambuf_iteratorIwSt11char_traitsIwEEEE)
WITHOUT_FUNCTIONS(St9money_putIwSt19ostreambuf_iteratorIwSt11char_traitsIwEEE)
WITHOUT_FUNCTIONS(NSt7__cxx119money_putIwSt19ostreambuf_iteratorIwSt11char_traitsIwEEEE)
WITHOUT_FUNCTIONS(St8messagesIwE)
WITHOUT_FUNCTIONS(NSt7__cxx118messagesIwEE)
WITHOUT_FUNCTIONS(St8time_getIwSt19istreambuf_iteratorIwSt11char_traitsIwEEE)
WITHOUT_FUNCTIONS(NSt7__cxx118time_getIwSt19istreambuf_iteratorIwSt11char_traitsIwEEEE)
WITHOUT_FUNCTIONS(St10moneypunctIcLb0EE)
WITHOUT_FUNCTIONS(St10moneypunctIcLb1EE)
WITHOUT_FUNCTIONS(NSt7__cxx1110moneypunctIcLb0EEE)
WITHOUT_FUNCTIONS(NSt7__cxx1110moneypunctIcLb1EEE)
WITHOUT_FUNCTIONS(St9money_getIcSt19istreambuf_iteratorIcSt11char_traitsIcEEE)
WITHOUT_FUNCTIONS(NSt7__cxx119money_getIcSt19istreambuf_iteratorIcSt11char_traitsIcEEEE)
WITHOUT_FUNCTIONS(St9money_putIcSt19ostreambuf_iteratorIcSt11char_traitsIcEEE)
WITHOUT_FUNCTIONS(NSt7__cxx119money_putIcSt19ostreambuf_iteratorIcSt11char_traitsIcEEEE)
WITHOUT_FUNCTIONS(St8messagesIcE)
WITHOUT_FUNCTIONS(NSt7__cxx118messagesIcEE)
WITHOUT_FUNCTIONS(St8time_getIcSt19istreambuf_iteratorIcSt11char_traitsIcEEE)
WITHOUT_FUNCTIONS(NSt7__cxx118time_getIcSt19istreambuf_iteratorIcSt11char_traitsIcEEEE)
WITHOUT_FUNCTIONS(St8time_putIwSt19ostreambuf_iteratorIwSt11char_traitsIwEEE)
WITHOUT_FUNCTIONS(St7num_getIwSt19istreambuf_iteratorIwSt11char_traitsIwEEE)
WITHOUT_FUNCTIONS(St7num_putIwSt19ostreambuf_iteratorIwSt11char_traitsIwEEE)
WITHOUT_FUNCTIONS(St7collateIwE)
WITHOUT_FUNCTIONS(NSt7__cxx117collateIwEE)
WITHOUT_FUNCTIONS(St8numpunctIwE)
WITHOUT_FUNCTIONS(NSt7__cxx118numpunctIwEE)

/* Facets of its older strings, for who puts a facet of one kind into a locale of the other. */
const void* _ZNKSt6locale5facet11_M_cow_shimEPKNS_2idE(const void* facet, const void* id);
const void* _ZNKSt6locale5facet11_M_sso_shimEPKNS_2idE(const void* facet, const void* id);
const void* _ZNKSt6locale5facet11_M_cow_shimEPKNS_2idE(const void* facet, const void* id) {
  return facet == id ? id : NULL;
}
const void* _ZNKSt6locale5facet11_M_sso_shimEPKNS_2idE(const void* facet, const void* id) {
  return facet == id ? id : NULL;
}

#ifdef DAYBOOK_PROBE
#include <fcgiapp.h>
#include <sodium.h>
#include <sqlite3.h>
int main(void) {
  sqlite3* db = NULL;
  return sodium_init() + sqlite3_open(":memory:", &db) + FCGX_OpenSocket("", 1);
}
#endif
