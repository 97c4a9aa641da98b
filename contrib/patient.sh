#!/bin/sh
# Runs gongkai as a scheduler wants it. usage: sh patient.sh OPTION... FILE|FOLDER...   or   sh patient.sh merge OPTION... DIR...
# While another gongkai is at work in the output folder (75) it waits and tries again: the job that was moved to this machine may still be ending on the other.
# Ends with 0 when the run came to its end: that a figure could not be read (1) or a file gave no record (2) stands in the manifest, and is no reason to do it again.
# GONGKAI is the program (gongkai), PATIENCE how many seconds it waits (60).
while :; do
	status=0
	"${GONGKAI:-gongkai}" "$@" || status=$?
	[ "$status" -eq 75 ] || break
	sleep "${PATIENCE:-60}"
done
[ "$status" -gt 2 ] || status=0
exit "$status"
