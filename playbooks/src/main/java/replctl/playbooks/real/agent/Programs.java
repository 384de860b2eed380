package replctl.playbooks.real.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the programs that replctl runs on the operator's host, and only such as nobody but root, or
 * the operator where it is a program of his own, could have put there.
 *
 * @param folders where stock fence agents lie
 * @param owners whom these may belong to
 * @param path the operator's PATH
 */
record Programs(List<Path> folders, Set<String> owners, String path) {
  private static final List<Path> USUAL = List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"));
  private static final String ROOT = "root";

  Programs {
    folders = List.copyOf(folders);
    owners = Set.copyOf(owners);
  }

  static Programs of(Map<String, String> environment) {
    return new Programs(USUAL, Set.of(ROOT), environment.getOrDefault("PATH", ""));
  }

  /** A stock fence agent, by its name. */
  Path agent(String name) throws UnusableDevice {
    if (!name.matches("fence_[a-z0-9_]{1,58}")) {
      throw new UnusableDevice("not a fence agent's name: " + name);
    }
    for (Path folder : folders) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        return checked(file, owners);
      }
    }
    throw new UnusableDevice(
        "there is no "
            + name
            + " on this host; on Debian it comes with fence-agents, on RHEL with "
            + name.replace('_', '-').replace("fence-", "fence-agents-"));
  }

  /** A program of the operator's own: an absolute path, or a name to be looked up in PATH. */
  Path own(String name) throws UnusableDevice {
    Set<String> mayBe = Set.of(System.getProperty("user.name"));
    if (name.startsWith("/")) {
      return checked(Path.of(name), mayBe);
    }
    for (String part : path.split(":")) {
      // A relative folder of PATH is wherever somebody stands.
      if (part.startsWith("/") && Files.isExecutable(Path.of(part, name))) {
        return checked(Path.of(part, name), mayBe);
      }
    }
    throw new UnusableDevice("there is no program " + name);
  }

  /** The real file, and each folder above it, is nobody else's to change. */
  private static Path checked(Path file, Set<String> mayBe) throws UnusableDevice {
    try {
      Path real = file.toRealPath();
      if (!Files.isRegularFile(real) || !Files.isExecutable(real)) {
        throw new UnusableDevice(file + " is no program that can be run");
      }
      for (Optional<Path> at = Optional.of(real);
          at.isPresent();
          at = Optional.ofNullable(at.get().getParent())) {
        PosixFileAttributes of = Files.readAttributes(at.get(), PosixFileAttributes.class);
        boolean open =
            of.permissions().contains(PosixFilePermission.OTHERS_WRITE) && !sticky(at.get());
        if (at.get().equals(real)) {
          open |=
              of.permissions().contains(PosixFilePermission.GROUP_WRITE)
                  && !of.group().getName().equals(ROOT);
        }
        String owner = of.owner().getName();
        if (open || !(mayBe.contains(owner) || owner.equals(ROOT))) {
          throw new UnusableDevice(
              file
                  + " is not run: "
                  + at.get()
                  + (open ? " may be changed by others" : " belongs to " + owner));
        }
      }
      return real;
    } catch (IOException unreadable) {
      throw new UnusableDevice(
          file + " can't be looked at: " + unreadable.getMessage(), unreadable);
    }
  }

  /** In such a folder nobody takes away or replaces what is another's: /tmp. */
  private static boolean sticky(Path folder) throws IOException {
    return Files.isDirectory(folder)
        && ((Integer) Files.getAttribute(folder, "unix:mode") & 01000) != 0;
  }
}
