package replctl.it.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session with MySQL, by its own client program. */
public final class MysqlClient extends ProgramClient {
  /** ER_OPTION_PREVENTS_STATEMENT: read_only and super_read_only. */
  private static final String READ_ONLY = "ERROR 1290 ";

  /** What a frozen host may hold up: a login. */
  private static final String CONNECT_SECONDS = "1";

  private static final List<String> OPTIONS =
      List.of(
          "--connect-timeout=" + CONNECT_SECONDS,
          "--batch",
          "--skip-column-names",
          "--unbuffered",
          "--force",
          "--skip-reconnect");

  private MysqlClient(List<String> command) throws Trouble {
    super(command);
  }

  /**
   * @param address host:port
   * @param env has MYSQL_CLIENT, the words that run the program, divided by blanks; MYSQL_USER,
   *     MYSQL_DATABASE, and MYSQL_PWD, which the program itself looks for
   */
  static Door at(String address, Map<String, String> env) {
    int colon = address.lastIndexOf(':');
    return door(
        List.of(env.get("MYSQL_CLIENT").split(" ")),
        List.of(
            "--no-defaults",
            "--protocol=TCP",
            "--host=" + address.substring(0, colon),
            "--port=" + address.substring(colon + 1),
            "--user=" + env.get("MYSQL_USER"),
            "--database=" + env.get("MYSQL_DATABASE")));
  }

  /**
   * On the server's own host and socket.
   *
   * @param program the words that run it there, with its login
   */
  public static Door bySocket(List<String> program, String database) {
    return door(program, List.of("--protocol=SOCKET", "--database=" + database));
  }

  private static Door door(List<String> program, List<String> where) {
    List<String> command = new ArrayList<>(program);
    command.addAll(where);
    command.addAll(OPTIONS);
    return () -> new MysqlClient(command).loggedIn();
  }

  @Override
  boolean saysReadOnly(String line) {
    return line.startsWith(READ_ONLY);
  }

  @Override
  boolean saysError(String line) {
    return line.startsWith("ERROR ");
  }

  @Override
  String question() {
    return "select if(@@global.read_only, 'closed', 'open')";
  }
}
