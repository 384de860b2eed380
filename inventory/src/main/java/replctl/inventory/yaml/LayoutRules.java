package replctl.inventory.yaml;

import java.util.Optional;
import replctl.inventory.Layout;

/** replctl's own files must outlive the data: a rewind or clone replaces the data folder. */
final class LayoutRules {
  private LayoutRules() {}

  static void check(ClusterDraft cluster) {
    for (NodeDraft draft : cluster.nodes()) {
      Layout layout = draft.node().layout();
      Optional<String> data = layout.dataDirectory();
      Optional<String> state = layout.stateDirectory();
      if (data.isPresent() && state.isPresent() && isUnder(state.get(), data.get())) {
        place(draft, cluster)
            .error("it lies in the data directory, which a clone replaces: " + data.get());
      }
    }
  }

  private static Spot place(NodeDraft draft, ClusterDraft cluster) {
    return draft
        .fields()
        .spot(LayoutKeys.STATE_DIRECTORY)
        .or(() -> draft.fields().spot(LayoutKeys.DATA_DIRECTORY))
        .orElseGet(() -> cluster.spot(LayoutKeys.STATE_DIRECTORY));
  }

  private static boolean isUnder(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }
}
