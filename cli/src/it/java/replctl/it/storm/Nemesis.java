package replctl.it.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Strikes, and types what whoever sees that would type. Heals nothing. */
final class Nemesis {
  /** Those at the place from which leaders are changed. */
  private static final Set<Fault> AT_SEAT =
      Set.of(
          Fault.LEADER_UNSEEN,
          Fault.LEADER_UNHEARD,
          Fault.LEADER_UNTOLD,
          Fault.CANDIDATE_UNHEARD,
          Fault.CANDIDATE_UNTOLD);

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
    return !AT_SEAT.contains(fault) || tool.seat().isPresent();
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
        field.lab("partition", seat(), leader, "both");
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
      case LEADER_DEAF -> {
        others.forEach(n -> field.lab("partition", n, leader));
        end(tool.failover(leader, one, Optional.of("it does not hear its followers")));
      }
      case LEADER_MUTE -> {
        others.forEach(n -> field.lab("partition", leader, n));
        end(tool.failover(leader, one, Optional.of("its followers do not hear it")));
      }
      case LEADER_UNHEARD -> during(leader, one, cut(leader, seat()));
      case LEADER_UNTOLD -> during(leader, one, cut(seat(), leader));
      case CANDIDATE_UNHEARD -> during(leader, one, cut(one, seat()));
      case CANDIDATE_UNTOLD -> during(leader, one, cut(seat(), one));
      case SWITCHOVER_LOSSY -> {
        field.nodes().forEach(n -> field.lab("loss", n, "10"));
        end(tool.switchover(leader, one));
      }
      case FAILOVER_LOSSY -> {
        field.nodes().forEach(n -> field.lab("loss", n, "10"));
        field.lab("power", leader, "off");
        end(failover(leader, one));
      }
      case LEADER_SLOW -> {
        field.lab("rate", leader, "500");
        end(tool.switchover(leader, one));
      }
      case LEADER_FULL -> {
        field.lab("disk", leader, "full");
        pause(tool.switchoverTakes());
        if (!end(tool.switchover(leader, one))) {
          end(tool.failover(leader, one, Optional.of("its disk is full")));
        }
      }
      case LEADER_FILLS -> during(leader, one, full(leader));
      case CANDIDATE_FULL -> {
        field.lab("disk", one, "full");
        pause(tool.switchoverTakes());
        end(tool.switchover(leader, one));
      }
      case CANDIDATE_FILLS -> during(leader, one, full(one));
      case SUCCESSOR_FILLS -> {
        field.lab("power", leader, "off");
        during(failover(leader, one), tool.failoverTakes(), full(one));
      }
      case ALL_FULL -> {
        field.nodes().forEach(n -> field.lab("disk", n, "full"));
        pause(tool.switchoverTakes());
        end(tool.switchover(leader, one));
      }
    }
  }

  private Call failover(String leader, String survivor) {
    return tool.failover(leader, survivor, Optional.empty());
  }

  private void during(String leader, String candidate, Runnable fault) {
    during(tool.switchover(leader, candidate), tool.switchoverTakes(), fault);
  }

  private String seat() {
    return tool.seat().orElseThrow();
  }

  private Runnable cut(String from, String to) {
    return () -> field.lab("partition", from, to);
  }

  private Runnable full(String node) {
    return () -> field.lab("disk", node, "full");
  }

  private boolean end(Call call) {
    try (call) {
      Typed end = call.end();
      typed.add(end);
      return end.done();
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
