// The journal's own people, for its owners: who there is, roles, invitations, who is to sign in no
// more.
#include "journal/people.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/profile.h"
#include "handlers/comment_pages.h"
#include "journal/audit.h"
#include "journal/second.h"
#include "templates/admin_keys.h"
#include "text/email.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::HttpError;
using fcgi::Response;
using journal::Profile;
using journal::Role;

namespace {

constexpr std::string_view kPeople = "/admin/people", kAccount = "/admin/account";
constexpr fcgi::FormField kFields[] = {{"name", 400}, {"email", 254}, {"role", 10}, {"publish", 5}};
constexpr std::string_view kRoles[] = {"author", "editor", "owner", "none"};
constexpr templates::WordKey kRoleWords[] = {word::kAdminRoleAuthor, word::kAdminRoleEditor,
                                             word::kAdminRoleOwner, word::kAdminRoleNone};

std::optional<Role> RoleNamed(std::string_view name) {
  for (int i = 0; i < 3; ++i)
    if (kRoles[i] == name) return static_cast<Role>(i);
  return std::nullopt;
}

std::string PathOf(journal::Id id) { return std::string(kPeople) + "/" + std::to_string(id); }

void AddRole(FormBlock& form, const templates::Words& words, Role role, bool may_publish) {
  AskedField field{.kind = AskedField::Kind::kSelect,
                   .id = "role",
                   .label = words.Get(word::kAdminRole),
                   .value = std::string(kRoles[static_cast<int>(role)]),
                   .help = words.Get(word::kAdminRoleHelp)};
  for (int i = 0; i < 3; ++i) field.options.emplace_back(kRoles[i], words.Get(kRoleWords[i]));
  form.Add(field).Add({.kind = AskedField::Kind::kCheck,
                       .id = "publish",
                       .label = words.Get(word::kAdminRolePublish),
                       .value = may_publish ? "1" : ""});
}

struct Typed {
  std::string name, email, wrong_name, wrong_email;
  Role role = Role::kAuthor;
  bool may_publish = false;
};

Response ShowAll(const Frame& frame, const Viewer& viewer, sql::Tx& tx, const Typed& typed,
                 journal::Seconds now) {
  const templates::Words& words = frame.words();
  const std::string alert = typed.wrong_name.empty() ? typed.wrong_email : typed.wrong_name;
  Page page(frame, viewer, templates::tpl::kAdminForms, words.Get(word::kAdminPeople), kPeople,
            !alert.empty());
  if (!alert.empty()) page.Alert(alert);
  page.view().Show(key::kBack, key::kBackUrl, frame.links.To("/admin/log"));
  page.view().Set(key::kBackLabel, words.Get(word::kAdminLogTitle));
  std::vector<ListedRow> rows;
  for (const journal::Person& person : journal::People(tx)) {
    const auto profile = journal::ProfileOf(tx, person.id);
    if (!profile) continue;
    ListedRow row{profile->name, frame.links.To(PathOf(person.id)), {}, ""};
    row.facts.push_back(words.Get(kRoleWords[static_cast<int>(profile->role)]));
    if (profile->role != Role::kNone && !profile->has_password)
      row.facts.push_back(words.Get(word::kAdminPeopleInvited));
    row.facts.push_back(profile->email);
    row.facts.push_back(words.Plural(word::kAdminPeopleEntries, profile->entries));
    if (profile->has_second_step) row.facts.push_back(words.Get(word::kAdminPeopleSecond));
    if (profile->seen_at > 0)
      row.facts.push_back(
          words.Format(word::kAdminSessionsSeen, {{"time", TimeOf(frame, profile->seen_at, now)}}));
    rows.push_back(std::move(row));
  }
  FillListed(page, "", rows);
  FormBlock form(page, frame.links.To(kPeople), words.Get(word::kAdminPeopleAdd), "add");
  form.Add({.id = "name",
            .label = words.Get(word::kAdminPeopleName),
            .value = typed.name,
            .error = typed.wrong_name,
            .autocomplete = "off"})
      .Add({.id = "email",
            .label = words.Get(word::kAdminSignInName),
            .value = typed.email,
            .error = typed.wrong_email,
            .autocomplete = "off"});
  AddRole(form, words, typed.role, typed.may_publish);
  form.Button(words.Get(word::kAdminPeopleInvite), "primary");
  return page.Done(alert.empty() ? 200 : 422);
}

Response ShowOne(const Frame& frame, const Viewer& viewer, sql::Tx& tx, const Profile& profile,
                 const ProfileTyped* typed, std::string_view notice, std::string alert,
                 journal::Seconds now) {
  const templates::Words& words = frame.words();
  if (typed) alert = typed->First();
  Page page(frame, viewer, templates::tpl::kAdminForms, profile.name, kPeople, !alert.empty());
  if (!notice.empty()) page.Notice(notice);
  if (!alert.empty()) page.Alert(alert);
  page.view().Show(key::kBack, key::kBackUrl, frame.links.To(kPeople));
  page.view().Set(key::kBackLabel, words.Get(word::kAdminPeople));
  const std::string here = PathOf(profile.id);
  const bool signs_in = profile.role != Role::kNone;
  if (signs_in && !profile.has_password) {
    FormBlock invitation(page, frame.links.To(here + "/invite"),
                         words.Get(word::kAdminPeopleInvitation), "invitation");
    invitation.Text(words.Get(word::kAdminPeopleInvitationHelp))
        .Add({.kind = AskedField::Kind::kReadOnly,
              .id = "link",
              .label = words.Get(word::kAdminPeopleLink),
              .value =
                  frame.links
                      .Full("/admin/recover/" +
                            journal::PasswordLink(tx, journal::LinkKind::kInvite, profile.id, now))
                      .str(),
              .autocomplete = "off"});
    if (frame.site.settings.MailIsSet() && !profile.email.empty())
      invitation.Button(words.Get(word::kAdminPeopleMail), "primary");
  }
  FormBlock role(page, frame.links.To(here + "/role"), words.Get(word::kAdminRole), "change-role");
  AddRole(role, words, signs_in ? profile.role : Role::kAuthor, profile.may_publish);
  role.Button(words.Get(signs_in ? word::kAdminRoleSave : word::kAdminPeopleBack));
  // One's own is changed where the password is asked for.
  const bool own = profile.id == viewer.person.id;
  if (own)
    FillListed(page, "", {{words.Get(word::kAdminAccountTitle), frame.links.To(kAccount), {}, ""}});
  ProfileTyped as_it_is;
  as_it_is.profile = profile;
  if (!own) FillProfile(page, frame.links.To(here), typed ? *typed : as_it_is, false);
  if (profile.has_second_step && !own)
    FormBlock(page, frame.links.To(here + "/codes"), words.Get(word::kAdminSecond), "second")
        .Text(words.Get(word::kAdminPeopleSecondHelp))
        .Button(words.Get(word::kAdminSecondTurnOff), "danger");
  if (signs_in)
    FormBlock(page, frame.links.To(here + "/remove"), words.Get(word::kAdminPeopleRemove), "remove")
        .Text(profile.entries > 0 ? words.Plural(word::kAdminPeopleStay, profile.entries) : "")
        .Text(profile.drafts > 0 ? words.Plural(word::kAdminPeopleDrafts, profile.drafts) : "")
        .Text(words.Get(word::kAdminPeopleRemoveHelp))
        .Button(words.Get(word::kAdminPeopleRemove), "danger");
  return page.Done(alert.empty() ? 200 : 422);
}

Profile Found(Visit& visit) {
  auto profile = journal::ProfileOf(visit.context.tx, visit.context.captures.Int("id"));
  if (!profile) throw HttpError(404);
  return *std::move(profile);
}

// One write, and back to the person's page with what came of it.
template <typename F>
Response Change(Visit& visit, F&& f) {
  const journal::Id id = Found(visit).id;
  visit.context.act = [frame = FrameOf(visit.context), id, who = visit.person().id,
                       now = visit.context.now, f = std::forward<F>(f)](sql::Db& db) {
    const std::string done = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) -> std::string {
      return f(tx, frame, id, who, now);
    });
    return fcgi::Redirect(303, frame.links.To(PathOf(id), "?done=" + done).view());
  };
  return {};
}

std::string SetRole(sql::Tx& tx, journal::Id id, Role role, bool may_publish, journal::Id who,
                    journal::Seconds now) {
  switch (journal::ChangeRole(tx, id, role, may_publish, who, now)) {
    case journal::RoleChange::kLastOwner:
      return "last";
    case journal::RoleChange::kGone:
      throw HttpError(404);
    case journal::RoleChange::kChanged:
    case journal::RoleChange::kSame:
      break;
  }
  return role == Role::kNone ? "removed" : "role";
}

}  // namespace

Response PeoplePage(Visit& visit) {
  return ShowAll(FrameOf(visit.context), visit.viewer, visit.context.tx, {}, visit.context.now);
}

Response PeoplePost(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const fcgi::Form form = ReadForm(context.request, kFields);
  Typed typed;
  typed.name = form["name"];
  typed.email = form["email"];
  typed.role = RoleNamed(form["role"]).value_or(Role::kAuthor);
  typed.may_publish = form.Has("publish");
  const auto email = text::ParseEmail(typed.email);
  const std::size_t length = text::CountCodePoints(typed.name);
  if (typed.name.find_first_not_of(" \t\r\n") == std::string::npos)
    typed.wrong_name = words.Get(word::kAdminPeopleNoName);
  else if (length > kNameMax)
    typed.wrong_name = words.Format(
        word::kErrLong,
        {{"n", words.Number(static_cast<std::int64_t>(length))}, {"max", words.Number(kNameMax)}});
  if (!email) typed.wrong_email = words.Get(word::kErrEmail);
  if (!typed.wrong_name.empty() || !typed.wrong_email.empty())
    return ShowAll(frame, visit.viewer, context.tx, typed, context.now);
  context.act = [frame, viewer = visit.viewer, typed, email = email->str(),
                 now = context.now](sql::Db& db) mutable {
    // A new author is in no page before the first entry, but the frame asks how many there are.
    const journal::Id id = db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      return journal::AddPerson(tx, typed.name, email, typed.role, typed.may_publish,
                                viewer.person.id, now);
    });
    if (id != 0) return fcgi::Redirect(303, frame.links.To(PathOf(id), "?done=added").view());
    typed.wrong_email = frame.words().Get(word::kAdminPeopleEmailTaken);
    return db.Read([&](sql::Tx& tx) { return ShowAll(frame, viewer, tx, typed, now); });
  };
  return {};
}

Response PersonPage(Visit& visit) {
  const Frame frame = FrameOf(visit.context);
  const templates::Words& words = frame.words();
  const std::string done = visit.context.request.Param("done").value_or("");
  constexpr std::pair<std::string_view, templates::WordKey> kDone[] = {
      {"added", word::kAdminPeopleAdded},   {"saved", word::kAdminAccountSaved},
      {"role", word::kAdminRoleSaved},      {"removed", word::kAdminPeopleRemoved},
      {"mailed", word::kAdminPeopleMailed}, {"off", word::kAdminSecondOff}};
  std::string notice;
  for (const auto& [name, text] : kDone)
    if (done == name) notice = words.Get(text);
  const std::string alert = done == "last"     ? words.Get(word::kAdminPeopleLast)
                            : done == "unsent" ? words.Get(word::kAdminPeopleUnsent)
                                               : "";
  return ShowOne(frame, visit.viewer, visit.context.tx, Found(visit), nullptr, notice, alert,
                 visit.context.now);
}

Response PersonPost(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const Profile old = Found(visit);
  if (old.id == visit.person().id) return fcgi::Redirect(303, frame.links.To(kAccount).view());
  const fcgi::Form form = ReadForm(context.request, kProfileFields);
  ProfileTyped typed = ReadProfile(frame.words(), form, old);
  if (!typed.First().empty())
    return ShowOne(frame, visit.viewer, context.tx, old, &typed, "", "", context.now);
  context.act = [frame, viewer = visit.viewer, old, typed, now = context.now](sql::Db& db) mutable {
    const auto change = db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      return journal::ChangeProfile(tx, typed.profile, viewer.person.id, now);
    });
    if (change == journal::ProfileChange::kGone) throw HttpError(404);
    Refused(typed, change, frame.words());
    if (typed.First().empty())
      return fcgi::Redirect(303, frame.links.To(PathOf(old.id), "?done=saved").view());
    return db.Read(
        [&](sql::Tx& tx) { return ShowOne(frame, viewer, tx, old, &typed, "", "", now); });
  };
  return {};
}

Response PersonRolePost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  const auto role = RoleNamed(form["role"]);
  if (!role) throw HttpError(400, "role");
  return Change(
      visit, [role = *role, publish = form.Has("publish")](
                 sql::Tx& tx, const Frame&, journal::Id id, journal::Id who, journal::Seconds now) {
        return SetRole(tx, id, role, publish, who, now);
      });
}

Response PersonRemovePost(Visit& visit) {
  return Change(
      visit, [](sql::Tx& tx, const Frame&, journal::Id id, journal::Id who, journal::Seconds now) {
        return SetRole(tx, id, Role::kNone, false, who, now);
      });
}

Response PersonInvitePost(Visit& visit) {
  return Change(visit,
                [](sql::Tx& tx, const Frame& frame, journal::Id id, journal::Id who,
                   journal::Seconds now) -> std::string {
                  const auto profile = journal::ProfileOf(tx, id);
                  if (!profile || profile->has_password || profile->role == Role::kNone) return "";
                  const std::string pages = frame.links.Full("/admin/recover/").str();
                  if (!journal::MailInvitation(tx, frame.site.settings, id, pages, now))
                    return "unsent";
                  journal::Log(tx, who, "person.invite", profile->name, now);
                  return "mailed";
                });
}

Response PersonCodesPost(Visit& visit) {
  if (Found(visit).id == visit.person().id)
    return fcgi::Redirect(303, visit.context.links.To(kAccount).view());
  return Change(visit,
                [](sql::Tx& tx, const Frame&, journal::Id id, journal::Id who,
                   journal::Seconds now) -> std::string {
                  const auto person = journal::PersonById(tx, id);
                  if (person && journal::TurnSecondStepOff(tx, id))
                    journal::Log(tx, who, "second.off", person->name, now);
                  return "off";
                });
}

}  // namespace daybook::handlers::admin
