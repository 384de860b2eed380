# The operator's seat: key, names, known hosts, inventory, and commands run there. Sourced by lab/host.
# shellcheck shell=bash

OPERATOR=$RUN/operator

ensure_operator() {
  local etc
  etc=/etc/netns/$(namespace operator)
  mkdir -p "$OPERATOR/secrets" "$etc/ssh"
  chmod 700 "$OPERATOR" "$OPERATOR/secrets"
  [[ -e $OPERATOR/id_ed25519.pub ]] || {
    rm -f "$OPERATOR/id_ed25519"
    ssh-keygen -q -t ed25519 -N '' -C dba@operator -f "$OPERATOR/id_ed25519"
  }
  [[ -s $OPERATOR/secrets/bmc ]] || random_secret > "$OPERATOR/secrets/bmc"
  [[ -s $OPERATOR/secrets/shop ]] || random_secret > "$OPERATOR/secrets/shop"
  chmod 600 "$OPERATOR/secrets/bmc" "$OPERATOR/secrets/shop"
  cat > "$OPERATOR/ssh_config" <<T
Host *
  User dba
  IdentityFile $OPERATOR/id_ed25519
  IdentitiesOnly yes
  UserKnownHostsFile $OPERATOR/known_hosts
  StrictHostKeyChecking yes
T
  # `ip netns exec` lays these over the machine's own /etc for what runs in the namespace: `ssh pg1`
  # works there as it is, and no look-up waits for a name server that can't be reached.
  cp "$OPERATOR/ssh_config" "$etc/ssh/ssh_config"
  : > "$etc/resolv.conf"
}
random_secret() { head -c 8 /dev/urandom | od -An -tx1 | tr -d ' \n'; } # IPMI takes 16 bytes
remove_operator() { rm -rf "/etc/netns/$(namespace operator)"; }

write_names() { # after the set of hosts or a host key changed
  local node nodes etc
  etc=/etc/netns/$(namespace operator)
  nodes=$(known)
  # In place: running hosts have this very file mounted.
  {
    printf '127.0.0.1 localhost\n::1 localhost\n%s operator\n' "$SUBNET.$OPERATOR_NUMBER"
    for node in $nodes; do
      printf '%s %s\n%s %s-bmc\n' "$(address_of "$node")" "$node" "$(bmc_address_of "$node")" "$node"
    done
  } > "$RUN/hosts"
  { cat "$RUN/hosts" && echo "127.0.0.1 $(uname -n)"; } > "$etc/hosts"
  for node in $nodes; do
    echo "$node,$(address_of "$node") $(cut -d' ' -f1,2 "$DISKS/$node/identity/ssh_host_ed25519_key.pub")"
  done > "$OPERATOR/known_hosts"
  write_inventory > "$OPERATOR/inventory.yaml"
  chmod 600 "$OPERATOR/inventory.yaml"
  chown -R "$OPERATOR_UID:$OPERATOR_GID" "$OPERATOR"
}

write_inventory() { # its paths are absolute: it is printed, and used from any folder
  printf 'version: 1\nclusters:\n'
  write_cluster shop postgresql 5432 postgres
  write_cluster blog mysql 3306 mysql
}
write_cluster() { # NAME ENGINE PORT USER: of the hosts whose database runs as that user
  local node first=', leader: true'
  for node in $(known); do
    load_root_of "$node"
    [[ $root_user == "$4" ]] || continue # a bastion is no node
    [[ ! $first ]] || cat <<T
  $1:
    engine: $2
    ssh: {user: dba, identity: $OPERATOR/id_ed25519, known_hosts: $OPERATOR/known_hosts}
    database: {port: $3, access: tunnel, user: replctl, password: {file: $OPERATOR/secrets/shop}}
    fencing: {accept: [power, stopped]}
    nodes:
T
    cat <<T
      $node: {host: $node$first,
            fence: {agent: fence_ipmilan, ip: $(bmc_address_of "$node"), lanplus: 1, cipher: 3, power_wait: 0,
                    username: $BMC_USER, password: {file: $OPERATOR/secrets/bmc}}}
T
    first=
  done
}

need_up() { [[ -e $OPERATOR/inventory.yaml ]] || die 'the lab is down; first: lab/host up'; }

lab_inventory() {
  need_up
  cat "$OPERATOR/inventory.yaml"
}
lab_env() {
  need_up
  printf '%s=%q\n' REPLCTL_INVENTORY "$OPERATOR/inventory.yaml" REPLCTL_LAB_KEY "$OPERATOR/id_ed25519" \
    REPLCTL_LAB_KNOWN_HOSTS "$OPERATOR/known_hosts" REPLCTL_LAB_SSH_CONFIG "$OPERATOR/ssh_config"
}

lab_operator() { # [--] CMD...
  local become=()
  need_up
  [[ ${1:-} != -- ]] || shift
  (($#)) || misuse 'operator -- CMD...'
  if ((OPERATOR_UID)); then
    become=(setpriv --reuid "$OPERATOR_UID" --regid "$OPERATOR_GID" --init-groups
      env "HOME=$(getent passwd "$OPERATOR_UID" | cut -d: -f6)")
  fi
  exec ip netns exec "$(namespace operator)" "${become[@]}" "$@"
}
