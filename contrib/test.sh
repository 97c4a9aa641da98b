#!/usr/bin/env bash
# Shows that shards read under Slurm and Snakemake, and disturbed there, are merged to the bytes of a single run.
# usage: BUILD=build bash contrib/test.sh [INPUT...]   (default: the corpus)
# Slurm: slurmctld, slurmd and munged of one node in a folder of their own, nothing of the system's is touched. While the shards are read the node dies: its
# daemon and all its processes are killed, and it comes back. Snakemake: the gongkai of a shard is killed.
# What is not installed is left out, and said so. Needs root for Slurm. No part of `make check`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- "$here/../corpus"
inputs=()
for input; do inputs+=("$(realpath "$input")"); done
work=$(mktemp -d "${TMPDIR:-/tmp}/gongkai-schedulers-XXXXXX")
export GONGKAI=$work/gongkai PATIENCE=1
cp "${BUILD:-build}/gongkai" "$GONGKAI" || exit # which somebody may build anew meanwhile: then nothing could be merged
daemons=()
finish() {
	for daemon in "${daemons[@]}"; do kill -9 "$daemon" 2>/dev/null; done
	rm -rf "$work"
}
trap finish EXIT
fail() {
	echo "test.sh: $*" >&2
	tail -n 20 "$work"/*.log >&2
	exit 1
}
lines() { sed 's/"seconds":[0-9.]*//' "$1/manifest.jsonl"; }
same() { diff -r -x .gongkai -x manifest.jsonl "$1" "$2" && diff <(lines "$1") <(lines "$2"); }
until_true() { # SECONDS COMMAND...
	local left=$(($1 * 5))
	shift
	until "$@"; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || return 1
		sleep 0.2
	done
}

"$GONGKAI" -o "$work/single" "${inputs[@]}" 2>"$work/single.log"
[ $? -le 2 ] || fail "the single run failed"
echo "single run: $(sed 's/^gongkai: //' "$work/single.log")"

# ---- Slurm ----

start_slurm() {
	local node
	node=$(hostname -s)
	mkdir -p "$work/state" "$work/spool"
	dd if=/dev/urandom of="$work/key" bs=1024 count=1 status=none
	chmod 400 "$work/key"
	cat >"$work/slurm.conf" <<-END
		ClusterName=test
		SlurmctldHost=$node(127.0.0.1)
		SlurmUser=root
		AuthType=auth/munge
		AuthInfo=socket=$work/munge.socket
		CryptoType=crypto/munge
		SlurmctldPort=36817
		SlurmdPort=36818
		SlurmctldPidFile=$work/slurmctld.pid
		SlurmdPidFile=$work/slurmd.pid
		StateSaveLocation=$work/state
		SlurmdSpoolDir=$work/spool
		ProctrackType=proctrack/linuxproc
		TaskPlugin=task/none
		JobAcctGatherType=jobacct_gather/none
		MpiDefault=none
		SelectType=select/cons_tres
		SelectTypeParameters=CR_CPU
		SlurmdParameters=config_overrides
		SlurmdTimeout=10
		MinJobAge=3600
		ReturnToService=2
		JobRequeue=1
		NodeName=$node NodeAddr=127.0.0.1 CPUs=4 RealMemory=4096 State=UNKNOWN
		PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
	END
	export SLURM_CONF=$work/slurm.conf
	chmod 755 "$work"
	munged --foreground --force --key-file="$work/key" --socket="$work/munge.socket" --pid-file="$work/munged.pid" --seed-file="$work/seed" \
		--log-file="$work/munged.log" 2>>"$work/munged.out.log" &
	daemons+=($!)
	disown
	until_true 20 test -S "$work/munge.socket" || fail "munged does not start"
	slurmctld -D >"$work/slurmctld.log" 2>&1 &
	daemons+=($!)
	disown
	start_node
	until_true 60 node_is idle || fail "the node does not come up"
}
start_node() {
	slurmd -D >>"$work/slurmd.log" 2>&1 &
	slurmd=$!
	disown
	daemons+=("$slurmd")
}
node_is() { sinfo -h -o %T 2>/dev/null | grep -q "^$1"; }
files=$(wc -l <"$work/single/manifest.jsonl")
files_read() { cat "$work"/slurm/part.*/manifest.jsonl 2>/dev/null | wc -l; }
some_read() { [ "$(files_read)" -ge $((files / 4)) ]; }
# All at once, as when its power fails: a daemon that saw its jobs die would report them as failed.
kill_node() {
	local steps tasks
	steps=$(for process in $(pgrep slurmstepd); do grep -qsaF "$SLURM_CONF" "/proc/$process/environ" && echo "$process"; done)
	tasks=$(pgrep -f "$work/slurm/part\.")
	# shellcheck disable=SC2086 # numbers
	kill -9 "$slurmd" $steps $tasks
}
job_is_over() { squeue -h -j "$1" -o %T 2>/dev/null | grep -q . && return 1 || return 0; }

if ! command -v slurmctld >/dev/null || ! command -v slurmd >/dev/null || ! command -v munged >/dev/null; then
	echo "Slurm: not installed (slurm-wlm, munge), left out"
elif [ "$(id -u)" -ne 0 ]; then
	echo "Slurm: wants root, left out"
else
	start_slurm
	merge=$(sh "$here/gongkai.sbatch" 4 "$work/slurm" "${inputs[@]}") || fail "nothing can be submitted"
	until_true 600 some_read || fail "the shards are not read"
	kill_node
	read_before=$(files_read)
	[ "$read_before" -lt "$files" ] || fail "all $files files were read before the node died: try it with more"
	until_true 120 node_is down || fail "nobody has noticed that the node is dead"
	start_node
	until_true 1200 job_is_over "$merge" || fail "the jobs do not end: $(squeue)"
	cat "$work"/slurm/log.* >"$work/jobs.log"
	same "$work/single" "$work/slurm/all" || fail "Slurm: the bytes differ"
	echo "Slurm: 4 shards, the node killed when $read_before of $files files were read; merged, the same bytes as the single run"
fi

# ---- Snakemake ----

if ! command -v snakemake >/dev/null; then
	echo "Snakemake: not installed (snakemake), left out"
else
	(cd "$work" && exec snakemake -q -s "$here/Snakefile" -c 2 --config input="${inputs[*]}" output="$work/snake" shards=3 >"$work/snakemake.log" 2>&1) &
	snakemake=$!
	until_true 600 test -s "$work/snake/part.1/manifest.jsonl" -o -s "$work/snake/part.2/manifest.jsonl" -o -s "$work/snake/part.3/manifest.jsonl" || fail "Snakemake: no shard is read"
	killed=$(for process in $(pgrep -f "$work/snake/part\\."); do [ "$(readlink "/proc/$process/exe")" != "$GONGKAI" ] || echo "$process"; done | head -n 1)
	[ -z "$killed" ] || kill -9 "$killed" # none where the shard is done already
	wait "$snakemake" || fail "Snakemake failed"
	same "$work/single" "$work/snake/all" || fail "Snakemake: the bytes differ"
	echo "Snakemake: 3 shards, one killed ($(grep -c 'Trying to restart' "$work/snakemake.log") restarted); merged, the same bytes as the single run"
fi
