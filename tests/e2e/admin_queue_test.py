#!/usr/bin/env python3
"""The one list of what waits: decided one by one and in bulk, taken back with its training, blocked, answered, read in a private feed."""
import json
import sqlite3
import time
import unittest

from admin_site import OWNER, Person, owner
from journal_site import JournalSite, entry

PLACE = "/2019/3/4/first.html"


def comment(number, status="held", **more):
    return {"id": number, "parent": None, "status": status, "author": f"Writer {number}", "email": f"w{number}@example.net",
            "url": f"https://site{number}.example/page", "date": f"2019-03-06T10:{number % 60:02}:00+00:00", "format": "limited",
            "body": f"Word number {number} <b>bold</b>\n\n<script>alert(1)</script>"} | more


def journal(replies, **options):
    return JournalSite(entries=[entry("first", "A first entry", "2019-03-04T10:00:00+00:00", replies=replies, references=[
        {"kind": "response", "via": "webmention", "status": "held", "title": "An answer", "url": "https://other.example/answer",
         "site_name": "Other", "site_url": "https://other.example/", "author": "Otto", "excerpt": "Said <i>elsewhere</i>.",
         "date": "2019-03-05T10:00:00+00:00"}])], **options)


class Queue(unittest.TestCase):
    options = {}

    def setUp(self):
        self.site = journal([comment(n) for n in range(1, 6)] + [comment(6, "spam"), comment(7, "trash"), comment(8, "public")], **self.options)
        self.addCleanup(self.site.stop)
        self.person = owner(self.site)

    def database(self, question, *values):
        with sqlite3.connect(f"file:{self.site.home}/private/journal.db?mode=ro", uri=True) as database:
            return database.execute(question, values).fetchall()

    def status(self, number):
        return self.database("select status from comment where id = ?", number)[0][0]

    def learnt(self):
        return self.database("select token, good, bad from spam_token where good + bad > 0 order by token")

    def keys(self, page):
        return [item["value"] for item in page.all("input") if item.get("name") == "item"]

    def act(self, path="/admin/waiting", button=None, **values):
        page = self.person.get(path).page
        form = page.one("#queue")
        answer = self.person.send(page, values, button=button, form=form)
        self.assertEqual(answer.status, 303, answer.text)
        return self.person.ask("GET", answer["Location"])

    def undo(self, page):
        answer = self.person.send(page, form=page.one("#undo"))
        self.assertEqual(answer.status, 303)
        return self.person.ask("GET", answer["Location"]).page

    def test_shows_all_that_waits_newest_first_with_text_and_counts(self):
        answer = self.person.get("/admin/waiting")
        page = answer.page
        self.assertEqual(self.keys(page), ["c5", "c4", "c3", "c2", "c1", "r1"])
        self.assertEqual(page.one(".badge").words, "6")
        self.assertIn("Word number 5", page.one("#c5").words)
        self.assertIn("w5@example.net", page.one("#c5").words)
        self.assertIn("<b>bold</b>", answer.text)
        self.assertNotIn("<script>alert", answer.text)
        self.assertIn("Said elsewhere", page.one("#r1").words.replace("<i>", "").replace("</i>", ""))
        self.assertEqual(self.keys(self.person.get("/admin/waiting?show=spam").page), ["c6"])
        self.assertEqual(self.keys(self.person.get("/admin/waiting?show=trash").page), ["c7"])

    def test_reasons_are_said_in_words(self):
        self.site.set("comments.hold", "all")
        stranger = Person(self.site)
        page = stranger.get(PLACE).page
        form = next(f for f in page.all("form") if "/comment" in (f.get("action") or ""))
        shown = stranger.send(page, {"author": "Newcomer", "post": "A friendly word about boats."}, ("action", "create"), form)
        if shown.status == 200:
            form = next(f for f in shown.page.all("form") if "/comment" in (f.get("action") or ""))
            shown = stranger.send(shown.page, {}, ("action", "create"), form)
        self.assertEqual(shown.status, 303, shown.text)
        self.assertIn("Every comment waits for you.", self.person.get("/admin/waiting").text)

    def test_one_is_approved_with_its_own_button_and_undo_takes_that_back_with_what_was_learnt(self):
        before = self.learnt()
        done = self.act(button=("one", "approve c3")).page
        self.assertEqual(self.status(3), 1)
        self.assertIn("Word number 3", self.site.get(PLACE).text)
        self.assertNotEqual(self.learnt(), before)
        self.assertIn("1 is public now.", done.one("#undo").words)
        again = self.undo(done)
        self.assertIn("The decision was undone.", again.one(".notice").words)
        self.assertEqual(self.status(3), 0)
        self.assertEqual(self.learnt(), before)
        self.assertNotIn("Word number 3", self.site.get(PLACE).text)
        # The button of a page that is still open elsewhere
        self.assertIn("There was nothing to undo", self.undo(done).one(".notice").words)
        self.assertEqual(self.status(3), 0)

    def test_many_are_decided_at_once(self):
        done = self.act(item=["c1", "c2", "r1"], button=("act", "spam")).page
        self.assertIn("3 are in spam now.", done.one("#undo").words)
        self.assertEqual([self.status(n) for n in (1, 2, 3)], [2, 2, 0])
        self.assertEqual(self.keys(done), ["c5", "c4", "c3"])
        self.undo(done)
        self.assertEqual(len(self.keys(self.person.get("/admin/waiting").page)), 6)

    def test_undo_goes_back_to_spam_where_it_lay_there(self):
        done = self.act("/admin/waiting?show=spam", item="c6", button=("act", "approve")).page
        self.assertEqual(self.status(6), 1)
        self.undo(done)
        self.assertEqual(self.status(6), 2)
        done = self.act("/admin/waiting?show=trash", item="c7", button=("act", "restore")).page
        self.assertEqual(self.status(7), 0)
        self.undo(done)
        self.assertEqual(self.status(7), 3)

    def test_nothing_chosen_is_said(self):
        for button in (("act", "approve"), ("act", "nonsense"), ("one", "spam"), ("one", "spam c0"), None):
            self.assertIn("Nothing was chosen.", self.act(button=button).page.one(".alert").words, button)

    def test_what_was_decided_in_another_window_stays(self):
        page = self.person.get("/admin/waiting").page
        self.act(button=("one", "approve c1"))
        answer = self.person.send(page, {"item": ["c1", "c2"]}, ("act", "delete"), page.one("#queue"))
        text = self.person.ask("GET", answer["Location"]).page.one("#undo").words
        self.assertIn("1 is in the trash now.", text)
        self.assertIn("1 had been decided elsewhere meanwhile", text)
        self.assertEqual([self.status(1), self.status(2)], [1, 3])

    def test_undo_leaves_what_others_decided_since(self):
        done = self.act(button=("one", "spam c2")).page
        self.site.daybook("comments", "approve", "2")
        self.assertIn("There was nothing to undo", self.undo(done).one(".notice").words)
        self.assertEqual(self.status(2), 1)

    def test_nobody_undoes_what_somebody_else_decided(self):
        done = self.act(button=("one", "spam c2")).page
        self.site.daybook("user", "--role", "editor", "--email", "ed@example.org", "--password-stdin", "add", "Ed", typed="another long password\n")
        editor = Person(self.site)
        editor.sign_in("ed@example.org", "another long password")
        editor.send(done, form=done.one("#undo"))
        self.assertEqual(self.status(2), 2)

    def test_addresses_of_mail_are_for_owners(self):
        self.site.daybook("user", "--role", "editor", "--email", "ed@example.org", "--password-stdin", "add", "Ed", typed="another long password\n")
        editor = Person(self.site)
        editor.sign_in("ed@example.org", "another long password")
        for path in ("/admin/waiting", "/admin/waiting/c1"):
            self.assertNotIn("example.net", editor.get(path).text)
        self.assertIn("w1@example.net", self.person.get("/admin/waiting/c1").text)

    def test_erasing_needs_the_token_and_takes_only_what_is_in_the_trash(self):
        page = self.person.get("/admin/waiting?show=trash").page
        forged = self.person.post("/admin/waiting/erase", {"item": "c7", "show": "trash", "token": "0" * 32})
        self.assertEqual(forged.status, 403)
        self.assertEqual(self.status(7), 3)
        token = page.one("#queue").first("input")["value"]
        self.person.post("/admin/waiting/erase", [("item", "c7"), ("item", "c8"), ("show", "trash"), ("token", token)])
        self.assertEqual(self.database("select id from comment where id in (7, 8)"), [(8,)])

    def test_an_answer_publishes_both_once(self):
        page = self.person.get("/admin/waiting/c4").page
        form = next(f for f in page.all("form") if f["action"].endswith("/reply"))
        empty = self.person.send(page, {"text": "  "}, form=form)
        self.assertEqual(empty.status, 422)
        self.assertEqual(self.status(4), 0)
        for _ in range(2):
            answer = self.person.send(page, {"text": "Thank you.\n\nIndeed."}, form=form)
            self.assertEqual(answer.status, 303)
        self.assertEqual(self.status(4), 1)
        self.assertEqual(self.database("select parent_id, author_name, author_id from comment where body like 'Thank%'"), [(4, "Ada Owner", 1)])
        self.assertIn("Your answer is public.", self.person.ask("GET", answer["Location"]).text)
        self.assertIn("Indeed.", self.site.get(PLACE).text)

    def test_blocking_from_there_puts_it_on_the_list_and_into_spam(self):
        page = self.person.get("/admin/waiting/c5").page
        form = next(f for f in page.all("form") if f["action"].endswith("/block"))
        self.assertEqual(self.person.send(page, {}, form=form).status, 422)
        wrong = self.person.send(page, {"kind": "word", "word": "x"}, form=form)
        self.assertEqual((wrong.status, wrong.page.one("#word")["value"]), (422, "x"))
        self.assertEqual(self.status(5), 0)
        self.assertEqual(self.person.send(page, {"kind": "url"}, form=form).status, 303)
        self.assertEqual(self.person.send(page, {"kind": "email", "spam": None}, form=form).status, 303)
        self.assertEqual(self.status(5), 2)
        rules = self.person.get("/admin/blocks").page
        self.assertEqual([h.words for h in rules.one(".rows").all("h2")], ["w5@example.net", "site5.example"])
        self.person.send(rules, form=rules.one(".rows").first("form"))
        self.assertEqual(self.database("select pattern from block_rule"), [("site5.example",)])
        added = self.person.send(rules, {"kind": "network", "pattern": "203.0.113.0/24"})
        self.assertEqual(added.status, 303)
        wide = self.person.send(rules, {"kind": "network", "pattern": "0.0.0.0/1"})
        self.assertEqual((wide.status, wide.page.one("#pattern")["value"]), (422, "0.0.0.0/1"))

    def test_the_feed_is_secret_and_can_be_taken_back(self):
        page = self.person.get("/admin/waiting").page
        self.assertEqual(self.person.send(page, form=page.one("#feed").one("form")).status, 303)
        page = self.person.get("/admin/waiting").page
        address = page.one("#feed-address")["value"]
        stranger = Person(self.site)
        feed = stranger.ask("GET", address)
        self.assertEqual((feed.status, feed.type), (200, "application/atom+xml"))
        self.assertIn("no-store", feed["Cache-Control"])
        self.assertIn("Writer 5", feed.text)
        self.assertNotIn("w5@example.net", feed.text)
        for wrong in ("0" + address[-32:], "1-" + "0" * 32, "1-", "x", "2" + address[address.rindex("/") + 2:]):
            self.assertEqual(stranger.get("/admin/feed/" + wrong).status, 404, wrong)
        self.person.send(page, button=("act", "new"), form=page.one("#feed").one("form"))
        self.assertEqual(stranger.ask("GET", address).status, 404)
        page = self.person.get("/admin/waiting").page
        address = page.one("#feed-address")["value"]
        self.assertEqual(stranger.ask("GET", address).status, 200)
        self.person.send(page, button=("act", "end"), form=page.one("#feed").one("form"))
        self.assertEqual(stranger.ask("GET", address).status, 404)

    def test_what_is_public_can_be_taken_away_on_its_own_page(self):
        page = self.person.get("/admin/waiting/c8").page
        self.assertIn("Public", page.one(".state").words)
        form = next(f for f in page.all("form") if f["action"].endswith("/waiting"))
        answer = self.person.send(page, {}, ("one", "spam c8"), form)
        self.assertEqual(self.status(8), 2)
        self.undo(self.person.ask("GET", answer["Location"]).page)
        self.assertEqual(self.status(8), 1)

    def test_what_is_not_there_is_404(self):
        for path in ("c999", "r999", "x", "c", "c-1", "c99999999999999999999"):
            self.assertEqual(self.person.get("/admin/waiting/" + path).status, 404, path)

    def test_a_place_that_cannot_be_read_is_the_beginning(self):
        for place in ("x", "1-", "-c1", "9" * 40 + "-c1", "1552-c1;drop"):
            answer = self.person.get("/admin/waiting?from=" + place)
            self.assertEqual(answer.status, 200)
        self.assertEqual(self.keys(self.person.get("/admin/waiting?from=zzz").page)[0], "c5")


class UnderCgi(Queue):
    options = {"server": "apache", "mode": "cgi", "prefix": "/blog"}

    def setUp(self):
        if self._testMethodName not in ("test_many_are_decided_at_once", "test_an_answer_publishes_both_once",
                                        "test_the_feed_is_secret_and_can_be_taken_back"):
            self.skipTest("the main flows are enough")
        super().setUp()


class Many(unittest.TestCase):
    def test_pages_of_a_long_list_cost_the_same(self):
        with journal([]) as site:
            with sqlite3.connect(site.home / "private/journal.db") as database:
                database.executemany(
                    "insert into comment (entry_id, status, created_at, author_name, mode, body, body_html) values (1, 0, ?, ?, 0, 'A', '<p>A</p>')",
                    ((1552000000 + n // 3, f"W{n}") for n in range(30000)))
            person = owner(site)
            page = person.get("/admin/waiting").page
            self.assertEqual(page.one(".badge").words, "1,000+")
            seen, times = [], []
            for _ in range(12):
                began = time.monotonic()
                page = person.get("/admin/waiting" + ("" if not seen else "?" + older.partition("?")[2])).page
                times.append(time.monotonic() - began)
                seen += [item["value"] for item in page.all("input") if item.get("name") == "item"]
                older = next(a["href"] for a in page.all("a") if a.words == "Older")
            self.assertEqual((len(seen), len(set(seen))), (600, 600))
            self.assertEqual(seen, sorted(seen, key=lambda s: -int(s[1:])))
            self.assertLess(min(times), 0.2)
            self.assertIn(person.get("/admin/waiting?from=1-c1").status, (200,))


if __name__ == "__main__":
    unittest.main()
