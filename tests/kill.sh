#!/usr/bin/env bash
# Kills runs of gongkai at random moments, lets the same command end them, and compares the bytes with those of a run that nobody disturbed.
# usage: BUILD=build bash tests/kill.sh [-s SIGNAL] [-j JOBS] ROUNDS INPUT...
# Each round begins with an empty folder; it is killed up to three times at moments drawn from the whole time that an undisturbed run takes.
# Tells how many kills met a run at work, and fails at the first difference: bytes, a file read twice, a file left behind, a worker alive.
set -u
signal=KILL jobs=2
while getopts s:j: option; do
	case $option in s) signal=$OPTARG ;; j) jobs=$OPTARG ;; *) exit 64 ;; esac
done
shift $((OPTIND - 1))
rounds=$1
shift
program=${BUILD:-build}/gongkai
work=$(mktemp -d "${TMPDIR:-/tmp}/gongkai-kill-XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() { echo "kill.sh: $*" >&2; exit 1; }
lines() { sed 's/"seconds":[0-9.]*//' "$1/manifest.jsonl"; }
same() { diff -r -x .gongkai -x manifest.jsonl "$1" "$2" && diff <(lines "$1") <(lines "$2"); }
pause() { sleep "$(awk -v ms="$1" 'BEGIN { print ms / 1000 }')"; } # milliseconds
alive() { grep -qs '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status"; } # a zombie waits for its new parent only
random_below() { echo $((((RANDOM << 15) + RANDOM) % ($1 + 1))); }

start=$(date +%s%N)
"$program" -j "$jobs" -o "$work/whole" "$@" 2>"$work/told"
status=$?
[ "$status" -le 2 ] || fail "the undisturbed run ended with $status: $(cat "$work/told")"
took=$((($(date +%s%N) - start) / 1000000))
files=$(wc -l <"$work/whole/manifest.jsonl")
kills=0 interrupted=0
for round in $(seq "$rounds"); do
	out=$work/out
	rm -rf "$out"
	for _ in $(seq $((1 + RANDOM % 3))); do
		"$program" -j "$jobs" -o "$out" "$@" 2>/dev/null &
		run=$!
		pause "$(random_below "$took")"
		children=$(cat /proc/$run/task/*/children 2>/dev/null)
		if kill -s "$signal" "$run" 2>/dev/null; then interrupted=$((interrupted + 1)); fi
		wait "$run" 2>/dev/null
		kills=$((kills + 1))
		for child in $children; do
			for _ in $(seq 50); do alive "$child" && pause 100; done
			! alive "$child" || fail "worker $child outlives its run"
		done
	done
	done_before=$(sed -n 's/^\({"file":"[^"]*"\).*/\1/p' "$out/manifest.jsonl" 2>/dev/null | sort -u | wc -l)
	"$program" -j "$jobs" -o "$out" "$@" 2>"$work/told"
	ended=$?
	[ "$ended" -eq "$status" ] || fail "round $round ended with $ended, not $status: $(cat "$work/told")"
	read_now=$(sed -n 's/.*), \([0-9]*\) of them read now.*/\1/p' "$work/told")
	[ $((done_before + read_now)) -le "$files" ] || fail "round $round: $done_before files were done, $read_now of $files read again"
	same "$work/whole" "$out" || fail "round $round: the bytes differ"
	[ "$(ls -A "$out/.gongkai" | tr '\n' ' ')" = 'lock placed store ' ] || fail "round $round: left behind: $(ls -A "$out/.gongkai")"
done
echo "$rounds rounds of $files files, $kills times SIG$signal, $interrupted of them to a run at work: each ended in the bytes of the undisturbed run"
