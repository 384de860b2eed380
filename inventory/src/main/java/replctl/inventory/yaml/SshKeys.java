package replctl.inventory.yaml;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import replctl.inventory.Ssh;

/** The section {@code ssh}. */
final class SshKeys {
  static final Key<String> USER =
      Key.optional("user", new TextType<>(new AccountForm("a user", 32)), "The user to log in as.")
          .otherwise("what ~/.ssh/config says");
  static final Key<Integer> PORT =
      Key.optional("port", new WholeType("a port", 1, 65535), "The port of the SSH server.")
          .otherwise("what ~/.ssh/config says");
  static final Key<Path> IDENTITY =
      Key.optional("identity", new LocalPathType("a private key's file"), "The private key's file.")
          .otherwise("the agent's keys, and what ~/.ssh/config says");
  static final Key<Path> KNOWN_HOSTS =
      Key.optional(
              "known_hosts",
              new LocalPathType("a file of known hosts"),
              "The file of host keys; a key that is not in it is refused.")
          .otherwise("~/.ssh/known_hosts");
  static final Key<List<String>> JUMP =
      Key.optional(
              "jump",
              new JumpType(),
              "Hosts to pass through, [user@]host[:port], with commas between or as a list.")
          .otherwise("what ~/.ssh/config says");
  static final Key<Ssh.Transport> TRANSPORT =
      Key.optional(
              "transport",
              WordType.of(Ssh.Transport.SSHJ, Ssh.Transport.OPENSSH),
              "The client: in this process, or the system's ssh.")
          .otherwise("sshj");
  static final Key<Duration> CONNECT_TIMEOUT =
      Key.optional(
              "connect_timeout",
              new TextType<>(new DurationForm()),
              "How long a connection may take to be made.")
          .otherwise("2s");

  static final Section SECTION =
      Section.of("ssh", USER, PORT, IDENTITY, KNOWN_HOSTS, JUMP, TRANSPORT, CONNECT_TIMEOUT);

  private SshKeys() {}

  /** With the defaults where nothing is said. */
  static Ssh of(Fields fields) {
    Ssh base = Ssh.DEFAULTS;
    return new Ssh(
        fields.get(USER),
        fields.get(PORT),
        fields.get(IDENTITY),
        fields.get(KNOWN_HOSTS),
        fields.get(JUMP).orElse(base.jump()),
        fields.get(TRANSPORT).orElse(base.transport()),
        fields.get(CONNECT_TIMEOUT).orElse(base.connectTimeout()));
  }
}
