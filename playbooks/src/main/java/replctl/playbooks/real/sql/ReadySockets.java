package replctl.playbooks.real.sql;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.ReadySocketFactory;

/**
 * Gives the driver sockets that are connected already: so it is known here why one could not be.
 * The driver makes the factory itself, by its class's name and one word: the word is a number under
 * which the way is kept here.
 */
public final class ReadySockets extends ReadySocketFactory {
  private static final Map<String, Opener> WAYS = new ConcurrentHashMap<>();
  private static final AtomicLong COUNT = new AtomicLong();

  private final Opener opener;

  /** Connects. */
  interface Opener {
    Socket open() throws NoContact;
  }

  /**
   * Made by the driver.
   *
   * @param word what {@link #keep} gave
   */
  public ReadySockets(String word) {
    this.opener =
        WAYS.getOrDefault(
            word,
            () -> {
              throw new IllegalStateException("no such way: " + word);
            });
  }

  /** Keeps a way until it is forgotten; returns its word. */
  static String keep(Opener opener) {
    String word = Long.toString(COUNT.incrementAndGet());
    WAYS.put(word, opener);
    return word;
  }

  static void forget(String word) {
    WAYS.remove(word);
  }

  /** A way that could not be opened, among the driver's own failures. */
  static final class NoWay extends IOException {
    private final NoContact why;

    private NoWay(NoContact why) {
      super(why.getMessage(), why);
      this.why = why;
    }

    NoContact why() {
      return why;
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    try {
      return opener.open();
    } catch (NoContact why) {
      throw new NoWay(why);
    }
  }
}
