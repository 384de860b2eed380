package replctl.playbooks.sim.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * synchronous_standby_names, read as the server reads it.
 *
 * @param any ANY (quorum), else FIRST (by priority)
 * @param count how many must confirm
 */
record SyncRule(boolean any, int count, List<String> names) {
  private static final Pattern FORM =
      Pattern.compile("\\s*(?:(ANY|FIRST)\\s+)?(\\d+)\\s*\\((.*)\\)\\s*", Pattern.CASE_INSENSITIVE);

  static final SyncRule NONE = new SyncRule(true, 0, List.of());

  static SyncRule parse(String text) {
    if (text.isBlank()) {
      return NONE;
    }
    Matcher matcher = FORM.matcher(text);
    boolean counted = matcher.matches();
    List<String> names = new ArrayList<>();
    for (String name : (counted ? matcher.group(3) : text).split(",")) {
      names.add(name.trim().replace("\"", ""));
    }
    boolean any = counted && "ANY".equalsIgnoreCase(matcher.group(1));
    return new SyncRule(any, counted ? Integer.parseInt(matcher.group(2)) : 1, names);
  }

  /** Whether nobody is waited for. */
  boolean isNone() {
    return count == 0;
  }

  /**
   * Up to where writes are confirmed.
   *
   * @param confirmed what each connected follower has confirmed
   * @return a position; negative when too few are connected
   */
  long confirmedTo(Map<String, Long> confirmed) {
    List<Long> places = new ArrayList<>();
    for (String name : names) {
      Long place = confirmed.get(name);
      if (place != null) {
        places.add(place);
      }
    }
    if (places.size() < count) {
      return -1;
    }
    if (!any) {
      return places.subList(0, count).stream().mapToLong(Long::longValue).min().orElse(-1);
    }
    places.sort((a, b) -> Long.compare(b, a));
    return places.get(count - 1);
  }
}
