# repmgr with its daemon on one host, as its manual says for Debian. Run there by root: monitor, which
# prints a key; then NODE KEY, pg1 first. Nothing of repmgr's is needed on the monitor. Whoever reaches
# a server in the lab's network is let in: accounts are not what is compared.
# shellcheck shell=bash
set -euo pipefail
node=$1

systemctl disable --now etcd patroni &> /dev/null || :
if [[ $node == monitor ]]; then
  ssh-keygen -q -t ed25519 -N '' -C repmgr -f /root/repmgr
  base64 -w 0 /root/repmgr
  exit
fi

# The servers' users log in to each other: for switchovers.
install -d -m 700 -o postgres -g postgres ~postgres/.ssh
base64 -d <<< "$2" > ~postgres/.ssh/id_ed25519
chmod 600 ~postgres/.ssh/id_ed25519
ssh-keygen -y -f ~postgres/.ssh/id_ed25519 > ~postgres/.ssh/authorized_keys
chown postgres: ~postgres/.ssh/*
for verb in start stop restart reload; do
  echo "postgres ALL=(root) NOPASSWD: /usr/bin/systemctl $verb postgresql@17-main"
done > /etc/sudoers.d/repmgr

pg_createcluster 17 main -- --data-checksums > /dev/null
conf=/etc/postgresql/17/main
cat >> $conf/postgresql.conf <<'T'
listen_addresses = '*'
wal_log_hints = on
shared_preload_libraries = 'repmgr'
synchronous_standby_names = 'ANY 1 (pg1, pg2, pg3)'
T
cat > $conf/pg_hba.conf <<'T'
local all all trust
local replication all trust
host all all samenet trust
host replication all samenet trust
T
cat > /etc/repmgr.conf <<T
node_id=${node#pg}
node_name='$node'
conninfo='host=$node user=repmgr dbname=repmgr connect_timeout=2'
data_directory='/var/lib/postgresql/17/main'
config_directory='$conf'
pg_bindir='/usr/lib/postgresql/17/bin'
use_replication_slots=yes
failover=automatic
reconnect_attempts=6
reconnect_interval=10
promote_command='/usr/bin/repmgr standby promote -f /etc/repmgr.conf --log-to-file'
follow_command='/usr/bin/repmgr standby follow -f /etc/repmgr.conf --log-to-file --upstream-node-id=%n'
service_start_command='sudo systemctl start postgresql@17-main'
service_stop_command='sudo systemctl stop postgresql@17-main'
service_restart_command='sudo systemctl restart postgresql@17-main'
service_reload_command='sudo systemctl reload postgresql@17-main'
ssh_options='-q -o ConnectTimeout=10 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null'
log_file='/var/log/postgresql/repmgr.log'
T
printf '%s\n' REPMGRD_ENABLED=yes REPMGRD_CONF=/etc/repmgr.conf > /etc/default/repmgrd

as_postgres() { (cd / && runuser -u postgres -- "$@"); }
if [[ $node == pg1 ]]; then
  systemctl start postgresql@17-main
  # No follower could say yet that it has it.
  as_postgres env PGOPTIONS='-c synchronous_commit=local' createuser --superuser repmgr
  as_postgres env PGOPTIONS='-c synchronous_commit=local' createdb --owner repmgr repmgr
  as_postgres repmgr -f /etc/repmgr.conf primary register
else
  rm -rf /var/lib/postgresql/17/main
  as_postgres repmgr -f /etc/repmgr.conf -h pg1 -U repmgr -d repmgr standby clone --fast-checkpoint
  systemctl start postgresql@17-main
  as_postgres repmgr -f /etc/repmgr.conf standby register
fi >&2
systemctl restart repmgrd
