// A body that is too large for memory, in a file without a name: it is gone when it is closed,
// whatever is killed when.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace daybook::fcgi {

class Spool {
 public:
  Spool() = default;
  Spool(Spool&& other) noexcept;
  Spool& operator=(Spool&&) = delete;
  ~Spool();

  // False: the folder cannot be written, or the disk is full; then nothing is kept.
  [[nodiscard]] bool Open(const std::filesystem::path& folder);
  [[nodiscard]] bool Append(std::string_view bytes);
  void Drop();

  [[nodiscard]] int descriptor() const { return descriptor_; }  // -1: none
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace daybook::fcgi
