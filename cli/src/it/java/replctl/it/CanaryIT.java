package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.Generated;
import replctl.it.site.LocalSite;
import replctl.it.site.ProcessList;

/**
 * Each secret of a cluster is a text that stands nowhere else. The cluster is set up, looked at,
 * handed over and fenced, with all that can be printed; then each of them is looked for in every
 * output, journal, plan, state and log, and was looked for in the process list meanwhile.
 *
 * <p>The device's agent is one that keeps its password to itself: fence_ipmilan (fence-agents 4.12)
 * hands its own to ipmitool as an argument.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryIT {
  private static final String DATABASE = "canary-database-1f7c93";
  private static final String CHANGED = "canary-changed-5b20d8";
  private static final String DEVICE = "canary-device-c4419e";

  /** What the search must find, or it would find nothing at all. */
  private static final String CONTROL = "canary-control-77aa01";

  private LocalSite site;

  /** Of the secret: what it is, and its text. */
  private final Map<String, String> canaries = new TreeMap<>();

  private final StringBuilder printed = new StringBuilder();

  @BeforeAll
  void begin() throws IOException {
    site = LocalSite.open();
    keep("database", DATABASE);
    keep("device", DEVICE);
    Path pass = Files.writeString(site.folder().resolve("pass"), "#!/bin/sh\nexec cat \"$0.$1\"\n");
    Files.setPosixFilePermissions(pass, PosixFilePermissions.fromString("rwx------"));
    site.around("database: {password: {command: [" + pass + ", database]}}\n");
    for (String node : site.nodes()) {
      site.declare(
          node,
          "fence: {agent: fence_redfish, ip: 127.0.0.1, ipport: 1, systems_uri: /redfish/v1/Systems/1, username: admin, passwd: {command: ["
              + pass
              + ", device]}}");
    }
    canaries.put("database password", DATABASE);
    canaries.put("changed database password", CHANGED);
    canaries.put("device password", DEVICE);
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  private void keep(String name, String secret) throws IOException {
    Path file = Files.writeString(site.folder().resolve("pass." + name), secret + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Replctl.Result run(String... words) {
    Replctl.Result result = site.replctl().run(words);
    printed.append(result.out()).append(result.err());
    return result;
  }

  @Test
  void aSecretIsNowhereButWhereItIsKept() throws Exception {
    Path plan = site.folder().resolve("plan.json");
    Set<String> shown;
    try (ProcessList list = ProcessList.of(DATABASE, CHANGED, DEVICE, CONTROL)) {
      run("init", "--yes", "--debug").exits(0);
      canaries.putAll(Generated.in(site.folder().resolve("replctl-secrets")));
      list.watch(canaries.values());
      for (String node : site.nodes()) {
        site.sql(node, "alter system set log_statement = 'all'");
        site.sql(node, "alter system set log_connections = on");
        site.sql(node, "select pg_reload_conf()");
      }
      keep("database", CHANGED);
      run("init", "--yes", "--debug").exits(0);
      site.awaitFollowers("pg1");
      run("status", "--debug").exits(0);
      run("status", "-o", "json").exits(0);
      run("doctor", "--debug");
      run("inventory", "show", "-o", "yaml").exits(0);
      run("plan", "switchover", "--to", "pg2", "--out", plan.toString(), "--debug").exits(0);
      run("switchover", "--to", "pg2", "--yes", "--debug").exits(0);
      site.awaitFollowers("pg2");
      run("rotate", "password", "--yes", "--debug").exits(0);
      Generated.in(site.folder().resolve("replctl-secrets"))
          .forEach((what, text) -> canaries.put("new " + what, text));
      list.watch(canaries.values());
      run("fence", "verify", "--debug");
      run("failover", "--dry-run", "--debug");
      run("failover", "--dry-run", "--leader-is-broken", "a test", "--debug");
      run("fence", "pg3", "--yes", "--debug");
      run("status", "--debug");
      run("unfence", "pg3", "--yes", "--debug");
      run("doctor", "--bundle", bundle().toString()).exits(0);
      run("doctor", "--bundle", bundle().toString()).exits(2);
      run("op", "list").exits(0);
      run("op", "show").exits(0);
      Process control = new ProcessBuilder("env", "CONTROL=" + CONTROL, "sleep", "60").start();
      list.await(CONTROL);
      control.destroyForcibly();
      shown = list.found();
    }

    assertThat(canaries.size()).isGreaterThan(4);
    assertThat(shown)
        .as("seen in the process list")
        .isNotEmpty()
        .allMatch(seen -> seen.startsWith(CONTROL));
    canaries.forEach((what, text) -> assertThat(printed).as(what).doesNotContain(text));
    assertThat(holding(files())).as("files that hold a secret").isEmpty();
    Map<String, String> bundled = unzipped(bundle());
    assertThat(bundled.keySet())
        .contains("manifest.json", "inventory.json", "doctor.json", "survey/pg2.txt")
        .anyMatch(name -> name.startsWith("operations/op-"));
    canaries.forEach(
        (what, text) ->
            bundled.forEach(
                (name, content) -> assertThat(content).as(what + " " + name).doesNotContain(text)));
    assertThat(Files.getPosixFilePermissions(bundle()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(holding(List.of(site.folder().resolve("pass.database")))).hasSize(1);
    assertThat(plan).exists();
  }

  private Path bundle() {
    return site.folder().resolve("case.zip");
  }

  private static Map<String, String> unzipped(Path file) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  /** All that the operator and the hosts keep, but for the places of secrets. */
  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(site.folder())) {
      all.filter(Files::isRegularFile).filter(f -> !isPlaceOfSecrets(f)).forEach(files::add);
    }
    assertThat(files.stream().map(f -> f.getFileName().toString()))
        .contains("startup.log", "postgresql.auto.conf", "epoch", "plan.json", "replctl.yaml")
        .anyMatch(name -> name.startsWith("op-") && name.endsWith(".jsonl"));
    return files;
  }

  private boolean isPlaceOfSecrets(Path file) {
    String path = site.folder().relativize(file).toString();
    return path.startsWith("replctl-secrets/")
        || path.startsWith("pass.")
        || path.matches("pg[0-9]/state/(passfile|tls/.*\\.key)")
        // Tables and the log of changes; pg_authid has verifiers, which the servers' logs show too.
        || path.matches("pg[0-9]/data/(base|pg_wal|global|pg_xact|pg_multixact|pg_subtrans)/.*");
  }

  private List<String> holding(List<Path> files) {
    List<String> holding = new ArrayList<>();
    for (Path file : files) {
      String text = read(file);
      canaries.forEach(
          (what, secret) -> {
            if (text.contains(secret)) {
              holding.add(what + " in " + file);
            }
          });
    }
    return holding;
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
