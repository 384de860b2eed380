package replctl.playbooks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.plan.Action;
import replctl.playbooks.sim.postgresql.PostgresScene;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Hosts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** A text lies on one host, and goes to another in pieces of three letters. */
class CarryRunTest {
  private static final String TEXT = "what one has";
  private static final int PIECE = 3;

  private final World usual =
      PostgresScene.running(1, false, 2, PostgresScene.mode(Replication.Mode.ASYNC, 0))
          .world()
          .process();
  private final StringBuilder there = new StringBuilder();
  private final List<String> progress = new ArrayList<>();

  @Test
  void allOfItGoesThereInOrder() {
    Answer answer = run(new TwoHosts(""));

    assertThat(answer)
        .isEqualTo(
            new Answer.Done(
                Facts.of(Map.of("bytes", "12", "manifest", "a word", "note", "twelve letters"))));
    assertThat(there).hasToString(TEXT);
    assertThat(progress).containsExactly("0 of 12", "3 of 12", "6 of 12", "9 of 12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what goes wrong; what is there then; why, in words; its kind
        "unreadable   |        | one: its disk fails              | SAID_NO",
        "no bytes     |        | one: it does not say what there is | SAID_NO",
        "stands still | wha    | one: its answer has no bytes     | SAID_NO",
        "too much     | wha    | one: its answer has no bytes     | SAID_NO",
        "goes away    | wha    | one: it is gone                  | SAID_NO",
        "full         | wha    | two: its disk is full            | SAID_NO",
        "overtaken    | wha    | it was overtaken                 | OVERTAKEN",
      })
  void whatCantBeCarriedWhollyIsNotDone(String trouble, String left, String why, Trouble kind) {
    Answer answer = run(new TwoHosts(trouble));

    assertThat(answer).isInstanceOf(Answer.NotDone.class);
    assertThat(answer.words()).isEqualTo(why);
    assertThat(answer.kind()).isEqualTo(kind);
    assertThat(there).hasToString(left == null ? "" : left);
    if (kind != Trouble.OVERTAKEN) {
      assertThat(answer.facts().text("note")).contains("what one alone has: " + why);
    }
  }

  private Answer run(Hosts hosts) {
    World world =
        new World(
            usual.clock(),
            usual.ids(),
            usual.fanout(),
            hosts,
            usual.sql(),
            usual.store(),
            usual.vault());
    Action.Carry carry =
        new Action.Carry(
            new NodeName("one"),
            new NodeName("two"),
            ScriptCall.perform(new Script("trial", "give"), Map.of()),
            ScriptCall.perform(new Script("trial", "take"), Map.of()),
            List.of());
    return new CarryRun(world, carry)
        .perform(
            world.clock().in(Duration.ofSeconds(5)),
            (done, total) -> progress.add(done + " of " + total));
  }

  /** One gives, two takes; the second piece meets trouble. */
  private final class TwoHosts implements Hosts {
    private final String trouble;

    TwoHosts(String trouble) {
      this.trouble = trouble;
    }

    @Override
    public Answer run(Place on, ScriptCall call, Deadline by, Progress told) {
      Map<String, Value> values = call.values();
      if (on.equals(Place.on(new NodeName("two")))) {
        return take(call);
      }
      assertThat(call.mode()).isEqualTo(ScriptCall.Mode.PROBE);
      if (!values.containsKey("at")) {
        return trouble.equals("unreadable")
            ? Answer.notDone(Trouble.SAID_NO, "its disk fails")
            : new Answer.Done(
                Facts.of(
                    trouble.equals("no bytes")
                        ? Map.of()
                        : Map.of("bytes", "12", "manifest", "a word", "note", "twelve letters")));
      }
      assertThat(values)
          .containsEntry("manifest", Value.of("a word"))
          .containsEntry("bytes", Value.of("12"));
      int at = Integer.parseInt(text(call, "at"));
      if (at == PIECE && trouble.equals("goes away")) {
        return Answer.notDone(Trouble.SAID_NO, "it is gone");
      }
      int next = Math.min(at + PIECE, TEXT.length());
      String says =
          at == PIECE && trouble.equals("stands still")
              ? text(call, "at")
              : at == PIECE && trouble.equals("too much") ? "13" : Integer.toString(next);
      return new Answer.Done(
          Facts.of(Map.of("data.0", TEXT.substring(at, next), "next", says, "other", "x")));
    }

    private Answer take(ScriptCall call) {
      assertThat(call.mode()).isEqualTo(ScriptCall.Mode.PERFORM);
      assertThat(call.values()).doesNotContainKey("other");
      if (text(call, "at").equals("3")) {
        if (trouble.equals("full")) {
          return Answer.notDone(Trouble.SAID_NO, "its disk is full");
        }
        if (trouble.equals("overtaken")) {
          return Answer.notDone(Trouble.OVERTAKEN, "it was overtaken");
        }
      }
      assertThat(there).hasSize(Integer.parseInt(text(call, "at")));
      there.append(text(call, "data.0"));
      assertThat(there).hasSize(Integer.parseInt(text(call, "next")));
      return new Answer.Done(Facts.NONE);
    }

    private String text(ScriptCall call, String name) {
      return ((Value.Text) new TreeMap<>(call.values()).get(name)).text();
    }

    @Override
    public Answer contact(Place on, Deadline by) {
      throw new AssertionError("nobody asks for that");
    }

    @Override
    public Resident open(Place on, ScriptCall call, Deadline by) {
      throw new AssertionError("nobody stays");
    }

    @Override
    public void warm(Collection<Place> places) {}
  }
}
