# Installs the node's certificate, with the key that was made for it here or with the operator's own.
# Key and certificate stand together in a folder that a link points to; the link changes at once, so
# that a server that starts at any moment finds a pair that fits. A running server is told.
#
# The engine's lib.sh defines serving_certificate (the file that the running server shows, in REPLY),
# reload_certificate (has it read the files anew; 1: WHY), and STARTTLS, openssl's word for its protocol.
#
# certificate, authority   PEM
# key                      the operator's own private key, or empty: the node's own
# names                    the certificate's alternative names, or empty: as they are
# replaces                 the fingerprint of the certificate that is to be replaced, or empty
#
# Facts: fingerprint, end (seconds since 1970)

TLS=${V[state_directory]}/tls

is_done() {
  local now
  [ -f "$TLS/current/server.crt" ] && [ -f "$TLS/current/server.key" ] || { WHY="no certificate is installed"; return 1; }
  now=$(fingerprint "$TLS/current/server.crt")
  [ "$now" != "${V[replaces]}" ] || { WHY="the certificate is still the old one"; return 1; }
  [ "$(cat "$TLS/ca.crt" 2>/dev/null)" = "${V[authority]%$'\n'}" ] || { WHY="the authority is another"; return 1; }
  openssl verify -CAfile "$TLS/ca.crt" -untrusted "$TLS/current/server.crt" "$TLS/current/server.crt" >/dev/null 2>&1 ||
    { WHY="the certificate is not the authority's, or has ended"; return 1; }
  [ -z "${V[names]}" ] || [ "$(names "$TLS/current/server.crt")" = "${V[names]}" ] || { WHY="the certificate is for $(names "$TLS/current/server.crt")"; return 1; }
  [ -z "${V[key]}" ] || [ "$now" = "$(fingerprint <(printf '%s\n' "${V[certificate]}"))" ] || { WHY="the certificate is another"; return 1; }
  serves "$now" || return 1
  fact fingerprint "$now"
  now=$(openssl x509 -noout -enddate -in "$TLS/current/server.crt")
  fact end "$(date -u -d "${now#notAfter=}" +%s)"
}

# serves FINGERPRINT: a running server that is set to use these files shows this certificate.
serves() {
  local shown
  server_pid || return 0
  serving_certificate
  [ "$REPLY" = "$TLS/current/server.crt" ] || return 0
  shown=$(timeout 5 openssl s_client -starttls "$STARTTLS" -connect "127.0.0.1:$PORT" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256 2>/dev/null)
  [ "${shown#*=}" = "$1" ] || { WHY="the server still shows another certificate"; return 1; }
}

perform() {
  local key generation
  mkdir -p "$TLS" || refuse "cannot make $TLS"
  if fresh; then
    generation=$TLS/$(fingerprint <(printf '%s\n' "${V[certificate]}") | tr -d : | head -c 16)
    if [ -n "${V[key]}" ]; then key=${V[key]%$'\n'}; else key=$(cat "$TLS/next.key" 2>/dev/null); fi
    [ -n "$key" ] && [ "$(openssl x509 -noout -pubkey <<<"${V[certificate]}" 2>/dev/null)" = "$(openssl pkey -pubout <<<"$key" 2>/dev/null)" ] ||
      refuse "the certificate is not for the key that is here"
    openssl verify -CAfile <(printf '%s\n' "${V[authority]}") -untrusted <(printf '%s\n' "${V[certificate]}") \
      <(printf '%s\n' "${V[certificate]}") >/dev/null 2>&1 || refuse "the certificate is not the authority's, or has ended"
    mkdir -p "$generation" || refuse "cannot make $generation"
    put "$generation/server.key" 600 "$key"$'\n' && put "$generation/server.crt" 644 "${V[certificate]%$'\n'}"$'\n' || refuse "$WHY"
    if [ -z "${V[key]}" ]; then
      cp -p "$TLS/next.csr" "$generation/server.csr" && cp -p "$TLS/next.for" "$generation/for" || refuse "cannot write in $generation"
    fi
    put "$TLS/ca.crt" 644 "${V[authority]%$'\n'}"$'\n' || refuse "$WHY"
    ln -sfn "${generation##*/}" "$TLS/current.new" && mv -T "$TLS/current.new" "$TLS/current" && sync "$TLS" ||
      fail "cannot point $TLS/current to ${generation##*/}"
    rm -f "$TLS/next.key" "$TLS/next.csr" "$TLS/next.for"
  else
    put "$TLS/ca.crt" 644 "${V[authority]%$'\n'}"$'\n' || refuse "$WHY"
  fi
  server_pid || return 0
  reload_certificate "$TLS/current/server.crt" || fail "$WHY"
  soon 5 serves "$(fingerprint "$TLS/current/server.crt")" || fail "$WHY"
}

# Whether the certificate at hand is not the one that is installed.
fresh() {
  [ "$(fingerprint "$TLS/current/server.crt")" != "$(fingerprint <(printf '%s\n' "${V[certificate]}"))" ]
}
