package replctl.playbooks.real.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.playbooks.world.Store;

class FileStoreTest {
  @TempDir Path folder;

  private FileStore store() {
    return new FileStore(folder.resolve("state/replctl"));
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void appendsLinesThatOnlyTheOwnerReads() throws Exception {
    FileStore store = store();
    assertThat(store.read("operations/shop/op-1")).isEmpty();
    assertThat(store.list("operations/shop")).isEmpty();
    store.append("operations/shop/op-1", "one €");
    store.append("operations/shop/op-1", "two");
    store.append("operations/shop/op-0", "x");
    assertThat(store.read("operations/shop/op-1")).isEqualTo(Optional.of("one €\ntwo\n"));
    assertThat(store.list("operations/shop")).containsExactly("op-0", "op-1");
    Path made = folder.resolve("state/replctl/operations/shop");
    assertThat(permissions(made)).isEqualTo("rwx------");
    assertThat(permissions(made.resolve("op-1"))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("state"))).isEqualTo("rwx------");
  }

  @Test
  void aWholeTextTakesThePlaceOfTheOneBefore() throws Exception {
    FileStore store = store();
    store.replace("seen/shop/status", "one €\n");
    store.replace("seen/shop/status", "two\n");
    assertThat(store.read("seen/shop/status")).contains("two\n");
    assertThat(store.list("seen/shop")).containsExactly("status");
    Path made = folder.resolve("state/replctl/seen/shop");
    assertThat(permissions(made.resolve("status"))).isEqualTo("rw-------");
    Files.delete(made.resolve("status"));
    Files.createDirectory(made.resolve("status"));
    assertThatThrownBy(() -> store.replace("seen/shop/status", "x"))
        .isInstanceOf(UnusableStore.class);
    assertThat(store.list("seen/shop")).as("no draft is left").containsExactly("status");
  }

  @Test
  void aLineThatACrashCutOffStaysALineOfItsOwn() throws Exception {
    FileStore store = store();
    store.append("j", "one");
    Path file = folder.resolve("state/replctl/j");
    Files.writeString(file, "one\ntw");
    store.append("j", "three");
    assertThat(store.read("j")).isEqualTo(Optional.of("one\ntw\nthree\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/etc/passwd",
        "a/../../x",
        "a//b",
        "",
        ".hidden",
        "a/.b",
        "a b",
        "a\nb",
        "a..b",
        "a/b/c/d/e/f"
      })
  void namesDoNotLeadOut(String name) {
    assertThatThrownBy(() -> store().append(name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().read(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().lock(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLineIsOneLine() {
    assertThatThrownBy(() -> store().append("j", "a\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    FileStore store = store();
    store.append("j", "one");
    Path other = Files.createFile(folder.resolve("other"));
    Files.createSymbolicLink(folder.resolve("state/replctl/link"), other);
    assertThatThrownBy(() -> store.append("link", "x")).isInstanceOf(UncheckedIOException.class);
    assertThat(other).isEmptyFile();
  }

  @Test
  void aLockIsHeldOnceAndSaysByWhom() {
    FileStore store = store();
    Store.Hold first = store.lock("lock", "ann@ops1, process 1");
    assertThat(first).isInstanceOf(Store.Held.class);
    assertThat(store().lock("lock", "bob")).isEqualTo(new Store.Taken("ann@ops1, process 1"));
    ((Store.Held) first).close();
    Store.Hold second = store.lock("lock", "bob");
    assertThat(second).isInstanceOf(Store.Held.class);
    assertThat(store().lock("lock", "eve")).isEqualTo(new Store.Taken("bob"));
    ((Store.Held) second).close();
  }

  /** flock and Java's locks are not the same to the kernel: another process is asked in Java. */
  @Test
  void aLockOfAnotherProcessIsSeenAndEndsWithIt() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holding.class.getName(),
                folder.resolve("state/replctl").toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");
      assertThat(store().lock("lock", "me")).isEqualTo(new Store.Taken("the other"));
    } finally {
      other.destroyForcibly();
      other.waitFor();
    }
    assertThat(store().lock("lock", "me")).isInstanceOf(Store.Held.class);
  }

  /** Holds the lock until it is ended. */
  static final class Holding {
    private Holding() {}

    public static void main(String[] args) throws Exception {
      Store.Hold hold = new FileStore(Path.of(args[0])).lock("lock", "the other");
      System.out.println(hold instanceof Store.Held ? "held" : "taken");
      System.in.read();
    }
  }

  /** What can't be looked into may hold anything. */
  @Test
  void aFolderThatCanNotBeListedIsNotTakenForNone() throws Exception {
    Files.writeString(folder.resolve("flat"), "not a folder");
    FileStore flat = new FileStore(folder.resolve("flat"));

    assertThat(new FileStore(folder.resolve("none")).list("operations/shop")).isEmpty();
    assertThatThrownBy(() -> flat.list("operations/shop"))
        .isInstanceOfSatisfying(
            UnusableStore.class,
            why -> {
              assertThat(why)
                  .hasMessageStartingWith("cannot list " + folder.resolve("flat/operations/shop"));
              assertThat(why.folder()).isEqualTo(folder.resolve("flat").toString());
            });
    assertThatThrownBy(() -> flat.lock("locks/shop", "ann")).isInstanceOf(UnusableStore.class);
    assertThatThrownBy(() -> flat.append("operations/shop/op-1", "x"))
        .isInstanceOf(UnusableStore.class);
  }

  @Test
  void theEndOfAFileIsReadAlone() {
    FileStore store = store();
    assertThat(store.tail("j", 10)).isEqualTo(Optional.empty());
    store.append("j", "one");
    store.append("j", "two");

    assertThat(store.tail("j", 6)).isEqualTo(Optional.of("e\ntwo\n"));
    assertThat(store.tail("j", 100)).isEqualTo(Optional.of("one\ntwo\n"));
  }
}
