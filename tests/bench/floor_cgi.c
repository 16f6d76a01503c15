/* The floor under one CGI run: the least that a static program can do. It writes the bytes of the file that
 * FLOOR_FILE names as one CGI answer. tests/bench/speed_test.py measures the static Daybook against it. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  const char* name = getenv("FLOOR_FILE");
  FILE* file = name ? fopen(name, "rb") : NULL;
  if (!file) return 1;
  static char body[1 << 20];
  const size_t size = fread(body, 1, sizeof body, file);
  fclose(file);
  printf("Content-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n\r\n", size);
  fwrite(body, 1, size, stdout);
  return 0;
}
