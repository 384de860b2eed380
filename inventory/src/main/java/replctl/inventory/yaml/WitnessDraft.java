package replctl.inventory.yaml;

import java.util.Optional;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;

/**
 * A witness with the keys it was read from.
 *
 * @param fields the witness's own, without the cluster's defaults
 */
record WitnessDraft(Witness witness, Fields fields) {
  /** Where the witness stands. */
  Spot spot() {
    return fields.spot().orElseThrow();
  }

  /** Where its host stands. */
  Spot host() {
    return fields.spot(NodeKeys.HOST).orElseThrow();
  }

  /** The witness over the cluster's defaults; empty when its host could not be read. */
  static Optional<WitnessDraft> of(NodeName name, Fields fields, Fields cluster) {
    Fields all = fields.over(cluster);
    return fields
        .get(NodeKeys.HOST)
        .map(
            host ->
                new WitnessDraft(
                    new Witness(
                        name,
                        host,
                        all.get(NodeKeys.CONNECTION).orElse(Node.Connection.SSH),
                        SshKeys.of(all.section(NodeKeys.SSH))),
                    fields));
  }
}
