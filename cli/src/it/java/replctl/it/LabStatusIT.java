package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** What status says of hosts that do not answer, each in its own way. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabStatusIT {
  private LabSite site;

  @BeforeAll
  void begin() {
    site = LabSite.open();
    site.ready();
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

  private String contact(String node) {
    Replctl.Result status = site.replctl().run("status", "-o", "json");
    assertThat(status.code()).as(status.toString()).isIn(0, 69);
    String words = field(node(status.out(), node), "contactWords");
    System.out.println("status of " + node + ": " + words);
    return field(node(status.out(), node), "contact");
  }

  private static String node(String status, String name) {
    return status.substring(status.indexOf("\"name\": \"" + name + "\""));
  }

  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\": \"([^\"]*)\"").matcher(json);
    assertThat(found.find()).as(name + " in " + json).isTrue();
    return found.group(1);
  }
}
