package replctl.playbooks.sim;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import replctl.playbooks.world.Trouble;

/** The twins of the scripts in {@code voter}: they run on every host, whatever its engine. */
public final class VoterTwins {
  private VoterTwins() {}

  /** All of them, by name. */
  public static Map<String, Twin> all() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("state", twin(VoterTwins::state, VoterTwins::onlyLooks));
    twins.put("promise", twin(VoterTwins::isPromised, VoterTwins::promise));
    twins.put("record", twin(VoterTwins::isRecorded, VoterTwins::record));
    twins.put("settle", twin(VoterTwins::isSettled, VoterTwins::settle));
    twins.put("journal", twin(VoterTwins::isCopied, VoterTwins::copy));
    twins.put("operations", twin(VoterTwins::operations, VoterTwins::onlyLooks));
    return twins;
  }

  private static Twin twin(Function<Job, Look> look, Function<Job, Course> perform) {
    return new Twin() {
      @Override
      public Look isDone(Job job) {
        return look.apply(job);
      }

      @Override
      public Course perform(Job job) {
        return perform.apply(job);
      }
    };
  }

  private static Course onlyLooks(Job job) {
    throw job.refuse("it only looks");
  }

  private static Look state(Job job) {
    SimEpoch.facts(job);
    return Look.DONE;
  }

  private static Look isPromised(Job job) {
    SimEpoch epoch = SimEpoch.readable(job);
    if (epoch.promise() == number(job, "epoch")
        && epoch.operation().equals(job.value("operation"))
        && epoch.open()) {
      SimEpoch.facts(job);
      return Look.DONE;
    }
    return Look.notDone("epoch " + epoch.promise() + " is the newest");
  }

  private static Course promise(Job job) {
    return Course.of(
            () -> {
              SimEpoch.facts(job);
              SimEpoch epoch = SimEpoch.readable(job);
              boolean mine = epoch.operation().equals(job.value("operation"));
              if (epoch.promise() >= number(job, "epoch") || (mine && !epoch.open())) {
                throw job.refuse(Trouble.OVERTAKEN, epoch.holding());
              }
              if (epoch.open()
                  && !List.of(job.value("over").split(" ")).contains(epoch.operation())) {
                throw job.refuse(Trouble.HELD, epoch.holding());
              }
              if (mine) {
                job.fact("before", Long.toString(epoch.promise()));
              }
              add(job, 1, job.value("journal"));
            })
        .act(
            () -> {
              SimEpoch epoch = SimEpoch.readable(job);
              if (job.value("first").equals("yes") && !epoch.there()) {
                epoch.vote();
              }
              epoch.promised(
                  number(job, "epoch"), job.value("operation"), true, job.value("owner"));
              epoch.write(job);
            });
  }

  private static Look isRecorded(Job job) {
    SimEpoch epoch = SimEpoch.readable(job);
    return epoch.votes() && epoch.record().equals(job.value("record"))
        ? Look.DONE
        : Look.notDone("the newest record here is of epoch " + epoch.recordEpoch());
  }

  private static Course record(Job job) {
    return Course.of(
        () -> {
          SimEpoch epoch = SimEpoch.readable(job);
          if (epoch.recordEpoch() > number(job, "epoch")) {
            throw job.refuse(Trouble.OVERTAKEN, "epoch " + epoch.recordEpoch() + " is recorded");
          }
          epoch.vote();
          epoch.wrote(number(job, "epoch"), job.value("leader"), job.value("record"));
          epoch.noticeHands(job);
          epoch.write(job);
        });
  }

  private static Look isSettled(Job job) {
    SimEpoch epoch = SimEpoch.readable(job);
    long mine = number(job, "epoch");
    if (job.given("withdraw").isPresent()) {
      return isPromised(job, epoch) || planAlone(job, epoch)
          ? Look.notDone(epoch.holding())
          : Look.DONE;
    }
    return epoch.promise() > mine || (epoch.promise() == mine && !epoch.open())
        ? Look.DONE
        : Look.notDone(epoch.holding());
  }

  private static boolean isPromised(Job job, SimEpoch epoch) {
    return epoch.promise() == number(job, "epoch")
        && epoch.operation().equals(job.value("operation"))
        && epoch.open();
  }

  private static boolean planAlone(Job job, SimEpoch epoch) {
    String op = job.value("operation");
    return job.host().files().containsKey(file(job, op))
        && (!epoch.operation().equals(op) || epoch.promise() == number(job, "epoch"))
        && lines(job, op).lines().count() <= 1;
  }

  private static Course settle(Job job) {
    if (job.given("withdraw").isPresent()) {
      return withdraw(job);
    }
    return Course.of(
            () -> {
              SimEpoch epoch = SimEpoch.readable(job);
              if (epoch.promise() == number(job, "epoch")
                  && !epoch.operation().equals(job.value("operation"))) {
                throw job.refuse(Trouble.OVERTAKEN, epoch.holding());
              }
              add(job, (int) number(job, "from"), job.value("journal"));
            })
        .act(
            () -> {
              SimEpoch epoch = SimEpoch.readable(job);
              epoch.promised(
                  number(job, "epoch"), job.value("operation"), false, job.value("owner"));
              epoch.write(job);
              prune(job, epoch);
            });
  }

  /** prune. */
  private static void prune(Job job, SimEpoch epoch) {
    String folder = job.value("state_directory") + "/operations/";
    List<String> all =
        job.host().files().from(folder).keySet().stream()
            .takeWhile(file -> file.startsWith(folder + "op-"))
            .toList();
    int keep = job.given("keep").map(Integer::parseInt).orElse(all.size());
    for (String file : all.subList(0, Math.max(0, all.size() - keep))) {
      String op = file.substring(folder.length()).replace(".jsonl", "");
      String text = job.host().files().get(file);
      String end = text.substring(text.lastIndexOf('\n', text.length() - 2) + 1);
      if (op.compareTo(job.value("expired")) < 0
          && !op.equals(job.value("operation"))
          && !epoch.record().contains(op)
          && end.contains("\"entry\":\"ended\"")
          && !end.contains("\"ending\":\"incomplete\"")
          && end.endsWith("}\n")) {
        job.host().files().remove(file);
      }
    }
  }

  private static Course withdraw(Job job) {
    return Course.of(
            () -> {
              if (planAlone(job, SimEpoch.readable(job))) {
                job.host().files().remove(file(job, job.value("operation")));
              }
            })
        .act(
            () -> {
              SimEpoch epoch = SimEpoch.readable(job);
              if (isPromised(job, epoch)) {
                epoch.promised(
                    number(job, "epoch"), job.value("operation"), false, job.value("owner"));
                epoch.write(job);
              }
            });
  }

  private static Look isCopied(Job job) {
    int have = count(lines(job, job.value("operation")));
    return have >= number(job, "until") ? Look.DONE : Look.notDone("it has " + have + " lines");
  }

  private static Course copy(Job job) {
    return Course.of(() -> add(job, (int) number(job, "from"), job.value("journal")));
  }

  private static Look operations(Job job) {
    String folder = job.value("state_directory") + "/operations/";
    SortedMap<String, String> kept = job.host().files().from(folder);
    int n = 0;
    for (Map.Entry<String, String> file : kept.entrySet()) {
      if (!file.getKey().startsWith(folder)) {
        break;
      }
      String op = file.getKey().substring(folder.length()).replace(".jsonl", "");
      n++;
      job.fact("operation." + n + ".name", op);
      job.fact("operation." + n + ".lines", Long.toString(file.getValue().lines().count()));
      if (job.value("wanted").equals(op)) {
        job.fact("journal", file.getValue());
      }
    }
    job.fact("operation.count", Integer.toString(n));
    return Look.DONE;
  }

  private static String file(Job job, String op) {
    return job.value("state_directory") + "/operations/" + op + ".jsonl";
  }

  private static String lines(Job job, String op) {
    return job.host().files().getOrDefault(file(job, op), "");
  }

  /** journal_add. */
  private static void add(Job job, int from, String text) {
    if (text.isEmpty()) {
      return;
    }
    String op = job.value("operation");
    String before = lines(job, op);
    int have = count(before);
    List<String> more = text.lines().toList();
    if (have < from - 1) {
      throw job.refuse("its copy has " + have + " lines");
    }
    int known = have - from + 1;
    if (known < more.size()) {
      job.host()
          .files()
          .put(file(job, op), before + String.join("\n", more.subList(known, more.size())) + "\n");
    }
  }

  /** Every line of a copy is a whole one. */
  private static int count(String lines) {
    int count = 0;
    for (int at = lines.indexOf('\n'); at >= 0; at = lines.indexOf('\n', at + 1)) {
      count++;
    }
    return count;
  }

  private static long number(Job job, String name) {
    return Long.parseLong(job.value(name));
  }
}
