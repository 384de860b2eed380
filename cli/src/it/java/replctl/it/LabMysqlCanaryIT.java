package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.Generated;
import replctl.it.site.MysqlHosts;
import replctl.it.site.ProcessList;

/**
 * The passwords and keys that init has made for MySQL are nowhere but where they are kept: in no
 * output, journal, plan, state, log or binary log, and in the process list of no host.
 */
@Tag("lab")
@Tag("long")
class LabMysqlCanaryIT {
  private static final String CONTROL = "canary-control-3d91be";

  private final MysqlHosts hosts = MysqlHosts.open();
  private final StringBuilder printed = new StringBuilder();

  @AfterEach
  void end() {
    hosts.close();
  }

  private Replctl.Result run(String... words) {
    Replctl.Result result = hosts.replctl().run(words);
    printed.append(result.out()).append(result.err());
    return result;
  }

  @Test
  void aSecretIsNowhereButWhereItIsKept() throws Exception {
    Path plan = hosts.home().resolve("plan.json");
    Map<String, String> secrets;
    Set<String> shown;
    hosts.letReplctlIn();
    hosts.nodes().forEach(n -> hosts.sql(n, "set global general_log = 1"));
    try (ProcessList list = ProcessList.of(CONTROL)) {
      run("init", "--yes", "--debug").exits(0);
      secrets = Generated.in(hosts.secrets());
      list.watch(secrets.values());
      run("status", "--debug").exits(0);
      run("status", "-o", "json").exits(0);
      run("doctor", "--debug");
      run("plan", "switchover", "--to", "my2", "--out", plan.toString(), "--debug").exits(0);
      hosts.nodes().forEach(n -> hosts.sql(n, "set global general_log = 1"));
      run("switchover", "--to", "my2", "--yes", "--debug").exits(0);
      hosts.awaitFollowers("my2");
      run("rotate", "password", "--yes", "--debug").exits(0);
      Generated.in(hosts.secrets()).forEach((what, text) -> secrets.put("new " + what, text));
      list.watch(secrets.values());
      run("rejoin", "my3", "--by", "clone", "--yes", "--debug").exits(0);
      run("init", "--renew-certificates", "--yes", "--debug");
      run("fence", "my1", "--yes", "--debug");
      run("unfence", "my1", "--yes", "--debug");
      run("op", "show").exits(0);
      Process control = new ProcessBuilder("env", "CONTROL=" + CONTROL, "sleep", "60").start();
      list.await(CONTROL);
      control.destroyForcibly();
      shown = list.found();
    }

    assertThat(secrets)
        .containsOnlyKeys(
            "ca.key",
            "clone-password",
            "new ca.key",
            "new clone-password",
            "new replication-password",
            "replication-password");
    assertThat(shown)
        .as("seen in the process list")
        .isNotEmpty()
        .allMatch(seen -> seen.startsWith(CONTROL));
    secrets.forEach((what, text) -> assertThat(printed).as(what).doesNotContain(text));
    assertThat(kept(secrets)).as("the operator's files that hold a secret").isEmpty();
    for (String node : hosts.nodes()) {
      assertThat(holding(node, secrets))
          .as(node)
          .allMatch(LabMysqlCanaryIT::isPlaceOfSecrets)
          .isNotEmpty();
    }
    assertThat(plan).exists();
  }

  private List<String> kept(Map<String, String> secrets) throws IOException {
    try (Stream<Path> all = Files.walk(hosts.home())) {
      return all.filter(Files::isRegularFile)
          .filter(
              file -> {
                String text = text(file);
                return secrets.values().stream().anyMatch(text::contains);
              })
          .map(Path::toString)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** A host's files that hold one: of the server's data, logs, options, and of replctl's state. */
  private List<String> holding(String node, Map<String, String> secrets) {
    String wanted = secrets.values().stream().collect(Collectors.joining("\n"));
    String found =
        hosts.shell(
            node,
            "grep -rlaF -e '"
                + wanted.replace("\n", "' -e '")
                + "' /var/lib/mysql /var/lib/replctl /var/log /etc /tmp /home /run || [ $? = 1 ]");
    return found.isEmpty() ? List.of() : found.lines().toList();
  }

  /**
   * The server's tables, and the logs of changes to them, also of data that is kept aside: a
   * follower keeps the password that it logs in with in mysql.slave_master_info.
   */
  private static boolean isPlaceOfSecrets(String file) {
    return file.matches(
        "/var/lib/(mysql|replctl/blog/my[0-9]/aside/[a-z0-9-]+)/(mysql\\.ibd|undo_.*|ibdata1|#innodb_redo/.*|#ib_.*dblwr|#innodb_temp/.*)");
  }
}
