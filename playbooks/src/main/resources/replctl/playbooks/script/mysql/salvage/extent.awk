# Where in a binary log the transactions lie that mysqlbinlog prints of it, the others being excluded (--exclude-gtids,
# --base64-output=decode-rows). Says, a line each: head N (the bytes before the first transaction, which say of what form
# the log is), from N and to N (from the first of them to the end of the last whole one), count N, set GTIDS, exit CODE.
# size       of the file
#
# A transaction is whole where it ends within the file and its last event was read, checksum and all: of what comes after
# one that is not, nothing counts.
function whole() { return end <= size && (last >= end || end > 4294967295 || (ok && code == 0)) }
function run() { if (source != "") set = set (set == "" ? "" : ",") source ":" first "-" number_before }
function close_one() {
  if (gtid == "" || cut) return
  if (!whole()) { cut = 1; return }
  if (!count) from = start
  to = end
  count++
  n = gtid
  sub(/.*:/, "", n)
  s = substr(gtid, 1, length(gtid) - length(n) - 1)
  # Numbers may be larger than awk can count: only a step of one from a number that it can is taken for one.
  if (s != source || length(n) > 15 || n != number_before + 1) { run(); source = s; first = n }
  number_before = n
}
# A statement's text may have such lines too; events come one behind the other.
/^# at [0-9]+$/ { if (last > 4294967295 || $3 + 0 >= last) at = $3; next }
/^#[0-9]+ +[0-9:]+ server id [0-9]+ +end_log_pos [0-9]+ / {
  match($0, /end_log_pos [0-9]+/)
  position = substr($0, RSTART + 12, RLENGTH - 12) + 0
  if ($0 ~ /\tPrevious-GTIDs/) head = position
  if (match($0, /transaction_length=[0-9]+/)) {
    close_one()
    gtid = ""
    start = at
    end = at + substr($0, RSTART + 19, RLENGTH - 19)
  }
  last = position
  next
}
/^SET @@SESSION.GTID_NEXT= '[0-9a-f][0-9a-f-]*:[a-z0-9_:]*'/ { split($0, part, "'"); gtid = part[2]; next }
/^exit [0-9]+$/ { code = $2; ok = 1; next }
END {
  close_one()
  run()
  print "head", head + 0
  print "from", from + 0
  print "to", to + 0
  print "count", count + 0
  print "set", set
  print "exit", (code == "" ? 1 : code)
}
