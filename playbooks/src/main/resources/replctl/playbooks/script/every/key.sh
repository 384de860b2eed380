# The node's private key, made here and never leaving, and the request for its certificate. The key in
# use stays in use until the certificate for the new one is here.
#
# subject, names   as the certificate will have them
# replaces         the SHA-256 fingerprint of the certificate that is to be replaced, or empty
#
# Fact: request (PEM)

TLS=${V[state_directory]}/tls

is_done() {
  command -v openssl >/dev/null || { WHY="the openssl command is not installed: apt-get install openssl"; return 2; }
  if [ -f "$TLS/next.key" ] && [ -f "$TLS/next.csr" ]; then
    [ "$(cat "$TLS/next.for" 2>/dev/null)" = "${V[subject]} ${V[names]}" ] || { WHY="the request is for other names"; return 1; }
    fact request "$(cat "$TLS/next.csr")"
    return 0
  fi
  if [ -f "$TLS/current/server.csr" ] && [ "$(cat "$TLS/current/for" 2>/dev/null)" = "${V[subject]} ${V[names]}" ] &&
    [ "$(fingerprint "$TLS/current/server.crt")" != "${V[replaces]}" ]; then
    fact request "$(cat "$TLS/current/server.csr")"
    return 0
  fi
  WHY="no key is waiting for a certificate"
  return 1
}

perform() {
  local key request
  command -v openssl >/dev/null || refuse "$WHY"
  mkdir -p "$TLS" || refuse "cannot make $TLS"
  rm -f "$TLS/next.key" "$TLS/next.csr" "$TLS/next.for"
  key=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>&1) || refuse "openssl: $key"
  put "$TLS/next.key" 600 "$key"$'\n' || refuse "$WHY"
  request=$(openssl req -new -key "$TLS/next.key" -subj "/CN=${V[subject]}" \
    -config <(printf '%s\n' '[req]' 'distinguished_name=dn' '[dn]') 2>&1) || refuse "openssl: $request"
  put "$TLS/next.for" 600 "${V[subject]} ${V[names]}" || refuse "$WHY"
  put "$TLS/next.csr" 600 "$request"$'\n' || refuse "$WHY"
}
