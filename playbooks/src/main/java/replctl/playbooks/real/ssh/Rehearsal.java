package replctl.playbooks.real.ssh;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.jar.JarFile;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Buffer.PlainBuffer;

/**
 * Hosts that are none, to be reached over SSH on 127.0.0.1: for an archive of classes, which is
 * made where no host is. What was gone through once need not be loaded, linked and spun at each
 * start.
 */
public final class Rehearsal implements AutoCloseable {
  /** Parts of the jar whose classes are all loaded: not each of them is met on the usual way. */
  private static final String[] PARTS = {
    "net/schmizz/concurrent/",
    "net/schmizz/keepalive/",
    "net/schmizz/sshj/",
    "com/hierynomus/sshj/",
    "com/ongres/",
    "org/postgresql/Driver",
    "org/postgresql/PGProperty",
    "org/postgresql/core/",
    "org/postgresql/hostchooser/",
    "org/postgresql/jdbc/",
    "org/postgresql/plugin/",
    "org/postgresql/ssl/",
    "org/postgresql/util/",
    "replctl/playbooks/real/",
  };

  private final List<RehearsalHost> hosts = new ArrayList<>();
  private final Path identity;
  private final Path knownHosts;

  private Rehearsal(Path folder) {
    this.identity = folder.resolve("id_ed25519");
    this.knownHosts = folder.resolve("known_hosts");
  }

  /**
   * Opens a host for each answer.
   *
   * @param folder where its files go: a key that nobody else lets in, and the hosts' keys
   * @param facts for each host what it answers to any script, a line each: a name, a blank, a text;
   *     NOW stands for the time
   */
  public static Rehearsal open(Path folder, List<String> facts)
      throws IOException, GeneralSecurityException {
    Rehearsal rehearsal = new Rehearsal(folder);
    try {
      rehearsal.writeKey();
      // Such lines are common in files that people have.
      StringBuilder known =
          new StringBuilder(
              "|1|AAAAAAAAAAAAAAAAAAAAAAAAAAA=|AAAAAAAAAAAAAAAAAAAAAAAAAAA= ssh-ed25519 AAAA\n");
      for (String one : facts) {
        RehearsalHost host = new RehearsalHost(new RehearsalAnswer(one));
        rehearsal.hosts.add(host);
        known.append(host.known()).append('\n');
      }
      Files.writeString(rehearsal.knownHosts, known);
      return rehearsal;
    } catch (IOException | GeneralSecurityException | RuntimeException failed) {
      rehearsal.close();
      throw failed;
    }
  }

  /** The private key that logs in. */
  public Path identity() {
    return identity;
  }

  /** The hosts' keys. */
  public Path knownHosts() {
    return knownHosts;
  }

  /** The hosts' ports, in the order of their answers. */
  public List<Integer> ports() {
    return hosts.stream().map(RehearsalHost::port).toList();
  }

  @Override
  public void close() throws IOException {
    for (RehearsalHost host : hosts) {
      host.close();
    }
  }

  /** In OpenSSH's own format (PROTOCOL.key), without a passphrase, as most have it. */
  private void writeKey() throws IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] secret = pair.getPrivate().getEncoded();
    byte[] shown = RehearsalHost.last32(pair.getPublic());
    byte[] both =
        new PlainBuffer()
            .putRawBytes(Arrays.copyOfRange(secret, secret.length - 32, secret.length))
            .putRawBytes(shown)
            .getCompactData();
    String kind = "ssh-ed25519";
    byte[] blob = new PlainBuffer().putString(kind).putBytes(shown).getCompactData();
    PlainBuffer inner =
        new PlainBuffer()
            .putUInt32(1)
            .putUInt32(1)
            .putString(kind)
            .putBytes(shown)
            .putBytes(both)
            .putString("rehearsal");
    for (byte pad = 1; inner.available() % 8 != 0; pad++) {
      inner.putByte(pad);
    }
    byte[] file =
        new PlainBuffer()
            .putRawBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII))
            .putString("none")
            .putString("none")
            .putString("")
            .putUInt32(1)
            .putBytes(blob)
            .putBytes(inner.getCompactData())
            .getCompactData();
    Files.writeString(
        identity,
        "-----BEGIN OPENSSH PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file)
            + "\n-----END OPENSSH PRIVATE KEY-----\n");
    Files.writeString(
        identity.resolveSibling("id_ed25519.pub"),
        kind + " " + Base64.getEncoder().encodeToString(blob) + " rehearsal\n");
  }

  /** The first message of TLS, to nobody. */
  private static void greet() throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine("localhost", 5432);
    engine.setUseClientMode(true);
    ByteBuffer greeting = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), greeting);
  }

  /** Loads what a connection may need and this one did not. */
  public static void loadClasses() throws GeneralSecurityException, IOException {
    greet();
    // What other hosts have for a key.
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(pair.getPublic());
    File place =
        new File(SSHClient.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    if (!place.isFile()) {
      return;
    }
    try (JarFile jar = new JarFile(place)) {
      jar.stream().map(entry -> entry.getName()).filter(Rehearsal::wanted).forEach(Rehearsal::load);
    }
  }

  private static boolean wanted(String name) {
    for (String part : PARTS) {
      if (name.startsWith(part) && name.endsWith(".class")) {
        return true;
      }
    }
    return false;
  }

  private static void load(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      Class.forName(name, false, Rehearsal.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      // It needs a library that replctl goes without.
    }
  }
}
