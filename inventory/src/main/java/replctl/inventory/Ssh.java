package replctl.inventory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a host is reached over SSH. What is absent here is asked of the operator's own ~/.ssh/config.
 *
 * @param identity the private key's file
 * @param jump hosts to pass through, in order, each {@code [user@]host[:port]}
 */
public record Ssh(
    Optional<String> user,
    Optional<Integer> port,
    Optional<Path> identity,
    Optional<Path> knownHosts,
    List<String> jump,
    Transport transport,
    Duration connectTimeout) {
  /** What a host gets that says nothing: 2 s to connect (a silent host costs a whole one). */
  public static final Ssh DEFAULTS =
      new Ssh(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Transport.SSHJ,
          Duration.ofSeconds(2));

  public Ssh {
    jump = List.copyOf(jump);
  }

  /** Which client speaks SSH. */
  public enum Transport implements Worded {
    /** In this process: the fastest. */
    SSHJ("sshj"),
    /** The system's ssh: security keys, PKCS#11, GSSAPI, ProxyCommand. */
    OPENSSH("openssh");

    private final String word;

    Transport(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }
}
