// Pictures for the tests, made of nothing: make_picture KIND WIDTH HEIGHT ORIENTATION > FILE.
// KIND: jpeg, png, webp, lossless. Red above left, green above right, blue
// below left, white below right; with EXIF (a place in it), XMP and a comment where the kind has
// them.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/picture_maker.h"

int main(int count, char** words) {
  if (count != 5) return 2;
  const std::string made = daybook::work::MakePicture(words[1], std::atoi(words[2]),
                                                      std::atoi(words[3]), std::atoi(words[4]));
  if (made.empty()) return 1;
  return std::fwrite(made.data(), 1, made.size(), stdout) == made.size() ? 0 : 1;
}
