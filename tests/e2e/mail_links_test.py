#!/usr/bin/python3
"""The links of all kinds of mails: each does what it is for and nothing else. Changed, cut, of another kind, of another journal:
a page says so and no row changes."""
import re
import unittest

from alert_mail_test import Alerts
from friend_mail_test import GOOD, SAME, Mails

PLACES = ("/subscribe/confirm/", "/preferences/", "/unsubscribe/", "/unsubscribe/all/", "/comment/confirm/", "/comment/unfollow/",
          "/comment/friend/", "/comment/decide/", "/admin/recover/")
OWN_TIME = ("work.tidied", "note.")


class Links(Mails):
    comment = Alerts.comment

    def dump(self):
        """All rows that a link could change."""
        tables = ("subscriber", "subscriber_tag", "suppression", "reader", "thread_follow", "comment", "friend_mail", "mail", "session", "author",
                  "message", "mailing", "secret")
        return {table: self.rows(f"select * from {table} order by 1, 2") for table in tables}

    def one_of_each(self):
        """{place: token} of a link of each kind that is good and unused."""
        found = {}

        def take(*places):
            for _, mail in self.mails():
                text = self.text(mail)
                for place in places:
                    link = re.search(re.escape("http://journal.test" + place) + r"([^/\s]+)(\s|$)", text)
                    if link:
                        found[place] = link[1]
        self.ask("POST", "/subscribe", {"email": "first@other.test"}, SAME)
        take("/subscribe/confirm/")
        self.ask("POST", "/subscribe/confirm/" + found.pop("/subscribe/confirm/"), {}, SAME)
        self.change("insert into mailing (kind, status, entry_id, send_at, created_at) select 0, 1, id, 1, 1 from entry where path = '/one.html'")
        self.change("insert into job (kind, subject, run_at, priority) values (10, 1, 0, 7)")
        take("/preferences/", "/unsubscribe/")
        self.ask("POST", "/subscribe", {"email": "second@other.test"}, SAME)
        take("/subscribe/confirm/")
        self.send(GOOD)
        take("/comment/friend/")
        self.ask("POST", "/comment/friend/" + found.pop("/comment/friend/"), {}, SAME)
        take("/unsubscribe/all/")
        self.send({**GOOD, "email": "zoe@other.test", "friend": "yan@third.test"})
        take("/comment/friend/")
        self.comment(email="rob@other.test")
        take("/comment/decide/")
        page = self.ask("POST", "/comment/on/one", {"author": "Rob", "email": "rob@other.test", "post": "Words"}, SAME)[2]
        signature = re.search(r'name="signature" value="([^"]+)"', page)[1]
        self.ask("POST", "/comment/on/one", {"author": "Rob", "email": "rob@other.test", "post": "Words", "signature": signature, "follow": "1"}, SAME)
        take("/comment/confirm/")
        self.change("insert into reader (email, name, confirmed_at, created_at) values ('fay@other.test', 'Fay', 1, 1)")
        self.change("insert into thread_follow (entry_id, reader_id, created_at) select e.id, r.id, 1 from entry e, reader r "
                    "where e.path = '/one.html' and r.email = 'fay@other.test'")
        number = self.comment("Told to all.", "Gil")
        self.run_daybook("comments", "--home", self.home, "approve", str(number))
        take("/comment/unfollow/")
        self.ask("POST", "/admin/recover", {"name": "ann@journal.test"}, {**SAME, "HTTP_SEC_FETCH_SITE": "same-origin"})
        take("/admin/recover/")
        self.change("delete from job")
        self.assertEqual(sorted(found), sorted(PLACES))
        return found

    def refused(self, path, form=None):
        for method in ("GET", "HEAD", "POST"):
            status, headers, _ = self.ask(method, path, form or {"action": "approve", "password": "another horse", "again": "another horse"},
                                          {**SAME, "HTTP_SEC_FETCH_SITE": "same-origin"})
            self.assertIn(status, (403, 404, 410), (method, path))
            self.assertNotIn("set-cookie", headers, path)

    def test_a_link_opens_its_own_page_only_and_no_changed_one_does_anything(self):
        links = self.one_of_each()
        before = self.dump()
        for kind, token in links.items():
            self.assertEqual(self.ask("GET", kind + token)[0], 200, kind)
            for place in PLACES:
                # The two of a subscriber are the same: both are of the one who got the mail.
                if place != kind and {place, kind} != {"/preferences/", "/unsubscribe/"}:
                    self.refused(place + token)
            last = "A" if token[-1] not in "Aa" else "0"
            for wrong in (token[:-1] + last, token[:-1], token + "0", token[1:], token.swapcase(), token[::-1], "0"):
                if wrong != token:
                    self.refused(kind + wrong)
        after = self.dump()
        self.assertEqual([table for table in before if before[table] != after[table]], [])
        # Of a journal that has another secret: all that no row remembers is nothing there.
        self.change("update secret set value = 'another journal' where name = 'forms'")
        before = self.dump()
        for kind, token in links.items():
            if kind != "/admin/recover/":
                self.refused(kind + token)
        after = self.dump()
        self.assertEqual([table for table in before if before[table] != after[table]], [])

    def test_what_may_be_done_once_is_done_once(self):
        links = self.one_of_each()
        for kind in ("/subscribe/confirm/", "/comment/friend/", "/comment/decide/"):
            form = {"action": "approve"}
            self.assertEqual(self.ask("POST", kind + links[kind], form, SAME)[0], 200, kind)
            self.mails()
            before = self.dump()
            for _ in range(2):
                self.assertEqual(self.ask("POST", kind + links[kind], form, SAME)[0], 410, kind)
            self.assertEqual(self.mails(), [], kind)
            self.assertEqual(before, self.dump(), kind)


if __name__ == "__main__":
    unittest.main(argv=[__file__, "Links"])
