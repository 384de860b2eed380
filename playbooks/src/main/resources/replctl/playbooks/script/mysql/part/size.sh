# Of the scripts that look at a server that others are copied from.

# clone_size: what CLONE would send, as a fact: all tablespaces, and no binary log (the manual, "The Clone Plugin"). A
# large dictionary is not waited for.
clone_size() {
  asked "select /*+ max_execution_time(3000) */ sum(file_size) from information_schema.innodb_tablespaces"
  [[ ! $REPLY =~ ^[0-9]{1,18}$ ]] || fact clone.bytes "$REPLY"
}
