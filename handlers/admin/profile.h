// The form of what somebody is called: on one's own page and on that of somebody else.
#pragma once

#include <string>

#include "fcgi/form.h"
#include "handlers/admin/forms.h"
#include "journal/people.h"

namespace daybook::handlers::admin {

inline constexpr std::size_t kNameMax = 100, kAboutMax = 5000;
inline constexpr fcgi::FormField kProfileFields[] = {{"name", 400},        {"slug", 200},
                                                     {"email", 254},       {"url", 2000},
                                                     {"about", kAboutMax}, {"password", 1000}};

struct ProfileTyped {
  journal::Profile profile;  // as typed, brought into its one form where that could be done
  std::string wrong_name, wrong_slug, wrong_email, wrong_url, wrong_about, wrong_password;
  [[nodiscard]] std::string First() const;  // the first of them; empty: nothing is wrong
};
ProfileTyped ReadProfile(const templates::Words& words, const fcgi::Form& form,
                         const journal::Profile& old);
// What ChangeProfile refused, said beside its field.
void Refused(ProfileTyped& typed, journal::ProfileChange change, const templates::Words& words);
void FillProfile(Page& page, const text::SafeUrl& url, const ProfileTyped& typed, bool own);

}  // namespace daybook::handlers::admin
