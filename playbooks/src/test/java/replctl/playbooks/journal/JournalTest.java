package replctl.playbooks.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replctl.inventory.ClusterName;
import replctl.playbooks.plan.Basis;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Retention;
import replctl.playbooks.real.keep.FileStore;

class JournalTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final Entry BEGUN = new Entry.Begun(AT, Entry.Way.RUN, "ann@ops1", 3);
  private static final Entry DONE =
      new Entry.Ended(AT, Entry.Ending.DONE, Optional.empty(), List.of());
  private static final Entry OWED =
      new Entry.Ended(AT, Entry.Ending.INCOMPLETE, Optional.of("pg3 is away"), List.of("pg3"));

  @TempDir Path folder;
  private Journal journal;

  @BeforeEach
  void open() {
    journal = new Journal(new FileStore(folder), new ClusterName("shop"));
  }

  private static Plan plan(String op) {
    Basis basis = new Basis(AT, new TreeMap<>());
    return new Plan(op, "init", new ClusterName("shop"), basis, List.of(), List.of());
  }

  private void operation(String op, Entry... entries) {
    journal.open(plan(op));
    for (Entry entry : entries) {
      journal.add(op, entry);
    }
  }

  private Path file(String op) {
    return folder.resolve("operations/shop/" + op + ".jsonl");
  }

  private void append(String op, String text) throws IOException {
    Files.writeString(file(op), text, StandardOpenOption.APPEND);
  }

  @Test
  void tellsWhatWasWritten() {
    operation("op-1", BEGUN, new Entry.Intent(AT, "copy-pg2", false), OWED);

    assertThat(journal.read("op-1"))
        .contains(
            new Recorded(
                plan("op-1"), List.of(BEGUN, new Entry.Intent(AT, "copy-pg2", false), OWED)));
    assertThat(journal.read("op-2")).isEqualTo(Optional.empty());
    assertThat(journal.operations()).containsExactly("op-1");
  }

  @Test
  void theLatestThatIsNotOverIsUnfinished() {
    operation("op-1", BEGUN, OWED);
    operation("op-2", BEGUN);
    operation("op-3", BEGUN, DONE);
    assertThat(journal.unfinished().map(r -> r.plan().op())).contains("op-2");

    journal.add("op-2", DONE);
    assertThat(journal.unfinished().map(r -> r.plan().op())).contains("op-1");

    journal.add("op-1", DONE);
    assertThat(journal.unfinished()).isEqualTo(Optional.empty());
  }

  @Test
  void whatIsLongOverGoesAndNothingElse() throws IOException {
    operation("op-1", BEGUN, DONE);
    operation("op-2", BEGUN, OWED);
    operation("op-3", BEGUN);
    operation("op-4", BEGUN, DONE);
    append("op-4", "{\"entry\":\"beg");
    operation("op-5", BEGUN, DONE);
    operation("op-6", BEGUN, DONE);
    operation("op-7", BEGUN, DONE);

    journal.prune(new Retention(2, "op-6"), Optional.of("op-5"));
    assertThat(journal.operations())
        .containsExactly("op-2", "op-3", "op-4", "op-5", "op-6", "op-7");
    journal.prune(new Retention(2, "op-9"), Optional.empty());
    assertThat(journal.operations()).containsExactly("op-2", "op-3", "op-4", "op-6", "op-7");
    journal.prune(new Retention(0, "op-7"), Optional.empty());
    assertThat(journal.operations()).containsExactly("op-2", "op-3", "op-4", "op-7");
  }

  @Test
  void aLineThatACrashCutOffIsNone() throws IOException {
    operation("op-1", BEGUN);
    append("op-1", "{\"entry\":\"inte");
    assertThat(journal.read("op-1").orElseThrow().entries()).containsExactly(BEGUN);

    // The next process takes the operation up behind it.
    journal.add("op-1", BEGUN);
    journal.add("op-1", DONE);
    assertThat(journal.read("op-1").orElseThrow().entries()).containsExactly(BEGUN, BEGUN, DONE);
  }

  @Test
  void whatCanNotBeUnderstoodIsNamedWithItsLineAndFile() throws IOException {
    operation("op-1", BEGUN);
    append("op-1", "{\"entry\":\"levitated\"}\n");
    assertThatThrownBy(() -> journal.unfinished())
        .isInstanceOfSatisfying(
            UnreadableJournal.class,
            e -> {
              assertThat(e).hasMessageStartingWith("the journal of op-1 of shop, line 3: ");
              assertThat(folder.resolve(e.file())).isEqualTo(file("op-1"));
            });

    operation("op-2", BEGUN);
    append("op-2", "no JSON\n{}\n");
    assertThatThrownBy(() -> journal.read("op-2")).isInstanceOf(UnreadableJournal.class);
  }

  /** A file of another cluster's, or under another name, tells of other steps. */
  @Test
  void anotherOperationsJournalIsNotTakenForThisOne() throws IOException {
    operation("op-1", BEGUN);
    Files.copy(file("op-1"), file("op-2"));
    assertThatThrownBy(() -> journal.read("op-2"))
        .isInstanceOf(UnreadableJournal.class)
        .hasMessage("the journal of op-2 of shop, line 1: it is the journal of op-1 of shop");

    Files.writeString(
        file("op-2"),
        Files.readString(file("op-1")).replace("\"shop\"", "\"blog\"").replace("op-1", "op-2"));
    assertThatThrownBy(() -> journal.unfinished())
        .hasMessage("the journal of op-2 of shop, line 1: it is the journal of op-2 of blog");
  }

  @Test
  void anotherSchemaIsNamed() throws IOException {
    operation("op-1", BEGUN);
    Files.writeString(
        file("op-1"), Files.readString(file("op-1")).replace("\"schema\":1", "\"schema\":2"));

    assertThatThrownBy(() -> journal.read("op-1"))
        .hasMessage(
            "the journal of op-1 of shop, line 1: the plan has schema 2; this replctl reads schema"
                + " 1");
  }

  /** Thousands are over: the end of a file alone says so, and no more of it is read. */
  @Test
  void whatIsOverIsNotReadToFindWhatIsNot() throws IOException {
    operation("op-1", BEGUN, OWED);
    operation("op-2", BEGUN);
    operation("op-3", BEGUN);
    append("op-3", "{\"entry\":\"levitated\"}\n");
    journal.add("op-3", DONE);
    operation("op-4", BEGUN, DONE);

    assertThat(journal.open().stream().map(r -> r.plan().op())).containsExactly("op-2", "op-1");
    assertThatThrownBy(() -> journal.read("op-3")).isInstanceOf(UnreadableJournal.class);

    // Its last line was cut off: whether it is over is not known by it.
    append("op-4", "{\"entry\":\"ended\",\"ending\":\"done\"");
    assertThat(journal.open().stream().map(r -> r.plan().op())).containsExactly("op-2", "op-1");
    journal.add("op-4", BEGUN);
    assertThat(journal.unfinished().map(r -> r.plan().op())).contains("op-4");
  }

  @Test
  void whatIsTypedAndCanBeNoNameIsNoOperation() {
    operation("op-1", BEGUN);

    assertThat(journal.read("../shop/op-1")).isEqualTo(Optional.empty());
    assertThat(journal.lines("")).isEmpty();
  }
}
