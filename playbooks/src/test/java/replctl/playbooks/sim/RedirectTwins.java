package replctl.playbooks.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** address.sh, haproxy.sh and pooler.sh. What they change is in files below {@code /run}. */
public final class RedirectTwins {
  private static final String LOOK = "look";

  private final SimWorld world;

  public RedirectTwins(SimWorld world) {
    this.world = world;
  }

  /** A script of this folder: it has a lock of its own, and only looks where that is wished. */
  private record Apart(
      BiFunction<Job, String, Look> isDoneOf, Function<Job, Course> performOf, String file)
      implements Twin {
    @Override
    public Look isDone(Job job) {
      return job.value("wish").equals(LOOK)
          ? Look.DONE
          : isDoneOf.apply(job, job.host().files().getOrDefault(path(file, job), ""));
    }

    @Override
    public Course perform(Job job) {
      return performOf.apply(job);
    }

    @Override
    public boolean locksApart() {
      return true;
    }
  }

  /** All of them, by name. */
  public Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("address", new Apart(RedirectTwins::isThere, this::move, "address"));
    twins.put("haproxy", new Apart(RedirectTwins::leads, RedirectTwins::lead, "backend"));
    twins.put("pooler", new Apart(RedirectTwins::leads, RedirectTwins::lead, "database"));
    return twins;
  }

  /** Where that address, backend or database is on a host. */
  static String path(String kind, String name) {
    return SimHost.VOLATILE + kind + "/" + name;
  }

  private static String path(String kind, Job job) {
    return path(kind, job.value(kind));
  }

  private static Look isThere(Job job, String text) {
    boolean wanted = job.value("wish").equals("hold");
    return wanted != text.isEmpty()
        ? Look.DONE
        : Look.notDone(wanted ? "it does not have it" : "it has it");
  }

  private Course move(Job job) {
    String file = path("address", job);
    if (job.value("wish").equals("drop")) {
      return Course.of(() -> job.host().files().remove(file));
    }
    return Course.none()
        .act(
            () -> {
              if (job.value("silent").equals("yes") && !others(job, file).isEmpty()) {
                throw job.refuse("somebody answers for it");
              }
            })
        .act(
            () -> {
              if (!others(job, file).isEmpty()) {
                throw new Violation("two hosts have one address: " + others(job, file));
              }
              job.host().files().put(file, "here");
            });
  }

  /** A host whose processes stand still has its addresses; one without power has none. */
  private List<String> others(Job job, String file) {
    return world.hosts().stream()
        .filter(host -> host != job.host() && host.powered() && host.files().containsKey(file))
        .map(host -> host.name().value())
        .toList();
  }

  private static String target(Job job) {
    return job.given("leader").orElseGet(() -> job.value("leader_host"));
  }

  private static Look leads(Job job, String text) {
    return text.equals(target(job)) ? Look.DONE : Look.notDone("it leads to " + text);
  }

  /** First nobody is let in any more, then to the leader. */
  private static Course lead(Job job) {
    String file = path(job.given("backend").isPresent() ? "backend" : "database", job);
    return Course.of(() -> job.host().files().put(file, "nobody"))
        .act(() -> job.host().files().put(file, target(job)));
  }
}
