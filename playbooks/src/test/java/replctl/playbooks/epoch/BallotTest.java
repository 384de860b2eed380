package replctl.playbooks.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Voter;
import replctl.playbooks.world.Place;

class BallotTest {
  private static List<NodeName> names(String words) {
    return words == null || words.isBlank()
        ? List.of()
        : Stream.of(words.split(" ")).map(NodeName::new).toList();
  }

  /** Names that begin with w are witnesses: they vote and can't lead. */
  private static Electorate electorate(String voters, String others) {
    List<Voter> hosts = new ArrayList<>();
    names(voters).forEach(n -> hosts.add(voter(n, true)));
    names(others).forEach(n -> hosts.add(voter(n, false)));
    return new Electorate(8, 7, false, true, List.of(), hosts);
  }

  private static Voter voter(NodeName name, boolean votes) {
    return new Voter(name, Place.on(name), true, votes, votes && !name.value().startsWith("w"), "");
  }

  @ParameterizedTest
  @CsvSource({
    "a b c, a b, '', true",
    "a b c, a, '', false",
    "a b c, a, b, false",
    "a b c, a, b c, true",
    "a b, b, '', false",
    "a b, b, a, true",
    "a b, a b, '', true",
    "a b w, b w, '', true",
    "a b w, w, '', false",
    "a b w, w, a, false",
    "a b w, b, a, true",
    "a b w, '', a b, true",
    "a, a, '', true",
    "a b c d, a b, '', false",
    "a b c d, a b c, '', true",
  })
  void aPromiseHoldsByMajorityOrWhenNobodyElseCouldLead(
      String voters, String granted, String closed, boolean holds) {
    assertThat(Ballot.holds(names(granted), names(closed), electorate(voters, "n1 n2")))
        .isEqualTo(holds);
  }

  /** Hosts that can be asked: a, b, c, d and w. */
  @ParameterizedTest
  @CsvSource({
    "a b c, a b c d, a b, '', false",
    "a b c, a b c d, a b d, '', true",
    "a b c, a b c d, a c d, '', true",
    "a b c, a b c d, c d, '', false",
    "a b c, a b, a c, '', false",
    "a b c, a b, a b, '', true",
    "a b, a, a, '', false",
    "a b, a, a b, '', true",
    "a b, a, a, b c d, true",
    "a, a b, a, '', false",
    "a, a b, a b, '', true",
    "a b, a b w, a w, '', false",
    "a b, a b w, a b, '', true",
    // Nobody can be asked who is not in the inventory, and it may lead.
    "a gone, a, a, b c d, false",
    "a b gone, a b, a b, '', true",
    "a b gone, a b, a, b c d, false",
  })
  void whereVotersChangeTheOldAndTheNewMustAgree(
      String before, String after, String granted, String closed, boolean holds) {
    List<Voter> hosts = names("a b c d w").stream().map(n -> voter(n, true)).toList();
    Electorate changing =
        new Electorate(8, 7, false, true, List.of(), hosts, List.of(names(before), names(after)));
    assertThat(Ballot.holds(names(granted), names(closed), changing)).isEqualTo(holds);
  }

  /** Whoever changes one voter, and whoever knows only the old or the new ones, share a host. */
  @Property
  void oneWhoJoinsOrLeavesTearsNoMajoritiesApart(
      @ForAll @IntRange(min = 1, max = 7) int voters,
      @ForAll @Size(8) List<@IntRange(min = 0, max = 2) Integer> to,
      @ForAll boolean joins) {
    List<NodeName> all =
        Stream.iterate(0, i -> i + 1).limit(voters + 1).map(i -> new NodeName("n" + i)).toList();
    List<NodeName> fewer = all.subList(0, voters);
    List<NodeName> before = joins ? fewer : all;
    List<NodeName> after = joins ? all : fewer;
    Set<NodeName> changing = given(all, to, 1);
    Set<NodeName> other = given(all, to, 2);
    boolean changed = Ballot.majority(changing, before) && Ballot.majority(changing, after);
    assertThat(changed && Ballot.majority(other, before)).isFalse();
    assertThat(changed && Ballot.majority(other, after)).isFalse();
    assertThat(Ballot.majority(changing, before) && Ballot.majority(other, after)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"7, 1000", "999, 1000", "1000, 2000", "1001, 2000"})
  void withoutAMajorityTheNumberJumps(long epoch, long jumped) {
    assertThat(Ballot.jumped(epoch)).isEqualTo(jumped);
  }

  /** Two operations that were promised the same number can't both hold it. */
  @Property
  void twoCanNotHoldTheSameNumber(
      @ForAll @IntRange(min = 1, max = 7) int voters,
      @ForAll @Size(7) List<@IntRange(min = 0, max = 2) Integer> to) {
    List<NodeName> all =
        Stream.iterate(0, i -> i + 1).limit(voters).map(i -> new NodeName("n" + i)).toList();
    Set<NodeName> first = given(all, to, 1);
    Set<NodeName> second = given(all, to, 2);
    assertThat(Ballot.majority(first, all) && Ballot.majority(second, all)).isFalse();
  }

  private static Set<NodeName> given(List<NodeName> all, List<Integer> to, int whom) {
    return all.stream().filter(n -> to.get(all.indexOf(n)) == whom).collect(Collectors.toSet());
  }
}
