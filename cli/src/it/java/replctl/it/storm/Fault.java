package replctl.it.storm;

/** What befalls a cluster in one round, and what is typed then. */
enum Fault {
  PLANNED("nothing: a switchover"),
  LEADER_POWER("the leader's host loses its power"),
  LEADER_FROZEN("the leader's host freezes"),
  LEADER_CABLE("the leader's network cable is out"),
  LEADER_ALONE("no follower reaches the leader"),
  LEADER_UNSEEN("the operator does not reach the leader"),
  LEADER_KILLED("the leader's server is killed"),
  LEADER_THAWS("the leader freezes, and thaws while it is replaced"),
  FOLLOWER_POWER("a follower's host loses its power"),
  CANDIDATE_POWER("the candidate loses its power in a switchover"),
  ALL_POWER("all hosts lose their power"),
  OPERATOR_KILLED("what carries a switchover out is killed"),
  RESCUER_KILLED("what carries a failover out is killed"),
  TWO_OPERATORS("two operators switch over at once");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
