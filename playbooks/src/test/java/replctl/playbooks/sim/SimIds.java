package replctl.playbooks.sim;

import java.util.Locale;
import replctl.playbooks.world.Ids;

/** Names that count. */
final class SimIds implements Ids {
  private int last;

  @Override
  public String operation() {
    return String.format(Locale.ROOT, "op-%08d", ++last);
  }
}
