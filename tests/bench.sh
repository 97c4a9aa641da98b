# How long the stages take beside `pdftotext -bbox-layout`, which only reads the words. usage: BUILD=build sh tests/bench.sh [FILE...]
# Each figure is the best of three runs in this one call: on a busy machine only the ratios mean something.
[ $# -gt 0 ] || set -- corpus/*-*-*/*.pdf
command -v pdftotext >/dev/null || { echo 'bench: pdftotext (poppler-utils) is not there to compare with' >&2; exit 1; }
trees=$(mktemp) documents=$(mktemp)
trap 'rm -f "$trees" "$documents"' EXIT

seconds() { # of a shell command, the best of three
	best=
	for _ in 1 2 3; do
		start=$(date +%s%N)
		sh -c "$1" >/dev/null 2>&1
		took=$(($(date +%s%N) - start))
		[ -n "$best" ] && [ "$best" -le "$took" ] || best=$took
	done
	echo "$best"
}

awk 'BEGIN { printf "%-34s %5s %9s | %8s %8s %8s %8s\n", "file", "pages", "words, s", "extract", "parse", "normal.", "all" }'
for file; do
	pages=$(pdfinfo "$file" 2>/dev/null | sed -n 's/^Pages: *//p')
	"$BUILD/gongkai-extract" "$file" >"$documents" 2>/dev/null
	"$BUILD/gongkai-parse" "$documents" >"$trees" 2>/dev/null
	words=$(seconds "pdftotext -bbox-layout '$file' -")
	extract=$(seconds "'$BUILD/gongkai-extract' '$file'")
	parse=$(seconds "'$BUILD/gongkai-parse' '$documents'")
	normalize=$(seconds "'$BUILD/gongkai-normalize' '$trees'")
	all=$(seconds "'$BUILD/gongkai' -j 1 '$file'")
	echo "$(basename "$file" .pdf | tr ' ' '_') ${pages:-0} $words $extract $parse $normalize $all"
done | awk '
	{ printf "%-34.34s %5d %9.3f | %8.2f %8.2f %8.2f %8.2f\n", $1, $2, $3 / 1e9, $4 / $3, $5 / $3, $6 / $3, $7 / $3
	  for (i = 2; i <= 7; i++) sum[i] += $i }
	END { printf "%-34s %5d %9.3f | %8.2f %8.2f %8.2f %8.2f\n", "all (times the words)", sum[2], sum[3] / 1e9, sum[4] / sum[3], sum[5] / sum[3], sum[6] / sum[3], sum[7] / sum[3] }'
