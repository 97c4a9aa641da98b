# What gongkai and its stages cost beside tools that only read a PDF's words: CPU time as ratios and peak memory, pages per second
# against pages in the file, and two workers against one.
# usage: BUILD=build sh tests/bench.sh [FILE|FOLDER...]	(default: the corpus; ROUNDS=3)
#
# In each round every tool reads all files in turn, and is compared with pdftotext of the same round; the median of the rounds is told.
# On a busy machine only such ratios mean something. A tool that is not installed is left out.
rounds=${ROUNDS:-3}
[ $# -gt 0 ] || set -- corpus/*-*-*/*.pdf
for need in pdftotext:poppler-utils time:time; do
	[ -x "/usr/bin/${need%:*}" ] || { echo "bench: ${need%:*} (Debian: ${need#*:}) is needed" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for given; do # a folder stands for the PDFs in it
	shift
	[ -d "$given" ] || set -- "$@" "$given"
	[ ! -d "$given" ] || for file in "$given"/*.pdf; do
		[ ! -f "$file" ] || set -- "$@" "$file"
	done
done

# measure LIST NAME COMMAND FILE...: a line "NAME cpu-seconds wall-seconds peak-KiB" in LIST; COMMAND sees the files as "$@".
measure() {
	list=$1 name=$2 command=$3
	shift 3
	BUILD=$BUILD WORK=$work /usr/bin/time -o "$work/time" -f '%U %S %e %M' sh -c "$command" sh "$@" >/dev/null 2>&1
	tail -n 1 "$work/time" | awk -v name="$name" '{ print name, $1 + $2, $3, $4 }' >>"$work/$list"
}

has() {
	command -v "$1" >/dev/null || { echo "bench: $1 (Debian: $2) is not there and left out" >&2; return 1; }
}

"$BUILD/gongkai-extract" "$@" >"$work/documents" 2>/dev/null
"$BUILD/gongkai-parse" "$work/documents" >"$work/trees" 2>/dev/null
pages=$(for file; do pdfinfo "$file" 2>/dev/null; done | awk '/^Pages:/ { sum += $2 } END { print sum + 0 }')
has mutool mupdf-tools && mutool=1
has pdf2txt python3-pdfminer && pdfminer=1
for round in $(seq "$rounds"); do
	measure tools pdftotext 'for f; do pdftotext -bbox-layout "$f" -; done' "$@"
	measure tools gongkai 'rm -rf "$WORK/out"; "$BUILD/gongkai" -j 1 -o "$WORK/out" "$@"' "$@"
	measure tools gongkai-extract '"$BUILD/gongkai-extract" "$@"' "$@"
	measure tools gongkai-parse '"$BUILD/gongkai-parse" "$@"' "$work/documents"
	measure tools gongkai-normalize '"$BUILD/gongkai-normalize" "$@"' "$work/trees"
	measure workers two 'rm -rf "$WORK/out"; "$BUILD/gongkai" -j 2 -o "$WORK/out" "$@"' "$@"
	[ -z "$mutool" ] || measure tools mutool 'for f; do mutool draw -q -F stext -o - "$f"; done' "$@"
	# A hundred times slower: once is enough.
	[ -z "$pdfminer" ] || [ "$round" -gt 1 ] || measure tools pdf2txt 'for f; do pdf2txt "$f"; done' "$@"
done

echo "$# files, $pages pages, median of $rounds rounds; CPU time beside pdftotext -bbox-layout"
awk '
	function median(name,   i, k, n, v, t) {
		n = count[name]
		for (i = 1; i <= n; i++) v[i] = cpu[name, i] / cpu["pdftotext", i]
		for (i = 2; i <= n; i++) for (k = i; k > 1 && v[k] < v[k - 1]; k--) { t = v[k]; v[k] = v[k - 1]; v[k - 1] = t }
		return v[int((n + 1) / 2)]
	}
	{ if (!($1 in count)) order[++tools] = $1
	  cpu[$1, ++count[$1]] = $2
	  if ($4 > peak[$1]) peak[$1] = $4 }
	END { printf "%-22s %8s %12s\n", "", "CPU", "peak MiB"
	      for (i = 1; i <= tools; i++) printf "%-22s %8.2f %12.0f\n", order[i], median(order[i]), peak[order[i]] / 1024 }' "$work/tools"

awk 'FILENAME ~ /tools$/ { if ($1 == "gongkai") one[++n] = $3; next }
	{ sum += one[++k] / $3 }
	END { printf "\ngongkai -j 2 is %.2f times as fast as -j 1 (by the clock)\n", sum / k }' "$work/tools" "$work/workers"

has qpdf qpdf || exit 0
# One document over and over in one file.
model=corpus/datong-2023-waishi/datong-2023-waishi.pdf
[ -f "$model" ] || model=$1
own=$(pdfinfo "$model" | awk '/^Pages:/ { print $2 }')
printf '\n%-22s %12s %12s\n' 'pages in the file' 'gongkai' 'pdftotext'
for wanted in 10 50 250; do
	set --
	while [ $(($# / 2 * own)) -lt "$wanted" ]; do set -- "$@" "$model" 1-z; done
	qpdf --empty --pages "$@" -- "$work/all.pdf" && qpdf "$work/all.pdf" --pages . 1-"$wanted" -- "$work/$wanted.pdf"
	measure "$wanted" gongkai '"$BUILD/gongkai" -j 1 "$@"' "$work/$wanted.pdf"
	measure "$wanted" pdftotext 'pdftotext -bbox-layout "$@" -' "$work/$wanted.pdf"
	awk -v pages="$wanted" '{ rate[$1] = pages / ($2 > 0 ? $2 : 0.01) }
		END { printf "%-22d %12.0f %12.0f  pages a second of CPU time\n", pages, rate["gongkai"], rate["pdftotext"] }' "$work/$wanted"
done
