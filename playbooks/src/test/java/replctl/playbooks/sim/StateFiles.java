package replctl.playbooks.sim;

/** replctl's own files in a node's state folder, and what the scripts' lib.sh does with them. */
public final class StateFiles {
  private StateFiles() {}

  public static String path(Job job, String name) {
    return job.value("state_directory") + "/" + name;
  }

  public static String text(Job job, String name) {
    return job.host().files().getOrDefault(path(job, name), "");
  }

  public static boolean there(Job job, String name) {
    return job.host().files().containsKey(path(job, name));
  }

  public static void put(Job job, String name, String text) {
    job.host().files().put(path(job, name), text);
  }

  public static void remove(Job job, String name) {
    job.host().files().remove(path(job, name));
  }

  /** claim: the folders that are being filled. */
  public static void claim(Job job, String folder) {
    put(job, "filling", folder + "\n");
  }

  public static boolean claimed(Job job, String folder) {
    return text(job, "filling").contains(folder + "\n");
  }

  public static void unclaim(Job job) {
    remove(job, "filling");
  }
}
