package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.MysqlHosts;

/** MySQL's system variables are changed on all nodes, on real hosts. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlParameterIT {
  private MysqlHosts hosts;
  private String leader;

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

  @BeforeEach
  void ready() {
    assertThat(hosts.leaders()).hasSize(1);
    leader = hosts.leaders().get(0);
    hosts.awaitFollowers(leader);
  }

  private List<String> shown(String name) {
    return hosts.nodes().stream()
        .map(n -> hosts.sql(n, "select @@global." + name))
        .distinct()
        .toList();
  }

  @Test
  void whatTakesHoldAtOnceIsSeenOnEachNodeAndAValueIsDataToItsEnd() {
    hosts
        .replctl()
        .run("parameter", "max_connections=177", "join_buffer_size=1M", "--yes")
        .exits(0);
    assertThat(shown("max_connections")).containsExactly("177");
    assertThat(shown("join_buffer_size")).containsExactly("1048576");
    assertThat(hosts.replctl().run("parameter", "max_connections=177", "--yes").exits(0).out())
        .contains("Nothing to do");
    assertThat(hosts.replctl().run("parameter", "max_connections").exits(0).out())
        .contains("the same on all", "177", "mysqld-auto.cnf");

    String hostile = "set @a='x=y', @b=\"z\", @c='\\\\', @d='$(id) `id`; ü#'";
    hosts.replctl().run("parameter", "init_connect=" + hostile, "--yes").exits(0);
    for (String node : hosts.nodes()) {
      assertThat(hosts.sql(node, "select to_base64(@@global.init_connect)").replace("\\n", ""))
          .isEqualTo(Base64.getEncoder().encodeToString(hostile.getBytes(StandardCharsets.UTF_8)));
    }
    hosts
        .replctl()
        .run("parameter", "init_connect", "max_connections", "join_buffer_size", "--reset", "--yes")
        .exits(0);
    assertThat(hosts.sql(leader, "select count(*) from performance_schema.persisted_variables"))
        .isEqualTo("0");
  }

  @Test
  void whatIsNotTakenChangesNothing() {
    refused("max_connections=lots", "it takes a whole number");
    refused("max_connections=0", "it takes 1 to 100000");
    refused("max_conections=5", "Did you mean max_connections?");
    refused("super_read_only=OFF", "replctl open");
    refused("innodb_page_size=8192", "can't be changed");
    refused("innodb_flush_method=rubbish", "does not take");
    refused("binlog_checksum=NONE", "--weaken binlog_checksum");
    assertThat(hosts.sql(leader, "select count(*) from performance_schema.persisted_variables"))
        .isEqualTo("0");
  }

  private void refused(String typed, String words) {
    assertThat(hosts.replctl().run("parameter", typed, "--yes").exits(10).err())
        .contains("E-PARAMETER-01", words, "Nothing was changed");
  }

  @Test
  void oneThatNeedsAStartIsReadByAllOneAfterTheOther() {
    assertThat(hosts.replctl().run("parameter", "back_log=99", "--dry-run").exits(0).out())
        .contains("replctl restart --rolling", "write down on " + leader + ": back_log = 99");
    hosts
        .replctl()
        .run("parameter", "back_log=99", "--restart", "--leader", "in-place", "--yes")
        .exits(0);
    assertThat(shown("back_log")).containsExactly("99");
    assertThat(hosts.leaders()).containsExactly(leader);
    hosts.awaitFollowers(leader);
    hosts.replctl().run("parameter", "back_log", "--reset", "--yes").exits(0);
    assertThat(hosts.sql(leader, "select count(*) from performance_schema.persisted_variables"))
        .isEqualTo("0");
  }
}
