# Runs the test programs it is given, tells each one's outcome, and ends with one line: N passed, N failed.
# usage: BUILD=build-check sh tests/suite.sh PROGRAM...
passed=0 failed=0 broken=
for program; do
	echo "== ${program##*/}"
	output=$("$program" 2>&1)
	status=$?
	printf '%s\n' "$output"
	good=$(printf '%s\n' "$output" | sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p')
	bad=$(printf '%s\n' "$output" | sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p')
	good=${good:-0} bad=${bad:-0}
	# A program that died between its tests has failed even where no test says so.
	if [ "$status" -ne 0 ]; then
		[ "$bad" -gt 0 ] || bad=1
		broken="$broken ${program##*/}"
	fi
	passed=$((passed + good)) failed=$((failed + bad))
done
[ -z "$broken" ] || echo "failed in:$broken"
echo "$passed passed, $failed failed" | tee "$BUILD/summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
