#!/usr/bin/env python3
"""Signing in and out at the owner's side: cookies, throttles, foreign forms, where a log-in leads, what comes along with it."""
import unittest

from admin_site import OWNER, Person, owner
from journal_site import JournalSite


class SignIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite()
        cls.addClassCleanup(cls.site.stop)

    def test_leads_to_where_somebody_wanted_to_go(self):
        person = Person(self.site)
        away = person.get("/admin/entries?show=drafts&q=a%26b")
        self.assertEqual((away.status, away["Location"]), (303, "/admin/sign-in?next=%2Fadmin%2Fentries%3Fshow%3Ddrafts%26q%3Da%2526b"))
        there = person.send(person.get(away["Location"]).page, {"name": OWNER[0], "password": OWNER[1]})
        self.assertEqual((there.status, there["Location"]), (303, "/admin/entries?show=drafts&q=a%26b"))
        self.assertEqual(person.get("/admin").status, 200)

    def test_leads_nowhere_else(self):
        for elsewhere in ("https://evil.example/", "//evil.example", "/admin//evil.example", "/about", "/administrator", "\\\\evil", ""):
            self.assertEqual(Person(self.site).sign_in(next_page=elsewhere)["Location"], "/admin", elsewhere)

    def test_the_cookie_is_for_this_host_alone(self):
        answer = Person(self.site).sign_in()
        cookie = answer["Set-Cookie"]
        self.assertRegex(cookie, r"^__Host-daybook=[0-9a-f]{64}; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax$")
        plain = Person(self.site, {"Host": "journal.example", "Origin": "http://journal.example"}).sign_in()
        self.assertRegex(plain["Set-Cookie"], r"^daybook=[0-9a-f]{64}; Path=/admin; Max-Age=2592000; HttpOnly; SameSite=Lax$")
        proxied = Person(self.site, {"Host": "journal.example", "Origin": "https://journal.example"}).sign_in()
        self.assertIn("__Host-daybook=", proxied["Set-Cookie"])

    def test_what_is_kept_of_a_session_opens_nothing(self):
        person = owner(self.site)
        token = person.cookies["__Host-daybook"]
        database = (self.site.home / "private/journal.db").read_bytes()
        log = self.site.home / "private/journal.db-wal"
        self.assertNotIn(token.encode(), database + (log.read_bytes() if log.exists() else b""))

    def test_a_wrong_password_keeps_the_name_and_says_so(self):
        person = Person(self.site)
        for name, password in ((OWNER[0], "not the password"), ("nobody@example.org", OWNER[1]), ("", "")):
            answer = person.sign_in(name, password)
            page = answer.page
            self.assertEqual((answer.status, person.cookies), (403, {}))
            self.assertEqual(page.one("#name")["value"], name)
            self.assertTrue(page.one("title").words.startswith("Error:"))
            self.assertEqual(page.one("#sign-in-error").words,
                             "This address and this password do not belong together. Type both again.")
            self.assertNotIn("value", page.one("#password").attributes)

    def test_pages_are_nobody_else_s_business(self):
        person = owner(self.site)
        for path in ("/admin", "/admin/entries", "/admin/sign-in"):
            answer = person.get(path)
            self.assertEqual(answer["Cache-Control"], "private, no-store")
            self.assertEqual(answer["X-Frame-Options"], "DENY")
            self.assertIsNone(answer["ETag"])
            if answer.status != 200:
                continue
            self.assertIn("frame-ancestors 'none'", answer["Content-Security-Policy"])
            self.assertNotIn("unsafe", answer["Content-Security-Policy"])
            self.assertEqual(answer["Referrer-Policy"], "same-origin")
            self.assertIn("noindex", answer["X-Robots-Tag"])

    def test_signing_out_ends_the_session(self):
        person = owner(self.site)
        kept = dict(person.cookies)
        page = person.get("/admin").page
        self.assertEqual(person.send(page, form=page.one("footer").one("form")).status, 303)
        self.assertEqual(person.cookies, {})
        person.cookies = kept
        self.assertEqual(person.get("/admin").status, 303)

    def test_a_form_of_another_site_does_nothing(self):
        person = owner(self.site)
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
                        {"Origin": "null"}, {}):
            person.headers = headers
            self.assertEqual(person.post("/admin/sign-out", {}).status, 403, headers)
            self.assertEqual(Person(self.site, headers).post("/admin/sign-in", {"name": OWNER[0], "password": OWNER[1]}).status, 403)
        self.assertEqual(person.get("/admin").status, 200)


class Throttle(unittest.TestCase):
    def setUp(self):
        self.site = JournalSite()
        self.addCleanup(self.site.stop)

    def test_an_account_takes_so_many_tries_and_then_none_right_or_wrong(self):
        person = owner(self.site)
        answers = [Person(self.site).sign_in(password=f"guess {i}").status for i in range(16)]
        self.assertEqual(answers, [403] * 15 + [429])
        right = Person(self.site).sign_in()
        self.assertEqual(right.status, 429)
        self.assertGreater(int(right["Retry-After"]), 0)
        self.assertRegex(right.page.one(".alert").words, r"Sign in again after .+\.")
        self.assertEqual(person.get("/admin").status, 200)  # who is in stays in

    def test_a_network_takes_so_many_whatever_the_name(self):
        answers = [Person(self.site).sign_in(name=f"{i}@example.org").status for i in range(21)]
        self.assertEqual(answers, [403] * 20 + [429])
        self.assertEqual(Person(self.site).sign_in().status, 429)

    def test_the_right_password_costs_nothing(self):
        self.assertEqual([Person(self.site).sign_in().status for _ in range(25)], [303] * 25)


class Mounted(unittest.TestCase):
    def test_below_a_folder_and_under_cgi(self):
        with JournalSite(server="apache", mode="cgi", prefix="/blog") as site:
            person = Person(site)
            away = person.get("/admin")
            self.assertEqual(away["Location"], "/blog/admin/sign-in")
            there = person.sign_in()
            self.assertEqual((there.status, there["Location"]), (303, "/blog/admin"))
            self.assertRegex(there["Set-Cookie"], r"^__Host-daybook-[0-9a-z]+=")
            self.assertIn("Signed in as Ada Owner.", person.get("/admin").page.one("footer").words)


if __name__ == "__main__":
    unittest.main()
