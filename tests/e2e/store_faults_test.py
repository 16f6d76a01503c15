#!/usr/bin/env python3
"""Breaks the store at its system calls: store_faults_test.py PATH-OF-STORE_DRIVER

Every rename, sync, write and removal of a public write, of a publication and of the next write after a crash is made
to fail, or the process is killed at it. After each: what was acknowledged is there, what is served is of the committed
rev and whole, and the journal goes on working. The short run takes every call of each kind once or samples the
frequent ones; DAYBOOK_LONG=1 takes them all. Skipped (77) where strace cannot trace.
"""
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CALLS = ["rename", "renameat", "renameat2", "fsync", "fdatasync", "write", "pwrite64", "ftruncate", "unlink", "unlinkat",
         "mkdir", "mkdirat", "openat", "flock"]
ERRORS = {"rename": "EIO", "renameat": "ENOSPC", "fsync": "EIO", "fdatasync": "EIO", "write": "ENOSPC",
          "pwrite64": "ENOSPC", "ftruncate": "EIO", "mkdir": "ENOSPC", "mkdirat": "ENOSPC", "unlink": "EIO"}
SAMPLES = 4  # of one call in the short run
LONG = "DAYBOOK_LONG" in os.environ


def run(driver, *words, inject=None, count=None):
    command = [driver, *map(str, words)]
    if inject:
        command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + inject.split(":")[0],
                   "-e", "inject=" + inject] + command
    elif count:
        command = ["strace", "-f", "-qq", "-o", str(count), "-e", "trace=" + ",".join(CALLS)] + command
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def calls_of(driver, home, words):
    """How often each system call is made, and how many of them the start of any program makes."""
    log = home.parent / "trace"
    result = run(driver, words[0], home, *words[1:], count=log)
    if result.returncode != 0 or not log.exists():
        return None
    found = collections.Counter()
    for line in log.read_text().splitlines():
        match = re.match(r"\d*\s*([a-z0-9_]+)\(", line)
        if match:
            found[match[1]] += 1
    return found


def places(total):
    if LONG or total <= SAMPLES:
        return range(1, total + 1)
    step = (total - 1) / (SAMPLES - 1)
    return sorted({1 + round(step * n) for n in range(SAMPLES)})


class Fault:
    def __init__(self, driver, folder, template, scenario, inject):
        self.driver, self.inject, self.scenario = driver, inject, scenario
        self.home = folder / "home"
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(template, self.home, symlinks=True)
        self.acknowledged = {"first"}

    def step(self, *words, inject=None):
        result = run(self.driver, words[0], self.home, *words[1:], inject=inject)
        if words[0] == "write" and "acknowledged" in result.stdout:
            self.acknowledged.add(words[1])
        return result

    def check(self, when):
        result = self.step("check")
        lines = result.stdout.splitlines()
        problems = [line for line in lines if line.startswith(("wrong", "refused"))]
        if result.returncode != 0:
            problems.append(f"check ended with {result.returncode} {result.stderr.strip()}")
        problems += [f"lost: {text}" for text in sorted(self.acknowledged - set(lines))]
        return [f"{self.scenario[0]} {self.inject}, {when}: {problem}" for problem in problems]

    def run(self):
        self.step(*self.scenario, inject=self.inject)
        problems = self.check("after the fault")
        self.step("publish")
        problems += self.check("after the next page")
        # Whatever happened, the journal goes on: the next write is taken, and its pages are published.
        if "acknowledged" not in self.step("write", "afterwards").stdout:
            problems.append(f"{self.scenario[0]} {self.inject}: the next write is refused")
        problems += self.check("after the next write")
        self.step("publish")
        problems += self.check("after the last page")
        if not (self.home / "public/live/2007/index.html").exists():
            problems.append(f"{self.scenario[0]} {self.inject}: nothing is published any more")
        return problems


def main(driver):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-faults-"))
    try:
        live, shut = folder / "live", folder / "shut"
        if run(driver, "init", live).returncode != 0:
            print("the driver cannot make a journal")
            return 1
        shutil.copytree(live, shut)
        run(driver, "write", shut, "second")
        scenarios = [(live, ("write", "second")), (shut, ("publish",))]
        problems, faults = [], 0
        for template, scenario in scenarios:
            trial = folder / "trial"
            shutil.copytree(template, trial)
            found = calls_of(driver, trial, scenario)
            shutil.rmtree(trial)
            if found is None:
                print("strace cannot trace here: skipped")
                return 77
            for call in CALLS:
                for when in places(found[call]):
                    wanted = [f"{call}:signal=SIGKILL:when={when}"]
                    if call in ERRORS:
                        wanted.append(f"{call}:error={ERRORS[call]}:when={when}")
                        wanted.append(f"{call}:error={ERRORS[call]}:when={when}+")
                    for inject in wanted:
                        faults += 1
                        problems += Fault(driver, folder, template, scenario, inject).run()
        print(*problems, sep="\n")
        print(f"{faults} faults, {len(problems)} problems")
        return 1 if problems or faults < 20 else 0
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    build = os.environ.get("DAYBOOK_BUILD", pathlib.Path(__file__).resolve().parents[2] / "build")
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else f"{build}/store_driver"))
