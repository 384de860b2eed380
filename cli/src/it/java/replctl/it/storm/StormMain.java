package replctl.it.storm;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import replctl.it.site.LabSite;
import replctl.it.site.MysqlHosts;
import replctl.it.site.PeerHosts;

/**
 * {@code lab/storm}: rounds, the table, and in a folder what was typed and said in each round.
 *
 * <pre>java ... replctl.it.storm.StormMain ENGINE|PEER MODE ROUNDS SEED FOLDER [FAULT...]</pre>
 *
 * <p>Exit code 1: a checker found something. With ROUNDS 0 it is the run that must be found out: a
 * failover whose fence is said to have been seen and was not; the exit code is 1 when nothing was
 * found.
 */
public final class StormMain {
  private StormMain() {}

  /** See the class. */
  public static void main(String... args) throws Exception {
    String replication = replication(args[1]);
    int rounds = Integer.parseInt(args[2]);
    long seed = Long.parseLong(args[3]);
    Path folder = Path.of(args[4]);
    List<String> faults = List.of(args).subList(5, args.length);
    Field field = field(args[0], replication);
    boolean good;
    try (field) {
      field.setUp();
      try (Storm storm = Storm.over(field, seed)) {
        good =
            (field.tool() instanceof ReplctlTool tool && rounds == 0)
                ? foundOut(storm, tool)
                : weather(storm, field, rounds, seed, folder, faults);
      }
    }
    System.exit(good ? 0 : 1);
  }

  private static Field field(String what, String replication) {
    return switch (what) {
      case "postgresql" -> new PostgresqlField(LabSite.open(), replication);
      case "mysql" -> new MysqlField(MysqlHosts.ready(), replication);
      case "patroni" -> peer(Patroni::new);
      case "repmgr" -> peer(Repmgr::new);
      case "pg_auto_failover" -> peer(AutoFailover::new);
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static Field peer(Function<PeerHosts, Peer> peer) {
    PeerHosts hosts = PeerHosts.open();
    return new PeerField(hosts, peer.apply(hosts));
  }

  private static String replication(String mode) {
    return mode.equals("async")
        ? "{mode: async}"
        : "{mode: " + mode + ", acks: 1, on_lost_sync: block}";
  }

  private static boolean weather(
      Storm storm, Field field, int rounds, long seed, Path folder, List<String> faults)
      throws Exception {
    for (int i = 0; i < rounds; i++) {
      Fault fault = faults.isEmpty() ? storm.any() : Fault.valueOf(faults.get(i % faults.size()));
      if (!Nemesis.canStrike(fault, field.tool())) {
        System.out.println("     " + fault.words() + ": does not apply");
        continue;
      }
      Round round = storm.round(fault);
      System.out.println(round.line());
      Files.writeString(
          folder.resolve("round-" + round.number() + ".txt"),
          round.trace(),
          StandardCharsets.UTF_8);
      if (!round.whole() && i < rounds - 1) {
        storm.anew();
      }
    }
    Tally tally = Tally.of(field, seed, storm);
    System.out.println(tally.table());
    return tally.good();
  }

  private static boolean foundOut(Storm storm, ReplctlTool tool) {
    List<String> found = storm.unfenced(tool);
    found.forEach(f -> System.out.println("found: " + f));
    return found.stream().anyMatch(f -> f.startsWith("two nodes acknowledged at once"))
        && found.stream().anyMatch(f -> f.contains("acknowledged rows are lost"));
  }
}
