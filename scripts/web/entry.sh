#!/bin/sh
# Daybook's entry for the web server: starts daybook.bin, which lies beside it. This file is text; the two .bin files
# are programs and must be uploaded in binary mode. What has been checked once is remembered in daybook.ok.
d=${0%/*} #
case $0 in */*) ;; *) d=. ;; esac #
if ! [ "$d/daybook.ok" -nt "$d/daybook.bin" ]; then #
  say() { #
    printf 'Status: 500 Daybook cannot start yet\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n\r\n' #
    printf '<!doctype html><html lang="en"><meta charset="utf-8"><title>Daybook cannot start yet</title><main><h1>Daybook cannot start yet</h1>' #
    printf '<p>%s</p><p>Then load this page again.</p></main></html>\n' "$1" #
    echo "daybook: $1" >&2 #
    exit 0 #
  } #
  for f in daybook.bin:@BYTES@ daybook-work.bin:@WORK_BYTES@; do #
    n=${f%:*} #
    [ -f "$d/$n" ] || say "The file $n is missing beside daybook.cgi. Upload it in binary mode." #
    has=$(wc -c < "$d/$n" | tr -d ' ') #
    [ "$has" = "${f#*:}" ] || say "$n has $has bytes instead of ${f#*:}: it came in part, or in text mode. Upload it again in binary mode." #
    [ -x "$d/$n" ] || chmod u+x "$d/$n" 2>/dev/null #
    [ -x "$d/$n" ] || say "Give $n the permissions 0755 with your upload program." #
  done #
  "$d/daybook.bin" version > /dev/null 2>&1 || say "daybook.bin does not run here. It is made for Linux on 64-bit Intel or AMD processors; this is $(uname -s) on $(uname -m)." #
  if [ -z "$DAYBOOK_HOME" ] && ! [ -f "$d/daybook.home" ]; then #
    # Above the web root, where no address leads; else under a name that nobody guesses.
    h= #
    if [ -n "$DOCUMENT_ROOT" ]; then #
      h=${DOCUMENT_ROOT%/}/../daybook-journal$(printf %s "${SCRIPT_NAME%/*}" | tr -c 'A-Za-z0-9' '-') #
      mkdir -p "$h" 2>/dev/null && h=$(cd "$h" && pwd) || h= #
    fi #
    if [ -z "$h" ]; then #
      h=$(cd "$d" && pwd)/journal-$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n') #
      mkdir "$h" 2>/dev/null || say "This folder cannot be written to. Give it the permissions 0755, or its owner to the web server." #
      printf 'Require all denied\n' > "$h/.htaccess" #
    fi #
    mkdir -p "$h/public/static" "$h/public/media" #
    printf '%s\n' "$h" > "$d/daybook.home" || say "The file daybook.home cannot be written beside daybook.cgi. Give the folder the permissions 0755." #
    for f in static media; do #
      [ -e "$d/$f" ] || ln -s "$h/public/$f" "$d/$f" 2>/dev/null #
    done #
  fi #
  : 2>/dev/null > "$d/daybook.ok" #
fi #
# Where addresses are rewritten to this file, its own name is no part of them.
case $REQUEST_URI in #
  "$SCRIPT_NAME" | "$SCRIPT_NAME"/* | "$SCRIPT_NAME"\?*) ;; #
  *) if [ -n "$SCRIPT_NAME" ] && [ -z "$DAYBOOK_PREFIX" ]; then export DAYBOOK_PREFIX="${SCRIPT_NAME%/*}/"; fi ;; #
esac #
exec "$d/daybook.bin" #
