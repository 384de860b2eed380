package replctl.playbooks.real.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Vault;

/**
 * PostgreSQL's verifier of a password (RFC 5803 as in pg_authid.rolpassword): what the server
 * keeps, so that neither it nor its log is ever told the password.
 */
final class Scram {
  /** PostgreSQL's own number (SCRAM_SHA_256_DEFAULT_ITERATIONS). */
  private static final int ITERATIONS = 4096;

  private static final int SALT_BYTES = 16;

  private Scram() {}

  /**
   * The salt of a secret's verifiers. It lasts like the secret, so that the same password gives the
   * same verifier and a second run finds nothing to change. It is chosen at random: a server shows
   * it to whoever asks to log in.
   */
  static byte[] salt(SecretRef secret, Vault vault) {
    String kept = vault.get(new SecretRef(secret.inUse().name() + ".salt")).reveal();
    return Arrays.copyOf(kept.getBytes(StandardCharsets.UTF_8), SALT_BYTES);
  }

  /** {@code SCRAM-SHA-256$4096:SALT$STORED_KEY:SERVER_KEY}. */
  static String verifier(String password, byte[] salt) {
    try {
      PBEKeySpec spec = new PBEKeySpec(prepared(password).toCharArray(), salt, ITERATIONS, 256);
      byte[] salted;
      try {
        salted =
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      } finally {
        spec.clearPassword();
      }
      byte[] stored =
          MessageDigest.getInstance("SHA-256").digest(authenticated(salted, "Client Key"));
      Base64.Encoder base64 = Base64.getEncoder();
      return "SCRAM-SHA-256$"
          + ITERATIONS
          + ":"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(stored)
          + ":"
          + base64.encodeToString(authenticated(salted, "Server Key"));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", absent);
    }
  }

  private static byte[] authenticated(byte[] key, String what) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(what.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * SASLprep (RFC 4013) as clients do it: odd spaces become spaces, invisible marks go, the rest is
   * composed (NFKC). What SASLprep forbids is taken as it is, as PostgreSQL does.
   */
  static String prepared(String password) {
    if (password.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return password;
    }
    StringBuilder mapped = new StringBuilder();
    for (int i = 0; i < password.length(); i++) {
      char c = password.charAt(i);
      if (Character.getType(c) == Character.SPACE_SEPARATOR || c == '\u200b') {
        mapped.append(' ');
      } else if (!mappedToNothing(c)) {
        mapped.append(c);
      }
    }
    String composed = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    return composed.isEmpty() || composed.codePoints().anyMatch(Scram::forbidden)
        ? password
        : composed;
  }

  /** RFC 3454, table B.1. */
  private static boolean mappedToNothing(char c) {
    return c == '\u00ad'
        || c == '\u034f'
        || c == '\u1806'
        || (c >= '\u180b' && c <= '\u180d')
        || c == '\u200c'
        || c == '\u200d'
        || c == '\u2060'
        || (c >= '\ufe00' && c <= '\ufe0f')
        || c == '\ufeff';
  }

  /** RFC 3454, tables C.2 to C.9 and A.1, by Unicode's own classes. */
  private static boolean forbidden(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.PRIVATE_USE
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || (c >= 0xfff9 && c <= 0xfffd)
        || (c >= 0x2ff0 && c <= 0x2ffb)
        || c == 0x340
        || c == 0x341;
  }
}
