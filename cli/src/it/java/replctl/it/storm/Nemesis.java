package replctl.it.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Strikes, and types what whoever sees that would type. Heals nothing. */
final class Nemesis {
  private final Field field;
  private final Tool tool;
  private final Random random;
  private final List<Typed> typed = new ArrayList<>();
  private boolean killed;

  Nemesis(Field field, Random random) {
    this.field = field;
    this.tool = field.tool();
    this.random = random;
  }

  /** Whether a tool is one that it can strike. */
  static boolean canStrike(Fault fault, Tool tool) {
    return fault != Fault.LEADER_UNSEEN || tool.seat().isPresent();
  }

  /** What was typed, and what it ended with. */
  List<Typed> typed() {
    return List.copyOf(typed);
  }

  /** Whether the tool was killed while it was at work. */
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
      case PLANNED -> end(tool.switchover(leader, one));
      case LEADER_POWER -> {
        field.lab("power", leader, "off");
        end(failover(leader, one));
      }
      case LEADER_FROZEN -> {
        field.lab("freeze", leader);
        end(failover(leader, one));
      }
      case LEADER_CABLE -> {
        field.lab("cable", leader, "out");
        end(failover(leader, one));
      }
      case LEADER_ALONE -> {
        others.forEach(n -> field.lab("partition", leader, n, "both"));
        end(tool.failover(leader, one, Optional.of("no follower reaches it")));
      }
      case LEADER_UNSEEN -> {
        field.lab("partition", tool.seat().orElseThrow(), leader, "both");
        end(tool.failover(leader, one, Optional.of("the operator does not reach it")));
      }
      case LEADER_KILLED -> {
        field.killServer(leader);
        typed.addAll(tool.serverDied(leader));
      }
      case LEADER_THAWS -> {
        field.lab("freeze", leader);
        during(failover(leader, one), tool.failoverTakes(), () -> field.lab("thaw", leader));
      }
      case FOLLOWER_POWER -> field.lab("power", one, "off");
      case CANDIDATE_POWER ->
          during(
              tool.switchover(leader, one),
              tool.switchoverTakes(),
              () -> field.lab("power", one, "off"));
      case ALL_POWER -> field.nodes().parallelStream().forEach(n -> field.lab("power", n, "off"));
      case OPERATOR_KILLED -> kill(tool.switchover(leader, one), tool.switchoverTakes());
      case RESCUER_KILLED -> {
        field.lab("power", leader, "off");
        kill(failover(leader, one), tool.failoverTakes());
      }
      case TWO_OPERATORS -> {
        try (Call second = tool.switchoverByAnother(leader, other)) {
          end(tool.switchover(leader, one));
          typed.add(second.end());
        }
      }
    }
  }

  private Call failover(String leader, String survivor) {
    return tool.failover(leader, survivor, Optional.empty());
  }

  private void end(Call call) {
    try (call) {
      typed.add(call.end());
    }
  }

  /** While that goes on, at any moment of the time that it takes. */
  private void during(Call call, Duration takes, Runnable fault) {
    try (call) {
      pause(takes);
      fault.run();
      typed.add(call.end());
    }
  }

  private void kill(Call call, Duration takes) {
    try (call) {
      pause(takes);
      killed = call.kill();
      typed.add(call.end());
    }
  }

  /** When in a change of leader a fault comes is left to chance. */
  private void pause(Duration most) {
    LockSupport.parkNanos((long) (random.nextDouble() * most.toNanos()));
  }
}
