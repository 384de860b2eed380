package replctl.playbooks.sim.mysql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What lies on a server's disk: its binary log, each transaction flushed there before anything else
 * becomes of it (sync_binlog = 1), the data that comes of those that are committed, and whom it is
 * set to receive from. Transactions are committed in the order of the log.
 */
final class Data {
  /** Whom a channel is set to receive from. */
  record Source(String host, String account) {}

  private final List<Txn> log = new ArrayList<>();
  private final Gtids executed = new Gtids();
  private final Gtids purged = new Gtids();

  /** Those of them that have no GTID. */
  private final Gtids anonymous = new Gtids();

  private final Set<Long> writes = new HashSet<>();

  /** Those that were ever in the log, committed or not. */
  private final Set<Long> logged = new HashSet<>();

  private final SortedMap<Long, Txn.Row> epochs = new TreeMap<>();
  private final Set<String> accounts = new TreeSet<>();
  private final SortedMap<String, Set<String>> passwords = new TreeMap<>();
  private Optional<String> identity = Optional.empty();

  /** With which its channel logs in. */
  private String password = "old";

  private Optional<Source> source = Optional.empty();
  private String marker = "";
  private int dropped;
  private int committed;

  /** What a clone of it is: the data, and no log of its own. */
  Data cloned() {
    Data copy = new Data();
    copy.executed.addAll(executed);
    copy.purged.addAll(executed);
    copy.anonymous.addAll(anonymous);
    copy.marker = marker;
    copy.writes.addAll(writes);
    copy.logged.addAll(writes);
    copy.epochs.putAll(epochs);
    copy.accounts.addAll(accounts);
    copy.passwords.putAll(passwords);
    copy.password = password;
    copy.identity = identity;
    copy.source = source;
    return copy;
  }

  /** A transaction is flushed to the log. */
  void append(Txn txn) {
    log.add(txn);
    if (txn.change() instanceof Txn.Write write) {
      logged.add(write.id());
    }
  }

  /** Whether a client's write is in the log, or was. */
  boolean holds(long write) {
    return logged.contains(write);
  }

  /** Where the log ends, counted from its very beginning. */
  int end() {
    return dropped + log.size();
  }

  /** Where what is left of it begins. */
  int begin() {
    return dropped;
  }

  /** What lies at that place of the log. */
  Txn at(int place) {
    return log.get(place - dropped);
  }

  /** All of the log to there is committed. */
  void commit(int end) {
    while (committed < end) {
      Txn txn = at(committed++);
      executed.add(txn);
      if (txn.anonymous()) {
        anonymous.add(txn);
      }
      Txn.Change change = txn.change();
      if (change instanceof Txn.Write write) {
        writes.add(write.id());
      } else if (change instanceof Txn.Row row) {
        epochs.put(row.epoch(), row);
      } else if (change instanceof Txn.Named named) {
        identity = Optional.of(named.identity());
      } else if (change instanceof Txn.Account account) {
        accounts.add(account.name());
      } else if (change instanceof Txn.Passwords changed) {
        passwords.put(changed.name(), changed.letIn());
      } else if (change instanceof Txn.Marker first) {
        marker = first.gtid();
      }
    }
  }

  /** What a server does that was not shut down: what is in its log is done. */
  void recover() {
    commit(end());
  }

  /** The number that the next transaction of that server gets. */
  int next(String uuid) {
    int last = Math.max(executed.last(uuid), 0);
    for (int i = committed; i < end(); i++) {
      if (at(i).source().equals(uuid)) {
        last = Math.max(last, at(i).number());
      }
    }
    return last + 1;
  }

  /** The log is kept no further back than what is committed now. */
  void purge() {
    for (; dropped < committed; dropped++) {
      purged.add(log.remove(0));
    }
  }

  Gtids executed() {
    return executed;
  }

  /** What gtid_executed tells. */
  Gtids named() {
    return anonymous.isEmpty() ? executed : executed.without(anonymous);
  }

  /** Whether a transaction without a GTID is in the log, and not committed. */
  boolean hasAnonymousUnderWay() {
    for (int place = committed; place < end(); place++) {
      if (at(place).anonymous()) {
        return true;
      }
    }
    return false;
  }

  /** The first transaction with a GTID, where it was written down; else empty. */
  String marker() {
    return marker;
  }

  Gtids purged() {
    return purged;
  }

  Set<Long> writes() {
    return writes;
  }

  SortedMap<Long, Txn.Row> epochs() {
    return epochs;
  }

  Set<String> accounts() {
    return accounts;
  }

  /** The passwords with which an account is let in. */
  Set<String> letIn(String account) {
    return passwords.getOrDefault(account, Set.of("old"));
  }

  /** With which its channel logs in. */
  String password() {
    return password;
  }

  void password(String kept) {
    password = kept;
  }

  Optional<String> identity() {
    return identity;
  }

  Optional<Source> source() {
    return source;
  }

  void source(Optional<Source> from) {
    source = from;
  }
}
