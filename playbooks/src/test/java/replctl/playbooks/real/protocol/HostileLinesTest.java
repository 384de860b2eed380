package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;

/** Whatever comes where a script's answer is expected: read or not, and nothing is made of it. */
class HostileLinesTest {
  private static final String NONCE = "replctl-5f2c";
  private static final Clock CLOCK = new SystemClock();
  private static final Threads THREADS = new Threads();

  @Property
  void anyLineIsReadOrNot(@ForAll String line) {
    Optional<Said> said = Line.read(line);

    assertThat(said.filter(HostileLinesTest::isDone)).isEmpty();
  }

  @Property
  void onlyThatOneWordIsDone(@ForAll("lines") String line) {
    boolean done = line.matches("(?s)(\\.[0-9]{1,10})? answer done( .*)?");

    assertThat(Line.read(line).filter(HostileLinesTest::isDone).isPresent()).isEqualTo(done);
  }

  private static boolean isDone(Said said) {
    return said instanceof Said.Answered answered && answered.answer().isDone();
  }

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> serials = Arbitraries.of("", ".1", ".0", ".-1", "1", ".99999999999", ". ");
    Arbitrary<String> words =
        Arbitraries.of(
            "answer",
            "begin",
            "fact",
            "progress",
            "root",
            "ready",
            "left",
            "ANSWER",
            "answer\u0000");
    Arbitrary<String> kinds =
        Arbitraries.of(
            "done", "not-done", "unknown", "Done", "done\u001b[2J", "", "-1", "99e9", "done ");
    Arbitrary<String> rests = Arbitraries.strings().ofMaxLength(60);
    return Combinators.combine(serials, words, kinds, rests)
        .as((serial, word, kind, rest) -> serial + " " + word + " " + kind + " " + rest);
  }

  /** Bytes without the word that only this script knows are nobody's answer. */
  @Property(tries = 200)
  void bytesWithoutTheWordAreNoAnswer(@ForAll byte[] bytes) throws InterruptedException {
    assertThat(heard(bytes)).containsExactly(new Said.Over(""));
  }

  @Property(tries = 200)
  void whatLiesAroundAnAnswerIsPassedOver(@ForAll("noise") String before, @ForAll byte[] after)
      throws InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes((before + "\n" + NONCE + " fact a b\n").getBytes(StandardCharsets.UTF_8));
    all.writeBytes(after);

    assertThat(heard(all.toByteArray()))
        .startsWith(new Said.Found(0, "a", "b"))
        .endsWith(new Said.Over(""));
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(50),
        Arbitraries.of(
            "NONCE answer done",
            "replctl answer done",
            NONCE.substring(1) + " answer done",
            NONCE.substring(0, NONCE.length() - 1) + " answer done",
            " " + NONCE + " answer done",
            NONCE,
            NONCE + "answer done",
            "\u001b]0;" + NONCE + " answer done"));
  }

  private static List<Said> heard(byte[] bytes) throws InterruptedException {
    Deadline by = CLOCK.in(Duration.ofSeconds(20));
    List<Said> all = new ArrayList<>();
    try (Conversation conversation =
        new Conversation(new Printed(new ByteArrayInputStream(bytes)), NONCE, THREADS, CLOCK)) {
      do {
        all.add(conversation.next(by).orElseThrow());
      } while (!(all.get(all.size() - 1) instanceof Said.Over));
      assertThat(conversation.complaint()).matches("[^\\p{Cntrl}]*");
    }
    return all;
  }

  /** A command that has printed this, and nothing else. */
  private record Printed(InputStream output) implements Running {
    @Override
    public OutputStream input() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream errors() {
      return InputStream.nullInputStream();
    }

    @Override
    public Ending end(Deadline by) {
      return new Ending.Exited(0);
    }

    @Override
    public void kill() {}

    @Override
    public void close() {}
  }
}
