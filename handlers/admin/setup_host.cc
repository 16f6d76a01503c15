// The last step of the first run: what the doctor finds, the proof that nobody else can fetch what
// is private, and what to bring along. Its visitor is the new owner, signed in.
#include "handlers/admin/findings.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/setup.h"
#include "journal/import_slices.h"
#include "journal/setup.h"
#include "templates/admin_keys.h"
#include "templates/keys.h"

namespace daybook::handlers::admin {

namespace fs = std::filesystem;
namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;
using templates::Words;

namespace {

constexpr fcgi::FormField kFields[] = {
    {"token", 100}, {"canary", 100}, {"proof", 10}, {"seen", 10}, {kImportField, 200}};

// Every address under which a web server might give the file out: below its root and below the
// journal's folder, as deep as the file lies; and the ways round a folder that is served.
std::vector<text::SafeUrl> Places(const Links& links, const journal::Home& home,
                                  const std::string& prefix, const std::string& name) {
  constexpr std::size_t kDeepest = 12;
  std::vector<text::SafeUrl> places;
  std::error_code error;
  std::vector<std::string> seen;
  for (const fs::path& room : {home.Private(), fs::weakly_canonical(home.Private(), error)}) {
    std::string below = "/" + name;
    std::size_t depth = 0;
    for (fs::path at = room; at.has_relative_path() && depth < kDeepest;
         at = at.parent_path(), ++depth) {
      below = "/" + at.filename().string() + below;
      if (std::find(seen.begin(), seen.end(), below) != seen.end()) continue;
      seen.push_back(below);
      places.push_back(Links::OnHost(below));
      if (!prefix.empty()) places.push_back(links.To(below));
    }
  }
  for (const char* served : {"/static", "/media", "/live"}) {
    places.push_back(links.To(served, "..%2F..%2Fprivate/" + name));
    places.push_back(links.To(std::string(served) + "../private/" + name));
    places.push_back(links.To(std::string(served) + "/", "..%2F..%2Fprivate/" + name));
  }
  return places;
}

text::SafeUrl ServedFile(const Frame& frame) {
  for (const templates::StaticFile& file : frame.templates.static_files()) {
    if (file.name == "admin.css") return frame.links.To("/static/" + file.hashed);
  }
  return frame.links.To("/robots.txt");
}

Response Gone(const Frame& frame) { return fcgi::Redirect(303, frame.links.To("/admin").view()); }

}  // namespace

Response HostPage(const Frame& frame, const Viewer& viewer, const fcgi::Request& request,
                  sql::Db& db, const HostShown& shown, int status) {
  const Words& words = frame.words();
  const journal::Home home = HomeOf(db);
  const auto canary = db.Read([](sql::Tx& tx) { return journal::CanaryOf(tx); });
  if (!canary) return Gone(frame);
  Page page(frame, viewer, templates::tpl::kAdminSetupHost, words.Get(word::kAdminSetupTitle), "",
            !shown.alert.empty());
  templates::View& view = page.view();
  view.Set(key::kSetupStep, words.Format(word::kAdminSetupStep, {{"n", "3"}}));
  const auto places = Places(frame.links, home, request.prefix, canary->name);
  for (const text::SafeUrl& place : places) {
    view.Add(key::kCanaryPlace).Set(key::kCanaryUrl, place);
    view.Add(key::kCanaryPicture).Set(key::kCanaryUrl, place);
  }
  const std::string ways = std::to_string(places.size());
  const std::string mend =
      words.Format(word::kAdminCanaryMend,
                   {{"folder", home.root.string()}, {"private", home.Private().string()}});
  view.Set(key::kCanaryName, canary->name);
  view.Set(key::kCanaryText, canary->text);
  view.Set(key::kCanaryProbeUrl, ServedFile(frame));
  view.Set(key::kCanaryAsking, words.Format(word::kAdminCanaryAsking, {{"n", ways}}));
  view.Set(key::kCanaryKept, words.Format(word::kAdminCanaryKept, {{"n", ways}}));
  view.Set(key::kCanaryOpen, words.Get(word::kAdminCanaryOpen));
  view.Set(key::kCanaryLook, words.Format(word::kAdminCanaryPictures, {{"n", ways}}));
  view.Set(key::kCanaryMend, mend);
  view.Show(key::kCanaryUnseen, !shown.open);
  view.Set(key::kHostUrl, frame.links.To("/admin/setup/host"));
  Findings findings = ExamineRequest(request, home, frame.site.settings, words);
  for (Finding& finding : Examine(home, words)) findings.push_back(std::move(finding));
  SortBySeverity(findings);
  const Finding::State worst = findings.front().state;
  // Whether that header arrives only matters later, and only a script can tell.
  std::erase_if(findings, [](const Finding& f) {
    return f.state == Finding::State::kGood || f.name == "authorization";
  });
  view.Set(key::kHostText, words.Get(worst == Finding::State::kGood   ? word::kAdminSetupHostGood
                                     : worst == Finding::State::kLook ? word::kAdminSetupHostLook
                                                                      : word::kAdminSetupHostBad));
  if (!findings.empty()) FillFindings(view.Add(key::kHostShown), frame.links, findings);
  FillImports(view, frame, home, shown.offer);
  if (!shown.alert.empty()) page.Alert(shown.alert);
  if (!shown.offer.added.empty())
    page.Notice(words.Format(word::kAdminImportAdded, {{"name", shown.offer.added}}));
  return page.Done(status);
}

Response SetupHostPage(Visit& visit) {
  Context& context = visit.context;
  visit.context.act = [frame = FrameOf(context), viewer = visit.viewer, &request = context.request,
                       added = context.request.Param("added").value_or("")](sql::Db& db) {
    return HostPage(frame, viewer, request, db, {"", {"setup", added, ""}});
  };
  return {};
}

Response SetupHostPost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kFields);
  std::vector<std::string> files;
  for (const std::string_view name : form.All(kImportField)) files.emplace_back(name);
  const auto canary = journal::CanaryOf(context.tx);
  const bool same = canary && form["canary"] == canary->name;
  const bool open = form["proof"] == "open" || form["seen"] == "red";
  const bool kept = same && !open && (form["proof"] == "kept" || form["seen"] == "none");
  context.act = [frame = FrameOf(context), viewer = visit.viewer, &request = context.request, files,
                 known = canary.has_value(), open, kept](sql::Db& db) {
    if (!known) return Gone(frame);
    const Words& words = frame.words();
    if (!kept)
      return HostPage(frame, viewer, request, db,
                      {words.Get(open ? word::kAdminCanarySeen : word::kAdminCanaryAgain),
                       {"setup", files.empty() ? "" : files.front(), ""},
                       open},
                      422);
    const journal::Home home = HomeOf(db);
    const bool imports = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      journal::EndSetup(tx, home);
      return journal::StartImport(tx, home, files);
    });
    return fcgi::Redirect(303, frame.links.To(imports ? "/admin/import" : "/admin/write").view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
