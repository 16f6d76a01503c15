// DKIM (RFC 6376): a signature over a mail's headers and text by a key of the journal's own, so
// that receivers see that the domain of `From` sent it. rsa-sha256 with 2,048 bits, which every
// receiver checks; both canonicalisations relaxed. How the key's record comes into DNS is dns.h.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "journal/home.h"
#include "journal/model.h"

namespace daybook::work {

class DkimKey {
 public:
  // The home's key: private/dkim.pem, 0600, never shown to anybody. Nothing where there is none or
  // it cannot be read.
  [[nodiscard]] static std::optional<DkimKey> Load(const journal::Home& home);
  // Makes the home's key if there is none: another process may do so at the same time, and both
  // get the same one.
  [[nodiscard]] static std::optional<DkimKey> Make(const journal::Home& home);

  DkimKey(DkimKey&&) noexcept;
  DkimKey& operator=(DkimKey&&) noexcept;
  ~DkimKey();

  // "daybook" and eight digits of the public key: another key has another name.
  [[nodiscard]] const std::string& selector() const { return selector_; }
  // What stands in DNS at SELECTOR._domainkey.DOMAIN: "v=DKIM1; k=rsa; p=…".
  [[nodiscard]] const std::string& record() const { return record_; }

  // `mail` as Compose made it, with a DKIM-Signature above. All headers that a reader or a program
  // sees are covered, those of RFC 8058 among them, and so that none can be added. Unchanged if
  // signing fails.
  [[nodiscard]] std::string Sign(std::string mail, std::string_view domain,
                                 journal::Seconds now) const;

 private:
  struct Key;
  explicit DkimKey(std::unique_ptr<Key> key);
  std::unique_ptr<Key> key_;
  std::string selector_, record_;
};

}  // namespace daybook::work
