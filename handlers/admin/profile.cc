// See profile.h.
#include "handlers/admin/profile.h"

#include "journal/edit_common.h"
#include "templates/admin_keys.h"
#include "text/email.h"
#include "text/slug.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace word = templates::word;
using journal::ProfileChange;

std::string ProfileTyped::First() const {
  for (const std::string* wrong :
       {&wrong_name, &wrong_slug, &wrong_email, &wrong_url, &wrong_about, &wrong_password})
    if (!wrong->empty()) return *wrong;
  return "";
}

ProfileTyped ReadProfile(const templates::Words& words, const fcgi::Form& form,
                         const journal::Profile& old) {
  ProfileTyped typed;
  typed.profile = old;
  journal::Profile& profile = typed.profile;
  profile.name = journal::CleanLine(form["name"]);
  profile.slug = form["slug"];
  profile.email = journal::CleanLine(form["email"]);
  profile.url = journal::CleanLine(form["url"]);
  profile.about = form["about"];
  const auto long_text = [&](std::size_t n, std::size_t max) {
    return words.Format(word::kErrLong, {{"n", words.Number(static_cast<std::int64_t>(n))},
                                         {"max", words.Number(static_cast<std::int64_t>(max))}});
  };
  const std::size_t length = text::CountCodePoints(profile.name);
  if (profile.name.empty()) typed.wrong_name = words.Get(word::kAdminPeopleNoName);
  if (length > kNameMax) typed.wrong_name = long_text(length, kNameMax);
  if (!profile.slug.empty()) {
    const text::Slug slug = text::MakeSlug(profile.slug);
    if (slug.empty())
      typed.wrong_slug = words.Get(word::kAdminErrSlug);
    else
      profile.slug = slug.str();
  } else {
    profile.slug = old.slug;
  }
  if (const auto email = text::ParseEmail(profile.email))
    profile.email = email->str();
  else if (!profile.email.empty() || !old.email.empty())
    typed.wrong_email = words.Get(word::kErrEmail);
  if (!profile.url.empty()) {
    std::string url = profile.url;
    if (url.find("://") == std::string::npos) url = "https://" + url;
    if (const auto checked = text::ParseWebUrl(url))
      profile.url = checked->str();
    else
      typed.wrong_url = words.Get(word::kErrUrl);
  }
  if (form.TooLong("about")) typed.wrong_about = long_text(profile.about.size(), kAboutMax);
  return typed;
}

void Refused(ProfileTyped& typed, ProfileChange change, const templates::Words& words) {
  if (change == ProfileChange::kEmailTaken)
    typed.wrong_email = words.Get(word::kAdminPeopleEmailTaken);
  if (change == ProfileChange::kSlugTaken)
    typed.wrong_slug = words.Get(word::kAdminPeopleSlugTaken);
}

void FillProfile(Page& page, const text::SafeUrl& url, const ProfileTyped& typed, bool own) {
  const templates::Words& words = page.words();
  const journal::Profile& profile = typed.profile;
  FormBlock form(page, url, words.Get(word::kAdminPeopleProfile), "profile");
  form.Add({.id = "name",
            .label = words.Get(word::kAdminPeopleName),
            .value = profile.name,
            .error = typed.wrong_name,
            .autocomplete = own ? "name" : "off"})
      .Add({.id = "email",
            .label = words.Get(word::kAdminSignInName),
            .value = profile.email,
            .help = words.Get(word::kAdminPeopleEmailHelp),
            .error = typed.wrong_email,
            .autocomplete = own ? "email" : "off"})
      .Add({.id = "url",
            .label = words.Get(word::kAdminPeopleUrl),
            .value = profile.url,
            .error = typed.wrong_url,
            .autocomplete = own ? "url" : "off"})
      .Add({.id = "slug",
            .label = words.Get(word::kAdminPeopleSlug),
            .value = profile.slug,
            .help = words.Format(
                word::kAdminFieldSlugNow,
                {{"address", page.frame().links.Full("/author/" + profile.slug).view()}}),
            .error = typed.wrong_slug,
            .autocomplete = "off"})
      .Add({.kind = AskedField::Kind::kArea,
            .id = "about",
            .label = words.Get(word::kAdminPeopleAbout),
            .value = profile.about,
            .help = words.Get(word::kAdminPeopleAboutHelp),
            .error = typed.wrong_about});
  if (!typed.wrong_password.empty())
    form.Add({.kind = AskedField::Kind::kPassword,
              .id = "password",
              .label = words.Get(word::kAdminPasswordOld),
              .error = typed.wrong_password,
              .autocomplete = "current-password"});
  form.Button(words.Get(word::kAdminPeopleSave), own ? "primary" : "");
}

}  // namespace daybook::handlers::admin
