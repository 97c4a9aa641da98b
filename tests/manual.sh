# Writes the list of diagnostics in man/gongkai.1 anew from their catalogue. usage: sh tests/manual.sh
set -eu
fresh=$(mktemp)
awk '
	FILENAME == "extract/diag.def" {
		if (match($0, /^DIAG\(/)) {
			split($0, quoted, "\"")
			level = tolower(quoted[3]); gsub(/[^a-z]/, "", level)
			list = list ".It Sy " quoted[2] " Pq " level "\n" quoted[4] "\n"
		}
		next
	}
	/^\.Sh DIAGNOSTICS/ { section = 1 }
	section && /^\.El/ { printf "%s", list; section = listed = 0 }
	!listed { print }
	section && /^\.Bl/ { listed = 1 }
' extract/diag.def man/gongkai.1 >"$fresh"
cat "$fresh" >man/gongkai.1
rm -f "$fresh"
