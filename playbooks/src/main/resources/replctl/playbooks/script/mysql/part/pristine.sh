# Of the scripts that replace what is here: whether there is anything to be lost.

# pristine: nobody has made a schema or an account here, and it receives from nobody. 1: WHY.
pristine() {
  asked "select (select count(*) from information_schema.schemata where schema_name not in ('mysql', 'sys', 'performance_schema', 'information_schema'))
    + (select count(*) from performance_schema.replication_connection_configuration)
    + (select count(*) from mysql.user where user not in ('root', 'debian-sys-maint', 'mysql.sys', 'mysql.session', 'mysql.infoschema')
  and user <> substring_index(current_user(), '@', 1))"
  [ "$REPLY" = 0 ] && return 0
  WHY="there are schemas, accounts or channels of somebody's in $DATA"
  return 1
}
