# Runs fuzzers one after the other, tells each one's figures, and fails when one has found something.
# usage: BUILD=build-fuzz sh fuzz/run.sh SECONDS BOUNDARY...
#
# What is kept in $BUILD/fuzz: seeds/ made from the corpus, inputs/ those that reached new code, found/ those that broke it, log/.
# A fault whose first frame outside the C library and the sanitizer is in a library that reads PDF or fonts is that library's: it is told
# and kept, and fails nothing, for the process it happens in costs one document only.
# Fonts of this machine are hidden from poppler, which would read some megabytes of them for each small file.
set -u
seconds=$1
shift
home=$BUILD/fuzz
known='libpoppler|libcairo|libfreetype|libfontconfig|liblcms2|libjpeg|libopenjp2|libtiff|libpng|libpixman|libjbig2'
failed=0
mkdir -p "$home/found" "$home/log"
echo '<fontconfig></fontconfig>' >"$home/fonts.conf"
export FONTCONFIG_FILE="$PWD/$home/fonts.conf"
export LSAN_OPTIONS="suppressions=$PWD/tests/leaks.supp:print_suppressions=0"

# Whose fault a log tells of: the file or library of the first frame that is neither the sanitizer's nor the C library's.
culprit() {
	grep -E '^ *#[0-9]+ 0x' "$1" | grep -vE 'sanitizer|/compiler-rt/|libc\.so|libstdc\+\+|fuzzer::|asan_|__asan|__interceptor|libglib-2\.0' | head -1
}

for name; do
	mkdir -p "$home/inputs/$name" "$home/seeds/$name"
	found=corpus/found/$name
	[ -d "$found" ] || found=$home/seeds/$name
	words=fuzz/words.dict dict=$home/$name.dict
	case $name in pdf | page) words=fuzz/pdf.dict ;; esac
	perl -pe 's/([\x80-\xff])/sprintf "\\x%02x", ord $1/ge' "$words" >"$dict" # libFuzzer reads ASCII only
	log=$home/log/$name
	"$BUILD/fuzz-$name" -max_total_time="$seconds" -timeout=300 -rss_limit_mb=3000 -max_len=100000 -dict="$dict" -print_final_stats=1 \
		-verbosity=1 -artifact_prefix="$home/found/$name-" ${FUZZ_OPTIONS-} "$home/inputs/$name" "$home/seeds/$name" "$found" >"$log" 2>&1
	status=$?
	executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1)
	printf '%-9s %9s executions %6s edges ' "$name" "${executions:-?}" "${edges:-?}"
	if [ "$status" -eq 0 ]; then
		echo 'nothing found'
	elif culprit "$log" | grep -qE "$known"; then
		echo "a library's fault: $(culprit "$log")"
	else
		echo "FOUND: $(sed -n 's/^artifact_prefix=.*Test unit written to //p' "$log" | tail -1), log $log"
		sed -n '/ERROR:\|runtime error\|DEADLYSIGNAL/,/^$/p' "$log" | head -40
		failed=1
	fi
done
exit $failed
