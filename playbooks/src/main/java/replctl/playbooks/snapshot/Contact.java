package replctl.playbooks.snapshot;

import replctl.playbooks.world.Trouble;

/**
 * How a host answered.
 *
 * @param trouble NONE when it did
 * @param words what was found, for people
 */
public record Contact(Trouble trouble, String words) {
  /** It answered. */
  public static final Contact ANSWERED = new Contact(Trouble.NONE, "answers");

  /** Whether it answered. */
  public boolean answered() {
    return trouble == Trouble.NONE;
  }

  /** Its host did not answer, and its server did, over its own protocol. */
  public static Contact serverAlone(Trouble trouble, String said) {
    return new Contact(trouble, "no answer over SSH (" + said + "); its server answers SQL");
  }

  /** What a kind of trouble says of the host: dead, frozen, unreachable and refused are apart. */
  public static String meaning(Trouble trouble) {
    return switch (trouble) {
      case NONE -> "answers";
      case NO_ADDRESS -> "its name has no address";
      case REFUSED -> "its host is up, and nothing listens at the SSH port";
      case UNREACHABLE -> "unreachable: its host is down, or the way to it is cut";
      case SILENT -> "frozen: its host takes a connection and says nothing";
      case HOST_KEY -> "its host's key is unknown or has changed";
      case LOGIN -> "its host refused the login";
      case NOT_PERMITTED -> "logged in, and the command is not permitted";
      case CUT -> "the connection ended in the middle";
      case OVERDUE ->
          "no answer before the deadline: its host is slow or frozen, or this one has too much to"
              + " do";
      case SAID_NO, NO_SERVER, WRONG_IDENTITY, BUSY, HELD, OVERTAKEN, UNREADABLE, NO_ANSWER ->
          "its answer can't be used";
    };
  }
}
