package replctl.it.probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** A session with PostgreSQL, by JDBC. */
final class PostgresqlClient implements Client {
  /** ERRCODE_READ_ONLY_SQL_TRANSACTION. */
  private static final String READ_ONLY = "25006";

  private final Connection connection;
  private final PreparedStatement question;

  private PostgresqlClient(Connection connection) throws SQLException {
    this.connection = connection;
    this.question =
        connection.prepareStatement(
            "select not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off'");
  }

  /**
   * @param address host:port
   * @param env has PGDATABASE, PGUSER and PGPASSWORD
   */
  static Door at(String address, Map<String, String> env) {
    Properties login = new Properties();
    login.setProperty("user", env.get("PGUSER"));
    login.setProperty("password", env.get("PGPASSWORD"));
    login.setProperty("sslmode", "disable");
    // Seconds: what a frozen host may hold up.
    login.setProperty("connectTimeout", "1");
    login.setProperty("socketTimeout", "2");
    String url = "jdbc:postgresql://" + address + "/" + env.get("PGDATABASE");
    return () -> {
      try {
        return new PostgresqlClient(DriverManager.getConnection(url, login));
      } catch (SQLException refused) {
        throw trouble(refused);
      }
    };
  }

  private static Trouble trouble(SQLException from) {
    return new Trouble(READ_ONLY.equals(from.getSQLState()), from.getMessage(), from);
  }

  @Override
  public boolean isWritable() throws Trouble {
    try (ResultSet answer = question.executeQuery()) {
      return answer.next() && answer.getBoolean(1);
    } catch (SQLException gone) {
      throw trouble(gone);
    }
  }

  @Override
  public void makeTable() throws Trouble {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists probe (id bigint primary key)");
    } catch (SQLException refused) {
      throw trouble(refused);
    }
  }

  @Override
  public void insert(long id) throws Trouble {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into probe (id) values (?)")) {
      insert.setLong(1, id);
      insert.executeUpdate();
    } catch (SQLException refused) {
      throw trouble(refused);
    }
  }

  @Override
  public boolean has(long id) throws Trouble {
    return numbers(id).contains(id);
  }

  @Override
  public Set<Long> numbers(long from) throws Trouble {
    Set<Long> numbers = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select id from probe where id >= " + from)) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    } catch (SQLException gone) {
      throw trouble(gone);
    }
    return numbers;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException broken) {
      // It was broken before; nothing is held on this side.
    }
  }
}
