# Whose certificates this node takes for true, when it logs in to others and where its own server looks at them. What it
# shows itself must be one of those.
#
# authority   PEM: one certificate of an authority, or several
#
# The engine's lib.sh: see certificate.sh.

TLS=${V[state_directory]}/tls

is_done() {
  [ "$(cat "$TLS/ca.crt" 2>/dev/null)" = "${V[authority]%$'\n'}" ] || { WHY="it trusts another authority"; return 1; }
  own_is_of "$TLS/ca.crt" || { WHY="its own certificate is not of an authority that it trusts"; return 1; }
}

perform() {
  [ -n "${V[authority]}" ] || refuse "it is not said whom to trust"
  [ -s "$TLS/current/server.crt" ] || refuse "there is no certificate in $TLS"
  own_is_of <(printf '%s\n' "${V[authority]}") ||
    refuse "this node's own certificate is not of that authority: nobody would let it be found"
  put "$TLS/ca.crt" 644 "${V[authority]%$'\n'}"$'\n' || refuse "$WHY"
  server_pid || return 0
  reload_certificate "$TLS/ca.crt" || fail "$WHY"
}

own_is_of() { openssl verify -CAfile "$1" -untrusted "$TLS/current/server.crt" "$TLS/current/server.crt" >/dev/null 2>&1; }
