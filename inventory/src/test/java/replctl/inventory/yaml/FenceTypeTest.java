package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.FenceDevice;
import replctl.inventory.secret.Secret;
import replctl.inventory.secret.SecretSource;

class FenceTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "¦{ip: a}|.fence: a fence device needs an agent or a command",
        "¦{agnet: fence_x}|.fence: a fence device needs an agent or a command; did you mean"
            + " \"agent\"?",
        "¦{agent: fence_x, command: [x]}|.fence: agent and command exclude each other",
        "¦[]|.fence: expected a fence device, or a list of at least one; leave fence out for none",
        "[¦[]]|.fence[0]: expected a level of at least one fence device",
        "[[¦ipmi]]|.fence[0][0]: expected a fence device as a map of keys, found text",
        "¦fence_ipmilan|.fence: expected a fence device as a map of keys, found text",
        "{command: ¦/bin/off}|.fence.command: expected a program and its arguments as a list:"
            + " [pass, db/shop]; no shell reads it",
        "{command: [¦-x]}|.fence.command[0]: expected a program",
        "{command: [off], plug: ¦x}|.fence.plug: unknown key in a fence device with a command",
        "{agent: ¦./fence_x}|.fence.agent: expected a fence agent's name such as fence_ipmilan,"
            + " found \"./fence_x\": it is \"fence_\" and more",
        "{agent: ¦fence_../x}|.fence.agent: expected a fence agent's name such as fence_ipmilan,"
            + " found \"fence_../x\": only a-z, 0-9 and _ can stand in it; a program of your own is"
            + " a command",
        "{agent: fence_x, timeout: ¦20}|.fence.timeout: expected a time such as 30s, 5min or 1h,"
            + " found \"20\": the unit is missing; did you mean \"20s\"?",
        "{agent: fence_x, action: ¦off}|.fence.action: replctl itself says what the agent shall do",
        "{agent: fence_x, plug: ¦\"x; virsh destroy other\"}|.fence.plug: expected a machine:"
            + " letters, digits, spaces and any of . : _ @ / + ( ) , -",
        "{agent: fence_x, method: ¦\"x\\naction=on\"}|.fence.method: an option's value is one line"
            + " without control characters",
        "{agent: fence_x, pin:¦ }|.fence.pin: expected an option's value, found nothing",
        "{agent: fence_x, ip: ¦[a]}|.fence.ip: expected an option's value, found a list",
        "{agent: fence_x, \"a=b\": ¦c}|.fence.a=b: expected an option's name of letters, digits,"
            + " \"_\" and \"-\"",
        "{agent: fence_x, passwd: {¦fil: x}}|.fence.passwd: expected one of {file: ...}, {command:"
            + " [...]}, {env: ...}, {credential: ...}; did you mean \"file\"?",
        "{agent: fence_x, passwd: ¦{file: a, env: B}}|.fence.passwd: expected one of {file: ...},"
            + " {command: [...]}, {env: ...}, {credential: ...}",
        "{agent: fence_x, passwd: {env: ¦a b}}|.fence.passwd.env: expected the name of a variable",
        "{agent: fence_x, passwd: {credential: ¦../a}}|.fence.passwd.credential: expected the name"
            + " of a credential",
      })
  void isToldWhereItStands(String fence, String problem) {
    Marked.node("host: h, fence: " + fence).findsErrors("error: clusters.a.nodes.n1" + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "passwd", "snmp_priv_passwd", "secret_key", "api_token"})
  void aPlainPasswordWarns(String option) {
    Marked marked = Marked.node("host: h, fence: {agent: fence_x, " + option + ": ¦0815}");

    marked.finds(
        "warning: clusters.a.nodes.n1.fence."
            + option
            + ": a secret in plain text; better one of {file: ...}, {command: [...]}, {env: ...},"
            + " {credential: ...}");
    FenceDevice.Agent agent =
        (FenceDevice.Agent) marked.firstNode().fence().get(0).devices().get(0);
    assertThat(agent.options()).isEmpty();
    assertThat(agent.secrets()).containsEntry(option, new SecretSource.Plain(new Secret("0815")));
  }

  @Test
  void aPasswordScriptIsAPath() {
    Marked marked =
        Marked.node("host: h, fence: {agent: fence_x, password_script: /usr/local/bin/pw}");

    marked.finds();
  }
}
