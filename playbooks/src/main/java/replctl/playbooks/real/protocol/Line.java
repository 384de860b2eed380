package replctl.playbooks.real.protocol;

import java.util.Optional;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Trouble;

/** Reads one line of a script's answer. Nothing in it is trusted. */
final class Line {
  private static final int MOST_NAME = 200;

  /** Words for people, in characters. */
  private static final int MOST_WHY = 2000;

  private Line() {}

  /**
   * What the line says; empty when it says nothing that is known.
   *
   * @param rest what follows the nonce: a serial or nothing, a space, words
   */
  static Optional<Said> read(String rest) {
    int space = rest.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    int serial = 0;
    if (space > 0) {
      long number = rest.charAt(0) == '.' ? whole(rest.substring(1, space)) : -1;
      if (number < 0 || number > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      serial = (int) number;
    }
    String[] words = rest.substring(space + 1).split(" ", 3);
    String second = words.length > 1 ? words[1] : "";
    String third = words.length > 2 ? words[2] : "";
    return switch (words[0]) {
      case "begin" -> begun(second, third.split(" ", -1));
      case "fact" -> found(serial, second, third);
      case "progress" -> at(whole(second), whole(third));
      case "root" -> Optional.of(new Said.Root(serial, second));
      case "ready" -> Optional.of(new Said.Ready(whole(second)));
      case "left" -> Optional.of(new Said.Left(whole(second)));
      case "answer" -> Optional.of(new Said.Answered(serial, answer(second, third)));
      default -> Optional.empty();
    };
  }

  private static Optional<Said> begun(String pid, String[] more) {
    return Optional.of(
        more.length == 3
            ? new Said.Begun(whole(pid), whole(more[0]), whole(more[1]), whole(more[2]))
            : new Said.Begun(-1, -1, -1, -1));
  }

  private static Optional<Said> found(int serial, String name, String text) {
    return name.isEmpty() || name.length() > MOST_NAME
        ? Optional.empty()
        : Optional.of(new Said.Found(serial, name, unescaped(text)));
  }

  private static Optional<Said> at(long done, long total) {
    return done < 0 || total < 0 ? Optional.empty() : Optional.of(new Said.At(done, total));
  }

  private static Answer answer(String kind, String rest) {
    int space = rest.indexOf(' ');
    Trouble trouble = trouble(space < 0 ? rest : rest.substring(0, space));
    String why = Tail.oneLine(space < 0 ? "" : rest.substring(space + 1));
    if (why.length() > MOST_WHY) {
      why = why.substring(0, MOST_WHY) + "...";
    }
    return switch (kind) {
      case "done" -> Answers.DONE;
      case "not-done" -> Answer.notDone(trouble, why);
      case "unknown" -> Answer.unknown(trouble, why);
      default -> Answer.unknown(Trouble.NO_ANSWER, "its answer can't be read");
    };
  }

  /** A script's own kinds; what only the way to it can know is not its to say. */
  private static Trouble trouble(String word) {
    for (Trouble kind :
        new Trouble[] {
          Trouble.WRONG_IDENTITY,
          Trouble.BUSY,
          Trouble.HELD,
          Trouble.OVERTAKEN,
          Trouble.UNREADABLE,
          Trouble.NOT_PERMITTED,
          Trouble.NO_ANSWER
        }) {
      if (kind.name().equals(word)) {
        return kind;
      }
    }
    return Trouble.SAID_NO;
  }

  /** A whole number that is not negative; -1 for anything else. */
  private static long whole(String text) {
    if (text.isEmpty() || text.length() > 18) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
