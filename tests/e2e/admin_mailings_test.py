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
        self.assertIn("done=held", self.press("stop")["Location"])
        self.rows("update job set run_at = 1 where kind = 10")
        self.work()
        self.assertEqual(self.mails(), [])
        self.assertIn("Stopped: 0 sent", self.words())

    def test_stopped_before_anything_left_it_can_leave_after_all(self):
        entry = self.publish(title="Low tide", body="x")
        self.press("stop")
        self.assertIn("“Send now” sends it after all", self.ada.get("/admin/mailings?done=held").page.one("main").words)
        self.assertNotIn("by mail at", self.ada.get(entry).page.one("main").words)
        self.assertIn("done=sending", self.press("now")["Location"])
        self.work()
        until(lambda: len(self.peer.mails) == 2, "both mails")
        self.assertIn("2 sent, 0 refused", self.words())
        self.assertFalse([b for b in self.ada.get("/admin/mailings").page.all("button") if b.get("value") in ("now", "stop")])

    def test_the_entry_itself_says_that_its_mails_will_leave(self):
        entry = self.publish(title="Low tide", body="x")
        main = self.ada.get(entry).page.one("main")
        self.assertIn("It goes to subscribers by mail at", main.words)
        self.assertTrue([a for a in main.all("a") if a.get("href", "").endswith("/admin/mailings")])
        self.press("now")
        self.work()
        self.assertNotIn("by mail at", self.ada.get(entry).page.one("main").words)

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


class Issues(Site):
    """Issues of the newsletter: written in the editor, a test to oneself, to whom, when, archived or not."""

    def setUp(self):
        super().setUp()
        self.add("email,posts,newsletter", "bea@other.test,each,yes", "cy@other.test,weekly,yes", "dan@other.test,weekly,no", "eve@other.test,none,yes")
        self.number, self.text = self.write("Harbour news", "The *boats* are back.")

    def write(self, title, body):
        page = self.ada.get("/admin/mailings").page
        answer = self.ada.send(page, {}, ("act", "issue"), self.form(page, "issue"))
        place = answer["Location"].removeprefix(self.site.root)
        page = self.ada.get(place).page
        self.assertIn("This is an issue of the newsletter.", page.one("main").words)
        answer = self.ada.send(page, {"title": title, "body": body}, ("action", "save"), page.one("#write"))
        self.assertEqual(answer.status, 303, answer.text)
        (number,), = self.rows("select max(id) from mailing where kind = 3")
        self.assertIn(f"/admin/mailings/{number}", self.ada.get(place).text)
        return number, place

    def do(self, act, **values):
        path = f"/admin/mailings/{self.number}"
        page = self.ada.get(path).page
        return self.ada.send(page, values, ("act", act), self.form(page, act))

    def row(self):
        return self.rows("select status, audience, archive, tag_id from mailing where id = ?", self.number)[0]

    def path(self):
        return self.rows("select coalesce(path, ''), status from entry where id = (select entry_id from mailing where id = ?)", self.number)[0]

    def test_a_test_goes_to_oneself_alone_and_changes_nothing(self):
        self.assertIn("done=test", self.do("test", audience="4")["Location"])
        self.work()
        (to, mail), = self.mails()
        self.assertEqual((to, mail["Subject"]), ("ada@example.org", "Harbour news"))
        self.assertIn("<em>boats</em>", mail.get_body(("html",)).get_content())
        text = mail.get_body(("plain",)).get_content()
        self.assertIn("This is a test, to you alone.", text)
        for part in (text, mail.get_body(("html",)).get_content()):
            self.assertNotIn("/unsubscribe/", part)
            self.assertNotIn("/preferences/", part)
        self.assertNotIn("List-Unsubscribe", mail)
        self.assertLess(abs(mail["Date"].datetime.timestamp() - time.time()), 120)
        self.assertEqual(self.row()[:2], (0, 4), "what was chosen is kept, nothing is sent")
        self.assertEqual(self.path()[1], 0)
        self.assertEqual(self.rows("select count(*) from mail where mailing_id is not null"), [(0,)])

    def test_to_each_segment(self):
        for audience, people in (("0", "bea cy eve"), ("1", "bea"), ("2", "cy dan"), ("3", ""), ("4", "bea cy dan eve")):
            self.do("save", audience=audience)
            words = self.ada.get(f"/admin/mailings/{self.number}").page.one("main").words
            count = len(people.split())
            self.assertIn("It would go to 1 person." if count == 1 else f"It would go to {count} people.", words)
            self.do("now")
            self.work()
            self.assertEqual(sorted(to.partition("@")[0] for to, _ in self.mails()), people.split(), audience)
            self.number, _ = self.write("Again", "x")

    def test_to_who_wants_a_tag(self):
        self.publish(title="Old", body="x", tags="boats, mud")
        self.rows("delete from mailing where kind = 0")
        (boats,), = self.rows("select id from tag where name = 'boats'")
        (mud,), = self.rows("select id from tag where name = 'mud'")
        for name, tag in (("bea", boats), ("cy", mud)):
            self.rows("update subscriber set all_tags = 0 where email = ?", f"{name}@other.test")
            self.rows("insert into subscriber_tag select id, ? from subscriber where email = ?", tag, f"{name}@other.test")
        self.do("save", audience="0", tag=str(boats))
        self.assertEqual(self.row(), (0, 0, 0, boats))
        self.assertIn("It would go to 2 people.", self.ada.get(f"/admin/mailings/{self.number}").page.one("main").words)
        self.do("now")
        self.work()
        self.assertEqual(sorted(to for to, _ in self.mails()), ["bea@other.test", "eve@other.test"])

    def test_at_a_time_and_archived_when_that_comes(self):
        for typed, reason in (("", "Choose a date and a time"), ("soon", "Choose a date and a time"), ("2020-01-01T08:00", "That time is over.")):
            answer = self.do("later", send_at=typed, audience="2", archive="on")
            self.assertEqual(answer.status, 422)
            self.assertIn(reason, answer.page.one("main").words)
            self.assertIn('value="2" selected', answer.text)
            self.assertIn('name="archive" value="on" checked', answer.text)
            self.assertIn(f'value="{typed}"', answer.text)
            self.assertEqual(self.row()[0], 0)
        self.assertIn("done=timed", self.do("later", send_at="2031-05-06T08:15", audience="0", archive="on")["Location"])
        self.assertIn("Leaves at", self.words())
        self.assertIn('value="2031-05-06T08:15"', self.ada.get(f"/admin/mailings/{self.number}").text)
        self.work()
        self.assertEqual(self.mails(), [])
        self.assertEqual(self.path()[1], 0, "nobody sees it before")
        self.assertNotIn("Past issues", Person(self.site).get("/subscribe").text)
        self.rows("update mailing set send_at = 1")
        self.rows("update job set run_at = 1 where kind = 10")
        self.work()
        came = self.mails()
        self.assertEqual(sorted(to for to, _ in came), ["bea@other.test", "cy@other.test", "eve@other.test"])
        path, status = self.path()
        self.assertEqual(status, 1)
        self.assertIn("boats", Person(self.site).get(path).text)
        self.assertIn(self.site.origin + self.site.prefix + path, came[0][1].get_body(("plain",)).get_content())
        self.assertIn("List-Unsubscribe", came[0][1])
        page = Person(self.site).get("/subscribe").text
        self.assertIn("Past issues", page)
        self.assertIn("Harbour news", page)

    def test_not_archived_stays_hidden_and_links_nowhere(self):
        self.do("now")
        self.work()
        self.assertEqual(len(self.peer.mails), 3)
        self.assertNotIn("Read it in the journal", self.mails()[0][1].get_body(("plain",)).get_content())
        self.assertEqual(self.path()[1], 0)
        self.assertEqual(self.do_again(), 303)
        self.work()
        self.assertEqual(self.mails(), [], "once")

    def do_again(self):
        """The button of a page that was open before."""
        page = self.ada.get("/admin/mailings").page
        token = next(i.get("value") for i in self.form(page, "issue").all("input") if i.get("name") == "token")
        return self.ada.post(f"/admin/mailings/{self.number}", {"token": token, "act": "now", "audience": "4"}).status

    def test_taken_back_it_is_a_draft_and_in_the_trash_it_goes_to_nobody(self):
        self.do("later", send_at="2031-05-06T08:15")
        self.assertIn("done=restored", self.do("unsend")["Location"])
        self.assertEqual(self.row()[0], 0)
        self.do("later", send_at="2031-05-06T08:15")
        self.assertIn("done=restored", self.press("stop")["Location"])
        self.do("later", send_at="2031-05-06T08:15", archive="on")
        page = self.ada.get(self.text).page
        self.ada.send(page, {}, None, next(f for f in page.all("form") if f.get("action", "").endswith("/trash")))
        self.rows("update mailing set send_at = 1")
        self.rows("update job set run_at = 1 where kind = 10")
        self.work()
        self.assertEqual(self.mails(), [])
        self.assertEqual((self.row()[0], self.path()[1]), (0, 4))

    def test_erased_its_text_goes_to_the_trash(self):
        self.assertIn("done=unsent", self.press("erase")["Location"])
        self.assertEqual(self.rows("select count(*) from mailing"), [(0,)])
        self.assertEqual(self.rows("select status from entry where title = 'Harbour news'"), [(4,)])

    def test_saving_is_the_main_button_of_an_issue(self):
        main = {b.get("value"): b.get("class") for b in self.ada.get(self.text).page.one("#write").all("button")}
        self.assertEqual((main["save"], main["publish"]), ("primary", None))
        main = {b.get("value"): b.get("class") for b in self.ada.get("/admin/write").page.one("#write").all("button")}
        self.assertEqual((main["save"], main["publish"]), (None, "primary"))

    def test_an_address_of_another_kind_of_mailing_is_none(self):
        self.publish(title="Seen", body="x")
        (number,), = self.rows("select id from mailing where kind = 0")
        self.assertEqual(self.ada.get(f"/admin/mailings/{number}").status, 404)
        self.assertEqual(self.ada.get("/admin/mailings/999").status, 404)
        self.assertEqual(Person(self.site).get(f"/admin/mailings/{self.number}").status, 303)


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

    def test_tags_of_a_table_are_names_or_slugs(self):
        self.publish(title="Tagged", body="x", tags="Low Aske, swifts, 2020")
        answer = self.add("email,tags", "bea@other.test,Low Aske", 'cy@other.test,"low aske, Swifts"', "dan@other.test,low-aske swifts", "eve@other.test,Low Moon")
        words = answer.page.one("main").words
        self.assertIn("3 addresses were added.", words)
        self.assertIn("Line 5: The journal has no such tag.", words)
        wanted = self.rows("select s.email, group_concat(t.slug, ' ') from subscriber s join subscriber_tag x on x.subscriber_id = s.id "
                           "join tag t on t.id = x.tag_id group by s.id order by s.email")
        self.assertEqual([(who, sorted(tags.split())) for who, tags in wanted],
                         [("bea@other.test", ["low-aske"]), ("cy@other.test", ["low-aske", "swifts"]), ("dan@other.test", ["low-aske", "swifts"])])

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
