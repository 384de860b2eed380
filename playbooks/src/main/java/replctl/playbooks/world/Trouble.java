package replctl.playbooks.world;

/** Kinds of trouble on the way to a host or on it: each calls for another next command. */
public enum Trouble {
  NONE,
  /** The name has no address. */
  NO_ADDRESS,
  /** Nothing listens at that port: the host is up. */
  REFUSED,
  /** No answer to the connection at all. */
  UNREACHABLE,
  /** The connection was taken and then nothing was said: a frozen or overloaded host. */
  SILENT,
  /** The host's key is unknown or has changed. */
  HOST_KEY,
  /** The login was refused. */
  LOGIN,
  /** Logged in, and the command is not permitted: sudo, forwarding. */
  NOT_PERMITTED,
  /** The connection ended in the middle. */
  CUT,
  /** No answer before the deadline. */
  OVERDUE,
  /** The script looked and said no. */
  SAID_NO,
  /** The host's server, which would have to do it, is not running. */
  NO_SERVER,
  /** The host is not the one that the plan was made for. */
  WRONG_IDENTITY,
  /** Another operation holds the host's lock. */
  BUSY,
  /** Another operation holds a promise of the host's, and is not over. */
  HELD,
  /** The host knows a newer promise: whoever asks has been overtaken. */
  OVERTAKEN,
  /** The host's epoch file can't be relied on. */
  UNREADABLE,
  /** The script ended without an answer, or with one that can't be read. */
  NO_ANSWER;

  /** Whether the host was not come to, or nothing came back from it. */
  public boolean isNoContact() {
    return switch (this) {
      case NO_ADDRESS, REFUSED, UNREACHABLE, SILENT, HOST_KEY, LOGIN, CUT, OVERDUE -> true;
      case NONE,
          NOT_PERMITTED,
          SAID_NO,
          NO_SERVER,
          WRONG_IDENTITY,
          BUSY,
          HELD,
          OVERTAKEN,
          UNREADABLE,
          NO_ANSWER ->
          false;
    };
  }
}
