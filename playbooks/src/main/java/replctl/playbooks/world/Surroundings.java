package replctl.playbooks.world;

import java.util.List;

/**
 * What lies around a cluster's hosts and has a say in who leads, or leads clients to it, as the
 * operator's host reaches it. None of it decides whether a leader is safe.
 */
public interface Surroundings {
  /** The fact that holds the code with which a program ended. */
  String EXIT_CODE = "exitCode";

  /** The fact that holds the last line that a program said, bounded and without controls. */
  String SAID = "said";

  /** A world in which there is nothing around. */
  Surroundings NONE =
      new Surroundings() {
        private Answer nothing() {
          return Answer.notDone(Trouble.NOT_PERMITTED, "no programs are run here");
        }

        @Override
        public Answer program(ProgramCall call, Deadline by) {
          return nothing();
        }

        @Override
        public Answer ready(List<String> command) {
          return nothing();
        }
      };

  /**
   * Runs a program of the operator's own on this host, to its end or to the deadline. Never throws
   * for what it does: that is in the answer.
   *
   * <p>Done: it ended with 0. NotDone: it ended with another code ({@link Trouble#SAID_NO}, and it
   * may have had effects of its own), or was never started ({@link Trouble#NOT_PERMITTED}).
   * Unknown: it was ended at the deadline, or by a signal.
   */
  Answer program(ProgramCall call, Deadline by);

  /** Whether that program could be run, and is nobody else's to change. Runs nothing. */
  Answer ready(List<String> command);
}
