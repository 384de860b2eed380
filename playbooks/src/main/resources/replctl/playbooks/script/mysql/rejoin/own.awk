# What the events of some transactions did, from what mysqlbinlog prints of them (--base64-output=decode-rows -v). Says, a
# line each: transactions N, first and last US (commit times, since 1970), ended CODE, harmless yes or no, and `what` with
# counts.
# Harmless: nothing that the leader's clients would miss. Only what is known to be so is called so.
function count(kind, harm) {
  if (!(kind in n)) order[++kinds] = kind
  n[kind]++
  if (harm) harmless = "no"
}
function table(line) {
  gsub(/`/, "", line)
  return line
}
function row(line, kind,   name) {
  name = table(line)
  count(kind " " name, name !~ /^replctl\./)
}
function statement(line,   word, low) {
  low = tolower(line)
  if (low ~ /^(begin|commit|rollback)$/) return
  if (low ~ /^create (schema|database) if not exists `?replctl`?$/ || low ~ /^create table if not exists `?replctl`?\.`?epoch`?[ (]/) {
    count("statement of replctl's own", 0)
    return
  }
  # Whenever Debian's package is configured, a server that it starts for that says so, before super_read_only holds
  # (postinst, --init-file): an upgrade leaves it on every node, each time as a transaction of that node's own.
  sub(/\/\*!\*\/;$/, "", low)
  if (low == "alter user 'debian-sys-maint'@'localhost' identified with 'auth_socket' as 'root'") {
    count("ALTER USER of Debian's package", 0)
    return
  }
  split(line, word, /[^A-Za-z_]+/)
  if (word[1] == "") { count("statement of another kind", 1); return }
  if (toupper(word[1]) == "FLUSH") { count("FLUSH", 0); return }
  if (toupper(word[1]) == "ANALYZE" && toupper(word[2]) == "TABLE") { count("ANALYZE TABLE", 0); return }
  count(toupper(word[1]) (word[2] == "" ? "" : " " toupper(word[2])), 1)
}
BEGIN { harmless = "yes" }
# A statement's text has what lines it likes: only its first is looked at.
inside { if ($0 == "/*!*/;") inside = 0; next }
/^#[0-9]+ +[0-9:]+ server id [0-9]+ +end_log_pos / {
  type = $0
  sub(/^[^\t]*\t/, "", type)
  sub(/[\t:].*/, "", type)
  sub(/ X'.*/, "", type)
  query = (type == "Query")
  if (type !~ /^(Start|Previous-GTIDs|GTID|GTID_TAGGED|Gtid_tagged|Anonymous_GTID|Query|Table_map|Write_rows|Update_rows|Update_rows_partial|Delete_rows|Xid|Rows_query|Stop|Rotate|Heartbeat|Transaction_payload|Transaction_Payload|Ignorable)/)
    count("event " type, 1)
  next
}
/^exit [0-9]+$/ { ended = $2; next }
/^SET @@SESSION.GTID_NEXT= '[0-9a-f]/ { transactions++; query = 0; next }
/^# original_commit_timestamp=[0-9]+/ {
  at = $2
  sub(/.*=/, "", at)
  if (at != "0") {
    if (first == "" || length(at) < length(first) || (length(at) == length(first) && at < first)) first = at
    if (last == "" || length(at) > length(last) || (length(at) == length(last) && at > last)) last = at
  }
  next
}
query {
  if ($0 ~ /^(SET |use |\/\*!).*\/\*!\*\/;$/) next
  query = 0
  inside = 1
  statement($0)
  # One line that is all of it: no line of its own ends it.
  if ($0 ~ /\/\*!\*\/;$/) inside = 0
  next
}
/^### INSERT INTO / { row(substr($0, 17), "inserted into"); next }
/^### UPDATE / { row(substr($0, 12), "updated in"); next }
/^### DELETE FROM / { row(substr($0, 17), "deleted from"); next }
END {
  print "transactions", transactions + 0
  if (first != "") print "first", first
  if (last != "") print "last", last
  print "ended", (ended == "" ? 1 : ended)
  print "harmless", harmless
  words = ""
  for (i = 1; i <= kinds && i <= 20; i++) {
    kind = order[i]
    words = words (words == "" ? "" : ", ") n[kind] (kind ~ /^(inserted|updated|deleted)/ ? (n[kind] == 1 ? " row " : " rows ") : " x ") kind
  }
  if (kinds > 20) words = words ", and " (kinds - 20) " more kinds"
  print "what", words
}
