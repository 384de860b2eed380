package replctl.inventory.yaml;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A command line for the shell of a node, in which PostgreSQL fills in names. */
record RestoreCommandForm() implements Form<String> {
  /** With the names filled in, PostgreSQL before 16 takes 1023 bytes (MAXPGPATH). */
  private static final int LONGEST = 700;

  private static final Pattern NAME = Pattern.compile("%.?");

  @Override
  public String what() {
    return "a command such as cp /backup/wal/%f %p";
  }

  @Override
  public String pattern() {
    return "^[^\\x00-\\x1f\\x7f]+$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (text.length() > LONGEST) {
      return Parsed.bad("it is longer than " + LONGEST + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f) {
        return Parsed.bad(Shown.character(c) + " can't stand in it");
      }
    }
    Set<String> names = new TreeSet<>();
    NAME.matcher(text).results().map(MatchResult::group).forEach(names::add);
    boolean file = names.remove("%f");
    boolean place = names.remove("%p");
    names.removeAll(Set.of("%r", "%%"));
    if (!names.isEmpty()) {
      return Parsed.bad("after % stands f, p, r or another %");
    }
    return file && place
        ? Parsed.good(text)
        : Parsed.bad((file ? "%p, where the file goes," : "%f, the file's name,") + " is missing");
  }
}
