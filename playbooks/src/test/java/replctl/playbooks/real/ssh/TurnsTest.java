package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import replctl.inventory.Ssh;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Trouble;

class TurnsTest {
  private final Threads threads = new Threads();

  @Test
  void whoBeganFirstComesFirst() throws Exception {
    Turns turns = new Turns(1);
    Turns.Turn busy = turns.turn();
    busy.take();
    List<Turns.Turn> all = List.of(turns.turn(), turns.turn(), turns.turn());
    List<Integer> order = new CopyOnWriteArrayList<>();
    CountDownLatch over = new CountDownLatch(3);
    for (int i = 2; i >= 0; i--) {
      int number = i;
      threads.execute(
          () -> {
            try {
              all.get(number).take();
              order.add(number);
              all.get(number).give();
            } catch (InterruptedException stop) {
              Thread.currentThread().interrupt();
            }
            over.countDown();
          });
    }
    while (!all.stream().allMatch(Turns.Turn::isAwaited)) {
      Thread.onSpinWait();
    }
    busy.give();

    assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(order).containsExactly(0, 1, 2);
    assertThat(all).noneMatch(Turns.Turn::isAwaited);
  }

  @Test
  void oneThatIsOverWaitsNoMoreAndHandsOnWhatItHad() throws Exception {
    Turns turns = new Turns(1);
    Turns.Turn over = turns.turn();
    Turns.Turn waits = turns.turn();
    over.take();
    CountDownLatch went = new CountDownLatch(1);
    threads.execute(
        () -> {
          try {
            waits.take();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          went.countDown();
        });
    while (!waits.isAwaited()) {
      Thread.onSpinWait();
    }
    waits.end();
    assertThat(went.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(waits.isHeld()).isFalse();
    over.end();
    over.take();
    assertThat(over.isHeld()).isFalse();
    Turns.Turn next = turns.turn();
    next.take();
    assertThat(next.isHeld()).isTrue();
  }

  /** Longer than the host itself may be silent: that time begins with the turn. */
  @Test
  void aHostIsNotCalledSlowWhereThisMachineIs() throws Exception {
    Turns turns = new Turns(1);
    Turns.Turn busy = turns.turn();
    busy.take();
    try (Sshd sshd = Sshd.start();
        Reach reach = new Reach()) {
      Ssh ssh =
          new Ssh(
              Optional.empty(),
              Optional.of(sshd.port),
              Optional.of(sshd.identity),
              Optional.of(sshd.knownHosts),
              List.of(),
              Ssh.Transport.SSHJ,
              Duration.ofSeconds(1));
      List<Hop> way =
          new Routes(
                  List.of("ssh", "-F", "none"),
                  java.util.Map.of(),
                  "/nonexistent",
                  System.getProperty("user.name"))
              .to("127.0.0.1", ssh);
      Link link =
          new Link(
              way.get(0),
              Optional.empty(),
              Duration.ZERO,
              new Link.Gates(new Semaphore(1), turns),
              new Dialler(new KnownHosts(), Duration.ofSeconds(20), reach.threads, reach.clock),
              reach.threads,
              reach.clock);

      NoContact late =
          catchThrowableOfType(
              NoContact.class, () -> link.get(reach.clock.in(Duration.ofMillis(2500))));
      assertThat(late.trouble()).isEqualTo(Trouble.OVERDUE);
      assertThat(late.getMessage()).contains("answers, and this host has more logins to do");
      busy.end();
      assertThat(link.get(reach.clock.in(Reach.LONG)).alive()).isTrue();
      link.close();
    }
  }
}
