# A small certificate authority of the cluster's own: its key is in the folder of secrets and signs the
# nodes' certificates, there and nowhere else.
#
# cluster    its name
# days       how long the authority's certificate lasts
# expects    fingerprint of the authority that nodes trust already, or empty
#
# Facts: certificate (PEM), end (seconds since 1970)

is_done() {
  local certificate
  command -v openssl >/dev/null || { WHY="the openssl command is not installed here"; return 2; }
  [ -f "$SECRETS/ca.key" ] && [ -f "$SECRETS/ca.crt" ] || { WHY="there is no authority in $SECRETS"; return 1; }
  certificate=$(cat "$SECRETS/ca.crt")
  [ "$(openssl x509 -noout -pubkey <<<"$certificate" 2>/dev/null)" = "$(openssl pkey -in "$SECRETS/ca.key" -pubout 2>/dev/null)" ] ||
    { WHY="$SECRETS/ca.crt is not of the key beside it"; return 2; }
  trusted "$certificate" || return 2
  end_of "$certificate" || { WHY="$SECRETS/ca.crt can't be read"; return 2; }
  fact certificate "$certificate"
  fact end "$REPLY"
}

# trusted TEXT: the nodes must not be left with certificates of two authorities.
trusted() {
  local has
  [ -n "${V[expects]}" ] || return 0
  has=$(openssl x509 -noout -fingerprint -sha256 <<<"$1" 2>/dev/null)
  [ "${has#*=}" = "${V[expects]}" ] ||
    { WHY="the nodes trust another authority than $SECRETS/ca.crt: ${V[expects]}"; return 1; }
}

# An authority whose certificate alone was lost gets it anew: the nodes know the key by it.
perform() {
  local key certificate
  command -v openssl >/dev/null || refuse "the openssl command is not installed here"
  mkdir -p "$SECRETS" || refuse "cannot make $SECRETS"
  chmod 700 "$SECRETS" 2>/dev/null
  if [ ! -f "$SECRETS/ca.key" ]; then
    [ -z "${V[expects]}" ] || refuse "the nodes trust an authority whose key is not in $SECRETS"
    [ ! -e "$SECRETS/ca.crt" ] || refuse "$SECRETS/ca.crt is there and its key ca.key is not"
    key=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>&1) || refuse "openssl: $key"
    put "$SECRETS/ca.key" 600 "$key"$'\n' || refuse "$WHY"
  fi
  [ ! -f "$SECRETS/ca.crt" ] || refuse "$WHY"
  certificate=$(openssl req -x509 -new -key "$SECRETS/ca.key" -sha256 -days "${V[days]}" -subj "/CN=replctl ${V[cluster]}" \
    -config <(printf '%s\n' '[req]' 'distinguished_name=dn' '[dn]' '[ca]' 'basicConstraints=critical,CA:TRUE,pathlen:0' \
      'keyUsage=critical,keyCertSign,cRLSign' 'subjectKeyIdentifier=hash') -extensions ca 2>&1) || refuse "openssl: $certificate"
  put "$SECRETS/ca.crt" 644 "$certificate"$'\n' || refuse "$WHY"
}
