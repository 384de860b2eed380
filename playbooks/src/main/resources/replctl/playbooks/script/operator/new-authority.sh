# Another certificate authority for the cluster, in the place of the one whose key is in the folder of secrets. Beside it
# first; then it signs, and ca.crt names both; then ca.crt names it alone.
#
# cluster    its name
# days       how long the authority's certificate lasts
# rotation   the operation that replaces it
# wanted     made: ca.key.next.ROTATION and ca.crt.next.ROTATION are there
#            used: it signs; ca.crt has it first, and the old one behind it
#            alone: ca.crt has it alone, and nothing lies beside it
#
# Facts: certificate (PEM, of the new one), both (PEM, with the old one behind it), end (seconds since 1970)

NEXT=next.${V[rotation]}
BEFORE=before.${V[rotation]}

is_done() {
  local new
  command -v openssl >/dev/null || { WHY="the openssl command is not installed here"; return 2; }
  case ${V[wanted]} in
    made)
      [ -s "$SECRETS/ca.key.$NEXT" ] && [ -s "$SECRETS/ca.crt.$NEXT" ] || { WHY="there is no new authority"; return 1; }
      new=$(cat "$SECRETS/ca.crt.$NEXT")
      ;;
    used)
      [ -s "$SECRETS/ca.key.$NEXT" ] && cmp -s "$SECRETS/ca.key" "$SECRETS/ca.key.$NEXT" &&
        [ "$(cat "$SECRETS/ca.crt")" = "$(both)" ] || { WHY="the old authority still signs"; return 1; }
      new=$(cat "$SECRETS/ca.crt.$NEXT")
      ;;
    alone)
      [ ! -e "$SECRETS/ca.key.$NEXT" ] && [ ! -e "$SECRETS/ca.crt.$NEXT" ] && [ ! -e "$SECRETS/ca.crt.$BEFORE" ] ||
        { WHY="the old authority is still beside the new one"; return 1; }
      new=$(cat "$SECRETS/ca.crt")
      [ "$new" = "$(openssl x509 <<<"$new" 2>/dev/null)" ] || { WHY="$SECRETS/ca.crt still has the old one"; return 1; }
      ;;
    *) WHY="not known: ${V[wanted]}"; return 2 ;;
  esac
  end_of "$new" || { WHY="the new authority's certificate can't be read"; return 2; }
  fact end "$REPLY"
  fact certificate "$new"
  [ "${V[wanted]}" = alone ] || fact both "$(both)"
}

# both: the new certificate, and behind it what was trusted before.
both() { cat "$SECRETS/ca.crt.$NEXT" "$SECRETS/ca.crt.$BEFORE" 2>/dev/null; }

perform() {
  local key certificate
  [[ ${V[rotation]} =~ ^[a-z0-9-]{1,40}$ ]] || refuse "not an operation: ${V[rotation]}"
  command -v openssl >/dev/null || refuse "the openssl command is not installed here"
  [ -s "$SECRETS/ca.key" ] && [ -s "$SECRETS/ca.crt" ] ||
    refuse "there is no authority in $SECRETS: it is on the host on which replctl init was typed"
  case ${V[wanted]} in
    made)
      [ -s "$SECRETS/ca.crt.$BEFORE" ] || put "$SECRETS/ca.crt.$BEFORE" 644 "$(cat "$SECRETS/ca.crt")"$'\n' || refuse "$WHY"
      if [ ! -s "$SECRETS/ca.key.$NEXT" ]; then
        key=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>&1) || refuse "openssl: $key"
        put "$SECRETS/ca.key.$NEXT" 600 "$key"$'\n' || refuse "$WHY"
      fi
      # Its name tells it from the old one, which a verifier looks for by name first.
      certificate=$(openssl req -x509 -new -key "$SECRETS/ca.key.$NEXT" -sha256 -days "${V[days]}" \
        -subj "/CN=replctl ${V[cluster]} ${V[rotation]#op-}" \
        -config <(printf '%s\n' '[req]' 'distinguished_name=dn' '[dn]' '[ca]' 'basicConstraints=critical,CA:TRUE,pathlen:0' \
          'keyUsage=critical,keyCertSign,cRLSign' 'subjectKeyIdentifier=hash') -extensions ca 2>&1) || refuse "openssl: $certificate"
      put "$SECRETS/ca.crt.$NEXT" 644 "$certificate"$'\n' || refuse "$WHY"
      ;;
    used)
      [ -s "$SECRETS/ca.key.$NEXT" ] && [ -s "$SECRETS/ca.crt.$NEXT" ] && [ -s "$SECRETS/ca.crt.$BEFORE" ] || refuse "there is no new authority in $SECRETS"
      put "$SECRETS/ca.crt" 644 "$(both)"$'\n' && put "$SECRETS/ca.key" 600 "$(cat "$SECRETS/ca.key.$NEXT")"$'\n' || fail "$WHY"
      ;;
    alone)
      certificate=$(openssl x509 <"$SECRETS/ca.crt" 2>&1) || refuse "openssl: $certificate"
      put "$SECRETS/ca.crt" 644 "$certificate"$'\n' || fail "$WHY"
      rm -f "$SECRETS/ca.key.$NEXT" "$SECRETS/ca.crt.$NEXT" "$SECRETS/ca.crt.$BEFORE" && sync "$SECRETS" || fail "cannot remove the old authority"
      ;;
  esac
}
