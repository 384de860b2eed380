package replctl.playbooks.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Hooks;
import replctl.inventory.OwnProgram;
import replctl.inventory.Redirect;
import replctl.playbooks.journal.Entry;

/** A change of leader in a cluster that has programs of the operator's own around it. */
public final class HookedStage extends SurroundedStage {
  /** Asked whether the leader may change. */
  public static final String ASK = "/hooks/may-move";

  /** Told that it has changed. */
  public static final String TELL = "/hooks/tell";

  /** Leads clients there. */
  public static final String LEAD = "/hooks/dns";

  /** What is declared of them. */
  public static final Hooks HOOKS = new Hooks(Optional.of(own(ASK)), Optional.of(own(TELL)));

  /** And of the third one. */
  public static final List<Redirect> REDIRECTS = List.of(new Redirect.Program(own(LEAD)));

  /**
   * That change of leader.
   *
   * @param scene which has them declared
   */
  public HookedStage(Scene<?> scene, Drill.Stage inner) {
    super(scene, inner);
    program(ASK).does(values -> leads(values, false));
    program(TELL).does(values -> leads(values, true));
    program(LEAD).does(values -> leads(values, true));
  }

  private static OwnProgram own(String name) {
    return new OwnProgram(List.of(name), Duration.ofSeconds(10));
  }

  private SimProgram program(String name) {
    return world().program(name);
  }

  /** Nobody is asked about a leader that leads already, or told of one that does not yet. */
  private void leads(Map<String, String> values, boolean wanted) {
    if (scene.server(values.get("newLeader")).open() != wanted) {
      throw new Violation(values.get("event") + " came when the new leader's open was " + !wanted);
    }
  }

  @Override
  public void heal() {
    super.heal();
    List.of(ASK, TELL, LEAD).forEach(name -> program(name).is(SimProgram.Health.WELL));
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    List<String> wrong = new ArrayList<>(inner.wrong(ending));
    for (String name : List.of(ASK, TELL, LEAD)) {
      boolean ran = !program(name).calls().isEmpty();
      if (ending.equals(Optional.of(Entry.Ending.DONE)) && !ran) {
        wrong.add(name + " was never run");
      }
      if (!ending.equals(Optional.of(Entry.Ending.DONE)) && ran && !name.equals(ASK)) {
        wrong.add(name + " was run, and it ended " + ending);
      }
    }
    return wrong;
  }
}
