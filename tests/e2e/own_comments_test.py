#!/usr/bin/env python3
"""A reader who confirmed an address by mail: changes, withdraws, follows, takes and erases what is theirs; and nobody else does."""
import json
import sqlite3
import unittest

import comment_site
from comment_site import FIRST
from comment_test import Reader, comments_on

PLACE = FIRST.removesuffix(".html")


class Own(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = comment_site.site()
        cls.addClassCleanup(cls.site.stop)

    def known(self, email, post="My own words"):
        reader = Reader(self.site)
        posted = reader.post(PLACE, email=email, post=post)
        self.assertEqual(posted.status, 303)
        link = comment_site.last_link(self.site)
        self.assertTrue(link.startswith(self.site.root + "/comment/confirm/"), link)
        path = link.removeprefix(self.site.origin)
        page = reader.get(path)  # what a scanner of mails does, too
        self.assertEqual((page.status, reader.cookie), (200, ""))
        self.assertEqual(reader.get("/comment/mine").status, 403)
        done = reader.send(page.page.one("main").one("form")["action"], {})
        self.assertEqual(done.status, 303)
        self.assertIn("Path=/comment", done["Set-Cookie"])
        self.assertIn("HttpOnly", done["Set-Cookie"])
        return reader, posted["Location"]

    def edit_address(self, reader, receipt):
        return next(a["href"] for a in reader.get(receipt).page.all("a") if "/comment/edit/" in a["href"])

    def test_another_site_cannot_make_this_browser_somebody_else_s(self):
        self.assertEqual(Reader(self.site).post(PLACE, email="trap@example.org", post="A trap").status, 303)
        path = comment_site.last_link(self.site).removeprefix(self.site.origin)
        action = Reader(self.site).get(path).page.one("main").one("form")["action"]
        led = Reader(self.site, {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
        answer = led.send(action, {})
        self.assertEqual((answer.status, answer["Set-Cookie"], led.cookie), (403, None, ""))

    def test_who_gives_another_address_is_not_taken_for_the_one_of_the_cookie(self):
        reader, _ = self.known("first@example.org", "Under the first")
        self.assertEqual(reader.post(PLACE, email="second@example.org", post="Under the second").status, 303)
        own = json.dumps(json.loads(reader.get("/comment/mine.json").text))
        self.assertIn("Under the first", own)
        self.assertNotIn("Under the second", own)

    def test_changes_the_own_comment(self):
        reader, receipt = self.known("edit@example.org", "Before the change")
        self.assertRegex(reader.get(receipt).page.one("main").words, r"Your comment is public\. You can change it until .+\.")
        address = self.edit_address(reader, receipt)
        self.assertIn("Before the change", reader.get(address).page.one("textarea").text)
        self.assertEqual(reader.send(address, {"post": " ", "action": "save"}).status, 422)
        self.assertEqual(reader.send(address, {"post": "After the change", "action": "save"}).status, 303)
        self.assertIn("After the change", comments_on(self.site, PLACE))
        self.assertNotIn("Before the change", comments_on(self.site, PLACE))

    def test_withdraws_it_for_good(self):
        reader, receipt = self.known("withdraw@example.org", "To be withdrawn")
        self.assertEqual(reader.send(self.edit_address(reader, receipt), {"action": "withdraw"}).status, 303)
        self.assertNotIn("To be withdrawn", comments_on(self.site, PLACE))
        said = reader.get(receipt)
        self.assertEqual(said.status, 410)
        self.assertIn("This comment was withdrawn by whoever wrote it.", said.page.one("main").words)
        self.assertNotIn("To be withdrawn", said.text)
        self.assertEqual(reader.get("/comment/receipt/" + "0" * 32).status, 404)

    def test_promises_no_mail_about_what_was_taken_for_spam(self):
        self.site.set("comments.hold", "all")
        try:
            receipt = Reader(self.site).post(PLACE, email="spam@example.org", author="Mailless", post="No mail for me")["Location"]
        finally:
            self.site.set("comments.hold", "none")
        self.assertIn("a message is on its way", self.site.get(receipt).text)
        number = next(c["id"] for c in json.loads(self.site.daybook("comments", "--json", "list", "--status", "all"))
                      if c["author"] == "Mailless")
        self.site.daybook("comments", "spam", number)
        self.assertNotIn("a message is on its way", self.site.get(receipt).text)

    def test_nobody_else_can(self):
        reader, receipt = self.known("mine@example.org", "Nobody else's")
        address = self.edit_address(reader, receipt)
        other, _ = self.known("other@example.org", "Of another")
        for who in (other, Reader(self.site)):
            self.assertIn(who.send(address, {"post": "Taken over", "action": "save"}).status, (403, 404))
        stolen = Reader(self.site)
        stolen.cookie = other.cookie.partition("=")[0] + "=1." + "0" * 32
        self.assertEqual(stolen.get("/comment/mine").status, 403)
        self.assertIn("Nobody else's", comments_on(self.site, PLACE))

    def test_what_acts_through_the_cookie_comes_from_here_or_carries_the_token(self):
        reader, receipt = self.known("csrf@example.org", "Not to be changed")
        address = self.edit_address(reader, receipt)
        foreign = Reader(self.site, {"Origin": "https://evil.example"})
        silent = Reader(self.site, {})
        foreign.cookie = silent.cookie = reader.cookie
        self.assertEqual(foreign.send(address, {"post": "Changed", "action": "save"}).status, 403)
        self.assertEqual(silent.send(address, {"post": "Changed", "action": "save"}).status, 200)
        self.assertEqual(silent.send("/comment/erase", {}).status, 200)
        self.assertIn("Not to be changed", comments_on(self.site, PLACE))
        token = next(e["value"] for e in silent.get(address).page.all("input") if e["name"] == "token")
        self.assertEqual(silent.send(address, {"post": "Changed by its owner", "action": "save", "token": token}).status, 303)
        self.assertIn("Changed by its owner", comments_on(self.site, PLACE))

    def test_sees_the_own_held_ones_and_follows_threads(self):
        reader, _ = self.known("held@example.org", "Seen by all")
        self.site.set("comments.hold", "all")
        try:
            self.assertEqual(reader.post(PLACE, email="held@example.org", post="Held words", notify="1").status, 303)
        finally:
            self.site.set("comments.hold", "none")
        self.assertNotIn("Held words", self.site.get(FIRST).text)
        page = reader.get("/comment/mine").page
        self.assertIn("Held words", page.one("main").words)
        self.assertIn("Waiting for the owner", page.one("main").words)
        leave = next(f["action"] for f in page.all("form") if "/comment/leave/" in f["action"])
        self.assertEqual(reader.send(leave, {}).status, 303)
        self.assertNotIn("/comment/leave/", reader.get("/comment/mine").text)

    def test_takes_and_erases_everything(self):
        reader, receipt = self.known("gone@example.org", "To be erased unmistakably")
        export = reader.get("/comment/mine.json")
        self.assertIn("attachment", export["Content-Disposition"])
        taken = json.loads(export.text)
        self.assertEqual((taken["email"], taken["comments"][0]["text"]), ("gone@example.org", "To be erased unmistakably"))
        self.assertEqual(reader.get("/comment/erase").status, 200)
        self.assertIn("To be erased", self.site.get(FIRST).text)
        number = next(c["id"] for c in json.loads(self.site.daybook("comments", "--json", "list", "--status", "all"))
                      if c["email"] == "gone@example.org")
        self.site.daybook("comments", "approve", number)
        self.assertEqual(self.kept("gone@example.org", number), (1, 1))
        before = reader.cookie
        self.assertEqual(reader.send("/comment/erase", {}).status, 200)
        reader.cookie = before
        self.assertEqual(reader.get("/comment/mine").status, 403)
        self.assertNotIn("To be erased", self.site.get(FIRST).text)
        self.assertEqual(reader.get(receipt).status, 404)
        self.assertEqual(self.kept("gone@example.org", number), (0, 0))

    def kept(self, email, number):
        """Mails to an address, and what the judge has learnt from a comment."""
        with sqlite3.connect(f"file:{self.site.home}/private/journal.db?mode=ro", uri=True) as database:
            return database.execute("select (select count(*) from mail where recipient = ?), (select count(*) from spam_training "
                                    "where kind = 0 and answer_id = ?)", (email, number)).fetchone()

    def test_answers_by_mail_need_an_address(self):
        answer = Reader(self.site).write(PLACE, notify="1", email="")
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.page.one("#c-email-error").words,
                         "To tell you about answers we need your email. Enter it, or clear the box below.")
        self.assertIn("checked", answer.page.one("#c-notify").attributes)

    def test_a_broken_link_says_so(self):
        for token in ("x", "1-0-1.aa", "99999999999999999999-0-1.a"):
            self.assertEqual(self.site.get("/comment/confirm/" + token).status, 404)


if __name__ == "__main__":
    unittest.main()
