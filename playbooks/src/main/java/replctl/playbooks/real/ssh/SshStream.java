package replctl.playbooks.real.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import replctl.playbooks.real.shell.Stream;

/** A stream through an SSH connection. */
record SshStream(DirectConnection channel, Consumer<DirectConnection> ender) implements Stream {
  @Override
  public InputStream in() {
    return new SshCommand.Kept(channel.getInputStream());
  }

  @Override
  public OutputStream out() {
    return channel.getOutputStream();
  }

  @Override
  public void close() {
    ender.accept(channel);
  }
}
