# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sourced after lib.sh by the tests of this folder: arguments, a scratch folder, verdicts.

failed=0

# Reads --arch, --stage and --native; makes the scratch folder. Usage: test_begin "$@"
test_begin() {
    while [[ $# -ge 2 ]]; do
        case $1 in
        --arch) ARCH=$2 ;;
        --stage) STAGE=$2 ;;
        --native) NATIVE=$2 ;;
        *) die -c 2 "unknown option: $1" ;;
        esac
        shift 2
    done
    [[ -n ${ARCH:-} && -n ${STAGE:-} && -n ${NATIVE:-} ]] || die -c 2 'usage: --arch A --stage DIR --native REMAPI'
    . "$REMAPI_TOP/toolchains/wine/lib.sh"
    wine_need "$ARCH"
    SCRATCH=$(mktemp -d)
    PREFIX=$SCRATCH/prefix
    trap test_end EXIT
    trap 'exit 143' TERM
    trap 'exit 130' INT
}

test_end() {
    server_stop
    "$REMAPI_TOP/toolchains/wine/prefix" remove "$PREFIX" || :
    rm -rf "$SCRATCH"
}

# Runs a command that must succeed; usage: expect "what" command...
expect() {
    local what=$1 log=$SCRATCH/step.log code=0
    shift
    "$@" >"$log" 2>&1 || code=$?
    if [[ $code -eq 0 ]]; then
        say "ok      $what"
        return 0
    fi
    failed=$((failed + 1))
    say "FAILED  $what (exit code $code): $*"
    sed 's/^/        /' "$log" >&2
}

# Runs a command that must end with a code; usage: expect_code code "what" command...
expect_code() {
    local code=$1 what=$2
    shift 2
    expect "$what" has_code "$code" "$@"
}

has_code() {
    local expected=$1 code=0
    shift
    "$@" || code=$?
    [[ $code -eq $expected ]] || { echo "exit code $code instead of $expected"; return 1; }
}

# Whether two texts are equal; usage: expect "what" same expected found
same() { [[ $1 == "$2" ]] || { printf 'expected: %s\nfound:    %s\n' "$1" "$2"; return 1; }; }

# Whether a command's output holds a text; usage: expect "what" says text command...
says() {
    local text=$1 output code=0
    shift
    output=$("$@" 2>&1) || code=$?
    [[ $output == *"$text"* ]] || { printf 'exit code %s, output without "%s":\n%s\n' "$code" "$text" "$output"; return 1; }
}

test_verdict() {
    say "$failed failed"
    [[ $failed -eq 0 ]]
}
