package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** What status says of hosts that do not answer, each in its own way. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabStatusIT {
  private LabSite site;

  @BeforeAll
  void begin() {
    site = LabSite.open();
    site.ready("pg1");
  }

  @AfterEach
  void heal() {
    site.lab("up", "3");
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void seesThreeNodesThroughSsh() {
    Replctl.Result status = site.replctl().run("status").exits(0);

    assertThat(status.out()).contains("healthy").containsPattern("pg1 +leader +writable");
  }

  @Test
  void tellsAFrozenHostFromOneWithoutACableAndFromADeadServer() {
    String well = contact("pg3");
    site.lab("freeze", "pg3");
    String frozen = contact("pg3");
    site.lab("thaw", "pg3");
    site.lab("cable", "pg3", "out");
    String silent = contact("pg3");
    site.lab("cable", "pg3", "in");
    site.shell("pg3", "systemctl stop ssh.socket ssh.service");
    String refused = contact("pg3");
    site.shell("pg3", "systemctl start ssh.service");

    assertThat(List.of(well, frozen, silent, refused)).doesNotHaveDuplicates();
    assertThat(well).isEqualTo("none");
  }

  /** Nothing of this harms today: a status has no word of it. */
  @Test
  @Tag("long")
  void doctorNamesWhatBitesLater() {
    site.sql("pg1", "create role hasty; alter role hasty set synchronous_commit = off");
    try {
      String found = site.replctl().run("doctor").exits(0).out();

      assertThat(found)
          .contains("role hasty has synchronous_commit = off")
          .contains("alter role hasty reset synchronous_commit")
          .contains("its fence device was never drilled")
          .contains("replctl fence drill pg3");
      assertThat(site.replctl().run("status").exits(0).out()).doesNotContain("hasty");
      assertThat(site.replctl().run("doctor", "-o", "name").exits(0).out()).contains("shop/pg1\n");
    } finally {
      site.sql("pg1", "drop role hasty");
    }
  }

  @Test
  void saysThatAServerIsStoppedOnAHostThatAnswers() {
    site.shell("pg3", "systemctl stop postgresql@17-main");

    String status = site.replctl().run("status", "-o", "json").exits(0).out();

    assertThat(field(node(status, "pg3"), "contact")).isEqualTo("none");
    assertThat(field(node(status, "pg3"), "presence")).isEqualTo("stopped");
    site.shell("pg3", "systemctl start postgresql@17-main");
    site.awaitFollowers("pg1");
  }

  @Test
  void refusesAnUnknownHostKeyWithItsFingerprint(@TempDir Path folder) throws IOException {
    Path inventory = Path.of(site.replctl().environment().get("REPLCTL_INVENTORY"));
    Path empty = Files.writeString(folder.resolve("known_hosts"), "");
    String text =
        Files.readString(inventory)
            .replaceAll("known_hosts: [^},]+", "known_hosts: " + empty)
            .replace("file: secrets/", "file: " + inventory.resolveSibling("secrets") + "/");
    Path copy = Replctl.inventory(folder, text);

    Replctl.Result status = site.replctl().withInventory(copy).run("status");

    String key =
        site.shell("pg1", "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2");
    assertThat(status.out() + status.err()).contains(key);
    assertThat(empty).isEmptyFile();
  }

  @Test
  void aLeaderWhoseSshdIsGoneIsKnownByItsServerAndNotOperatedOn() throws IOException {
    Path tunnel = Path.of(site.replctl().environment().get("REPLCTL_INVENTORY"));
    Path straight = tunnel.resolveSibling("straight.yaml");
    Files.writeString(
        straight, Files.readString(tunnel).replace("access: tunnel", "access: direct"));
    Replctl direct = site.replctl().withInventory(straight);
    direct.run("init", "--yes").exits(0);
    site.shell("pg1", "systemctl stop ssh.socket ssh.service");
    try {
      Replctl.Result silent = site.replctl().run("status", "-o", "json").exits(0);
      Replctl.Result known = direct.run("status", "-o", "json", "--timeout", "20s").exits(0);
      Replctl.Result refused =
          direct.run("switchover", "--to", "pg2", "--yes", "--timeout", "20s").exits(10);

      assertThat(silent.out()).contains("\"leader\": null");
      assertThat(field(known.out(), "leader")).isEqualTo("pg1");
      String pg1 = node(known.out(), "pg1");
      assertThat(field(pg1, "contact")).isEqualTo("refused");
      assertThat(field(pg1, "contactWords")).endsWith("; its server answers SQL");
      assertThat(field(pg1, "role")).isEqualTo("leader");
      assertThat(field(pg1, "position")).isNotEmpty();
      assertThat(field(node(known.out(), "pg2"), "upstream")).isEqualTo("pg1");
      assertThat(refused.err()).contains("pg1 leads and can't be closed");
      assertThat(site.leaders()).containsExactly("pg1");
    } finally {
      site.shell("pg1", "systemctl start ssh.service");
      Files.delete(straight);
    }
    site.replctl().run("init", "--yes").exits(0);
  }

  @Test
  void aLiveViewAsksServersAndNotHosts() {
    long surveys = surveys("pg3");
    Instant paused;
    Replctl.Result watched;
    try (Replctl.Running watch =
        site.replctl().start("lag", "--watch", "--every", "100ms", "--count", "60", "-o", "json")) {
      Site.await("the first look", () -> surveys("pg3") > surveys);
      Site.await("a connection", () -> !connection("pg3").isEmpty());
      site.sql("pg3", "select pg_wal_replay_pause()");
      paused = Instant.now();
      watched = watch.result().exits(0);
    } finally {
      site.sql("pg3", "select pg_wal_replay_resume()");
    }

    List<String> frames = watched.out().lines().toList();
    assertThat(frames).hasSize(60);
    List<String> after =
        frames.stream().filter(f -> Instant.parse(field(f, "at")).isAfter(paused)).toList();
    assertThat(after).hasSizeGreaterThan(2);
    assertThat(after)
        .allSatisfy(f -> assertThat(field(node(f, "pg3"), "cause")).isEqualTo("paused"));
    assertThat(field(node(frames.get(0), "pg3"), "cause")).isEqualTo("none");
    // One at the beginning and one every ten seconds, on however slow a machine.
    assertThat(surveys("pg3") - surveys).isLessThan(frames.size() / 4);
    assertThat(watched.err()).isEmpty();
  }

  /** How often replctl ran a script on a host. */
  private long surveys(String node) {
    return Long.parseLong(
        site.shell(node, "journalctl -o cat _COMM=sudo | grep -c 'COMMAND=/usr/bin/bash -s' || :"));
  }

  private String connection(String node) {
    return site.sql(node, "select pid from pg_stat_activity where usename = 'replctl'");
  }

  private String contact(String node) {
    Replctl.Result status = site.replctl().run("status", "-o", "json");
    assertThat(status.code()).as(status.toString()).isIn(0, 69);
    String words = field(node(status.out(), node), "contactWords");
    System.out.println("status of " + node + ": " + words);
    return field(node(status.out(), node), "contact");
  }

  private static String node(String status, String name) {
    Matcher found = Pattern.compile("\"name\": ?\"" + name + "\"").matcher(status);
    // Nodes are named before, too: by those who judge who could lead.
    assertThat(found.find(status.indexOf("\"nodes\""))).as(name + " in " + status).isTrue();
    return status.substring(found.start());
  }

  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\": ?\"([^\"]*)\"").matcher(json);
    assertThat(found.find()).as(name + " in " + json).isTrue();
    return found.group(1);
  }
}
