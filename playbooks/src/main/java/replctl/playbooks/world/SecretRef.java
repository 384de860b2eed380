package replctl.playbooks.world;

import java.util.regex.Pattern;

/**
 * The name of a secret that lasts: a role's password, the key of the authority. Names are scoped to
 * a cluster by whoever holds them.
 */
public record SecretRef(String name) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,62}");

  private static final String NEXT = ".next.";
  private static final String BEFORE = ".before.";

  public SecretRef {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("not a secret's name: " + name);
    }
  }

  /** The password of the admin console that a redirect of the inventory needs; from 1. */
  public static SecretRef ofRedirect(int number) {
    return new SecretRef("redirect-" + number + "-password");
  }

  /** The one that is to take its place, while that operation renews it. */
  public SecretRef next(String op) {
    return new SecretRef(name + NEXT + op);
  }

  /** The one whose place was taken, while that operation renews it. */
  public SecretRef before(String op) {
    return new SecretRef(name + BEFORE + op);
  }

  /** What it is the next or the last one of; itself, where it is neither. */
  public SecretRef inUse() {
    int next = name.indexOf(NEXT);
    int end = next < 0 ? name.indexOf(BEFORE) : next;
    return end < 0 ? this : new SecretRef(name.substring(0, end));
  }

  /** Whether it is there only while an operation renews it, which makes it and takes it away. */
  public boolean isPassing() {
    return name.contains(NEXT) || name.contains(BEFORE);
  }

  /** By hand: a record's own is put together at run time, and costs each start milliseconds. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretRef secret && secret.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
