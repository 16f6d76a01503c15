#!/usr/bin/env python3
"""Writes the table of HTML's named character references as a C++ include file.

Usage: make_entities.py OUT. The names are those that Python's own library knows (the HTML standard's).
Form: one blob of "name NUL text NUL" records sorted by name, and their offsets: no pointers, so
nothing to relocate when a program starts. text/html_entities.cc reads it.
"""
import html.entities
import sys


def literal(data: bytes) -> str:
    return '"' + "".join("\\%03o" % byte for byte in data) + '"'


def main() -> None:
    names = sorted(html.entities.html5, key=lambda name: name.encode())
    offset = 0
    offsets, lines = [], []
    for name in names:
        record = name.encode() + b"\0" + html.entities.html5[name].encode() + b"\0"
        offsets.append(offset)
        lines.append(literal(record))
        offset += len(record)
    assert offset < 65536
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write("constexpr char kBlob[] =\n" + "\n".join(lines) + ";\n")
        out.write("constexpr std::uint16_t kOffsets[] = {" + ",".join(map(str, offsets)) + "};\n")


if __name__ == "__main__":
    main()
