# Writes into the data of a first leader which cluster it is, so that it is in every copy: the name of the server
# that leads now. Tables of replctl's own lie in the schema replctl.
#
# Fact: identity

is_done() {
  asked "select coalesce((select value from replctl.identity where name = 'cluster'), '')"
  case $REPLY in
    *"ERROR 1146 "* | *"ERROR 1049 "* | "") WHY="its data does not say which cluster it is"; return 1 ;;
    *) [[ $REPLY =~ ^[0-9a-f-]{36}$ ]] || { WHY=$REPLY; return 2; } ;;
  esac
  fact identity "$REPLY"
  note_identity "$REPLY"
}

perform() {
  asked "select @@global.read_only or @@global.super_read_only, (select count(*) from performance_schema.replication_connection_configuration)"
  [ "$REPLY" = $'0\t0' ] || refuse "it does not lead (read-only, channels: ${REPLY//$'\t'/, })"
  asked "create schema if not exists replctl;
    create table if not exists replctl.identity (name varchar(20) primary key, value varchar(64) not null);
    insert into replctl.identity (name, value) values ('cluster', lower(@@server_uuid)) on duplicate key update value = value"
  [ -z "$REPLY" ] || fail "$REPLY"
}
