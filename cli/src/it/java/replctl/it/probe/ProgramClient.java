package replctl.it.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A session by a server's own client program, which is kept for as long as it lasts. */
abstract class ProgramClient implements Client {
  /** What a frozen host may hold up. */
  private static final long ANSWER_SECONDS = 2;

  /** The program is started on the host first: that took 3 s on two cores at a load of 30. */
  private static final long LOGIN_SECONDS = 10;

  /** All rows of the table. */
  private static final long ROWS_SECONDS = 60;

  /** The row after those that a statement gives. */
  private static final String END = "replctl-probe-end";

  /** The program has ended. */
  private static final String GONE = "replctl-probe-gone";

  private final Process program;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  /** Starts the program; what it can't do shows at the first question. */
  ProgramClient(List<String> command) throws Trouble {
    try {
      program =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException notStarted) {
      throw new Trouble(false, notStarted.getMessage(), notStarted);
    }
    Thread reader = new Thread(this::read, "reader");
    reader.setDaemon(true);
    reader.start();
  }

  /** Whether a line says that the server takes no writes. */
  abstract boolean saysReadOnly(String line);

  /** Whether a line says that something else went wrong. */
  abstract boolean saysError(String line);

  /** The question that only an open server answers with {@code open}. */
  abstract String question();

  /** Waits until it has logged in; where it can't, it is ended. */
  final ProgramClient loggedIn() throws Trouble {
    try {
      ask("select 1", LOGIN_SECONDS);
      return this;
    } catch (Trouble refused) {
      close();
      throw refused;
    }
  }

  private void read() {
    try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
      }
    } catch (IOException closed) {
      // It was ended from this side.
    }
    said.add(GONE);
  }

  private List<String> ask(String statement) throws Trouble {
    return ask(statement, ANSWER_SECONDS);
  }

  /** The rows that a statement gives. */
  private List<String> ask(String statement, long seconds) throws Trouble {
    try {
      String words = statement + "; select '" + END + "';\n";
      program.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
      program.getOutputStream().flush();
    } catch (IOException ended) {
      throw new Trouble(false, ended.getMessage(), ended);
    }
    List<String> rows = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    String line = next(deadline);
    while (!line.equals(END)) {
      if (saysReadOnly(line)) {
        awaitEnd(deadline);
        throw new Trouble(true, line, null);
      }
      if (saysError(line)) {
        throw new Trouble(false, line, null);
      }
      rows.add(line);
      line = next(deadline);
    }
    return rows;
  }

  /** A refusal is followed by the end of the answer: the session goes on. */
  private void awaitEnd(long deadline) throws Trouble {
    String line = next(deadline);
    while (!line.equals(END)) {
      line = next(deadline);
    }
  }

  private String next(long deadline) throws Trouble {
    try {
      String line = said.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.equals(GONE)) {
        throw new Trouble(false, line == null ? "no answer in time" : "the client ended", null);
      }
      return line;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Trouble(false, "interrupted", interrupted);
    }
  }

  @Override
  public final boolean isWritable() throws Trouble {
    return ask(question()).contains("open");
  }

  @Override
  public final void makeTable() throws Trouble {
    ask("create table if not exists probe (id bigint primary key)");
  }

  @Override
  public final void insert(long id) throws Trouble {
    ask("insert into probe values (" + id + ")");
  }

  @Override
  public final boolean has(long id) throws Trouble {
    return ask("select id from probe where id = " + id).contains(Long.toString(id));
  }

  @Override
  public final Set<Long> numbers(long from) throws Trouble {
    return ask("select id from probe where id >= " + from, ROWS_SECONDS).stream()
        .map(Long::valueOf)
        .collect(Collectors.toSet());
  }

  @Override
  public final void close() {
    program.descendants().forEach(ProcessHandle::destroyForcibly);
    program.destroyForcibly();
  }
}
