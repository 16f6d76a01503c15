// Hashes that never change from one program to the next: they are stored, or known to readers.
#include "journal/import_guid.h"

#include <array>
#include <cstdio>

namespace daybook::journal {
namespace {

constexpr std::uint64_t kBasis = 14695981039346656037u, kPrime = 1099511628211u;  // FNV-1a

}  // namespace

std::string GuidFor(const std::string& source, const std::string& key) {
  std::array<std::uint64_t, 2> hash = {kBasis, 0x9E3779B97F4A7C15u};
  for (std::uint64_t& h : hash) {
    for (const std::string* part : {&source, &key}) {
      for (char c : *part) h = (h ^ static_cast<unsigned char>(c)) * kPrime;
      h = (h ^ 0x1FF) * kPrime;
    }
  }
  hash[0] =
      (hash[0] & ~0xF000ull) | 0x8000;  // version 8 of RFC 9562: made as the application likes
  hash[1] = (hash[1] >> 2) | 0x8000000000000000ull;
  std::array<char, 50> text{};
  std::snprintf(text.data(), text.size(), "urn:uuid:%08llx-%04llx-%04llx-%04llx-%012llx",
                static_cast<unsigned long long>(hash[0] >> 32),
                static_cast<unsigned long long>((hash[0] >> 16) & 0xFFFF),
                static_cast<unsigned long long>(hash[0] & 0xFFFF),
                static_cast<unsigned long long>(hash[1] >> 48),
                static_cast<unsigned long long>(hash[1] & 0xFFFFFFFFFFFFull));
  return text.data();
}

std::int64_t MarkOfText(std::string_view body, std::string_view more) {
  std::uint64_t hash = kBasis;
  for (const std::string_view part : {body, more}) {
    for (char c : part) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte > 0x20 && byte != 0x7F) hash = (hash ^ byte) * kPrime;
    }
    hash = (hash ^ 0x1FF) * kPrime;
  }
  return static_cast<std::int64_t>(hash >> 1);
}

}  // namespace daybook::journal
