package replctl.playbooks.verb.monitor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is checked, each by itself or all together. */
public enum Aspect {
  /** Who leads, and whether every node is there and is what it should be. */
  ROLE,
  /** How far behind followers are. */
  LAG,
  /** Whether followers apply what they have received. */
  APPLY,
  /** What an acknowledged write means. */
  SYNC,
  /** What hosts have promised and written down. */
  EPOCH,
  /** Whether a node can be closed from outside, and what is owed of that. */
  FENCE,
  /** What is set otherwise than declared, or than on other nodes. */
  DRIFT,
  /** How full disks are. */
  DISK,
  /** Whether another node could lead. */
  READY;

  /** As typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that word. */
  public static Optional<Aspect> of(String word) {
    return Arrays.stream(values()).filter(a -> a.word().equals(word)).findFirst();
  }

  /** Whether it is told of each node, and not of all of them together. */
  public boolean ofNodes() {
    return this != SYNC && this != READY;
  }

  /** What a finding of status is about: none of them is left out. */
  static Aspect ofFinding(String code) {
    return switch (code) {
      case "same-server",
          "split-brain",
          "no-leader",
          "leader-unrecorded",
          "server-alone",
          "unreachable",
          "hung",
          "starting",
          "stopping",
          "stopped",
          "absent",
          "unknown",
          "would-lead",
          "upstream" ->
          ROLE;
      case "not-streaming", "lag-time", "lag-bytes", "lag-unknown" -> LAG;
      case "writes-wait",
          "acks-stranger",
          "acks-anybody",
          "durability-lowered",
          "durability-weaker",
          "durability-stronger" ->
          SYNC;
      case "epoch-unreadable",
          "no-epoch",
          "operation-open",
          "maintenance",
          "record-conflict",
          "no-vote",
          "witness-silent",
          "no-majority",
          "record-minority",
          "record-older" ->
          EPOCH;
      case "debt", "guard-waits", "guard-none" -> FENCE;
      case "disk" -> DISK;
      default -> DRIFT;
    };
  }
}
