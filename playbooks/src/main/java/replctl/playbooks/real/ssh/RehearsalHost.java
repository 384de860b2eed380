package replctl.playbooks.real.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import net.schmizz.sshj.common.Buffer.PlainBuffer;

/**
 * The other side of a rehearsal: as much of an SSH server as one connection of replctl's sees of
 * OpenSSH's, on 127.0.0.1 and inside this process. It lets anybody in, runs nothing, and answers
 * each script with a text that was made up before.
 */
final class RehearsalHost implements AutoCloseable {
  /** Of its key. */
  static final String KIND = "ssh-ed25519";

  private final ServerSocket listening;
  private final KeyPair key;
  private final UnaryOperator<String> answers;

  /**
   * @param answers what is printed by a script; given the text that was sent
   */
  RehearsalHost(UnaryOperator<String> answers) throws IOException, GeneralSecurityException {
    this.answers = answers;
    this.key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    this.listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "replctl-rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Its line in a known_hosts file. */
  String known() {
    return "[localhost]:" + port() + " " + KIND + " " + Base64.getEncoder().encodeToString(key());
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket.setTcpNoDelay(true);
        new RehearsalVisit(this, socket).run();
      } catch (IOException | GeneralSecurityException over) {
        // The client has gone, or the rehearsal is over.
      }
    }
  }

  /** Its public key as SSH sends it. */
  byte[] key() {
    return new PlainBuffer().putString(KIND).putBytes(last32(key.getPublic())).getCompactData();
  }

  byte[] signed(byte[] hash) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key.getPrivate());
    signature.update(hash);
    return signature.sign();
  }

  /** What it prints when that script was sent. */
  String answer(String script) {
    return answers.apply(script);
  }

  /** Keys of both kinds end in the bytes that SSH sends. */
  static byte[] last32(PublicKey key) {
    byte[] all = key.getEncoded();
    return Arrays.copyOfRange(all, all.length - 32, all.length);
  }
}
