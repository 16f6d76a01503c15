// SMTP by libcurl: see transport.h.
#include "work/transport.h"

#include <curl/curl.h>

#include <array>
#include <cstring>
#include <ctime>
#include <memory>
#include <tuple>

#include "journal/mail_check.h"
#include "work/authorities.h"
#include "work/dkim.h"

namespace daybook::work {
namespace {

constexpr long kSeconds = 45;  // twice that is less than a lease

struct Upload {
  std::string_view rest;
};

size_t Give(char* buffer, size_t one, size_t size, void* data) {
  auto& upload = *static_cast<Upload*>(data);
  const size_t taken = std::min(one * size, upload.rest.size());
  std::memcpy(buffer, upload.rest.data(), taken);
  upload.rest.remove_prefix(taken);
  return taken;
}

// What was said about one message.
struct Talk {
  std::string said;  // the server's last line
  std::string lines;
  bool at_recipient = false;
  bool text_sent = false;
  bool over = false;  // we said good-bye: what follows is about no message
};

constexpr size_t kTalkMax = 20'000;

void Write(Talk& talk, const char* who, std::string_view line) {
  if (talk.lines.size() > kTalkMax) return;
  talk.lines += who;
  for (const char c : line.substr(0, 500))
    talk.lines += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
  talk.lines += '\n';
}

int Watch(CURL*, curl_infotype type, char* bytes, size_t size, void* data) {
  auto& talk = *static_cast<Talk*>(data);
  std::string_view line(bytes, size);
  while (!line.empty() && static_cast<unsigned char>(line.back()) <= ' ') line.remove_suffix(1);
  if (type == CURLINFO_HEADER_IN) {
    if (!line.empty() && !talk.over) talk.said = line;
    Write(talk, "< ", line);
  } else if (type == CURLINFO_HEADER_OUT) {
    talk.over = talk.over || line == "QUIT";
    if (!talk.over) talk.at_recipient = line.starts_with("RCPT ");
    talk.text_sent = talk.text_sent || line == "DATA";
    // Names and passwords: with AUTH itself, or asked for by a 334.
    if (line.starts_with("AUTH ")) {
      Write(talk, "> ", std::string(line.substr(0, line.find(' ', 5))) + " ***");
    } else {
      Write(talk, "> ", talk.said.starts_with("334") ? "***" : line);
    }
  }
  return 0;
}

size_t Ignore(char*, size_t one, size_t size, void*) { return one * size; }

// `given`: the whole text was handed over.
Delivered Judge(CURLcode code, const Talk& talk, bool given) {
  if (code == CURLE_OK) return {Delivery::kTaken, talk.said};
  const char first = talk.said.empty() ? '0' : talk.said.front();
  // Any 2xx after the text says that it is taken (RFC 5321, 4.2), not 250 alone.
  if (code == CURLE_WEIRD_SERVER_REPLY && given && first == '2')
    return {Delivery::kTaken, talk.said};
  const std::string detail =
      first == '4' || first == '5' ? talk.said : std::string(curl_easy_strerror(code));
  // Names and certificates that do not fit are mended by the owner, not by the reader.
  if (first != '5' || code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED ||
      code == CURLE_PEER_FAILED_VERIFICATION)
    return {Delivery::kTryAgain, detail};
  if (!talk.at_recipient) return {Delivery::kRefused, detail};
  return {SaysNoSuchAddress(talk.said) ? Delivery::kNoSuchAddress : Delivery::kRefused, detail};
}

bool IsHere(std::string_view host_port) {
  return host_port.starts_with("127.") || host_port.starts_with("localhost:") ||
         host_port.starts_with("[::1]:");
}

}  // namespace

bool SaysNoSuchAddress(std::string_view reply) {
  std::string text(reply);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  if (text.size() < 4 || !(text.starts_with("550") || text.starts_with("551") ||
                           text.starts_with("553") || text.starts_with("556")))
    return false;
  const auto has = [&](std::string_view words) { return text.find(words) != std::string::npos; };
  // RFC 3463: the mailbox or its domain is none, or was moved or closed.
  const std::string_view rest = std::string_view(text).substr(4);
  if (rest.starts_with("5.") || rest.starts_with("4.")) {
    const std::string_view code = rest.substr(0, rest.find_first_of(" \r\n"));
    return code == "5.1.1" || code == "5.1.2" || code == "5.1.3" || code == "5.1.6" ||
           code == "5.1.10" || code == "5.2.1";
  }
  // Without such a code only the words tell it from a refusal of us.
  for (const std::string_view ours :
       {"spam", "block", "policy", "relay", "denied", "listed", "blacklist", "reputation",
        "authenticat", "spf", "dkim", "dmarc", "sender", "client", "rejected", "try again", "full",
        "quota"}) {
    if (has(ours)) return false;
  }
  for (const std::string_view theirs :
       {"no such", "not exist", "n't exist", "unknown", "invalid recipient", "invalid mailbox",
        "invalid address", "not found", "no mailbox", "mailbox unavailable", "not a valid",
        "no longer", "disabled", "user not"}) {
    if (has(theirs)) return true;
  }
  return false;
}

struct SmtpMailer::Line {
  CURL* curl = curl_easy_init();
  std::array<char, CURL_ERROR_SIZE> error{};
  Talk talk;
  Line() = default;
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line() {
    if (curl != nullptr) {
      talk = {};
      curl_easy_cleanup(curl);  // says good-bye
    }
  }
};

SmtpMailer::SmtpMailer(std::string host_port, std::string user, std::string password,
                       Composer composer, journal::SmtpTls tls)
    : host_port_(std::move(host_port)),
      user_(std::move(user)),
      password_(std::move(password)),
      composer_(std::move(composer)),
      tls_(tls) {}
SmtpMailer::~SmtpMailer() = default;

Delivered SmtpMailer::Send(const Message& message) {
  conversation_.clear();
  const std::string bytes = composer_(message);
  bool stale = false;
  const Delivered first = Once(message, bytes, stale);
  return stale ? Once(message, bytes, stale) : first;
}

Delivered SmtpMailer::Once(const Message& message, const std::string& bytes, bool& stale) {
  if (!line_) {
    line_ = std::make_unique<Line>();
    CURL* curl = line_->curl;
    if (curl == nullptr) {
      line_.reset();
      return {};
    }
    using Tls = journal::SmtpTls;
    const bool tls = tls_ == Tls::kImplicit || (tls_ == Tls::kAuto && host_port_.ends_with(":465"));
    const std::string url = (tls ? "smtps://" : "smtp://") + host_port_;
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, Watch);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &line_->talk);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, line_->error.data());
    if (const std::string& authorities = Authorities(); !authorities.empty())
      curl_easy_setopt(curl, CURLOPT_CAINFO, authorities.c_str());
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, kSeconds);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kSeconds / 3);
    const bool must = tls_ == Tls::kStartTls || (!user_.empty() && !IsHere(host_port_));
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(must ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    if (IsHere(host_port_)) {
      // Nobody stands between; a local server's certificate is seldom for that name.
      curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
      curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (!user_.empty()) {
      curl_easy_setopt(curl, CURLOPT_USERNAME, user_.c_str());
      curl_easy_setopt(curl, CURLOPT_PASSWORD, password_.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, Give);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, Ignore);
  }
  CURL* curl = line_->curl;
  const text::EmailAddress& sender = message.sender.empty() ? message.from : message.sender;
  const std::string from = "<" + sender.str() + ">", to = "<" + message.to.str() + ">";
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(
      curl_slist_append(nullptr, to.c_str()), &curl_slist_free_all);
  Upload upload{bytes};
  Talk& talk = line_->talk;
  talk = {};
  line_->error[0] = '\0';
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
  const CURLcode code = curl_easy_perform(curl);
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, nullptr);
  const Delivered delivered = Judge(code, talk, talk.text_sent && upload.rest.empty());
  conversation_ += talk.lines;
  if (code == CURLE_OK) return delivered;
  if (line_->error[0] != '\0') conversation_ += std::string(line_->error.data()) + "\n";
  long connections = 1;
  curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &connections);
  // The server had ended an older connection, or ends it now and takes the message on a new one.
  const bool unheard = !talk.text_sent && talk.said.empty();
  stale = !stale && connections == 0 && (unheard || talk.said.starts_with("421"));
  line_.reset();
  return delivered;
}

bool IsSameWay(const journal::Settings& one, const journal::Settings& other) {
  const auto way = [](const journal::Settings& s) {
    return std::tie(s.mail, s.mail_program, s.smtp, s.smtp_tls, s.smtp_user, s.smtp_password);
  };
  return way(one) == way(other);
}

std::unique_ptr<Mailer> MailerFor(const journal::Settings& settings, const DkimKey* key) {
  if (!settings.MailHasWay()) return nullptr;
  Composer composer = Compose;
  // Signed where `daybook dkim` made a key; without one the mail server may sign.
  if (key != nullptr)
    composer = [key](const Message& message) {
      const std::string& from = message.from.str();
      return key->Sign(Compose(message), from.substr(from.find('@') + 1), std::time(nullptr));
    };
  if (settings.mail == journal::Transport::kSendmail)
    return std::make_unique<SendmailMailer>(journal::SendmailProgram(settings),
                                            std::move(composer));
  return std::make_unique<SmtpMailer>(settings.smtp, settings.smtp_user, settings.smtp_password,
                                      std::move(composer), settings.smtp_tls);
}

}  // namespace daybook::work
