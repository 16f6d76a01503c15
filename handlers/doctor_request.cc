// The doctor's checks of the web server: what only a request can tell.
#include <filesystem>

#include "fcgi/server.h"
#include "handlers/doctor.h"
#include "templates/admin_keys.h"
#include "text/network.h"
#include "text/utf8.h"

namespace daybook::handlers {
namespace {

namespace fs = std::filesystem;
namespace word = templates::word;
using State = Finding::State;
using templates::Words;

bool IsBelow(const fs::path& folder, const fs::path& root) {
  std::error_code error;
  const fs::path inner = fs::weakly_canonical(folder, error);
  const fs::path outer = fs::weakly_canonical(root, error);
  if (error || outer.empty()) return false;
  const auto [end, ignored] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return end == outer.end();
}

Finding Outside(const fcgi::Request& request, const journal::Home& home, const Words& words) {
  Finding found{"outside", State::kGood, words.Get(word::kAdminDoctorOutside), "", ""};
  const std::string folder = home.Private().string(), root = request.web_root;
  if (root.empty() || root == "/") {
    found.text = words.Get(word::kAdminDoctorOutsideUnknown);
  } else if (!IsBelow(home.Private(), root)) {
    found.text = words.Format(word::kAdminDoctorOutsideGood, {{"folder", folder}, {"root", root}});
  } else {
    std::error_code error;
    const bool shut = request.software.find("Apache") != std::string::npos &&
                      fs::exists(home.Private() / ".htaccess", error);
    found.state = shut ? State::kLook : State::kBad;
    found.text =
        words.Format(shut ? word::kAdminDoctorOutsideShut : word::kAdminDoctorOutsideInside,
                     {{"folder", folder}, {"root", root}});
    found.mend = words.Get(word::kAdminDoctorOutsideMend);
  }
  return found;
}

Finding Https(const fcgi::Request& request, const journal::Settings& settings, const Words& words) {
  Finding found{"https", State::kGood, words.Get(word::kAdminDoctorHttps), "", ""};
  const bool from_here = request.remote == "::1" || request.remote.starts_with("127.");
  if (request.https) {
    found.text = words.Get(word::kAdminDoctorHttpsGood);
  } else if (settings.url.starts_with("https://")) {
    found.state = State::kLook;
    found.text = words.Get(word::kAdminDoctorHttpsProxy);
    found.mend = words.Format(word::kAdminDoctorHttpsProxyMend,
                              {{"command", "daybook settings set proxy.trust on"}});
  } else if (from_here && request.Get("x-forwarded-for").empty()) {
    found.text = words.Get(word::kAdminDoctorHttpsHere);
  } else {
    found.state = State::kLook;
    found.text = words.Get(word::kAdminDoctorHttpsNone);
    found.mend = words.Format(
        word::kAdminDoctorHttpsNoneMend,
        {{"command", "daybook settings set url https://" + request.host + request.prefix}});
  }
  return found;
}

bool LiesBeside(const char* name) {
  std::error_code error;
  return fs::exists(journal::ProgramFolder() / name, error);
}

// Where the web server reads no rules that lead every address to the program, its name is in all of
// them; often because another program's rules are there.
Finding Addresses(const fcgi::Request& request, const journal::Settings& settings,
                  const Words& words) {
  Finding found{"addresses", State::kGood, words.Get(word::kAdminDoctorAddresses),
                request.Origin() + request.Link("/"), ""};
  const std::size_t slash = request.prefix.rfind('/');
  if (slash == std::string::npos || !request.prefix.substr(slash).starts_with("/daybook.")) {
    if (settings.url.find("/daybook.cgi") == std::string::npos &&
        settings.url.find("/daybook.fcgi") == std::string::npos)
      return found;
    // From before there were such rules; pages are kept for the journal's own address only.
    found.state = State::kLook;
    found.mend =
        words.Format(word::kAdminDoctorAddressesChange,
                     {{"url", found.text},
                      {"page", request.Origin() + request.Link("/admin/settings/address")}});
    found.text = words.Format(word::kAdminDoctorAddressesOld, {{"url", settings.url}});
    return found;
  }
  const fs::path rules = journal::ProgramFolder() / ".htaccess", ours = "htaccess.txt";
  found.state = State::kLook;
  found.text = words.Format(word::kAdminDoctorAddressesNamed, {{"url", found.text}});
  found.mend =
      LiesBeside(".htaccess")
          ? words.Format(
                word::kAdminDoctorAddressesAdd,
                {{"file", rules.string()},
                 {"from", ours.string()},
                 {"url", request.Origin() + request.prefix.substr(0, slash) + "/index.html#lines"}})
          : words.Format(word::kAdminDoctorAddressesRename,
                         {{"file", rules.string()}, {"from", ours.string()}});
  return found;
}

}  // namespace

Findings ExamineRequest(const fcgi::Request& request, const journal::Home& home,
                        const journal::Settings& settings, const Words& words) {
  Findings all;
  const bool cgi = fcgi::HowStarted() == fcgi::Started::kCgi;
  all.push_back({"protocol", cgi ? State::kLook : State::kGood,
                 words.Get(word::kAdminDoctorProtocol),
                 words.Get(cgi ? word::kAdminDoctorProtocolCgi : word::kAdminDoctorProtocolFcgi),
                 cgi ? words.Get(word::kAdminDoctorProtocolMend) : ""});
  all.push_back({"server", State::kGood, words.Get(word::kAdminDoctorServer),
                 request.software.empty()
                     ? words.Get(word::kAdminDoctorServerUnknown)
                     : text::ShowControls(text::RepairUtf8(request.software), false),
                 ""});
  all.push_back(Https(request, settings, words));
  Finding authorization{"authorization", State::kGood, words.Get(word::kAdminDoctorAuthorization),
                        "", ""};
  if (!request.Get("authorization").empty()) {
    authorization.text = words.Get(word::kAdminDoctorAuthorizationGood);
  } else {
    authorization.state = State::kLook;
    authorization.text =
        words.Format(word::kAdminDoctorAuthorizationUnknown,
                     {{"command", "curl -H 'Authorization: Bearer x' " + request.Origin() +
                                      request.Link("/admin/doctor/authorization")}});
    authorization.mend =
        words.Format(word::kAdminDoctorAuthorizationMend,
                     {{"line", "RewriteRule ^ - [E=HTTP_AUTHORIZATION:%{HTTP:Authorization}]"}});
  }
  all.push_back(std::move(authorization));
  all.push_back(Outside(request, home, words));
  all.push_back(Addresses(request, settings, words));
  // The entry for the web server takes them away once they came whole (scripts/web/entry.sh).
  if (LiesBeside("daybook") && LiesBeside("daybook.cgi") &&
      (LiesBeside("daybook.bin") || LiesBeside("daybook-work.bin")))
    all.push_back({"upload", State::kLook, words.Get(word::kAdminDoctorUpload),
                   words.Format(word::kAdminDoctorUploadPart,
                                {{"folder", journal::ProgramFolder().string()}}),
                   words.Get(word::kAdminDoctorUploadMend)});
  return all;
}

}  // namespace daybook::handlers
