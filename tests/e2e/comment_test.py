#!/usr/bin/env python3
"""Commenting as a reader does it without script: form, preview, errors, receipts, what the owner decides. Behind nginx with
FastCGI, and the whole way once as CGI behind Apache."""
import concurrent.futures
import email.utils
import json
import re
import unittest
import urllib.parse

from journal_site import Client, JournalSite, entry

SAME = {"Sec-Fetch-Site": "same-origin"}
GOOD = {"author": "Ann Reader", "email": "", "url": "", "post": "A good thought.\n\nAnd a <b>bold</b> one."}
ENTRIES = [
    entry("open", "An open one", "2019-03-04T10:00:00+00:00"),
    entry("talk", "Much talk", "2019-03-05T10:00:00+00:00", replies=[
        {"id": 1, "parent": None, "status": "public", "author": "First", "email": "", "url": "",
         "date": "2019-03-06T10:00:00+00:00", "format": "limited", "body": "The first word."}]),
    entry("closed", "A closed one", "2019-03-08T10:00:00+00:00", comments="closed"),
    entry("none", "Without", "2019-03-09T10:00:00+00:00", comments="none"),
    entry("draft", "Not public", "2019-03-10T10:00:00+00:00", status="draft"),
    entry("locked", "Behind a door", "2019-03-11T10:00:00+00:00", password="sesame"),
]
OPEN, TALK = "/2019/3/4/open", "/2019/3/5/talk"


def fields_of(page):
    """What the comment form of a page would send, and where."""
    form = next(f for f in page.all("form") if f.get("data-sign"))
    values = {e["name"]: e.get("value", "") for e in form.all("input") if e.get("type") not in ("checkbox", "submit")}
    area = form.one("textarea").text
    values["post"] = area[1:] if area.startswith("\n") else area
    return form["action"], values


class Reader:
    """A reader with a browser that runs no script."""

    def __init__(self, site, headers=None):
        self.site = site
        self.headers = dict(SAME if headers is None else headers)
        self.cookie = ""

    def get(self, address, **headers):
        return self.site.ask("GET", address, self.headers | ({"Cookie": self.cookie} if self.cookie else {}) | headers)

    def send(self, address, values, **headers):
        body = urllib.parse.urlencode(values).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | self.headers | headers
        if self.cookie:
            headers["Cookie"] = self.cookie
        answer = self.site.ask("POST", address, headers, body)
        for name, value in answer.headers.items():
            if name.lower() == "set-cookie":
                self.cookie = value.partition(";")[0]
        return answer

    def write(self, entry_path, action="create", **values):
        """One press of a button in the form as the entry's page has it."""
        address, fields = fields_of(self.get(entry_path + ".html").page)
        return self.send(address, fields | GOOD | values | {"action": action})

    def post(self, entry_path, **values):
        """Through the preview to the receipt."""
        shown = self.write(entry_path, **values)
        address, fields = fields_of(shown.page)
        return self.send(address, fields | {"action": "create"} | ({"notify": "1"} if values.get("notify") else {}))


def comments_on(site, path):
    return [a.one("div.body").words for a in site.get(path + ".html").page.all("article.comment")]


class Writing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(entries=ENTRIES)
        cls.addClassCleanup(cls.site.stop)
        cls.site.set("rates", "off")

    def setUp(self):
        self.site.set("comments.hold", "none")
        self.reader = Reader(self.site)

    def listed(self, status="waiting"):
        return json.loads(self.site.daybook("comments", "--json", "list", "--status", status, "--limit", "1000"))

    # --- the form

    def test_a_journal_without_comments_says_nothing_of_them(self):
        self.assertEqual(self.reader.post(TALK, post="Seen before the switch").status, 303)
        self.assertIn("Latest comments", self.site.get("/").text)
        self.site.set("comments", "none")
        try:
            for path in ("/", TALK + ".html", "/2019/3/8/closed.html", TALK + "/print"):
                text = self.site.get(path).text.lower()
                self.assertNotIn("comment", text, path)
            for path in ("/comments/rss.xml", "/comments/atom.xml", "/comments/feed.json", TALK + "/comments.xml", TALK + "/comment"):
                self.assertEqual(self.site.get(path).status, 404, path)
        finally:
            self.site.set("comments", "open")
        self.assertEqual(self.site.get("/comments/rss.xml").status, 200)

    def test_closed_comments_lead_to_the_form_for_an_answer_elsewhere(self):
        closed = self.site.get("/2019/3/8/closed.html").page.one("#comments")
        self.assertIn("You can still answer on your own website.", closed.words)
        self.assertIn("/2019/3/8/closed/respond", [a["href"] for a in closed.all("a")])
        self.assertEqual(self.site.get("/2019/3/8/closed/respond").status, 200)

    def test_nothing_that_needs_a_script_is_there_without(self):
        form = self.site.get(TALK + ".html").page.one("#post")
        self.assertNotIn("Forget my details", form.words)
        self.assertNotIn("Answer nobody", form.words)

    def test_a_wrong_password_is_an_error_in_the_title_alone(self):
        answer = self.reader.send("/2019/3/11/locked/unlock", {"password": "wrong"})
        self.assertTrue(answer.page.one("title").text.startswith("Error: "))
        self.assertNotIn("Error", answer.page.one("h1").words)

    def test_form_is_the_same_for_everyone_and_its_page_may_be_kept(self):
        first, second = self.site.get(OPEN + ".html"), Reader(self.site).get(OPEN + ".html", Cookie="daybook-reader=1.x")
        self.assertEqual(first.text, second.text)
        self.assertIn("public", first["Cache-Control"])
        self.assertNotIn("Set-Cookie", first.headers)
        self.assertEqual(fields_of(first.page)[1]["signature"], "")

    def test_says_beforehand_whose_comments_wait(self):
        for hold, said in (("none", None), ("first", "Your first comment appears after the owner has read it."),
                           ("all", "Comments appear after the owner has read them.")):
            self.site.set("comments.hold", hold)
            hint = self.site.get(OPEN + ".html").page.one("#post").first("p.hint").words
            self.assertEqual(hint, " ".join(filter(None, ("No account is needed.", said))))

    def test_closed_hidden_and_silent_entries_have_no_form(self):
        for path in ("/2019/3/8/closed.html", "/2019/3/9/none.html", "/2019/3/11/locked.html"):
            self.assertEqual(self.site.get(path).page.all("#post"), [], path)
        self.assertEqual(self.site.get("/2019/3/8/closed/comment").status, 303)
        for path in ("/2019/3/9/none/comment", "/2019/3/10/draft/comment", "/2019/3/11/locked/comment", "/nothing/comment"):
            self.assertEqual(self.site.get(path).status, 404, path)

    def test_modes_say_what_may_be_written(self):
        for mode, said in (("plain", "HTML is shown as it is typed"), ("markdown", "Markdown allowed"), ("html", "Some HTML allowed")):
            self.site.set("comments.mode", mode)
            self.assertIn(said, self.site.get(OPEN + ".html").page.one("#post").words)

    # --- preview, posting, receipt

    def test_first_press_shows_the_preview_and_second_posts(self):
        shown = self.reader.write(TALK, post="Seen <i>before</i> it is posted", author="Pre Viewer", url="example.com/me")
        self.assertEqual(shown.status, 200)
        self.assertIn("no-store", shown["Cache-Control"])
        preview = shown.page.one("#comment-preview")
        self.assertEqual(preview.one("div.body").words, "Seen before it is posted")
        self.assertEqual(preview.one("i").words, "before")
        link = preview.one("p.signature").all("a")[-1]
        self.assertEqual((link["href"], link["rel"]), ("https://example.com/me", "nofollow ugc noopener"))
        self.assertIn("Check your comment. It is not posted yet: press Create Post once more.", shown.page.one("main").words)
        self.assertNotIn("Seen before it is posted", comments_on(self.site, TALK))
        address, fields = fields_of(shown.page)
        self.assertEqual((fields["author"], fields["url"], fields["post"]),
                         ("Pre Viewer", "example.com/me", "Seen <i>before</i> it is posted"))
        posted = self.reader.send(address, fields | {"action": "create"})
        self.assertEqual(posted.status, 303)
        receipt = self.site.ask("GET", posted["Location"])
        self.assertIn("Your comment is public.", receipt.page.one("main").words)
        self.assertIn("Seen before it is posted", comments_on(self.site, TALK))
        self.assertIn(self.site.origin + posted["Location"], receipt.text)
        anchor = next(a["href"] for a in receipt.page.all("a") if ".html#comment-" in a["href"])
        self.assertIn(f'id="{anchor.partition("#")[2]}"', self.site.get(TALK + ".html").text)

    def test_preview_press_never_posts(self):
        shown = self.reader.write(OPEN, post="Only looked at")
        address, fields = fields_of(shown.page)
        again = self.reader.send(address, fields | {"action": "preview"})
        self.assertEqual(again.status, 200)
        self.assertNotIn("Only looked at", comments_on(self.site, OPEN))

    def test_one_step_where_the_signature_was_fetched(self):
        page = self.reader.get(OPEN + ".html").page
        address, fields = fields_of(page)
        signature = self.reader.get(next(f for f in page.all("form") if f.get("data-sign"))["data-sign"])
        self.assertIn("no-store", signature["Cache-Control"])
        posted = self.reader.send(address, fields | GOOD | {"signature": signature.text, "post": "In one step", "action": "create"})
        self.assertEqual(posted.status, 303)
        self.assertIn("In one step", comments_on(self.site, OPEN))

    def test_entrys_own_address_takes_the_form_too(self):
        shown = self.reader.send(TALK + "/comment", GOOD | {"post": "To the entry's address", "action": "create"})
        self.assertEqual(shown.status, 200)
        _, fields = fields_of(shown.page)
        self.assertEqual(self.reader.send(TALK + "/comment", fields | {"action": "create"}).status, 303)

    def test_the_same_form_twice_is_one_comment_with_one_receipt(self):
        address, fields = fields_of(self.reader.write(OPEN, post="Pressed twice").page)
        fields["action"] = "create"
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: Reader(Client(self.site.port)).send(address, fields), range(4)))
        self.assertEqual({a.status for a in answers}, {303})
        self.assertEqual(len({a["Location"] for a in answers}), 1)
        self.assertEqual(comments_on(self.site, OPEN).count("Pressed twice"), 1)

    def test_the_same_text_within_a_minute_is_taken_once(self):
        first = self.reader.post(OPEN, post="Said and said again")
        again = self.reader.post(OPEN, post="Said and said again")
        self.assertEqual((first.status, again.status), (303, 303))
        self.assertEqual(again["Location"], first["Location"])
        self.assertIn("This comment is already here; it was posted once.", again.text)
        self.assertEqual(comments_on(self.site, OPEN).count("Said and said again"), 1)

    def test_held_comments_wait_and_their_receipt_turns_public_when_approved(self):
        self.site.set("comments.hold", "all")
        posted = self.reader.post(OPEN, post="Please wait for me", author="Patience")
        receipt = self.site.ask("GET", posted["Location"])
        self.assertIn("Thank you. Your comment waits for the owner; keep this page's address to see when it is public.",
                      receipt.page.one("main").words)
        self.assertIn("Please wait for me", receipt.page.one("main").words)
        self.assertNotIn("Please wait for me", self.site.get(OPEN + ".html").text)
        number = next(c["id"] for c in self.listed() if c["author"] == "Patience")
        self.site.daybook("comments", "approve", number)
        self.assertIn("Your comment is public.", self.site.ask("GET", posted["Location"]).text)
        self.assertIn("Please wait for me", comments_on(self.site, OPEN))
        self.site.daybook("comments", "delete", number)
        self.assertIn("no longer public", self.site.ask("GET", posted["Location"]).text)
        self.assertNotIn("Please wait for me", self.site.get(OPEN + ".html").text)
        self.site.daybook("comments", "restore", number)
        self.assertIn("Please wait for me", comments_on(self.site, OPEN))
        self.site.daybook("comments", "restore", number)
        self.assertNotIn("Please wait for me", comments_on(self.site, OPEN))

    def test_spam_looks_like_waiting_to_its_writer(self):
        self.site.set("comments.hold", "all")
        posted = self.reader.post(OPEN, post="Taken for spam", author="Spammer")
        number = next(c["id"] for c in self.listed() if c["author"] == "Spammer")
        self.site.daybook("comments", "spam", number)
        self.assertIn("waits for the owner", self.site.ask("GET", posted["Location"]).text)
        self.assertIn("Spammer", [c["author"] for c in self.listed("spam")])

    def test_honeypot_only_ever_holds(self):
        shown = self.reader.write(OPEN, post="A robot filled in everything", author="Robot", fax="555")
        address, fields = fields_of(shown.page)
        self.assertEqual(fields["fax"], "")
        posted = self.reader.send(address, fields | {"fax": "555", "action": "create"})
        self.assertEqual(posted.status, 303)
        found = next(c for c in self.listed() if c["author"] == "Robot")
        self.assertIn("A field that people do not see was filled in.", found["reasons"])

    def test_replies_hang_one_level_deep_and_only_below_public_ones(self):
        page = self.site.get(TALK + ".html").page
        link = next(a for a in page.all("a.reply") if "First" in a.words)
        form_page = self.reader.get(link["href"])
        self.assertEqual(form_page.status, 200)
        self.assertIn("The first word.", form_page.page.one("main").words)
        address, fields = fields_of(form_page.page)
        shown = self.reader.send(address, fields | GOOD | {"post": "An answer to you", "action": "create"})
        address, fields = fields_of(shown.page)
        self.assertEqual(self.reader.send(address, fields | {"action": "create"}).status, 303)
        first = next(li for li in self.site.get(TALK + ".html").page.one("#comments").first("ol").children
                     if getattr(li, "tag", "") == "li" and "The first word." in li.words)
        self.assertIn("An answer to you", first.one("ol").words)
        self.site.set("comments.replies", "off")
        try:
            self.assertEqual(self.site.get(TALK + ".html").page.all("a.reply"), [])
        finally:
            self.site.set("comments.replies", "on")

    # --- errors

    def assert_kept(self, answer, values):
        _, fields = fields_of(answer.page)
        for name in ("author", "email", "url", "post"):
            self.assertEqual(fields[name], values.get(name, ""), name)

    def test_each_error_stands_beside_its_field_and_everything_is_kept(self):
        long_name, long_url = "n" * 52, "https://example.com/" + "x" * 2000
        tricky = 'Quotes " and \' & <b>\n\n  indented\ttabbed\n\n\nüñ…  '
        for values, field, said in (
                ({"author": "  "}, "author", "Enter the name to show with your comment."),
                ({"author": long_name}, "author", "52 characters; at most 50. Your text is still here."),
                ({"post": " \n \t "}, "post", "Write your comment here."),
                ({"post": "\u200b\u202e"}, "post", "Write your comment here."),
                ({"email": "ann@"}, "email", "This needs the form name@example.com."),
                ({"email": "a" * 250 + "@example.com"}, "email", "262 characters; at most 254. Your text is still here."),
                ({"url": "javascript:alert(1)"}, "url", "This needs the form https://example.com."),
                ({"url": "not an address"}, "url", "This needs the form https://example.com."),
                ({"url": long_url}, "url", "2,020 characters; at most 2,000. Your text is still here.")):
            sent = GOOD | {"post": tricky} | values
            answer = self.reader.write(OPEN, **sent)
            self.assertEqual(answer.status, 422, values)
            page = answer.page
            self.assertEqual(page.one(f"#c-{field}-error").words, said)
            box = page.one(f"#c-{field}")
            self.assertEqual(box["aria-invalid"], "true")
            self.assertIn(f"c-{field}-error", box["aria-describedby"].split())
            self.assertTrue(page.one("title").text.startswith("Error: "))
            entry = page.one("#errors").one("a")
            label = next(e.words for e in page.all("label") if e.get("for") == f"c-{field}")
            self.assertEqual((entry["href"], entry.words), (f"#c-{field}", f"{label}: {said}"))
            self.assert_kept(answer, sent)

    def test_a_text_of_64_kib_is_taken_and_one_byte_more_is_shown_again(self):
        self.assertEqual(self.reader.post(OPEN, post="long " * 13107 + "x").status, 303)
        sent = GOOD | {"post": "long " * 13107 + "xx"}
        answer = self.reader.write(OPEN, **sent)
        self.assertEqual(answer.status, 413)
        self.assertEqual(answer.page.one("#c-post-error").words, "65,537 bytes; at most 65,536. Your text is still here.")
        self.assert_kept(answer, sent)

    def test_the_limit_is_the_same_before_and_after_in_every_script(self):
        self.assertEqual(self.reader.post(OPEN, post="é" * 32768).status, 303)
        answer = self.reader.write(OPEN, post="é" * 32769)
        self.assertEqual(answer.status, 413)
        self.assertEqual(answer.page.one("#c-post-help").words, "At most 65,536 bytes: a plain letter is one, é is two, an emoji is four.")
        self.assertEqual(answer.page.one("#c-post-error").words, "65,538 bytes; at most 65,536. Your text is still here.")

    def test_a_foreign_origin_is_refused_with_everything_kept(self):
        sent = GOOD | {"post": "From elsewhere\n  kept"}
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            _, fields = fields_of(self.reader.write(OPEN).page)
            answer = Reader(self.site, headers).send(TALK + "/comment", fields | sent | {"action": "create"})
            self.assertEqual(answer.status, 403)
            self.assertIn("This form was sent from another website, so nothing was posted. Your text is below.", answer.page.one("main").words)
            self.assert_kept(answer, sent)

    def test_a_forged_signature_is_refused_with_everything_kept(self):
        address, fields = fields_of(self.reader.write(OPEN).page)
        other = fields_of(self.reader.write(TALK).page)[1]["signature"]
        good = fields["signature"]
        for forged in ("x", other, good[:-1] + ("0" if good[-1] != "0" else "1"), "u" + good[1:], "s.1.2.3", "....", "s." + "9" * 40 + ".a.b"):
            sent = GOOD | {"post": "Forged " + forged}
            answer = self.reader.send(address, fields | sent | {"signature": forged, "action": "create"})
            self.assertEqual(answer.status, 403, forged)
            self.assert_kept(answer, sent)
            self.assertNotIn("Forged " + forged, comments_on(self.site, OPEN))

    def test_browsers_that_do_not_say_where_a_form_was_sent_from_post_through_the_preview(self):
        for number, headers in enumerate(({}, {"Origin": "null"})):
            text = f"From an old browser {number}"
            address, fields = fields_of(self.reader.write(OPEN, post=text).page)  # signed for another browser
            old = Reader(self.site, headers)
            shown = old.send(address, fields | {"action": "create"})
            self.assertEqual(shown.status, 200)
            self.assertIn("Check your comment.", shown.page.one("main").words)
            self.assert_kept(shown, GOOD | {"post": text})
            address, fields = fields_of(shown.page)
            self.assertEqual(old.send(address, fields | {"action": "create"}).status, 303)
            self.assertIn(text, comments_on(self.site, OPEN))

    def test_rates_say_when_to_try_again_with_everything_kept(self):
        self.site.set("rates", "on")
        try:
            for number in range(60):
                answer = self.reader.post(OPEN, post=f"Number {number} of many")
                if answer.status != 303:
                    break
            self.assertEqual(answer.status, 429)
            self.assertGreater(int(answer["Retry-After"]), 0)
            allowed = email.utils.parsedate_to_datetime(answer["Date"]).timestamp() + int(answer["Retry-After"])
            hour, minute = re.search(r"after (\d+):(\d\d)", answer.page.one("main").words).groups()
            said = (int(hour) % 12 * 60 + int(minute)) * 60
            self.assertLess((said - (allowed - 2)) % 43200, 64, "the first whole minute, in a journal that keeps UTC")
            self.assertRegex(answer.page.one("main").words,
                             r"Many comments came from your network just now\. Press Create Post again after \d+:\d\d [AP]M\. Your text is still here\.")
            self.assert_kept(answer, GOOD | {"post": f"Number {number} of many"})
        finally:
            self.site.set("rates", "off")

    def test_comments_that_closed_meanwhile_are_shown_to_be_kept(self):
        address, fields = fields_of(self.reader.write(OPEN, post="Too late").page)
        self.site.set("comments", "closed")
        try:
            answer = self.reader.send(address, fields | {"action": "create"})
        finally:
            self.site.set("comments", "open")
        self.assertEqual(answer.status, 403)
        self.assertIn("Comments closed while you were writing. Your text is below, so that you can keep it.", answer.page.one("main").words)
        self.assert_kept(answer, GOOD | {"post": "Too late"})

    def test_closes_after_n_days_unless_the_entry_says_otherwise(self):
        self.site.set("comments.close_days", "30")
        try:
            self.assertEqual(self.site.get(OPEN + ".html").page.all("#post"), [])
            self.assertIn("Comments on this entry are closed.", self.site.get(OPEN + ".html").text)
        finally:
            self.site.set("comments.close_days", "0")
        self.assertNotEqual(self.site.get(OPEN + ".html").page.all("#post"), [])

    def test_what_is_no_form_is_refused_and_nothing_stored(self):
        before = len(self.listed("all"))
        send = lambda kind, body: self.site.ask("POST", TALK + "/comment", SAME | {"Content-Type": kind}, body).status
        self.assertEqual(send("application/json", b"{}"), 415)
        self.assertEqual(send("application/x-www-form-urlencoded", b"author=%FF%FE&post=x"), 400)
        self.assertEqual(send("application/x-www-form-urlencoded", b"author=a%00b&post=x"), 400)
        self.assertEqual(send("multipart/form-data", b"no boundary"), 400)
        self.assertEqual(self.site.ask("POST", "/nothing/here/comment", SAME | {"Content-Type": "application/x-www-form-urlencoded"}, b"").status, 404)
        self.assertEqual(self.site.ask("DELETE", TALK + "/comment", SAME).status, 405)
        self.assertEqual(len(self.listed("all")), before)

    def test_a_body_beyond_all_measure_is_413_with_what_arrived(self):
        body = b"author=Ann&email=a%40example.org&url=&post=" + b"y" * 4_500_000
        answer = self.site.ask("POST", TALK + "/comment", SAME | {"Content-Type": "application/x-www-form-urlencoded"}, body)
        self.assertEqual(answer.status, 413)
        self.assertEqual(fields_of(answer.page)[1]["author"], "Ann")

    def test_a_name_cannot_become_a_header_or_markup(self):
        posted = self.reader.post(OPEN, author="Eve\r\nSet-Cookie: a=b <i>x</i>", post="Injected name")
        self.assertEqual(posted.status, 303)
        self.assertNotIn("Set-Cookie", posted.headers)
        receipt = self.site.ask("GET", posted["Location"]).page
        self.assertIn("Eve Set-Cookie: a=b <i>x</i>", receipt.one("p.signature").words)

    def test_ten_thousand_nested_tags_are_a_comment_like_any_other(self):
        self.assertEqual(self.reader.post(OPEN, post="<b><i>" * 5000 + "deep").status, 303)
        self.assertEqual(self.site.get(OPEN + ".html").status, 200)


class OnlyRead(unittest.TestCase):
    def test_the_command_line_shows_and_decides(self):
        with JournalSite(entries=ENTRIES) as site:
            site.set("comments.hold", "all")
            site.set("rates", "off")
            Reader(site).post(OPEN, author="Zed", post="Words \x1b[31m in red", url="https://zed.example/")
            listed = json.loads(site.daybook("comments", "list", "--json"))
            self.assertEqual([c["author"] for c in listed], ["Zed"])
            number = listed[0]["id"]
            shown = json.loads(site.daybook("comments", "show", number, "--json"))
            self.assertEqual((shown["status"], shown["entry"], shown["url"]), ("waiting", OPEN + ".html", "https://zed.example/"))
            self.assertTrue(shown["reasons"])
            self.assertNotIn("\x1b", site.daybook("comments", "show", number))
            decided = json.loads(site.daybook("comments", "spam", number, "--json"))
            self.assertEqual(decided, [{"id": number, "before": "waiting", "status": "spam"}])
            self.assertEqual(json.loads(site.daybook("comments", "restore", number, "--json"))[0]["status"], "waiting")
            self.assertIn("good", json.loads(site.daybook("comments", "retrain", "--json")))
            with self.assertRaises(AssertionError):
                site.daybook("comments", "approve", "99999")


class AsCgi(unittest.TestCase):
    def test_the_whole_way_behind_apache_as_cgi_and_in_a_folder(self):
        with JournalSite(entries=ENTRIES, server="apache", mode="cgi", prefix="/blog") as site:
            site.set("comments.hold", "none")
            site.set("rates", "off")
            reader = Reader(site)
            posted = reader.post("/blog" + OPEN, post="Through a gateway")
            self.assertEqual(posted.status, 303)
            self.assertTrue(posted["Location"].startswith("/blog/comment/receipt/"), posted["Location"])
            self.assertIn("Your comment is public.", reader.get(posted["Location"]).text)
            self.assertIn("Through a gateway", comments_on(site, OPEN))
            self.assertEqual(reader.write("/blog" + OPEN, author="").status, 422)
            foreign = Reader(site, {"Sec-Fetch-Site": "cross-site"}).send("/blog" + OPEN + "/comment", GOOD)
            self.assertEqual(foreign.status, 403)


if __name__ == "__main__":
    unittest.main()
