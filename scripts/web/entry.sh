#!/bin/sh
# Daybook's entry for the web server: starts the program "daybook" that lies beside it. This file is text; the two .bin files
# are programs and must be uploaded in binary mode. Once both came whole they take the places of "daybook" and
# "daybook-work"; until then those go on. Every line ends in a comment, which hides what text mode may put there.
d=${0%/*} #
case $0 in */*) ;; *) d=. ;; esac #
stop() { #
  echo "daybook: $1" >&2 #
  # A process that the web server keeps has nobody to tell.
  [ -n "$REQUEST_METHOD" ] || exit 1 #
  printf 'Status: 500 Daybook cannot start yet\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n\r\n' #
  printf '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Daybook cannot start yet</title>' #
  printf '<main><h1>Daybook cannot start yet</h1><p>%s</p><p>Then load this page again.</p></main></html>\n' "$1" #
  exit 0 #
} #
# What is wrong with an upload does not matter to a journal that has its programs.
say() { #
  [ -x "$d/daybook" ] || stop "$1" #
} #
whole() { #
  # A second request has put it into its place, or a first one that was killed.
  [ -e "$d/$1" ] || ! [ -x "$d/${1%.bin}" ] || [ "$(wc -c < "$d/${1%.bin}" | tr -d ' ')" != "$2" ] || return 0 #
  [ -f "$d/$1" ] || { #
    say "The file $1 is missing beside daybook.cgi. Upload it in binary mode." #
    return 1 #
  } #
  has=$(wc -c < "$d/$1" | tr -d ' ') #
  [ "$has" = "$2" ] || { #
    say "$1 has $has bytes instead of $2: it came in part, or in text mode. Upload it again in binary mode." #
    return 1 #
  } #
  [ -x "$d/$1" ] || chmod u+x "$d/$1" 2>/dev/null #
  [ -x "$d/$1" ] || { #
    say "Give $1 the permissions 0755 with your upload program." #
    return 1 #
  } #
} #
take() { #
  whole daybook.bin @BYTES@ || return #
  whole daybook-work.bin @WORK_BYTES@ || return #
  [ -e "$d/daybook.bin" ] || return #
  "$d/daybook.bin" version > /dev/null 2>&1 || { #
    say "daybook.bin does not run here. It is made for Linux on 64-bit Intel or AMD processors; this is $(uname -s) on $(uname -m)." #
    return 1 #
  } #
  [ -x "$d/daybook.fcgi" ] || chmod u+x "$d/daybook.fcgi" 2>/dev/null #
  mv -f "$d/daybook-work.bin" "$d/daybook-work" 2>/dev/null #
  mv -f "$d/daybook.bin" "$d/daybook" 2>/dev/null && #
    # Pages that the one before has kept are not this one's.
    l=$(cd "$d/live" 2>/dev/null && pwd -P) && #
    mv "$l" "${l%/*}/dead-$$" 2>/dev/null #
  [ -x "$d/daybook" ] || #
    say "This folder cannot be written to by $(id -un). Give it the permissions 0755, or 0777 if your host says that programs run as another user." #
} #
served() { #
  case ${1##*/} in public_html | htdocs | httpdocs | html) return 0 ;; esac #
  for f in "$1"/index.* "$1/.htaccess"; do #
    [ -e "$f" ] && return 0 #
  done #
  return 1 #
} #
settle() { #
  # Above the web root, where no address leads, nor those of another host whose root lies there; its place is noted in daybook.home.
  # Else here under a name that nobody guesses, and that is written nowhere.
  h= #
  DOCUMENT_ROOT=${DOCUMENT_ROOT%/} #
  if [ -n "$DOCUMENT_ROOT" ] && h=$(cd "$DOCUMENT_ROOT/.." 2>/dev/null && pwd); then #
    while [ -n "$h" ] && served "$h"; do #
      h=${h%/*} #
    done #
    [ -z "$h" ] || h=$h/daybook-$(printf %s "${DOCUMENT_ROOT##*/}${SCRIPT_NAME%/*}" | tr -c 'A-Za-z0-9._' '-') #
  fi #
  if [ -n "$h" ] && mkdir -p "$h" 2>/dev/null && [ -w "$h" ]; then #
    printf '%s\n' "$h" > "$d/daybook.home" || stop "The file daybook.home cannot be written beside daybook.cgi. Give the folder the permissions 0755." #
  else #
    h=journal-$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n') #
    mkdir "$d/$h" 2>/dev/null || stop "This folder cannot be written to. Give it the permissions 0755." #
    printf 'Require all denied\n' > "$d/$h/.htaccess" #
  fi #
  for f in static media live; do #
    # The pages in live/ come and go with it.
    [ $f = live ] || mkdir -p "$(cd "$d" && cd "$h" && pwd)/public/$f" #
    [ -e "$d/$f" ] || [ -L "$d/$f" ] || ln -s "$h/public/$f" "$d/$f" 2>/dev/null #
  done #
} #
if [ -e "$d/daybook.bin" ] || ! [ -x "$d/daybook" ]; then take; fi #
if [ -z "$DAYBOOK_HOME" ] && ! [ -f "$d/daybook.home" ]; then #
  found= #
  for f in "$d"/journal-????????????????????????; do #
    [ -d "$f" ] && found=1 #
  done #
  [ -n "$found" ] || settle #
fi #
# Where addresses are rewritten to this file, its own name is no part of them. Where they are not, the folder's own one leads
# to it.
if [ -n "$SCRIPT_NAME" ] && [ -z "$DAYBOOK_PREFIX" ]; then #
  if [ -n "$DAYBOOK_REWRITES" ]; then #
    export DAYBOOK_PREFIX="${SCRIPT_NAME%/*}/" #
  elif [ "${REQUEST_URI%%\?*}" = "${SCRIPT_NAME%/*}/" ]; then #
    printf 'Status: 302 Found\r\nLocation: %s/\r\nCache-Control: no-store\r\n\r\n' "$SCRIPT_NAME" #
    exit 0 #
  fi #
fi #
exec "$d/daybook" #
