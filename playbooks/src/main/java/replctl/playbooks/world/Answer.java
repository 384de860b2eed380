package replctl.playbooks.world;

/** What came of a call. A time-out is never a failure: it is unknown. */
public sealed interface Answer {
  /** What was found, as far as anything was. */
  Facts facts();

  /** It is done (or, of a probe: it was done before). */
  record Done(Facts facts) implements Answer {}

  /** It is proven that it was not done and had no effect. */
  record NotDone(Trouble trouble, String why, Facts facts) implements Answer {}

  /** It may have been done, wholly or in part, or not at all. */
  record Unknown(Trouble trouble, String why, Facts facts) implements Answer {}

  /** Whether it is done. */
  default boolean isDone() {
    return this instanceof Done;
  }

  /** In words, for messages: why it is not known to be done. */
  default String words() {
    if (this instanceof NotDone notDone) {
      return notDone.why();
    }
    return this instanceof Unknown unknown ? unknown.why() : "done";
  }

  /** The kind of trouble, or NONE. */
  default Trouble kind() {
    if (this instanceof NotDone notDone) {
      return notDone.trouble();
    }
    return this instanceof Unknown unknown ? unknown.trouble() : Trouble.NONE;
  }

  /** Proven not done. */
  static Answer notDone(Trouble trouble, String why) {
    return new NotDone(trouble, why, Facts.NONE);
  }

  /** Not known. */
  static Answer unknown(Trouble trouble, String why) {
    return new Unknown(trouble, why, Facts.NONE);
  }
}
