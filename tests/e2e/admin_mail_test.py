#!/usr/bin/env python3
"""The owner's page of mail: its settings, the test mail with all that was said, ending mail and beginning again, what waits."""
import email
import email.policy
import json
import sqlite3
import subprocess
import time
import unittest

import mail_peer
from admin_site import Person, owner
from journal_site import PROGRAM, JournalSite, until


class Site(unittest.TestCase):
    def setUp(self):
        self.site = JournalSite()
        self.addCleanup(self.site.stop)
        self.ada = owner(self.site)

    def peer(self, **options):
        peer = mail_peer.Peer(**options)
        self.addCleanup(peer.stop)
        return peer

    def rows(self, question, *values):
        with sqlite3.connect(self.site.home / "private/journal.db", timeout=10) as database:
            return database.execute(question, values).fetchall()

    def form(self, page, act):
        return next(f for f in page.all("form") if any(b.get("value") == act for b in f.all("button")))

    def press(self, act, path="/admin/mail", **values):
        page = self.ada.get(path).page
        return self.ada.send(page, values, ("act", act), self.form(page, act))

    def words(self, path="/admin/mail"):
        return self.ada.get(path).page.one("main").words

    def buttons(self):
        return [b.get("value") for b in self.ada.get("/admin/mail").page.one("main").all("button")]

    def work(self):
        self.site.daybook("work", "--for", "5")

    def command(self, *words):
        return subprocess.run([PROGRAM, "mail", "--home", self.site.home, *words], capture_output=True, text=True, timeout=120)

    def try_mail(self, to="bea@other.test"):
        answer = self.press("test", to=to)
        self.assertEqual((answer.status, answer["Location"].removeprefix(self.site.root)), (303, "/admin/mail/test"), answer.text)
        return until(lambda: (w := self.ada.get("/admin/mail/test")) and not w["Refresh"] and w.page.one("main"), "the test mail", 60)

    def doctor(self, name="mail"):

        done = subprocess.run([PROGRAM, "doctor", "--json", "--home", self.site.home], capture_output=True, text=True)
        return next(f for f in json.loads(done.stdout) if f["name"] == name)


class Page(Site):
    def test_without_a_way_it_says_so_and_offers_what_to_enter(self):
        self.assertIn("No mail leaves: there is no way for it yet.", self.words())
        self.assertNotIn("test", self.buttons())
        self.assertIn("/admin/mail", [a.get("href") for a in self.ada.get("/admin/settings").page.one("main").all("a")])
        self.assertEqual(self.doctor()["state"], "warning")

    def test_settings_are_saved_or_come_back_filled_in_with_the_reason_beside_the_field(self):
        answer = self.press("save", **{"smtp": "mail.example.org", "mail.per_day": "250", "smtp.tls": "implicit"})
        self.assertEqual(answer.status, 422)
        self.assertIn("mail.example.org:587", answer.page.one("#f-smtp-error").words)
        self.assertEqual(answer.page.one("#f-mail-per_day").get("value"), "250")
        answer = self.press("save", **{"smtp": "mail.example.org:2525", "mail.per_day": "250", "smtp.tls": "implicit"})
        self.assertEqual(answer["Location"].removeprefix(self.site.root), "/admin/mail?done=saved")
        self.assertEqual(self.site.daybook("settings", "get", "smtp.tls").strip(), "implicit")
        self.assertIn("Mail leaves by mail.example.org:2525, as ada@example.org.", self.words())

    def test_limits_of_a_known_host_are_taken_over(self):
        self.press("limits", host="IONOS (1&1)")
        get = lambda name: self.site.daybook("settings", "get", name).strip()
        self.assertEqual([get(n) for n in ("mail.per_5min", "mail.per_hour", "mail.per_day")], ["25", "300", "0"])
        self.press("limits", host="GoDaddy")
        self.assertEqual([get(n) for n in ("mail.per_5min", "mail.per_hour", "mail.per_day")], ["0", "100", "250"])

    def test_nobody_but_the_owner_comes_in(self):
        self.assertNotEqual(Person(self.site).get("/admin/mail").status, 200)


class Test(Site):
    def test_one_that_arrives(self):
        peer = self.peer()
        self.site.set("smtp", f"127.0.0.1:{peer.port}")
        self.assertEqual(self.doctor()["state"], "warning")
        self.assertIn("The server took the test mail to bea@other.test", self.try_mail().words)
        (mail,) = peer.mails
        message = email.message_from_bytes(mail.content, policy=email.policy.strict)
        self.assertEqual((mail.rcpt_tos, message["Subject"]), (["bea@other.test"], "Mail from A journal works"))
        self.assertIn("The last message left at", self.words())
        self.assertEqual(self.doctor()["state"], "good")
        self.assertEqual(self.rows("select count(*) from mail where sent_at > 0"), [(1,)])  # counts for the host's caps

    def test_one_that_is_refused_shows_all_that_was_said(self):
        peer = self.peer()
        peer.replies["RCPT"] = "550 5.7.1 Your network is <blocked>"
        self.site.set("smtp", f"127.0.0.1:{peer.port}")
        page = self.try_mail()
        self.assertIn("did not leave at", page.words)
        self.assertIn("550 5.7.1 Your network is <blocked>", page.words)
        talk = page.one("pre").text
        self.assertLess(talk.index("> EHLO"), talk.index("> RCPT TO:<bea@other.test>"))
        self.assertIn("< 550 5.7.1 Your network is <blocked>", talk)
        self.assertIn("550 5.7.1", self.ada.get("/admin/mail").page.one("pre").text)
        self.assertEqual(self.doctor()["state"], "bad")
        self.assertIn("daybook mail test ada@example.org", self.doctor()["mend"])

    def test_the_password_is_never_in_it(self):
        peer = self.peer(users={"ada-smtp": "right"})
        self.site.set("smtp", f"127.0.0.1:{peer.port}")
        self.site.set("smtp.user", "ada-smtp")
        self.site.set("smtp.password", "h0rse-staple")
        page = self.try_mail()
        self.assertIn("did not leave", page.words)
        talk = page.one("pre").text
        self.assertIn("> AUTH ", talk)
        for secret in ("h0rse-staple", "aDByc2Utc3RhcGxl", "AGFkYS1zbXRwAGgwcnNlLXN0YXBsZQ", "YWRhLXNtdHA"):
            self.assertNotIn(secret, talk)
        self.assertNotIn("h0rse", str(self.rows("select value from setting where name like 'note.%'")))

    def test_a_server_that_is_not_there(self):
        self.site.set("smtp", f"127.0.0.1:{mail_peer.free_port()}")
        self.assertIn("did not leave", self.try_mail().words)

    def test_an_address_that_is_none_comes_back_with_the_reason_beside_the_field(self):
        self.site.set("smtp", "127.0.0.1:9")
        answer = self.press("test", to="bea at other")
        self.assertEqual(answer.status, 422)
        self.assertIn("name@example.com", answer.page.one("#f-to-error").words)
        self.assertEqual(answer.page.one("#f-to").get("value"), "bea at other")

    def test_the_hosts_sendmail_and_what_it_says(self):
        program = self.site.folder / "sendmail"
        conf = self.site.home / "private/daybook.conf"
        conf.write_text(conf.read_text() if conf.exists() else "")
        with conf.open("a") as lines:
            lines.write(f"mail.program = {program}\n")
        self.site.set("mail", "sendmail")
        self.assertIn("this machine has no sendmail", self.words())
        self.assertEqual(self.doctor()["state"], "bad")
        program.write_text("#!/bin/sh\ncat > /dev/null\necho 'relay says: come back later' >&2\nexit 75\n")
        program.chmod(0o755)
        page = self.try_mail()
        self.assertIn("sendmail ended with 75: relay says: come back later", page.words)
        self.assertIn("-i -f ada@example.org -- bea@other.test", page.one("pre").text)
        program.write_text("#!/bin/sh\ncat > /dev/null\n")
        self.assertIn("took the test mail", self.try_mail().words)

    def test_on_the_command_line(self):
        peer = self.peer()
        self.site.set("smtp", f"127.0.0.1:{peer.port}")
        done = self.command("test", "bea@other.test")
        self.assertEqual((done.returncode, len(peer.mails)), (0, 1), done.stderr)
        peer.replies["MAIL"] = "451 4.7.1 not today"
        done = self.command("test", "bea@other.test")
        self.assertEqual(done.returncode, 1)
        self.assertIn("< 451 4.7.1 not today", done.stdout)
        self.assertIn("451 4.7.1 not today", done.stderr)
        for words in (("test",), ("test", "bea"), ("send",), ("end", "now")):
            self.assertEqual(self.command(*words).returncode, 2, words)


class End(Site):
    def setUp(self):
        super().setUp()
        self.relay = self.peer()
        self.site.set("smtp", f"127.0.0.1:{self.relay.port}")
        self.try_mail()
        self.relay.mails.clear()

    def subscribe(self, address):
        return self.site.post("/subscribe", f"email={address}", **{"Sec-Fetch-Site": "same-origin"})

    def queue(self, to):
        with sqlite3.connect(self.site.home / "private/journal.db", timeout=10) as database:
            now = int(time.time())
            (mail,) = database.execute("insert into mail (template, recipient, fields, created_at) values (4, ?, '{\"link\": \"http://x.test/\"}', ?) "
                                       "returning id", (to, now)).fetchone()
            database.execute("insert into job (kind, subject, priority, run_at) values (0, ?, 0, ?)", (mail, now))

    def test_one_press_ends_all_mail_and_one_begins_it_again(self):
        answer = self.press("end")
        self.assertEqual(answer["Location"].removeprefix(self.site.root), "/admin/mail?done=ended")
        self.assertIn("Mail is ended. Nothing more leaves.", self.ada.get("/admin/mail?done=ended").page.one("main").words)
        self.assertIn("begin", self.buttons())
        self.assertNotIn("end", self.buttons())
        self.queue("bea@other.test")
        self.work()
        self.assertEqual(self.relay.mails, [])
        self.assertIn("Held until mail begins again: 1 to one person", self.words())
        self.assertEqual(self.rows("select attempts, dead from job where kind = 0"), [(0, 0)])  # the wait is no failure
        self.assertEqual(self.doctor()["mend"], "daybook mail begin")
        self.press("begin")
        self.work()
        until(lambda: self.relay.mails, "the mail that waited")
        self.assertEqual([mail.rcpt_tos for mail in self.relay.mails], [["bea@other.test"]])

    def test_a_letter_to_many_that_is_under_way_stops_within_a_copy(self):
        lines = ["email"] + [f"s{i}@other.test" for i in range(300)]
        page = self.ada.get("/admin/subscribers").page
        self.ada.send(page, {"csv": "\n".join(lines), "note": "a list"}, ("act", "import"), self.form(page, "import"))
        self.site.set("mail.per_hour", "100000")
        page = self.ada.get("/admin/write").page
        self.assertEqual(self.ada.send(page, {"title": "Tide", "body": "Mud."}, ("action", "publish"), page.one("#write")).status, 303)
        self.press("now", "/admin/mailings")
        until(lambda: len(self.relay.mails) > 5, "the first copies")
        self.press("end")
        ended = len(self.relay.mails)
        self.assertLess(ended, 290)
        self.work()
        self.assertLessEqual(len(self.relay.mails), ended + 2)
        self.assertIn("Held until mail begins again", self.words())
        self.press("begin")
        until(lambda: len(self.relay.mails) >= 300, "the rest", 60)
        self.work()
        to = [mail.rcpt_tos[0] for mail in self.relay.mails]
        self.assertEqual((len(to), len(set(to))), (300, 300))

    def test_entries_bring_no_mail_while_it_is_ended(self):
        self.press("end")
        page = self.ada.get("/admin/write").page
        self.ada.send(page, {"title": "Tide", "body": "Mud."}, ("action", "publish"), page.one("#write"))
        self.assertEqual(self.rows("select count(*) from mailing"), [(0,)])

    def test_a_line_of_daybook_conf_decides(self):
        conf = self.site.home / "private/daybook.conf"
        with conf.open("a") as lines:
            lines.write("mail.sending = off\n")
        self.assertNotIn("begin", self.buttons())
        self.assertIn("daybook.conf", self.words())
        self.queue("bea@other.test")
        self.work()
        self.assertEqual(self.relay.mails, [])
        self.assertEqual(self.command("begin").returncode, 1)

    def test_on_the_command_line(self):
        self.assertEqual(self.command("end").returncode, 0)
        self.assertIn("Mail is ended", self.words())
        self.assertEqual(self.command("begin").returncode, 0)
        self.assertIn("Mail leaves by", self.words())

    def test_what_was_put_off_and_refused_stands_there_with_why_and_when(self):
        self.relay.replies["RCPT"] = "450 4.2.0 Greylisted, come back"
        self.queue("cy@other.test")
        self.work()
        words = self.words()
        self.assertIn("cy@other.test", words)
        self.assertIn("450 4.2.0 Greylisted, come back", words)
        self.assertIn("Next try:", words)
        self.relay.replies["RCPT"] = "550 5.7.1 No"
        self.queue("di@other.test")
        self.work()
        self.assertIn("550 5.7.1 No", self.words())
        # A test mail that works has the one that was put off tried at once.
        self.relay.replies.clear()
        self.try_mail()
        until(lambda: ["cy@other.test"] in [mail.rcpt_tos for mail in self.relay.mails], "the one that was put off")


class Caps(Site):
    def test_each_window_holds_mail_back(self):
        peer = self.peer()
        self.site.set("smtp", f"127.0.0.1:{peer.port}")
        self.try_mail()
        self.site.set("mail.per_5min", "2")
        for i in range(3):
            with sqlite3.connect(self.site.home / "private/journal.db", timeout=10) as database:
                (mail,) = database.execute("insert into mail (template, recipient, fields, created_at) values (4, ?, '{}', ?) returning id",
                                           (f"s{i}@other.test", int(time.time()))).fetchone()
                database.execute("insert into job (kind, subject, priority, run_at) values (0, ?, 0, 0)", (mail,))
        self.work()
        self.assertEqual(len(peer.mails), 2)  # the test mail was one
        ((first,),) = self.rows("select min(run_at) from job where kind = 0")
        self.assertTrue(time.time() + 200 < first <= time.time() + 301)
        self.site.set("mail.per_5min", "0")
        self.site.set("mail.per_day", "3")
        self.rows("update job set run_at = 0 where kind = 0")
        self.work()
        self.assertEqual(len(peer.mails), 3)
        ((first,),) = self.rows("select min(run_at) from job where kind = 0")
        self.assertGreater(first, time.time() + 80000)


if __name__ == "__main__":
    unittest.main()
