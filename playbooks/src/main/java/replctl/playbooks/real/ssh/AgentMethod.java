package replctl.playbooks.real.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** Logs in with a key that the agent holds; of whatever kind, since the agent does the work. */
final class AgentMethod extends AbstractAuthMethod {
  /** The agent's flag for SHA-512 with RSA keys (RFC 8332). */
  private static final int RSA_SHA2_512 = 4;

  private final Agent agent;
  private final Agent.Held key;
  private final String method;
  private final int flags;

  AgentMethod(Agent agent, Agent.Held key) throws IOException {
    super("publickey");
    this.agent = agent;
    this.key = key;
    String type = new Buffer.PlainBuffer(key.blob()).readString();
    this.flags = type.startsWith("ssh-rsa") ? RSA_SHA2_512 : 0;
    this.method = flags == 0 ? type : "rsa-sha2-512" + type.substring("ssh-rsa".length());
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return request(false);
  }

  private SSHPacket request(boolean signed) throws UserAuthException {
    SSHPacket packet = super.buildReq();
    packet.putBoolean(signed).putString(method).putBytes(key.blob());
    return packet;
  }

  /** The server would take the key. */
  @Override
  public void handle(Message message, SSHPacket packet)
      throws UserAuthException, TransportException {
    if (message != Message.USERAUTH_60) {
      super.handle(message, packet);
      return;
    }
    SSHPacket request = request(true);
    byte[] data =
        new Buffer.PlainBuffer()
            .putBytes(params.getTransport().getSessionID())
            .putRawBytes(request.getCompactData())
            .getCompactData();
    try {
      request.putBytes(agent.sign(key.blob(), data, flags));
    } catch (IOException refused) {
      throw new UserAuthException(refused.getMessage(), refused);
    }
    params.getTransport().write(request);
  }
}
