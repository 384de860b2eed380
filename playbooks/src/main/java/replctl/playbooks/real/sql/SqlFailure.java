package replctl.playbooks.real.sql;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Trouble;

/** What a failure of the driver's means: by SQLState and by cause, never by its words. */
final class SqlFailure {
  private static final String BROKEN = "08006";
  private static final int MOST_WORDS = 300;

  private SqlFailure() {}

  /** Whether the server itself answered, and the connection is as good as before. */
  static boolean keepsConnection(SQLException failed) {
    return serverSaid(failed)
        && !state(failed).startsWith("08")
        && !state(failed).startsWith("57P")
        && !state(failed).startsWith("28");
  }

  private static boolean serverSaid(SQLException failed) {
    return failed instanceof PSQLException own && own.getServerErrorMessage() != null;
  }

  static Answer of(String label, SQLException failed) {
    Optional<ReadySockets.NoWay> way = cause(failed, ReadySockets.NoWay.class);
    if (way.isPresent()) {
      // A way through SSH is told with the node's name already.
      String why = String.valueOf(way.get().why().getMessage());
      return Answer.unknown(
          way.get().why().trouble(), why.startsWith(label + " ") ? why : label + ": " + why);
    }
    return Answer.unknown(trouble(failed), label + ": " + words(failed));
  }

  static Trouble trouble(SQLException failed) {
    if (failed instanceof SQLTimeoutException) {
      return Trouble.OVERDUE;
    }
    String state = state(failed);
    Trouble said = ofServer(state);
    if (said != Trouble.SAID_NO || serverSaid(failed)) {
      return said;
    }
    if (cause(failed, SSLException.class).isPresent()) {
      return Trouble.HOST_KEY;
    }
    // The socket was connected before; by the driver's own limit or by ours, nothing was said in
    // time.
    boolean meeting = state.equals("08001");
    if (cause(failed, SocketTimeoutException.class).isPresent()) {
      return meeting ? Trouble.SILENT : Trouble.OVERDUE;
    }
    if (failed.getCause() == null && (meeting || state.equals(BROKEN))) {
      // Without a cause: the driver's own limit for a login; a name that the certificate lacks.
      return meeting ? Trouble.SILENT : Trouble.HOST_KEY;
    }
    return state.startsWith("08") ? Trouble.CUT : Trouble.SAID_NO;
  }

  /** SQLStates that a server gives (its documentation, appendix A); SAID_NO for any other. */
  private static Trouble ofServer(String state) {
    if (state.startsWith("28") || state.equals("08004")) {
      return Trouble.LOGIN;
    }
    return switch (state) {
      case "42501" -> Trouble.NOT_PERMITTED;
      case "53300" -> Trouble.BUSY;
      case "57014" -> Trouble.OVERDUE;
      case "57P01", "57P02", "57P05", "25P03", "25P04" -> Trouble.CUT;
      default -> Trouble.SAID_NO;
    };
  }

  private static String state(SQLException failed) {
    return failed.getSQLState() == null ? "" : failed.getSQLState();
  }

  /** The server's own words, or else the deepest cause's; untrusted, so on one line and short. */
  private static String words(SQLException failed) {
    String words = null;
    if (failed instanceof PSQLException own) {
      ServerErrorMessage said = own.getServerErrorMessage();
      words = said == null ? null : said.getMessage();
    }
    if (words == null) {
      Throwable deepest = failed;
      while (deepest.getCause() != null) {
        deepest = deepest.getCause();
      }
      words = String.valueOf(deepest.getMessage());
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < words.length() && line.length() < MOST_WORDS; i++) {
      char c = words.charAt(i);
      line.append(c < ' ' || (c >= 0x7f && c <= 0x9f) ? ' ' : c);
    }
    String state = state(failed);
    return line.toString().strip() + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
  }

  private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> kind) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }
}
