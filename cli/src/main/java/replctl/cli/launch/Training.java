package replctl.cli.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import replctl.cli.Main;

/** Does what operators do, so that the classes for it go into the archive. Changes nothing. */
public final class Training {
  private Training() {}

  /**
   * Runs the commands.
   *
   * @param args the file that gets the archive's stamp
   */
  public static void main(String[] args) throws IOException {
    Path inventory = Files.createTempFile("replctl-training", ".yaml");
    try {
      Files.writeString(
          inventory,
          """
          version: 1
          clusters:
            training:
              engine: postgresql
              replication: {mode: semi-sync, acks: 1, on_lost_sync: block}
              limits: {lag_seconds: 30, lag_bytes: 100MiB}
              nodes:
                pg1: {host: 127.0.0.1, connection: local, leader: true, database: {port: 1}}
                pg2: {host: 127.0.0.1, connection: local, database: {port: 2}, region: here}
          """);
      String file = inventory.toString();
      for (List<String> command :
          List.of(
              List.of("--help"),
              List.of("-i", file, "inventory", "validate"),
              List.of("-i", file, "inventory", "show"),
              List.of("-i", file, "inventory", "show", "-o", "json"))) {
        run(command);
      }
    } finally {
      Files.deleteIfExists(inventory);
    }
    Files.writeString(Path.of(args[0]), Archive.stamp() + "\n");
  }

  private static void run(List<String> command) {
    Main.run(
        command.toArray(String[]::new),
        new ByteArrayOutputStream(),
        new ByteArrayOutputStream(),
        Map.of());
  }
}
