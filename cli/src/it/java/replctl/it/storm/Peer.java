package replctl.it.storm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import replctl.it.site.PeerHosts;
import replctl.it.site.Shell;

/** A tool with an agent on each node, which replaces a lost leader by itself. */
abstract class Peer implements Tool {
  /** Whatever is typed ends by then, or is said not to have. */
  private static final Duration TYPED = Duration.ofMinutes(2);

  private final PeerHosts hosts;

  Peer(PeerHosts hosts) {
    this.hosts = hosts;
  }

  /** The file of lab/peers that sets it up on a host. */
  abstract String script();

  /** The agent's processes, as pkill names them. */
  abstract String agent();

  final PeerHosts hosts() {
    return hosts;
  }

  @Override
  public Call failover(String leader, String survivor, Optional<String> seen) {
    List<String> others = hosts.nodes().stream().filter(n -> !n.equals(leader)).toList();
    return new Watch(
        "another than " + leader + " leads",
        () -> others.stream().anyMatch(this::leads),
        failoverTakes().multipliedBy(3).dividedBy(2),
        () -> killAgent(survivor));
  }

  @Override
  public List<Typed> serverDied(String leader) {
    try (Call call =
        new Watch(
            "one leads",
            () -> hosts.nodes().stream().anyMatch(this::leads),
            failoverTakes().multipliedBy(3).dividedBy(2),
            () -> false)) {
      return List.of(call.end());
    }
  }

  /** Whether a node's server is open, by its own word. */
  final boolean leads(String node) {
    try {
      return hosts.sql(node, "select pg_is_in_recovery()").equals("f");
    } catch (AssertionError silent) {
      return false;
    }
  }

  /** Kills the agent of a node, without a word to it; whether there was one. */
  final boolean killAgent(String node) {
    return Shell.end(hosts.as("root", node, "pkill", "-9", "-x", agent())).code() == 0;
  }

  @Override
  public List<Typed> finish() {
    return List.of();
  }

  /** Types it on a host, to its end. */
  final Typed type(String user, String host, String... words) {
    try (Call call = start(() -> false, user, host, words)) {
      return call.end();
    }
  }

  /**
   * Types it on a host.
   *
   * @param kill kills what carries it out
   */
  final Call start(BooleanSupplier kill, String user, String host, String... words) {
    try {
      Process process =
          new ProcessBuilder(hosts.as(user, host, words)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new Command(host + ": " + String.join(" ", words), process, said(process), kill);
    } catch (IOException notStarted) {
      throw new AssertionError(notStarted);
    }
  }

  private static CompletableFuture<String> said(Process process) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException cut) {
            return "(cut: " + cut.getMessage() + ")";
          }
        });
  }

  /** A command of the tool's. */
  private record Command(
      String words, Process process, CompletableFuture<String> said, BooleanSupplier killed)
      implements Call {
    @Override
    public Typed end() {
      try {
        if (!process.waitFor(TYPED.toMillis(), TimeUnit.MILLISECONDS)) {
          close();
          return new Typed(
              words, 124, "not ended within " + TYPED.toSeconds() + " s\n" + said.join());
        }
        return new Typed(words, process.exitValue(), said.join());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }

    @Override
    public boolean kill() {
      boolean alive = process.isAlive();
      return killed.getAsBoolean() && alive;
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Something that is to come by itself. */
  private record Watch(
      String words, BooleanSupplier comes, Duration most, BooleanSupplier killed, long began)
      implements Call {
    Watch(String words, BooleanSupplier comes, Duration most, BooleanSupplier killed) {
      this(words, comes, most, killed, System.nanoTime());
    }

    @Override
    public Typed end() {
      while (!comes.getAsBoolean()) {
        if (System.nanoTime() - began > most.toNanos()) {
          return new Typed(words, 1, "not within " + most.toSeconds() + " s\n");
        }
        LockSupport.parkNanos(200_000_000);
      }
      return new Typed(words, 0, "after " + (System.nanoTime() - began) / 1_000_000 + " ms\n");
    }

    @Override
    public boolean kill() {
      boolean going = !comes.getAsBoolean();
      return killed.getAsBoolean() && going;
    }

    @Override
    public void close() {}
  }
}
