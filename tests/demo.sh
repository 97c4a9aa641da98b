# Reads the documents of the corpus and shows what came of them. usage: BUILD=build sh tests/demo.sh
out=$BUILD/demo
shown=corpus/datong-2023-waishi/datong-2023-waishi.pdf
rm -rf "$out"
status=0
set -- corpus/*-*-*/*.pdf
for text in corpus/*-*-*/*-*-*.txt; do # a case's own document, where it is text
	[ ! -e "$text" ] || set -- "$@" "$text"
done
"$BUILD/gongkai" -q -o "$out" "$@" || status=$?
# 1: some figures could not be read; the manifest tells which.
[ "$status" -le 1 ] || exit "$status"

echo
echo "One record in short: what build/gongkai --pretty $shown prints"
echo
"$BUILD/gongkai" -q --pretty "$shown" | awk '
	/^\t"sections"/ { head = 1; print "\t…" }
	!head { print }
	/^\t"tables"/ { tables = 1; print "\t\"tables\": the canonical id of each, its title, printed unit, state, rows" }
	/^\t"statements"/ { if (tables) tell(); tables = 0 }
	function tell() { if (id != "") printf "\t\t%-30s %s  %s  %s  %d\n", id, title, unit, state, rows; id = "" }
	function value() { sub(/^[^:]*:[ \t]*/, ""); gsub(/[",]/, ""); return $0 }
	tables && /^\t\t\t"id":/ { tell(); id = value(); rows = 0 }
	tables && /^\t\t\t"title":/ { title = value() }
	tables && /^\t\t\t"unit":/ { unit = value() }
	tables && /^\t\t\t"status":/ { state = value() }
	tables && /^\t\t\t\t\t"amounts":/ { rows++ }'
echo
echo "Some of its amounts, in yuan, as $out/amounts.csv has them:"
echo
{ head -1 "$out/amounts.csv"; grep ",2023,budget,expenditure," "$out/amounts.csv" | head -9; } | cut -d, -f1,3,5,7-12
echo
echo "All records of the $(wc -l <"$out/manifest.jsonl") documents in corpus/:"
ls -1 "$out"/*/*.json
echo "$out/amounts.csv: $(($(wc -l <"$out/amounts.csv") - 1)) amounts"
echo "$out/manifest.jsonl: a line for each document read"
