package replctl.it.probe;

import java.util.ArrayList;
import java.util.List;

/** A session with PostgreSQL by psql, on the server's own host and socket. */
public final class PsqlClient extends ProgramClient {
  private PsqlClient(List<String> command) throws Trouble {
    super(command);
  }

  /**
   * Logs in on the server's own host and socket.
   *
   * @param program the words that run psql there, with its login
   */
  public static Door bySocket(List<String> program, String database) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("-XAtq", "-v", "VERBOSITY=sqlstate", "-d", database));
    return () -> new PsqlClient(command).loggedIn();
  }

  /** ERRCODE_READ_ONLY_SQL_TRANSACTION. */
  @Override
  boolean saysReadOnly(String line) {
    return line.startsWith("ERROR:  25006");
  }

  /** It names no line while it reads its input as it comes; a lost connection it words itself. */
  @Override
  boolean saysError(String line) {
    return line.startsWith("ERROR:")
        || line.startsWith("FATAL:")
        || line.startsWith("psql:")
        || line.contains("connection to server")
        || line.contains("server closed the connection")
        || line.startsWith("WARNING:");
  }

  @Override
  String question() {
    return "select case when pg_is_in_recovery() then 'closed' else 'open' end";
  }
}
