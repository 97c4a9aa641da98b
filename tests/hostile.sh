# Reads a folder of hostile files mixed with good ones, and looks whether each bad one cost itself only.
# usage: BUILD=build sh tests/hostile.sh [FOLDER]     (needs python3 and qpdf to make the files; FOLDER keeps them)
#
# Every file must have its line in the manifest, no worker may outlive the run or its limits, and the records of the good files
# must be the bytes of a run without the bad ones. One half of the corpus is good, the other is mutated.
set -eu
seconds=${SECONDS_EACH:-60}
home=${1-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$home"' EXIT
mkdir -p "$home"
all=$(ls corpus/*/case.toml | sed 's|/case.toml||')
good=$(echo "$all" | awk 'NR % 2')
rest=$(echo "$all" | awk 'NR % 2 == 0')
# shellcheck disable=SC2046,SC2086 # names without blanks
[ -d "$home/bad" ] || python3 tests/hostile.py "$home/bad" $(ls $(echo "$rest" | sed 's|$|/*.pdf|'))
rm -rf "$home/alone" "$home/mixed"
fail() {
	echo "hostile: $*" >&2
	exit 1
}

status=0
# shellcheck disable=SC2086
"$BUILD/gongkai" -q -o "$home/alone" $good || status=$?
[ "$status" -le 1 ] || fail "the good files alone: status $status"
status=0
# shellcheck disable=SC2086
"$BUILD/gongkai" -q -o "$home/mixed" --timeout "$seconds" --memory 1024 "$home/bad" $good || status=$?
[ "$status" -eq 2 ] || fail "the run ended with status $status"

wanted=$(($(wc -l <"$home/alone/manifest.jsonl") + $(ls "$home/bad" | wc -l)))
lines=$(wc -l <"$home/mixed/manifest.jsonl")
[ "$lines" -eq "$wanted" ] || fail "$lines lines in the manifest for $wanted files"
late=$(sed -n 's/.*"file":"\([^"]*\)".*"seconds":\([0-9]*\).*/\2 \1/p' "$home/mixed/manifest.jsonl" | awk -v most=$((seconds + 5)) '$1 > most')
[ -z "$late" ] || fail "longer than allowed: $late"
for process in /proc/[0-9]*; do
	program=$(readlink "$process/exe" 2>/dev/null) || continue
	[ "$program" != "$(realpath "$BUILD/gongkai")" ] || fail "process ${process#/proc/} is still there"
done
# A record of a good file, and its lines of amounts.csv, as they are without the bad ones.
(cd "$home/alone" && find . -name '*.json' -not -path './.gongkai/*') | while read -r record; do
	cmp "$home/alone/$record" "$home/mixed/$record" || fail "$record has changed"
done
sort "$home/alone/amounts.csv" >"$home/amounts"
sort "$home/mixed/amounts.csv" | comm -23 "$home/amounts" - | grep . && fail "amounts of good files are gone"
echo "$lines files: $(sed 's/.*"status":"\([a-z_]*\)".*/\1/' "$home/mixed/manifest.jsonl" | sort | uniq -c | sort -rn | awk '{printf "%s%s %s", sep, $1, $2; sep = ", "}')"
echo "longest: $(sed -n 's/.*"file":"\([^"]*\)".*"seconds":\([0-9.]*\).*/\2 \1/p' "$home/mixed/manifest.jsonl" | sort -rn | head -3 | sed 's|[^ ]*/||' | tr '\n' ' ')"
