#!/usr/bin/env python3
"""A journal for admin_typing_test.mjs: prints its address and the owner's log-in, then does what lines of standard input say.
"kill": the program and the web server, by SIGKILL, and starts them again. "stop" and "start": the same in two halves. "sign-out": ends every
session. "texts ID": what the server has of an entry, as JSON: its own text and what was typed and not saved, newest first."""
import json
import os
import signal
import sqlite3
import sys

from admin_site import OWNER
from journal_site import PROGRAM, JournalSite, LocalServer


def kill(made):
    for process in made.server.processes:
        os.killpg(process.pid, signal.SIGKILL)
    made.server.stop()


def start(made):
    made.server = LocalServer(made.home, PROGRAM, "nginx", "fastcgi", made.port, 2)


def texts(made, number):
    with sqlite3.connect(f"file:{made.home}/private/journal.db?mode=ro", uri=True) as database:
        own = database.execute("select body from entry where id = ?", (number,)).fetchall()
        typed = database.execute("select body from revision where entry_id = ? and autosave = 1 order by at desc, id desc", (number,))
        return [row[0] for row in own + typed.fetchall()]


def main():
    with JournalSite() as made:
        made.set("rates", "off")
        print(json.dumps({"root": made.root, "name": OWNER[0], "password": OWNER[1]}), flush=True)
        for line in sys.stdin:
            act, *more = line.split()
            answer = "done"
            if act in ("kill", "stop"):
                kill(made)
            if act in ("kill", "start"):
                start(made)
            if act == "sign-out":
                made.daybook("user", "sign-out", OWNER[0])
            if act == "texts":
                answer = texts(made, *more)
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
