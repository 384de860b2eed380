# Patroni on one host, as its manual and Debian's unit have it. Run there by root: NODE | monitor.
# The monitor holds etcd. Whoever reaches a server in the lab's network is let in: accounts are not
# what is compared. No kernel watchdog: the lab's hosts have none.
# shellcheck shell=bash
set -euo pipefail
node=$1

systemctl disable --now etcd repmgrd postgresql &> /dev/null || :
if [[ $node == monitor ]]; then
  cat > /etc/default/etcd <<'T'
ETCD_NAME=monitor
ETCD_LISTEN_CLIENT_URLS=http://0.0.0.0:2379
ETCD_ADVERTISE_CLIENT_URLS=http://monitor:2379
T
  systemctl enable --now etcd &> /dev/null
fi

mkdir -p /etc/patroni
cat > /etc/patroni/config.yml.new <<T
scope: shop
name: $node
etcd3: {hosts: "monitor:2379"}
restapi: {listen: "0.0.0.0:8008", connect_address: "$node:8008"}
bootstrap:
  dcs:
    ttl: 30
    loop_wait: 10
    retry_timeout: 10
    maximum_lag_on_failover: 1048576
    synchronous_mode: quorum
    postgresql: {use_pg_rewind: true, use_slots: true}
  initdb: [{encoding: UTF8}, data-checksums]
postgresql:
  listen: "0.0.0.0:5432"
  connect_address: "$node:5432"
  data_dir: /var/lib/postgresql/17/main
  bin_dir: /usr/lib/postgresql/17/bin
  pgpass: /var/lib/postgresql/patroni.pgpass
  use_unix_socket: true
  authentication:
    superuser: {username: postgres, password: lab}
    replication: {username: replicator, password: lab}
  pg_hba:
    - local all all trust
    - host all all samenet trust
    - host replication all samenet trust
  parameters: {unix_socket_directories: /var/run/postgresql}
T
if [[ $node == monitor ]]; then
  mv /etc/patroni/config.yml.new /etc/patroni/ctl.yml # for patronictl alone
else
  mv /etc/patroni/config.yml.new /etc/patroni/config.yml
  systemctl enable --now patroni &> /dev/null
fi
