#!/usr/bin/python3
"""A journal with a mail server for whole_mail_way_browser_test.mjs. Prints its address, then answers lines of standard input:
"mails" with those that came since, as JSON; "publish TITLE" as its owner; "due": the fifteen minutes are over; "count SQL"."""
import email
import email.policy
import json
import sqlite3
import sys
import time

import mail_peer
from admin_site import owner
from journal_site import JournalSite, entry


class Way:
    def __init__(self, site, peer):
        self.site, self.peer = site, peer
        self.ada = owner(site)

    def rows(self, question, *values):
        with sqlite3.connect(self.site.home / "private/journal.db", timeout=10) as database:
            return database.execute(question, values).fetchall()

    def mails(self):
        self.site.daybook("work", "--for", "20")
        came = []
        for envelope in self.peer.mails:
            mail = email.message_from_bytes(envelope.content, policy=email.policy.strict)  # raises at the first defect
            html = mail.get_body(("html",))
            came.append({"to": envelope.rcpt_tos[0], "headers": {name.lower(): str(value) for name, value in mail.items()},
                         "text": mail.get_body(("plain",)).get_content().replace("\r\n", "\n"), "html": html.get_content() if html else ""})
        self.peer.mails.clear()
        return came

    def publish(self, title):
        page = self.ada.get("/admin/write").page
        answer = self.ada.send(page, {"title": title, "body": "Fresh and **good**."}, ("action", "publish"), page.one("#write"))
        return answer.status == 303

    def due(self):
        now = int(time.time())
        self.rows("update mailing set send_at = ? where status = 1", now)
        self.rows("update job set run_at = ? where kind = 10", now)
        return True


def main():
    peer = mail_peer.Peer()
    with JournalSite(entries=[entry("first", "A first entry", "2019-03-04T10:00:00+00:00")]) as site:
        site.set("mail.per_hour", "1000")
        site.set("smtp", f"127.0.0.1:{peer.port}")
        way = Way(site, peer)
        # A test mail left: before that, entries bring no mail.
        way.rows("insert into mail (template, recipient, fields, created_at, sent_at) values (1, 'ada@example.org', '', 1, 1)")
        print(site.root, flush=True)
        for line in sys.stdin:
            act, _, words = line.strip().partition(" ")
            answer = way.mails() if act == "mails" else way.publish(words) if act == "publish" else way.due() if act == "due" else way.rows(words)
            print(json.dumps(answer), flush=True)
    peer.stop()


if __name__ == "__main__":
    main()
