#!/usr/bin/env python3
"""A journal for comment_browser_test.mjs and own_comments_test.py. As a program it serves one, prints its address, and answers lines
of standard input: "link" with the address in the last confirming mail, "set NAME VALUE", "approve ID"."""
import json
import sqlite3
import sys

from journal_site import JournalSite, entry

ENTRIES = [
    entry("first", "A first entry", "2019-03-04T10:00:00+00:00", replies=[
        {"id": 1, "parent": None, "status": "public", "author": "Robin", "email": "", "url": "https://robin.example/",
         "date": "2019-03-06T10:00:00+00:00", "format": "limited", "body": "The first word."}]),
    entry("second", "A second entry", "2019-03-05T10:00:00+00:00"),
]
FIRST, SECOND = "/2019/3/4/first.html", "/2019/3/5/second.html"


def site(**options):
    """Mail counts as set up, but nothing is sent: the queue is read instead."""
    made = JournalSite(entries=ENTRIES, **options)
    made.set("rates", "off")
    made.set("comments.hold", "none")
    made.set("smtp", "127.0.0.1:9")
    return made


def last_link(made):
    """What the last mail that asks somebody to confirm an address links to."""
    with sqlite3.connect(f"file:{made.home}/private/journal.db?mode=ro", uri=True) as database:
        rows = database.execute("select fields from mail order by id desc limit 1").fetchall()
    return json.loads(rows[0][0])["link"] if rows else ""


def main():
    with site() as made:
        print(made.root, flush=True)
        for line in sys.stdin:
            act, *words = line.split()
            if act == "link":
                print(last_link(made), flush=True)
            elif act == "set":
                made.set(*words)
                print("done", flush=True)
            elif act == "approve":
                made.daybook("comments", "approve", *words)
                print("done", flush=True)


if __name__ == "__main__":
    main()
