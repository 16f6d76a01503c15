#!/usr/bin/env python3
"""The journal of admin_people_browser_test.mjs: prints its address, and answers the line "reset" by putting RESET-PASSWORD.txt into its home."""
import sqlite3
import sys

from admin_queue_test import comment, journal

REASONS = "reason.words casino pills\nreason.links 3\nreason.first"


def main():
    long = "A long text about boats, herons and the harbour at dawn. " * 120
    waiting = [comment(n) for n in range(1, 5)] + [comment(5, body=long), comment(6, author="שלום", body="مرحبا بالعالم")]
    away = [comment(7, "spam", body="Cheap pills http://spam.example/" + "a" * 120), comment(8, "trash"), comment(9, "public")]
    with journal(waiting + away) as site:
        with sqlite3.connect(site.home / "private/journal.db") as database:
            database.execute("update comment set network = '203.0.113.0/24', reasons = ? where id in (3, 4, 7)", (REASONS,))
        print(site.root, flush=True)
        for line in sys.stdin:
            if line.strip() == "reset":
                (site.home / "RESET-PASSWORD.txt").touch()
                print("done", flush=True)


if __name__ == "__main__":
    main()
