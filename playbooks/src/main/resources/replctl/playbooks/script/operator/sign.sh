# Signs a node's certificate. Of the request only the public key is believed; the names come from the
# inventory.
#
# request    the node's certificate request, PEM
# subject    its common name
# names      subject alternative names: DNS:pg1.example.net, or IP:10.0.0.1
# days       how long the certificate lasts
#
# Fact: certificate (PEM)

is_done() {
  WHY="it is signed anew each time"
  [ -n "${SIGNED:-}" ] || return 1
  fact certificate "$SIGNED"
}

perform() {
  local request=${V[request]}
  [[ ${V[names]} =~ ^(DNS:[A-Za-z0-9._-]+|IP:[0-9A-Fa-f.:]+)$ ]] || refuse "not a host's name: ${V[names]}"
  [[ ${V[subject]} =~ ^[A-Za-z0-9._:-]+$ ]] || refuse "not a subject: ${V[subject]}"
  openssl req -verify -noout -in <(printf '%s\n' "$request") >/dev/null 2>&1 || refuse "the node's request is not signed by its key"
  SIGNED=$(openssl x509 -req -in <(printf '%s\n' "$request") -CA "$SECRETS/ca.crt" -CAkey "$SECRETS/ca.key" -sha256 \
    -days "${V[days]}" -set_serial "0x$(openssl rand -hex 16)" -extfile <(printf '%s\n' "subjectAltName=${V[names]}" \
      'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' 'extendedKeyUsage=serverAuth,clientAuth' \
      'subjectKeyIdentifier=hash' 'authorityKeyIdentifier=keyid') 2>/dev/null) || { SIGNED=""; refuse "openssl could not sign it"; }
}
