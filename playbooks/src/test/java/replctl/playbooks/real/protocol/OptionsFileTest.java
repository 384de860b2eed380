package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** What may be written as root into a folder whose files root's own clients read too. */
class OptionsFileTest {
  private static final String PATH = "/etc/mysql/mysql.conf.d/zz-replctl.cnf";

  private static OptionsFile file(String path, String text) {
    return new OptionsFile(
        new Account(
            "my1",
            new LocalShell(new SystemClock(), LocalShell.self()),
            Optional.of("mysql"),
            Optional.of("mysql")),
        ScriptCall.perform(
            new Script("mysql", "options"),
            Map.of("config_file", Value.of(path), "text", Value.of(text))));
  }

  @Test
  void optionsOfTheServerFromAClosedList() {
    String text =
        """
        # a word
        [mysqld]
        server_id = 7
        super_read_only = ON
        loose_rpl_semi_sync_replica_enabled = ON
        ssl_ca = /var/lib/replctl/blog/my1/tls/ca.crt
        plugin_load_add = semisync_source.so
        bind_address = *
        """;

    assertThat(file(PATH, text).text()).isEqualTo(text);
    assertThat(file(PATH, text).command())
        .containsExactly("install", "-D", "-m", "0644", "/dev/stdin", PATH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server_id = 7",
        "[client]\nplugin_dir = /tmp",
        "[mysqld]\n[client]\nserver_id = 7",
        "[mysqld]\n!include /tmp/more.cnf",
        "[mysqld]\ninit_file = /tmp/more.sql",
        "[mysqld]\nskip_grant_tables = ON",
        "[mysqld]\nplugin_load_add = evil.so",
        "[mysqld]\nplugin_load_add = ../../tmp/semisync_source.so",
        "[mysqld]\nserver_id = 7 # and more",
        "[mysqld]\n server_id = 7"
      })
  void nothingElse(String text) {
    assertThatThrownBy(() -> file(PATH, text).text())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("replctl does not write that as root: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/zz-replctl.cnf",
        "/tmp/zz-replctl.cnf",
        "/etc/mysql/my.cnf",
        "/etc/mysql/../sudoers.d/zz-replctl.cnf",
        "/etc/mysql/a b/zz-replctl.cnf",
        "/etc/mysql/zz-replctl.cnf\n/etc/passwd"
      })
  void andNowhereElse(String path) {
    assertThatThrownBy(() -> file(path, "[mysqld]\n").command())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
