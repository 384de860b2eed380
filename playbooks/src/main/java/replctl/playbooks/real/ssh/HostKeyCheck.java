package replctl.playbooks.real.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import replctl.playbooks.real.ssh.KnownHosts.Entry;
import replctl.playbooks.real.ssh.KnownHosts.Mark;

/**
 * Accepts a host's key only if it is known. Certificates are checked here and not by the library,
 * which does so in some key exchanges only, takes users' certificates for hosts', and SHA-1.
 */
final class HostKeyCheck implements HostKeyVerifier {
  /** In a certificate: it is a host's (PROTOCOL.certkeys). */
  private static final long HOST_CERTIFICATE = 2;

  private static final Set<String> SIGNATURES =
      Set.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "rsa-sha2-256",
          "rsa-sha2-512");

  private final Hop hop;
  private final boolean behindJump;
  private final List<Entry> known;
  private volatile String refusal = "";
  private volatile boolean met;

  HostKeyCheck(Hop hop, boolean behindJump, List<Entry> known) {
    this.hop = hop;
    this.behindJump = behindJump;
    this.known = List.copyOf(known);
  }

  /** Why the key was refused; empty: it was not. */
  String refusal() {
    return refusal;
  }

  /** Whether the host has said who it is: its keys are thought of after that. */
  boolean met() {
    return met;
  }

  @Override
  public boolean verify(String hostname, int port, PublicKey key) {
    try {
      refusal = check(key);
    } catch (IOException | SSHRuntimeException unreadable) {
      refusal = "the host key of " + hop.words() + " can't be read: " + unreadable.getMessage();
    }
    return refusal.isEmpty();
  }

  private String check(PublicKey key) throws IOException {
    byte[] plain = blob(key instanceof Certificate<?> certificate ? certificate.getKey() : key);
    for (Entry entry : known) {
      if (entry.mark() == Mark.REVOKED && (entry.is(plain) || signed(key, entry))) {
        return "the host key of " + hop.words() + " is revoked: " + entry.where();
      }
    }
    if (known.stream().anyMatch(entry -> entry.mark() == Mark.HOST && entry.is(plain))) {
      return "";
    }
    if (key instanceof Certificate<?> certificate) {
      for (Entry entry : known) {
        if (entry.mark() == Mark.AUTHORITY && signed(key, entry)) {
          return certificate(certificate);
        }
      }
    }
    return stranger(typeOf(plain), plain);
  }

  private static boolean signed(PublicKey key, Entry by) {
    return key instanceof Certificate<?> certificate && by.is(certificate.getSignatureKey());
  }

  private String certificate(Certificate<?> certificate) throws IOException {
    String name = hop.plainName();
    String why = "";
    if (certificate.getType() != HOST_CERTIFICATE) {
      why = "it is no host's";
    } else if (certificate.getValidPrincipals() == null
        || certificate.getValidPrincipals().isEmpty()) {
      why = "it names no host";
    } else if (!certificate.getCritOptions().isEmpty()) {
      why = "it has an option that is not known";
    } else if (!SIGNATURES.contains(
        new Buffer.PlainBuffer(certificate.getSignature()).readString())) {
      why = "it is signed by an outdated method";
    } else {
      String wrong = KeyType.CertUtils.verifyHostCertificate(blob(certificate), certificate, name);
      why = wrong == null ? "" : wrong.replace('`', '"');
    }
    return why.isEmpty() ? "" : "the host certificate of " + hop.words() + " is refused: " + why;
  }

  private String stranger(String type, byte[] blob) {
    String shown = shortType(type) + " " + KnownHosts.fingerprint(blob);
    List<Entry> hosts = known.stream().filter(entry -> entry.mark() == Mark.HOST).toList();
    Entry other =
        hosts.stream()
            .filter(entry -> entry.type().equals(type))
            .findFirst()
            .orElse(hosts.isEmpty() ? null : hosts.get(0));
    String file = hop.knownHosts().isEmpty() ? "known_hosts" : hop.knownHosts().get(0).toString();
    if (other == null) {
      return "the host key of "
          + hop.words()
          + " is not known: it shows "
          + shown
          + "; compare that on the host with: ssh-keygen -lf /etc/ssh/ssh_host_"
          + shortType(type).toLowerCase(java.util.Locale.ROOT)
          + "_key.pub; then: "
          + learn(type, file);
    }
    return "the host key of "
        + hop.words()
        + " has changed: it shows "
        + shown
        + ", known is "
        + shortType(other.type())
        + " "
        + KnownHosts.fingerprint(other.blob())
        + " ("
        + other.where()
        + "); somebody may be in between; only if the host was set up anew: ssh-keygen -R '"
        + hop.keyName()
        + "' -f "
        + other.file();
  }

  /** Behind a jump host ssh-keyscan does not get there; ssh asks, and shows the fingerprint. */
  private String learn(String type, String file) {
    if (behindJump) {
      return "log in once with ssh, through the same jump host";
    }
    return "ssh-keyscan -t "
        + shortType(type).toLowerCase(java.util.Locale.ROOT)
        + (hop.port() == 22 ? " " : " -p " + hop.port() + " ")
        + hop.hostname()
        + " >> "
        + file;
  }

  /** As ssh-keygen prints it. */
  private static String shortType(String type) {
    return switch (type) {
      case "ssh-ed25519" -> "ED25519";
      case "ssh-rsa" -> "RSA";
      default -> type.startsWith("ecdsa-") ? "ECDSA" : type;
    };
  }

  /** Kinds that the host is known by are asked for first. */
  @Override
  public List<String> findExistingAlgorithms(String hostname, int port) {
    met = true;
    List<String> wanted = new ArrayList<>();
    for (Entry entry : known) {
      if (entry.mark() == Mark.HOST) {
        if (entry.type().equals("ssh-rsa")) {
          wanted.add("rsa-sha2-512");
          wanted.add("rsa-sha2-256");
        } else {
          wanted.add(entry.type());
        }
      }
    }
    if (wanted.isEmpty() && known.stream().anyMatch(entry -> entry.mark() == Mark.AUTHORITY)) {
      wanted.addAll(ClientAlgorithms.CERTIFICATES);
    }
    return wanted;
  }

  private static byte[] blob(PublicKey key) {
    return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
  }

  private static String typeOf(byte[] blob) throws IOException {
    return new Buffer.PlainBuffer(blob).readString();
  }
}
