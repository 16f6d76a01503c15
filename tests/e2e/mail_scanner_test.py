#!/usr/bin/env python3
"""A scanner that opens every link of every mail, as the mail servers of firms do: nothing changes, and every link still works
afterwards. Every kind of mail that the journal sends comes in here."""
import email
import email.policy
import html
import re
import sqlite3
import time
import unittest

import comment_site
import mail_peer
from admin_site import OWNER, Person, owner
from comment_site import FIRST
from comment_test import Reader
from journal_site import until

STRICT = email.policy.SMTP.clone(raise_on_defect=True)
# The table `kept` is left out: parts of public pages, made by whoever first needs them. What runs by itself meanwhile and is nobody's doing.
OWN_TIME = ("work.tidied",)


def links_of(message):
    """Every address in text, HTML and headers."""
    found = set(re.findall(r"<(https?://[^>]+)>", message.get("List-Unsubscribe", "")))
    for part in message.walk():
        if part.get_content_maintype() == "text":
            text = part.get_content()
            found |= set(map(html.unescape, re.findall(r'href="(https?://[^"]+)"', text))) if part.get_content_subtype() == "html" else \
                set(re.findall(r"https?://[^\s<>]+", text))
    return found


class Scanner(unittest.TestCase):
    def setUp(self):
        self.site = comment_site.site()
        self.addCleanup(self.site.stop)
        self.peer = mail_peer.Peer()
        self.addCleanup(self.peer.stop)
        self.site.set("smtp", f"127.0.0.1:{self.peer.port}")
        self.ada = owner(self.site)

    def database(self):
        return sqlite3.connect(self.site.home / "private/journal.db", timeout=10)

    def dump(self):
        with self.database() as database:
            tables = [name for name, in database.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' "
                                                         "and name not like 'search%' and name <> 'kept' order by name")]
            rows = {table: sorted(map(repr, database.execute(f"select * from {table}"))) for table in tables}
        rows["setting"] = [row for row in rows["setting"] if not any(name in row for name in OWN_TIME)]
        return rows

    def mails(self, count):
        until(lambda: len(self.peer.mails) >= count or self.site.daybook("work", "--for", "1") is None, f"{count} mails", 30)
        came = [(mail.rcpt_tos[0], email.message_from_bytes(mail.content, policy=STRICT)) for mail in self.peer.mails]
        self.all += came
        self.peer.mails.clear()
        return came

    def press(self, path, button=None, form=None, **values):
        page = self.ada.get(path).page
        answer = self.ada.send(page, values, button, form(page) if form else None)
        self.assertIn(answer.status, (200, 303), (path, answer.text[:2000]))
        return answer

    def test_every_link_of_every_mail_may_be_opened(self):
        self.all = []
        button = lambda act: lambda page: next(f for f in page.all("form") if any(b.get("value") == act for b in f.all("button")))
        # The test mail, an invitation, a forgotten password.
        self.press("/admin/mail", ("act", "test"), button("test"), to="ada@example.org")
        self.mails(1)
        stranger = Person(self.site)
        stranger.send(stranger.get("/admin/recover").page, {"name": OWNER[0]})
        self.mails(1)
        # A comment that asks for its address, and one that its followers hear of.
        self.assertEqual(Reader(self.site).post(FIRST.removesuffix(".html"), email="rob@other.test", post="Words").status, 303)
        self.mails(1)
        now = int(time.time())
        with self.database() as database:
            database.execute("insert into reader (email, name, confirmed_at, created_at) values ('fay@other.test', 'Fay', ?, ?)", (now, now))
            database.execute("insert into thread_follow (entry_id, reader_id, created_at) select e.id, r.id, ? from entry e, reader r "
                             "where e.path = ? and r.email = 'fay@other.test'", (now, FIRST))
        self.assertEqual(Reader(self.site).post(FIRST.removesuffix(".html"), post="More words").status, 303)
        self.mails(1)
        # Somebody subscribes, and a new entry leaves.
        subscribe = Reader(self.site)
        self.assertEqual(subscribe.send(self.site.prefix + "/subscribe", {"email": "bea@other.test"}).status, 200)
        (_, asks), = self.mails(1)
        self.press("/admin/subscribers", ("act", "import"), button("import"), csv="email\ncy@other.test", note="They signed a list")
        page = self.ada.get("/admin/write").page
        self.assertEqual(self.ada.send(page, {"title": "Tide", "body": "Mud, and [elsewhere](https://example.net/)."}, ("action", "publish"), page.one("#write")).status, 303)
        self.press("/admin/mailings", ("act", "now"), button("now"))
        self.mails(1)
        self.assertGreaterEqual(len(self.all), 6)
        links = {link for _, message in self.all for link in links_of(message) if link.startswith(self.site.root)}
        kinds = {re.sub(r"/[^/]*$", "", link.removeprefix(self.site.root)) for link in links}
        for kind in ("/admin/recover", "/comment/confirm", "/comment/unfollow", "/subscribe/confirm", "/unsubscribe", "/preferences"):
            self.assertIn(kind, kinds)
        # Quiet: nothing that was begun before is still under way.
        self.site.daybook("work")
        before = until(lambda: (a := self.dump()) == (time.sleep(1.5), self.dump())[1] and a, "quiet", 30)
        answers = {}
        for _ in range(2):
            for link in sorted(links):
                path = link.removeprefix(self.site.origin)
                for method in ("GET", "HEAD", "GET"):
                    for headers in ({}, {"Range": "bytes=0-", "User-Agent": "Scanner/1.0", "Cookie": "daybook=x"}):
                        answer = self.site.ask(method, path.partition("#")[0], headers)
                        self.assertLess(answer.status, 400, (method, link))
                        self.assertIsNone(answer["Set-Cookie"], link)
                answers[link] = answer.status
        self.site.daybook("work")
        after = self.dump()
        self.assertEqual([table for table in before if before[table] != after[table]], [])
        # And the one who was written to still does what the mail is for.
        confirm = next(link for link in links_of(asks) if "/subscribe/confirm/" in link).removeprefix(self.site.origin)
        self.assertEqual(Reader(self.site).send(confirm, {}).status, 200)
        with self.database() as database:
            self.assertEqual(database.execute("select status from subscriber where email = 'bea@other.test'").fetchall(), [(1,)])
        leave = next(link for link in links if "/unsubscribe/" in link).removeprefix(self.site.origin)
        self.assertEqual(self.site.ask("POST", leave, {"Content-Type": "application/x-www-form-urlencoded"}, b"List-Unsubscribe=One-Click").status, 200)
        with self.database() as database:
            self.assertNotEqual(database.execute("select status from subscriber where email = 'cy@other.test'").fetchall(), [(1,)])


if __name__ == "__main__":
    unittest.main()
