package replctl.playbooks.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Trouble;

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

  /** What came of asking that node; it was not asked where nothing is there. */
  public static Heard of(Map<NodeName, Heard> heard, NodeName node) {
    return heard.getOrDefault(node, of(Answer.unknown(Trouble.NO_ANSWER, "")));
  }

  /** Hosts alone were asked. */
  public static Map<NodeName, Heard> all(Map<NodeName, Answer> hosts) {
    Map<NodeName, Heard> heard = new LinkedHashMap<>();
    hosts.forEach((node, answer) -> heard.put(node, of(answer)));
    return heard;
  }

  /**
   * What is known of a host that did not answer.
   *
   * @param serverAnswered whether its server did, over its own protocol
   * @param byOthers what other nodes say of it, in half a sentence each
   */
  public Contact contact(boolean serverAnswered, List<String> byOthers) {
    Trouble trouble = host.kind() == Trouble.NONE ? Trouble.NO_ANSWER : host.kind();
    String said = host.words();
    if (serverAnswered) {
      return Contact.serverAlone(trouble, said.isBlank() ? Contact.meaning(trouble) : said.strip());
    }
    StringBuilder words = new StringBuilder(Contact.meaning(trouble));
    if (!said.isBlank()) {
      words.append(" (").append(said.strip()).append(")");
    }
    server.ifPresent(sql -> words.append("; nor over SQL (").append(sql.words()).append(")"));
    byOthers.forEach(other -> words.append("; ").append(other));
    return new Contact(trouble, words.toString());
  }
}
