package replctl.playbooks.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Trouble;

/** A simulated host: its files, its lock, its scripts, its server, and how it is reached. */
public final class SimHost {
  /** What lies here is gone when the power goes. */
  public static final String VOLATILE = "/run/";

  private final NodeName name;
  private final SimFiles files = new SimFiles();
  private final List<Running> running = new ArrayList<>();
  private final List<Residence> residents = new ArrayList<>();
  private SimServer server = NoServer.HERE;
  private Job lock;
  private boolean frozen;
  private boolean reachable = true;
  private boolean linked = true;
  private boolean powered = true;
  private boolean full;

  /** By how much its clock is ahead of virtual time, in ns. */
  private long clockAhead = 24 * 3_600 * SimTime.SECOND;

  /** The newest promise that was ever written down here: no script of an older one may act. */
  private long granted;

  private String grantedTo = "";

  /** Its epoch file's text when its files had been changed so often. */
  private Optional<String> epochText = Optional.empty();

  private long epochTextAt = -1;

  private PromiseCheck check = PromiseCheck.EPOCH_AND_OPERATION;

  /** How much of a promise the scripts on this host look at; all but the first break the world. */
  public enum PromiseCheck {
    EPOCH_AND_OPERATION,
    EPOCH,
    NOTHING
  }

  SimHost(NodeName name) {
    this.name = name;
  }

  /** Its name. */
  public NodeName name() {
    return name;
  }

  /** Its files that scripts read and write, by path. */
  public SimFiles files() {
    return files;
  }

  /** Its server. */
  public SimServer server() {
    return server;
  }

  /** Puts a server on it. */
  public void install(SimServer its) {
    server = its;
  }

  /** Whether all its processes stand still, SSH's too. */
  public boolean frozen() {
    return frozen;
  }

  /** Stops all its processes, or lets them go on. */
  public void freeze(boolean wanted) {
    frozen = wanted;
  }

  /** Whether the operator reaches it. */
  public boolean reachable() {
    return reachable;
  }

  /** Cuts it off from the operator, or not. */
  public void reachable(boolean wanted) {
    reachable = wanted;
  }

  /** Whether the other nodes reach it. */
  public boolean linked() {
    return linked;
  }

  /** Cuts it off from the other nodes, or not. */
  public void linked(boolean wanted) {
    linked = wanted;
  }

  /** By how much its clock is ahead of virtual time, in ns. */
  long clockAhead() {
    return clockAhead;
  }

  /** From now on its clock tells another time: by how many ns. */
  void clockJumps(long nanos) {
    clockAhead += nanos;
  }

  /** Whether it has power. */
  public boolean powered() {
    return powered;
  }

  /**
   * Cuts its power: all its processes end at once, and what was written is there. Or gives it: it
   * boots, and starts what its service manager is set to start.
   */
  public void powered(boolean wanted) {
    if (powered == wanted) {
      return;
    }
    powered = wanted;
    running.clear();
    residents.clear();
    lock = null;
    frozen = false;
    if (wanted) {
      server.booted();
    } else {
      server.powerLost();
      files.removeIf(path -> path.startsWith(VOLATILE));
    }
  }

  /** Breaks the world on purpose: scripts here look at less of their promise. */
  public void checks(PromiseCheck less) {
    check = less;
  }

  PromiseCheck check() {
    return check;
  }

  /** Its epoch file, wherever its state folder lies. */
  Optional<SimEpoch> epoch() {
    return epochText().map(SimEpoch::of);
  }

  /** The same as it lies there. */
  Optional<String> epochText() {
    if (epochTextAt != files.changes()) {
      epochTextAt = files.changes();
      epochText =
          files.keySet().stream().filter(f -> f.endsWith("/epoch")).findFirst().map(files::get);
    }
    return epochText;
  }

  /** Its epoch file says that another operation was promised that epoch here. */
  public void promises(long number, String operation) {
    SimEpoch file = epoch().orElseThrow();
    file.promised(number, operation, true, "dba@desk");
    files.replaceAll((path, text) -> path.endsWith("/epoch") ? file.text() : text);
    granted(number, operation);
  }

  /** What a start guard is told of that file. */
  public String guardLines() {
    return epoch().map(SimEpoch::lines).orElse("file none\n");
  }

  /** Who leads by the newest record here; empty: there is none. */
  public String recordedLeader() {
    return epoch().map(SimEpoch::leader).orElse("");
  }

  /** It was written down here that this operation holds the epoch. */
  void granted(long epoch, String operation) {
    if (epoch > granted) {
      granted = epoch;
      grantedTo = operation;
    }
  }

  /**
   * Nothing may change under a promise that is not the newest here, nor under another operation's.
   */
  void changesUnder(Job job) {
    if (job.given("promise").isEmpty() || granted == 0) {
      return;
    }
    long epoch = Long.parseLong(job.value("promise"));
    boolean other = epoch == granted && !job.value("operation").equals(grantedTo);
    if (epoch < granted || other) {
      throw new Violation(
          "a change on "
              + name
              + " under epoch "
              + epoch
              + " of "
              + job.value("operation")
              + ", which has promised epoch "
              + granted
              + " to "
              + grantedTo);
    }
  }

  /**
   * Whether nothing can be written on it: from now on, each script that is to change it is refused.
   */
  public void full(boolean wanted) {
    full = wanted;
  }

  /** lib.sh's take_lock. */
  Course takeLock(Job job) {
    if (job.given("state_directory").isEmpty()) {
      throw job.refuse("cannot make the state folder");
    }
    Duration wait = Duration.ofSeconds(job.given("lock_wait").map(Long::parseLong).orElse(2L));
    return Course.none()
        .until(
            wait,
            () -> lock == null || lock == job,
            () -> {
              throw job.refuse(Trouble.BUSY, "another operation holds this node");
            })
        .act(
            () -> {
              if (full) {
                throw job.refuse("cannot write holder: No space left on device");
              }
              lock = job;
            });
  }

  private void release(Job owner) {
    if (lock == owner) {
      lock = null;
    }
  }

  /** Whether a script or a resident holds the lock. */
  public boolean locked() {
    return lock != null;
  }

  void run(Running work) {
    running.add(work);
  }

  void reside(Residence resident) {
    residents.add(resident);
  }

  /** Whether a script or a resident is at work. */
  boolean busy() {
    return !running.isEmpty() || !residents.isEmpty();
  }

  /** Whether a script or a resident does something, and does not only wait to be asked. */
  boolean atWork() {
    if (!running.isEmpty()) {
      return true;
    }
    // Asked at every event: no streams.
    for (Residence resident : residents) {
      if (resident.atWork()) {
        return true;
      }
    }
    return false;
  }

  /** Lets its scripts go on as far as they can. */
  void proceed(long now) {
    if (frozen || !busy()) {
      return;
    }
    if (!running.isEmpty()) {
      for (Running work : List.copyOf(running)) {
        if (work.proceed(now)) {
          running.remove(work);
          release(work.job());
        }
      }
    }
    if (!residents.isEmpty()) {
      for (Residence resident : List.copyOf(residents)) {
        if (resident.proceed(now)) {
          residents.remove(resident);
          release(resident.job());
        }
      }
    }
  }
}
