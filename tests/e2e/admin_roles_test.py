#!/usr/bin/env python3
"""Every address of the owner's side with everyone: nobody gets in below the least role of its row, and no POST does without its origin."""
import re
import unittest

from admin_site import OWNER, Person, owner, routes
from journal_site import JournalSite

LEAST = {"Author": 0, "Editor": 1, "Owner": 2}


class Roles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite()
        cls.addClassCleanup(cls.site.stop)
        cls.people = [("nobody", -1, Person(cls.site))]
        for rank, role in enumerate(("author", "editor")):
            cls.site.daybook("user", "--role", role, "--email", f"{role}@example.org", "--password-stdin", "add", f"An {role}",
                             typed="another long password\n")
            person = Person(cls.site)
            assert person.sign_in(f"{role}@example.org", "another long password").status == 303
            cls.people.append((role, rank, person))
        cls.people.append(("owner", 2, owner(cls.site)))

    def test_every_address_is_closed_below_its_role(self):
        walked = 0
        for method, pattern, least in routes():
            if least == "Anyone":
                continue
            address = re.sub(r"\{[a-z]+(:int)?\}", "1", pattern)
            for name, rank, person in self.people:
                if method == "POST" and rank >= LEAST[least]:
                    continue  # it would act; what it then does is its own test's
                answer = person.get(address) if method == "GET" else person.post(address, {"body": "kept"})
                with self.subTest(method=method, address=address, who=name):
                    if rank >= LEAST[least]:
                        self.assertIn(answer.status, (200, 303, 404))
                        self.assertNotIn("/admin/sign-in", answer["Location"] or "")
                    elif rank >= 0:
                        self.assertEqual(answer.status, 403)
                        self.assertIn("Your account does not open this page.", answer.text)
                    elif method == "GET":
                        self.assertEqual(answer.status, 303)
                        self.assertIn("/admin/sign-in", answer["Location"])
                    else:
                        self.assertEqual(answer.status, 403)
                        self.assertIn("kept", answer.page.one("#carried").text)
                    self.assertIn("no-store", answer["Cache-Control"])
                walked += 1
        self.assertGreater(walked, 10)

    def test_no_post_is_taken_from_elsewhere(self):
        person = self.people[-1][2]
        for method, pattern, _ in routes():
            if method != "POST":
                continue
            address = re.sub(r"\{[a-z]+(:int)?\}", "1", pattern)
            for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
                with self.subTest(address=address, headers=headers):
                    stranger = Person(self.site, headers)
                    stranger.cookies = dict(person.cookies)
                    self.assertEqual(stranger.post(address, {}).status, 403)
        self.assertEqual(person.get("/admin").status, 200)

    def test_who_is_removed_or_loses_the_role_is_out_at_once(self):
        self.site.daybook("user", "--role", "editor", "--email", "gone@example.org", "--password-stdin", "add", "Soon Gone",
                          typed="another long password\n")
        person = Person(self.site)
        self.assertEqual(person.sign_in("gone@example.org", "another long password").status, 303)
        self.assertEqual(person.get("/admin/pages").status, 200)
        self.site.daybook("user", "role", "gone@example.org", "author")
        self.assertEqual(person.get("/admin/pages").status, 403)
        self.site.daybook("user", "remove", "gone@example.org")
        self.assertEqual(person.get("/admin/entries").status, 303)
        self.assertEqual(person.sign_in("gone@example.org", "another long password").status, 403)
        self.assertEqual(Person(self.site).sign_in(OWNER[0]).status, 303)


if __name__ == "__main__":
    unittest.main()
