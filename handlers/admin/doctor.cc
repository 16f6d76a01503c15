// The doctor's page, and the address by which a browser finds out whether a header arrives.
#include "handlers/admin/findings.h"
#include "handlers/admin/frame.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "templates/admin_keys.h"
#include "templates/keys.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;

void FillFindings(templates::Block block, const Links& links, const Findings& findings) {
  for (const Finding& finding : findings) {
    templates::Block one = block.Add(key::kFinding);
    one.Set(key::kFindingId, finding.name);
    one.Set(key::kFindingName, finding.title);
    one.Set(key::kFindingText, finding.text);
    one.Show(key::kFindingGood, finding.state == Finding::State::kGood);
    one.Show(key::kFindingLook, finding.state == Finding::State::kLook);
    one.Show(key::kFindingBad, finding.state == Finding::State::kBad);
    if (finding.mend.empty()) continue;
    templates::Block todo = one.Add(key::kFindingAdvice);
    todo.Set(key::kFindingMend, finding.mend);
    // An owner who has no shell changes settings there.
    if (finding.mend.find("daybook settings set ") != std::string::npos)
      todo.Show(key::kFindingSite, key::kSitePageUrl, links.To("/admin/site"));
  }
}

fcgi::Response DoctorPage(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request](sql::Db& db) {
    const journal::Home home = HomeOf(db);
    const templates::Words& words = frame.words();
    Findings findings = ExamineRequest(request, home, frame.site.settings, words);
    for (Finding& finding : Examine(home, words)) findings.push_back(std::move(finding));
    SortBySeverity(findings);
    Page page(frame, viewer, templates::tpl::kAdminDoctor, words.Get(word::kAdminDoctorTitle),
              "/admin/doctor");
    const bool good = findings.front().state == Finding::State::kGood;
    page.view().Set(key::kDoctorLead,
                    words.Get(good ? word::kAdminDoctorAll : word::kAdminDoctorSome));
    page.view().Set(key::kImportPageUrl, frame.links.To("/admin/import"));
    page.view().Set(key::kHeaderTestUrl, frame.links.To("/admin/doctor/authorization"));
    FillFindings(page.view(), frame.links, findings);
    return page.Done();
  };
  return {};
}

fcgi::Response DoctorHeader(Visit& visit) {
  const bool came = !visit.context.request.Get("authorization").empty();
  return fcgi::Text(came ? "yes\n" : "no\n");
}

}  // namespace daybook::handlers::admin
