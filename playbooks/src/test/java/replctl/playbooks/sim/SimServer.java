package replctl.playbooks.sim;

import java.util.Set;

/** A simulated database server, as the clients, the invariants and the scripts' frame see it. */
public interface SimServer {
  /** Lets its processes do what they do in a few milliseconds. */
  void tick();

  /** How often its processes were begun. */
  int starts();

  /**
   * Whether it is open for writes: frozen processes count, since they would go on where they
   * stopped.
   */
  boolean open();

  /** Why it must not take writes as it is set; empty: nothing speaks against it. */
  default String unready() {
    return "";
  }

  /** Whether it takes a client's write now. */
  boolean answers();

  /** A client writes; the acknowledgement comes when durability allows. */
  void write(long id);

  /** The clients' writes that are in its data. */
  Set<Long> writes();

  /** Whether a client's write is on its disk: in its data, or on the way there. */
  boolean holds(long write);

  /** Whether it receives from that server, and has nothing that the other lacks. */
  boolean follows(SimServer leader);

  /** Whether its data differs from the leader's where it says that it follows. */
  boolean divergesUnnoticed(SimServer leader);

  /** Stops its processes where they are, or lets them go on. */
  void freeze(boolean wanted);

  /** SIGKILL to all its processes. */
  void killed();

  /** Whether any process of it is there. */
  boolean hasProcess();

  /** Whether the service manager is told not to start it. */
  boolean isMasked();

  /** What it is and why it does not follow, for people. */
  String trouble();

  /** Whether it shows that certificate to whoever connects, or none at all. */
  default boolean shows(String certificate) {
    return true;
  }

  /** It is told to read its certificate again. */
  default void readsCertificate() {}

  /** What it receives by breaks off: it logs in anew. */
  default void loses() {}

  /** Its host lost its power. */
  void powerLost();

  /** Its host has booted. */
  void booted();

  /** lib.sh's check_identity. */
  void checkIdentity(Job job);

  /** Everything about it that an operation could change and time does not, as text. */
  String state();
}
