package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/** Calls by which one node comes to follow another. */
record MysqlFollow(MysqlScripts scripts, NodeName node, NodeName from) {
  /** What was missed while a node was away may have to be received first; not applied. */
  private static final Duration RECEIVING = Duration.ofMinutes(2);

  private static final Duration QUICK = Duration.ofSeconds(30);

  /** What becomes of a server that does not run. */
  enum Stopped {
    /** It is an error. */
    REFUSED("no"),
    /** It is started, and follows. */
    STARTED("yes"),
    /** It is told whom to follow when it is started. */
    TOLD("later");

    private final String word;

    Stopped(String word) {
      this.word = word;
    }
  }

  /**
   * A server receives from there and applies.
   *
   * @param recorded whether it is written down that it may acknowledge; until it is, it does not
   */
  Step follow(Stopped stopped, boolean recorded) {
    return follow(
        "let " + node + " receive from " + from,
        stopped,
        recorded ? Map.of() : Map.of("acknowledges", Value.of("no")));
  }

  /**
   * The same with words of its own.
   *
   * @param found values besides, or instead of those of the node's layout, as earlier steps find
   *     them
   */
  Step follow(String title, Stopped stopped, Map<String, Value> found) {
    Map<String, Value> values = values(stopped);
    values.putAll(found);
    return scripts.onData("follow-" + node, title, node, "follow", values, RECEIVING.plus(QUICK));
  }

  /**
   * Waits for the word to follow.
   *
   * @param lease how long it stays when it hears nothing
   */
  ScriptCall resident(Duration lease) {
    Map<String, Value> values = values(Stopped.REFUSED);
    values.put("lease", MysqlScripts.seconds(lease));
    return scripts.performOnData(node, "follow", values).as(ScriptCall.Mode.RESIDENT);
  }

  /** Values of a call that has it receive from there as it does, with that password from now on. */
  Map<String, Value> renewing(SecretRef password) {
    Map<String, Value> values = values(Stopped.REFUSED);
    values.put("password", MysqlScripts.plain(password));
    values.put("renews", Value.of("yes"));
    return values;
  }

  private Map<String, Value> values(Stopped stopped) {
    Map<String, Value> values = new TreeMap<>(scripts.following(node, from, RECEIVING));
    values.put("start", Value.of(stopped.word));
    return values;
  }
}
