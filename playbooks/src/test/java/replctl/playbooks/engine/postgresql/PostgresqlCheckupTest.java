package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.world.Facts;

/** What is no harm today, by what real servers said and one thing of it otherwise. */
class PostgresqlCheckupTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");

  private static Map<NodeName, List<Finding>> checked(Facts leader, Facts follower) {
    return new PostgresqlCheckup()
        .of(new Site(Recorded.cluster(2), Recorded.read(leader, follower)));
  }

  private static List<String> codes(List<Finding> found) {
    return found.stream().map(Finding::code).toList();
  }

  @Test
  void ofServersThatAreAlikeNothingButTheirSlotsIsSaid() {
    Map<NodeName, List<Finding>> found =
        checked(
            Recorded.facts("leader", "setting.max_slot_wal_keep_size", "1024"),
            Recorded.facts("follower", "setting.max_slot_wal_keep_size", "1024"));

    assertThat(codes(found.get(PG1))).isEmpty();
    assertThat(codes(found.get(PG2))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # of the follower            | its value | the leader's | code            | text has
          setting.max_connections      | 50        | 100          | standby-smaller | it would not start again as a follower
          setting.max_worker_processes | 4         | 8            | standby-smaller | max_worker_processes is 4, and 8 on pg1
          setting.max_connections      | 200       | 100          |                 |
          setting.hot_standby          | off       | on           | hot-standby-off | nobody can ask it
          setting.archive_mode         | off       | on           | archive-differs | archive_mode is off, and on on pg1
          setting.shared_preload_libraries | pg_stat_statements | other | preload-differs | and other on pg1
          """)
  void aFollowerIsHeldAgainstItsLeader(
      String fact, String mine, String its, String code, String words) {
    List<Finding> found =
        checked(
                Recorded.facts("leader", fact, its, "setting.max_slot_wal_keep_size", "1024"),
                Recorded.facts("follower", fact, mine, "setting.max_slot_wal_keep_size", "1024"))
            .get(PG2);

    assertThat(codes(found)).isEqualTo(code == null ? List.of() : List.of(code));
    assertThat(found).allMatch(f -> f.text().contains(words) && !f.cure().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          app | shop | off       | role app in database shop has synchronous_commit = off | alter role app in database shop reset synchronous_commit
          app | ''   | local     | role app has                                           | alter role app reset synchronous_commit
          ''  | shop | off       | every role in database shop has                        | alter database shop reset synchronous_commit
          ''  | ''   | off       | every role has                                         | alter role all reset synchronous_commit
          app | shop | on        | -                                                      | -
          """)
  void aRoleThatWaitsForNobodyIsNamed(
      String role, String database, String value, String words, String cure) {
    List<Finding> found =
        checked(
                Recorded.facts(
                    "leader",
                    "setting.max_slot_wal_keep_size",
                    "1024",
                    "lowered.count",
                    "1",
                    "lowered.1.role",
                    role,
                    "lowered.1.database",
                    database,
                    "lowered.1.value",
                    value),
                Recorded.facts("follower"))
            .get(PG1);

    if (words == null) {
      assertThat(found).isEmpty();
      return;
    }
    assertThat(codes(found)).containsExactly("durability-of-role");
    assertThat(found.get(0).text()).contains(words);
    assertThat(found.get(0).cure()).isEqualTo(cure);
  }

  @ParameterizedTest
  @CsvSource({
    // type, temporary, failover ('': a version that has no such slots), whether it is named
    "logical,  no,  '',  true",
    "logical,  no,  no,  true",
    "logical,  no,  yes, false",
    "logical,  yes, '',  false",
    "physical, no,  '',  false",
  })
  void aLogicalSlotThatNoFollowerHas(
      String type, String temporary, String failover, boolean named) {
    List<Finding> found =
        checked(
                Recorded.facts(
                    "leader",
                    "setting.max_slot_wal_keep_size",
                    "1024",
                    "slot.count",
                    "1",
                    "slot.1.name",
                    "cdc",
                    "slot.1.plugin",
                    "pgoutput",
                    "slot.1.type",
                    type,
                    "slot.1.temporary",
                    temporary,
                    "slot.1.failover",
                    failover),
                Recorded.facts("follower"))
            .get(PG1);

    assertThat(codes(found)).isEqualTo(named ? List.of("logical-slot") : List.of());
    assertThat(found).allMatch(f -> f.text().startsWith("logical slot cdc (pgoutput)"));
  }

  @ParameterizedTest
  @CsvSource({
    "setting.max_wal_senders,        2,  too-few-senders",
    "setting.max_wal_senders,        3,  ''",
    "setting.max_replication_slots,  0,  too-few-slots",
    "setting.max_replication_slots,  1,  ''",
    "setting.max_slot_wal_keep_size, -1, slots-unlimited",
  })
  void whoeverLeadsNeedsRoomForAllOthers(String fact, String value, String code) {
    List<Finding> found =
        checked(
                Recorded.facts("leader", "setting.max_slot_wal_keep_size", "1024", fact, value),
                Recorded.facts("follower"))
            .get(PG1);

    assertThat(codes(found)).isEqualTo(code.isEmpty() ? List.of() : List.of(code));
  }

  @Test
  void ofAServerThatDoesNotAnswerNothingIsSaid() {
    Map<NodeName, List<Finding>> found =
        checked(
            Recorded.facts("leader"),
            Recorded.facts("follower", "sql", "timeout", "setting.max_connections", "1"));

    assertThat(found).containsOnlyKeys(PG1);
  }

  /** A leader and two followers that init had set up, and what was amiss on them. */
  private static Map<NodeName, List<Finding>> onHosts(String... otherwise) {
    return new PostgresqlCheckup()
        .of(
            new Site(
                Recorded.cluster(3),
                Recorded.read(
                    Recorded.facts("checked-leader", otherwise),
                    Recorded.facts("checked-follower", otherwise),
                    Recorded.facts("checked-follower3"))));
  }

  @Test
  void whatHostsSaidOfWhatWasAmissOnThem() {
    Map<NodeName, List<Finding>> found = onHosts();

    assertThat(codes(found.get(PG1))).containsExactly("unlogged", "transaction-open");
    assertThat(found.get(PG1).get(0).text())
        .isEqualTo(
            "unlogged tables of database shop: 2 (public.cart, public.seen); after a change of"
                + " leader these are empty");
    assertThat(found.get(PG1).get(1).text())
        .isEqualTo(
            "a transaction of postgres (pid 1045, active) is 20 s old: a switchover ends it, and"
                + " all that it did is lost");
    assertThat(codes(found.get(PG2))).containsExactly("extension-missing", "extension-missing");
    assertThat(found.get(PG2).get(0).text())
        .isEqualTo(
            "extension pg_trgm 1.6 of database shop is not installed on its host: should it lead,"
                + " whatever uses it fails");
    assertThat(found.get(new NodeName("pg3"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # of the follower that had nothing      | its value            | code                | text has
          available                               | plpgsql 1.0          | extension-missing   | hstore 1.8 of database shop
          available                               | plpgsql 1.0;hstore 1.8;pg_trgm 1.5;pg_trgm 1.4 | extension-version | pg_trgm 1.6 of database shop is there in other versions (1.5, 1.4)
          available                               | plpgsql 1.0;hstore 1.8;pg_trgm 1.6 | -  | -
          available                               | ''                   | -                   | -
          glibc                                   | glibc 2.36           | collation-differs   | its host has glibc 2.36, and glibc 2.41 is on pg1
          icu                                     | 153.14               | collation-differs   | ICU's collations 153.14
          glibc                                   | ''                   | -                   | -
          database.1.collation_actual             | 2.36                 | collation-differs   | in database template1 (2.36, there 2.41)
          setting.archive_command                 | ''                   | -                   | -
          setting.max_slot_wal_keep_size          | 999999999999999      | slots-above-disk    | are free where its log lies
          setting.max_slot_wal_keep_size          | -1                   | slots-unlimited     | can fill the disk
          """)
  void aFollowerOtherwise(String fact, String value, String code, String words) {
    List<Finding> found =
        new PostgresqlCheckup()
            .of(
                new Site(
                    Recorded.cluster(2),
                    Recorded.read(
                        Recorded.facts(
                            "checked-leader",
                            "database.1.name",
                            "template1",
                            "database.1.collation_actual",
                            "2.41"),
                        Recorded.facts(
                            "checked-follower3",
                            "database.1.name",
                            "template1",
                            "database.1.collation_actual",
                            "2.41",
                            fact,
                            value.replace(";", "\n")))))
            .get(PG2);

    assertThat(codes(found).stream().distinct().toList())
        .isEqualTo(code == null ? List.of() : List.of(code));
    assertThat(found).allMatch(f -> !f.cure().isEmpty());
    if (words != null) {
      assertThat(found).anyMatch(f -> f.text().contains(words));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stale.count,         1,  stale.1.database,   shop, collation",
    "stale.count,         0,  stale.1.database,   shop, ''",
    "unlogged.count,      0,  unlogged.1.tables,  9,    ''",
    "long.1.age,          9999, long.1.pid,       1,    ''",
    "long.1.age,          10000, long.1.pid,      1,    transaction-open",
    "setting.archive_mode, on, setting.archive_command, '', archive-nowhere",
    "setting.archive_mode, on, setting.archive_command, set, ''",
    "setting.synchronized_standby_slots, replctl_pg9, slot.count, 0, synchronized-slots",
    "setting.synchronized_standby_slots, replctl_pg2, slot.1.name, replctl_pg2, ''",
  })
  void aLeaderOtherwise(String fact, String value, String another, String its, String code) {
    List<String> quiet = new ArrayList<>(List.of("unlogged.count", "0", "long.count", "0"));
    if (fact.startsWith("long")) {
      quiet.set(3, "1");
    }
    quiet.addAll(List.of(fact, value, another, its));

    assertThat(codes(onHosts(quiet.toArray(String[]::new)).get(PG1)))
        .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
  }

  @ParameterizedTest
  @CsvSource({
    "on,  on,  postgres, cdc, ''",
    "off, on,  postgres, '',  sync_replication_slots is off",
    "on,  off, postgres, '',  hot_standby_feedback is off",
    "on,  on,  '',       '',  primary_conninfo has no dbname",
    "off, off, '',       cdc, its copies of cdc grow old",
  })
  void aFollowerThatKeepsNoCopyOfAFailoverSlot(
      String sync, String feedback, String dbname, String copy, String words) {
    Facts leader =
        Recorded.facts(
            "checked-leader",
            "slot.count",
            "1",
            "slot.1.name",
            "cdc",
            "slot.1.type",
            "logical",
            "slot.1.failover",
            "yes");
    Facts follower =
        Recorded.facts(
            "checked-follower3",
            "setting.sync_replication_slots",
            sync,
            "setting.hot_standby_feedback",
            feedback,
            "upstream.dbname",
            dbname,
            "slot.count",
            copy.isEmpty() ? "0" : "1",
            "slot.1.name",
            copy,
            "slot.1.synced",
            copy.isEmpty() ? "" : "yes");

    List<Finding> found = checked(leader, follower).get(PG2);

    assertThat(codes(found)).isEqualTo(words.isEmpty() ? List.of() : List.of("slots-not-kept"));
    assertThat(found).allMatch(f -> f.text().contains(words));
  }

  /** Nothing is known of what init would have made before it has. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          replication | yes | -
          replication | no  | may not replicate: no follower could receive from it anew
          login       | no  | may not log in
          expires_ms  | 1796500000000 | has a password that ends on 2026-12-05
          """)
  void aRoleThatMayLessThanItMust(String what, String value, String words) {
    Facts recorded = Recorded.facts("checked-leader");
    String row = PostgresqlDrift.roleAt(recorded, Conninfo.ROLE).orElseThrow();
    List<Finding> found =
        onHosts("unlogged.count", "0", "long.count", "0", row + "." + what, value).get(PG1);

    assertThat(codes(found)).isEqualTo(words == null ? List.of() : List.of("role"));
    assertThat(found).allMatch(f -> f.text().contains(words));
  }
}
