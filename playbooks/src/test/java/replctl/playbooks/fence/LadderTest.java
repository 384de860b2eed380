package replctl.playbooks.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Fencing.Strength;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Query;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;

/** Which proof is sought, and which one counts. */
class LadderTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final NodeName PG3 = new NodeName("pg3");
  private static final PowerDevice BMC = new PowerDevice(PG1, 1, 1, "fence_ipmilan 10.9.0.1");
  private static final Place STRAIGHT = Place.on(PG1);
  private static final Place THROUGH = new Place.Via(PG1, PG2);
  private static final Answer DONE = new Answer.Done(Facts.NONE);
  private static final Answer GONE = Answer.notDone(Trouble.UNREACHABLE, "pg1 was not reached");

  private static Action.Fence plan(Set<Strength> accept, boolean drilled, String confirmed) {
    ScriptCall stop = ScriptCall.perform(new Script("postgresql", "cooperative-stop"), Map.of());
    return new Action.Fence(
        PG1,
        Optional.empty(),
        stop,
        List.of(PG2, PG3),
        List.of(List.of(BMC)),
        accept,
        new Query("postgresql", "survey/live"),
        drilled,
        Optional.of(confirmed).filter(c -> !c.isEmpty()),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(40));
  }

  private static Answer says(String power) {
    return switch (power) {
      case "on", "off" -> new Answer.Done(Facts.of(Map.of(Power.STATE, power)));
      case "late" -> Answer.unknown(Trouble.OVERDUE, "no answer in 20 s");
      default -> Answer.unknown(Trouble.SAID_NO, "exit code 1");
    };
  }

  private static Knock knock(boolean straight, boolean through, boolean sql, String power) {
    Map<Place, Answer> ways = new LinkedHashMap<>();
    ways.put(STRAIGHT, straight ? DONE : GONE);
    ways.put(THROUGH, through ? DONE : GONE);
    return new Knock(
        ways,
        sql ? DONE : Knock.SILENT,
        Map.of(BMC, says(power)),
        new TreeMap<>(Map.of(PG2, DONE, PG3, DONE)));
  }

  private static Set<Strength> accept(String words) {
    return switch (words) {
      case "power" -> Set.of(Strength.POWER);
      case "stopped" -> Set.of(Strength.STOPPED);
      default -> Set.of(Strength.POWER, Strength.STOPPED);
    };
  }

  /** What is tried on the host, and whether the device is told, by what answered. */
  @ParameterizedTest
  @CsvSource({
    // accept, straight, through, device before, drilled: ways to stop, told
    "both,    true,  true,  on,   false, ssh|ssh through pg2, true",
    "both,    true,  false, on,   false, ssh,                 true",
    "both,    false, true,  on,   false, ssh through pg2,     true",
    "both,    false, false, on,   false, '',                  true",
    "stopped, true,  false, on,   false, ssh,                 true",
    "power,   true,  true,  on,   false, '',                  true",
    "both,    false, false, off,  false, '',                  false",
    "both,    false, false, off,  true,  '',                  true",
    "both,    false, false, fail, false, '',                  false",
    "both,    false, false, fail, true,  '',                  true",
    "both,    false, false, late, true,  '',                  false",
    "both,    false, false, late, false, '',                  false",
  })
  void whatAnsweredDecidesWhatIsTried(
      String accept,
      boolean straight,
      boolean through,
      String power,
      boolean drilled,
      String ways,
      boolean told) {
    Ladder ladder =
        new Ladder(plan(accept(accept), drilled, ""), knock(straight, through, false, power));

    assertThat(String.join("|", ladder.ways().stream().map(Knock::way).toList())).isEqualTo(ways);
    assertThat(ladder.isTold(BMC)).isEqualTo(told);
    assertThat(ladder.levels()).hasSize(accept.equals("stopped") ? 0 : 1);
  }

  /** A device that says off while the node answers points at another machine. */
  @ParameterizedTest
  @CsvSource({
    "power, true,  false, false, off, true",
    "power, false, true,  false, off, true",
    "power, false, false, true,  off, true",
    "power, false, false, false, off, false",
    "power, true,  false, false, on,  false",
    // Its own host can close it: the device is not needed.
    "both,  true,  false, false, off, false",
  })
  void offWhileItAnswersIsRefusedBeforeAnythingIsDone(
      String accept,
      boolean straight,
      boolean through,
      boolean sql,
      String power,
      boolean refused) {
    Optional<Ladder.No> no =
        new Ladder(plan(accept(accept), true, ""), knock(straight, through, sql, power))
            .objection();

    assertThat(no.map(Ladder.No::code))
        .isEqualTo(refused ? Optional.of(Refusal.Code.E_FENCE_03) : Optional.empty());
  }

  @Test
  void offIsNotBelievedWhileItStillAnswers() {
    Ladder ladder = new Ladder(plan(accept("power"), true, ""), knock(true, true, false, "on"));

    assertThat(ladder.contradicts(BMC, knock(true, false, false, "off")))
        .contains(
            new Ladder.No(
                Refusal.Code.E_FENCE_03,
                "the fence device of pg1 (fence_ipmilan 10.9.0.1) reports off, but it answers on"
                    + " ssh. The device points at another machine."));
    assertThat(ladder.contradicts(BMC, knock(false, false, true, "off")).map(Ladder.No::code))
        .contains(Refusal.Code.E_FENCE_03);
    assertThat(ladder.contradicts(BMC, knock(false, false, false, "off"))).isEmpty();
  }

  @Test
  void offIsNotBelievedWhenAnotherHostIsGone() {
    Ladder ladder = new Ladder(plan(accept("both"), false, ""), knock(false, false, false, "on"));
    Knock after = new Knock(Map.of(), Knock.SILENT, Map.of(), Map.of(PG2, Knock.SILENT, PG3, DONE));

    assertThat(ladder.contradicts(BMC, after))
        .contains(
            new Ladder.No(
                Refusal.Code.E_FENCE_03,
                "the fence device of pg1 (fence_ipmilan 10.9.0.1) switched off, and pg2 does not"
                    + " answer any more since then. The device points at another machine."));
  }

  /** Another way helps where the first was bad; it does not where the host itself said no. */
  @ParameterizedTest
  @CsvSource({
    "CUT,true", "OVERDUE,true", "LOGIN,true", "SILENT,true",
    "SAID_NO,false", "NOT_PERMITTED,false", "BUSY,false", "WRONG_IDENTITY,false"
  })
  void anotherWayIsForTroubleOnTheWay(Trouble kind, boolean another) {
    assertThat(Ladder.anotherWay(Answer.unknown(kind, "x"))).isEqualTo(another);
  }

  @Test
  void aHostOfAnotherClusterIsNotSwitchedOff() {
    Ladder ladder = new Ladder(plan(accept("both"), true, ""), knock(true, false, false, "on"));

    assertThat(ladder.forbids(Answer.notDone(Trouble.WRONG_IDENTITY, "other data")))
        .contains(new Ladder.No(Refusal.Code.E_FENCE_01, "pg1 is not touched: other data."));
    assertThat(ladder.forbids(Answer.notDone(Trouble.SAID_NO, "no"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "alice@adm1, false, false, true",
    "alice@adm1, true,  false, false",
    "alice@adm1, false, true,  false",
    "'',         false, false, false",
  })
  void theOperatorsWordCountsWhereNothingAnswers(
      String who, boolean ssh, boolean sql, boolean counts) {
    Ladder ladder = new Ladder(plan(accept("both"), true, who), knock(ssh, false, sql, "fail"));

    assertThat(ladder.operatorsWordCounts()).isEqualTo(counts);
  }

  @Test
  void theRefusalNamesAllThatWasTried() {
    Ladder ladder = new Ladder(plan(accept("both"), false, ""), knock(false, false, false, "late"));
    List<String> tried = new ArrayList<>(ladder.silent());
    tried.add(BMC.label() + " (" + ladder.whyNot(BMC) + ")");

    assertThat(ladder.notProven(tried))
        .isEqualTo(
            new Ladder.No(
                Refusal.Code.E_FENCE_01,
                "pg1 is not fenced. Tried: ssh (no answer in 1 s), ssh through pg2 (no answer in 1"
                    + " s), fence_ipmilan 10.9.0.1 (no answer in 20 s)."));
  }

  @Test
  void aWordThatIsContradictedIsNamed() {
    Ladder ladder =
        new Ladder(plan(accept("both"), false, "alice@adm1"), knock(true, false, false, "fail"));

    assertThat(ladder.notProven(List.of("ssh (x)")).found())
        .isEqualTo(
            "pg1 is not fenced. Tried: ssh (x). It was confirmed as off, but it answers on ssh.");
  }
}
