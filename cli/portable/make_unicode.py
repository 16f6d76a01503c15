#!/usr/bin/env python3
"""Writes what Markdown asks of Unicode as a C++ include file, from what Python knows of it.

Usage: make_unicode.py OUT. In it: kPunctuation, ranges of the categories P*; kFolds, ranges of characters whose
folded form is one character at a fixed distance, each or every second one; kLongFolds, those that become several.
cli/portable/markdown_unicode.cc reads it.
"""
import sys
import unicodedata

EVERYTHING = range(0x80, 0x110000)  # ASCII is the code's own


def punctuation():
    ranges = []
    for code in EVERYTHING:
        if unicodedata.category(chr(code))[0] != "P":
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


def folds():
    ranges, long = [], []
    for code in EVERYTHING:
        if 0xD800 <= code < 0xE000:
            continue
        folded = chr(code).casefold()
        if len(folded) > 1:
            long.append([code] + [ord(c) for c in folded] + [0] * (3 - len(folded)))
        elif ord(folded) != code:
            distance = ord(folded) - code
            last = ranges[-1] if ranges else None
            step = code - last[1] if last else 0
            if last and last[3] == distance and step in (1, 2) and last[2] in (0, step):
                last[1], last[2] = code, step
            else:
                ranges.append([code, code, 0, distance])
    return [[first, last, step or 1, distance] for first, last, step, distance in ranges], long


def table(out, kind, name, rows):
    out.write(f"constexpr {kind} {name}[] = {{\n" + "".join("{" + ", ".join(map(str, row)) + "},\n" for row in rows) + "};\n")


with open(sys.argv[1], "w", encoding="ascii") as out:
    table(out, "Range", "kPunctuation", punctuation())
    simple, several = folds()
    table(out, "Fold", "kFolds", simple)
    table(out, "LongFold", "kLongFolds", several)
