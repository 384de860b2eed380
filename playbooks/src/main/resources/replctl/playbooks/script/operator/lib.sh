# What the scripts share that run on the operator's own host. Every one of them is given
#   secrets_directory   the cluster's folder of secrets beside the inventory, the operator's alone
#   state_directory     a folder for the lock

SECRETS=${V[secrets_directory]:-}

# No database is here whose identity could be asked for.
identity() { return 1; }

# put FILE MODE TEXT: written beside, synced, renamed.
put() {
  printf '%s' "$3" >"$1.new" && chmod "$2" "$1.new" && sync "$1.new" && mv -T "$1.new" "$1" &&
    sync "${1%/*}" && return 0
  WHY="cannot write $1"
  return 1
}

# end_of TEXT: when a certificate ends, in seconds since 1970, in REPLY.
end_of() {
  REPLY=$(openssl x509 -noout -enddate <<<"$1" 2>/dev/null) && REPLY=$(date -u -d "${REPLY#notAfter=}" +%s)
}
