// Signatures over mails: see dkim.h.
#include "work/dkim.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "journal/sign.h"

namespace daybook::work {
namespace {

constexpr int kBits = 2048;
// In the order in which they are signed. A name that is not there, or is named once more than it is
// there, may not be added on the way (RFC 6376, 5.4).
constexpr const char* kSigned[] = {"from",
                                   "from",
                                   "to",
                                   "to",
                                   "subject",
                                   "subject",
                                   "date",
                                   "date",
                                   "message-id",
                                   "in-reply-to",
                                   "references",
                                   "reply-to",
                                   "reply-to",
                                   "list-id",
                                   "list-unsubscribe",
                                   "list-unsubscribe-post",
                                   "list-unsubscribe",
                                   "auto-submitted",
                                   "mime-version",
                                   "content-type",
                                   "content-transfer-encoding"};

struct KeyEnd {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct BioEnd {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct ContextEnd {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, KeyEnd>;

std::string Base64(const unsigned char* bytes, size_t size) {
  std::string out(4 * ((size + 2) / 3) + 1, '\0');
  const int written =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes, static_cast<int>(size));
  out.resize(static_cast<size_t>(written));
  return out;
}

std::string Sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
    return {};
  return Base64(digest.data(), size);
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// White space to one blank, none at the end of a line; lines end as in a mail (RFC 6376, 3.4.4).
std::string RelaxedBody(std::string_view body) {
  std::string out;
  size_t kept = 0;  // without the empty lines at the end
  while (!body.empty()) {
    const size_t end = std::min(body.find("\r\n"), body.size());
    bool blank = false;
    for (const char c : body.substr(0, end)) {
      if (c == ' ' || c == '\t') {
        blank = true;
        continue;
      }
      if (blank) out += ' ';
      blank = false;
      out += c;
    }
    const bool empty = out.empty() || out.ends_with("\r\n");
    out += "\r\n";
    if (!empty) kept = out.size();
    body.remove_prefix(std::min(end + 2, body.size()));
  }
  out.resize(kept);
  return out;
}

struct Header {
  std::string name;     // lower case
  std::string relaxed;  // "name:value", without a line end
};

std::string RelaxedHeader(std::string_view name, std::string_view value) {
  std::string out;
  for (const char c : name) out += Lower(c);
  out += ':';
  const size_t start = out.size();
  bool blank = false;
  for (const char c : value) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      blank = true;
      continue;
    }
    if (blank && out.size() > start) out += ' ';
    blank = false;
    out += c;
  }
  return out;
}

std::vector<Header> HeadersOf(std::string_view head) {
  std::vector<Header> headers;
  while (!head.empty()) {
    size_t end = head.find("\r\n");
    while (end != std::string_view::npos && end + 2 < head.size() &&
           (head[end + 2] == ' ' || head[end + 2] == '\t'))
      end = head.find("\r\n", end + 2);
    end = std::min(end, head.size());
    const std::string_view line = head.substr(0, end);
    if (const size_t colon = line.find(':'); colon != std::string_view::npos) {
      Header header;
      for (const char c : line.substr(0, colon)) header.name += Lower(c);
      header.relaxed = RelaxedHeader(line.substr(0, colon), line.substr(colon + 1));
      headers.push_back(std::move(header));
    }
    head.remove_prefix(std::min(end + 2, head.size()));
  }
  return headers;
}

std::filesystem::path FileOf(const journal::Home& home) { return home.Private() / "dkim.pem"; }

std::string AsPem(EVP_PKEY* key) {
  const std::unique_ptr<BIO, BioEnd> bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return {};
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return std::string(bytes, static_cast<size_t>(size));
}

// Whole, or not at all: first under another name, then linked, which fails where one is there.
bool Keep(const std::filesystem::path& file, const std::string& pem) {
  const std::filesystem::path beside = file.string() + "." + journal::RandomName();
  const int fd = open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool whole =
      write(fd, pem.data(), pem.size()) == static_cast<ssize_t>(pem.size()) && fsync(fd) == 0;
  close(fd);
  const bool kept = whole && (link(beside.c_str(), file.c_str()) == 0 || errno == EEXIST);
  unlink(beside.c_str());
  return kept;
}

}  // namespace

struct DkimKey::Key {
  KeyPointer pointer;
};

DkimKey::DkimKey(std::unique_ptr<Key> key) : key_(std::move(key)) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key_->pointer.get(), &der);
  if (size <= 0) return;
  const std::string bytes = Base64(der, static_cast<size_t>(size));
  OPENSSL_free(der);
  record_ = "v=DKIM1; k=rsa; p=" + bytes;
  selector_ = "daybook";
  const std::string name = Sha256(bytes);
  for (const char c : name) {
    const char low = Lower(c);
    if (((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9')) && selector_.size() < 15)
      selector_ += low;
  }
}
DkimKey::DkimKey(DkimKey&&) noexcept = default;
DkimKey& DkimKey::operator=(DkimKey&&) noexcept = default;
DkimKey::~DkimKey() = default;

std::optional<DkimKey> DkimKey::Load(const journal::Home& home) {
  std::FILE* file = std::fopen(FileOf(home).c_str(), "re");
  if (file == nullptr) return std::nullopt;
  auto key = std::make_unique<Key>();
  key->pointer.reset(PEM_read_PrivateKey(file, nullptr, nullptr, nullptr));
  std::fclose(file);
  if (!key->pointer || EVP_PKEY_base_id(key->pointer.get()) != EVP_PKEY_RSA) return std::nullopt;
  return DkimKey(std::move(key));
}

std::optional<DkimKey> DkimKey::Make(const journal::Home& home) {
  if (auto have = Load(home)) return have;
  const KeyPointer key(EVP_RSA_gen(kBits));
  if (!key) return std::nullopt;
  const std::string pem = AsPem(key.get());
  if (pem.empty() || !Keep(FileOf(home), pem)) return std::nullopt;
  return Load(home);
}

std::string DkimKey::Sign(std::string mail, std::string_view domain, journal::Seconds now) const {
  const size_t edge = mail.find("\r\n\r\n");
  if (edge == std::string::npos || domain.empty() || record_.empty()) return mail;
  std::vector<Header> headers = HeadersOf(std::string_view(mail).substr(0, edge + 2));
  const std::string body = RelaxedBody(std::string_view(mail).substr(edge + 4));
  std::string names, data;
  size_t column = 0;
  for (const char* name : kSigned) {
    // From the last one upwards; what is there no more counts as empty.
    for (size_t i = headers.size(); i > 0; --i) {
      if (headers[i - 1].name != name) continue;
      data += headers[i - 1].relaxed + "\r\n";
      headers.erase(headers.begin() + static_cast<std::ptrdiff_t>(i) - 1);
      break;
    }
    const std::string word = (names.empty() ? "" : ":") + std::string(name);
    if (column + word.size() > 66) {
      names += "\r\n  ";
      column = 0;
    }
    names += word;
    column += word.size();
  }
  const std::string value = " v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d=" + std::string(domain) +
                            "; s=" + selector_ + "; t=" + std::to_string(now) + ";\r\n h=" + names +
                            ";\r\n bh=" + Sha256(body) + ";\r\n b=";
  data += RelaxedHeader("DKIM-Signature", value);
  const std::unique_ptr<EVP_MD_CTX, ContextEnd> context(EVP_MD_CTX_new());
  std::vector<unsigned char> signature(512);
  size_t size = signature.size();
  if (!context ||
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_->pointer.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size,
                     reinterpret_cast<const unsigned char*>(data.data()), data.size()) != 1)
    return mail;
  const std::string digits = Base64(signature.data(), size);
  std::string folded;
  for (size_t i = 0; i < digits.size(); i += 70)
    folded += (i == 0 ? "" : "\r\n  ") + digits.substr(i, 70);
  return "DKIM-Signature:" + value + folded + "\r\n" + std::move(mail);
}

}  // namespace daybook::work
