package replctl.playbooks.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.ProgramCall;
import replctl.playbooks.world.Query;
import replctl.playbooks.world.ScriptCall;

/** What a step does. */
public sealed interface Action {
  /**
   * Writes down who leads, on a majority of the voters. The epoch and the operation are those under
   * which it is written.
   */
  record WriteDown(LeaderRecord wanted) implements Action {}

  /**
   * One script on one host that makes its server writable. From the moment it was sent there is no
   * way back from the plan, unless its probe, which waits for the host's lock, says that it did
   * not.
   */
  record Open(ScriptCall call) implements Action {}

  /** One script on one host. */
  record Run(ScriptCall call) implements Action {}

  /**
   * The leader closes and the candidate opens, as one step: between the two nothing is written to
   * any journal. The engine's two resident scripts take the commands {@code prepare} (both), {@code
   * freeze} (closing: the answer's facts are given to the other), {@code catch-up} and {@code open}
   * (opening), {@code thaw} (closing: undoes freeze). Asked as a probe, each answers with the fact
   * {@code open}: yes or no. Performed by itself, opening stands down (it is certain not to open
   * any more) and closing opens the old leader again: in this order they take the step back.
   *
   * <p>Followers that are resident too are told {@code follow} once the candidate is open, and it
   * is asked whether writes are {@code acknowledged} by then: where commits wait for a follower,
   * writes stand still until one follows. What fails there is left to the steps that come after.
   *
   * @param closing resident on the leader
   * @param opening resident on the candidate
   * @param following resident on the other followers
   * @param freezeLimit how long the leader may take to close
   * @param catchUpLimit how long the candidate may take to have all of it, after the freeze
   * @param openLimit how long the candidate may take to open
   * @param lease how long a resident stays that hears nothing
   */
  record Handover(
      NodeName from,
      NodeName to,
      ScriptCall closing,
      ScriptCall opening,
      Map<NodeName, ScriptCall> following,
      Duration freezeLimit,
      Duration catchUpLimit,
      Duration openLimit,
      Duration lease)
      implements Action {
    public Handover {
      following = Collections.unmodifiableSortedMap(new TreeMap<>(following));
    }

    /** The same with each of its calls changed. */
    public Handover with(BiFunction<NodeName, ScriptCall, ScriptCall> change) {
      Map<NodeName, ScriptCall> changed = new TreeMap<>();
      following.forEach((node, call) -> changed.put(node, change.apply(node, call)));
      return new Handover(
          from,
          to,
          change.apply(from, closing),
          change.apply(to, opening),
          changed,
          freezeLimit,
          catchUpLimit,
          openLimit,
          lease);
    }
  }

  /**
   * A node is closed, and it is proven. While SSH is tried the devices' status is read. Where SSH
   * answers within the patience, the cooperative stop runs on the host; else the power goes off.
   * The answer's facts are {@code closed} (the strength of the proof, as a record has it), {@code
   * how} (in words), {@code tried} (all that was tried, a line each) and, unless the host itself
   * has placed its start block, {@code owed}. A no carries the fact {@code refusal}: a code.
   *
   * @param look finds where the server lies, should that not be known yet
   * @param stop the engine's cooperative stop
   * @param through nodes whose hosts are tried as a jump to the host
   * @param levels in order; in one of them all devices must succeed
   * @param accept any one of these suffices
   * @param query asked of the node's server over its own protocol: it must not answer any more
   * @param drilled whether the devices were seen to switch this very host
   * @param confirmed who has typed that the node is off, and where; empty: nobody
   * @param patience how long SSH may take to answer before the power goes off
   * @param stopLimit how long the cooperative stop may take
   * @param powerLimit how long one call of a device may take that says nothing itself
   */
  record Fence(
      NodeName node,
      Optional<Look> look,
      ScriptCall stop,
      List<NodeName> through,
      List<List<PowerDevice>> levels,
      Set<Fencing.Strength> accept,
      Query query,
      boolean drilled,
      Optional<String> confirmed,
      Duration patience,
      Duration stopLimit,
      Duration powerLimit)
      implements Action {
    public Fence {
      through = List.copyOf(through);
      levels = levels.stream().map(List::copyOf).toList();
      accept = Collections.unmodifiableSortedSet(new TreeSet<>(accept));
    }

    /** The same with its calls changed. */
    public Fence with(UnaryOperator<ScriptCall> change) {
      return new Fence(
          node,
          look.map(l -> new Look(change.apply(l.question()), l.found())),
          change.apply(stop),
          through,
          levels,
          accept,
          query,
          drilled,
          confirmed,
          patience,
          stopLimit,
          powerLimit);
    }

    /** The same, with the word of somebody who has seen that the node is off. */
    public Fence confirmedBy(String who) {
      return new Fence(
          node,
          look,
          stop,
          through,
          levels,
          accept,
          query,
          drilled,
          Optional.of(who),
          patience,
          stopLimit,
          powerLimit);
    }
  }

  /**
   * What is asked of a host before a script whose values were not known when the plan was made.
   *
   * @param found facts of the answer that become values of that script, under the same names
   */
  record Look(ScriptCall question, List<String> found) {
    public Look {
      found = List.copyOf(found);
    }
  }

  /**
   * A program of the operator's own, on the operator's host. It is told the operation and its epoch
   * besides. Whether it ran to its end can't be seen afterwards: one whose end is not in the
   * journal is run again. Its answer's fact {@code note} is what it said last.
   *
   * @param refusal what its no means to the whole operation, where nothing was changed before it;
   *     empty: it is a step that failed, like any other
   * @param otherwise the ways out where it says no: commands to type
   */
  record Hook(ProgramCall call, Optional<Refusal.Code> refusal, List<String> otherwise)
      implements Action {
    public Hook {
      otherwise = List.copyOf(otherwise);
    }

    /** One without which the operation goes on, and which can be run again. */
    public static Hook of(ProgramCall call) {
      return new Hook(call, Optional.empty(), List.of());
    }

    /** The program's file, without its folder. */
    public String program() {
      String file = call.command().get(0);
      return file.substring(file.lastIndexOf('/') + 1);
    }
  }

  /**
   * An address moves to a new leader's host: it is taken from all others first. The old leader's
   * host, where it does not answer, has lost it if the power is off, and else may have it still:
   * then it is not added, since of two hosts with one address clients reach whichever answers. The
   * answer's fact {@code note} is what the operator should know although it is done.
   *
   * @param from who led
   * @param drops take it from a node's host
   * @param hold adds it to the new leader's and announces it; where it is given {@code silent},
   *     only if nobody answers for it
   * @param levels the old leader's devices, in levels: all of one say off, or it is not known
   * @param limit how long a device may take
   */
  record Address(
      NodeName from,
      NodeName to,
      String address,
      Map<NodeName, ScriptCall> drops,
      ScriptCall hold,
      List<List<PowerDevice>> levels,
      Duration limit)
      implements Action {
    public Address {
      drops = Collections.unmodifiableSortedMap(new TreeMap<>(drops));
      levels = levels.stream().map(List::copyOf).toList();
    }

    /** The same with each of its calls changed. */
    public Address with(BiFunction<NodeName, ScriptCall, ScriptCall> change) {
      Map<NodeName, ScriptCall> changed = new TreeMap<>();
      drops.forEach((on, call) -> changed.put(on, change.apply(on, call)));
      return new Address(from, to, address, changed, change.apply(to, hold), levels, limit);
    }
  }

  /**
   * What lies on one host's disk goes to another's, piece by piece through the operator's
   * connections: the two need not be able to log in to each other. It is carried anew by whoever
   * resumes it. The answer's facts are those of the first question.
   *
   * @param give a question. The first says what there is, by the facts {@code bytes} and {@code
   *     manifest}, a word of its own; the next are given that and {@code at}, and answer with the
   *     bytes from there on: {@code data.0}, {@code data.1} and so on, and {@code next}, where
   *     these end
   * @param take writes these, given all that there was said of them
   * @param otherwise the ways out where it can't be carried: commands to type
   */
  record Carry(NodeName from, NodeName to, ScriptCall give, ScriptCall take, List<String> otherwise)
      implements Action {
    public Carry {
      otherwise = List.copyOf(otherwise);
    }

    /** The same with each of its calls changed. */
    public Carry with(BiFunction<NodeName, ScriptCall, ScriptCall> change) {
      return new Carry(from, to, change.apply(from, give), change.apply(to, take), otherwise);
    }
  }

  /**
   * A node's devices are switched. ON is done when one level is wholly on and the host answers.
   *
   * @param levels in order; OFF: the first that wholly succeeds is enough
   * @param limit how long one call of a device may take
   * @param boot how long the host may take until it answers
   */
  record Power(
      NodeName node,
      List<List<PowerDevice>> levels,
      replctl.playbooks.world.Power.Wish wish,
      Duration limit,
      Duration boot)
      implements Action {
    public Power {
      levels = levels.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A node's devices are tried: on, off, then nothing of the node may answer and everybody else
   * must, on again, and it is back. The result is recorded on the hosts, whatever it is. A device
   * that switches something else is a no with the fact {@code refusal}.
   *
   * @param levels each of them is tried
   * @param others hosts that this power has nothing to do with
   * @param query asked of the node's server over its own protocol
   * @param records writes a result on each host, when it is given {@code result} and {@code at}
   * @param limit how long one call of a device may take
   * @param boot how long the host may take until it answers
   */
  record Drill(
      NodeName node,
      List<List<PowerDevice>> levels,
      List<NodeName> others,
      Query query,
      Map<NodeName, ScriptCall> records,
      Duration limit,
      Duration boot)
      implements Action {
    public Drill {
      levels = levels.stream().map(List::copyOf).toList();
      others = List.copyOf(others);
      records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    }

    /** The same with its calls changed. */
    public Drill with(BiFunction<NodeName, ScriptCall, ScriptCall> change) {
      Map<NodeName, ScriptCall> changed = new TreeMap<>();
      records.forEach((on, call) -> changed.put(on, change.apply(on, call)));
      return new Drill(node, levels, others, query, changed, limit, boot);
    }
  }
}
