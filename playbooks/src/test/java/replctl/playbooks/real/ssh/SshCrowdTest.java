package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import replctl.inventory.Ssh;
import replctl.playbooks.real.ThreadFanout;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.world.Trouble;

/** Many hosts at the same time, most of them dead in one way or another. */
class SshCrowdTest {
  private static final Path NONE = Path.of("/nonexistent");
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** In so long a slow machine logs in to a few. */
  private static final Duration PATIENT = Duration.ofSeconds(12);

  private static final int LIVE = 8;

  /** More than logins have turns, and than sshd takes at once. */
  private static final int EACH = 40;

  private final List<AutoCloseable> open = new ArrayList<>();

  @Test
  void theDeadAreDialledOnceSideBySideAndHoldUpNobody() throws Exception {
    try (Sshd sshd = Sshd.start();
        Reach reach = Reach.withoutClient()) {
      List<SilentHost> silent = new ArrayList<>();
      List<SilentHost> hanging = new ArrayList<>();
      Map<String, Shell> shells = new LinkedHashMap<>();
      for (int i = 0; i < EACH; i++) {
        silent.add(kept(new SilentHost("", reach.threads)));
        hanging.add(kept(new SilentHost("SSH-2.0-Frozen\r\n", reach.threads)));
        shells.put("silent " + i, reach.to(Reach.at(silent.get(i).port(), NONE, PATIENT)));
        shells.put("hanging " + i, reach.to(Reach.at(hanging.get(i).port(), NONE, PATIENT)));
        shells.put("gone " + i, reach.to(Reach.at(unanswering(), NONE, PATIENT)));
      }
      for (int i = 0; i < LIVE; i++) {
        shells.put("live " + i, reach.to(live(sshd)));
      }

      long from = System.nanoTime();
      List<String> order = new CopyOnWriteArrayList<>();
      Map<String, Trouble> troubles = look(reach, shells, order);
      Duration took = Duration.ofNanos(System.nanoTime() - from);

      assertThat(order.subList(0, LIVE)).allMatch(name -> name.startsWith("live "));
      for (int i = 0; i < EACH; i++) {
        assertThat(troubles)
            .containsEntry("silent " + i, Trouble.SILENT)
            .containsEntry("hanging " + i, Trouble.SILENT)
            .containsEntry("gone " + i, Trouble.UNREACHABLE);
      }
      assertThat(Stream.concat(silent.stream(), hanging.stream()))
          .allMatch(host -> host.dialled().size() == 1);
      // Nobody waited for somebody else to give up: all were dialled before the first did.
      TreeSet<Long> dials = new TreeSet<>();
      Stream.concat(silent.stream(), hanging.stream())
          .forEach(host -> dials.addAll(host.dialled()));
      assertThat(Duration.ofNanos(dials.last() - dials.first())).isLessThan(PATIENT);
      // A second dial, or a second wave, would take as long once more.
      assertThat(took).isLessThan(PATIENT.multipliedBy(2));
    } finally {
      for (AutoCloseable one : open) {
        one.close();
      }
    }
  }

  /** A connection's time-out passes for all of the silent at the same time, and for each once. */
  @Test
  void aLookAtTheSilentEndsWithTheirTime() throws Exception {
    try (Reach reach = Reach.withoutClient()) {
      List<SilentHost> silent = new ArrayList<>();
      Map<String, Shell> shells = new LinkedHashMap<>();
      for (int i = 0; i < 200; i++) {
        silent.add(kept(new SilentHost("", reach.threads)));
        shells.put("silent " + i, reach.to(Reach.at(silent.get(i).port(), NONE, CONNECT)));
      }

      Map<String, Trouble> troubles = look(reach, shells, new CopyOnWriteArrayList<>());
      long end = System.nanoTime();

      assertThat(troubles).hasSize(200).containsValue(Trouble.SILENT);
      assertThat(silent).allMatch(host -> host.dialled().size() == 1);
      LongSummaryStatistics dials =
          silent.stream().mapToLong(host -> host.dialled().get(0)).summaryStatistics();
      assertThat(Duration.ofNanos(dials.getMax() - dials.getMin())).isLessThan(CONNECT);
      assertThat(Duration.ofNanos(end - dials.getMax())).isLessThan(CONNECT.multipliedBy(2));
    } finally {
      for (AutoCloseable one : open) {
        one.close();
      }
    }
  }

  private SilentHost kept(SilentHost host) {
    open.add(host);
    return host;
  }

  /** A port whose queue is full: what asks for a connection gets no answer at all. */
  private int unanswering() throws IOException {
    ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    open.add(listener);
    for (int i = 0; i < 2; i++) {
      Socket socket = new Socket();
      open.add(socket);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
    }
    return listener.getLocalPort();
  }

  private static Ssh live(Sshd sshd) {
    return new Ssh(
        Optional.empty(),
        Optional.of(sshd.port),
        Optional.of(sshd.identity),
        Optional.of(sshd.knownHosts),
        List.of(),
        Ssh.Transport.SSHJ,
        Duration.ofSeconds(30));
  }

  /**
   * As a look does it: warmed up, then asked, all at once.
   *
   * @param order who was over, one after the other
   * @return why the others could not be reached
   */
  private static Map<String, Trouble> look(
      Reach reach, Map<String, Shell> shells, List<String> order) {
    shells
        .values()
        .forEach(shell -> reach.threads.execute(() -> shell.warm(reach.clock.in(Reach.LONG))));
    Map<String, Optional<Trouble>> found =
        new ThreadFanout(reach.threads, reach.clock)
            .until(
                there -> false,
                shells.keySet(),
                name -> {
                  Trouble trouble = trouble(reach, shells.get(name));
                  order.add(name);
                  return trouble;
                },
                reach.clock.in(Reach.LONG.multipliedBy(2)));
    Map<String, Trouble> troubles = new LinkedHashMap<>();
    found.forEach((name, trouble) -> troubles.put(name, trouble.orElse(Trouble.OVERDUE)));
    return troubles;
  }

  private static Trouble trouble(Reach reach, Shell shell) {
    try {
      return reach.run(shell, "echo", "here").equals("here") ? Trouble.NONE : Trouble.NO_ANSWER;
    } catch (NoContact why) {
      return why.trouble();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
