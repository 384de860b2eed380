package replctl.playbooks.real.ssh;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * The agent that holds the operator's keys (draft-ietf-sshm-ssh-agent). One request a connection:
 * some agents ask the operator meanwhile.
 */
final class Agent {
  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;

  /** As the agents themselves. */
  private static final int MOST_BYTES = 256 << 10;

  private static final int MOST_KEYS = 100;

  private final Path socket;

  Agent(Path socket) {
    this.socket = socket;
  }

  /** A key that the agent holds. */
  static final class Held {
    private final byte[] blob;

    private Held(byte[] blob) {
      this.blob = blob;
    }

    /** The public key as SSH sends it. */
    byte[] blob() {
      return blob.clone();
    }
  }

  List<Held> keys() throws IOException {
    Buffer.PlainBuffer answer = ask(new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES));
    if (answer.readByte() != IDENTITIES_ANSWER) {
      throw new IOException("the agent does not list its keys");
    }
    long count = Math.min(answer.readUInt32(), MOST_KEYS);
    List<Held> keys = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      keys.add(new Held(answer.readBytes()));
      // A comment for people.
      answer.readBytes();
    }
    return keys;
  }

  /** The signature as SSH sends it: its method's name and the signature proper. */
  byte[] sign(byte[] blob, byte[] data, int flags) throws IOException {
    Buffer.PlainBuffer answer =
        ask(
            new Buffer.PlainBuffer()
                .putByte(SIGN_REQUEST)
                .putBytes(blob)
                .putBytes(data)
                .putUInt32(flags));
    if (answer.readByte() != SIGN_RESPONSE) {
      throw new IOException("the agent refuses to sign");
    }
    return answer.readBytes();
  }

  private Buffer.PlainBuffer ask(Buffer.PlainBuffer request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      byte[] body = request.getCompactData();
      ByteBuffer sent = ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).flip();
      while (sent.hasRemaining()) {
        channel.write(sent);
      }
      int length = read(channel, 4).getInt();
      if (length < 1 || length > MOST_BYTES) {
        throw new IOException("the agent's answer has " + length + " bytes");
      }
      return new Buffer.PlainBuffer(read(channel, length).array());
    }
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException("the agent hung up");
      }
    }
    return bytes.flip();
  }
}
