#!/usr/bin/python3
"""One mail of each kind, as JSON for mail_kinds_browser_test.mjs: subject, plain text, HTML. All of them passed Python's strict policy."""
import json
import re
import sys
import time

from friend_mail_test import SAME
from mail_links_test import Links

LONG = "https://far.example/" + "a-path-without-any-place-to-break/" * 4
BODY = f"""<h2>A heading</h2><p>Some <em>words</em> with <a href="/one.html">a link</a> and an address: {LONG}</p>
<blockquote><p>Said by somebody.</p></blockquote><ul><li>One</li><li>Two</li></ul><pre>code {"x" * 120}</pre>
<table><tr><th>Tide</th><th>Time</th></tr><tr><td>high</td><td>06:12</td></tr></table><hr><p>36 ____________________________________</p>"""


class Kinds(Links):
    def mails(self):
        came = super().mails()
        self.all += came
        return came

    def collect(self):
        self.all = []
        self.change("update entry set body_html = ?, title = 'A title that is long enough to need more than one line on a telephone' "
                    "where path = '/one.html'", BODY)
        self.one_of_each()
        now = int(time.time())
        # To the writer: it is public.
        self.change("update comment set reader_id = (select id from reader where email = 'fay@other.test'), status = 0")
        number, = self.rows("select min(id) from comment")[0]
        self.run_daybook("comments", "--home", self.home, "approve", str(number))
        self.mails()
        # To the owner: a reader wrote.
        signature = self.signature()
        self.ask("POST", "/contact", {"author": "Bea", "email": "bea@other.test", "signature": signature,
                                      "post": f"Hello.\n\nYour garden is fine: a{'h' * 90}.\nThird line."}, SAME)
        self.mails()
        # A digest, and an issue of the newsletter.
        self.change("update subscriber set cadence = 1, newsletter = 1 where status = 1")
        self.change("update entry set visible_at = ? where path = '/one.html'", now - 50)
        self.change("insert into mailing (kind, status, since, send_at, created_at) values (1, 1, ?, ?, ?)", now - 99, now, now)
        self.change("insert into mailing (kind, status, entry_id, send_at, created_at) select 3, 1, id, ?, ? from entry where path = '/one.html'",
                    now, now)
        for mailing, in self.rows("select id from mailing where status = 1"):
            self.change("insert into job (kind, subject, run_at, priority) values (10, ?, 0, 7)", mailing)
        self.mails()
        self.change("insert into mail (template, recipient, fields, created_at) values (10, 'ann@journal.test', ?, ?)",
                    json.dumps({"mailing": str(self.rows("select max(id) from mailing")[0][0])}), now)
        self.change("insert into job (kind, subject, run_at, priority) select 0, max(id), 0, 0 from mail")
        self.mails()
        # A test, an invitation.
        for kind, fields in ((1, {}), (4, {"link": "http://journal.test/admin/recover/1-" + "a" * 32})):
            self.change("insert into mail (template, recipient, fields, created_at) values (?, 'ann@journal.test', ?, ?)", kind, json.dumps(fields), now)
            self.change("insert into job (kind, subject, run_at, priority) select 0, max(id), 0, 0 from mail")
            self.mails()
        found = {}
        for _, mail in self.all:
            html = mail.get_body(("html",))
            found.setdefault((str(mail["Subject"]), re.sub(r"\S*http\S*", "", self.text(mail))), {"subject": str(mail["Subject"]), "text": self.text(mail), "html": html.get_content() if html else ""})
        return list(found.values())


def main():
    kinds = Kinds()
    kinds.setUp()
    try:
        print(json.dumps({"mails": kinds.collect()}), flush=True)
        sys.stdin.read()
    finally:
        kinds.doCleanups()
        kinds.tearDown()


if __name__ == "__main__":
    main()
