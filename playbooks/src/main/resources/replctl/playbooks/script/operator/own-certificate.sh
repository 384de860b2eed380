# Reads a certificate of the operator's own, and its authority's.
#
# certificate_file, authority_file   on the operator's host
# names      what the other nodes call the node: the certificate must say so
#
# Facts: certificate, authority (PEM), end (seconds since 1970)

is_done() {
  local certificate authority name=${V[names]#*:} check=-checkhost
  [[ ${V[names]} == DNS:* ]] || check=-checkip
  certificate=$(head -c 100000 "${V[certificate_file]}" 2>&1) || { WHY="$certificate"; return 2; }
  authority=$(head -c 1000000 "${V[authority_file]}" 2>&1) || { WHY="$authority"; return 2; }
  openssl verify -CAfile "${V[authority_file]}" -untrusted "${V[certificate_file]}" "${V[certificate_file]}" >/dev/null 2>&1 ||
    { WHY="${V[certificate_file]} is not signed by ${V[authority_file]}, or has ended"; return 2; }
  openssl x509 -noout "$check" "$name" <<<"$certificate" 2>/dev/null | grep -q 'does match' ||
    { WHY="${V[certificate_file]} is not for $name"; return 2; }
  end_of "$certificate" || { WHY="${V[certificate_file]} can't be read"; return 2; }
  fact certificate "$certificate"
  fact authority "$authority"
  fact end "$REPLY"
}

perform() { refuse "$WHY"; }
