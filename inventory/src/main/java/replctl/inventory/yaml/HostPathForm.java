package replctl.inventory.yaml;

import java.util.Set;

/**
 * A folder on a host, absolute. Its text goes into scripts, units and configuration files, and what
 * is under it may be replaced: so it can't hold what any of these would read as more than a name,
 * and can't be a folder of the system.
 */
record HostPathForm() implements Form<String> {
  /** Linux's own limit, less the files below. */
  private static final int LONGEST = 1024;

  private static final Set<String> OF_THE_SYSTEM =
      Set.of(
          "/bin",
          "/boot",
          "/dev",
          "/etc",
          "/home",
          "/lib",
          "/lib64",
          "/media",
          "/mnt",
          "/opt",
          "/proc",
          "/root",
          "/run",
          "/sbin",
          "/srv",
          "/sys",
          "/tmp",
          "/usr",
          "/var",
          "/var/lib",
          "/var/log",
          "/var/run",
          "/usr/lib",
          "/usr/local");

  @Override
  public String what() {
    return "an absolute path on the host";
  }

  @Override
  public String pattern() {
    return "^/[ !#(-),+./0-9:=@A-Z\\[\\]^_a-z{}~-]+$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (!text.startsWith("/")) {
      return Parsed.bad("it does not start with \"/\"");
    }
    if (text.length() > LONGEST) {
      return Parsed.bad("it is longer than " + LONGEST + " characters");
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c < ' ' || c >= 0x7f || "\"'`$\\;|&<>*?%".indexOf(c) >= 0) {
        return Parsed.bad(Shown.character(c) + " can't stand in a path here");
      }
      i += Character.charCount(c);
    }
    String path = text;
    while (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    for (String name : path.substring(1).split("/", -1)) {
      if (name.equals("..") || name.equals(".")) {
        return Parsed.bad("\"" + name + "\" leads elsewhere: write the path out");
      }
      if (name.startsWith("-")) {
        return Parsed.bad("a name that starts with \"-\" would be read as an option");
      }
      if (name.isEmpty() && path.length() > 1) {
        return Parsed.bad("\"//\" has no name in it");
      }
    }
    if (path.equals("/")) {
      return Parsed.bad("it is the whole host");
    }
    return OF_THE_SYSTEM.contains(path)
        ? Parsed.bad("it is a folder of the system")
        : Parsed.good(path);
  }
}
