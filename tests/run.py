#!/usr/bin/env python3
"""Runs every suite of tests and adds them up. scripts/test builds first and calls this.

A suite is one command. What it prints is shown only if it failed. Its tests are counted by what its runner says
(GoogleTest, Python's unittest, "N passed, N failed"); one that says nothing counts as one test.
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parents[1]
ASAN, BUILD, FUZZ = SOURCE / "build-asan", SOURCE / "build", SOURCE / "build-fuzz"
FUZZ_SECONDS = 12


def short_suites():
    yield "format", ["scripts/check-format"], {}
    shards = 2
    for shard in range(shards):
        yield f"unit {shard + 1}/{shards}", [ASAN / "daybook_tests", "--gtest_brief=0"], {
            "GTEST_TOTAL_SHARDS": str(shards), "GTEST_SHARD_INDEX": str(shard)}
    for target in sorted((SOURCE / "tests/fuzz").glob("*_fuzz.cc")):
        corpus = SOURCE / "tests/fuzz/corpus" / target.stem
        if corpus.is_dir():
            yield f"corpus {target.stem}", [ASAN / target.stem, corpus], {}
    for test in sorted((SOURCE / "tests/e2e").glob("*_test.mjs")):  # these take longest
        yield test.stem, ["node", test], {}
    for test in sorted((SOURCE / "tests/e2e").glob("*_test.py")):
        yield test.stem, [sys.executable, test], {}


def long_suites():
    yield "store under fire, long", [ASAN / "daybook_tests", "--gtest_filter=*Stress*"], {"DAYBOOK_LONG": "1"}
    for target in sorted((SOURCE / "tests/fuzz").glob("*_fuzz.cc")):
        corpus = SOURCE / "tests/fuzz/corpus" / target.stem
        grown = FUZZ / "corpus" / target.stem
        grown.mkdir(parents=True, exist_ok=True)
        yield f"fuzz {target.stem}", [FUZZ / target.stem, f"-max_total_time={FUZZ_SECONDS}", "-timeout=10",
                                      "-rss_limit_mb=2048", "-print_final_stats=0", grown, corpus], {}
    for test in sorted((SOURCE / "tests/e2e").glob("*_test.py")):
        if "DAYBOOK_LONG" in test.read_text():
            yield f"{test.stem}, long", [sys.executable, test], {"DAYBOOK_LONG": "1"}
    for test in sorted((SOURCE / "tests/e2e").glob("*_test.mjs")):
        if "DAYBOOK_LONG" in test.read_text():
            yield f"{test.stem}, long", ["node", test], {"DAYBOOK_LONG": "1"}
    for test in sorted((SOURCE / "tests/bench").glob("*_test.py")):
        yield f"bench {test.stem}", [sys.executable, test], {"DAYBOOK_LONG": "1"}


def count(output, succeeded):
    """(passed, failed, skipped) by the closing lines of whichever runner this was."""
    ran = re.search(r"^\[=+\] (\d+) tests? from .* ran\.", output, re.M)
    if ran:
        def number(pattern):
            found = re.search(pattern, output, re.M)
            return int(found.group(1)) if found else 0
        return (number(r"^\[  PASSED  \] (\d+) tests?"), number(r"^\[  FAILED  \] (\d+) tests?, listed below"),
                number(r"^\[  SKIPPED \] (\d+) tests?, listed below"))
    ran = re.search(r"^Ran (\d+) tests? in ", output, re.M)
    if ran:
        close = output[ran.end():]
        def part(word):
            found = re.search(rf"{word}=(\d+)", close)
            return int(found.group(1)) if found else 0
        failed, skipped = part("failures") + part("errors"), part("skipped")
        return int(ran.group(1)) - failed - skipped, failed, skipped
    found = re.search(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?", output, re.M)
    if found:
        return int(found.group(1)), int(found.group(2)), int(found.group(3) or 0)
    return (1, 0, 0) if succeeded else (0, 1, 0)


def run_suite(suite):
    """Its name, exit code, output and seconds."""
    name, command, extra = suite
    environment = dict(os.environ, DAYBOOK_BUILD=str(BUILD), ASAN_OPTIONS="abort_on_error=0:detect_leaks=1",
                       UBSAN_OPTIONS="print_stacktrace=1")
    began = time.monotonic()
    run = subprocess.run([str(c) for c in command], cwd=SOURCE, env=environment | extra, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    return name, run.returncode, run.stdout, time.monotonic() - began


def gist(output):
    """The lines of a failed suite that say what went wrong: repeated at the end, where a cut log still shows them."""
    telling = [line[:300] for line in output.splitlines()
               if re.match(r"(FAIL|ERROR|FAILED|not ok|\[  FAILED  \]|\S*(Error|Exception)\b|.*(ERROR: |SUMMARY: |Failure$))", line)]
    return "\n".join("  " + line for line in (telling or output.splitlines())[-12:])


def main():
    only = os.environ.get("TEST", "")
    is_long = "--long" in sys.argv
    suites = [suite for suite in (long_suites() if is_long else short_suites()) if only in suite[0]]
    total, failed_suites = [0, 0, 0], {}
    # Three at a time: most of them wait for servers and browsers. The long ones measure, and have the machine alone.
    with concurrent.futures.ThreadPoolExecutor(1 if is_long else 3) as pool:
        for done in concurrent.futures.as_completed([pool.submit(run_suite, suite) for suite in suites]):
            name, code, output, seconds = done.result()
            passed, failed, skipped = count(output, code == 0)
            if code not in (0, 77):
                failed = max(failed, 1)
                failed_suites[name] = gist(output)
                print(output[-8000:], flush=True)
            elif name.startswith("bench "):
                print(output, flush=True)
            for i, n in enumerate((passed, failed, skipped)):
                total[i] += n
            print(f"{name}: {passed} passed, {failed} failed, {skipped} skipped ({seconds:.0f} s)", flush=True)
    if failed_suites:
        for name, said in failed_suites.items():
            print(f"{name}:\n{said}")
        print("Failed: " + ", ".join(failed_suites))
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    sys.exit(1 if failed_suites or total[0] == 0 else 0)


if __name__ == "__main__":
    main()
