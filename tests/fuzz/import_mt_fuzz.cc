// Movable Type's text of foreign bytes: the scan and everything that can be read after it.
#include "journal/import_mt.h"
#include "tests/fuzz/import_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  daybook::journal::ReadEverything(data, size, daybook::journal::ScanMovableType);
  return 0;
}
