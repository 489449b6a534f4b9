# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sourced by the bash programs of tools/ and toolchains/wine/. Sets nothing but functions and
# REMAPI_TOP, the root of the source tree.

REMAPI_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Prints a line for people; standard output stays free for results.
say() { printf '%s\n' "$*" >&2; }

# Ends the program with a message; usage: die [-c exit-code] message...
die() {
    local code=1
    if [[ ${1:-} == -c ]]; then code=$2; shift 2; fi
    say "$(basename "$0"): $*"
    exit "$code"
}

# The folder for everything that is built once and kept outside the tree.
cache_dir() {
    printf '%s\n' "${REMAPI_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/remapi}"
}

# Compilations are kept by content, outside the tree: the same sources in another folder are the same.
export CCACHE_DIR=${CCACHE_DIR:-$(cache_dir)/ccache} CCACHE_BASEDIR=$REMAPI_TOP CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-5G}

# Makes sure that as_root can work, else ends the program; usage: need_root what-for
need_root() {
    [[ $(id -u) -eq 0 ]] && return 0
    command -v sudo >/dev/null || die "$1 needs root: run it as root or install sudo"
}

# Runs a command as root. Variables to keep are written in front by means of env.
as_root() {
    if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo -- "$@"; fi
}

# Number of parallel jobs of builds and tests.
job_count() { printf '%s\n' "${REMAPI_JOBS:-$(nproc)}"; }

# A child that outlives us must not hold a lock of ours: every lock is taken through this.
# Runs a command while holding an exclusive lock; usage: with_lock lock-file command...
with_lock() {
    local file=$1 fd
    shift
    mkdir -p "$(dirname "$file")"
    exec {fd}>"$file"
    flock "$fd"
    local status=0
    "$@" {fd}>&- || status=$?
    exec {fd}>&-
    return "$status"
}
