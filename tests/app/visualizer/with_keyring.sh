#!/bin/sh
# Runs a command in a session of its own with an unlocked, empty Secret Service (GNOME Keyring).
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
HOME=$home XDG_DATA_HOME=$home XDG_RUNTIME_DIR=$home BLAZEDB_TEST_KEYRING=1 dbus-run-session -- sh -c '
    printf public | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    "$@"
' sh "$@"
