# What a node that is to rejoin has on its disk, and what it alone has. Changes nothing.
#
# with rejoin/tail
# with rejoin/archive
#
# scan, fork, segment   see there
# restore_command, restore_patience   as it will be, where the inventory has one; and seconds for one file
# next       where the leader's history left the node's timeline: the timeline that goes on there
# tip        yes: the end of its log is to be compared with the other's, unless it goes beyond the fork
#
# Facts
#   tail.records, tail.transactions   beyond the fork: records of its log, and commits among them
#   tail.first, tail.last    addresses of the first and the last record beyond the fork
#   tail.began, tail.ended   when the first and the last of these transactions committed
#   tail.more        yes: there is more than could be read in time
#   tail.gone        yes: some of its log beyond the fork is not there any more; the rest was read
#   tail.bytes       of the segments of the log that hold it
#   log.last         where its last record begins
#   tip.timeline, tip.at, tip.sum     for supply.sh, to compare
#   log.oldest       number of the oldest segment of its log
#   restores         yes: it has a restore_command
#   restores.r       yes: %r stands in it
#   archive.beyond   yes, no, unknown: the archive has its timeline's log beyond the fork, and not the
#                    leader's; said where it is on a timeline that the leader's history left
#   fenced           what the marker says that it must not start
#   configured, included   as premises.sh has them
#   data.parent      yes: the data folder can be renamed
#   data.tablespaces how many lie elsewhere
#   data.bytes       how much the folder holds, where that could be counted in time

is_done() {
  [ ! -r "${V[state_directory]}/fenced" ] || fact fenced "$(head -c 200 "${V[state_directory]}/fenced")"
  [ -n "$DATA" ] && [ -f "$DATA/PG_VERSION" ] || return 0
  main_config
  if [ -f "$REPLY" ]; then fact configured yes; else fact configured no; fi
  if included; then fact included yes; else fact included no; fi
  ground
  restores
  [ -z "${V[next]}" ] || beyond
  [ -z "${V[scan]}" ] || log_facts
  return 0
}

ground() {
  local link count=0
  if [ -L "$DATA" ] || mountpoint -q "$DATA" || mountpoint -q "$DATA/pg_wal" || [ ! -w "${DATA%/*}" ]; then
    fact data.parent no
  else
    fact data.parent yes
  fi
  for link in "$DATA"/pg_tblspc/*; do [ ! -L "$link" ] || count=$((count + 1)); done
  fact data.tablespaces "$count"
  link=$(timeout 2 du -sxB1 "$DATA" 2>/dev/null) && fact data.bytes "${link%%[!0-9]*}"
}

restores() {
  if ! restore_command; then fact restores no; return; fi
  fact restores yes
  if [[ ${REPLY//%%/} == *%r* ]]; then fact restores.r yes; else fact restores.r no; fi
}

# A server that starts there reads each segment on the newest timeline that the archive or its pg_wal has, and
# goes on beyond the fork on its own where there is no other: so it applied, on PostgreSQL 15, what the old leader
# alone had, and then streamed from the new one as if nothing were wrong.
beyond() {
  local command=${V[restore_command]} at had=no timeline
  [ -n "$command" ] || { restore_command && command=$REPLY; } || return 0
  number "${V[fork]}"; at=$((REPLY / V[segment]))
  for timeline in "${V[scan]%% *}" "${V[next]}"; do
    WHY=""
    if fetch_one "${V[state_directory]}" "$timeline" "$at"; then
      rm -f "${V[state_directory]}/$FETCHED"
      if [ "$had" = no ]; then had=yes; else had=no; fi
      continue
    fi
    [[ $had$WHY != no*"did not end"* ]] || had=unknown
    break
  done
  fact archive.beyond "$had"
}

log_facts() {
  local records transactions first last began ended of_all more file bytes=0
  read_log "$DATA/pg_wal" 3 ""
  IFS='|' read -r records transactions first last began ended of_all more <<<"$REPLY"
  fact tail.records "${records:-0}"
  fact tail.transactions "${transactions:-0}"
  fact tail.first "$first"
  fact tail.last "$last"
  fact tail.began "$began"
  fact tail.ended "$ended"
  if [ "$more" = more ]; then fact tail.more yes; else fact tail.more no; fi
  fact tail.gone "$GONE"
  fact log.last "$of_all"
  if [ -n "$last" ]; then
    segments "$last"
    for file in "${SEGMENTS[@]}"; do bytes=$((bytes + $(stat -c %s "$file"))); done
    fact tail.bytes "$bytes"
  fi
  ! oldest_segment || fact log.oldest "$REPLY"
  if [ "${V[tip]}" = yes ] && [ "${records:-0}" = 0 ] && [ -n "$of_all" ] && tip "${V[scan]%% *}" "$of_all"; then
    fact tip.timeline "${V[scan]%% *}"
    fact tip.at "$of_all"
    fact tip.sum "$REPLY"
  fi
}
