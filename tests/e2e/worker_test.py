#!/usr/bin/python3
"""Who does the jobs: the prefork master's child, an idle FastCGI process, a child after a CGI reply, cron. And that a
worker killed at any moment loses nothing and repeats no more than the one thing that it was at."""
import collections
import contextlib
import datetime
import email
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

import mail_peer
from journal_site import JournalSite, until
from webmention_test import DAYBOOK, LINK, Case, Site


def workers(home):
    """Processes of daybook-work at that home."""
    found = []
    for proc in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (proc / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"daybook-work") and str(home).encode() in words:
            found.append(int(proc.name))
    return found


class Started(unittest.TestCase):
    """An entry that links to another site, due some seconds after it was written, with no request meanwhile."""

    def is_told_behind(self, server, mode, request):
        other = Site()
        self.addCleanup(other.close)
        other.page("/a", '<link rel="webmention" href="/endpoint">')
        other.page("/endpoint", "", 202)
        site = JournalSite(server=server, mode=mode)
        self.addCleanup(site.stop)
        pathlib.Path(site.home, "private/daybook.conf").write_text(f"fetch.allow = 127.0.0.1:{other.port}\n")
        self.assertEqual(site.get("/").status, 200)
        due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3)
        who = {"user": site.server.user, "group": site.server.user} if site.server.user != "root" and os.geteuid() == 0 else {}
        subprocess.run([DAYBOOK, "entry", "--home", site.home, "--date", due.isoformat(timespec="seconds"), "--title", "New",
                        "publish", "-"], input=f"[a]({other.url}/a)", text=True, check=True, capture_output=True, cwd="/", **who)
        if request:
            while time.time() <= due.timestamp():
                time.sleep(0.1)
            os.utime(pathlib.Path(site.home, "private/worker.looked"), (1, 1))  # a minute passed
            self.assertEqual(site.get("/").status, 200)
        until(lambda: other.posts, f"{server} {mode}: the page that is linked is told", 25)
        self.assertEqual(len(other.posts), 1)

    def test_by_the_worker_of_daybook_serve(self):
        self.is_told_behind("nginx", "fastcgi", request=False)

    def test_by_an_idle_process_of_lighttpd(self):
        self.is_told_behind("lighttpd", "fastcgi", request=False)

    def test_by_an_idle_process_of_mod_fcgid(self):
        self.is_told_behind("apache", "fastcgi", request=False)

    def test_by_a_child_after_the_reply_of_cgi(self):
        self.is_told_behind("apache", "cgi", request=True)

    def test_by_a_child_after_the_reply_of_fcgiwrap(self):
        self.is_told_behind("nginx", "cgi", request=True)


class Doctor(Case):
    def findings(self, program=DAYBOOK):
        done = subprocess.run([program, "doctor", "--home", self.home, "--json"], capture_output=True, text=True, timeout=60)
        return {one["name"]: one for one in json.loads(done.stdout)}

    def test_says_that_the_other_program_is_missing_and_where_it_goes(self):
        alone = pathlib.Path(self.folder.name, "daybook")
        shutil.copy2(DAYBOOK, alone)
        self.assertEqual(self.findings()["daybook-work"]["state"], "good")
        missing = self.findings(alone)["daybook-work"]
        self.assertEqual(missing["state"], "bad")
        self.assertIn("daybook-work", missing["mend"])
        shutil.copy2(pathlib.Path(DAYBOOK).with_name("daybook-work"), pathlib.Path(self.home, "private"))
        self.assertEqual(self.findings(alone)["daybook-work"]["state"], "good")

    def test_says_how_late_the_queue_is_and_what_was_given_up(self):
        self.assertEqual(self.findings()["queue"]["state"], "good")
        self.change("insert into job (kind, subject, priority, run_at) values (1, 99, 5, ?)", int(time.time()) - 7300)
        late = self.findings()["queue"]
        self.assertEqual(late["state"], "warning")
        self.assertIn("121 minutes late", late["text"])
        self.change("update job set dead = 1")
        self.assertEqual(self.findings()["given up"]["state"], "warning")

    def test_names_the_peers_that_may_be_fetched_from_which_no_command_sets(self):
        self.assertEqual(self.findings()["fetch.allow"]["state"], "warning")
        self.configure("rates = on")
        self.assertNotIn("fetch.allow", self.findings())
        self.change("insert into setting (name, value) values ('fetch.allow', '127.0.0.1:1')")
        self.assertNotIn("fetch.allow", self.findings(), "the database does not count")


class Killed(Case):
    MANY = 24

    def setUp(self):
        super().setUp()
        self.peer = mail_peer.Peer()
        self.addCleanup(self.peer.stop)
        self.configure(f"smtp = 127.0.0.1:{self.peer.port}", "rates = off", "mail.per_hour = 1000",
                       f"fetch.allow = 127.0.0.1:{self.site.port}")

    def queue_mails(self):
        for number in range(self.MANY):
            self.change("insert into mail (template, recipient, fields, created_at) values (0, ?, ?, ?)",
                        f"r{number}@other.test", json.dumps({"link": "http://journal.test/x"}), int(time.time()))
        self.change("insert into job (kind, subject, priority, run_at) select 0, id, 0, 0 from mail")

    def start(self):
        return subprocess.Popen([DAYBOOK, "work", "--home", self.home], stdout=subprocess.DEVNULL)

    def test_mails_all_arrive_and_a_kill_repeats_one_at_most(self):
        self.queue_mails()
        kills, nice = 0, set()
        work = self.start()
        while work.poll() is None:
            if len(self.peer.mails) > 4 * kills and kills < 5:
                for pid in workers(self.home)[:1]:
                    with contextlib.suppress(ProcessLookupError):
                        nice.add(os.getpriority(os.PRIO_PROCESS, pid))  # 0 if it only just began
                    os.kill(pid, signal.SIGKILL)
                    kills += 1
            time.sleep(0.003)
        self.assertEqual(work.returncode, 0)
        self.assertGreater(kills, 0)
        self.assertGreaterEqual(max(nice), 10, "whoever reads comes first")
        came = collections.Counter(mail.rcpt_tos[0] for mail in self.peer.mails)
        self.assertEqual(set(came), {f"r{number}@other.test" for number in range(self.MANY)})
        self.assertLessEqual(sum(came.values()), self.MANY + kills)
        names = collections.defaultdict(set)
        for mail in self.peer.mails:
            names[mail.rcpt_tos[0]].add(email.message_from_bytes(mail.content)["Message-ID"])
        self.assertEqual({len(each) for each in names.values()}, {1}, "a repeated mail can be recognised")
        self.assertEqual(self.rows("select count(*), sum(sent_at is null) from mail"), [(self.MANY, 0)])

    def test_references_are_there_once_whenever_the_worker_is_killed(self):
        for number in range(self.MANY):
            self.site.page(f"/{number}", f"<title>Page {number}</title>{LINK}")
        self.configure("rates = off")  # nobody is fetched from yet
        pathlib.Path(self.home, "private/worker.lock").touch()
        for number in range(self.MANY):
            self.assertEqual(self.mention(f"{self.site.url}/{number}")[0], 202)
        self.until(lambda: not workers(self.home))
        self.configure("rates = off", f"fetch.allow = 127.0.0.1:{self.site.port}")
        self.change("delete from job")
        self.change("update mention set state = 0")
        self.change("insert into job (kind, subject, priority, run_at) select 1, id, 5, 0 from mention")
        work, kills = self.start(), 0
        while work.poll() is None:
            if len(self.site.gets) > 3 * kills and kills < 6:
                for pid in workers(self.home)[:1]:
                    os.kill(pid, signal.SIGKILL)
                    kills += 1
            time.sleep(0.003)
        self.assertEqual(work.returncode, 0)
        self.assertGreater(kills, 0)
        # A fetch that took too long on a busy machine waits a minute; and what a worker held who was started by a reply, and
        # so has nobody who sees it die, waits for the end of its lease.
        for _ in range(5):
            if self.rows("select count(*) from job") == [(0,)]:
                break
            self.change("update job set run_at = 0, lease_ends = min(lease_ends, 1)")
            self.assertEqual(self.start().wait(), 0)
        self.assertEqual(sorted(title for _, title, _ in self.references()),
                         sorted(f"Page {number}" for number in range(self.MANY)))
        self.assertEqual(self.rows("select kind, subject, attempts, run_at, lease_ends from job"), [])

    def test_when_all_of_them_are_killed_the_next_ones_go_on(self):
        self.queue_mails()
        work = self.start()
        self.until(lambda: len(self.peer.mails) >= 3)
        for pid in [work.pid] + workers(self.home):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        work.wait()
        self.until(lambda: not workers(self.home))
        self.change("update job set lease_ends = 1 where lease_ends > 0")  # two minutes passed
        self.run_daybook("work", "--home", self.home)
        came = collections.Counter(mail.rcpt_tos[0] for mail in self.peer.mails)
        self.assertEqual(len(came), self.MANY)
        self.assertLessEqual(sum(came.values()), self.MANY + 1)

    def test_cron_twice_at_once_does_each_once(self):
        self.queue_mails()
        both = [self.start() for _ in range(2)]
        self.assertEqual([one.wait(60) for one in both], [0, 0])
        came = collections.Counter(mail.rcpt_tos[0] for mail in self.peer.mails)
        self.assertEqual((len(came), sum(came.values())), (self.MANY, self.MANY))

    def test_a_kill_between_two_batches_of_followers_tells_each_once(self):
        for number in range(130):
            self.change("insert into reader (id, email, confirmed_at, created_at) values (?, ?, 1, 1)", 1000 + number,
                        f"r{number}@other.test")
        self.change("insert into thread_follow (entry_id, reader_id, created_at) select e.id, r.id, 1 from entry e, reader r "
                    "where e.path = '/one.html'")
        self.change("insert into comment (entry_id, status, created_at, author_name, mode, body, body_html) "
                    "select id, 0, 1, 'Cy', 0, 'x', '<p>x</p>' from entry where path = '/one.html'")
        self.run_daybook("comments", "--home", self.home, "approve", "1")
        # As a worker leaves it that was killed after the first fifty.
        self.change("update comment set told_to = 1049")
        self.run_daybook("work", "--home", self.home)
        came = collections.Counter(mail.rcpt_tos[0] for mail in self.peer.mails)
        self.assertEqual(came, collections.Counter(f"r{number}@other.test" for number in range(50, 130)))


if __name__ == "__main__":
    unittest.main()
