#!/usr/bin/python3
"""Mails about comments, to those who follow an entry: whom, when, once, and how to leave; with a real mail server."""
import email
import email.policy
import json
import re
import time
import unittest

from webmention_test import Case, entry
import mail_peer


class Follow(Case):
    def setUp(self):
        super().setUp()
        self.peer = mail_peer.Peer()
        self.addCleanup(self.peer.stop)
        self.configure(f"smtp = 127.0.0.1:{self.peer.port}", "rates = off")
        self.add(entry("two", "<p>More words.</p>"))

    def follower(self, address, slug="one", confirmed=True):
        """A reader who confirmed the address and follows an entry."""
        now = int(time.time())
        self.change("insert into reader (email, name, confirmed_at, created_at) values (?, 'R', ?, ?) on conflict do nothing",
                    address, now if confirmed else None, now)
        self.change("insert into thread_follow (entry_id, reader_id, created_at) select e.id, r.id, ? from entry e, reader r "
                    "where e.path = ? and r.email = ?", now, f"/{slug}.html", address)

    def comment(self, text="Some words", name="Cy", address="", status=0, slug="one"):
        self.change("insert into comment (entry_id, status, created_at, author_name, author_email, mode, body, body_html) "
                    "select id, ?, ?, ?, ?, 0, ?, ? from entry where path = ?", status, int(time.time()), name, address, text,
                    f"<p>{text}</p>", f"/{slug}.html")
        return str(self.rows("select max(id) from comment")[0][0])

    def decide(self, decision, number):
        self.run_daybook("comments", "--home", self.home, decision, number)
        self.work()

    def mails(self):
        """[(recipient, message)] of what came, in order of recipients; forgotten then."""
        came = sorted(((mail.rcpt_tos[0], email.message_from_bytes(mail.content, policy=email.policy.default))
                       for mail in self.peer.mails), key=lambda pair: pair[0])
        self.peer.mails.clear()
        return came

    def to(self):
        return [recipient for recipient, _ in self.mails()]

    def test_one_for_each_follower_when_it_is_approved_and_never_twice(self):
        self.follower("bea@other.test")
        self.follower("dan@other.test")
        self.follower("eve@other.test", slug="two")
        self.follower("fay@other.test", confirmed=False)
        number = self.comment()
        self.work()
        self.assertEqual(self.to(), [], "it waits")
        self.decide("approve", number)
        self.assertEqual(self.to(), ["bea@other.test", "dan@other.test"])
        self.decide("spam", number)
        self.decide("restore", number)
        self.decide("approve", number)
        self.assertEqual(self.to(), [])
        self.assertEqual(self.rows("select count(*) from job"), [(0,)])

    def test_who_wrote_it_gets_none(self):
        self.follower("bea@other.test")
        self.follower("dan@other.test")
        number = self.comment(address="bea@other.test")
        self.change("update comment set reader_id = (select id from reader where email = 'dan@other.test') where id = ?", number)
        self.decide("approve", number)
        came = self.mails()  # the notice that it is public, which is for whoever proved the address
        self.assertEqual([recipient for recipient, _ in came], ["dan@other.test"])
        self.assertEqual(came[0][1]["Subject"], "Your comment on The one is public")

    def test_a_comment_that_is_public_at_once_is_told_at_once(self):
        self.follower("bea@other.test")
        self.run_daybook("settings", "--home", self.home, "set", "comments.hold", "none")
        page = self.ask("GET", "/one/comment")[2]
        names = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        here = {"HTTP_ORIGIN": "http://journal.test"}
        typed = {"author": "Cy", "post": "A good thought about the words of this entry.", "action": "post", **names}
        status, head, page = self.ask("POST", "/one/comment", typed, here)
        if status == 200:  # the preview step
            names = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
            status, head, page = self.ask("POST", "/one/comment", {**typed, **names}, here)
        self.assertEqual(status, 303, page)
        self.assertEqual(self.rows("select status from comment"), [(1,)])
        self.work()
        self.assertEqual(self.to(), ["bea@other.test"])

    def test_what_it_says(self):
        self.follower("bea@other.test")
        number = self.comment(text="Line &amp; <b>more</b>", name="Cy\r\nBcc: all@other.test <x>")
        self.decide("approve", number)
        (_, mail), = self.mails()
        self.assertEqual(mail["Subject"], "New comment on The one")
        self.assertIsNone(mail["Bcc"])
        text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
        self.assertIn("wrote on “The one”:", text)
        self.assertIn("\n\nLine & more\n\n", text)
        self.assertIn(f"\n\nhttp://journal.test/one.html#comment-{number}\n\n", text)
        leave = mail["List-Unsubscribe"].strip("<>")
        self.assertIn(f"\n\n{leave}\n\n", text)
        self.assertEqual(mail["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertRegex(mail["List-Id"], r"^<comments-\d+\.journal\.test>$")
        self.assertTrue(mail["Auto-Submitted"])

    def leave_address(self):
        self.follower("bea@other.test")
        self.decide("approve", self.comment())
        (_, mail), = self.mails()
        return mail["List-Unsubscribe"].strip("<>").removeprefix("http://journal.test")

    def follows(self):
        return self.rows("select count(*) from thread_follow")[0][0]

    def test_leaving_by_the_link_takes_a_press_of_the_button(self):
        path = self.leave_address()
        for method in ("GET", "HEAD"):
            status, head, page = self.ask(method, path)
            self.assertEqual((status, self.follows()), (200, 1))
        page = self.ask("GET", path)[2]
        self.assertIn("The one", page)
        self.assertIn(f'<form method="post" action="{path}">', page)
        status, _, page = self.ask("POST", path, {}, {"HTTP_ORIGIN": "http://journal.test"})
        self.assertEqual((status, self.follows()), (200, 0))
        self.assertIn("You will hear no more", page)
        self.assertEqual(self.ask("POST", path)[0], 200, "once more does no harm")
        self.decide("approve", self.comment())
        self.assertEqual(self.to(), [])

    def test_leaving_by_one_click_of_the_mail_program(self):
        path = self.leave_address()
        self.assertEqual(self.ask("POST", path, {"List-Unsubscribe": "One-Click"})[0], 200)
        self.assertEqual(self.follows(), 0)

    def test_no_other_link_leaves(self):
        path = self.leave_address()
        entry_id, reader, mac = path.rsplit("/", 1)[1].split("-")
        for token in (f"{entry_id}-{reader}-{mac[:-1]}0x", f"{entry_id}-9{reader}-{mac}", f"9{entry_id}-{reader}-{mac}", mac, "-",
                      f"{entry_id}-{reader}-", "99999999999999999999-1-" + mac):
            for method in ("GET", "POST"):
                self.assertEqual(self.ask(method, "/comment/unfollow/" + token)[0], 404, token)
        self.assertEqual(self.follows(), 1)

    def test_what_changed_before_the_mail_left_counts(self):
        self.follower("bea@other.test")
        self.follower("dan@other.test")
        number = self.comment()
        self.peer.busy = True
        self.decide("approve", number)
        self.assertEqual(self.rows("select count(*) from mail where sent_at is null"), [(2,)])
        self.peer.busy = False
        self.change("delete from thread_follow where reader_id = (select id from reader where email = 'bea@other.test')")
        self.change("update job set run_at = 0")
        self.work()
        self.assertEqual(self.to(), ["dan@other.test"])
        number = self.comment()
        self.peer.busy = True
        self.decide("approve", number)
        self.peer.busy = False
        self.run_daybook("comments", "--home", self.home, "spam", number)
        self.change("update job set run_at = 0")
        self.work()
        self.assertEqual(self.to(), [], "held again, so nobody is told")
        self.assertEqual(self.rows("select count(*) from mail where sent_at is null"), [(0,)])

    def test_a_flood_of_comments_is_no_flood_of_mails(self):
        self.configure(f"smtp = 127.0.0.1:{self.peer.port}")
        self.follower("bea@other.test")
        for _ in range(25):
            self.run_daybook("comments", "--home", self.home, "approve", self.comment())
        self.work()
        self.assertEqual(len(self.mails()), 20)

    def test_imported_comments_tell_nobody(self):
        self.follower("bea@other.test")
        self.add(entry("three", "<p>x</p>", replies=[{"id": 1, "parent": None, "status": "public", "author": "Old", "email": "",
                 "url": "", "date": "2019-03-05T07:45:00+00:00", "format": "limited", "body": "Old words"}]))
        self.work()
        self.assertEqual(self.to(), [])

    def test_many_followers_all_get_theirs(self):
        for number in range(120):
            self.change("insert into reader (id, email, confirmed_at, created_at) values (?, ?, 1, 1)", 1000 + number,
                        f"r{number:03}@other.test")
            self.change("insert into thread_follow (entry_id, reader_id, created_at) select id, ?, 1 from entry "
                        "where path = '/one.html'", 1000 + number)
        self.configure(f"smtp = 127.0.0.1:{self.peer.port}", "rates = off", "mail.per_hour = 1000")
        self.decide("approve", self.comment())
        self.assertEqual(self.to(), [f"r{number:03}@other.test" for number in range(120)])


if __name__ == "__main__":
    unittest.main()
