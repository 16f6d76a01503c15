// People in the table `author`.
#include "journal/people.h"

#include <algorithm>
#include <charconv>

#include "journal/audit.h"
#include "journal/edit.h"
#include "journal/edit_common.h"
#include "journal/mail.h"
#include "journal/second.h"
#include "journal/sign.h"
#include "sql/queries/account.h"
#include "sql/queries/people.h"
#include "text/email.h"
#include "text/html_clean.h"
#include "text/slug.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr Seconds kRecoverLife = 3600, kInviteLife = Seconds{7} * 86400;

// What a link is made of beside the moment: it fits no longer when one of these has changed.
std::string LinkText(std::string_view id, std::string_view password, std::string_view email) {
  return std::string(id) + "\n" + std::string(password) + "\n" + std::string(email);
}

std::string_view PurposeOf(LinkKind kind) {
  return kind == LinkKind::kInvite ? "invite" : "recover";
}

bool CanSignIn(const Person& person) { return person.role != Role::kNone; }

}  // namespace

std::optional<Profile> ProfileOf(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kPersonProfile, id);
  if (!rows.Step()) return std::nullopt;
  Profile profile;
  profile.id = id;
  profile.name = rows.String(0);
  profile.slug = rows.String(1);
  profile.email = rows.String(2);
  profile.url = rows.String(3);
  profile.about = rows.String(4);
  profile.role = rows.As<Role>(5);
  profile.may_publish = rows.Bool(6);
  profile.has_password = rows.Bool(7);
  profile.has_second_step = rows.Bool(8);
  profile.entries = rows.Int(9);
  profile.drafts = rows.Int(10);
  profile.seen_at = rows.OptionalInt(11).value_or(0);
  return profile;
}

ProfileChange ChangeProfile(sql::Tx& tx, const Profile& profile, Id who, Seconds now) {
  const auto old = ProfileOf(tx, profile.id);
  if (!old) return ProfileChange::kGone;
  const std::string url = CleanAddress(profile.url), about = CleanText(profile.about);
  const std::string slug = profile.slug.empty() ? old->slug : profile.slug;
  if (old->name == profile.name && old->slug == slug && old->email == profile.email &&
      old->url == url && old->about == about)
    return ProfileChange::kSame;
  if (const auto taken =
          tx.Int(query::kPersonTaken, profile.id, text::AsciiLower(profile.email), slug))
    return *taken == 1 ? ProfileChange::kEmailTaken : ProfileChange::kSlugTaken;
  tx.Exec(query::kPersonChange, profile.id, profile.name, slug, profile.email, url, about);
  if (slug != old->slug) AddRedirect(tx, "/author/" + old->slug, "/author/" + slug);
  Log(tx, who, "profile", profile.name, now);
  if (old->email != profile.email) Log(tx, who, "profile.email", profile.name, now);
  return ProfileChange::kChanged;
}

Id AddPerson(sql::Tx& tx, std::string_view name, std::string_view email, Role role,
             bool may_publish, Id who, Seconds now) {
  const std::vector<Person> people = People(tx);
  const std::string lower = text::AsciiLower(email);
  const auto has = [&](const auto& fits) {
    return std::any_of(people.begin(), people.end(), fits);
  };
  if (has([&](const Person& person) { return text::AsciiLower(person.email) == lower; })) return 0;
  AuthorDraft draft;
  draft.name = name;
  draft.email = email;
  draft.role = static_cast<int>(role);
  draft.may_publish = may_publish;
  // A name that is taken, be it by somebody imported, stays theirs.
  const text::Slug made = text::MakeSlug(name);
  const text::Slug first = made.empty() ? text::MakeSlug("author") : made;
  text::Slug slug = first;
  for (unsigned n = 2; has([&](const Person& person) { return person.slug == slug.view(); }); ++n)
    slug = text::WithSuffix(first, n);
  draft.slug = slug.str();
  const Id id = UpsertAuthor(tx, draft, now);
  Log(tx, who, "person.add", draft.name, now);
  return id;
}

RoleChange ChangeRole(sql::Tx& tx, Id id, Role role, bool may_publish, Id who, Seconds now) {
  const auto person = PersonById(tx, id);
  if (!person) return RoleChange::kGone;
  if (person->role == role && person->may_publish == may_publish) return RoleChange::kSame;
  if (person->IsOwner() && role != Role::kOwner && tx.Int(query::kOwnerCount).value_or(0) <= 1)
    return RoleChange::kLastOwner;
  tx.Exec(query::kPersonRole, id, role, may_publish);
  if (role == Role::kNone) EndSessions(tx, id);
  constexpr std::string_view kActions[] = {"role.author", "role.editor", "role.owner", "role.none"};
  Log(tx, who, kActions[static_cast<int>(role)], person->name, now);
  return RoleChange::kChanged;
}

std::optional<std::string> PasswordOf(sql::Tx& tx, Id id) {
  const auto person = PersonById(tx, id);
  if (!person || !CanSignIn(*person)) return std::nullopt;
  return tx.Text(query::kPersonProof, id);
}

void ChangePassword(sql::Tx& tx, Id id, std::string_view hash, std::string_view but,
                    std::string_view action, Id who, Seconds now) {
  SetPassword(tx, id, hash);
  EndSessions(tx, id, but);
  const auto person = PersonById(tx, id);
  Log(tx, who, action, person ? person->name : "", now);
}

std::string PasswordLink(sql::Tx& tx, LinkKind kind, Id id, Seconds now) {
  sql::Rows rows = tx.Query(query::kPersonProof, id);
  if (!rows.Step()) return "";
  const std::string number = std::to_string(id);
  return std::string(1, PurposeOf(kind)[0]) + number + "." +
         WriteToken(SignerOf(tx), PurposeOf(kind), LinkText(number, rows.Text(0), rows.Text(1)),
                    now);
}

std::optional<Person> ReadPasswordLink(sql::Tx& tx, std::string_view token, Seconds now) {
  const LinkKind kind = token.starts_with('i') ? LinkKind::kInvite : LinkKind::kRecover;
  const std::size_t dot = token.find('.');
  if (dot == std::string_view::npos || !token.starts_with(PurposeOf(kind)[0])) return std::nullopt;
  const std::string_view number = token.substr(1, dot - 1);
  Id id = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
  if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
  std::string text;
  {
    sql::Rows rows = tx.Query(query::kPersonProof, id);
    if (!rows.Step() || (kind == LinkKind::kInvite && !rows.Text(0).empty())) return std::nullopt;
    text = LinkText(number, rows.Text(0), rows.Text(1));
  }
  const Seconds life = kind == LinkKind::kInvite ? kInviteLife : kRecoverLife;
  if (CheckToken(SignerOf(tx), PurposeOf(kind), text, token.substr(dot + 1), now, life) !=
      TokenState::kGood)
    return std::nullopt;
  auto person = PersonById(tx, id);
  return person && CanSignIn(*person) ? person : std::nullopt;
}

void MailRecovery(sql::Tx& tx, const Settings& settings, std::string_view name,
                  std::string_view address, std::string_view network, Seconds now) {
  const auto account = AccountNamed(tx, name);
  const auto to = account ? text::ParseEmail(account->person.email) : std::nullopt;
  if (!to) return;
  NewMail mail;
  mail.kind = MailTemplate::kRecover;
  mail.to = *to;
  mail.fields = {{"link", std::string(address) +
                              PasswordLink(tx, LinkKind::kRecover, account->person.id, now)}};
  mail.network = network.empty() ? "unknown" : network;
  // Over the budget, off, suppressed: the page says the same.
  static_cast<void>(EnqueueMail(tx, settings, mail, now));
}

bool MailInvitation(sql::Tx& tx, const Settings& settings, Id id, std::string_view address,
                    Seconds now) {
  const auto person = PersonById(tx, id);
  const auto to = person ? text::ParseEmail(person->email) : std::nullopt;
  if (!to) return false;
  NewMail mail;
  mail.kind = MailTemplate::kInvite;
  mail.to = *to;
  mail.fields = {{"name", person->name},
                 {"link", std::string(address) + PasswordLink(tx, LinkKind::kInvite, id, now)}};
  return EnqueueMail(tx, settings, mail, now) == MailTaken::kQueued;
}

}  // namespace daybook::journal
