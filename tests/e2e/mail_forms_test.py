#!/usr/bin/python3
"""The forms that have something mailed while the journal cannot keep it: all that was typed comes back, and the button works later.
And mail that leaves under CGI, by a line of cron and without one."""
import fcntl
import os
import sqlite3
import unittest

import mail_peer
from admin_site import owner, values_of
from comment_test import Reader
from journal_site import JournalSite, entry, until

ENTRIES = [entry("first", "A first entry", "2019-03-04T10:00:00+00:00", tags=["mud", "boats"])]
NASTY = "Tide & <b>mud</b> \"x\" \u00a0\U0001f600"


def fields_of(page):
    """Where the form of a page goes, and what it would send."""
    form = next(f for f in page.one("main").all("form") if f.get("method") == "post")
    return form["action"], dict(values_of(form))


class Forms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(entries=ENTRIES)
        cls.addClassCleanup(cls.site.stop)
        cls.peer = mail_peer.Peer()
        cls.addClassCleanup(cls.peer.stop)
        cls.site.set("smtp", f"127.0.0.1:{cls.peer.port}")
        cls.site.set("rates", "off")

    def setUp(self):
        self.reader = Reader(self.site)

    def rows(self, question):
        with sqlite3.connect(self.site.home / "private/journal.db", timeout=10) as database:
            return database.execute(question).fetchall()

    def locked(self, path, values):
        """What comes back while another process holds the journal's lock."""
        with open(self.site.home / "private/journal.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            answer = self.reader.send(path, values)
        self.assertEqual((answer.status, answer["Retry-After"]), (503, "5"))
        self.assertIn("Press the button again in 5 seconds. Your text is still here.", answer.page.one(".errors").words)
        address, fields = fields_of(answer.page)
        for name, value in values.items():
            self.assertEqual(fields.get(name), value, name)
        return address, fields

    def fill(self, page, **typed):
        address, fields = fields_of(self.reader.get(page).page)
        first = self.reader.send(address, fields | typed)  # shows what is to be checked, signed
        address, fields = fields_of(first.page)
        return address, fields

    def test_a_message_to_the_owner(self):
        address, fields = self.fill("/contact", author="Bea", email="bea@other.test", post=f"{NASTY}\nTwo lines")
        address, fields = self.locked(address, fields)
        self.assertEqual(self.rows("select count(*) from message"), [(0,)])
        answer = self.reader.send(address, fields)
        self.assertIn("Your message is with the owner.", answer.text)
        self.assertEqual(self.rows("select body from message"), [(f"{NASTY}\nTwo lines",)])
        # The owner's navigation counts it until it is read.
        ada = owner(self.site)
        counted = lambda: [a.words for a in ada.get("/admin").page.all("a") if a.get("href", "").endswith("/admin/messages")]  # noqa: E731
        self.assertEqual(counted(), ["Messages 1"])
        page = ada.get("/admin/messages").page
        form = next(f for f in page.one("main").all("form") if any(b.get("value") == "read" for b in f.all("button")))
        self.assertEqual(ada.send(page, {}, ("act", "read"), form).status, 303)
        self.assertEqual(counted(), [])

    def test_an_entry_to_a_friend(self):
        address, fields = self.fill("/2019/3/4/first/mail", author="Bea", email="bea@other.test", friend="carl@third.test", note=NASTY)
        address, fields = self.locked(address, fields)
        self.assertEqual(self.rows("select count(*) from friend_mail"), [(0,)])
        self.assertIn("A message is on its way to bea@other.test", self.reader.send(address, fields).text)

    def test_a_subscription_with_what_was_chosen(self):
        (tag,), = self.rows("select id from tag where name = 'mud'")
        values = {"email": "dan@other.test", "posts": "monthly", "newsletter": "1", "tag": str(tag), "full": "1"}
        address, fields = self.locked("/subscribe", values)
        self.assertEqual(self.rows("select count(*) from subscriber where email = 'dan@other.test'"), [(0,)])
        self.assertIn("a message is on its way", self.reader.send(address, fields).text)
        self.assertEqual(self.rows("select status from subscriber where email = 'dan@other.test'"), [(0,)])

    def test_nothing_typed_is_an_error_page(self):
        with open(self.site.home / "private/journal.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertLess(self.reader.send("/contact", {}).status, 504)


class Cgi(unittest.TestCase):
    def site(self):
        site = JournalSite(entries=ENTRIES, server="apache", mode="cgi")
        self.addCleanup(site.stop)
        peer = mail_peer.Peer()
        self.addCleanup(peer.stop)
        site.set("smtp", f"127.0.0.1:{peer.port}")
        return site, peer

    def test_without_a_line_of_cron_mail_leaves_after_the_reply(self):
        site, peer = self.site()
        self.assertEqual(Reader(site).send("/subscribe", {"email": "bea@other.test"}).status, 200)
        until(lambda: peer.mails, "the mail, with nobody who calls the worker")
        self.assertEqual(peer.mails[0].rcpt_tos, ["bea@other.test"])

    def test_what_waits_leaves_by_a_line_of_cron_or_when_somebody_reads(self):
        site, peer = self.site()
        peer.busy = True
        Reader(site).send("/subscribe", {"email": "bea@other.test"})
        database = lambda: sqlite3.connect(site.home / "private/journal.db", timeout=10)  # noqa: E731
        def waits():
            with database() as rows:
                return rows.execute("select attempts from job where kind = 0 and lease_ends = 0").fetchall() == [(1,)]
        until(waits, "the first try")
        peer.busy = False
        site.daybook("work")
        self.assertEqual(peer.mails, [], "not before its time")
        with database() as rows:
            rows.execute("update job set run_at = 1")
        site.daybook("work")  # as cron does
        self.assertEqual([mail.rcpt_tos for mail in peer.mails], [["bea@other.test"]])
        # Without cron: whoever comes next has it done.
        peer.busy = True
        Reader(site).send("/subscribe", {"email": "cy@other.test"})
        until(waits, "the first try of the other")
        peer.busy = False
        with database() as rows:
            rows.execute("update job set run_at = 1")
        os.utime(site.home / "private/worker.looked", (1, 1))  # a minute passed
        self.assertEqual(Reader(site).get("/search?q=tide").status, 200)
        until(lambda: len(peer.mails) > 1, "the mail after somebody read")
        self.assertEqual(peer.mails[1].rcpt_tos, ["cy@other.test"])


if __name__ == "__main__":
    unittest.main()
