package replctl.playbooks.sim.postgresql;

import replctl.playbooks.sim.Job;

/** replctl's own files in a node's state folder, and what the scripts' lib.sh does with them. */
final class StateFiles {
  private StateFiles() {}

  static String path(Job job, String name) {
    return job.value("state_directory") + "/" + name;
  }

  static String text(Job job, String name) {
    return job.host().files().getOrDefault(path(job, name), "");
  }

  static boolean there(Job job, String name) {
    return job.host().files().containsKey(path(job, name));
  }

  static void put(Job job, String name, String text) {
    job.host().files().put(path(job, name), text);
  }

  static void remove(Job job, String name) {
    job.host().files().remove(path(job, name));
  }

  /** claim: the folders that are being filled. */
  static void claim(Job job, String folder) {
    put(job, "filling", folder + "\n");
  }

  static boolean claimed(Job job, String folder) {
    return text(job, "filling").contains(folder + "\n");
  }

  static void unclaim(Job job) {
    remove(job, "filling");
  }
}
