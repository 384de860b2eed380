package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;

/** What of a leader's data is slow to follow, or does otherwise on another server. Pure. */
final class MysqlDataChecks {
  private final MysqlNode on;
  private final List<Finding> found = new ArrayList<>();

  private MysqlDataChecks(MysqlNode on) {
    this.on = on;
  }

  static List<Finding> of(MysqlNode leader) {
    MysqlDataChecks checks = new MysqlDataChecks(leader);
    checks.some(
        "keyless",
        Level.WARNING,
        "no-primary-key",
        "tables without a primary key",
        "a follower looks through the whole table for each row that is changed, and falls behind",
        "give each one; set persist sql_require_primary_key = ON keeps it so");
    checks.some(
        "foreign",
        Level.WARNING,
        "not-innodb",
        "tables of another storage engine than InnoDB",
        "a crash may leave these otherwise here and there, and a copy by CLONE leaves their rows out",
        "alter table ... engine = InnoDB");
    checks.some(
        "orphan",
        Level.WARNING,
        "definer-missing",
        "events, routines, triggers or views whose definer is no account",
        "these fail when they are used, an event without a word to anybody",
        "make the account on the leader, or make them anew with another definer");
    checks.some(
        "held",
        Level.NOTE,
        "events-held",
        "events disabled as on a follower",
        "these do not run although it leads",
        "alter event ... enable, where they are to run");
    return checks.found;
  }

  private void some(String fact, Level level, String code, String what, String harm, String cure) {
    OptionalLong count = on.number(fact + ".count");
    if (count.isPresent() && count.getAsLong() > 0) {
      found.add(
          new Finding(
              level,
              code,
              what
                  + ": "
                  + count.getAsLong()
                  + on.facts().text(fact + ".names").map(n -> " (" + n + ")").orElse("")
                  + "; "
                  + harm,
              cure));
    }
  }
}
