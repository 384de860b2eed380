#!/usr/bin/bash
# replctl guard 1
# Stands before the start of a database server whose cluster replctl manages, or beside one that starts closed: a
# leader that comes back must not be writable by itself. Put there by replctl init; the same text for all clusters and
# engines.
#
#   guard start FOLDER   from the server's unit. PostgreSQL: before it starts; ends with 0 when it may. MySQL: once it
#                        runs, closed; opens it, or has it receive, when it may, and ends
#   guard answer FOLDER  what this host knows, for another node's guard; all that a witness is asked for
#   guard ask FOLDER     asks each peer and witness once, and prints what they said
#   guard verdict        reads what is known from standard input, and prints what follows from it
#
# FOLDER is the node's state folder, or the witness's. All of it runs as the server's OS user, on a witness as
# whoever replctl logs in as there: whose files those are.

set -u
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
umask 077
shopt -s extglob
cd / || exit 1
die() {
  printf '%s\n' "replctl guard: $*" >&2
  exit 1
}
