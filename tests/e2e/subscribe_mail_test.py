#!/usr/bin/python3
"""Letters to many: asking, confirming, choosing, leaving; the mails of a new entry; with a real mail server."""
import email
import email.policy
import os
import re
import signal
import subprocess
import time
import unittest

from webmention_test import Case, DAYBOOK
import mail_peer

SAME = {"HTTP_ORIGIN": "http://journal.test"}
WORK = os.path.join(os.path.dirname(DAYBOOK), "daybook-work")


class Lists(Case):
    limits = ()

    def setUp(self):
        super().setUp()
        self.peer = mail_peer.Peer()
        self.addCleanup(self.peer.stop)
        self.set_up("rates = off", "mail.per_hour = 10000")

    def set_up(self, *more):
        self.configure(f"smtp = 127.0.0.1:{self.peer.port}", *more)

    def mails(self):
        came = [(mail.rcpt_tos[0], email.message_from_bytes(mail.content, policy=email.policy.default))
                for mail in self.peer.mails]
        self.peer.mails.clear()
        return came

    def text(self, mail):
        return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")

    def ask_for(self, address, **form):
        return self.ask("POST", "/subscribe", {"email": address, **form}, SAME)

    def link_in(self, mail, part="/subscribe/confirm/"):
        return re.search(re.escape("http://journal.test" + part) + r"\S+", self.text(mail))[0].removeprefix("http://journal.test")

    def subscribe(self, address, **form):
        self.ask_for(address, **form)
        self.work()
        (_, mail), = self.mails()
        self.assertEqual(self.ask("POST", self.link_in(mail), {}, SAME)[0], 200)

    def statuses(self):
        return dict(self.rows("select email, status from subscriber"))

    def publish(self, slug="new", title="A new one", ago=0, **columns):
        """An entry whose mails are due now."""
        now = int(time.time())
        number = self.rows("select max(id) + 1 from entry")[0][0]
        self.change("insert into entry (id, kind, status, path, slug, title, format, body, body_html, author_id, visible_at, zone, year, "
                    "month, day, created_at, updated_at, guid) values (?, 0, 1, ?, ?, ?, 0, 'x', '<p>Fresh &amp; <b>good</b>.</p>', 1, ?, "
                    "'UTC', 2026, 1, 1, ?, ?, ?)", number, f"/{slug}.html", slug, title, now - ago, now, now, f"g{number}")
        for column, value in columns.items():
            self.change(f"update entry set {column} = ? where id = ?", value, number)
        self.change("insert into mailing (kind, status, entry_id, send_at, created_at) values (0, 1, ?, ?, ?)", number, now, now)
        mailing = self.rows("select max(id) from mailing")[0][0]
        self.change("insert into job (kind, subject, run_at, priority) values (10, ?, ?, 7)", mailing, now)
        return number, mailing

    # --- asking

    def test_the_form_is_there_and_the_answer_never_tells(self):
        page = self.ask("GET", "/subscribe")[2]
        self.assertIn('name="email"', page)
        answers = {self.ask_for("bea@other.test")[2]}
        self.subscribe_known()
        self.change("insert into suppression (email, reason, at) values ('no@other.test', 0, 1)")
        for address in ("known@other.test", "no@other.test", "bea@other.test"):
            answers.add(self.ask_for(address)[2])
        self.assertEqual(len(answers), 1)
        self.assertIn("If this address is new here, a message is on its way.", answers.pop())

    def subscribe_known(self):
        self.change("insert into subscriber (email, status, secret, asked_at, confirmed_at) values ('known@other.test', 1, 's', 1, 1)")

    def test_the_first_mail_holds_nothing_that_was_typed(self):
        # A name that the hexadecimal of a link cannot hold.
        self.ask_for("wilma@other.test", posts="weekly", newsletter="1")
        self.work()
        (to, mail), = self.mails()
        self.assertEqual(to, "wilma@other.test")
        self.assertNotIn("wilma", self.text(mail))
        self.assertNotIn("weekly", self.text(mail))
        self.assertEqual(self.statuses(), {"wilma@other.test": 0})

    def test_only_the_press_of_the_button_confirms_and_proof_is_kept(self):
        self.ask_for("bea@other.test", posts="monthly", full="1")
        self.work()
        path = self.link_in(self.mails()[0][1])
        for method in ("GET", "HEAD", "GET"):
            self.assertEqual(self.ask(method, path)[0], 200)
        self.assertEqual(self.statuses(), {"bea@other.test": 0})
        status, _, page = self.ask("POST", path, {}, SAME)
        self.assertEqual(status, 200)
        (state, cadence, at, proof), = self.rows("select status, cadence, confirmed_at, proof from subscriber")
        self.assertEqual((state, cadence), (1, 2))
        self.assertLess(abs(at - time.time()), 60)
        self.assertIn("Press the button to get mail from My journal at bea@other.test", proof)
        self.assertTrue(proof.endswith("203.0.113.0/24"))
        self.assertEqual(self.ask("POST", path, {}, SAME)[0], 410, "once")

    def test_what_is_confirmed_and_proved_names_the_tags(self):
        self.change("insert into tag (id, slug, name, entry_count) values (71, 'low-aske', 'Low Aske', 1)")
        self.ask_for("bea@other.test", posts="weekly", tag="71", full="1")
        self.work()
        path = self.link_in(self.mails()[0][1])
        said = "New entries (Once a week), only about Low Aske"
        self.assertIn(said, self.ask("GET", path)[2])
        self.ask("POST", path, {}, SAME)
        self.assertIn(said, self.rows("select proof from subscriber")[0][0])

    def test_a_tag_that_few_entries_have_stays_in_the_preferences(self):
        for number in range(71, 111):
            self.change("insert into tag (id, slug, name, entry_count) values (?, ?, ?, ?)", number, f"tag-{number}", f"Tag {number}", 200 - number)
        self.ask_for("bea@other.test", tag="110", full="1")
        self.work()
        done = self.ask("POST", self.link_in(self.mails()[0][1]), {}, SAME)[2]
        page = self.ask("GET", re.search(r'/preferences/[^"]+', done)[0])[2]
        self.assertIn('value="110" checked', page)
        self.assertNotIn('value="109"', page)

    def test_nothing_chosen_is_said_beside_the_choice(self):
        status, _, page = self.ask_for("bea@other.test", posts="none", full="1")
        self.assertEqual(status, 422)
        self.assertIn('<p class="error" id="s-choice-error">Choose entries, the newsletter or both.</p>', page)
        self.assertNotIn("s-email-error", page)

    def test_links_that_do_not_fit_get_a_page_and_do_nothing(self):
        self.ask_for("bea@other.test")
        self.work()
        path = self.link_in(self.mails()[0][1])
        self.assertEqual(self.ask("POST", path[:-1] + "x")[0], 404)
        self.assertEqual(self.ask("POST", path.replace("-001-", "-011-").replace("confirm/1", "confirm/2"))[0], 404)
        for token in ("-", "1-", "1-2-3-4", "99999999999999999999-1-1-1", "x"):
            for place in ("/subscribe/confirm/", "/preferences/", "/unsubscribe/"):
                for method in ("GET", "POST"):
                    self.assertEqual(self.ask(method, place + token)[0], 404)
        self.change("update subscriber set asked_at = 0")
        self.assertEqual(self.statuses(), {"bea@other.test": 0})

    def test_what_cannot_be_said_where_it_came_from_is_shown_once_more(self):
        status, _, page = self.ask("POST", "/subscribe", {"email": "bea@other.test"})
        self.assertEqual(status, 200)
        self.assertIn("Press Subscribe once more", page)
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        self.assertIn("on its way", self.ask("POST", "/subscribe", {"email": "bea@other.test", "token": token})[2])
        status, _, page = self.ask("POST", "/subscribe", {"email": "eve@other.test"}, {"HTTP_ORIGIN": "http://evil.test"})
        self.assertEqual(status, 403)
        self.assertIn('value="eve@other.test"', page)
        self.assertEqual(list(self.statuses()), ["bea@other.test"])

    def test_a_wrong_address_comes_back_with_the_reason(self):
        status, _, page = self.ask_for("bea@@x\r\nBcc: y@z.test", full="1")
        self.assertEqual(status, 422)
        self.assertIn("This needs the form name@example.com.", page)
        self.assertEqual(self.statuses(), {})

    def test_ten_thousand_sign_ups_for_one_victim_are_three_mails(self):
        self.set_up("mail.per_hour = 10000")
        for number in range(40):  # each from a network of its own
            self.ask("POST", "/subscribe", {"email": "victim@other.test"}, SAME | {"REMOTE_ADDR": f"203.0.{number}.9"})
        self.work()
        self.assertEqual(len(self.mails()), 3)

    def test_without_mail_the_page_offers_the_feeds(self):
        self.configure("rates = off")
        page = self.ask("GET", "/subscribe")[2]
        self.assertNotIn('id="s-email"', page)
        self.assertIn("/atom.xml", page)
        self.assertIn("does not send its entries by mail yet", self.ask_for("bea@other.test")[2])

    # --- leaving

    def test_one_click_of_a_mail_program_leaves_and_the_page_brings_back(self):
        self.subscribe("bea@other.test")
        self.publish()
        self.work()
        (_, mail), = self.mails()
        leave = mail["List-Unsubscribe"].strip("<>").removeprefix("http://journal.test")
        self.assertEqual(mail["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertEqual(self.ask("GET", leave)[0], 200)
        self.assertEqual(self.statuses(), {"bea@other.test": 1})
        for body, kind in ((b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
                           (b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
                            "multipart/form-data; boundary=b")):
            self.change("update subscriber set status = 1")
            status, _, page = self.ask("POST", leave, body=body, kind=kind,
                                       headers={"HTTP_ORIGIN": "https://mail.google.com", "HTTP_SEC_FETCH_SITE": "cross-site"})
            self.assertEqual((status, self.statuses()), (200, {"bea@other.test": 2}))
        self.assertIn("You will get no more mail from My journal.", page)
        preferences = self.link_in(mail, "/preferences/")
        self.assertEqual(self.ask("POST", preferences, {"action": "again"}, SAME)[0], 303)
        self.assertEqual(self.statuses(), {"bea@other.test": 1})

    def test_never_again_means_no_mail_of_any_kind_until_they_say_so(self):
        self.subscribe("bea@other.test")
        self.publish()
        self.work()
        preferences = self.link_in(self.mails()[0][1], "/preferences/")
        self.ask("POST", preferences, {"action": "never"}, SAME)
        self.assertEqual(self.rows("select email, reason from suppression"), [("bea@other.test", 0)])
        self.ask_for("bea@other.test")
        self.publish("newer")
        self.work()
        self.assertEqual(self.mails(), [])
        self.ask("POST", preferences, {"action": "again"}, SAME)
        self.assertEqual(self.rows("select count(*) from suppression"), [(0,)])

    def test_preferences_are_kept_and_erasing_leaves_nothing(self):
        self.subscribe("bea@other.test")
        self.publish()
        self.work()
        preferences = self.link_in(self.mails()[0][1], "/preferences/")
        self.ask("POST", preferences, {"action": "save", "posts": "weekly", "newsletter": "1"}, SAME)
        self.assertEqual(self.rows("select cadence, newsletter from subscriber"), [(1, 1)])
        self.assertIn('value="weekly" checked', self.ask("GET", preferences)[2])
        self.ask("POST", preferences, {"action": "erase"}, SAME)
        for table, column in (("subscriber", "email"), ("mail", "recipient"), ("suppression", "email")):
            self.assertEqual(self.rows(f"select count(*) from {table} where {column} like '%bea%'"), [(0,)])
        self.assertEqual(self.ask("GET", preferences)[0], 404)

    # --- the mails of a new entry

    def many(self, count):
        for number in range(count):
            self.change("insert into subscriber (email, status, secret, asked_at, confirmed_at) values (?, 1, ?, 1, 1)",
                        f"r{number:03}@other.test", f"s{number}")

    def test_everybody_who_wants_entries_gets_each_once(self):
        self.many(3)
        self.change("update subscriber set cadence = 3 where email like 'r001%'")
        number, mailing = self.publish()
        self.work()
        came = self.mails()
        self.assertEqual(sorted(to for to, _ in came), ["r000@other.test", "r002@other.test"])
        self.assertEqual(came[0][1]["Subject"], "A new one")
        self.assertIn("Fresh & good.", self.text(came[0][1]))
        self.assertIn("http://journal.test/new.html", self.text(came[0][1]))
        self.assertRegex(came[0][1]["List-Id"], r"<entries\.journal\.test>")
        self.change("insert into job (kind, subject, run_at, priority) values (10, ?, 1, 7)", mailing)
        self.work()
        self.assertEqual(self.mails(), [])
        self.assertEqual(self.rows("select status, sent from mailing"), [(5, 2)])

    def test_an_entry_that_is_hidden_in_time_goes_to_nobody(self):
        self.many(1)
        for place, change in enumerate(("status = 0", "status = 2", "password = 'x'", "visible_at = visible_at + 9999")):
            number, mailing = self.publish(f"h{place}")
            self.change(f"update entry set {change} where id = ?", number)
            self.work()
            self.assertEqual(self.mails(), [], change)

    def test_only_who_wants_its_tags(self):
        self.many(2)
        number, _ = self.publish()
        self.change("insert into tag (id, slug, name) values (7, 'sea', 'Sea'), (8, 'hill', 'Hill')")
        self.change("insert into entry_tag (tag_id, visible_at, entry_id) values (7, 1, ?)", number)
        self.change("update subscriber set all_tags = 0")
        self.change("insert into subscriber_tag (subscriber_id, tag_id) select id, case email when 'r000@other.test' then 7 else 8 end from subscriber")
        self.work()
        self.assertEqual([to for to, _ in self.mails()], ["r000@other.test"])

    def test_the_cap_of_the_host_is_kept_with_room_for_confirmations(self):
        self.set_up("rates = off", "mail.per_hour = 20")
        self.many(30)
        self.publish()
        self.work()
        self.assertEqual(len(self.mails()), 18)
        self.ask_for("bea@other.test")
        self.work()
        self.assertEqual([to for to, _ in self.mails()], ["bea@other.test"])

    def test_each_copy_has_both_forms_and_its_own_links_and_sender(self):
        self.set_up("rates = off", "mail.bounces = back@journal.test")
        self.many(2)
        self.publish(more_html='<p><img src="/media/a.png" alt="A"> <a href="/two.html">two</a> <a href="#n">n</a></p>')
        self.work()
        senders = {mail.mail_from for mail in self.peer.mails}
        came = self.mails()
        links = set()
        for _, mail in came:
            html = mail.get_body(("html",)).get_content()
            for there in ("Fresh &amp; <b>good</b>.", "<h1>A new one</h1>", 'src="http://journal.test/media/a.png"',
                          'href="http://journal.test/two.html"', 'href="http://journal.test/new.html#n"'):
                self.assertIn(there, html)
            leave = mail["List-Unsubscribe"].strip("<>")
            self.assertIn(f'<a href="{leave}">', html)
            self.assertIn(leave, self.text(mail))
            self.assertEqual(mail["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
            links.add(leave)
        self.assertEqual((len(came), len(links), len(senders)), (2, 2, 2))
        for sender in senders:
            self.assertRegex(sender, r"^back\+\d+-[0-9a-f]{16}@journal\.test$")

    def test_a_refusal_that_comes_back_later_ends_the_letters_of_that_one_only(self):
        self.set_up("rates = off", "mail.bounces = back@journal.test")
        self.many(2)
        self.publish()
        self.work()
        sender = next(mail.mail_from for mail in self.peer.mails if mail.rcpt_tos == ["r000@other.test"])
        self.mails()
        back = f"From: MAILER-DAEMON@mx.test\nTo: {sender}\nSubject: failure notice\n\nRemote host said: 550 5.1.1 No such user here\n"
        done = subprocess.run([DAYBOOK, "bounce", "--home", self.home], input=back.encode(), capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.statuses(), {"r000@other.test": 3, "r001@other.test": 1})
        self.publish("next", "The next")
        self.work()
        self.assertEqual([to for to, _ in self.mails()], ["r001@other.test"])

    def test_an_address_that_does_not_exist_is_written_to_no_more(self):
        self.many(1)
        self.peer.replies["RCPT"] = "550 5.1.1 no such user"
        self.publish()
        self.work()
        self.assertEqual(self.statuses(), {"r000@other.test": 3})
        self.assertEqual(self.rows("select reason from suppression"), [(1,)])

    def test_a_server_that_is_busy_gets_it_later(self):
        self.many(5)
        self.peer.busy = True
        self.publish()
        self.work()
        self.assertEqual(self.mails(), [])
        self.peer.busy = False
        self.change("update job set run_at = 1")
        self.change("update mail set try_at = 1 where try_at > 0")
        self.work()
        self.assertEqual(len(self.mails()), 5)

    def test_many_kills_give_up_no_letter_that_gets_on(self):
        self.many(150)
        self.publish()
        self.change("update job set attempts = 13 where kind = 10")  # as after so many kills
        worker = subprocess.Popen([WORK, "--home", self.home, "--lease", "last"])
        limit = time.monotonic() + 20
        while len(self.peer.mails) < 10 and time.monotonic() < limit:
            time.sleep(0.002)
        worker.kill()
        worker.wait()
        self.change("update job set leased_by = '', lease_ends = 0")
        self.work()
        self.assertEqual(len({to for to, _ in self.mails()}), 150)

    def test_a_clock_put_forward_in_the_middle_serves_at_most_one_twice(self):
        self.many(300)
        self.publish()
        first = subprocess.Popen([WORK, "--home", self.home, "--lease", "first"])
        limit = time.monotonic() + 20
        while len(self.peer.mails) < 20 and time.monotonic() < limit:
            time.sleep(0.002)
        self.change("update job set run_at = 0, lease_ends = 1 where kind = 10")  # it looks as if the lease had ended
        second = subprocess.Popen([WORK, "--home", self.home, "--lease", "second"])
        self.assertEqual((first.wait(60), second.wait(60)), (0, 0))
        self.work()
        came = [to for to, _ in self.mails()]
        self.assertEqual(len(set(came)), 300)
        self.assertLessEqual(len(came), 301)

    def test_kills_lose_nobody_and_serve_at_most_one_twice_each(self):
        self.many(150)
        self.publish()
        kills = 0
        for many in (10, 40, 90):
            worker = subprocess.Popen([WORK, "--home", self.home, "--lease", f"k{many}"])
            limit = time.monotonic() + 20
            while len(self.peer.mails) < many and time.monotonic() < limit:
                time.sleep(0.002)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            kills += 1
            self.change("update job set leased_by = '', lease_ends = 0")
        self.work()
        came = [to for to, _ in self.mails()]
        self.assertEqual(set(came), {f"r{number:03}@other.test" for number in range(150)})
        self.assertLessEqual(len(came), 150 + kills)


if __name__ == "__main__":
    unittest.main()
