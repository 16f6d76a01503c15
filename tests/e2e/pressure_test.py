"""More is asked than can be answered: readers are answered first, then those who write, then searches; what is refused says
when to come again, and all is as before once the storm is over. (Jobs, which come last: worker_test.py.)"""
import contextlib
import os
import pathlib
import random
import re
import resource
import signal
import socket
import subprocess
import threading
import time
import unittest

from journal_site import Client, JournalSite, entry, until

WORDS = ["river", "stone", "winter", "bread", "letter", "harbour", "lamp", "orchard", "window", "road", "morning", "engine",
         "paper", "garden", "ladder", "bridge", "salt", "summer", "coat", "island", "clock", "field", "music", "train"]


def entries(count):
    chance = random.Random(7)
    return [entry(f"e{n}", f"Entry {n} of the {chance.choice(WORDS)}", f"20{10 + n % 10}-03-{n % 28 + 1:02}T10:00:00+00:00",
                  body="<p>" + " ".join(chance.choice(WORDS) for _ in range(250)) + "</p>") for n in range(count)]


class Crowd:
    """So many people who ask, each again as soon as there is an answer."""

    def __init__(self, site, people, paths):
        self.answers, self.stopping = [], threading.Event()
        self.threads = [threading.Thread(target=self.ask, args=(site, paths(n))) for n in range(people)]

    def ask(self, site, paths):
        client = Client(site.port, site.prefix)
        for path in paths:
            if self.stopping.is_set():
                break
            begun = time.monotonic()
            answer = client.get(path)
            self.answers.append((time.monotonic() - begun, answer.status, answer["Retry-After"]))
        client.connection.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join()


def searches(person):
    """Never the same twice, so none is answered from what was kept."""
    chance = random.Random(person)
    while True:
        yield "/search?q=" + "+".join(chance.sample(WORDS, 4)) + f"+{person}" * chance.randrange(2)


def pages(person):
    chance = random.Random(person)
    while True:  # a query keeps the web server from answering by a file
        yield f"/20{10 + chance.randrange(10)}/?{chance.random()}"


class Storm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(entries=entries(1500), workers=2)

    @classmethod
    def tearDownClass(cls):
        cls.site.stop()

    def test_readers_are_answered_while_searches_are_turned_away(self):
        with Crowd(self.site, 48, searches) as storm:
            until(lambda: self.turned_away(storm), "a refused search", 30)
            with Crowd(self.site, 4, pages) as readers:
                time.sleep(4)
            seen = list(storm.answers)
        self.assertGreater(len(readers.answers), 20)
        self.assertEqual({status for _, status, _ in readers.answers}, {200})
        self.assertEqual({status for _, status, _ in seen}, {200, 503}, "some searches go on being answered")
        self.assertEqual({after for _, status, after in seen if status == 503}, {"5"})
        until(lambda: self.site.get("/search?q=river+stone").status == 200, "a search after the storm", 5)


    def turned_away(self, storm):
        """After the processes had to stand still, as on a machine that is too small, and all waited for them."""
        time.sleep(0.5)
        standing = processes(self.site)
        for how in (signal.SIGSTOP, signal.SIGCONT):
            for process in standing:
                os.kill(process, how)
            time.sleep(0.4)
        return any(status == 503 for _, status, _ in storm.answers)

    def test_some_who_search_at_once_are_all_answered(self):
        with Crowd(self.site, 8, searches) as crowd:
            time.sleep(3)
        self.assertGreater(len(crowd.answers), 50)
        self.assertEqual({status for _, status, _ in crowd.answers}, {200}, "a queue that moves is no storm")

    def test_thousands_who_hold_a_connection_and_say_nothing_keep_nobody_out(self):
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        many = min(10000, most - 200)
        self.assertGreater(many, 3000)
        with contextlib.ExitStack() as idle:
            for number in range(many):
                connection = idle.enter_context(socket.create_connection(("127.0.0.1", self.site.port)))
                if number % 2:
                    connection.sendall(b"GET /search?q=never HTTP/1.1\r\nHost: x\r\nX-Slow:")
            for number in range(20):
                begun = time.monotonic()
                self.assertEqual(Client(self.site.port).get(f"/?{number}").status, 200)
                self.assertLess(time.monotonic() - begun, 2)


class NothingLeft(unittest.TestCase):
    def test_a_process_without_descriptors_does_not_spin_and_answers_again(self):
        with JournalSite(entries=entries(3), workers=1) as site:
            self.assertEqual(site.get("/?1").status, 200)
            (process,) = [pid for pid in processes(site) if {"socket", "journal.db"} <= open_files(pid).keys()]
            limit(process, lowest_free(process))
            answers = []
            waiting = threading.Thread(target=lambda: answers.append(Client(site.port).get("/?2").status))
            waiting.start()
            before, begun = ticks(process), time.monotonic()
            time.sleep(2)
            self.assertEqual(answers, [], "there was a descriptor left")
            self.assertLess((ticks(process) - before) / os.sysconf("SC_CLK_TCK"), 0.5 * (time.monotonic() - begun))
            limit(process, 256)
            waiting.join(20)
            self.assertEqual(answers, [200])
            self.assertIn(process, processes(site), "it is the same process")


def processes(site):
    listed = subprocess.run(["ps", "-eo", "pid=,args="], text=True, stdout=subprocess.PIPE, check=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if re.search(r"/daybook\S* ", line) and str(site.home) in line]


def open_files(process):
    """Kind or name of each open file, with its number."""
    folder = pathlib.Path(f"/proc/{process}/fd")
    return {os.readlink(file).partition(":")[0].rpartition("/")[2]: int(file.name) for file in sorted(folder.iterdir())}


def lowest_free(process):
    return next(number for number in range(100) if not pathlib.Path(f"/proc/{process}/fd/{number}").exists())


def ticks(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def limit(process, descriptors):
    subprocess.run(["prlimit", f"--nofile={descriptors}:", "--pid", str(process)], check=True)


if __name__ == "__main__":
    unittest.main()
