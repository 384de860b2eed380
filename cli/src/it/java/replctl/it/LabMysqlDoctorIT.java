package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.MysqlByHand;
import replctl.it.site.MysqlHosts;

/** What doctor finds on MySQL's hosts, one thing amiss at a time; each is taken back. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlDoctorIT {
  /** Where a lab has neither drilled nor a source of time. */
  private static final List<String> ALWAYS = List.of("fence-undrilled", "clock-free");

  private static final String ALONE = "set sql_log_bin = 0, global super_read_only = 0; ";
  private static final String CLOSED = "; set global super_read_only = 1";

  private MysqlHosts hosts;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  private String doctor() {
    return hosts.replctl().run("doctor").exits(0).out();
  }

  @Test
  void ofHostsAsInitLeavesThemNothingElseIsSaid() {
    String found = hosts.replctl().run("doctor", "-o", "json").exits(0).out();

    assertThat(
            Pattern.compile("\"code\": \"([a-z-]+)\"")
                .matcher(found)
                .results()
                .map((MatchResult code) -> code.group(1)))
        .isSubsetOf(ALWAYS);
  }

  @Test
  void tablesThatDoOtherwiseOnAFollower() {
    hosts.sql(
        "my1",
        "create database shop; create table shop.nokey (n int);"
            + " create table shop.old (n int primary key) engine = MyISAM;"
            + " create user gone@localhost; create definer = gone@localhost view shop.v as select 1;"
            + " drop user gone@localhost");
    try {
      assertThat(doctor())
          .contains("tables without a primary key: 1 (shop.nokey);")
          .contains("tables of another storage engine than InnoDB: 1 (shop.old (MyISAM));")
          .contains("whose definer is no account: 1 (view shop.v of gone@localhost);");
    } finally {
      hosts.sql("my1", "drop database shop");
    }
    new MysqlByHand(hosts).awaitAllApplied();
    assertThat(doctor()).doesNotContain("primary key", "MyISAM", "definer");
  }

  @Test
  void accountsThatAreNotAlike() {
    hosts.sql(
        "my1", "create user one@'%' identified by 'a'; create user two@'%' identified by 'a'");
    new MysqlByHand(hosts).awaitAllApplied();
    hosts.sql(
        "my2",
        ALONE
            + "drop user one@'%'; grant process on *.* to two@'%'; create user three@'%'"
            + CLOSED);
    try {
      assertThat(doctor())
          .contains(
              "its accounts are not those of my1: missing 'one'@'%'; with another password or other"
                  + " rights 'two'@'%'; that my1 does not have 'three'@'%'; should it lead")
          .doesNotContain("on my3: set sql_log_bin = 0, super_read_only = 0; set them alike");
    } finally {
      hosts.sql("my2", ALONE + "create user one@'%'; drop user three@'%'" + CLOSED);
      hosts.sql("my1", "drop user one@'%', two@'%'");
    }
    new MysqlByHand(hosts).awaitAllApplied();
    assertThat(doctor()).doesNotContain("accounts");
  }

  @Test
  void aPluginAndSettingsThatALeaderAloneHas() {
    hosts.sql("my1", "set sql_log_bin = 0; install component 'file://component_validate_password'");
    hosts.sql("my3", "set global sql_mode = 'ANSI', global max_allowed_packet = 1048576");
    try {
      assertThat(doctor())
          .contains("are not active on it: component_validate_password; should it lead")
          .containsPattern("sql_mode is [A-Z_,]*ANSI, and [A-Z_,]+ on my1: should it lead")
          .contains("max_allowed_packet is 1048576, and 67108864 on my1");
    } finally {
      hosts.sql(
          "my1", "set sql_log_bin = 0; uninstall component 'file://component_validate_password'");
      hosts.sql("my3", "set global sql_mode = default, global max_allowed_packet = default");
    }
    assertThat(doctor()).doesNotContain("component", "sql_mode", "max_allowed_packet");
  }

  @Test
  void aUnitThatIsStartedAgainByItselfAndARuleThatSudoLacks() {
    String folder = "/etc/systemd/system/mysql.service.d";
    hosts.shell(
        "my2",
        "printf '[Service]\\nRestart=always\\n' > "
            + folder
            + "/again.conf; systemctl daemon-reload; cp /etc/sudoers.d/dba /root/dba;"
            + " sed -i /zz-replctl/d /etc/sudoers.d/dba");
    try {
      assertThat(doctor())
          .contains("Restart=always of mysql: systemd starts")
          .contains("sudo does not let replctl write its own file of options (E-RIGHTS-01)");
    } finally {
      hosts.shell(
          "my2",
          "rm " + folder + "/again.conf; systemctl daemon-reload; mv /root/dba /etc/sudoers.d/dba");
    }
  }

  /** A server that shows its old one until it reads its files again is judged by the file. */
  @Test
  void aCertificateThatEndsSoon() {
    String shown = hosts.sql("my3", "select @@ssl_cert");
    hosts.shell(
        "my3",
        "cd /root; cp -L "
            + shown
            + " kept; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key"
            + " -out soon -days 5 -subj /CN=soon 2> /dev/null; cat soon > "
            + shown);
    try {
      assertThat(doctor()).containsPattern("critical: its certificate ends on [0-9-]+, in 4 d");
    } finally {
      hosts.shell("my3", "cat /root/kept > " + shown);
    }
    assertThat(doctor()).doesNotContain("its certificate");
  }
}
