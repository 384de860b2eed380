package replctl.cli.launch;

import java.io.File;

/**
 * The archive of classes that this process was started with. Java refuses one that does not fit and
 * says nothing; so each process compares, and a wrong one is given up: the launcher makes another.
 */
public final class Archive {
  private Archive() {}

  /** What an archive must have been made of: this Java, and this jar by its time and size. */
  static String stamp() {
    File jar = new File(System.getProperty("java.class.path"));
    return System.getProperty("java.vm.version") + " " + jar.lastModified() + " " + jar.length();
  }

  /** Takes the archive's label away when it was made of something else. */
  public static void dropIfStale() {
    String archive = System.getProperty("replctl.archive");
    if (archive != null && !stamp().equals(System.getProperty("replctl.stamp"))) {
      // Where it may not be taken away all works, slower.
      boolean dropped = new File(archive + ".of").delete();
      assert dropped || archive.length() > 0;
    }
  }
}
