#!/usr/bin/env python3
"""Writes server_files.cc: embed_server_files.py OUT FILE…"""
import pathlib
import sys

out, files = pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]]
rows = ",\n".join(f'    {{"{file.name}", R"daybook({file.read_text()})daybook"}}' for file in files)
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(f"""// Made by embed_server_files.py.
#include "work/server_files.h"

namespace daybook::work {{
namespace {{

constexpr ServerFile kFiles[] = {{
{rows}}};

}}  // namespace

std::span<const ServerFile> ServerFiles() {{ return kFiles; }}

}}  // namespace daybook::work
""")
