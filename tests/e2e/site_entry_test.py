#!/usr/bin/env python3
"""The entry page, in document order and in each of its states."""
import json
import unittest

from journal_site import JournalSite, entry

NBSP = "\u00a0"


def reply(number, date="2019-03-05T21:40:00+00:00", **more):
    return {"id": number, "parent": None, "status": "public", "author": f"Reader {number}", "email": "", "url": "",
            "date": date, "format": "limited", "body": f"Comment number {number}."} | more


def reference(title, **more):
    return {"kind": "response", "via": "webmention", "status": "public", "title": title, "url": "https://example.net/a?b=1&c=2",
            "site_name": "A site", "site_url": "https://example.net/", "author": "Ann", "excerpt": "They <said> so.",
            "date": "2019-03-06T10:00:00+00:00"} | more


ENTRIES = [
    entry("first", "The very first", "2019-03-01T10:00:00+00:00", comments="none", author="ada"),
    entry("between", "Hidden between", "2019-03-02T10:00:00+00:00", status="draft", body="<p>Draft secret.</p>"),
    entry("private", "Private between", "2019-03-03T10:00:00+00:00", status="private", body="<p>Private secret.</p>"),
    entry("pending", "Pending between", "2019-03-03T11:00:00+00:00", status="pending", body="<p>Pending secret.</p>"),
    entry("middle", "Q&A: “Is 5/2” <b> – and a word…?", "2019-03-04T07:45:00+00:00", author="ada",
          body="<p>Body text.</p>", more="<p>The rest.</p>", categories=["clocks", "time"], tags=["Old things", "snow"],
          updates=[{"date": "2019-03-07T09:00:00+00:00", "body": "<p>An update.</p>"}],
          references=[reference("A response"), reference("A source", kind="source", via="author"),
                      reference("Held response", status="held"), reference("Spam response", status="spam")],
          replies=[reply(1, url="https://reader.example/?a=1&b=2", body="First\n\n<b>bold</b> <script>alert(1)</script>"),
                   reply(2, date="2019-03-06T08:00:00+00:00"), reply(3, parent=1, date="2019-03-07T08:00:00+00:00"),
                   reply(4, status="held", body="Held words."), reply(5, status="spam", body="Spam words.")]),
    entry("closed", "Closed one", "2019-03-08T10:00:00+00:00", comments="closed", author="ben", replies=[reply(6)]),
    entry("gone", "Gone one", "2019-03-09T10:00:00+00:00", expires="2019-06-01T00:00:00+00:00", body="<p>Gone secret.</p>"),
    entry("trashed", "Never seen", "2019-03-09T10:00:00+00:00", status="trash", body="<p>Trash secret.</p>"),
    entry("open", "Open and empty", "2019-03-10T10:00:00+00:00", author="ben"),
    entry("locked", "Behind a door", "2019-03-11T10:00:00+00:00", password="two words & <more>", author="ada",
          body="<p>Locked secret xylophone.</p>", excerpt="Excerpt xylophone.", tags=["snow"], replies=[reply(7, body="Xylophone reply.")]),
    entry("nameless", "", "2019-03-12T10:00:00+00:00", author="ada"),
    entry("arabic", "ساعة جدّي القديمة", "2019-03-13T23:30:00+00:00", lang="ar", author="ada", body="<p>نص.</p>"),
    entry("newest", "The newest", "2019-03-14T10:00:00+00:00", author="ada"),
    entry("future", "From the future", "2199-03-14T10:00:00+00:00", author="ada", body="<p>Future secret.</p>"),
]
JOURNAL = {
    "settings": {"title": "Test & journal", "tagline": "A <tag> line", "zone": "America/New_York"},
    "authors": [{"slug": "ada", "name": "Ada O’Test", "email": "ada@example.org", "url": "", "about": ""},
                {"slug": "ben", "name": "Ben", "email": "", "url": "", "about": ""}],
    "categories": [{"slug": "clocks", "name": "Clocks & bells", "parent": None, "description": ""},
                   {"slug": "time", "name": "Time", "parent": "clocks", "description": ""}],
    "entries": ENTRIES,
    "redirects": [{"from": "/old/gone", "status": 410}, {"from": "/old/here", "to": "/2019/3/4/middle.html", "status": 301}],
}


class EntryPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(**JOURNAL)
        cls.addClassCleanup(cls.site.stop)

    def at(self, path, status=200):
        answer = self.site.get(path)
        self.assertEqual(answer.status, status, path)
        return answer.page

    def test_stands_in_the_order_that_its_readers_know(self):
        words = self.at("/2019/3/4/middle.html").one("body").words
        order = ["Skip to the main text", "Test & journal", "A <tag> line", "« Closed one | Main | The very first »",
                 "Monday Mar 4 2019", "Q&A: “Is 5/2” <b> – and a" + NBSP + "word…?", "Body text.", "The rest.", "An update.",
                 "Posted by Ada O’Test on March 4, 2019 at 2:45 AM", "Filed in Clocks & bells, Time", "Tagged Old things, snow",
                 "View Printer Friendly Version", "Email Article to Friend", "3 Comments", "References (2)", "Reader Comments (3)",
                 "Comment number 2.", "Written in a Daybook."]
        at = 0
        for piece in order:
            found = words.find(piece, at)
            self.assertGreaterEqual(found, 0, f"{piece!r} is not after what precedes it in: {words}")
            at = found + len(piece)

    def test_its_neighbours_are_the_public_ones_newer_left_and_older_right(self):
        nav = self.at("/2019/3/4/middle.html").one("nav.neighbours")
        self.assertEqual(nav.words, "« Closed one | Main | The very first »")
        newer, main, older = nav.all("a")
        self.assertEqual([newer["href"], main["href"], older["href"]],
                         ["/2019/3/8/closed.html", "/", "/2019/3/1/first.html"])
        self.assertEqual([newer["rel"], newer["aria-label"], older["rel"], older["aria-label"]],
                         ["next", "Newer: Closed one", "prev", "Older: The very first"])

    def test_at_either_end_the_link_and_its_bar_vanish_together(self):
        self.assertEqual(self.at("/2019/3/1/first.html").one("nav.neighbours").words,
                         "« Q&A: “Is 5/2” <b> – and a word…? | Main")
        self.assertEqual(self.at("/2019/3/14/newest.html").one("nav.neighbours").words, "Main | ساعة جدّي القديمة »")

    def test_its_date_is_one_time_whose_parts_are_elements_apart(self):
        leaf = self.at("/2019/3/4/middle.html").one("time.leaf")
        self.assertEqual(leaf.words, "Monday Mar 4 2019")
        self.assertEqual(leaf["datetime"], "2019-03-04T02:45:00-05:00")
        self.assertEqual([leaf.one(f"span.{part}").text for part in ("weekday", "month", "day", "year")],
                         ["Monday", "Mar", "4", "2019"])

    def test_its_address_holds_the_local_date(self):
        self.assertEqual(self.at("/2019/3/13/arabic.html").one("time.leaf").words, "Wednesday Mar 13 2019")

    def test_only_heading_title_and_og_title_keep_the_last_word_in_company(self):
        page = self.at("/2019/3/8/closed.html")
        kept = "Closed" + NBSP + "one"
        self.assertEqual(page.one("h1").words, kept)
        self.assertEqual(page.one("h1").one("a")["href"], "/2019/3/8/closed.html")
        self.assertEqual(page.one("head").one("title").text, kept + " | Test & journal")
        self.assertEqual([m["content"] for m in page.all("meta") if m.get("property") == "og:title"], [kept])
        for path in ("/", "/archive", "/2019/3/", "/rss.xml", "/atom.xml", "/feed.json", "/search?q=closed", "/2019/3/4/middle.html"):
            self.assertNotIn(kept, self.site.get(path).text, path)
        self.assertNotIn(kept, "".join(page.all("script")[0].children))

    def test_counts_comments_in_words(self):
        self.assertNotIn("Comments (0)", self.at("/2019/3/10/open.html").text)
        self.assertEqual(self.at("/2019/3/10/open.html").one("#comments").one("h2").words, "Reader Comments")
        self.assertIn("1 Comment", [e.words for e in self.at("/2019/3/8/closed.html").one("footer.lines").all("a")])
        self.assertIn("3 Comments", [e.words for e in self.at("/2019/3/4/middle.html").one("footer.lines").all("a")])

    def test_shows_comments_oldest_first_and_answers_below_what_they_answer(self):
        comments = self.at("/2019/3/4/middle.html").one("#comments")
        articles = comments.all("article")
        self.assertEqual([a.one(".p-author").words for a in articles], ["Reader 1", "Reader 3", "Reader 2"])
        first = articles[0]
        self.assertEqual(first.one("h3").words, "Reader 1, March 5, 2019 at 4:40 PM")
        self.assertIn("visually-hidden", first.one("h3").classes)
        self.assertEqual(first.one("p.signature").words, "March 5, 2019 at 4:40 PM | Reader 1")
        author = first.one("p.signature").all("a")[-1]
        self.assertEqual((author["href"], author["rel"]), ("https://reader.example/?a=1&b=2", "nofollow ugc noopener"))
        self.assertEqual(first.one("div.body").words, "First bold <script>alert(1)</script>")
        self.assertEqual(articles[1].parent.parent.parent.all("article")[0], first)

    def test_replies_stand_in_line_once_their_owner_turns_threads_off(self):
        self.site.set("comments.replies", "off")
        self.addCleanup(self.site.set, "comments.replies", "on")
        articles = self.at("/2019/3/4/middle.html").one("#comments").all("article")
        self.assertEqual([a.one(".p-author").words for a in articles], ["Reader 1", "Reader 2", "Reader 3"])

    def test_shows_references_of_both_kinds_with_what_is_known_of_them(self):
        items = self.at("/2019/3/4/middle.html").one("#references").all("li")
        self.assertEqual([i.words for i in items],
                         ["Source A source They <said> so. March 6, 2019 | A site, Ann",
                          "Response A response They <said> so. March 6, 2019 | A site, Ann"])
        self.assertEqual(items[1].first("a")["rel"], "nofollow ugc noopener")
        self.assertFalse(self.at("/2019/3/8/closed.html").all("#references"))

    def test_a_closed_discussion_keeps_its_comments_and_says_so(self):
        comments = self.at("/2019/3/8/closed.html").one("#comments")
        self.assertEqual(comments.one("p.notice").words,
                         "Comments on this entry are closed. You can still answer on your own website.")
        self.assertEqual(len(comments.all("article")), 1)
        self.assertFalse(self.at("/2019/3/10/open.html").all("p.notice"))

    def test_a_discussion_that_was_never_enabled_has_no_place(self):
        page = self.at("/2019/3/1/first.html")
        self.assertFalse(page.all("#comments"))
        self.assertNotIn("Comment", page.one("main").text)

    def test_what_is_held_or_spam_appears_nowhere(self):
        for path in ("/2019/3/4/middle.html", "/2019/3/4/middle/print", "/2019/3/4/middle/comments.xml", "/comments/rss.xml", "/",
                     "/search?q=words"):
            text = self.site.get(path).text
            for secret in ("Held words", "Spam words", "Held response", "Spam response"):
                self.assertNotIn(secret, text, path)

    def test_has_landmarks_and_headings_for_those_who_listen(self):
        page = self.at("/2019/3/4/middle.html")
        first = next(page.one("body").walk())
        self.assertEqual((first.tag, first["href"]), ("a", "#main"))
        self.assertEqual([e.words for e in page.one("main").all("h2")], ["References (2)", "Reader Comments (3)", "Post a New Comment"])
        names = [n.get("aria-label") or page.one("#" + n["aria-labelledby"]).words for n in page.all("nav")]
        self.assertTrue(all(names))
        self.assertEqual(len(names), len(set(names)))
        for landmark in ("main", "header.site", "footer.site"):
            page.one(landmark)

    def test_drafts_and_other_hidden_entries_are_not_there(self):
        for path in ("/2019/3/2/between.html", "/2019/3/3/private.html", "/2019/3/3/pending.html", "/2199/3/14/future.html",
                     "/2019/3/9/trashed.html", "/2019/3/2/between/print", "/2199/3/14/future/comments.xml", "/2199/", "/2019/3/2/"):
            page = self.at(path, 404)
            self.assertNotIn("secret", page.text)
            self.assertEqual(len(page.all("h1")), 1)
        for path in ("/", "/archive", "/rss.xml", "/sitemap.xml", "/search?q=secret", "/2019/3/"):
            text = self.site.get(path).text
            for slug in ("between", "private", "pending", "future", "trashed", "gone"):
                self.assertNotIn(f"/{slug}", text, path)
            self.assertNotIn("secret.", text, path)

    def test_what_was_taken_down_says_so(self):
        for path in ("/2019/3/9/gone.html", "/old/gone"):
            self.assertIn("This entry was taken down by its owner.", self.at(path, 410).one("main").words)

    def test_old_addresses_lead_to_the_new_one(self):
        for old in ("/old/here", "/2019/3/4/middle", "/2019/3/4/middle.html/"):
            answer = self.site.get(old)
            self.assertIn(answer.status, (301, 308), old)
            self.assertEqual(answer["Location"], "/2019/3/4/middle.html", old)

    def test_an_entry_without_a_title_is_known_by_its_date(self):
        page = self.at("/2019/3/12/nameless.html")
        self.assertIn("visually-hidden", page.one("h1").classes)
        self.assertEqual(page.one("h1").words.replace(NBSP, " "), "Note of March 12, 2019")

    def test_an_entry_in_another_language_says_so_and_runs_its_own_way(self):
        page = self.at("/2019/3/13/arabic.html")
        self.assertEqual((page.one("html")["lang"], page.one("html").get("dir")), ("en", None))
        for element in (page.one("h1"), page.one("main").one("div.body")):
            self.assertEqual((element["lang"], element["dir"]), ("ar", "rtl"))

    def test_a_machine_finds_what_it_is(self):
        page = self.at("/2019/3/4/middle.html")
        data = json.loads("".join(page.all("script")[0].children))
        self.assertEqual((data["@type"], data["headline"], data["url"], data["author"]["name"], data["commentCount"]),
                         ("BlogPosting", "Q&A: “Is 5/2” <b> – and a word…?", self.site.root + "/2019/3/4/middle.html", "Ada O’Test", 3))
        for name in ("h-entry", "p-name", "e-content", "dt-published", "u-url", "p-author", "p-category"):
            self.assertTrue(page.all("." + name), name)

    def test_the_print_version_has_neither_sidebar_nor_form_and_writes_addresses_out(self):
        page = self.at("/2019/3/4/middle/print")
        for absent in ("form", "aside", "nav", "input"):
            self.assertFalse(page.all(absent), absent)
        self.assertIn(self.site.root + "/2019/3/4/middle.html", page.one("footer.site").words)
        for present in ("Body text.", "The rest.", "An update.", "By Ada O’Test"):
            self.assertIn(present, page.one("main").words)


class Password(unittest.TestCase):
    PATH = "/2019/3/11/locked.html"

    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(**JOURNAL)
        cls.addClassCleanup(cls.site.stop)

    def test_the_page_asks_for_it_and_tells_nothing(self):
        answer = self.site.get(self.PATH)
        self.assertEqual(answer.status, 200)
        form = answer.page.one("main").one("form")
        self.assertEqual((form["method"], form["action"]), ("post", "/2019/3/11/locked/unlock"))
        self.assertEqual(form.one("input").get("type"), "password")
        self.assertNotIn("xylophone", answer.text.lower())
        self.assertEqual(answer.page.one("h1").words.replace(NBSP, " "), "Protected: Behind a door")

    def test_the_wrong_one_is_refused_and_the_page_asks_again(self):
        for wrong in ("password=one", "password=", "other=two", ""):
            answer = self.site.post("/2019/3/11/locked/unlock", wrong)
            self.assertEqual(answer.status, 403, wrong)
            self.assertIn("This is not the password of this entry. Enter it again.", answer.page.one("form.unlock").words)
            self.assertTrue(answer.page.one("title").words.startswith("Error: "))
            self.assertNotIn("xylophone", answer.text.lower())
            self.assertIn("no-store", answer["Cache-Control"])

    def test_it_cannot_be_guessed_by_trying_on_and_on(self):
        with JournalSite(**JOURNAL) as site:
            answers = [site.post("/2019/3/11/locked/unlock", f"password={n}") for n in range(14)]
            self.assertEqual([a.status for a in answers], [403] * 12 + [429] * 2)
            self.assertGreater(int(answers[-1]["Retry-After"]), 0)
            right = site.post("/2019/3/11/locked/unlock", "password=two+words+%26+%3Cmore%3E")
            self.assertEqual(right.status, 429)  # else the answer would tell which word is right
            self.assertEqual(site.get("/2019/3/11/locked.html").status, 200)

    def test_the_right_one_shows_the_entry_to_nobody_else(self):
        answer = self.site.post("/2019/3/11/locked/unlock", "password=two+words+%26+%3Cmore%3E")
        self.assertEqual(answer.status, 200)
        self.assertIn("Locked secret xylophone.", answer.page.one("main").words)
        self.assertIn("no-store", answer["Cache-Control"])
        self.assertIsNone(answer["ETag"])
        self.assertIsNone(answer["Set-Cookie"])
        self.assertNotIn("xylophone", self.site.get(self.PATH).text.lower())

    def test_no_list_feed_search_or_print_tells_its_text(self):
        for path in ("/", "/2019/3/", "/tag/snow", "/author/ada", "/rss.xml", "/atom.xml", "/feed.json", "/tag/snow/rss.xml",
                     "/comments/rss.xml", "/2019/3/11/locked/comments.xml", "/search?q=xylophone", "/2019/3/11/locked/print",
                     "/sitemap.xml", "/2019/3/10/open.html"):
            self.assertNotIn("secret xylophone", self.site.get(path).text.lower(), path)
            self.assertNotIn("xylophone reply", self.site.get(path).text.lower(), path)
            self.assertNotIn("excerpt xylophone", self.site.get(path).text.lower(), path)
        self.assertIn(self.site.get("/2019/3/11/locked/print").status, (302, 404))

    def test_only_the_form_that_asks_is_taken(self):
        self.assertEqual(self.site.post("/2019/3/10/open.html", "password=x").status, 405)
        self.assertEqual(self.site.post("/2019/3/10/nowhere", "password=x").status, 404)
        self.assertEqual(self.site.post("/2019/3/2/between/unlock", "password=x").status, 404)
        self.assertIn(self.site.post("/2019/3/11/locked/unlock", "x" * 20000).status, (400, 413))


if __name__ == "__main__":
    unittest.main()
