package replctl.playbooks.real.ssh;

import java.util.List;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.world.Trouble;

/**
 * What the system's ssh complains of. It has one exit code for all its failures (255): only its
 * words tell them apart. They are not translated, and the C library's are asked for in English.
 */
final class OpensshFailure {
  private record Row(String words, Trouble trouble) {}

  /** The first that is found holds. */
  private static final List<Row> ROWS =
      List.of(
          new Row("Could not resolve hostname", Trouble.NO_ADDRESS),
          new Row("REMOTE HOST IDENTIFICATION HAS CHANGED", Trouble.HOST_KEY),
          new Row("host key is known for", Trouble.HOST_KEY),
          new Row("Host key verification failed", Trouble.HOST_KEY),
          new Row("REVOKED HOST KEY", Trouble.HOST_KEY),
          new Row("timed out during banner exchange", Trouble.SILENT),
          new Row("Permission denied", Trouble.LOGIN),
          new Row("Too many authentication failures", Trouble.LOGIN),
          new Row("Unable to negotiate", Trouble.LOGIN),
          new Row("Connection refused", Trouble.REFUSED),
          new Row("Connection timed out", Trouble.UNREACHABLE),
          new Row("timed out", Trouble.UNREACHABLE),
          new Row("No route to host", Trouble.UNREACHABLE),
          new Row("Network is unreachable", Trouble.UNREACHABLE),
          new Row("Host is down", Trouble.UNREACHABLE),
          new Row("administratively prohibited", Trouble.NOT_PERMITTED));

  private OpensshFailure() {}

  /** What kind of trouble it complains of; CUT when it says nothing that is known. */
  static Trouble trouble(String complaint) {
    return ROWS.stream()
        .filter(row -> complaint.contains(row.words()))
        .map(Row::trouble)
        .findFirst()
        .orElse(Trouble.CUT);
  }

  static NoContact of(String host, String complaint) {
    String words = Words.shown(complaint);
    Trouble trouble = trouble(complaint);
    String next =
        trouble == Trouble.HOST_KEY
            ? "; see what the host shows, and compare it, with: ssh-keyscan " + host
            : "";
    return new NoContact(
        trouble, "ssh does not get to " + host + (words.isEmpty() ? "" : ": " + words) + next);
  }
}
