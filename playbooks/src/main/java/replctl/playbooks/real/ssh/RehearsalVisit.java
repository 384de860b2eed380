package replctl.playbooks.real.ssh;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Buffer.PlainBuffer;

/**
 * One client of a {@link RehearsalHost}, from its greeting to its end. Numbers are those of RFC
 * 4253, 4252 and 4254.
 */
final class RehearsalVisit {
  private static final String VERSION = "SSH-2.0-rehearsal";

  /** What stands before the 32 bytes of an X25519 key (RFC 8410). */
  private static final byte[] X25519 = HexFormat.of().parseHex("302a300506032b656e032100");

  private static final String[] METHODS = {
    "curve25519-sha256,kex-strict-s-v00@openssh.com",
    RehearsalHost.KIND,
    "aes128-gcm@openssh.com",
    "aes128-gcm@openssh.com",
    "hmac-sha2-256-etm@openssh.com",
    "hmac-sha2-256-etm@openssh.com",
    "none",
    "none",
    "",
    ""
  };

  private final RehearsalHost host;
  private final DataInputStream in;
  private final OutputStream out;
  private RehearsalSeal opened;
  private RehearsalSeal sealed;
  private final StringBuilder sent = new StringBuilder();
  private long channel;

  RehearsalVisit(RehearsalHost host, Socket socket) throws IOException {
    this.host = host;
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  void run() throws IOException, GeneralSecurityException {
    out.write((VERSION + "\r\n").getBytes(StandardCharsets.US_ASCII));
    agree(line());
    while (true) {
      answer(read());
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private void agree(String client) throws IOException, GeneralSecurityException {
    PlainBuffer offer = new PlainBuffer().putByte((byte) 20).putRawBytes(new byte[16]);
    for (String methods : METHODS) {
      offer.putString(methods);
    }
    offer.putBoolean(false).putUInt32(0);
    byte[] own = offer.getCompactData();
    write(own);
    byte[] theirs = read().getCompactData();
    byte[] their = after(read(), 30).readBytes();
    KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(pair.getPrivate());
    byte[] encoded = Arrays.copyOf(X25519, X25519.length + 32);
    System.arraycopy(their, 0, encoded, X25519.length, 32);
    agreement.doPhase(
        KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded)), true);
    BigInteger secret = new BigInteger(1, agreement.generateSecret());
    byte[] hash =
        sha256(
            new PlainBuffer()
                .putString(client)
                .putString(VERSION)
                .putBytes(theirs)
                .putBytes(own)
                .putBytes(host.key())
                .putBytes(their)
                .putBytes(RehearsalHost.last32(pair.getPublic()))
                .putMPInt(secret));
    write(
        new PlainBuffer()
            .putByte((byte) 31)
            .putBytes(host.key())
            .putBytes(RehearsalHost.last32(pair.getPublic()))
            .putBytes(
                new PlainBuffer()
                    .putString(RehearsalHost.KIND)
                    .putBytes(host.signed(hash))
                    .getCompactData())
            .getCompactData());
    write(new byte[] {21});
    after(read(), 21);
    opened = seal(secret, hash, 'A', 'C');
    sealed = seal(secret, hash, 'B', 'D');
    write(
        new PlainBuffer()
            .putByte((byte) 7)
            .putUInt32(1)
            .putString("server-sig-algs")
            .putString("ssh-ed25519,rsa-sha2-512,rsa-sha2-256")
            .getCompactData());
  }

  private RehearsalSeal seal(BigInteger secret, byte[] hash, char start, char secretKey)
      throws GeneralSecurityException {
    return new RehearsalSeal(
        Arrays.copyOf(derived(secret, hash, secretKey), 16),
        Arrays.copyOf(derived(secret, hash, start), 12));
  }

  private byte[] derived(BigInteger secret, byte[] hash, char letter)
      throws GeneralSecurityException {
    return sha256(
        new PlainBuffer()
            .putMPInt(secret)
            .putRawBytes(hash)
            .putByte((byte) letter)
            .putRawBytes(hash));
  }

  private byte[] sha256(PlainBuffer of) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(of.getCompactData());
  }

  private void answer(PlainBuffer message) throws IOException, GeneralSecurityException {
    int kind = message.readByte();
    switch (kind) {
      case 1 -> throw new IOException("the client leaves");
      case 5 -> write(new PlainBuffer().putByte((byte) 6).putString(message.readString()));
      case 50 -> letIn(message);
      case 80 -> refuse(message);
      case 90 -> open(message);
      case 94 -> hear(message);
      case 98 -> run(message);
      default -> {
        // Nothing that is waited for.
      }
    }
  }

  private void letIn(PlainBuffer message) throws IOException, GeneralSecurityException {
    for (int i = 0; i < 3; i++) {
      message.readString();
    }
    if (message.readBoolean()) {
      write(new PlainBuffer().putByte((byte) 52));
      write(
          new PlainBuffer()
              .putByte((byte) 80)
              .putString("hostkeys-00@openssh.com")
              .putBoolean(false)
              .putBytes(host.key()));
    } else {
      write(
          new PlainBuffer()
              .putByte((byte) 60)
              .putString(message.readString())
              .putBytes(message.readBytes()));
    }
  }

  private void refuse(PlainBuffer message) throws IOException, GeneralSecurityException {
    message.readString();
    if (message.readBoolean()) {
      write(new PlainBuffer().putByte((byte) 82));
    }
  }

  private void open(PlainBuffer message) throws IOException, GeneralSecurityException {
    message.readString();
    channel = message.readUInt32();
    write(
        new PlainBuffer()
            .putByte((byte) 91)
            .putUInt32(channel)
            .putUInt32(0)
            .putUInt32(2 << 20)
            .putUInt32(32 << 10));
    sent.setLength(0);
  }

  private void run(PlainBuffer message) throws IOException, GeneralSecurityException {
    message.readUInt32();
    message.readString();
    if (message.readBoolean()) {
      write(new PlainBuffer().putByte((byte) 99).putUInt32(channel));
    }
  }

  private void hear(PlainBuffer message) throws IOException, GeneralSecurityException {
    message.readUInt32();
    sent.append(message.readString());
    if (sent.toString().endsWith(RehearsalAnswer.LAST_LINE)) {
      write(
          new PlainBuffer()
              .putByte((byte) 94)
              .putUInt32(channel)
              .putString(host.answer(sent.toString())));
      write(new PlainBuffer().putByte((byte) 96).putUInt32(channel));
      write(
          new PlainBuffer()
              .putByte((byte) 98)
              .putUInt32(channel)
              .putString("exit-status")
              .putBoolean(false)
              .putUInt32(0));
      write(new PlainBuffer().putByte((byte) 97).putUInt32(channel));
    }
  }

  private PlainBuffer after(PlainBuffer message, int kind) throws IOException {
    if (message.readByte() != kind) {
      throw new IOException("not what comes now");
    }
    return message;
  }

  private PlainBuffer read() throws IOException, GeneralSecurityException {
    byte[] length = in.readNBytes(4);
    if (length.length < 4) {
      throw new IOException("the client is gone");
    }
    int size = (int) new PlainBuffer(length).readUInt32();
    byte[] body = in.readNBytes(opened == null ? size : size + RehearsalSeal.TAG);
    byte[] plain = opened == null ? body : opened.open(length, body);
    return new PlainBuffer(Arrays.copyOfRange(plain, 1, size - plain[0]));
  }

  private void write(Buffer<?> message) throws IOException, GeneralSecurityException {
    write(message.getCompactData());
  }

  private void write(byte[] message) throws IOException, GeneralSecurityException {
    int block = sealed == null ? 8 : 16;
    int before = sealed == null ? 5 : 1;
    int padding = block - (message.length + before) % block;
    padding += padding < 4 ? block : 0;
    byte[] body =
        new PlainBuffer()
            .putByte((byte) padding)
            .putRawBytes(message)
            .putRawBytes(new byte[padding])
            .getCompactData();
    byte[] length = new PlainBuffer().putUInt32(body.length).getCompactData();
    byte[] rest = sealed == null ? body : sealed.seal(length, body);
    out.write(new PlainBuffer().putRawBytes(length).putRawBytes(rest).getCompactData());
  }
}
