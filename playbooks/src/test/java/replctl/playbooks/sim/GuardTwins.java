package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The scripts that put the start guard in its place, and what is asked of them. */
public final class GuardTwins {
  private static final String KEY = "guard/key";
  private static final String CONF = "guard/conf";
  private static final String KNOWN = "guard/known_hosts";
  private static final String AUTHORIZED = "guard/authorized";
  private static final String INSTALLED = "guard/installed";
  private final SimWorld world;

  public GuardTwins(SimWorld world) {
    this.world = world;
  }

  public Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("premises", new Scripted(this::premises, job -> Course.of(() -> {})));
    twins.put("key", new Scripted(GuardTwins::keyIsDone, GuardTwins::key));
    twins.put("peers", new Scripted(GuardTwins::peersIsDone, GuardTwins::peers));
    twins.put("askers", new Scripted(GuardTwins::askersIsDone, GuardTwins::askers));
    twins.put("login", new Scripted(GuardTwins::login, job -> Course.of(() -> {})));
    twins.put("install", new Scripted(GuardTwins::installIsDone, GuardTwins::install));
    twins.put("leave", new Scripted(GuardTwins::leaveIsDone, GuardTwins::leave));
    twins.put("reach", new Scripted(this::reachIsDone, this::reach));
    return twins;
  }

  private Look premises(Job job) {
    job.fact("script_user", "dba");
    job.fact("state_directory", job.value("state_directory"));
    facts(job);
    return Look.DONE;
  }

  /** part/facts.sh. */
  public void facts(Job job) {
    if (job.given("guard").isEmpty()) {
      return;
    }
    if (StateFiles.there(job, KEY)) {
      job.fact("guard.public", StateFiles.text(job, KEY));
    }
    job.fact("guard.hosts", hosts(job));
    job.fact("guard.conf", StateFiles.text(job, CONF));
    job.fact("guard.known", StateFiles.text(job, KNOWN));
    job.fact("guard.authorized", StateFiles.text(job, AUTHORIZED));
    job.fact("guard.program", StateFiles.there(job, CONF) ? "same" : "missing");
    if (job.given("service").isPresent()) {
      boolean installed = StateFiles.there(job, INSTALLED);
      job.fact("guard.script", installed ? "same" : "missing");
      job.fact("guard.unit", installed ? "same" : "other");
      job.fact("guard.loaded", installed);
      job.fact("guard.permitted", true);
    }
    if (!StateFiles.there(job, KEY)) {
      return;
    }
    List<String> reached = new ArrayList<>();
    StateFiles.text(job, CONF)
        .lines()
        .filter(line -> line.startsWith("peer ") || line.startsWith("witness "))
        .map(line -> line.split(" ")[1])
        .filter(peer -> answers(job, peer))
        .forEach(reached::add);
    job.fact("guard.reached", String.join(" ", reached));
  }

  private static String hosts(Job job) {
    return "ssh-ed25519 HOST" + job.host().name();
  }

  private static Look keyIsDone(Job job) {
    if (!StateFiles.there(job, KEY)) {
      return Look.notDone("there is no key");
    }
    job.fact("public", StateFiles.text(job, KEY));
    job.fact("hosts", hosts(job));
    return Look.DONE;
  }

  private static Course key(Job job) {
    return Course.of(() -> StateFiles.put(job, KEY, "ssh-ed25519 KEY" + job.host().name()));
  }

  private static Look peersIsDone(Job job) {
    return job.value("conf").equals(StateFiles.text(job, CONF))
            && known(job).equals(StateFiles.text(job, KNOWN))
            && authorized(job).equals(StateFiles.text(job, AUTHORIZED))
        ? Look.DONE
        : Look.notDone("a peer is not known, or may not ask here");
  }

  private static Course peers(Job job) {
    return Course.of(() -> StateFiles.put(job, CONF, job.value("conf")))
        .act(() -> StateFiles.put(job, KNOWN, known(job)))
        .act(() -> StateFiles.put(job, AUTHORIZED, authorized(job)));
  }

  /** Of hosts whose server's user can't log in. */
  private static Look askersIsDone(Job job) {
    return authorized(job).equals(StateFiles.text(job, AUTHORIZED))
        ? Look.DONE
        : Look.notDone("a peer may not ask here");
  }

  private static Course askers(Job job) {
    return Course.of(() -> StateFiles.put(job, AUTHORIZED, authorized(job)));
  }

  private static Look login(Job job) {
    job.fact("guard.asked_as", "dba");
    job.fact("guard.authorized", StateFiles.text(job, AUTHORIZED));
    return Look.DONE;
  }

  private static String known(Job job) {
    StringBuilder text = new StringBuilder();
    for (String peer : names(job, "peers")) {
      job.value("hosts." + peer)
          .lines()
          .forEach(key -> text.append(peer).append(' ').append(key).append('\n'));
    }
    StateFiles.text(job, KNOWN)
        .lines()
        .filter(line -> isAbsent(job, "peers", line.split(" ")[0]))
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static String authorized(Job job) {
    String state = job.value("state_directory");
    List<String> lines = new ArrayList<>();
    for (String peer : names(job, "askers")) {
      lines.add(
          "restrict,command=\""
              + state
              + "/guard/program answer "
              + state
              + "\" "
              + job.value("public." + peer)
              + " replctl-guard-"
              + peer);
    }
    StateFiles.text(job, AUTHORIZED)
        .lines()
        .filter(line -> isAbsent(job, "askers", last(line).replace(" replctl-guard-", "")))
        .forEach(lines::add);
    return String.join("\n", lines);
  }

  /** A node that takes no part now. */
  private static boolean isAbsent(Job job, String of, String name) {
    return !names(job, of).contains(name) && names(job, "declared").contains(name);
  }

  private static List<String> names(Job job, String of) {
    return job.value(of).isEmpty() ? List.of() : List.of(job.value(of).split(" "));
  }

  private static Look leaveIsDone(Job job) {
    boolean left =
        List.of(KEY, CONF, KNOWN, AUTHORIZED, INSTALLED).stream()
            .anyMatch(f -> StateFiles.there(job, f));
    return left ? Look.notDone("the guard is still there") : Look.DONE;
  }

  private static Course leave(Job job) {
    return Course.of(() -> StateFiles.remove(job, INSTALLED))
        .act(() -> StateFiles.remove(job, AUTHORIZED))
        .act(() -> List.of(KEY, CONF, KNOWN).forEach(f -> StateFiles.remove(job, f)));
  }

  private static String last(String line) {
    return line.substring(line.lastIndexOf(' '));
  }

  private static Look installIsDone(Job job) {
    return StateFiles.there(job, INSTALLED) ? Look.DONE : Look.notDone("the guard is missing");
  }

  private static Course install(Job job) {
    return Course.of(() -> StateFiles.put(job, INSTALLED, job.value("service")));
  }

  private Look reachIsDone(Job job) {
    for (String peer : names(job, "peers")) {
      if (!answers(job, peer)) {
        return Look.notDone("a peer does not answer this node's guard: " + peer);
      }
    }
    return Look.DONE;
  }

  private Course reach(Job job) {
    return Course.of(
        () -> {
          Look look = reachIsDone(job);
          if (!look.done()) {
            throw job.refuse(look.why());
          }
        });
  }

  /** Its key is let in there. */
  private boolean answers(Job job, String peer) {
    return world.hosts().stream()
        .filter(host -> host.name().value().equals(peer))
        .flatMap(host -> host.files().entrySet().stream())
        .filter(file -> file.getKey().endsWith("/" + AUTHORIZED))
        .anyMatch(file -> file.getValue().contains(" " + StateFiles.text(job, KEY) + " "));
  }
}
