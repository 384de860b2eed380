# What a new leader has besides its data: no channel any more, the old leader's events, and their clock.
#
# events      those that were enabled on the old leader: SCHEMA.NAME each, both as hexadecimal of their bytes; all: it can't
#             be asked any more, and whatever rests here as a follower's was enabled there
# scheduler   yes: they run by themselves; options: as its options have it
#
# with part/open

STATE=${V[state_directory]:-}
read -r -a EVENTS <<<"${V[events]:-}"
if [ "${V[events]:-}" = all ]; then EVENTS=(); fi

# all_resting: EVENTS, where all are meant.
all_resting() {
  [ "${V[events]:-}" = all ] || return 0
  asked "select coalesce(group_concat(hex(event_schema), '.', hex(event_name) separator ' '), '') from information_schema.events where status like '%SIDE_DISABLED'"
  [[ $REPLY =~ ^[0-9A-F.\ ]*$ ]] || { WHY=$REPLY; return 1; }
  read -r -a EVENTS <<<"$REPLY"
}

# found EVENT: what picks it out of information_schema.events, in WHERE.
found() {
  [[ $1 =~ ^([0-9A-F]+)\.([0-9A-F]+)$ ]] || { WHY="not the name of an event: $1"; return 1; }
  WHERE="event_schema = convert(x'${BASH_REMATCH[1]}' using utf8mb4) and event_name = convert(x'${BASH_REMATCH[2]}' using utf8mb4)"
}

is_done() {
  local event all="" expected=0
  asked "select concat_ws(' ', @@global.read_only, (select count(*) from performance_schema.replication_connection_configuration
    where channel_name = '' and host <> ''), @@global.event_scheduler)"
  case $REPLY in
    "0 "*) ;;
    "1 "*) WHY="it takes no writes"; return 1 ;;
    *) WHY=$REPLY; return 2 ;;
  esac
  [[ $REPLY == "0 0 "* ]] || { WHY="it still has the channel by which it followed"; return 1; }
  [ "${V[scheduler]:-}" != yes ] || [[ $REPLY == *" ON" ]] || { WHY="its event scheduler is off"; return 1; }
  all_resting || return 2
  for event in "${EVENTS[@]}"; do
    found "$event" || return 2
    all+="${all:+ or }($WHERE)"
    expected=1
  done
  [ "$expected" = 1 ] || return 0
  # One that was dropped since is not missed.
  asked "select count(*) from information_schema.events where status like '%SIDE_DISABLED' and ($all)"
  [ "$REPLY" = 0 ] && return 0
  WHY="$REPLY of its events still rest, as a follower's do"
  [[ $REPLY =~ ^[0-9]+$ ]] || return 2
  return 1
}

perform() {
  local event
  asked "select @@global.read_only"
  [ "$REPLY" = 0 ] || refuse "it takes no writes: $REPLY"
  asked "stop replica for channel ''; reset replica all for channel ''"
  all_resting || fail "$WHY"
  for event in "${EVENTS[@]}"; do
    found "$event" || fail "$WHY"
    enable "$event"
  done
  if [ "${V[scheduler]:-}" = options ]; then
    events_run || fail "$WHY"
  fi
  [ "${V[scheduler]:-}" = yes ] || return 0
  asked "set global event_scheduler = ON"
  [ -z "$REPLY" ] || fail "$REPLY"
}

# A changed event takes on who changed it, and how his session was set: it is given what it had. The statement is put
# together by the server, which knows how to quote.
enable() {
  asked "set @s = (select concat('alter definer = ', concat('\`', replace(substring_index(definer, '@', char_length(definer) - char_length(replace(definer, '@', ''))), '\`', '\`\`'), '\`@\`',
      replace(substring_index(definer, '@', -1), '\`', '\`\`'), '\`'), ' event \`', replace(event_schema, '\`', '\`\`'), '\`.\`', replace(event_name, '\`', '\`\`'), '\` enable')
      from information_schema.events where status like '%SIDE_DISABLED' and $WHERE);
    set @m = @@sql_mode, @z = @@time_zone, @c = @@character_set_client, @l = @@collation_connection;
    select sql_mode, time_zone, character_set_client, collation_connection into @em, @ez, @ec, @el from information_schema.events where $WHERE;
    set @s = coalesce(@s, 'do 0'), sql_mode = coalesce(@em, @m), time_zone = coalesce(@ez, @z), character_set_client = coalesce(@ec, @c), collation_connection = coalesce(@el, @l);
    prepare s from @s; execute s; deallocate prepare s;
    set sql_mode = @m, time_zone = @z, character_set_client = @c, collation_connection = @l"
  [ -z "$REPLY" ] || fail "$REPLY"
}
