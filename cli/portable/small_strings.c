/* Functions of the C library's <string.h> as they are in the C locale, the only one that the portable program knows. The
 * library has each of them five times over, for the kinds of processor: 120 KB for what no page is waiting for. Those
 * that pages do wait for (memcpy, memchr, strlen and the like) stay the library's. Not part of any other build.
 */
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define SAME(name) __attribute__((alias(#name), copy(name)))

static int Lower(char c) {
  const unsigned char byte = (unsigned char)c;
  return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

int strncasecmp(const char* a, const char* b, size_t size) {
  for (; size != 0; --size, ++a, ++b) {
    const int difference = Lower(*a) - Lower(*b);
    if (difference != 0 || *a == 0) return difference;
  }
  return 0;
}
int strcasecmp(const char* a, const char* b) { return strncasecmp(a, b, SIZE_MAX); }
int strncasecmp_l(const char* a, const char* b, size_t size, locale_t locale) {
  (void)locale;
  return strncasecmp(a, b, size);
}
int strcasecmp_l(const char* a, const char* b, locale_t locale) {
  (void)locale;
  return strncasecmp(a, b, SIZE_MAX);
}
int __strncasecmp(const char* a, const char* b, size_t size) SAME(strncasecmp);
int __strcasecmp(const char* a, const char* b) SAME(strcasecmp);
int __strncasecmp_l(const char* a, const char* b, size_t size, locale_t locale) SAME(strncasecmp_l);
int __strcasecmp_l(const char* a, const char* b, locale_t locale) SAME(strcasecmp_l);

int strncmp(const char* a, const char* b, size_t size) {
  for (; size != 0; --size, ++a, ++b) {
    if (*a != *b || *a == 0) return (unsigned char)*a - (unsigned char)*b;
  }
  return 0;
}

char* stpncpy(char* to, const char* from, size_t size) {
  const size_t length = strnlen(from, size);
  memcpy(to, from, length);
  memset(to + length, 0, size - length);
  return to + length;
}
char* strncpy(char* to, const char* from, size_t size) {
  stpncpy(to, from, size);
  return to;
}
char* stpcpy(char* to, const char* from) {
  const size_t length = strlen(from);
  return (char*)memcpy(to, from, length + 1) + length;
}
char* strcpy(char* to, const char* from) {
  stpcpy(to, from);
  return to;
}
char* __stpncpy(char* to, const char* from, size_t size) SAME(stpncpy);
char* __stpcpy(char* to, const char* from) SAME(stpcpy);

int strcoll_l(const char* a, const char* b, locale_t locale) {
  (void)locale;
  return strcmp(a, b);
}
size_t strxfrm_l(char* to, const char* from, size_t size, locale_t locale) {
  (void)locale;
  const size_t length = strlen(from);
  if (size != 0) {
    const size_t kept = length < size ? length : size - 1;
    memcpy(to, from, kept);
    to[kept] = 0;
  }
  return length;
}
int __strcoll_l(const char* a, const char* b, locale_t locale) SAME(strcoll_l);
size_t __strxfrm_l(char* to, const char* from, size_t size, locale_t locale) SAME(strxfrm_l);
