package replctl.playbooks.sim.mysql;

import java.util.Optional;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.StateFiles;

/**
 * The file {@code frozen}: part/frozen.sh.
 *
 * @param by the operation
 * @param at what it had; empty until it stands
 */
record FrozenNote(String by, String host, boolean received, String at) {
  private static Optional<FrozenNote> read(Job job) {
    String[] words = StateFiles.text(job, MyTwin.FROZEN).split(" ", -1);
    return words.length < 4
        ? Optional.empty()
        : Optional.of(new FrozenNote(words[0], words[1], words[2].equals("yes"), words[3]));
  }

  /** Where that operation has had it stand still. */
  static Optional<FrozenNote> of(Job job) {
    return read(job).filter(note -> note.by.equals(job.value("operation")));
  }

  void write(Job job) {
    StateFiles.put(job, MyTwin.FROZEN, by + " " + host + (received ? " yes " : " no ") + at);
  }

  FrozenNote at(Gtids has) {
    return new FrozenNote(by, host, received, has.toString());
  }
}
