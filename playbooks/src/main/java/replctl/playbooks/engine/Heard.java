package replctl.playbooks.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Answer;

/**
 * What came of asking one node.
 *
 * @param host what its host answered to the survey
 * @param server what its server answered over its own protocol; it counts where the host gave none
 */
public record Heard(Answer host, Optional<Answer> server) {
  /** Its host alone was asked. */
  public static Heard of(Answer host) {
    return new Heard(host, Optional.empty());
  }

  /** Hosts alone were asked. */
  public static Map<NodeName, Heard> all(Map<NodeName, Answer> hosts) {
    Map<NodeName, Heard> heard = new LinkedHashMap<>();
    hosts.forEach((node, answer) -> heard.put(node, of(answer)));
    return heard;
  }
}
