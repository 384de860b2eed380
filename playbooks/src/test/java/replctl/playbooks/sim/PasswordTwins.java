package replctl.playbooks.sim;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The operator's password.sh. A secret's file says which it is; what the servers are told, the
 * simulated vault says by the secret's name.
 */
public final class PasswordTwins {
  /** Where the operator keeps them. */
  public static final String FOLDER = "/inventory/secrets/shop/";

  private PasswordTwins() {}

  public static Map<String, Twin> operator() {
    return Map.of("password", new Scripted(PasswordTwins::isDone, PasswordTwins::perform));
  }

  /** Which of a secret's texts that is: what there was, or what an operation made. */
  public static String which(String text) {
    return text.contains(".next.") ? "new" : "old";
  }

  private static Stream<String> names(Job job) {
    return List.of(job.value("names").split(" ")).stream()
        .map(name -> job.value("secrets_directory") + "/" + name);
  }

  private static String next(Job job, String file) {
    return file + ".next." + job.value("rotation");
  }

  private static String before(Job job, String file) {
    return file + ".before." + job.value("rotation");
  }

  private static Look isDone(Job job) {
    SimFiles files = job.host().files();
    boolean done =
        names(job)
            .allMatch(
                file ->
                    switch (job.value("wanted")) {
                      case "made", "kept" ->
                          files.containsKey(next(job, file))
                              && files.containsKey(before(job, file));
                      case "used" ->
                          files.containsKey(next(job, file))
                              && files.get(file).equals(files.get(next(job, file)));
                      case "back" ->
                          !files.containsKey(before(job, file))
                              || files.get(file).equals(files.get(before(job, file)));
                      default ->
                          !files.containsKey(next(job, file))
                              && !files.containsKey(before(job, file));
                    });
    return done ? Look.DONE : Look.notDone("not " + job.value("wanted"));
  }

  private static Course perform(Job job) {
    SimFiles files = job.host().files();
    Course course = Course.none();
    names(job)
        .forEach(
            file -> {
              switch (job.value("wanted")) {
                case "made" ->
                    course
                        .act(() -> files.putIfAbsent(before(job, file), files.get(file)))
                        .act(() -> files.putIfAbsent(next(job, file), "new"));
                case "kept" -> throw job.refuse("they are forgotten already");
                case "used" -> course.act(() -> take(job, file, next(job, file)));
                case "back" -> {
                  if (files.containsKey(before(job, file))) {
                    course.act(() -> take(job, file, before(job, file)));
                  }
                }
                default ->
                    course
                        .act(() -> files.remove(next(job, file)))
                        .act(() -> files.remove(before(job, file)));
              }
            });
    return course;
  }

  private static void take(Job job, String file, String from) {
    String text = job.host().files().get(from);
    if (text == null) {
      throw job.fail("there is no " + from);
    }
    job.host().files().put(file, text);
  }
}
