package replctl.playbooks.engine.mysql;

import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.NodeName;
import replctl.inventory.Size;
import replctl.playbooks.world.Facts;

/** Whether a copy of another server fits where a node's data lies. Pure. */
final class MysqlRoom {
  private MysqlRoom() {}

  /**
   * Why it does not, in one sentence. Empty: it does, or it is not known how large it is.
   *
   * @param frees bytes of old data there that go before the copy comes
   */
  static Optional<String> lacks(NodeName node, Facts here, NodeName from, Facts there, long frees) {
    OptionalLong bytes = there.number("clone.bytes");
    OptionalLong free = free(here);
    // A twentieth more: the donor goes on writing, and there are logs beside the tables.
    long needs = bytes.orElse(0) + bytes.orElse(0) / 20;
    if (bytes.isEmpty() || free.isEmpty() || needs < free.getAsLong() + frees) {
      return Optional.empty();
    }
    return Optional.of(
        "a copy of "
            + from
            + " needs "
            + new Size(needs)
            + ", and "
            + new Size(free.getAsLong() + frees)
            + " are free for it on "
            + node
            + here.text("data_directory").map(d -> ", in " + d).orElse(""));
  }

  private static OptionalLong free(Facts facts) {
    for (int n = 1; n <= facts.count("disk"); n++) {
      if (facts.text("disk." + n + ".use").equals(Optional.of("data"))) {
        return facts.number("disk." + n + ".free");
      }
    }
    return OptionalLong.empty();
  }
}
