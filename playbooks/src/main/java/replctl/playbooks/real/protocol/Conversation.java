package replctl.playbooks.real.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;

/**
 * The two directions of one running script. Two threads read, so that a script which floods one of
 * its streams can't stop the other, and no wait is longer than its deadline.
 */
final class Conversation implements AutoCloseable {
  /** Bytes of one line that counts. A configuration file or a timeline's history is one fact. */
  static final int MOST_LINE = 1 << 20;

  /** Bytes of all lines that count. */
  static final long MOST_SAID = 32L << 20;

  /** Bytes of anything else, a stream: profiles, what programs complain of. */
  static final long MOST_NOISE = 16L << 20;

  /** What is complained of at the end may be behind it by so much. */
  private static final long COMPLAINT_MILLIS = 1000;

  private static final byte[] LINE_END = {'\n'};

  private final Running running;
  private final Clock clock;
  private final byte[] nonce;
  private final Tail tail = new Tail();
  private final BlockingQueue<Said> said = new ArrayBlockingQueue<>(256);
  private final CountDownLatch complained = new CountDownLatch(1);
  private final Future<?> listening;
  private final Future<?> complaining;
  private final Threads threads;

  Conversation(Running running, String nonce, Threads threads, Clock clock) {
    this.running = running;
    this.clock = clock;
    this.threads = threads;
    this.nonce = nonce.getBytes(StandardCharsets.US_ASCII);
    this.listening = threads.submit(this::listen);
    this.complaining = threads.submit(this::hearComplaints);
  }

  /** Sends the script without waiting: a host that reads nothing must not hold up the deadline. */
  void send(byte[] text) {
    threads.execute(() -> tell(text));
  }

  /**
   * Sends a line.
   *
   * @return whether it was handed on; false: the way there is closed
   */
  boolean tell(String line) {
    return tell((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a line when there is one; what is said meanwhile is heard. */
  void tellLater(Supplier<String> line) {
    threads.execute(() -> tell(line.get()));
  }

  private boolean tell(byte[] bytes) {
    OutputStream input = running.input();
    synchronized (this) {
      try {
        input.write(bytes);
        input.flush();
        return true;
      } catch (IOException closed) {
        // The reading side sees why.
        return false;
      }
    }
  }

  /** The next thing said; empty when the deadline passes. */
  Optional<Said> next(Deadline by) throws InterruptedException {
    return Optional.ofNullable(said.poll(clock.left(by).toNanos(), TimeUnit.NANOSECONDS));
  }

  /** How it ended, once nothing more was said. */
  Ending end(Deadline by) throws InterruptedException {
    Ending ending = running.end(by);
    if (ending instanceof Ending.Exited || ending instanceof Ending.Killed) {
      // What it complained of last may still be on its way; a child may hold the stream for ever.
      complained.await(
          Math.min(clock.left(by).toMillis(), COMPLAINT_MILLIS), TimeUnit.MILLISECONDS);
    }
    return ending;
  }

  /** The last of what was printed and is no answer, in one line; may be empty. */
  String complaint() {
    return tail.words();
  }

  /** Ends the command as hard as can be done from here. */
  void kill() {
    running.kill();
  }

  @Override
  public void close() {
    running.close();
    listening.cancel(true);
    complaining.cancel(true);
  }

  private void hearComplaints() {
    byte[] buffer = new byte[4096];
    long noise = 0;
    try (InputStream errors = running.errors()) {
      for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
        tail.add(buffer, 0, count);
        noise += count;
        if (noise > MOST_NOISE) {
          over("it complained of more than 16 MiB");
          return;
        }
      }
    } catch (IOException cut) {
      // The end of the other stream says so.
    } finally {
      complained.countDown();
    }
  }

  private void listen() {
    String why = "";
    try (InputStream output = running.output()) {
      why = lines(output);
    } catch (IOException cut) {
      // How it ended is asked for afterwards.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return;
    }
    over(why);
  }

  private void over(String why) {
    try {
      said.put(new Said.Over(why));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads to the end; returns the limit that was broken, or nothing. */
  private String lines(InputStream output) throws IOException, InterruptedException {
    byte[] buffer = new byte[8192];
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    long counted = 0;
    long noise = 0;
    boolean ours = true;
    for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
      for (int i = 0; i < count; i++) {
        byte b = buffer[i];
        if (b == '\n') {
          if (ours && line.size() > nonce.length) {
            counted += line.size();
            Optional<Said> one = Line.read(rest(line));
            if (one.isPresent()) {
              said.put(one.get());
            }
          } else {
            noise += noise(line) + 1;
            tail.add(LINE_END, 0, 1);
          }
          line.reset();
          ours = true;
        } else if (!ours) {
          noise++;
          tail.add(buffer, i, 1);
        } else {
          ours = line.size() >= nonce.length || b == nonce[line.size()];
          line.write(b);
          if (!ours) {
            noise += noise(line);
            line.reset();
          }
        }
      }
      if (line.size() > MOST_LINE || counted > MOST_SAID) {
        return "it said more than is read of an answer";
      }
      if (noise > MOST_NOISE) {
        return "it printed more than 16 MiB";
      }
    }
    return "";
  }

  private String rest(ByteArrayOutputStream line) {
    byte[] bytes = line.toByteArray();
    return new String(bytes, nonce.length, bytes.length - nonce.length, StandardCharsets.UTF_8);
  }

  private long noise(ByteArrayOutputStream line) {
    byte[] bytes = line.toByteArray();
    tail.add(bytes, 0, bytes.length);
    return bytes.length;
  }
}
