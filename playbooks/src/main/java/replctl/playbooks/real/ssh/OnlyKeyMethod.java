package replctl.playbooks.real.ssh;

import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthPublickey;

/**
 * Logs in with the only key that there is to try: it is not asked first whether the host would take
 * it. That is a round trip less, and OpenSSH lets each such question wait for 5 to 9 ms.
 */
final class OnlyKeyMethod extends AuthPublickey {
  OnlyKeyMethod(KeyProvider key) {
    super(key);
  }

  /** What is sent when the host has said that it would take the key. */
  @Override
  public void request() throws UserAuthException, TransportException {
    handle(Message.USERAUTH_60, null);
  }
}
