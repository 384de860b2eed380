package replctl.playbooks.real.ssh;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.jar.JarFile;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import net.schmizz.sshj.SSHClient;

/**
 * Loads what a connection needs, without connecting: for an archive of classes that is made where
 * no host is. It saves a tenth of a second of each look at a host.
 */
public final class Rehearsal {
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

  private Rehearsal() {}

  /** Goes through the methods that are agreed on first, and the library's classes. */
  public static void run() throws IOException, GeneralSecurityException {
    agree();
    sign("Ed25519", "Ed25519");
    sign("EC", "SHA256withECDSA");
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(new byte[16], "AES"),
        new GCMParameterSpec(128, new byte[12]));
    cipher.doFinal(new byte[64]);
    Mac.getInstance("HmacSHA1").init(new SecretKeySpec(new byte[20], "HmacSHA1"));
    new SSHClient(ClientAlgorithms.CONFIG).getConnection();
    greet();
    loadClasses();
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

  private static void agree() throws GeneralSecurityException {
    KeyPair own = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    KeyPair other = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(own.getPrivate());
    agreement.doPhase(other.getPublic(), true);
    agreement.generateSecret();
  }

  private static void sign(String keys, String method) throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance(keys).generateKeyPair();
    Signature signature = Signature.getInstance(method);
    signature.initSign(pair.getPrivate());
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(pair.getPublic());
    signature.update((byte) 1);
    signature.verify(signed);
  }

  private static void loadClasses() throws IOException {
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
