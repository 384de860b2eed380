# Of an engine's survey: when a certificate ends. DATA: the server's folder.

# certificate_facts FILE [PREFIX], FILE relative to the data folder: when it ends, read from its bytes; PREFIX.file and
# PREFIX.end_ms, certificate where no prefix is given. openssl would take longer to start than all the rest takes, and
# so would base64 and od.
certificate_facts() {
  local file=$1 prefix=${2:-certificate} text bytes="" i code pair='( 17 0d| 18 0f)(( 3[0-9])+) 5a' digits year month days
  [ "${file#/}" != "$file" ] || file=$DATA/$file
  text_of "$file" || return 0
  fact "$prefix.file" "$file"
  text=${REPLY#*-----BEGIN CERTIFICATE-----}
  text=${text%%-----END*}
  text=${text//[!A-Za-z0-9+\/]/}
  base64_digits
  for ((i = 0; i < ${#text}; i += 4)); do
    code=$((${DIGIT[${text:i:1}]} << 18 | ${DIGIT[${text:i + 1:1}]:-0} << 12 | ${DIGIT[${text:i + 2:1}]:-0} << 6 | ${DIGIT[${text:i + 3:1}]:-0}))
    printf -v code ' %02x %02x %02x' $((code >> 16)) $((code >> 8 & 255)) $((code & 255))
    bytes+=$code
    # Both times stand before the key and the signature, which are most of it.
    ((i % 256)) || [[ ! $bytes =~ $pair$pair ]] || break
  done
  [[ $bytes =~ $pair$pair ]] || return 0
  digits=${BASH_REMATCH[5]// 3/}
  # Two digits of the year: RFC 5280, 4.1.2.5.1.
  if [ "${#digits}" = 12 ]; then
    if [ "${digits:0:2}" -lt 50 ]; then digits=20$digits; else digits=19$digits; fi
  fi
  [ "${#digits}" = 14 ] || return 0
  year=$((10#${digits:0:4})) month=$((10#${digits:4:2}))
  [ "$month" -gt 2 ] || { month=$((month + 12)) year=$((year - 1)); }
  days=$((365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + 10#${digits:6:2} - 719469))
  fact "$prefix.end_ms" "$((days * 86400 + 10#${digits:8:2} * 3600 + 10#${digits:10:2} * 60 + 10#${digits:12:2}))000"
}

# base64_digits: what each stands for, in DIGIT. "=", which fills the end, is none.
base64_digits() {
  local digit n=0
  declare -gA DIGIT=()
  for digit in {A..Z} {a..z} {0..9} + /; do DIGIT[$digit]=$((n++)); done
}
