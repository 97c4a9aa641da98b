#!/bin/sh
# Reads what a scraper has put into a folder and tells which files failed that had not failed before: what cron should mail, and nothing else.
# usage: sh nightly.sh DOWNLOADS OUT [OPTION of gongkai...]
# Ends with the status of gongkai's run, but 0 for 1 and 2.
#
# The scraper: let it write each file under a name that gongkai does not read (it takes .pdf, .txt and .md, and no name that begins with a dot) and rename
# it when it is whole:
#     wget -q -O downloads/.part "$url" && mv downloads/.part "downloads/$name.pdf"
# Nothing needs to be told to gongkai: a file that is new or has other bytes than last night is read, the others are not, one that the
# scraper has removed is dropped from OUT and told here.
set -u
here=$(cd "$(dirname "$0")" && pwd)
downloads=$1 out=$2
shift 2
# "status file: message" of each file that should have given a record and did not
failures() {
	[ ! -e "$1" ] || sed -nE 's/^\{"file":"(.*)","sha256":.*,"status":"(no_text|encrypted|damaged|unsupported|timeout|limit|unreadable)",.*,"message":"(.*)","made_by":.*/\2 \1: \3/p' "$1"
}
before=$(mktemp) after=$(mktemp)
trap 'rm -f "$before" "$after"' EXIT
failures "$out/manifest.jsonl" | sort >"$before"
status=0
sh "$here/patient.sh" -o "$out" "$@" "$downloads" 2>"$after" || status=$?
# not the summary
grep -v '^gongkai: [0-9]* files (' "$after" >&2
failures "$out/manifest.jsonl" | sort >"$after"
comm -13 "$before" "$after"
exit "$status"
