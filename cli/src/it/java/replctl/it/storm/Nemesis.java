package replctl.it.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import replctl.it.Replctl;

/** Strikes, and types what whoever sees that would type. Heals nothing. */
final class Nemesis {
  private final Field field;
  private final Random random;
  private final List<Replctl.Result> typed = new ArrayList<>();
  private boolean killed;

  Nemesis(Field field, Random random) {
    this.field = field;
    this.random = random;
  }

  /** What was typed, and what it ended with. */
  List<Replctl.Result> typed() {
    return List.copyOf(typed);
  }

  /** Whether replctl was killed while it was at work. */
  boolean killed() {
    return killed;
  }

  /**
   * Lets it strike, and types what is typed then.
   *
   * @param leader who leads now
   */
  void strike(Fault fault, String leader) {
    List<String> others = field.nodes().stream().filter(n -> !n.equals(leader)).toList();
    int first = random.nextInt(others.size());
    String one = others.get(first);
    String other = others.get(1 - first);
    switch (fault) {
      case PLANNED -> type("switchover", "--to", one, "--yes");
      case LEADER_POWER -> {
        field.lab("power", leader, "off");
        type("failover", "--yes");
      }
      case LEADER_FROZEN -> {
        field.lab("freeze", leader);
        type("failover", "--yes");
      }
      case LEADER_CABLE -> {
        field.lab("cable", leader, "out");
        type("failover", "--yes");
      }
      case LEADER_ALONE -> {
        others.forEach(n -> field.lab("partition", leader, n, "both"));
        type("failover", "--leader-is-broken", "no follower reaches it", "--yes");
      }
      case LEADER_UNSEEN -> {
        field.lab("partition", "operator", leader, "both");
        type("failover", "--leader-is-broken", "the operator does not reach it", "--yes");
      }
      case LEADER_KILLED -> {
        field.killServer(leader);
        // As its refusal says: that loses nothing. Where the host starts it again, either may be
        // right.
        if (!type("failover", "--yes")) {
          type("open", leader, "--yes");
        }
      }
      case LEADER_THAWS -> {
        field.lab("freeze", leader);
        during(() -> field.lab("thaw", leader), "failover", "--yes");
      }
      case FOLLOWER_POWER -> field.lab("power", one, "off");
      case CANDIDATE_POWER ->
          during(() -> field.lab("power", one, "off"), "switchover", "--to", one, "--yes");
      case ALL_POWER -> field.nodes().parallelStream().forEach(n -> field.lab("power", n, "off"));
      case OPERATOR_KILLED -> kill("switchover", "--to", one, "--yes");
      case RESCUER_KILLED -> {
        field.lab("power", leader, "off");
        kill("failover", "--yes");
      }
      case TWO_OPERATORS -> {
        try (Replctl.Running second =
            field.anotherOperator().start("switchover", "--to", other, "--yes")) {
          type("switchover", "--to", one, "--yes");
          typed.add(second.result());
        }
      }
    }
  }

  private boolean type(String... words) {
    Replctl.Result result = field.replctl().run(words);
    typed.add(result);
    return result.code() == 0;
  }

  /** While that runs, at any moment of its first seconds. */
  private void during(Runnable fault, String... words) {
    try (Replctl.Running running = field.replctl().start(words)) {
      pause();
      fault.run();
      typed.add(running.result());
    }
  }

  private void kill(String... words) {
    try (Replctl.Running running = field.replctl().start(words)) {
      pause();
      killed = running.process().isAlive();
      running.process().destroyForcibly();
      typed.add(running.result());
    }
  }

  /**
   * Up to 4 s: the time that a change of leader takes; when in it a fault comes is left to chance.
   */
  private void pause() {
    LockSupport.parkNanos(random.nextLong(4_000_000_000L));
  }
}
