#!/bin/sh
# Runs a command with a bus of its own that is both session bus and system bus; the command plays the services on it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
HOME=$folder XDG_RUNTIME_DIR=$folder BLAZEDB_TEST_BUS=1 dbus-run-session -- sh -c '
    DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS
    export DBUS_SYSTEM_BUS_ADDRESS
    "$@"
' sh "$@"
