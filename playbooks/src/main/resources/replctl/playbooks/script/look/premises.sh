# Of the scripts that look at what setting up wants to know: what every engine's hosts are asked for.
#
# peers      NODE HOST, a line each: every node of the cluster
#
#   address.NODE     the peer's addresses as this host resolves them, divided by blanks
#   authority        fingerprint (SHA-256) of the authority that this node trusts
#   own.fingerprint  own.end_ms  own.names   of the certificate that replctl installed, where it did
#   openssl          yes: the openssl command is there

premise_facts() {
  local node host found end tls=${V[state_directory]}/tls
  while read -r node host; do
    [ -n "$node" ] || continue
    found=$(timeout 2 getent ahosts "$host" | awk '!seen[$1]++ { print $1 }' | head -n 8 | tr '\n' ' ')
    fact "address.$node" "${found% }"
  done <<<"${V[peers]}"
  if [ -r "$tls/ca.crt" ]; then
    fact authority "$(fingerprint "$tls/ca.crt")"
  fi
  if [ -r "$tls/current/server.crt" ]; then
    fact own.fingerprint "$(fingerprint "$tls/current/server.crt")"
    fact own.names "$(names "$tls/current/server.crt")"
    end=$(openssl x509 -noout -enddate -in "$tls/current/server.crt" 2>/dev/null)
    fact own.end_ms "$(date -u -d "${end#notAfter=}" +%s000)"
  fi
  if command -v openssl >/dev/null; then fact openssl yes; else fact openssl no; fi
}
