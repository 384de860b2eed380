# pg_auto_failover on one host, as its manual says, by the unit that it prints itself. Run there by
# root: monitor first, then NODE. Whoever reaches a server in the lab's network is let in: accounts
# are not what is compared.
# shellcheck shell=bash
set -euo pipefail
node=$1

systemctl disable --now etcd patroni repmgrd postgresql &> /dev/null || :
as_postgres() { (cd / && runuser -u postgres -- env HOME=/var/lib/postgresql PGDATA="$data" "$@"); }
if [[ $node == monitor ]]; then
  data=/var/lib/postgresql/17/monitor what=(monitor)
else
  data=/var/lib/postgresql/17/main
  what=(postgres --name "$node"
    --monitor 'postgres://autoctl_node@monitor:5432/pg_auto_failover?sslmode=require')
fi
install -d -o postgres -g postgres /var/lib/postgresql/17
as_postgres pg_autoctl create "${what[@]}" --hostname "$node" --skip-pg-hba --ssl-self-signed \
  --pgctl /usr/lib/postgresql/17/bin/pg_ctl &> /var/log/postgresql/pg_autoctl.log
printf 'host %s all samenet trust\n' all replication >> "$data/pg_hba.conf"
as_postgres pg_autoctl -q show systemd > /etc/systemd/system/pgautofailover.service 2> /dev/null
systemctl daemon-reload
systemctl enable --now pgautofailover &> /dev/null
