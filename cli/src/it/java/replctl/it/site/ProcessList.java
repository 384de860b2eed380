package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Looks through the arguments and environments of all processes, those of a lab's hosts too, over
 * and over.
 */
public final class ProcessList implements AutoCloseable {
  /** Between two looks, in ns: a look takes some 10 ms, and other tests run beside it. */
  private static final long PAUSE = 10_000_000;

  private final Set<String> wanted = new ConcurrentSkipListSet<>();
  private final Set<String> found = new ConcurrentSkipListSet<>();
  private final Thread thread = new Thread(this::look);
  private volatile boolean ended;

  private ProcessList() {
    thread.setDaemon(true);
  }

  /** Looks for these from now on. */
  public static ProcessList of(String... wanted) {
    ProcessList list = new ProcessList();
    list.watch(List.of(wanted));
    list.thread.start();
    return list;
  }

  /** Looks for these too. */
  public void watch(Iterable<String> more) {
    more.forEach(wanted::add);
  }

  /** Waits until that one was seen, which is there: or the search would find nothing at all. */
  public void await(String control) {
    Site.await(
        "the search sees what is there", () -> found.stream().anyMatch(f -> f.startsWith(control)));
  }

  /** What was seen, and of which program. */
  public Set<String> found() {
    return new TreeSet<>(found);
  }

  private void look() {
    while (!ended) {
      try (Stream<Path> all = Files.list(Path.of("/proc"))) {
        all.filter(p -> p.getFileName().toString().matches("[0-9]+")).forEach(this::look);
      } catch (IOException | UncheckedIOException gone) {
        // A process that has ended meanwhile.
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private void look(Path process) {
    for (String part : List.of("cmdline", "environ")) {
      try {
        String text =
            new String(Files.readAllBytes(process.resolve(part)), StandardCharsets.ISO_8859_1);
        wanted.stream()
            .filter(text::contains)
            .map(secret -> secret + " in " + part + " of " + text.split("\0", 2)[0])
            .forEach(found::add);
      } catch (IOException goneOrAnothers) {
        // It has ended, or this user may not see it.
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
