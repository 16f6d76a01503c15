#!/usr/bin/python3
"""Mailing an entry to a friend, and the contact form: fields, proof of the own address, budgets, "never again", robots."""
import email
import email.policy
import re
import time
import unittest

from webmention_test import Case, entry
import mail_peer

SAME = {"HTTP_ORIGIN": "http://journal.test"}
GOOD = {"author": "Bea", "email": "bea@other.test", "friend": "carl@third.test", "note": "Read this, please."}


class Mails(Case):
    def setUp(self):
        super().setUp()
        self.peer = mail_peer.Peer()
        self.addCleanup(self.peer.stop)
        self.on("rates = off")

    def on(self, *more):
        self.configure(f"smtp = 127.0.0.1:{self.peer.port}", "mail.from = journal@journal.test", "mail.per_hour = 10000", *more)

    def mails(self):
        self.work()
        came = [(mail.rcpt_tos[0], email.message_from_bytes(mail.content, policy=email.policy.strict.clone(utf8=False)))
                for mail in self.peer.mails]
        self.peer.mails.clear()
        return came

    def text(self, mail):
        return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")

    def link(self, mail, part):
        return re.search(re.escape("http://journal.test" + part) + r"\S+", self.text(mail))[0].removeprefix("http://journal.test")

    def signature(self):
        return self.ask("GET", "/contact/sign", None, SAME)[2]

    def send(self, form, path="/comment/mail/one", headers=SAME):
        return self.ask("POST", path, {"signature": self.signature(), **form}, headers)

    def cookie(self, headers):
        return headers["set-cookie"].split(";")[0]


class Friend(Mails):
    def test_the_entry_links_to_the_form_and_without_mail_to_a_mail_program(self):
        self.assertIn('href="/one/mail"', self.ask("GET", "/one.html")[2])
        self.assertIn('action="/comment/mail/one"', self.ask("GET", "/one/mail")[2])
        self.configure("rates = off")
        self.assertIn('href="mailto:?subject=', self.ask("GET", "/one.html")[2])
        status, _, page = self.ask("GET", "/one/mail")
        self.assertEqual(status, 200)
        self.assertIn('href="mailto:?subject=The%20one&amp;body=http', page)
        self.assertNotIn("<form method=\"post\"", page)
        self.assertNotIn("<form method=\"post\"", self.ask("GET", "/shut/mail")[2], "what has a password shows no excerpt")

    def test_first_the_own_address_is_asked_with_nothing_that_was_typed(self):
        status, _, page = self.send(GOOD)
        self.assertEqual(status, 200)
        self.assertIn("A message is on its way to bea@other.test", page)
        (to, mail), = self.mails()
        self.assertEqual(to, "bea@other.test")
        for typed in ("Bea", "carl", "Read this"):
            self.assertNotIn(typed, str(mail) + self.text(mail))
        path = self.link(mail, "/comment/friend/")
        for method in ("GET", "HEAD", "GET"):
            self.assertEqual(self.ask(method, path)[0], 200)
        self.assertEqual(self.mails(), [], "a scanner sends nothing")
        status, headers, page = self.ask("POST", path, {"action": "send"}, SAME)
        self.assertEqual(status, 200)
        self.assertIn("The entry is on its way.", page)
        (to, mail), = self.mails()
        self.assertEqual((to, mail["To"].addresses[0].addr_spec), ("carl@third.test", "carl@third.test"))
        self.assertEqual(mail["From"].addresses[0].addr_spec, "journal@journal.test")
        self.assertEqual((mail["Reply-To"].addresses[0].display_name, mail["Reply-To"].addresses[0].addr_spec), ("Bea", "bea@other.test"))
        self.assertEqual(mail["Subject"], "An entry of My journal: The one")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        text = self.text(mail)
        for words in ("Bea (bea@other.test) sends you an entry of My journal.", "“Read this, please.”", "The one", "Words.",
                      "http://journal.test/one.html"):
            self.assertIn(words, text)
        self.assertEqual(self.ask("POST", path, {"action": "send"}, SAME)[0], 410, "once")
        self.assertEqual(self.mails(), [])
        self.assertEqual(self.rows("select sender_name, recipient, note from friend_mail"), [("", "", "")], "nothing typed is kept")
        # Known by the cookie now: the next one leaves at once; not with somebody else's address, not from elsewhere.
        cookie = {"HTTP_COOKIE": self.cookie(headers)}
        self.assertIn("The entry is on its way.", self.send({**GOOD, "friend": "dan@third.test"}, headers={**SAME, **cookie})[2])
        self.assertEqual([to for to, _ in self.mails()], ["dan@third.test"])
        self.assertIn("A message is on its way to eve@", self.send({**GOOD, "email": "eve@other.test"}, headers={**SAME, **cookie})[2])

    def known(self, address="bea@other.test"):
        """The cookie of a reader whose address is confirmed."""
        self.send({**GOOD, "email": address, "friend": f"x-{address}"})
        (_, mail), = self.mails()
        headers = self.ask("POST", self.link(mail, "/comment/friend/"), {}, SAME)[1]
        self.mails()
        return {**SAME, "HTTP_COOKIE": self.cookie(headers)}

    def test_each_address_gets_an_entry_once_and_may_end_all_mail(self):
        cookie = self.known()
        self.assertIn("on its way", self.send(GOOD, headers=cookie)[2])
        (_, mail), = self.mails()
        said = self.send({**GOOD, "note": "And again"}, headers=cookie)[2]
        self.assertIn("The entry is on its way.", said)
        self.assertEqual(self.mails(), [], "nobody is told whether it went")
        leave = mail["List-Unsubscribe"].strip("<>").removeprefix("http://journal.test")
        self.assertEqual(leave, self.link(mail, "/unsubscribe/all/"))
        self.assertNotIn("carl", leave)
        for method in ("GET", "HEAD", "GET"):
            self.assertEqual(self.ask(method, leave)[0], 200)
        self.assertEqual(self.rows("select count(*) from suppression"), [(0,)])
        foreign = {"HTTP_ORIGIN": "https://mail.google.com", "HTTP_SEC_FETCH_SITE": "cross-site"}
        for body, kind in ((b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
                           (b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
                            "multipart/form-data; boundary=b")):
            self.change("delete from suppression")
            self.assertEqual(self.ask("POST", leave, body=body, kind=kind, headers=foreign)[0], 200)
            self.assertEqual(self.rows("select email from suppression"), [("carl@third.test",)])
        self.add(entry("two", "<p>More.</p>"))
        self.assertIn("The entry is on its way.", self.send(GOOD, "/comment/mail/two", cookie)[2])
        self.ask("POST", "/subscribe", {"email": "carl@third.test"}, SAME)
        self.assertEqual(self.mails(), [])
        self.assertIn("may write to carl@third.test again", self.ask("POST", leave, {"action": "again"}, SAME)[2])
        self.send(GOOD, "/comment/mail/two", cookie)
        self.assertEqual([to for to, _ in self.mails()], ["carl@third.test"])

    def test_wrong_expired_and_foreign_links_get_a_page_and_do_nothing(self):
        self.send(GOOD)
        (_, mail), = self.mails()
        path = self.link(mail, "/comment/friend/")
        head, _, token = path.rpartition("/")
        number, at, mac = token.split("-")
        for wrong in (token[:-1] + ("0" if token[-1] != "0" else "1"), f"{int(number) + 1}-{at}-{mac}", f"{number}-{int(at) + 1}-{mac}", "x",
                      "1-2", "--", "99999999999999999999-1-x", f"-1-{at}-{mac}"):
            for method in ("GET", "POST"):
                status, _, page = self.ask(method, f"{head}/{wrong}", {}, SAME)
                self.assertEqual((status, "not complete" in page), (404, True), wrong)
        for wrong in ("x", "-" * 60, token):
            for method in ("GET", "POST"):
                self.assertEqual(self.ask(method, "/unsubscribe/all/" + wrong, {}, SAME)[0], 404, wrong)
        self.assertEqual(self.ask("POST", path, {}, {"HTTP_ORIGIN": "http://evil.test"})[0], 403)
        self.assertEqual(self.rows("select sent_at from friend_mail"), [(None,)])
        self.assertEqual(self.mails(), [])
        self.change("update entry set status = 0 where path = '/one.html'")
        self.assertEqual(self.ask("POST", path, {}, SAME)[0], 410)
        self.assertEqual(self.mails(), [])

    def test_bad_input_comes_back_filled_in_with_the_reason_beside_the_field(self):
        for field, value, reason in (
                ("author", "", "Enter the name that your friend knows."),
                ("author", "x" * 51, "51 characters; at most 50."),
                ("author", "win at cheap.example", "no addresses of pages"),
                ("email", "bea", "Enter your email"),
                ("email", "bea@other.test\r\nBcc: all@other.test", "Enter your email"),
                ("friend", "a@b.test, c@d.test", "Enter your friend’s email"),
                ("friend", "carl@third.test\nBcc: x@y.test", "Enter your friend’s email"),
                ("note", "look at https://spam.example/", "no addresses of pages"),
                ("note", "look at spam.example now", "no addresses of pages"),
                ("note", "write to me@spam", "no addresses of pages"),
                ("note", "y" * 301, "301 characters; at most 300.")):
            status, _, page = self.send({**GOOD, field: value})
            self.assertEqual(status, 422, (field, value))
            self.assertIn(reason, page)
            self.assertIn('aria-invalid="true"', page)
            self.assertIn("<title>Error:", page)
            for other, typed in GOOD.items():
                if other != field:
                    self.assertIn(typed, page, "kept")
        self.assertEqual(self.mails(), [])
        self.assertEqual(self.rows("select count(*) from friend_mail"), [(0,)])

    def test_headers_cannot_be_injected(self):
        cookie = self.known()
        self.send({**GOOD, "author": "Bea\r\nBcc: all@other.test", "note": "One\r\n\r\nX: y"}, headers=cookie)
        self.assertEqual(self.mails(), [], "an @ in a name is refused")
        self.send({**GOOD, "author": "Bea\r\nX-Evil: \"yes\"\u2028<b>", "note": "One\r\n\r\nX-Evil: y"}, headers=cookie)
        (to, mail), = self.mails()
        self.assertEqual(to, "carl@third.test")
        self.assertNotIn("X-Evil", mail.keys())
        self.assertEqual(mail["Reply-To"].addresses[0].addr_spec, "bea@other.test")

    def test_what_does_not_surely_come_from_here_is_shown_for_a_check(self):
        status, _, page = self.ask("POST", "/comment/mail/one", GOOD, SAME)
        self.assertEqual(status, 200)
        self.assertIn("Nothing is sent yet: press Send entry once more.", page)
        signature = re.search(r'name="signature" value="([^"]+)"', page)[1]
        self.assertIn("on its way", self.ask("POST", "/comment/mail/one", {**GOOD, "signature": signature}, SAME)[2])
        status, _, page = self.send(GOOD, headers={"HTTP_ORIGIN": "http://evil.test"})
        self.assertEqual(status, 403)
        self.assertIn('value="carl@third.test"', page)
        self.assertEqual(self.send({**GOOD, "signature": "s.1.x.y"})[0], 403)
        self.assertIn("A field that nobody sees", self.send({**GOOD, "friend": "q@third.test", "fax": "1"})[2])
        self.assertEqual([to for to, _ in self.mails()], ["bea@other.test"])

    def test_a_robot_gets_three_mails_to_one_victim_and_ten_from_its_network(self):
        self.on()
        for number in range(30):  # the victim as the sender, each from a network of its own
            self.send(GOOD | {"friend": f"f{number}@third.test"}, headers=SAME | {"REMOTE_ADDR": f"203.0.{number}.9"})
        self.assertEqual([to for to, _ in self.mails()], ["bea@other.test"] * 3)
        answers = set()
        for number in range(30):
            answers.add(self.send(GOOD | {"email": f"v{number}@other.test"}, headers=SAME | {"REMOTE_ADDR": "198.51.100.7"})[0])
        self.assertEqual(answers, {200, 429})
        self.assertEqual(len(self.mails()), 10)
        self.assertLessEqual(self.rows("select count(*) from friend_mail")[0][0], 13)

    def test_three_a_day_of_each_sender_and_the_breaker(self):
        cookie = self.known()
        self.on()
        for number in range(2):
            self.assertIn("on its way", self.send(GOOD | {"friend": f"f{number}@third.test"}, headers=cookie)[2])
        status, headers, page = self.send(GOOD | {"friend": "f3@third.test"}, headers=cookie)
        self.assertEqual(status, 429)
        self.assertIn("3 mails a day can be sent from one address.", page)
        self.assertIn('value="f3@third.test"', page)
        self.assertEqual(len(self.mails()), 2)
        now = int(time.time())
        for number in range(5):
            self.change("insert into friend_mail (entry_id, sender, recipient_key, created_at, sent_at, complained_at) "
                        "select id, 'z@z.test', ?, ?, ?, ? from entry where path = '/one.html'", f"k{number}", now, now, now)
        status, _, page = self.send(GOOD | {"email": "new@other.test"})
        self.assertEqual(status, 503)
        self.assertIn("Mails to friends rest here for some days.", page)
        self.assertIn('href="mailto:?subject=', page)
        self.assertEqual(self.mails(), [])


class Contact(Mails):
    WORDS = {"author": "Bea", "email": "bea@other.test", "post": "Hello there.\n\nI liked your garden."}

    def send(self, form, path="/contact", headers=SAME):
        return super().send(form, path, headers)

    def test_a_message_is_kept_and_mailed_to_the_owner_alone(self):
        self.assertIn('href="/contact"', self.ask("GET", "/one.html")[2])
        self.assertIn('action="/contact"', self.ask("GET", "/contact")[2])
        status, _, page = self.send(self.WORDS)
        self.assertEqual(status, 200)
        self.assertIn("Your message is with the owner.", page)
        self.assertEqual(self.rows("select status, name, email, body, network from message"),
                         [(0, "Bea", "bea@other.test", "Hello there.\n\nI liked your garden.", "203.0.113.0/24")])
        self.send(self.WORDS)
        self.assertEqual(self.rows("select count(*) from message"), [(1,)], "the same is taken once")
        (to, mail), = self.mails()
        self.assertEqual((to, mail["Reply-To"].addresses[0].addr_spec), ("ann@journal.test", "bea@other.test"))
        self.assertIn("I liked your garden.", self.text(mail))
        self.assertIn("http://journal.test/admin/messages/1", self.text(mail))

    def test_what_did_not_score_clean_is_not_quoted(self):
        spam = "cheap viagra casino payday loans " * 20 + "https://a.example https://b.example https://c.example https://d.example"
        self.send(self.WORDS | {"post": spam})
        for _, mail in self.mails():
            self.assertNotIn("viagra", self.text(mail))
            self.assertNotIn("Reply-To", mail.keys())
        self.assertEqual(self.rows("select count(*) from message where status = 2 or score >= 0.5"), [(1,)])

    def test_bad_input_comes_back_filled_in(self):
        for field, value, reason in (("author", " ", "Enter your name."), ("post", " \n ", "Write your message here."),
                                     ("email", "bea@", "This needs the form name@example.com."),
                                     ("post", "z" * 10001, "10,001 characters; at most 10,000.")):
            status, _, page = self.send(self.WORDS | {field: value})
            self.assertEqual(status, 422)
            self.assertIn(reason, page)
        self.assertIn("Check your message.", self.ask("POST", "/contact", self.WORDS, SAME)[2])
        self.assertEqual(self.rows("select count(*) from message"), [(0,)])
        self.assertEqual(self.send(self.WORDS | {"email": ""})[0], 200)

    def test_without_mail_it_is_a_link_where_an_address_is_public_and_a_form_where_none_is(self):
        self.configure("rates = off")
        self.assertIn('action="/contact"', self.ask("GET", "/contact")[2])
        self.assertEqual(self.send(self.WORDS)[0], 200)
        self.assertEqual(self.rows("select count(*) from message"), [(1,)], "the owner reads it on the own page")
        self.configure("rates = off", "security.contact = public@journal.test")
        page = self.ask("GET", "/contact")[2]
        self.assertIn('href="mailto:public@journal.test"', page)
        self.assertNotIn('action="/contact"', page)

    def test_too_many_are_told_when_to_try_again(self):
        self.on()
        seen = set()
        for number in range(16):
            status, _, page = self.send(self.WORDS | {"post": f"Number {number}"})
            seen.add(status)
        self.assertEqual(seen, {200, 429})
        self.assertIn("Much came from your network just now.", page)
        self.assertIn("Number 15", page)


if __name__ == "__main__":
    unittest.main()
