package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.RootNeeds;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** What is printed for sudo is what is run. */
class SudoRulesTest {
  /** A login, and nothing behind it. */
  private record Login(String user) implements Shell {
    @Override
    public Running start(List<String> words, Deadline by) {
      throw new AssertionError("nothing is run");
    }

    @Override
    public Stream connect(int port, Deadline by) {
      throw new AssertionError("nothing is connected");
    }

    @Override
    public void warm(Deadline by) {}

    @Override
    public void close() {}
  }

  private static List<String> rules(String login, String user, RootNeeds needs) throws NoContact {
    return SudoRules.all(
        new Account("pg1", new Login(login), Optional.of(user), Optional.empty()), needs);
  }

  private static RootNeeds needs(String unit) {
    return new RootNeeds(Optional.of(unit), Optional.empty(), List.of());
  }

  @Test
  void allThatAScriptMayAskFor() throws NoContact {
    assertThat(rules("dba", "postgres", needs("postgresql@17-main")))
        .containsExactly(
            "dba ALL=(postgres) NOPASSWD: /usr/bin/bash -s",
            "dba ALL=(root) NOPASSWD: /usr/bin/systemctl daemon-reload",
            "dba ALL=(root) NOPASSWD: /usr/bin/systemctl start postgresql@17-main",
            "dba ALL=(root) NOPASSWD: /usr/bin/systemctl stop postgresql@17-main",
            "dba ALL=(root) NOPASSWD: /usr/bin/systemctl mask postgresql@17-main",
            "dba ALL=(root) NOPASSWD: /usr/bin/systemctl unmask postgresql@17-main",
            "dba ALL=(root) NOPASSWD: /usr/bin/systemctl enable postgresql@17-main",
            "dba ALL=(root) NOPASSWD: /usr/bin/systemctl disable postgresql@17-main",
            "dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0755 /dev/stdin"
                + " /usr/local/lib/replctl/guard",
            "dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0644 /dev/stdin"
                + " /etc/systemd/system/postgresql@17-main.service.d/replctl-guard.conf");
  }

  @Test
  void alsoAFileOfOptionsAndAnAddress() throws NoContact {
    ScriptCall address =
        ScriptCall.probe(
            new Script("redirect", "address"),
            Map.of(
                "address", Value.of("fd00::9"),
                "prefix", Value.of("64"),
                "device", Value.of("eth0")));

    assertThat(
            rules(
                "dba",
                "mysql",
                new RootNeeds(
                    Optional.empty(),
                    Optional.of("/etc/mysql/mysql.conf.d/zz-replctl.cnf"),
                    List.of(address))))
        .containsExactly(
            "dba ALL=(mysql) NOPASSWD: /usr/bin/bash -s",
            "dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0644 /dev/stdin"
                + " /etc/mysql/mysql.conf.d/zz-replctl.cnf",
            "dba ALL=(root) NOPASSWD: /usr/sbin/ip address add fd00\\:\\:9/64 dev eth0 nodad",
            "dba ALL=(root) NOPASSWD: /usr/sbin/ip address del fd00\\:\\:9/64 dev eth0");
  }

  @Test
  void whoeverIsThatUserOrRootNeedsLess() throws NoContact {
    assertThat(rules("root", "postgres", needs("postgresql@17-main"))).isEmpty();
    assertThat(rules("postgres", "postgres", needs("postgresql@17-main")))
        .hasSize(9)
        .noneMatch(rule -> rule.contains("bash"));
  }
}
