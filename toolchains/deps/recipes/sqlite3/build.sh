# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2086,SC2154
# The amalgamation is made by the source's own makefile (with the build machine's compiler and
# tclsh), then compiled for the target.
mkdir amalgamation
(cd amalgamation && "$SRC/configure" --disable-tcl --disable-readline && make -j1 sqlite3.c)

# DQS=0: a string in double quotes is an error, not a silent literal.
# OMIT_LOAD_EXTENSION: a store file must not be able to make us load code.
options='-DSQLITE_THREADSAFE=1 -DSQLITE_ENABLE_FTS5 -DSQLITE_DQS=0 -DSQLITE_DEFAULT_MEMSTATUS=0
    -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_SHARED_CACHE
    -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_TEMP_STORE=2
    -DSQLITE_OS_WIN=1 -DSQLITE_OS_WINNT=1 -DSQLITE_WIN32_GETVERSIONEX=1'
static_library libsqlite3.a amalgamation/sqlite3.c -- $options
install -D -m 644 amalgamation/sqlite3.h "$OUT/include/sqlite3.h"
install -D -m 644 amalgamation/sqlite3ext.h "$OUT/include/sqlite3ext.h"
