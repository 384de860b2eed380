package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InventoryImportTest {
  private static InventoryImport.Imported of(String text) {
    return InventoryImport.of(Path.of("hosts.yml"), text.getBytes(StandardCharsets.UTF_8));
  }

  /** What was printed, after it is certain that it can be read. */
  private static String made(String text) {
    String made = of(text).text().orElseThrow();
    Reading reading =
        new InventoryReader().read(Path.of("replctl.yaml"), made.getBytes(StandardCharsets.UTF_8));
    assertThat(reading.errors()).as(made).isEmpty();
    return made;
  }

  @Test
  void takesAnsiblesGroupsHostsAndVariables() {
    String made =
        made(
            """
            all:
              vars: {ansible_user: dba}
              children:
                pg_shop:
                  vars: {ansible_port: 2222, ansible_user: ops}
                  hosts:
                    pg1.example.net: {ansible_host: 10.0.0.1, ansible_user: root}
                    pg2.example.net:
                orders_mysql:
                  hosts:
                    my[01:03].example.net:
            """);

    assertThat(made)
        .contains("  pg-shop:\n", "    engine: postgresql\n")
        .contains("pg1: {host: \"10.0.0.1\", ssh: {user: \"root\", port: 2222}}")
        .contains("pg2: {host: \"pg2.example.net\", ssh: {user: \"ops\", port: 2222}}")
        .contains("  orders-mysql:\n", "    engine: mysql\n")
        .contains("my01: {host: \"my01.example.net\"", "my03: {host: \"my03.example.net\"")
        .doesNotContain("postgresql or mysql");
  }

  @Test
  void leavesOutWhatItCantKnowAndSaysSo() {
    String made =
        made(
            """
            all:
              children:
                db:
                  hosts:
                    a: {ansible_host: "{{ lookup('x') }}"}
                    b: {ansible_user: "{{ who }}"}
                    c:
                berlin:
                  hosts: {b: , c: }
            """);

    assertThat(made)
        .contains("decide: postgresql or mysql")
        .contains("left out: a, whose address is none, or a template")
        .contains("decide: whom to log in as on b")
        .contains("left out: b, which is in db already")
        .doesNotContain("lookup", "who }}", "berlin:");
  }

  @Test
  void noNameOfTheFileGetsOutOfItsPlace() {
    String made =
        made(
            """
            all:
              children:
                "x\\n  evil: {}":
                  hosts:
                    "a\\nversion: 2": {ansible_host: h1}
                    "#": {ansible_host: h2}
                    "A_B": {ansible_host: h3, ansible_user: "r\\nfoo: bar"}
                    "\\e[31mred": {ansible_host: "h4, leader: true"}
            """);

    assertThat(made.lines().map(String::strip))
        .contains("x-evil:", "a-version-2: {host: \"h1\"}", "node: {host: \"h2\"}")
        .contains("a-b: {host: \"h3\"}")
        .noneMatch(line -> line.startsWith("evil") || line.startsWith("foo"));
    assertThat(made.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
  }

  @Test
  void passesOverATagAndGoesOn() {
    InventoryImport.Imported made =
        of("db:\n  hosts: {pg1: , pg2: }\n  vars: {ansible_password: !vault abc}\n");

    assertThat(made.text()).hasValueSatisfying(text -> assertThat(text).contains("pg2: {"));
    assertThat(made.problems()).hasSize(1);
    assertThat(made.problems().toString() + made.text()).doesNotContain("abc");
  }

  @Test
  void takesRepmgrsTableWithoutHosts() {
    assertThat(made("1,0,0\n2,0,1\n3,-1,-1\n"))
        .contains("node1: {host: \"node1.invalid\", leader: true}")
        .contains("node2: {host: \"node2.invalid\"}", "node3: {host: \"node3.invalid\"}")
        .contains("decide: the name of the cluster");
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(of("").text()).isEmpty();
    assertThat(of("- a list\n").text()).isEmpty();
    assertThat(of("all: {hosts: {}}\n").text()).isEmpty();
    assertThat(of("{{{").text()).isEmpty();
  }
}
