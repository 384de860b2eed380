package replctl.playbooks.real.shell;

import java.time.Duration;
import java.util.List;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Passage;

/** A way to run commands on one host. Calls may come from several threads at once. */
public interface Shell extends AutoCloseable {
  /**
   * The operating system's user that commands run as.
   *
   * @throws NoContact when the operator's own settings can't be read
   */
  String user() throws NoContact;

  /**
   * Starts a command. Connects first where there is no connection yet.
   *
   * @param words the command; none of them holds a character that any login shell reads otherwise
   * @throws NoContact when it was not started
   */
  Running start(List<String> words, Deadline by) throws NoContact;

  /**
   * Connects to a port of the host's own 127.0.0.1.
   *
   * @throws NoContact when that can't be had; REFUSED when nothing listens at the port
   */
  Stream connect(int port, Deadline by) throws NoContact;

  /**
   * The hosts on the way, this one last; none where it is the operator's own.
   *
   * @throws NoContact when the operator's own settings can't be read
   */
  default List<Passage> way() throws NoContact {
    return List.of();
  }

  /** Connects, so that the next call need not; says nothing of what fails. */
  void warm(Deadline by);

  /** How long connecting has gone on by now; zero where it is not under way, or can't be told. */
  default Duration waited() {
    return Duration.ZERO;
  }

  /** Ends whatever runs and every connection, at once: waits for no host. */
  @Override
  void close();
}
