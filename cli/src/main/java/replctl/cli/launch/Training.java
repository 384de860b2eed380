package replctl.cli.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import replctl.cli.Main;
import replctl.playbooks.real.ssh.Rehearsal;

/** Does what operators do, so that the classes for it go into the archive. Changes nothing. */
public final class Training {
  private static final List<String> COMMANDS =
      List.of(
          "--help",
          "inventory validate",
          "inventory show",
          "inventory show -o json",
          "status",
          "status -o json",
          "topology",
          "lag",
          "candidates",
          "init --dry-run",
          "switchover --yes",
          "op list");

  private Training() {}

  /**
   * Runs the commands.
   *
   * @param args the file that gets the archive's stamp
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("replctl-training");
    rehearseSsh();
    Path inventory = folder.resolve("replctl.yaml");
    try {
      Files.writeString(inventory, inventory(folder));
      for (String command : COMMANDS) {
        Main.run(
            command.split(" "),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Map.of("REPLCTL_INVENTORY", inventory.toString(), "XDG_STATE_HOME", folder.toString()));
      }
    } finally {
      delete(folder);
    }
    Files.writeString(Path.of(args[0]), Archive.stamp() + "\n");
  }

  /** No host is reached while an archive is made. */
  private static void rehearseSsh() throws IOException {
    try {
      Rehearsal.run();
    } catch (GeneralSecurityException unusual) {
      // A Java that lacks a method: the archive lacks it too.
    }
  }

  /** Nodes of this very user, so that no privilege is asked for, and without a server. */
  private static String inventory(Path folder) {
    String node =
        "{host: 127.0.0.1, connection: local, database: {port: %d, os_user: %s}, data_directory: %s}";
    String user = System.getProperty("user.name");
    String one = String.format(Locale.ROOT, node, 26001, user, folder.resolve("1"));
    String two = String.format(Locale.ROOT, node, 26002, user, folder.resolve("2"));
    return """
        version: 1
        clusters:
          training:
            engine: postgresql
            replication: {mode: semi-sync, acks: 1, on_lost_sync: block}
            limits: {lag_seconds: 30, lag_bytes: 100MiB}
            nodes:
              n1: %s
              n2: %s
        """
        .formatted(one, two);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
