package replctl.playbooks.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.playbooks.engine.postgresql.Recorded;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/** The line in words, for every kind of promise. */
class DurabilityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | on | 2 | an acknowledged write is on pg1 alone; if pg1 is lost, what no follower has"
            + " received is lost",
        "pg2 | local | 2 | an acknowledged write is on pg1 alone; if pg1 is lost, what no follower"
            + " has received is lost",
        "pg2 | off | 2 | an acknowledged write may be on no disk yet; a crash of pg1 alone loses"
            + " the last of them",
        "pg2 | on | 2 | an acknowledged write is on pg1 and pg2; if pg2 is lost, writes wait",
        "ANY 1 (pg2, pg3) | on | 2 | an acknowledged write is on pg1 and pg2 or pg3; if one of them"
            + " is lost, writes go on; if two are, writes wait",
        "ANY 1 (pg2, pg3) | on | 1 | an acknowledged write is on pg1 and pg2 or pg3; if pg2 is"
            + " lost, writes wait",
        "ANY 1 (pg2, pg3) | on | 0 | an acknowledged write is on pg1 and pg2 or pg3; writes wait"
            + " now: 0 of 1 needed follower receives",
        "ANY 2 (pg2, pg3) | on | 2 | an acknowledged write is on pg1 and pg2 and pg3; if one of"
            + " them is lost, writes wait",
        "ANY 2 (pg2, pg3) | on | 1 | an acknowledged write is on pg1 and pg2 and pg3; writes wait"
            + " now: 1 of 2 needed followers receive",
        "FIRST 1 (pg2, pg3) | on | 2 | an acknowledged write is on pg1 and the first of pg2 and pg3"
            + " that is connected; if one of them is lost, writes go on; if two are, writes wait",
        "FIRST 2 (pg2, pg3) | remote_apply | 2 | an acknowledged write is on pg1 and pg2 and pg3,"
            + " where queries see it; if one of them is lost, writes wait",
        "pg2 | remote_write | 2 | an acknowledged write is on pg1 and in the memory of pg2; if pg2"
            + " is lost, writes wait",
        "* | on | 2 | an acknowledged write is on pg1 and any one follower; if one of them is lost,"
            + " writes go on; if two are, writes wait; whatever connects may acknowledge, so that"
            + " it may be on no node of these",
        "ANY 1 (pg2, old) | on | 2 | an acknowledged write is on pg1 and pg2 or old; if pg2 is"
            + " lost, writes wait; old is no node of the inventory, and may acknowledge",
      })
  void inWords(String names, String commit, int senders, String words) {
    Facts leader =
        Recorded.facts(
            "leader",
            "setting.synchronous_standby_names",
            names,
            "setting.synchronous_commit",
            commit,
            "sender.count",
            Integer.toString(senders));
    Snapshot seen = Recorded.read(leader, Recorded.facts("follower"), Recorded.facts("follower3"));

    assertThat(Durability.words(seen)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "old-stopped, follower, follower3, not known: no leader is seen",
    "split-pg1, split-pg2, split-pg3, 'none: pg1, pg2 take writes apart from each other'",
  })
  void withoutOneLeaderThereIsNoPromise(String one, String two, String three, String words) {
    assertThat(Durability.words(Recorded.look(one, two, three))).isEqualTo(words);
  }

  @Test
  void whatTheLeaderDoesNotSayIsNotSaid() {
    List<Facts> facts =
        new ArrayList<>(List.of(Recorded.facts("leader", "setting.synchronous_commit", "")));
    assertThat(Durability.words(Recorded.read(facts.toArray(Facts[]::new))))
        .isEqualTo("not known: pg1 does not say what it waits for");
  }
}
