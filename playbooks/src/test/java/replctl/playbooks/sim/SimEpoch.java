package replctl.playbooks.sim;

import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.snapshot.RecordJson;
import replctl.playbooks.world.Trouble;

/** The twin of epoch.sh: a host's epoch file, and what scripts make of it. */
public final class SimEpoch {
  private static final String HEAD = "replctl-epoch 1";

  private final boolean readable;
  private final boolean there;
  private boolean votes;
  private long promise;
  private String operation = "";
  private boolean open;
  private String holder = "";
  private long recordEpoch;
  private String leader = "";
  private String record = "";

  /** The operation that began the maintenance in the record; empty where it has none. */
  private String hands = "";

  /** Since when this host knows of it, in ms by its own clock. */
  private long handsMs;

  private SimEpoch(boolean there, boolean readable) {
    this.there = there;
    this.readable = readable;
  }

  /** A host that knows this record since the operation that wrote it ended. */
  public static SimEpoch settled(LeaderRecord written) {
    SimEpoch epoch = new SimEpoch(true, true);
    epoch.votes = true;
    epoch.promise = written.epoch();
    epoch.operation = written.operation();
    epoch.holder = "dba@laptop";
    epoch.wrote(written.epoch(), written.leader().value(), RecordJson.text(written));
    return epoch;
  }

  /** Where it lies. */
  public static String file(Job job) {
    return job.value("state_directory") + "/epoch";
  }

  /** state_read. */
  static SimEpoch read(Job job) {
    return Optional.ofNullable(job.host().files().get(file(job)))
        .map(SimEpoch::of)
        .orElseGet(() -> new SimEpoch(false, true));
  }

  /** What such a file's text says. */
  static SimEpoch of(String text) {
    SimEpoch epoch = new SimEpoch(true, text.startsWith(HEAD + "\n"));
    for (String line : text.split("\n")) {
      String[] words = line.split(" ", 4);
      switch (words[0]) {
        case "votes" -> epoch.votes = words[1].equals("yes");
        case "promise" -> {
          epoch.promise = Long.parseLong(words[1]);
          epoch.operation = words[2];
          epoch.open = words[3].equals("open");
        }
        case "holder" -> epoch.holder = line.substring(line.indexOf(' ') + 1);
        case "record" -> {
          epoch.recordEpoch = Long.parseLong(words[1]);
          epoch.leader = words[2];
          epoch.record = words[3];
        }
        case "hands" -> {
          epoch.hands = words[1];
          epoch.handsMs = Long.parseLong(words[2]);
        }
        default -> {}
      }
    }
    return epoch;
  }

  /** As a file's text. */
  public String text() {
    return HEAD
        + "\nvotes "
        + (votes ? "yes" : "no")
        + "\npromise "
        + promise
        + " "
        + operation
        + (open ? " open" : " closed")
        + "\nholder "
        + holder
        + (record.isEmpty() ? "" : "\nrecord " + recordEpoch + " " + leader + " " + record)
        + (hands.isEmpty() ? "" : "\nhands " + hands + " " + handsMs)
        + "\n";
  }

  /** state_lines of guard/start: what a start guard is told of it. */
  String lines() {
    if (!readable) {
      return "file unreadable it was damaged\n";
    }
    String said =
        (votes ? "file read" : "file novote")
            + "\npromise "
            + promise
            + " "
            + operation
            + (open ? " open\n" : " closed\n");
    return RecordJson.read(record)
        .map(
            r ->
                said
                    + "record "
                    + recordEpoch
                    + " "
                    + leader
                    + " "
                    + r.voters().stream().map(NodeName::value).collect(Collectors.joining(","))
                    + "\n")
        .orElse(said);
  }

  /** state_write. */
  void write(Job job) {
    job.host().granted(promise, operation);
    job.host().files().put(file(job), text());
  }

  /** epoch_facts. */
  public static void facts(Job job) {
    SimEpoch epoch = read(job);
    job.fact("epoch.state", !epoch.readable ? "unreadable" : epoch.there ? "read" : "none");
    if (!epoch.readable) {
      job.fact("epoch.why", "it was damaged");
    } else if (epoch.there) {
      job.fact("epoch.votes", epoch.votes);
      job.fact("epoch.promise", Long.toString(epoch.promise));
      job.fact("epoch.operation", epoch.operation);
      job.fact("epoch.open", epoch.open);
      job.fact("epoch.holder", epoch.holder);
      if (!epoch.record.isEmpty()) {
        job.fact("epoch.record", epoch.record);
      }
      if (!epoch.hands.isEmpty()) {
        job.fact("epoch.maintenance_ms", Long.toString(job.millis() - epoch.handsMs));
      }
    }
  }

  /**
   * check_promise.
   *
   * @param learns whether a newer promise than the host knows is written down there
   */
  static void check(Job job, boolean learns) {
    SimHost.PromiseCheck checks = job.host().check();
    if (job.given("promise").isEmpty() || checks == SimHost.PromiseCheck.NOTHING) {
      return;
    }
    long mine = Long.parseLong(job.value("promise"));
    SimEpoch epoch = readable(job);
    String op = job.value("operation");
    boolean others =
        checks == SimHost.PromiseCheck.EPOCH_AND_OPERATION && !epoch.operation.equals(op);
    if (epoch.promise > mine || (epoch.promise == mine && others)) {
      throw job.refuse(Trouble.OVERTAKEN, epoch.holding() + "; this was epoch " + mine + ", " + op);
    }
    if (epoch.operation.equals(op) && !epoch.open) {
      throw job.refuse(Trouble.OVERTAKEN, op + " is over: its promise was given back");
    }
    if (learns && epoch.promise < mine) {
      epoch.promised(mine, op, true, job.given("owner").orElse(""));
      epoch.write(job);
    }
  }

  /** One that can be relied on. */
  static SimEpoch readable(Job job) {
    SimEpoch epoch = read(job);
    if (!epoch.readable) {
      throw job.refuse(Trouble.UNREADABLE, "it was damaged");
    }
    return epoch;
  }

  void promised(long number, String op, boolean isOpen, String owner) {
    promise = number;
    operation = op;
    open = isOpen;
    holder = owner;
  }

  void wrote(long number, String leads, String text) {
    recordEpoch = number;
    leader = leads;
    record = text;
  }

  /** epoch_hands. */
  void noticeHands(Job job) {
    String by =
        RecordJson.read(record)
            .flatMap(LeaderRecord::maintenance)
            .map(Maintenance::operation)
            .orElse("");
    if (!by.equals(hands)) {
      hands = by;
      handsMs = job.millis();
    }
  }

  void vote() {
    votes = true;
  }

  String holding() {
    return "epoch " + promise + " is held by " + operation + " (" + holder + ")";
  }

  boolean there() {
    return there;
  }

  boolean votes() {
    return votes;
  }

  long promise() {
    return promise;
  }

  String operation() {
    return operation;
  }

  boolean open() {
    return open;
  }

  long recordEpoch() {
    return recordEpoch;
  }

  String record() {
    return record;
  }

  String leader() {
    return leader;
  }
}
