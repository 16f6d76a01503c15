// Records for mail: see mail_records.h.
#include "work/mail_records.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace daybook::work {
namespace {

using journal::MailRecord;
using State = MailRecord::State;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

std::vector<std::string> Words(std::string_view text, char between) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(between), text.size());
    std::string word(text.substr(0, end));
    word.erase(0, word.find_first_not_of(" \t"));
    word.erase(word.find_last_not_of(" \t") + 1);
    if (!word.empty()) words.push_back(std::move(word));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : " ") + text;
  return all;
}

// What a tag of a record like "v=DKIM1; k=rsa; p=…" holds, without blanks.
std::string Tag(std::string_view record, std::string_view name) {
  for (const std::string& part : Words(record, ';')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) continue;
    std::string tag = part.substr(0, equals), value = part.substr(equals + 1);
    std::erase_if(tag, [](char c) { return c == ' ' || c == '\t'; });
    std::erase_if(value, [](char c) { return c == ' ' || c == '\t'; });
    if (tag == name) return value;
  }
  return "";
}

// The part of an SPF record that names the server that sends.
std::string Sender(const journal::Settings& settings) {
  if (settings.mail == journal::Transport::kSendmail) return "a mx";
  std::string host = settings.smtp.substr(0, settings.smtp.rfind(':'));
  if (host == "localhost" || host.starts_with("127.") || host == "[::1]") return "a mx";
  if (host.starts_with('[') && host.ends_with(']'))
    return "a mx ip6:" + host.substr(1, host.size() - 2);
  in_addr address;
  if (inet_pton(AF_INET, host.c_str(), &address) == 1) return "a mx ip4:" + host;
  // Those whose own record is well known.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kKnown = {{
      {".gmail.com", "include:_spf.google.com"},
      {".google.com", "include:_spf.google.com"},
      {".secureserver.net", "include:secureserver.net"},
      {".infomaniak.com", "include:spf.infomaniak.ch"},
  }};
  for (const auto& [end, include] : kKnown)
    if (host.ends_with(end)) return std::string(include);
  return "a mx a:" + host;
}

MailRecord Spf(const journal::Settings& settings, const std::string& domain,
               const TxtLookUp& look_up) {
  MailRecord record{"SPF", State::kGood, "", domain, "", ""};
  const TxtAnswer answer = look_up(domain);
  if (!answer.answered) {
    record.state = State::kUnknown;
    return record;
  }
  std::vector<std::string> found;
  for (const std::string& text : answer.texts) {
    const std::string lower = Lower(text);
    if (lower == "v=spf1" || lower.starts_with("v=spf1 ")) found.push_back(text);
  }
  record.found = Joined(found);
  if (found.empty()) {
    record.state = State::kMissing;
    record.wanted = "v=spf1 " + Sender(settings) + " ~all";
  } else if (found.size() > 1) {
    record.state = State::kWrong;
    record.why = "spf_two";
    record.wanted = found.front();
  } else {
    std::string mended;
    bool open = false;
    for (const std::string& part : Words(found.front(), ' ')) {
      const std::string lower = Lower(part);
      const bool all = lower == "all" || lower == "+all";
      open = open || all;
      mended += (mended.empty() ? "" : " ") + (all ? std::string("~all") : part);
    }
    if (open) {
      record.state = State::kWrong;
      record.why = "spf_all";
      record.wanted = mended;
    }
  }
  return record;
}

MailRecord Dkim(const std::string& domain, const DkimKey* key, const TxtLookUp& look_up) {
  MailRecord record{"DKIM", State::kGood, "", "", "", ""};
  if (key == nullptr) {
    record.why = "dkim_none";
    return record;
  }
  record.name = key->selector() + "._domainkey." + domain;
  const TxtAnswer answer = look_up(record.name);
  const std::string wanted = Tag(key->record(), "p");
  if (!answer.answered) {
    record.state = State::kUnknown;
  } else if (std::none_of(answer.texts.begin(), answer.texts.end(),
                          [&](const std::string& text) { return Tag(text, "p") == wanted; })) {
    record.state = answer.texts.empty() ? State::kMissing : State::kWrong;
    if (!answer.texts.empty()) record.why = "dkim_other";
    record.found = Joined(answer.texts);
    record.wanted = key->record();
  }
  return record;
}

// Where the domain has none, that of the domain above it holds.
MailRecord Dmarc(const std::string& domain, const TxtLookUp& look_up) {
  MailRecord record{"DMARC", State::kGood, "", "_dmarc." + domain, "", "v=DMARC1; p=none"};
  for (std::string at = domain; at.find('.') != std::string::npos;
       at = at.substr(at.find('.') + 1)) {
    const TxtAnswer answer = look_up("_dmarc." + at);
    if (!answer.answered) {
      record.state = State::kUnknown;
      record.wanted.clear();
      return record;
    }
    std::vector<std::string> found;
    for (const std::string& text : answer.texts)
      if (Tag(text, "v") == "DMARC1") found.push_back(text);
    if (found.empty()) continue;
    record.name = "_dmarc." + at;
    record.found = Joined(found);
    const std::string policy = Lower(Tag(found.front(), "p"));
    if (found.size() > 1) {
      record.why = "dmarc_two";
    } else if (policy != "none" && policy != "quarantine" && policy != "reject") {
      record.why = "dmarc_bad";
    } else {
      record.wanted.clear();
      return record;
    }
    record.state = State::kWrong;
    if (found.size() > 1) record.wanted = found.front();
    return record;
  }
  record.state = State::kMissing;
  return record;
}

}  // namespace

journal::MailRecords LookUpMailRecords(const journal::Settings& settings, const DkimKey* key,
                                       const TxtLookUp& look_up) {
  journal::MailRecords all;
  all.domain = Lower(journal::MailDomain(settings));
  if (all.domain.empty()) return all;
  all.records = {Spf(settings, all.domain, look_up), Dkim(all.domain, key, look_up),
                 Dmarc(all.domain, look_up)};
  return all;
}

}  // namespace daybook::work
