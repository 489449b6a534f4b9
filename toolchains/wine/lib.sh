# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sourced after tools/run/common.sh by the programs of this folder: finding Wine, the pristine
# template prefix, prefixes made from it, and their end.

WINE_DIR=$REMAPI_TOP/toolchains/wine

# A change of how template prefixes are made, or of how the i386 root is, goes with a new number.
WINE_TEMPLATE_RECIPE=3
WINE_ROOT32_RECIPE=1

# Where the i386 root of this recipe lies, whether it exists or not.
wine_root32() { printf '%s/wine32-root/bookworm-%s\n' "$(cache_dir)" "$WINE_ROOT32_RECIPE"; }

# Finds Wine for x86_64 or i686. Sets WINE_ENTER (command prefix that leads to where it lives),
# WINE_LOADER, WINE_SERVER (paths as seen there), WINE_FILES (the same as seen from here) and
# WINEARCH. Returns 1 when there is none.
wine_find() {
    local root
    WINE_ENTER=() WINE_FILES=''
    case $1 in
    x86_64)
        WINEARCH=win64 WINE_LOADER=/usr/lib/wine/wine64 WINE_SERVER=/usr/lib/wine/wineserver64
        [[ -x $WINE_LOADER && -x $WINE_SERVER ]]
        ;;
    i686)
        WINEARCH=win32 WINE_LOADER=/usr/lib/wine/wine WINE_SERVER=/usr/lib/wine/wineserver32
        [[ -x $WINE_LOADER && -x $WINE_SERVER ]] && return 0
        root=$(wine_root32)
        [[ -x $root$WINE_LOADER ]] || return 1
        WINE_FILES=$root
        WINE_ENTER=("$WINE_DIR/enter-root" "$root")
        ;;
    *) die -c 2 "unknown architecture: $1 (x86_64 or i686)" ;;
    esac
}

# wine_find, or the exit code ctest takes for "not run"; tools/test counts that as a failure.
wine_need() {
    wine_find "$1" && return 0
    say "NOT RUN: Wine for $1 programs is not installed; tools/setup test installs it"
    exit 77
}

# The environment every Wine process of ours gets; usage: wine_environment prefix
wine_environment() {
    local overrides='mscoree,mshtml=;winemenubuilder.exe=d'
    export WINEPREFIX=$1 WINEARCH
    export WINEDEBUG=${WINEDEBUG:--all}
    WINEDLLOVERRIDES=${WINEDLLOVERRIDES:-$overrides}
    export WINEDLLOVERRIDES=$WINEDLLOVERRIDES${REMAPI_WINE_OVERRIDES:+;$REMAPI_WINE_OVERRIDES}
    # Left over from a surrounding Wine, these would point into its prefix or its server.
    unset WINELOADER WINESERVER WINELOADERNOEXEC WINESERVERSOCKET WINEDLLPATH
}

# Copies every attribute; shares blocks where the file system can.
wine_copy() { cp -a --reflink=auto "$@"; }

# The name of the template: a new one for another Wine, another user or another recipe.
wine_template() {
    local stamp
    stamp=$(stat -c '%s-%Y' "$WINE_FILES$WINE_LOADER" "$WINE_FILES/usr/share/wine/wine.inf" \
        2>/dev/null | cksum)
    printf '%s/wine/template-%s-%s-%s-%s\n' "$(cache_dir)" "$WINEARCH" "${stamp%% *}" \
        "$(id -u)" "$WINE_TEMPLATE_RECIPE"
}

# Makes the template $1 unless it is there. It takes seconds, so every later prefix is a copy.
wine_make_template() {
    wine_template_intact "$1" && return 0
    say "wine: making the template of $WINEARCH prefixes, once (about 15 seconds)"
    rm -rf "$1"
    local work=$1.new.$$ log=$1.log failed=''
    rm -rf "$work"
    mkdir -p "$work/home"
    (
        wine_environment "$work/prefix"
        # A home of its own: Wine links Desktop, Documents and the like to the user's.
        export HOME=$work/home
        unset XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME
        cd /
        "${WINE_ENTER[@]}" "$WINE_LOADER" wineboot --init && wine_disable_drivers &&
            "${WINE_ENTER[@]}" "$WINE_SERVER" -w
    ) </dev/null >"$log" 2>&1 || failed=1
    wine_end_server "$work/prefix"
    if [[ -n $failed ]]; then
        rm -rf "$work"
        die "a Wine prefix could not be made; see $log"
    fi
    # What was linked to the user's folders becomes a folder of the prefix.
    find "$work/prefix/drive_c/users" -type l -exec sh -c 'rm "$1" && mkdir "$1"' - {} \;
    touch "$work/prefix/.template-made"
    mv "$work/prefix" "$1"
    rm -rf "$work"
}

# Takes out the drivers of game controllers and USB devices: nothing of ours needs them, and Wine 8's
# crash now and then while a prefix with them starts and ends quickly. They are loaded because they
# are enumerated, whatever the start type of their services says.
wine_disable_drivers() {
    "${WINE_ENTER[@]}" "$WINE_LOADER" reg delete \
        'HKLM\System\CurrentControlSet\Enum\ROOT\WINE' /f
}

# Whether the template exists and nobody wrote into a file of it through a hard link.
wine_template_intact() {
    [[ -e $1/.template-made ]] &&
        [[ -z $(find "$1" -newer "$1/.template-made" -type f -print -quit) ]]
}

# Fills the empty folder $2 from the template $1 for a single run: Wine's own 700 MB are hard
# links, what a program may write to is copied (registry, user's folders, .ini, mapi DLLs).
wine_link_prefix() {
    cp -al "$1/." "$2/" 2>/dev/null || { wine_copy "$1/." "$2/"; return; }
    local path
    while IFS= read -r -d '' path; do
        wine_copy --remove-destination "$1/$path" "$2/$path" || return
    done < <(cd "$1" && find . -type f \( -path './*.reg' -o -path './drive_c/users/*' \
        -o -name '*.ini' -o -iname '*mapi*' -o -path './drive_c/windows/temp/*' \
        -o -path './.*' \) ! -path './drive_c/windows/winsxs/*' -print0)
}

# Fills the empty folder $2 with a prefix; $1: link (for a single run) or copy (for longer).
# The lock keeps the template from being made anew underneath.
wine_fill_prefix() {
    local template
    template=$(wine_template)
    with_lock "$template.lock" wine_fill_from "$1" "$template" "$2"
}

wine_fill_from() {
    wine_make_template "$2"
    case $1 in
    link) wine_link_prefix "$2" "$3" || return ;;
    copy) wine_copy "$2/." "$3/" || return ;;
    esac
    rm -f "$3/.template-made"
}

# Ends the server of a prefix and everything that runs in it, and waits for that.
wine_end_server() {
    local prefix=$1 name pid
    if [[ -e $prefix/wineserver ]]; then
        WINEPREFIX=$prefix "${WINE_ENTER[@]}" "$WINE_SERVER" -k </dev/null >/dev/null 2>&1 || :
    fi
    # A process too busy to notice the end of its server stays; it carries the prefix's name.
    for pid in $(wine_processes "$prefix"); do
        kill -KILL "$pid" 2>/dev/null || :
    done
    # Debian's wineserver keeps its socket in a folder whose name it writes into the prefix.
    name=$(cat "$prefix/wineserver" 2>/dev/null || :)
    if [[ $name == wine-?????? ]]; then
        rm -rf "/tmp/$name" "/run/user/$(id -u)/$name"
    fi
    rm -f "$prefix/wineserver"
}

# Prints the Wine processes of the prefix $1; a shell that has it in its environment is none.
wine_processes() {
    local file program
    grep -lzFx "WINEPREFIX=$1" /proc/[0-9]*/environ 2>/dev/null | while read -r file; do
        file=${file%/environ}
        program=$(readlink "$file/exe" || :)
        [[ ${program##*/} == wine* ]] && printf '%s\n' "${file#/proc/}"
    done
    return 0
}

# Removes a prefix with everything that runs in it; a folder that is none is left alone.
wine_remove_prefix() {
    [[ -d $1/drive_c || -e $1/system.reg ]] || return 1
    wine_end_server "$1"
    rm -rf "$1"
}
