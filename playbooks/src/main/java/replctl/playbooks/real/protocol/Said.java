package replctl.playbooks.real.protocol;

import replctl.playbooks.world.Answer;

/** One thing that a script said. */
sealed interface Said {
  /**
   * Its first word: from here on it may have an effect.
   *
   * @param uptime of its host, in hundredths of a second
   */
  record Begun(long pid, long group, long start, long uptime) implements Said {}

  /** A fact. */
  record Found(int serial, String name, String text) implements Said {}

  /** How far it is. */
  record At(long done, long total) implements Said {}

  /** It asks for a verb of the service manager. */
  record Root(int serial, String action) implements Said {}

  /**
   * A resident has all it needs.
   *
   * @param uptime of its host, in hundredths of a second
   */
  record Ready(long uptime) implements Said {}

  /**
   * Its answer; the facts are told apart.
   *
   * @param serial of the command that it answers; 0: of the script
   */
  record Answered(int serial, Answer answer) implements Said {}

  /**
   * A resident leaves, and reads no more commands.
   *
   * @param last the serial of the last command that it read; 0: none
   */
  record Left(long last) implements Said {}

  /**
   * Nothing more comes.
   *
   * @param why the limit that it broke; empty: it ended
   */
  record Over(String why) implements Said {}
}
