package replctl.playbooks.real.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.schmizz.sshj.SSHClient;

/**
 * Goes once through the methods that most hosts agree on, so that they are there, and compiled,
 * when the first host waits for them. Java does that arithmetic forty times slower the first time.
 */
public final class Primer {
  private Primer() {}

  /** Does it, on the calling thread; a Java that lacks a method says so when it is needed. */
  public static void run() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
      KeyPair own = generator.generateKeyPair();
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(own.getPrivate());
      agreement.doPhase(own.getPublic(), true);
      agreement.generateSecret();
      sign();
      seal();
      new SSHClient(ClientAlgorithms.CONFIG).getConnection();
    } catch (GeneralSecurityException | RuntimeException unusual) {
      // Another method will be agreed on.
    }
  }

  private static void sign() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(pair.getPublic());
    signature.update((byte) 1);
    signature.verify(signed);
  }

  private static void seal() throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(new byte[16], "AES"),
        new GCMParameterSpec(128, new byte[12]));
    cipher.doFinal(new byte[64]);
  }
}
