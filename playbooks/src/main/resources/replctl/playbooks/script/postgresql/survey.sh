# What a node's host knows of its server. Changes nothing, writes no file, takes no lock on the host;
# in the server only what reading catalogs takes. As the operating system's user that owns the server.
#
# Values (all may be absent)
#   cluster, node        names; the state folder is made of them
#   port                 default 5432
#   data_directory, config_directory, bin_directory, service, socket_directory, state_directory
#                        as declared; what is not declared is found
#   reader               the role that replctl reads with; its rights are reported
#   limit                seconds that the server may take to answer, default 2.5: later it is hung
#
# Facts. Booleans are yes and no; sizes are bytes; *_ms since 1970 are the host's clock; ages are ms
# by the server's own clock; LSNs as PostgreSQL writes them. What is not known is not said. Lists are
# LIST.count and LIST.N.FIELD, N from 1.
#
#   host       hostname  machine_id  os  os_id  kernel  boot_id  boot_ms  clock_ms  systemd (yes: it
#              runs)  script_user (the user that this runs as)
#   packages   installed.N: major bin_directory      newest_major  newest_bin_directory
#   layout     layout: debian (conf folder apart, pg_ctlcluster), rhel, plain
#              data_directory  config_directory  bin_directory  service (systemd unit without
#              .service; none: pg_ctl)  socket_directory  port  os_user (owner of the data)
#              state_directory  hba_file  config_file  wal_directory (where pg_wal really is, when
#              it is a link)  unit_enabled  unit_masked  data_empty (yes: the folder is there and
#              holds nothing)  data_mount (yes: the data folder is itself a mount point)
#   presence   presence: absent stopped starting running stopping hung unknown    presence_why
#              postmaster_pid  postmaster_status (as postmaster.pid has it)  processes (with the data
#              folder open)
#   data       major (of PG_VERSION)  binary_version  system_identifier  standby_signal
#              recovery_signal  backup_label
#   control    control.state  .checkpoint_lsn  .redo_lsn  .timeline  .previous_timeline
#              .checkpoint_time  .min_recovery_lsn  .min_recovery_timeline  .wal_log_hints
#              .data_checksums (0: none)  .wal_level  .max_connections  .max_worker_processes
#              .max_wal_senders  .max_prepared_xacts  .max_locks_per_xact  .track_commit_timestamp
#              .wal_segment_bytes
#   history    timeline (best known)  history.timeline  history.text (of that timeline's file; its
#              first 16 KiB)  history.newest (the highest timeline with a file in pg_wal)
#   upstream   upstream.host .hostaddr .port .user .application_name .passfile .sslmode .sslrootcert
#              .channel_binding .dbname .options .keepalives_idle...: every key of primary_conninfo
#              but password, sslpassword; upstream.has_password (yes: it holds one)  upstream.slot
#   files      config.file  config.text (replctl.conf, where there is one)  config.included (yes: the
#              server's main file includes it)  hba.text (the marked block of pg_hba.conf, without
#              its marks)  hba.blocks (how many are there)  hba.first (yes: no rule stands before)
#              certificate.file  certificate.end_ms  certificate.fingerprint (SHA-256)
#              certificate.names (subject alternative names)  certificate.issuer
#   disk       disk.N: use (data, wal, tablespace NAME)  path  mount  total  free
#              tablespace.N: oid location name
#   sql        sql: answered refused timeout not-asked     sql_error (first line)  in_recovery
#              version (17.12)  version_num  server_now_ms  server_started_ms  config_loaded_ms
#   log        lsn.insert lsn.write lsn.flush (leader)   lsn.receive lsn.replay (follower)
#   replay     replay.paused  replay.pause_state (14+)  replay.last_commit_ms  replay.wait (what the
#              startup process waits for)  replay.blocker.pid .age .user .application .database .state
#              (the oldest session that can hold replay)
#   receiver   receiver.pid .status .host .port .slot .timeline .written_lsn .flushed_lsn
#              .message_age .latest_end_lsn .latest_end_age .start_lsn
#   senders    sender.N: application address hostname port pid user state sent_lsn write_lsn flush_lsn
#              replay_lsn write_lag flush_lag replay_lag (ms, may have a fraction) sync_state
#              sync_priority reply_age backend_age
#   slots      slot.N: name type active active_pid wal_status retained safe xmin_age
#              catalog_xmin_age database plugin temporary restart_lsn confirmed_lsn two_phase (14+)
#              failover synced invalidation inactive_since_ms (17+)
#   settings   setting.NAME for the names in survey_settings below; setting_file.NAME where a file
#              says it   pending_restart (names, comma)   not_applied (names, comma: in a file, wrong)
#   sessions   connections.used  connections.backends  long.N: pid age user application database
#              state (transactions older than 5 s, oldest first, at most 10)   prepared.count
#              prepared.oldest_age   basebackups
#   archiver   archiver.archived .failed .last_archived_age .last_failed_age .last_failed_wal
#              .last_archived_wal   archiver.backlog (files not archived yet)
#   roles      role.N: name login replication superuser may_rewind monitors (yes: member of
#              pg_monitor) password (scram, md5, none)  expires_ms  settings: those that may replicate,
#              the reader, and names that begin with replctl
#              lowered.N: role database value (synchronous_commit set for a role or database)
#   databases  database.N: name encoding collate provider collation_version collation_actual allows
#              extension.N: name version (of database postgres)   publications (number, there)
#
# Marks of the block in pg_hba.conf: a line `# replctl: begin`, a line `# replctl: end`. replctl.conf
# lies in conf.d of the configuration's folder where there is one, else in that folder.

is_done() { return 0; }
