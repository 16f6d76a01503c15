#!/usr/bin/env python3
"""The owner's pages of mail to many: what publishing an entry brings, its buttons, the list of addresses in and out."""
import email
import email.policy
import sqlite3
import time
import unittest

import mail_peer
from admin_site import Person, owner
from journal_site import JournalSite, until


class Site(unittest.TestCase):
    def setUp(self):
        self.site = JournalSite()
        self.addCleanup(self.site.stop)
        self.peer = mail_peer.Peer()
        self.addCleanup(self.peer.stop)
        self.site.set("smtp", f"127.0.0.1:{self.peer.port}")
        # A test mail left: before that, entries bring no mail.
        self.rows("insert into mail (template, recipient, fields, created_at, sent_at) values (1, 'ada@example.org', '', 1, 1)")
        self.ada = owner(self.site)

    def rows(self, question, *values):
        with sqlite3.connect(self.site.home / "private/journal.db", timeout=10) as database:
            return database.execute(question, values).fetchall()

    def form(self, page, act):
        return next(f for f in page.all("form") if any(b.get("value") == act for b in f.all("button")))

    def press(self, act, path="/admin/mailings", **values):
        page = self.ada.get(path).page
        return self.ada.send(page, values, ("act", act), self.form(page, act))

    def add(self, *lines, note="At the fair, they signed a list"):
        return self.press("import", "/admin/subscribers", csv="\n".join(lines), note=note)

    def publish(self, path="/admin/write", button="publish", **values):
        page = self.ada.get(path).page
        answer = self.ada.send(page, values, ("action", button), page.one("#write"))
        self.assertEqual(answer.status, 303, answer.text)
        return answer["Location"].partition("?")[0].removeprefix(self.site.root)

    def work(self):
        self.site.daybook("work", "--for", "20")

    def mails(self):
        came = [(mail.rcpt_tos[0], email.message_from_bytes(mail.content, policy=email.policy.default)) for mail in self.peer.mails]
        self.peer.mails.clear()
        return came

    def words(self):
        return self.ada.get("/admin/mailings").page.one("main").words


class Mailings(Site):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.add("email", "bea@other.test", "cy@other.test").status, 200)

    def test_publishing_waits_a_quarter_of_an_hour_and_send_now_sends_once(self):
        before = int(time.time())
        entry = self.publish(title="Low tide", body="The *mud* shines.")
        (status, at), = self.rows("select status, send_at from mailing")
        self.assertEqual(status, 1)
        self.assertTrue(before + 900 <= at <= time.time() + 900)
        self.work()
        self.assertEqual(self.mails(), [])
        self.assertIn("Leaves at", self.words())
        self.assertIn("done=sending", self.press("now")["Location"])
        self.work()
        until(lambda: len(self.peer.mails) == 2, "both mails")
        came = self.mails()
        self.assertEqual(sorted(to for to, _ in came), ["bea@other.test", "cy@other.test"])
        self.assertEqual(came[0][1]["Subject"], "Low tide")
        self.assertIn("<em>mud</em>", came[0][1].get_body(("html",)).get_content())
        self.assertIn("2 sent, 0 refused", self.words())
        self.publish(entry, title="Low tide, again")
        self.publish(entry, "draft")
        self.publish(entry, "publish")
        self.rows("update job set run_at = 1 where kind = 10")
        self.work()
        self.assertEqual(self.mails(), [])
        self.assertEqual(self.rows("select count(*) from mailing"), [(1,)])

    def test_an_entry_taken_back_in_time_goes_to_nobody(self):
        entry = self.publish(title="Too early", body="Not yet.")
        self.publish(entry, "draft")
        self.assertEqual(self.rows("select status from entry where title = 'Too early'"), [(0,)])
        self.rows("update mailing set send_at = 1")
        self.rows("update job set run_at = 1 where kind = 10")
        self.work()
        self.assertEqual(self.mails(), [])

    def test_stopped_is_stopped(self):
        self.publish(title="No", body="No.")
        self.assertIn("done=stopped", self.press("stop")["Location"])
        self.rows("update job set run_at = 1 where kind = 10")
        self.work()
        self.assertEqual(self.mails(), [])
        self.assertIn("Stopped: 0 sent", self.words())

    def test_pause_holds_the_rest_and_go_on_sends_it(self):
        self.publish(title="Halves", body="x")
        self.peer.busy = True
        self.press("now")
        self.work()
        self.assertIn("done=paused", self.press("pause")["Location"])
        self.peer.busy = False
        self.rows("update job set run_at = 1, lease_ends = 0 where kind = 10")
        self.rows("update mail set try_at = 0")
        self.work()
        self.assertEqual(self.mails(), [])
        self.assertIn("Paused: 0 of 2 sent", self.words())
        self.assertIn("done=sending", self.press("resume")["Location"])
        self.work()
        until(lambda: len(self.peer.mails) == 2, "both mails")

    def test_looking_sends_nothing_and_strangers_see_nothing(self):
        self.publish(title="Seen", body="x")
        for path in ("/admin/mailings?act=now&id=1", "/admin/subscribers.csv", "/admin/subscribers"):
            self.assertEqual(self.ada.get(path).status, 200)
            self.assertEqual(Person(self.site).get(path).status, 303)
        self.assertEqual(self.rows("select status from mailing"), [(1,)])


class Subscribers(Site):
    def test_a_table_comes_in_with_its_bad_line_named_and_goes_out(self):
        page = self.add("email,posts,newsletter", "bea@other.test,weekly,yes", "not an address,each,no", "cy@other.test,each,no").page
        words = page.one("main").words
        self.assertIn("2 addresses were added.", words)
        self.assertIn("1 line was not taken", words)
        self.assertIn("Line 3: This needs the form name@example.com.", words)
        out = self.ada.get("/admin/subscribers.csv")
        self.assertTrue(out["Content-Type"].startswith("text/csv"))
        self.assertIn("bea@other.test", out.text)
        self.assertIn("weekly", out.text)
        self.assertEqual(len(out.text.strip().splitlines()), 3)

    def test_without_how_they_agreed_nothing_is_taken_and_all_comes_back(self):
        answer = self.add("email", "bea@other.test", note="")
        self.assertIn("Say how they agreed.", answer.page.one("main").words)
        self.assertIn("bea@other.test", answer.text)
        self.assertEqual(self.rows("select count(*) from subscriber"), [(0,)])

    def test_erasing_leaves_nothing_of_the_address(self):
        self.add("email", "bea@other.test")
        self.assertIn("bea@other.test", self.ada.get("/admin/subscribers").text)
        self.press("remove", "/admin/subscribers")
        self.assertNotIn("bea@other.test", self.ada.get("/admin/subscribers").text)
        self.assertEqual(self.rows("select count(*) from subscriber"), [(0,)])


if __name__ == "__main__":
    unittest.main()
