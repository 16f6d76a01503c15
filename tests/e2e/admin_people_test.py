#!/usr/bin/env python3
"""Who signs in and how: the second step, forgotten passwords, sessions, people and their roles, the log; and what attackers try."""
import base64
import email
import email.policy
import hashlib
import hmac
import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import time
import unittest

from admin_site import OWNER, Person, owner
from journal_site import JournalSite, entry, until
import mail_peer

PASSWORD, OTHER = OWNER[1], "another long password"


def totp(secret, at=None, shift=0):
    """RFC 6238, written here anew."""
    step = int((time.time() if at is None else at) // 30) + shift
    digest = hmac.new(base64.b32decode(secret.replace(" ", "")), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff) % 1000000:06}"


class Site(unittest.TestCase):
    options = {}

    def setUp(self):
        self.site = JournalSite(**self.options)
        self.addCleanup(self.site.stop)
        self.person = owner(self.site)

    def database(self, question, *values):
        with sqlite3.connect(f"file:{self.site.home}/private/journal.db?mode=ro", uri=True) as database:
            return database.execute(question, values).fetchall()

    def form(self, page, ending):
        found = [f for f in page.all("form") if f["action"].endswith(ending)]
        self.assertEqual(len(found), 1, [f["action"] for f in page.all("form")])
        return found[0]

    def press(self, person, path, ending, values=None, button=None):
        page = person.get(path).page
        return person.send(page, values or {}, button, self.form(page, ending))

    def add(self, role, email, name="Ed", *more):
        self.site.daybook("user", "--role", role, "--email", email, "--password-stdin", *more, "add", name, typed=OTHER + "\n")
        person = Person(self.site)
        self.assertEqual(person.sign_in(email, OTHER).status, 303)
        return person

    def turn_on(self):
        """The second step for the owner; gives its secret and the recovery codes."""
        page = self.person.get("/admin/account/codes").page
        self.assertRegex(page.one("#secret")["value"], r"^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$")
        secret = page.one("#secret")["value"].replace(" ", "")
        self.assertIn("otpauth://totp/A%20journal%3Aada%40example.org?secret=" + secret, page.one("#address")["value"])
        answer = self.person.send(page, {"code": totp(secret, shift=-1), "password": PASSWORD}, ("act", "on"), self.form(page, "/codes"))
        self.assertEqual(answer.status, 200, answer.text)
        codes = [li.words for li in answer.page.one(".codes").all("li")]
        self.assertEqual(len(set(codes)), 10)
        return secret, codes

    def second(self, code, name=OWNER[0], password=PASSWORD):
        """Through both steps; gives who came and the answer to the second."""
        person = Person(self.site)
        asked = person.sign_in(name, password)
        self.assertEqual((asked.status, person.cookies), (200, {}), asked.text)
        return person, person.send(asked.page, {"code": code})


class SecondStep(Site):
    def test_a_code_is_asked_for_and_is_good_once(self):
        secret, _ = self.turn_on()
        code = totp(secret)
        person, answer = self.second(code)
        self.assertEqual(answer.status, 303)
        self.assertEqual(person.get("/admin").status, 200)
        again, answer = self.second(code)
        self.assertEqual((answer.status, again.cookies), (403, {}))
        self.assertIn("was used already", answer.page.one("#sign-in-error").words)
        # nor an older one, within its time
        again, answer = self.second(totp(secret, shift=-1))
        self.assertEqual((answer.status, again.cookies), (403, {}))

    def test_the_code_that_turned_it_on_opens_nothing(self):
        page = self.person.get("/admin/account/codes").page
        secret = page.one("#secret")["value"]
        code = totp(secret)
        self.assertEqual(self.person.send(page, {"code": code, "password": PASSWORD}, ("act", "on"), self.form(page, "/codes")).status, 200)
        self.assertEqual(self.second(code)[1].status, 403)

    def test_a_camera_reads_the_key(self):
        page = self.person.get("/admin/account/codes").page
        drawing = page.one("svg.qr")
        self.assertEqual(drawing["aria-label"], "The key as a QR code")
        side = int(drawing["viewbox"].split()[-1])
        dark = [["0"] * side for _ in range(side)]
        for x, y, n in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawing.all("path")[-1]["d"]):
            dark[int(y)][int(x):int(x) + int(n)] = ["1"] * int(n)
        if not shutil.which("zbarimg"):
            self.skipTest("zbarimg is not installed")
        with tempfile.NamedTemporaryFile(suffix=".pbm") as picture:
            rows = "".join("".join(c * 4 for c in row) + "\n" for row in dark for _ in range(4))
            picture.write(f"P1\n{4 * side} {4 * side}\n{rows}".encode())
            picture.flush()
            read = subprocess.run(["zbarimg", "--quiet", "--raw", picture.name], capture_output=True, text=True, check=True).stdout
        self.assertEqual(read.strip(), page.one("#address")["value"])

    def test_recovery_codes_are_good_once_each_and_not_stored(self):
        _, codes = self.turn_on()
        stored = (self.site.home / "private/journal.db").read_bytes() + (self.site.home / "private/journal.db-wal").read_bytes()
        for code in codes:
            self.assertNotIn(code.encode(), stored)
            self.assertNotIn(code.replace("-", "").upper().encode(), stored)
        self.assertEqual(self.second(codes[0].upper().replace("-", " "))[1].status, 303)
        self.assertEqual(self.second(codes[0])[1].status, 403)
        self.assertIn("9 recovery codes are left.", self.person.get("/admin/account").text)
        page = self.person.get("/admin/account/codes").page
        new = self.person.send(page, {"password": PASSWORD}, ("act", "anew"), self.form(page, "/codes"))
        self.assertEqual(new.status, 200)
        self.assertEqual(self.second(codes[1])[1].status, 403)
        self.assertEqual(self.second(new.page.one(".codes").first("li").words)[1].status, 303)

    def test_codes_are_throttled_right_or_wrong(self):
        secret, codes = self.turn_on()
        answers = [self.second(f"{n:06}")[1].status for n in range(9)]
        self.assertEqual(answers, [403] * 8 + [429])
        self.assertEqual(self.second(totp(secret))[1].status, 429)
        self.assertEqual(self.second(codes[0])[1].status, 429)
        self.assertEqual(self.person.get("/admin").status, 200)

    def test_the_first_step_cannot_be_forged_or_kept(self):
        secret, _ = self.turn_on()
        person = Person(self.site)
        page = person.sign_in().page
        pending = next(i["value"] for i in page.all("input") if i.get("name") == "pending")
        for wrong in ("1", "1.", "1.1.x", "1." + str(int(time.time())) + "." + "0" * 32, pending[:-1] + ("0" if pending[-1] != "0" else "1"),
                      "2" + pending[1:], re.sub(r"\.\d+\.", lambda m: f".{int(m[0][1:-1]) + 60}.", pending)):
            answer = person.post("/admin/sign-in", {"pending": wrong, "code": totp(secret)})
            self.assertEqual((answer.status, person.cookies), (403, {}), wrong)
        self.press(self.person, "/admin/account", "/password", {"password": PASSWORD, "new-password": OTHER})
        answer = person.post("/admin/sign-in", {"pending": pending, "code": totp(secret)})
        self.assertEqual((answer.status, person.cookies), (403, {}))

    def test_what_was_sent_without_a_session_travels_through_both_steps(self):
        secret, _ = self.turn_on()
        page = self.person.get("/admin/write").page
        self.person.cookies = {}
        lost = self.person.send(page, {"title": "Kept", "body": "Every word"}, ("action", "draft"), page.one("#write"))
        self.assertEqual(lost.status, 403)
        asked = self.person.send(lost.page, {"name": OWNER[0], "password": PASSWORD})
        self.assertEqual(asked.page.one("#carried").text.strip(), "Every word")
        wrong = self.person.send(asked.page, {"code": "000000"})
        self.assertEqual(wrong.page.one("#carried").text.strip(), "Every word")
        done = self.person.send(wrong.page, {"code": totp(secret)})
        self.assertEqual(done.status, 303, done.text)
        self.assertEqual(self.database("select title, body from entry"), [("Kept", "Every word")])

    def test_turning_it_on_or_off_needs_the_password(self):
        page = self.person.get("/admin/account/codes").page
        secret = page.one("#secret")["value"]
        for values in ({"code": totp(secret), "password": "wrong password"}, {"code": "12345", "password": PASSWORD}):
            answer = self.person.send(page, values, ("act", "on"), self.form(page, "/codes"))
            self.assertEqual(answer.status, 422)
            self.assertEqual(answer.page.one("#secret")["value"], secret)
        self.assertEqual(self.database("select totp_secret from author where id = 1"), [("",)])
        self.turn_on()
        page = self.person.get("/admin/account/codes").page
        self.assertEqual(self.person.send(page, {"password": "wrong"}, ("act", "off"), self.form(page, "/codes")).status, 422)
        self.assertEqual(self.person.send(page, {"password": PASSWORD}, ("act", "off"), self.form(page, "/codes")).status, 303)
        self.assertEqual(Person(self.site).sign_in().status, 303)
        self.assertEqual(self.database("select * from recovery_code"), [])

    def test_a_secret_that_is_none_of_ours_is_not_taken(self):
        page = self.person.get("/admin/account/codes").page
        weak = "A" * 8
        answer = self.person.send(page, {"secret": weak, "code": totp(weak), "password": PASSWORD}, ("act", "on"), self.form(page, "/codes"))
        self.assertEqual(answer.status, 422)
        self.assertEqual(Person(self.site).sign_in().status, 303)

    def test_a_shell_turns_it_off(self):
        self.turn_on()
        listed = json.loads(self.site.daybook("user", "--json", "list"))
        self.assertTrue(listed[0]["codes"])
        self.assertIn("codes from an app", self.site.daybook("user", "list"))
        self.site.daybook("user", "codes-off", "ada@example.org")
        self.assertEqual(Person(self.site).sign_in().status, 303)


class Account(Site):
    def test_a_new_password_needs_the_old_one_and_ends_other_sessions(self):
        other = owner(self.site)
        for values, field in (({"password": "wrong password", "new-password": OTHER}, "#password-error"),
                              ({"password": PASSWORD, "new-password": "short"}, "#new-password-error")):
            answer = self.press(self.person, "/admin/account", "/password", values)
            self.assertEqual(answer.status, 422)
            self.assertTrue(answer.page.one(field).words)
        self.assertEqual(other.get("/admin").status, 200)
        self.assertEqual(self.press(self.person, "/admin/account", "/password", {"password": PASSWORD, "new-password": OTHER}).status, 303)
        self.assertEqual((self.person.get("/admin").status, other.get("/admin").status), (200, 303))
        self.assertEqual(Person(self.site).sign_in().status, 403)
        self.assertEqual(Person(self.site).sign_in(password=OTHER).status, 303)

    def test_the_old_password_cannot_be_guessed_in_a_browser_left_open(self):
        page = self.person.get("/admin/account").page
        form = self.form(page, "/password")
        answers = [self.person.send(page, {"password": f"guess {n}", "new-password": OTHER}, form=form) for n in range(16)]
        self.assertIn("This is not your password now", answers[14].page.one("#password-error").words)
        self.assertIn("Sign in again after", answers[15].page.one("#password-error").words)
        answer = self.person.send(page, {"password": PASSWORD, "new-password": OTHER}, form=form)
        self.assertEqual(answer.status, 422)

    def test_acts_need_the_token_of_this_very_session(self):
        other = owner(self.site)
        token = next(i["value"] for i in other.get("/admin/account").page.all("input") if i.get("name") == "token")
        for path in ("/admin/account", "/admin/account/password", "/admin/account/sessions", "/admin/account/codes", "/admin/people",
                     "/admin/people/1/role", "/admin/people/1/remove"):
            for wrong in ("", "0" * 32, token):
                self.assertEqual(self.person.post(path, {"token": wrong, "which": "others"}).status, 403, path)
        self.assertEqual(other.get("/admin").status, 200)

    def test_sessions_are_listed_and_end_one_by_one_or_all(self):
        others = [Person(self.site, {"Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko Firefox/120.0"})
                  for _ in range(3)]
        for person in others:
            person.sign_in()
        page = self.person.get("/admin/account").page
        self.assertIn("This browser", page.one("main").words)
        self.assertEqual(page.one("main").words.count("Firefox, Linux"), 6)  # each with its button
        rows = [f for f in page.all("form") if f["action"].endswith("/sessions")]
        self.assertEqual(len(rows), 4)
        self.person.send(page, form=rows[0])
        self.assertEqual(sorted(p.get("/admin").status for p in others), [200, 200, 303])
        # of somebody else nothing ends
        stranger = self.add("editor", "ed@example.org")
        mine = self.database("select token_hash from session where author_id = 1")[0][0]
        page = stranger.get("/admin/account").page
        token = next(i["value"] for i in page.all("input") if i.get("name") == "token")
        stranger.post("/admin/account/sessions", {"which": mine, "token": token})
        self.assertEqual(len(self.database("select 1 from session where author_id = 1")), 3)
        page = self.person.get("/admin/account").page
        self.person.send(page, form=[f for f in page.all("form") if f["action"].endswith("/sessions")][-1])
        self.assertEqual([p.get("/admin").status for p in others], [303] * 3)
        self.assertEqual((self.person.get("/admin").status, stranger.get("/admin").status), (200, 200))

    def test_a_profile_is_what_readers_see_and_its_old_address_leads_on(self):
        self.site.add(entries=[entry("first", "A first entry", "2019-03-04T10:00:00+00:00")])
        old = self.database("select slug from author where id = 1")[0][0]
        answer = self.press(self.person, "/admin/account", "/account",
                            {"name": "Ada L.", "slug": "Ada Lovelace", "url": "ada.example", "about": "Writes *engines*."})
        self.assertEqual(answer.status, 303, answer.text)
        page = self.site.get("/author/ada-lovelace")
        self.assertEqual(page.status, 200)
        self.assertIn("<em>engines</em>", page.text)
        self.assertEqual(self.site.get("/author/" + old)["Location"], "/author/ada-lovelace")
        self.assertEqual(self.database("select name, url from author where id = 1"), [("Ada L.", "https://ada.example")])

    def test_another_address_of_mail_needs_the_password(self):
        page = self.person.get("/admin/account").page
        asked = self.person.send(page, {"email": "new@example.org", "name": "Typed"}, form=self.form(page, "/account"))
        self.assertEqual(asked.status, 422)
        self.assertEqual(self.database("select email, name from author"), [("ada@example.org", "Ada Owner")])
        self.assertEqual(asked.page.one("#name")["value"], "Typed")
        self.assertEqual(self.person.send(asked.page, {"password": "wrong"}, form=self.form(asked.page, "/account")).status, 422)
        self.assertEqual(self.person.send(asked.page, {"password": PASSWORD}, form=self.form(asked.page, "/account")).status, 303)
        self.assertEqual(Person(self.site).sign_in("new@example.org").status, 303)

    def test_wrong_fields_come_back_with_their_reasons(self):
        self.add("editor", "ed@example.org")
        for values, field in (({"name": " "}, "name"), ({"name": "x" * 101}, "name"), ({"email": "no"}, "email"), ({"url": "javascript:alert(1)"}, "url"),
                              ({"slug": "!!!"}, "slug"), ({"slug": "ed"}, "slug"), ({"about": "x" * 5001}, "about")):
            answer = self.press(self.person, "/admin/account", "/account", values)
            self.assertEqual(answer.status, 422, values)
            self.assertTrue(answer.page.one(f"#{field}-error").words)
            self.assertTrue(answer.page.one("title").words.startswith("Error:"))
        answer = self.press(self.person, "/admin/account", "/account", {"email": "ED@example.org", "password": PASSWORD})
        self.assertEqual(answer.status, 422)


class Recovery(Site):
    def mails(self):
        return [(template, recipient, json.loads(fields)) for template, recipient, fields in
                self.database("select template, recipient, fields from mail order by id")]

    def test_without_mail_the_page_tells_of_the_file(self):
        page = Person(self.site).get("/admin/recover").page
        self.assertIn("RESET-PASSWORD.txt", page.one("main").words)
        self.assertEqual(page.one("main").all("form"), [])

    def test_the_answer_is_the_same_for_everyone_and_the_link_is_good_once(self):
        self.site.set("smtp", "127.0.0.1:9")
        stranger = Person(self.site)
        page = stranger.get("/admin/recover").page
        answers = [stranger.send(page, {"name": name}) for name in ("nobody@example.org", "ADA@example.org ", "")]
        self.assertEqual({(a.status, a["Location"], a.text) for a in answers}, {(303, "/admin/recover?done=1", answers[0].text)})
        mails = self.mails()
        self.assertEqual([(m[0], m[1]) for m in mails], [(3, "ada@example.org")])
        link = mails[0][2]["link"]
        self.assertTrue(link.startswith(self.site.root + "/admin/recover/"), link)
        self.turn_on()
        self.assertEqual(stranger.ask("GET", link).status, 200)  # looking uses nothing up
        page = stranger.ask("GET", link).page
        self.assertEqual(page.one("#name")["value"], "ada@example.org")
        self.assertEqual(stranger.send(page, {"new-password": "short"}).status, 422)
        self.assertEqual(stranger.send(page, {"new-password": OTHER})["Location"], "/admin/sign-in?done=password")
        self.assertEqual(self.person.get("/admin").status, 303)
        self.assertEqual(stranger.send(page, {"new-password": "a third long password"}).status, 403)
        self.assertEqual(stranger.ask("GET", link).status, 403)
        answer = Person(self.site).sign_in(password=OTHER)
        self.assertEqual((answer.status, answer["Set-Cookie"]), (200, None))  # the code is asked for all the same

    def test_the_mail_arrives_with_a_link_that_works(self):
        peer = mail_peer.Peer()
        self.addCleanup(peer.stop)
        self.site.set("smtp", f"127.0.0.1:{peer.port}")
        stranger = Person(self.site)
        stranger.send(stranger.get("/admin/recover").page, {"name": OWNER[0]})
        self.site.daybook("work", "--for", "20")
        until(lambda: peer.mails, "the mail")
        mail = email.message_from_bytes(peer.mails[0].content, policy=email.policy.default)
        self.assertEqual((mail["To"], mail["Subject"]), ("ada@example.org", "A new password for A journal"))
        link = re.search(r"http://\S+/admin/recover/\S+", mail.get_body(("plain",)).get_content())[0]
        done = stranger.send(stranger.ask("GET", link).page, {"new-password": OTHER})
        self.assertEqual(done.status, 303)
        self.assertEqual(Person(self.site).sign_in(password=OTHER).status, 303)

    def test_links_that_are_none_open_nothing(self):
        now = str(int(time.time()))
        for link in ("r1." + now + "." + "0" * 32, "i1." + now + "." + "0" * 32, "r1", "x", "r." + now, "r999." + now + "." + "0" * 32):
            self.assertEqual(Person(self.site).get("/admin/recover/" + link).status, 403, link)

    def test_asking_is_throttled_and_mails_have_a_budget(self):
        self.site.set("smtp", "127.0.0.1:9")
        stranger = Person(self.site)
        page = stranger.get("/admin/recover").page
        answers = [stranger.send(page, {"name": OWNER[0]}).status for _ in range(17)]
        self.assertEqual(answers, [303] * 15 + [429] * 2)
        self.assertEqual(len(self.mails()), 3)
        self.assertEqual(Person(self.site).sign_in().status, 303)  # that locks nobody out


class ResetFile(Site):
    def setUp(self):
        super().setUp()
        self.file = self.site.home / "RESET-PASSWORD.txt"

    def test_without_the_file_there_is_nothing_to_be_had(self):
        stranger = Person(self.site)
        self.assertNotIn("RESET", stranger.get("/admin/sign-in").text)
        self.assertEqual(stranger.get("/admin/reset").status, 404)
        for act in ("begin", "end"):
            self.assertEqual(stranger.post("/admin/reset", {"act": act, "name": OWNER[0], "code": "", "new-password": OTHER}).status, 403)
        self.assertFalse(self.file.exists())
        self.assertEqual(Person(self.site).sign_in().status, 303)

    def test_the_code_in_the_file_gives_a_new_password_once(self):
        self.turn_on()
        self.file.touch()
        stranger = Person(self.site)
        self.assertIn("RESET-PASSWORD.txt lies in Daybook’s home.", stranger.get("/admin/sign-in").page.one(".notice").words)
        page = stranger.get("/admin/reset").page
        self.assertEqual(self.file.read_bytes(), b"")  # GET changes nothing
        self.assertEqual(stranger.send(page, {}, ("act", "begin")).status, 303)
        code = self.file.read_text().strip()
        self.assertRegex(code, r"^([a-z2-7]{4}-){3}[a-z2-7]{4}$")
        stranger.send(page, {}, ("act", "begin"))
        self.assertEqual(self.file.read_text().strip(), code)  # pressing again spoils nothing
        page = stranger.get("/admin/reset").page
        for values, status in (({"code": "aaaa-aaaa-aaaa-aaaa"}, 403), ({"code": ""}, 403), ({"code": code, "new-password": "short"}, 422),
                               ({"code": code, "name": "nobody@example.org"}, 422)):
            answer = stranger.send(page, {"name": OWNER[0], "new-password": OTHER} | values, ("act", "end"))
            self.assertEqual(answer.status, status, values)
            self.assertTrue(self.file.exists())
        done = stranger.send(page, {"name": OWNER[0], "code": code.upper(), "new-password": OTHER}, ("act", "end"))
        self.assertEqual((done.status, done["Location"]), (303, "/admin/sign-in?done=password"))
        self.assertFalse(self.file.exists())
        self.assertEqual(self.person.get("/admin").status, 303)
        self.assertEqual(Person(self.site).sign_in(password=OTHER).status, 303)  # no code from an app
        again = stranger.send(page, {"name": OWNER[0], "code": code, "new-password": "a third long password"}, ("act", "end"))
        self.assertEqual(again.status, 403)
        self.assertIn("password.reset", [row[0] for row in self.database("select action from log")])

    def test_guessing_is_throttled(self):
        self.file.touch()
        stranger = Person(self.site)
        stranger.send(stranger.get("/admin/reset").page, {}, ("act", "begin"))
        page = stranger.get("/admin/reset").page
        answers = [stranger.send(page, {"name": OWNER[0], "code": "bbbb-bbbb-bbbb-bbbb", "new-password": OTHER}, ("act", "end")).status
                   for _ in range(16)]
        self.assertEqual(answers, [403] * 15 + [429])

    def test_a_file_that_is_not_empty_or_no_file_is_not_used(self):
        stranger = Person(self.site)
        secret = self.site.folder / "elsewhere"
        secret.write_text("")
        self.file.symlink_to(secret)
        self.assertIn("is not empty, or cannot be read", stranger.get("/admin/reset").text)
        self.assertEqual(stranger.post("/admin/reset", {"act": "begin"}).status, 403)
        self.assertEqual(secret.read_text(), "")
        self.file.unlink()
        self.file.write_text("hello there")
        self.assertIn("is not empty, or cannot be read", stranger.get("/admin/reset").text)
        self.assertEqual(stranger.post("/admin/reset", {"act": "begin"}).status, 403)
        self.assertEqual(self.file.read_text(), "hello there")
        self.file.write_text("\ufeff\r\n")  # what tools make that can make no empty file
        stranger.send(stranger.get("/admin/reset").page, {}, ("act", "begin"))
        self.assertRegex(self.file.read_text(), r"^([a-z2-7]{4}-){3}[a-z2-7]{4}\n$")


class People(Site):
    def invite(self, **values):
        answer = self.press(self.person, "/admin/people", "/people", {"name": "Eve Writer", "email": "eve@example.org", "role": "author"} | values)
        self.assertEqual(answer.status, 303, answer.text)
        return answer["Location"].partition("?")[0].removeprefix(self.site.prefix)

    def test_somebody_is_invited_by_a_link_and_signs_in(self):
        place = self.invite()
        page = self.person.get(place).page
        link = page.one("#link")["value"]
        self.assertEqual(Person(self.site).sign_in("eve@example.org", "").status, 403)
        eve = Person(self.site)
        choose = eve.ask("GET", link).page
        self.assertEqual(eve.send(choose, {"new-password": OTHER}).status, 303)
        self.assertEqual(eve.sign_in("eve@example.org", OTHER).status, 303)
        self.assertEqual(eve.send(choose, {"new-password": "a third long password"}).status, 403)
        self.assertEqual(self.person.get(place).page.all("#link"), [])
        again = self.press(self.person, "/admin/people", "/people", {"name": "Eve Again", "email": "EVE@example.org"})
        self.assertEqual((again.status, again.page.one("#name")["value"]), (422, "Eve Again"))

    def test_invitations_go_by_mail_where_there_is_mail(self):
        place = self.invite()
        self.assertEqual(self.person.get(place).page.one("#invitation").all("button"), [])
        self.site.set("smtp", "127.0.0.1:9")
        self.assertEqual(self.press(self.person, place, "/invite").status, 303)
        self.assertEqual(self.database("select template, recipient from mail"), [(4, "eve@example.org")])

    def test_a_role_changes_at_once_and_the_last_owner_stays(self):
        editor = self.add("editor", "ed@example.org")
        place = "/admin/people/2"
        self.assertEqual(editor.get("/admin/people").status, 403)
        self.assertEqual(editor.get("/admin/log").status, 403)
        self.press(self.person, place, "/role", {"role": "author", "publish": None})
        self.assertEqual(editor.get("/admin/waiting").status, 403)
        for ending, values in (("/role", {"role": "editor"}), ("/remove", {})):
            answer = self.press(self.person, "/admin/people/1", ending, values)
            self.assertIn("This is the only owner.", self.person.ask("GET", answer["Location"]).page.one(".alert").words)
        self.press(self.person, place, "/role", {"role": "owner"})
        self.press(self.person, "/admin/people/1", "/role", {"role": "editor"})
        self.assertEqual((self.person.get("/admin/people").status, editor.get("/admin/people").status), (403, 200))
        self.assertEqual(self.site.daybook("user", "--json", "list").count('"owner"'), 1)

    def test_removing_says_what_stays_and_lets_nobody_in_any_more(self):
        self.add("author", "eve@example.org", "Eve")
        self.site.daybook("user", "sign-out", "eve@example.org")
        eve = Person(self.site)
        eve.sign_in("eve@example.org", OTHER)
        page = eve.get("/admin/write").page
        eve.send(page, {"title": "A draft", "body": "x"}, ("action", "draft"), page.one("#write"))
        words = self.person.get("/admin/people/2").page.one("#remove").words
        self.assertIn("The entry stays as it is, under this name.", words)
        self.assertIn("1 of them is a draft", words)
        self.press(self.person, "/admin/people/2", "/remove")
        self.assertEqual(eve.get("/admin").status, 303)
        self.assertEqual(eve.sign_in("eve@example.org", OTHER).status, 403)
        self.assertEqual(self.database("select author_id from entry"), [(2,)])
        self.press(self.person, "/admin/people/2", "/role", {"role": "author"})
        self.assertEqual(eve.sign_in("eve@example.org", OTHER).status, 303)

    def test_an_owner_helps_who_lost_the_phone(self):
        self.turn_on()
        self.add("owner", "ed@example.org")
        other = Person(self.site)
        other.sign_in("ed@example.org", OTHER)
        self.press(other, "/admin/people/1", "/codes")
        self.assertEqual(Person(self.site).sign_in().status, 303)

    def test_one_s_own_address_and_codes_do_not_change_here_without_the_password(self):
        self.turn_on()
        page = self.person.get("/admin/people/1").page
        token = next(i["value"] for i in page.all("input") if i.get("name") == "token")
        for path, values in (("/admin/people/1", {"name": "Ada", "email": "thief@example.org"}), ("/admin/people/1/codes", {})):
            answer = self.person.post(path, values | {"token": token})
            self.assertEqual((answer.status, answer["Location"]), (303, "/admin/account"))
        self.assertEqual(self.database("select email, totp_secret <> '' from author"), [("ada@example.org", 1)])

    def test_people_who_are_not_there_are_404(self):
        for path in ("/admin/people/99", "/admin/people/99999999999999999999"):
            self.assertEqual(self.person.get(path).status, 404)


class Log(Site):
    def test_the_log_names_who_did_what_newest_first_and_counts_failures(self):
        for _ in range(3):
            Person(self.site).sign_in(password="guess")
        Person(self.site).sign_in("nobody@example.org", "guess")
        self.press(self.person, "/admin/account", "/password", {"password": PASSWORD, "new-password": OTHER})
        self.press(self.person, "/admin/people", "/people", {"name": "<b>Eve</b>", "email": "eve@example.org"})
        answer = self.person.get("/admin/log")
        lines = [li.words for li in answer.page.one(".log").all("li")]
        self.assertIn("Ada Owner invited <b>Eve</b>", lines[0])
        self.assertIn("Ada Owner changed the password", lines[1])
        self.assertRegex(lines[2], r"Somebody tried 4 times in vain to sign in on \d{4}-\d\d-\d\d")
        self.assertIn("signed in", lines[3])
        self.assertNotIn("<b>Eve", answer.text)
        self.assertNotIn("guess", answer.text)

    def test_changes_of_settings_and_entries_are_in_it(self):
        page = self.person.get("/admin/settings").page
        form = next(f for f in page.all("form") if f.first("input") and any(i.get("name") == "tagline" for i in f.all("input")))
        self.assertEqual(self.person.send(page, {"tagline": "Another line"}, form=form).status, 303)
        page = self.person.get("/admin/write").page
        self.person.send(page, {"title": "Going", "body": "x"}, ("action", "draft"), page.one("#write"))
        self.press(self.person, "/admin/entries/1", "/trash")
        self.press(self.person, "/admin/entries/1", "/erase")
        self.press(self.person, "/admin/categories", "/categories", {"name": "Another"})
        lines = [li.words for li in self.person.get("/admin/log").page.one(".log").all("li")]
        for line, words in zip(lines, ("changed Categories Show it", "erased for ever: Going", "moved to the trash: Going", "changed the setting tagline")):
            self.assertIn("Ada Owner " + words, line)

    def test_it_goes_on_over_pages(self):
        with sqlite3.connect(self.site.home / "private/journal.db") as database:
            database.executemany("insert into log (at, author_id, action, subject) values (?, 1, 'made.up', ?)", ((n, f"thing {n}") for n in range(250)))
        page, seen = self.person.get("/admin/log").page, []
        while True:
            seen += [li.words for li in page.one(".log").all("li")]
            older = [a["href"] for a in page.all("a") if a.words == "Older"]
            if not older:
                break
            page = self.person.ask("GET", older[0]).page
        self.assertEqual(len(seen), 251)
        self.assertIn("made.up thing 249", seen[0])


class UnderCgi(unittest.TestCase):
    def test_the_main_ways_work_under_cgi_too(self):
        class Case(People):
            options = {"server": "apache", "mode": "cgi", "prefix": "/blog"}

            def runTest(self):
                self.test_somebody_is_invited_by_a_link_and_signs_in()
                secret, codes = self.turn_on()
                self.assertEqual(self.second(totp(secret))[1].status, 303)
                file = self.site.home / "RESET-PASSWORD.txt"
                file.touch()
                os.chmod(file, 0o666)
                stranger = Person(self.site)
                stranger.send(stranger.get("/admin/reset").page, {}, ("act", "begin"))
                done = stranger.send(stranger.get("/admin/reset").page,
                                     {"name": OWNER[0], "code": file.read_text().strip(), "new-password": OTHER}, ("act", "end"))
                self.assertEqual(done.status, 303, done.text)
                self.assertFalse(file.exists())
                self.assertEqual(Person(self.site).sign_in(password=OTHER).status, 303)
        result = Case().run()
        self.assertEqual([text for _, text in result.failures + result.errors], [])


del Site
if __name__ == "__main__":
    unittest.main()
