package replctl.playbooks.world;

import java.util.regex.Pattern;

/**
 * The name of a secret that lasts: a role's password, the key of the authority. Names are scoped to
 * a cluster by whoever holds them.
 */
public record SecretRef(String name) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,62}");

  public SecretRef {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("not a secret's name: " + name);
    }
  }

  /** The password of the admin console that a redirect of the inventory needs; from 1. */
  public static SecretRef ofRedirect(int number) {
    return new SecretRef("redirect-" + number + "-password");
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
