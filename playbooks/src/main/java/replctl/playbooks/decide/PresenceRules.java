package replctl.playbooks.decide;

import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** Whether a node is there. */
final class PresenceRules {
  private PresenceRules() {}

  static List<Finding> of(NodeView view, Snapshot seen) {
    if (view.serverAlone()) {
      return one(
          Level.WARNING,
          "server-alone",
          view.contact().words()
              + ": its disks and settings are not known, nothing can be done there",
          cureOfSilence(view));
    }
    if (view.server().isEmpty()) {
      return List.of(
          new Finding(
              Level.WARNING,
              "unreachable",
              "nothing is known of it: " + view.contact().words(),
              cureOfSilence(view)));
    }
    Server server = view.server().get();
    Optional<String> why = server.facts().text(HostFact.PRESENCE_WHY);
    String because = why.map(w -> ": " + w).orElse("");
    String name = view.name().value();
    return switch (server.presence()) {
      case RUNNING -> List.of();
      case HUNG ->
          one(
              Level.CRITICAL,
              "hung",
              "its server hangs" + because,
              "look at its log, its disk and its processes; nothing may take its place unfenced");
      case STOPPED -> stopped(view.name(), server, seen);
      case STARTING ->
          one(
              Level.WARNING,
              "starting",
              "its server does not take connections yet" + because,
              "wait; its log says how far it is");
      case STOPPING ->
          one(
              Level.WARNING,
              "stopping",
              "its server is shutting down" + because,
              "wait; its log says what it waits for");
      case ABSENT ->
          one(
              Level.WARNING,
              "absent",
              "no server was set up there" + because,
              "replctl init sets it up");
      case UNKNOWN ->
          one(
              Level.WARNING,
              "unknown",
              "its host answers and can't tell whether a server is there" + because,
              "say data_directory for " + name + " in the inventory, and log in as its owner");
    };
  }

  private static List<Finding> stopped(NodeName node, Server server, Snapshot seen) {
    if (server.role() != Role.CLOSED_LEADER) {
      return one(
          Level.WARNING,
          "stopped",
          "its server is stopped",
          "replctl rejoin " + node + " starts it");
    }
    if (seen.writable().isEmpty()) {
      return one(
          Level.CRITICAL,
          "stopped",
          "its server is stopped, and would lead when started",
          "if it led last, start it");
    }
    return one(
        Level.CRITICAL,
        "would-lead",
        "its server is stopped, would lead when started, and another node leads",
        "do not start it; replctl rejoin "
            + node
            + " makes it a follower and saves what it alone has");
  }

  private static String cureOfSilence(NodeView view) {
    String name = view.name().value();
    return switch (view.contact().trouble()) {
      case NO_ADDRESS -> "correct the host of " + name + " in the inventory, or the name service";
      case REFUSED -> "start sshd on its host, or correct ssh.port of " + name;
      case UNREACHABLE, SILENT, OVERDUE, CUT, NONE ->
          "look at its host and the network between; unreachable is not down";
      case HOST_KEY -> "see that it is the right host, then add its key to known_hosts";
      case LOGIN -> "ssh to it by hand as the user that the inventory names";
      case NOT_PERMITTED -> "let that user run the scripts as the database's user: see sudoers";
      case SAID_NO, NO_SERVER, WRONG_IDENTITY, BUSY, HELD, OVERTAKEN, UNREADABLE, NO_ANSWER ->
          "try again; if it stays, replctl status --debug";
    };
  }

  private static List<Finding> one(Level level, String code, String text, String cure) {
    return List.of(new Finding(level, code, text, cure));
  }
}
