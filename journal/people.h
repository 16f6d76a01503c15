// The journal's own people: their profiles and roles, and the links by which somebody chooses a
// password. Signing in is account.h, the second step second.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/account.h"

namespace daybook::journal {

struct Profile {
  Id id = 0;
  std::string name, slug, email, url, about;
  Role role = Role::kNone;
  bool may_publish = false;
  bool has_password = false, has_second_step = false;
  std::int64_t entries = 0, drafts = 0;  // not in the trash; drafts are among them
  Seconds seen_at = 0;                   // of the newest session; 0: none
};
[[nodiscard]] std::optional<Profile> ProfileOf(sql::Tx& tx, Id id);

enum class ProfileChange { kChanged, kSame, kEmailTaken, kSlugTaken, kGone };
// Everything but role and password; values are checked already. An old slug's page leads to the new
// one. A public change, as readers see names.
[[nodiscard]] ProfileChange ChangeProfile(sql::Tx& tx, const Profile& profile, Id who, Seconds now);

// A new person who has no password yet: InviteToken lets them choose one. 0: the address is taken.
[[nodiscard]] Id AddPerson(sql::Tx& tx, std::string_view name, std::string_view email, Role role,
                           bool may_publish, Id who, Seconds now);

enum class RoleChange { kChanged, kSame, kLastOwner, kGone };
// kNone: may not sign in any more; sessions end. What they wrote stays as it is, under their name.
[[nodiscard]] RoleChange ChangeRole(sql::Tx& tx, Id id, Role role, bool may_publish, Id who,
                                    Seconds now);

// argon2id string of somebody who may sign in; it is what proofs of other kinds are bound to.
[[nodiscard]] std::optional<std::string> PasswordOf(sql::Tx& tx, Id id);
// A new password: whoever was signed in is so no more, but for `but`. `action`: for the log.
void ChangePassword(sql::Tx& tx, Id id, std::string_view hash, std::string_view but,
                    std::string_view action, Id who, Seconds now);

// --- links to a new password, each good once: it dies with the password that it replaces

enum class LinkKind {
  kRecover,  // an hour
  kInvite,   // a week, for somebody who never had a password
};
[[nodiscard]] std::string PasswordLink(sql::Tx& tx, LinkKind kind, Id id, Seconds now);
// Whose it is; nothing where it is not ours, too old, or used.
[[nodiscard]] std::optional<Person> ReadPasswordLink(sql::Tx& tx, std::string_view token,
                                                     Seconds now);

// Mails such a link to whoever the name belongs to, if anybody; nobody is told which.
// `address`: where the pages of such links are, absolute, ending in '/'. In a private write
// transaction.
void MailRecovery(sql::Tx& tx, const Settings& settings, std::string_view name,
                  std::string_view address, std::string_view network, Seconds now);
// False where no mail can leave.
[[nodiscard]] bool MailInvitation(sql::Tx& tx, const Settings& settings, Id id,
                                  std::string_view address, Seconds now);

}  // namespace daybook::journal
