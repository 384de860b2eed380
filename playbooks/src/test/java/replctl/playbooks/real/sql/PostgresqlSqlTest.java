package replctl.playbooks.real.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.NodeName;
import replctl.inventory.secret.Secret;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Trouble;

class PostgresqlSqlTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Clock CLOCK = new SystemClock();
  private static OneServer server;
  private final Threads threads = new Threads();
  private final List<PostgresqlSql> open = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    server = new OneServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @AfterEach
  void close() {
    open.forEach(PostgresqlSql::close);
  }

  private PostgresqlSql over(
      Optional<Shell> tunnel, String host, int at, String user, String password) {
    PostgresqlSql made =
        new PostgresqlSql(
            name ->
                new Target(
                    name.value(),
                    tunnel,
                    host,
                    at,
                    user,
                    () -> new Secret(password),
                    server.authority()),
            threads,
            CLOCK);
    open.add(made);
    return made;
  }

  private PostgresqlSql way(boolean tunnel) {
    return over(
        tunnel ? Optional.of(new LocalShell(CLOCK, LocalShell.self())) : Optional.empty(),
        "localhost",
        server.port,
        "reader",
        OneServer.PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsRowsAsFacts(boolean tunnel) {
    Answer answer =
        way(tunnel)
            .read(
                PG1,
                "select 'key.' || n, 'text ' || n from generate_series(1, 3) n"
                    + " union all values ('nothing', null), ('Not a key', 'x'), (null, 'y')",
                CLOCK.in(LONG));
    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(answer.facts().byName())
        .isEqualTo(Map.of("key.1", "text 1", "key.2", "text 2", "key.3", "text 3"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsItsConnectionAndItsNameAndItsTls(boolean tunnel) {
    PostgresqlSql sql = way(tunnel);
    String query =
        "select f.* from pg_stat_activity a join pg_stat_ssl s using (pid) cross join lateral"
            + " (values ('pid', a.pid::text), ('name', a.application_name), ('ssl', s.ssl::text)) f"
            + " where a.pid = pg_backend_pid()";
    Map<String, String> first = sql.read(PG1, query, CLOCK.in(LONG)).facts().byName();
    assertThat(first).containsEntry("name", "replctl");
    assertThat(first).containsEntry("ssl", tunnel ? "false" : "true");
    for (int again = 0; again < 3; again++) {
      assertThat(sql.read(PG1, query, CLOCK.in(LONG)).facts().byName()).isEqualTo(first);
    }
  }

  @Test
  void noRowIsDoneWithoutFacts() {
    assertThat(way(true).read(PG1, "select 'one', 1 where false", CLOCK.in(LONG)))
        .isEqualTo(new Answer.Done(replctl.playbooks.world.Facts.NONE));
  }

  @Test
  void nothingCanBeWritten() {
    Answer answer = way(true).read(PG1, "create table t (i int)", CLOCK.in(LONG));
    assertThat(answer).isInstanceOf(Answer.Unknown.class);
    assertThat(answer.words())
        .isEqualTo("pg1: cannot execute CREATE TABLE in a read-only transaction (SQLSTATE 25006)");
  }

  @ParameterizedTest
  @CsvSource({
    "select pg_read_file('/etc/passwd'), NOT_PERMITTED, 42501",
    "select 1/0, SAID_NO, 22012",
    "selec 1, SAID_NO, 42601",
  })
  void tellsFailuresApartBySqlState(String query, Trouble trouble, String state) {
    PostgresqlSql sql = way(true);
    Answer answer = sql.read(PG1, query, CLOCK.in(LONG));
    assertThat(answer.kind()).isEqualTo(trouble);
    assertThat(answer.words()).endsWith("(SQLSTATE " + state + ")");
    assertThat(sql.read(PG1, "select 'one', 1", CLOCK.in(LONG)).isDone()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, LOGIN", "28000, LOGIN", "08004, LOGIN", "42501, NOT_PERMITTED", "53300, BUSY",
    "57014, OVERDUE", "57P01, CUT", "57P03, SAID_NO", "08006, HOST_KEY", "08001, SILENT",
    "08003, CUT", "22012, SAID_NO", "'', SAID_NO",
  })
  void knowsTheStates(String state, Trouble trouble) {
    assertThat(SqlFailure.trouble(new SQLException("words", state))).isEqualTo(trouble);
  }

  @Test
  void aWrongPasswordIsALogin() {
    Answer answer =
        over(Optional.empty(), "localhost", server.port, "reader", "wrong")
            .read(PG1, "select 'one', 1", CLOCK.in(LONG));
    assertThat(answer.kind()).isEqualTo(Trouble.LOGIN);
    assertThat(answer.words()).doesNotContain("wrong").endsWith("(SQLSTATE 28P01)");
  }

  @Test
  void aClosedPortIsRefused() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    for (boolean tunnel : new boolean[] {true, false}) {
      Answer answer =
          over(
                  tunnel ? Optional.of(new LocalShell(CLOCK, LocalShell.self())) : Optional.empty(),
                  "localhost",
                  closed,
                  "reader",
                  "x")
              .read(PG1, "select 'one', 1", CLOCK.in(LONG));
      assertThat(answer.kind()).isEqualTo(Trouble.REFUSED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSilentPortIsSilent(boolean tunnel) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      long from = System.nanoTime();
      Answer answer =
          over(
                  tunnel ? Optional.of(new LocalShell(CLOCK, LocalShell.self())) : Optional.empty(),
                  "localhost",
                  silent.getLocalPort(),
                  "reader",
                  "x")
              .read(PG1, "select 'one', 1", CLOCK.in(LONG));
      assertThat(answer.kind()).isEqualTo(Trouble.SILENT);
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void aCertificateOfAnotherNameIsRefused() {
    Answer answer =
        over(Optional.empty(), "127.0.0.1", server.port, "reader", OneServer.PASSWORD)
            .read(PG1, "select 'one', 1", CLOCK.in(LONG));
    assertThat(answer.kind()).isEqualTo(Trouble.HOST_KEY);
    assertThat(answer.words()).contains("127.0.0.1");
  }

  @Test
  void withoutTheAuthoritysCertificateNobodyIsAsked() {
    Path missing = server.folder.resolve("no-such.crt");
    PostgresqlSql sql =
        new PostgresqlSql(
            name ->
                new Target(
                    "pg1",
                    Optional.empty(),
                    "localhost",
                    server.port,
                    "reader",
                    () -> new Secret("x"),
                    missing),
            threads,
            CLOCK);
    open.add(sql);
    Answer answer = sql.read(PG1, "select 'one', 1", CLOCK.in(LONG));
    assertThat(answer.kind()).isEqualTo(Trouble.HOST_KEY);
    assertThat(answer.words()).startsWith("pg1: no certificate").contains(missing.toString());
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
    Path other = Scratch.file("crt");
    Files.delete(other);
    Process process =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=other",
                "-keyout",
                other + ".key",
                "-out",
                other.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    PostgresqlSql sql =
        new PostgresqlSql(
            name ->
                new Target(
                    "pg1",
                    Optional.empty(),
                    "localhost",
                    server.port,
                    "reader",
                    () -> new Secret("x"),
                    other),
            threads,
            CLOCK);
    open.add(sql);
    assertThat(sql.read(PG1, "select 'one', 1", CLOCK.in(LONG)).kind()).isEqualTo(Trouble.HOST_KEY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHangingServerIsOverdueAndTheNextReadWorks(boolean tunnel) {
    PostgresqlSql sql = way(tunnel);
    assertThat(sql.read(PG1, "select 'one', 1", CLOCK.in(LONG)).isDone()).isTrue();
    long from = System.nanoTime();
    Answer answer = sql.read(PG1, "select 'x', pg_sleep(9)", CLOCK.in(Duration.ofMillis(500)));
    assertThat(answer.kind()).isEqualTo(Trouble.OVERDUE);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(3));
    assertThat(sql.read(PG1, "select 'one', 1", CLOCK.in(LONG)).isDone()).isTrue();
  }

  @Test
  void aConnectionThatIsCutInItsMiddleIsSaidAndTheNextReadWorks() throws Exception {
    PostgresqlSql sql = way(true);
    CompletableFuture<Answer> cut =
        CompletableFuture.supplyAsync(
            () -> sql.read(PG1, "select 'x', pg_sleep(9)", CLOCK.in(LONG)));
    server.sql(
        "do $$ begin loop"
            + " exit when exists (select from pg_stat_activity"
            + " where usename = 'reader' and query like '%pg_sleep(9)%' and state = 'active');"
            + " perform pg_sleep(0.01); perform pg_stat_clear_snapshot();"
            + " end loop;"
            + " perform pg_terminate_backend(pid) from pg_stat_activity"
            + " where usename = 'reader' and query like '%pg_sleep(9)%'; end $$");
    assertThat(cut.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Trouble.CUT);
    assertThat(sql.read(PG1, "select 'one', 1", CLOCK.in(LONG)).isDone()).isTrue();
  }

  /** The pool tries what was not used just now; what was, is found out by the question. */
  @Test
  void aConnectionThatWasCutBetweenReadsIsReplaced() throws Exception {
    PostgresqlSql sql = way(true);
    assertThat(sql.read(PG1, "select 'one', 1", CLOCK.in(LONG)).isDone()).isTrue();
    server.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'");
    assertThat(sql.read(PG1, "select 'one', 1", CLOCK.in(LONG)).kind())
        .isIn(Trouble.NONE, Trouble.CUT);
    assertThat(sql.read(PG1, "select 'one', 1", CLOCK.in(LONG)).isDone()).isTrue();
  }

  @Test
  void aHugeRowIsNotKept() {
    Answer answer = way(true).read(PG1, "select 'x', repeat('x', 200000000)", CLOCK.in(LONG));
    assertThat(answer).isInstanceOf(Answer.Unknown.class);
    assertThat(answer.facts().byName()).isEmpty();
  }

  @Test
  void noticesAreNotHeard() {
    Answer answer =
        way(true)
            .read(PG1, "select 'level', current_setting('client_min_messages')", CLOCK.in(LONG));
    assertThat(answer.facts().byName()).containsEntry("level", "error");
  }

  /** The server plans no more of it than is read. */
  @Test
  void anEndlessResultIsReadToItsLimit() {
    Answer answer =
        way(true)
            .read(
                PG1,
                "select 'key.' || generate_series(1, 1000000000000), repeat('x', 100)",
                CLOCK.in(LONG));
    assertThat(answer.facts().byName().size()).isLessThanOrEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNamedLikeTheServersOwnIsNotAsked(boolean tunnel) throws Exception {
    server.sql(
        "create function public.pg_is_in_recovery() returns bool language sql as 'select true'");
    server.sql("create view public.pg_stat_wal_receiver as select 'evil' as status");
    server.sql("grant all on all tables in schema public to public");
    server.sql("alter role reader set search_path = public, pg_catalog");
    try {
      Answer answer =
          way(tunnel)
              .read(
                  PG1,
                  "select 'recovery', pg_is_in_recovery()::text"
                      + " union all select 'receivers', count(*)::text from pg_stat_wal_receiver",
                  CLOCK.in(LONG));
      assertThat(answer.facts().byName()).isEqualTo(Map.of("recovery", "false", "receivers", "0"));
    } finally {
      server.sql("alter role reader reset search_path");
      server.sql("drop view public.pg_stat_wal_receiver");
      server.sql("drop function public.pg_is_in_recovery()");
    }
  }

  static Stream<String> passwords() {
    return Stream.of(
        "a'b\"c\\d", "@:/%?#&=;", "$HOME `id` $$", " x ", "user=x password=y", "x".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("passwords")
  void aPasswordIsTakenAsItIs(String password) throws Exception {
    server.sql("alter role other password '" + password.replace("'", "''") + "'");
    for (boolean tunnel : new boolean[] {true, false}) {
      Answer answer =
          over(
                  tunnel ? Optional.of(new LocalShell(CLOCK, LocalShell.self())) : Optional.empty(),
                  "localhost",
                  server.port,
                  "other",
                  password)
              .read(PG1, "select 'one', 1", CLOCK.in(LONG));
      assertThat(answer.facts().byName()).as(answer.words()).isEqualTo(Map.of("one", "1"));
    }
  }

  /** A server, or whoever is in between, that takes TLS away: the password is not sent. */
  @Test
  void whereTlsIsTakenAwayNobodyLogsIn() throws Exception {
    CompletableFuture<String> sent = new CompletableFuture<>();
    Answer answer =
        told(
            client -> {
              InputStream in = client.getInputStream();
              in.readNBytes(8);
              client.getOutputStream().write('N');
              sent.complete(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            },
            false,
            LONG);

    assertThat(answer.isDone()).isFalse();
    assertThat(answer.words()).contains("SSL");
    assertThat(sent.get(10, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void aCertificateThatHasEndedIsRefused() throws Exception {
    server.certificate("20200101000000Z", "20200102000000Z");
    try {
      Answer answer = after(answered -> answered.kind() == Trouble.HOST_KEY);
      assertThat(answer.kind()).isEqualTo(Trouble.HOST_KEY);
      assertThat(answer.words()).contains("2020");
    } finally {
      server.certificate("20200101000000Z", "20991231000000Z");
    }
    Answer renewed = after(Answer::isDone);
    assertThat(renewed.isDone()).isTrue();
  }

  /** A server takes a new certificate up soon after it was told to: new connections see it then. */
  private Answer after(Predicate<Answer> wanted) {
    long end = System.nanoTime() + LONG.toNanos();
    Answer answer;
    do {
      // The server has few connections to give.
      try (PostgresqlSql way = way(false)) {
        answer = way.read(PG1, "select 'one', 1", CLOCK.in(LONG));
      }
    } while (!wanted.test(answer) && System.nanoTime() < end);
    return answer;
  }

  /** Bytes that come one by one, of a message without an end. */
  @Test
  void aServerThatDripsIsGivenUpAtTheDeadline() throws Exception {
    long from = System.nanoTime();
    Answer answer =
        told(
            client -> {
              client.getOutputStream().write(new byte[] {'N', 0x3f, 0, 0, 0});
              while (true) {
                client.getOutputStream().write('x');
                LockSupport.parkNanos(20_000_000);
              }
            },
            true,
            Duration.ofMillis(1500));

    assertThat(answer).isInstanceOf(Answer.Unknown.class);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void aServerThatFloodsWithNoticesIsGivenUpAtTheDeadline() throws Exception {
    byte[] words = "SWARNING\0VWARNING\0C01000\0Mflood\0\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer notice = ByteBuffer.allocate(5 + words.length);
    notice.put((byte) 'N').putInt(4 + words.length).put(words);
    long from = System.nanoTime();
    Answer answer =
        told(
            client -> {
              while (true) {
                client.getOutputStream().write(notice.array());
              }
            },
            true,
            Duration.ofMillis(1500));

    assertThat(answer).isInstanceOf(Answer.Unknown.class);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(6));
  }

  /** What a server does with the first client that comes. */
  private interface Talk {
    void with(Socket client) throws IOException;
  }

  /** The answer that a server like that gives. */
  private Answer told(Talk talk, boolean tunnel, Duration limit) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try (Socket client = listening.accept()) {
                  talk.with(client);
                } catch (IOException left) {
                  // The client has what it wanted, or does not want it any more.
                }
              });
      server.setDaemon(true);
      server.start();
      Answer answer =
          over(
                  tunnel ? Optional.of(new LocalShell(CLOCK, LocalShell.self())) : Optional.empty(),
                  "localhost",
                  listening.getLocalPort(),
                  "reader",
                  "canary-5ecret")
              .read(PG1, "select 'one', 1", CLOCK.in(limit));
      open.forEach(PostgresqlSql::close);
      server.join(10_000);
      assertThat(server.isAlive()).isFalse();
      return answer;
    }
  }
}
