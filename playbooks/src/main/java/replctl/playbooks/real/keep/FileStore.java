package replctl.playbooks.real.keep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import replctl.playbooks.world.Store;

/**
 * The operator's own files, in one folder, mode 0600. What fails here is an {@link UnusableStore}
 * with the file's name: an operation without its journal must not go on.
 */
public final class FileStore implements Store {
  /** A name's parts: nothing that leads out of the folder. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,4}");

  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_OWNER = 500;

  private final Path folder;

  /**
   * @param folder is made when something is first written
   */
  public FileStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<String> read(String name) {
    Path file = file(name);
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it is over 64 MiB");
      }
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw failed("read", file, unreadable);
    }
  }

  @Override
  public Optional<String> tail(String name, int most) {
    Path file = file(name);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, size));
      for (long at = size - bytes.capacity(); bytes.hasRemaining(); ) {
        int count = channel.read(bytes, at);
        if (count < 0) {
          break;
        }
        at += count;
      }
      return Optional.of(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw failed("read", file, unreadable);
    }
  }

  @Override
  public void append(String name, String line) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line holds a line end");
    }
    Path file = file(name);
    try {
      Folders.make(file.getParent());
      boolean first = !Files.exists(file);
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              Folders.OWN_FILE)) {
        long end = channel.size();
        String text = (torn(channel, end) ? "\n" : "") + line + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          end += channel.write(bytes, end);
        }
        channel.force(true);
      }
      if (first) {
        Folders.sync(file.getParent());
      }
    } catch (IOException unable) {
      throw failed("write", file, unable);
    }
  }

  @Override
  public void replace(String name, String text) {
    Path file = file(name);
    try {
      Folders.make(file.getParent());
      WholeFile.write(file, text, Folders.OWN_FILE);
    } catch (IOException unable) {
      throw failed("write", file, unable);
    }
  }

  /** Whether the last line was cut short by a crash: the next must not become part of it. */
  private static boolean torn(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
  }

  @Override
  public void remove(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException stays) {
      // It is in nobody's way.
    }
  }

  @Override
  public List<String> list(String name) {
    Path wanted = file(name);
    // A folder that this user may not look into is not one that is not there.
    try (Stream<Path> files = Files.list(wanted)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException absent) {
      return List.of();
    } catch (IOException unreadable) {
      throw failed("list", wanted, unreadable);
    }
  }

  @Override
  public Hold lock(String name, String owner) {
    Path file = file(name);
    try {
      Folders.make(file.getParent());
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              Folders.OWN_FILE);
      try {
        Optional<FileLock> lock = tryLock(channel);
        if (lock.isEmpty()) {
          String holder = holder(channel);
          channel.close();
          return new Taken(holder);
        }
        channel.truncate(0);
        channel.write(
            ByteBuffer.wrap((owner.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        return new FileHeld(channel);
      } catch (IOException | RuntimeException unable) {
        channel.close();
        throw unable;
      }
    } catch (IOException unable) {
      throw failed("lock", file, unable);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException heldHere) {
      return Optional.empty();
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MOST_OWNER);
    int count = channel.read(bytes, 0);
    return count <= 0
        ? "not known"
        : new String(bytes.array(), 0, count, StandardCharsets.UTF_8).strip();
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw new IllegalArgumentException("not a file's name: " + name);
    }
    return folder.resolve(name);
  }

  private UnusableStore failed(String verb, Path file, IOException why) {
    return new UnusableStore(verb, file, why, folder);
  }

  /** Ends with its channel, and with the process at the latest. The file stays: it is nobody's. */
  private record FileHeld(FileChannel channel) implements Held {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException ended) {
        // The lock ends with the process.
      }
    }
  }
}
