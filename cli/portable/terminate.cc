// The end of the static program on an exception that nobody took: abort() alone. The library's own
// handler would bring a demangler of 50 KB to print the name of its type.
#include <cstdlib>

namespace __gnu_cxx {

[[noreturn]] void __verbose_terminate_handler();
void __verbose_terminate_handler() { std::abort(); }

}  // namespace __gnu_cxx
