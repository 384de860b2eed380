package replctl.playbooks.real.ssh;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One direction of AES-GCM as SSH has it (RFC 5647): the packet's length is not encrypted. */
final class RehearsalSeal {
  /** Bytes at a packet's end. */
  static final int TAG = 16;

  private final SecretKeySpec key;
  private final byte[] nonce;

  RehearsalSeal(byte[] key, byte[] nonce) {
    this.key = new SecretKeySpec(key, "AES");
    this.nonce = nonce.clone();
  }

  byte[] seal(byte[] length, byte[] body) throws GeneralSecurityException {
    return through(Cipher.ENCRYPT_MODE, length, body);
  }

  byte[] open(byte[] length, byte[] body) throws GeneralSecurityException {
    return through(Cipher.DECRYPT_MODE, length, body);
  }

  private byte[] through(int mode, byte[] length, byte[] body) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce.clone()));
    // The last eight bytes count the packets.
    ByteBuffer counter = ByteBuffer.wrap(nonce);
    counter.putLong(4, counter.getLong(4) + 1);
    cipher.updateAAD(length);
    return cipher.doFinal(body);
  }
}
