package replctl.playbooks.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.OwnProgram;
import replctl.inventory.Redirect;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.World;

/** Looks, before a change of leader, whether what lies around the cluster could do its part. */
public final class RedirectLook {
  private RedirectLook() {}

  /** Looks at the inventory's hooks and redirects; runs and changes nothing. */
  public static Unready look(World world, Cluster cluster) {
    List<String> redirects = new ArrayList<>();
    for (Redirect redirect : cluster.redirects()) {
      if (redirect instanceof Redirect.Program own) {
        unready(world, own.program()).ifPresent(redirects::add);
      }
    }
    return new Unready(
        cluster.hooks().beforePromotion().flatMap(program -> unready(world, program)),
        cluster.hooks().afterPromotion().flatMap(program -> unready(world, program)),
        redirects);
  }

  private static Optional<String> unready(World world, OwnProgram program) {
    Answer answer = world.surroundings().ready(program.command());
    return answer.isDone() ? Optional.empty() : Optional.of(answer.words());
  }
}
