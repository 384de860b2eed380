package replctl.inventory.yaml;

import java.util.List;

/** Nobody may rely on clients being led by a kind of redirect that does not act yet. */
final class RedirectRules {
  private static final List<Key<?>> NOT_YET =
      List.of(RedirectKeys.VIP, RedirectKeys.HAPROXY, RedirectKeys.PGBOUNCER);

  private RedirectRules() {}

  static void check(ClusterDraft cluster) {
    for (Fields redirect : cluster.fields().get(ClusterKeys.REDIRECT).orElse(List.of())) {
      for (Key<?> kind : NOT_YET) {
        redirect
            .spot(kind)
            .ifPresent(
                spot ->
                    spot.warn(
                        "this replctl reads "
                            + kind.name()
                            + " and does not act on it: lead clients yourself"));
      }
    }
  }
}
