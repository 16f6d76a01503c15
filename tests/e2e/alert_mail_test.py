#!/usr/bin/python3
"""Moderation by mail: what waits is told to the owner, decided by a link whose page has buttons; and writers are told."""
import re
import time
import unittest

from friend_mail_test import Mails, SAME


class Alerts(Mails):
    def comment(self, text="A thought about this.", name="Bea", score=0.1, **more):
        now = int(time.time())
        self.change("insert into comment (entry_id, status, created_at, author_name, author_email, author_url, mode, body, body_html, "
                    "score, reasons) select id, 0, ?, ?, ?, ?, 0, ?, '<p>x</p>', ?, ? from entry where path = '/one.html'",
                    now, name, more.get("email", ""), more.get("url", ""), text, score,
                    "reason.words viagra" if score >= 0.5 else "reason.first")
        self.change("insert into job (kind, subject, run_at, priority) values (6, 0, 0, 2) on conflict do nothing")
        return self.rows("select max(id) from comment")[0][0]

    def links(self, mail):
        return [link.removeprefix("http://journal.test") for link in re.findall(r"http://journal\.test/comment/decide/\S+", self.text(mail))]

    def status(self, number):
        return self.rows("select status from comment where id = ?", number)[0][0]

    def test_a_posted_comment_that_waits_is_told_with_reasons_and_its_text_only_if_clean(self):
        self.on("rates = off", "comments.hold = all")
        page = self.ask("POST", "/comment/on/one", {"author": "Bea", "post": "I liked this one."}, SAME)[2]
        signature = re.search(r'name="signature" value="([^"]+)"', page)[1]
        self.assertEqual(self.ask("POST", "/comment/on/one", {"author": "Bea", "post": "I liked this one.", "signature": signature}, SAME)[0], 303)
        self.assertEqual(self.rows("select kind, subject from job where kind = 6"), [(6, 0)])
        self.change("delete from comment")
        self.comment("Clean words.\nTwo lines.", "Carl", url="https://carl.example/")
        self.comment("Buy viagra now", "Dora", 0.8, url="https://pills.example/")
        self.change("update job set run_at = 0")
        (to, mail), = self.mails()
        self.assertEqual(to, "ann@journal.test")
        text = self.text(mail)
        for words in ("2 comments and references wait for you.", "Carl on “The one”:", "Clean words. Two lines.", "https://carl.example/",
                      "Dora on “The one”:", "What it says is not shown here"):
            self.assertIn(words, text)
        for words in ("viagra", "pills.example"):
            self.assertNotIn(words, text)
        self.assertEqual(len(self.links(mail)), 2)

    def test_only_the_press_of_a_button_decides_once_without_signing_in(self):
        for action, status, said in (("approve", 1, "It is public now."), ("spam", 2, "It is in spam now"), ("delete", 3, "for 30 days")):
            number = self.comment()
            (_, mail), = self.mails()
            link, = self.links(mail)
            for method in ("GET", "HEAD", "GET"):
                self.assertEqual(self.ask(method, link)[0], 200)
            self.ask("POST", link, {}, {"HTTP_ORIGIN": "https://scanner.test"})
            self.assertEqual(self.status(number), 0, "a scanner changes nothing")
            page = self.ask("POST", link, {"action": action})[2]
            self.assertIn(said, page)
            self.assertEqual(self.status(number), status)
            for again in ("approve", "spam", "delete"):
                code, _, page = self.ask("POST", link, {"action": again}, SAME)
                self.assertEqual((code, "decided already" in page), (410, True))
            self.assertEqual(self.status(number), status)
            self.change("update comment set status = 0 where id = ?", number)
            self.assertEqual(self.ask("POST", link, {"action": "spam"})[0], 410, "once, even where it waits again")
            self.change("update comment set status = 1")
            self.change("delete from mail")

    def test_wrong_expired_and_foreign_links_get_a_page_and_do_nothing(self):
        number = self.comment()
        (_, mail), = self.mails()
        link, = self.links(mail)
        head, _, token = link.rpartition("/")
        which, at, mac = token.split("-")
        other = self.comment()
        for wrong in (token[:-1] + ("0" if token[-1] != "0" else "1"), f"c{other}-{at}-{mac}", f"{which}-{int(at) + 1}-{mac}", "x", "c1", "--",
                      f"r{number}-{at}-{mac}", "c99999999999999999999-1-x"):
            for method in ("GET", "POST"):
                status, _, page = self.ask(method, f"{head}/{wrong}", {"action": "approve"}, SAME)
                self.assertEqual((status, "not complete" in page), (404, True), wrong)
        self.change("update secret set value = 'another journal' where name = 'forms'")
        self.assertEqual(self.ask("POST", link, {"action": "approve"}, SAME)[0], 404)
        self.assertEqual(self.status(number), 0)

    def test_many_that_wait_are_one_mail_an_hour(self):
        self.on()
        for number in range(30):
            self.comment(f"Number {number}", f"N{number}")
        (_, mail), = self.mails()
        self.assertIn("30 comments and references wait for you.", self.text(mail))
        self.assertEqual(len(self.links(mail)), 20)
        self.comment("One more")
        self.assertEqual(self.mails(), [])
        (run_at,), = self.rows("select run_at from job where kind = 6")
        self.assertGreater(run_at, time.time() + 3000)

    def test_what_was_decided_meanwhile_is_not_told(self):
        self.comment()
        self.change("update comment set status = 1")
        self.assertEqual(self.mails(), [])
        self.assertEqual(self.rows("select count(*) from job"), [(0,)])

    def test_a_reference_that_waits_is_told_too(self):
        self.change("insert into reference (entry_id, kind, via, status, title, url, author, excerpt, created_at, score) "
                    "select id, 1, 1, 0, 'An answer', 'https://far.example/a', 'Eve', 'Well said.', ?, 0.1 from entry where path = '/one.html'",
                    int(time.time()))
        self.change("insert into job (kind, subject, run_at, priority) values (6, 0, 0, 2)")
        (_, mail), = self.mails()
        self.assertIn("Eve links to “The one”:", self.text(mail))
        link, = self.links(mail)
        self.assertIn("Well said.", self.ask("GET", link)[2])
        self.ask("POST", link, {"action": "approve"})
        self.assertEqual(self.rows("select status from reference"), [(1,)])

    def test_a_webmention_and_a_trackback_that_wait_ask_for_a_mail(self):
        self.on("rates = off", f"fetch.allow = 127.0.0.1:{self.site.port}", "references.trackback = on")
        source = self.site.page("/answer", '<title>An answer</title><p>To <a href="http://journal.test/one.html">this</a>.</p>')
        self.assertEqual(self.ask("POST", "/webmention", {"source": source, "target": "http://journal.test/one.html"})[0], 202)
        self.work()
        self.assertEqual(self.rows("select status, title from reference"), [(0, "An answer")])
        self.assertEqual(self.rows("select kind, subject from job where kind = 6"), [(6, 0)])
        self.change("delete from job")
        self.assertEqual(self.ask("POST", "/one/trackback", {"url": "https://other.test/post", "title": "A post"})[0], 200)
        self.assertEqual(self.rows("select kind, subject from job where kind = 6"), [(6, 0)])
        self.change("update job set run_at = 0 where kind = 6")
        (_, mail), = self.mails()
        self.assertIn("2 comments and references wait for you.", self.text(mail))
        self.assertEqual(len(self.links(mail)), 2)

    def test_the_writer_who_asked_for_it_is_told_once_that_it_is_public(self):
        now = int(time.time())
        for address in ("bea@other.test", "dan@other.test"):
            self.change("insert into reader (email, name, confirmed_at, created_at) values (?, 'R', ?, ?)", address, now, now)
        self.change("insert into thread_follow (entry_id, reader_id, created_at) select e.id, r.id, 1 from entry e, reader r "
                    "where e.path = '/one.html' and r.email = 'bea@other.test'")
        for address in ("bea@other.test", "dan@other.test"):
            number = self.comment(email=address)
            self.change("update comment set reader_id = (select id from reader where email = ?) where id = ?", address, number)
            self.change("delete from job where kind = 6")
            for decision in ("approve", "spam", "restore", "approve"):
                self.run_daybook("comments", "--home", self.home, decision, str(number))
        told = [(to, mail) for to, mail in self.mails() if "is public" in mail["Subject"]]
        self.assertEqual([to for to, _ in told], ["bea@other.test"], "once, and only who asked")
        self.assertIn("http://journal.test/one.html#comment-", self.text(told[0][1]))
        self.assertTrue(told[0][1]["List-Unsubscribe"])


if __name__ == "__main__":
    unittest.main()
