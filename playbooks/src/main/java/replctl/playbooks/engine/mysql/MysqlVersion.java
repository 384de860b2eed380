package replctl.playbooks.engine.mysql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What differs between the bands of versions, 8.0.23 to 9.x: names of variables and plugins. From
 * the manual's lists of what was added, renamed and removed in 8.0.26, 8.4 and 9.5.
 *
 * @param series 8.0, 8.4, 9.7 as 800, 804, 907
 * @param patch the third number
 */
record MysqlVersion(int series, int patch) implements Comparable<MysqlVersion> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{1,3})");

  /** The oldest that replctl works with: it takes the statements that say REPLICA. */
  static final MysqlVersion OLDEST = new MysqlVersion(800, 23);

  /** Variables have their new names. */
  private static final MysqlVersion RENAMED = new MysqlVersion(800, 26);

  static Optional<MysqlVersion> parse(String text) {
    Matcher numbers = FORM.matcher(text);
    return numbers.lookingAt()
        ? Optional.of(
            new MysqlVersion(
                Integer.parseInt(numbers.group(1)) * 100 + Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3))))
        : Optional.empty();
  }

  private boolean renamed() {
    return compareTo(RENAMED) >= 0;
  }

  /** {@code replica} or {@code slave}, as names of variables have it. */
  String replica() {
    return renamed() ? "replica" : "slave";
  }

  /** The plugins by which a leader waits and a follower acknowledges, as their files are called. */
  String semiSyncSource() {
    return renamed() ? "semisync_source.so" : "semisync_master.so";
  }

  String semiSyncReplica() {
    return renamed() ? "semisync_replica.so" : "semisync_slave.so";
  }

  /** The same as the server lists them. */
  String semiSyncSourcePlugin() {
    return renamed() ? "rpl_semi_sync_source" : "rpl_semi_sync_master";
  }

  String semiSyncReplicaPlugin() {
    return renamed() ? "rpl_semi_sync_replica" : "rpl_semi_sync_slave";
  }

  /** Whether a server of this version can be a copy of one of that, by CLONE. */
  boolean clones(MysqlVersion donor) {
    if (series != donor.series) {
      return false;
    }
    // 8.0: since 8.0.37 from any other such; before, from the same alone (the manual, "Cloning
    // Remote Data").
    return series != 800 || patch == donor.patch || (patch >= 37 && donor.patch >= 37);
  }

  @Override
  public int compareTo(MysqlVersion other) {
    return series != other.series
        ? Integer.compare(series, other.series)
        : Integer.compare(patch, other.patch);
  }

  @Override
  public String toString() {
    return series / 100 + "." + series % 100 + "." + patch;
  }
}
