package replctl.inventory.yaml;

import java.util.Locale;
import java.util.Set;

/** A name of replctl's that is made of what somebody else called something. */
public final class FreeName {
  /** A name of replctl's is no longer. */
  private static final int LONGEST = 40;

  private FreeName() {}

  /**
   * A name like that which is not taken yet. Of a host's full name its first part, where that is
   * free.
   *
   * @param otherwise where nothing of it can stand in a name
   */
  public static String ofHost(String like, String otherwise, Set<String> taken) {
    String first = like.contains(".") && !like.matches("[0-9.]+") ? like.split("[.]", 2)[0] : like;
    return of(taken.contains(named(first)) ? like : first, otherwise, taken);
  }

  /** A name like that which is not taken yet. */
  public static String of(String like, String otherwise, Set<String> taken) {
    String name = named(like);
    String base = name.isEmpty() ? otherwise : name;
    String wanted = base;
    for (int i = 2; taken.contains(wanted); i++) {
      String end = "-" + i;
      wanted = base.substring(0, Math.min(base.length(), LONGEST - end.length())) + end;
    }
    return wanted;
  }

  private static String named(String like) {
    String plain =
        like.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST));
  }
}
