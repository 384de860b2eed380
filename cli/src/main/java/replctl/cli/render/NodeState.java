package replctl.cli.render;

import java.time.Instant;
import java.util.Optional;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Trouble;

/** A node's role and state in one word or two each. What is not known is called unknown. */
final class NodeState {
  private NodeState() {}

  static String role(NodeView node) {
    return switch (node.role()) {
      case LEADER, CLOSED_LEADER -> "leader";
      case FOLLOWER -> "follower";
      case UNKNOWN -> "unknown";
    };
  }

  static Span state(NodeView node) {
    if (!node.contact().answered() && node.server().isEmpty()) {
      return new Span(trouble(node.contact().trouble()), Tone.BAD);
    }
    return switch (node.presence()) {
      case RUNNING -> running(node);
      case STARTING -> new Span("starting", Tone.WARN);
      case STOPPING -> new Span("stopping", Tone.WARN);
      case STOPPED ->
          new Span(
              node.server().map(NodeState::fenced).orElse(false) ? "fenced" : "stopped", Tone.BAD);
      case HUNG -> new Span("hung", Tone.BAD);
      case ABSENT -> new Span("no server", Tone.WARN);
      case UNKNOWN -> new Span("unknown", Tone.BAD);
    };
  }

  /** Whether its host keeps its server from being started. */
  static boolean fenced(Server server) {
    return server.facts().text("fenced").isPresent();
  }

  private static Span running(NodeView node) {
    if (node.role() == Role.LEADER) {
      return new Span("writable", Tone.GOOD);
    }
    if (node.role() == Role.CLOSED_LEADER) {
      return new Span("closed", Tone.WARN);
    }
    if (node.role() != Role.FOLLOWER) {
      return new Span("running", Tone.WARN);
    }
    Optional<Boolean> streaming = node.server().flatMap(Server::streaming);
    if (streaming.isEmpty()) {
      return new Span("running", Tone.WARN);
    }
    return streaming.get() ? new Span("streaming", Tone.GOOD) : new Span("not streaming", Tone.BAD);
  }

  /**
   * How a host that does not answer is called: dead, frozen, unreachable, refused are told apart.
   */
  static String trouble(Trouble trouble) {
    return switch (trouble) {
      case NO_ADDRESS -> "no address";
      case REFUSED -> "refused";
      case UNREACHABLE -> "unreachable";
      case SILENT -> "silent";
      case HOST_KEY -> "host key";
      case LOGIN -> "login refused";
      case NOT_PERMITTED -> "not permitted";
      case CUT -> "cut off";
      case OVERDUE -> "no answer";
      case WRONG_IDENTITY -> "other cluster";
      case BUSY, HELD -> "busy";
      case OVERTAKEN -> "overtaken";
      case UNREADABLE -> "unreadable";
      case NONE, SAID_NO, NO_SERVER, NO_ANSWER -> "unknown";
    };
  }

  /** When the certificate that the server shows ends. */
  static Optional<Instant> certificateEnd(NodeView node) {
    return node.server().map(Server::facts).flatMap(HostFact::certificateEnd);
  }

  static String sync(Server.Sync sync) {
    return switch (sync) {
      case ACKS -> "acks";
      case ASYNC -> "async";
      case NONE -> "";
    };
  }
}
