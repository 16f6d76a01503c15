// Signed envelope senders: see bounce.h.
#include "journal/bounce.h"

#include <charconv>

namespace daybook::journal {
namespace {

constexpr const char* kPurpose = "bounce";
constexpr size_t kMac = 16;  // hexadecimal digits: a local part has 64 characters at most

}  // namespace

std::string BounceTag(const Signer& signer, Id mail, std::string_view recipient) {
  const std::string id = std::to_string(mail);
  return id + "-" + signer.Mac(kPurpose, id + " " + std::string(recipient)).substr(0, kMac);
}

std::optional<Id> IdOfBounceTag(std::string_view tag) {
  Id id = 0;
  const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), id);
  if (error != std::errc() || id <= 0) return std::nullopt;
  return id;
}

bool FitsBounceTag(const Signer& signer, std::string_view tag, std::string_view recipient) {
  const auto id = IdOfBounceTag(tag);
  if (!id || recipient.empty()) return false;
  const std::string right = BounceTag(signer, *id, recipient);
  if (tag.size() != right.size()) return false;
  unsigned char differs = 0;  // in constant time
  for (size_t i = 0; i < tag.size(); ++i) {
    // Servers on the way may have changed the case.
    const char c = tag[i] >= 'A' && tag[i] <= 'Z' ? static_cast<char>(tag[i] + 32) : tag[i];
    differs = static_cast<unsigned char>(differs | (c ^ right[i]));
  }
  return differs == 0;
}

}  // namespace daybook::journal
