package replctl.playbooks.sim;

import java.util.Set;

/** A simulated database server, as the clients, the invariants and the scripts' frame see it. */
public interface SimServer {
  /** Lets its processes do what they do in a few milliseconds. */
  void tick();

  /**
   * Whether it is open for writes: frozen processes count, since they would go on where they
   * stopped.
   */
  boolean open();

  /** Whether it takes a client's write now. */
  boolean answers();

  /** A client writes; the acknowledgement comes when durability allows. */
  void write(long id);

  /** The clients' writes that are in its data. */
  Set<Long> writes();

  /** Whether it receives from that server, and has nothing that the other lacks. */
  boolean follows(SimServer leader);

  /** Whether its data differs from the leader's where it says that it follows. */
  boolean divergesUnnoticed(SimServer leader);

  /** Its host lost its power. */
  void powerLost();

  /** Its host has booted. */
  void booted();

  /** lib.sh's check_identity. */
  void checkIdentity(Job job);

  /** Everything about it that an operation could change and time does not, as text. */
  String state();
}
