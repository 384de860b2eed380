package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.SetupPremises;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.world.Facts;

/** Why PostgreSQL can't be set up as things are, each with what to type. */
final class SetupObjections {
  /** Older versions re-point a follower only by a restart. */
  private static final int OLDEST = 13;

  /** Without enough of these no follower can be copied from the leader. */
  private static final Set<String> BLOCKING =
      Set.of("wal_level", "max_wal_senders", "max_replication_slots", "listen_addresses");

  private final SetupGoal goal;
  private final SetupPremises premises;
  private final Scripts scripts;

  SetupObjections(SetupGoal goal) {
    this.goal = goal;
    this.premises = new SetupPremises(goal);
    this.scripts = new Scripts(goal.site(), goal.leader());
  }

  List<Refusal> all() {
    List<Refusal> all = new ArrayList<>();
    goal.nodes().stream().flatMap(this::installed).forEach(all::add);
    if (all.isEmpty()) {
      goal.nodes().stream().flatMap(premises::unitRights).forEach(all::add);
      goal.nodes().stream().flatMap(this::ground).forEach(all::add);
      goal.nodes().stream().flatMap(this::certificate).forEach(all::add);
      accounts().forEach(all::add);
      blockingRestart().forEach(all::add);
      premises.ackers(ackers()).forEach(all::add);
    }
    return all;
  }

  private Stream<Refusal> installed(NodeName node) {
    Facts facts = goal.site().facts(node);
    HostLayout layout = scripts.layout(node);
    OptionalLong wanted = goal.site().facts(goal.leader()).number("major");
    int major = layout.major();
    if (facts.number("installed.count").orElse(0) == 0 && layout.bin().isEmpty()) {
      return Stream.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              "PostgreSQL is not installed on " + node + ".",
              install(node, (int) wanted.orElse(17))));
    }
    if (major < OLDEST) {
      return Stream.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              node + " has PostgreSQL " + major + "; replctl works with 13 and later.",
              install(node, (int) wanted.orElse(17))));
    }
    int leading =
        wanted.isPresent() ? (int) wanted.getAsLong() : scripts.layout(goal.leader()).major();
    boolean there =
        IntStream.rangeClosed(1, facts.count("installed"))
            .anyMatch(n -> facts.number("installed." + n + ".major").orElse(0) == leading);
    if (major != leading || (goal.isAbsent(node) && !there)) {
      return Stream.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              node
                  + " has PostgreSQL "
                  + (goal.isAbsent(node) ? facts.text("newest_major").orElse("?") : major)
                  + ", and "
                  + goal.leader()
                  + " has "
                  + leading
                  + ": a follower has the leader's major version.",
              install(node, leading)));
    }
    return Stream.empty();
  }

  private static String install(NodeName node, int major) {
    return "on "
        + node
        + ", as root: apt-get install postgresql-"
        + major
        + "   (or: dnf install postgresql"
        + major
        + "-server)";
  }

  private Stream<Refusal> ground(NodeName node) {
    Facts facts = goal.site().facts(node);
    HostLayout layout = scripts.layout(node);
    List<Refusal> no = new ArrayList<>();
    if (layout.data().isEmpty()) {
      no.add(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              "where " + node + "'s data is to lie can't be told from its host.",
              "add to " + node + " in the inventory: data_directory: /path"));
    }
    premises.openssl(node).forEach(no::add);
    for (NodeName peer : AccessBlock.unknown(goal, node)) {
      no.add(premises.noAddress(node, peer));
    }
    if (goal.isAbsent(node)) {
      no.addAll(bareGround(node, facts, layout));
    }
    return no.stream();
  }

  private List<Refusal> bareGround(NodeName node, Facts facts, HostLayout layout) {
    List<Refusal> no = new ArrayList<>();
    List<String> ours = List.of(facts.text("interrupted").orElse("").split("\n"));
    Optional<String> filled =
        facts.text("filled").map(String::strip).filter(f -> !f.equals("pg_wal"));
    if (filled.isPresent()
        && !ours.contains(layout.data())
        && !filled.get().contains(".replctl-copy")) {
      no.add(
          Refusal.of(
              Refusal.Code.E_ADOPT_01,
              node
                  + "'s data folder "
                  + layout.data()
                  + " is not empty, and there is no server in it: "
                  + filled.get()
                  + ".",
              "if nothing in it is needed, on "
                  + node
                  + ": mv "
                  + layout.data()
                  + " "
                  + layout.data()
                  + ".old"));
    }
    if (!layout.debian().isEmpty()
        && node.equals(goal.leader())
        && facts.truth("configured").orElse(false)
        && !ours.contains(layout.config())) {
      no.add(
          Refusal.of(
              Refusal.Code.E_ADOPT_01,
              "the configuration "
                  + layout.config()
                  + " is there on "
                  + node
                  + ", and its data folder "
                  + layout.data()
                  + " is not.",
              "if it is left over, on " + node + ": mv " + layout.config() + " /root/"));
    }
    if (!layout.debian().isEmpty() && facts.truth("configurable").equals(Optional.of(false))) {
      no.add(
          Refusal.of(
              Refusal.Code.E_RIGHTS_01,
              "the configuration of a new server would lie in "
                  + layout.config()
                  + ", and only root can make that on "
                  + node
                  + ".",
              "on " + node + ", as root: " + facts.text("configurable_why").orElse("")));
    }
    return no;
  }

  /** Clients may verify the certificate that the server shows now. */
  private Stream<Refusal> certificate(NodeName node) {
    Facts facts = goal.site().facts(node);
    Optional<String> shown = facts.text("setting.ssl_cert_file");
    boolean foreign =
        facts.text("setting.ssl").equals(Optional.of("on"))
            && shown.isPresent()
            && !shown.get().equals(Certificates.certificate(scripts.layout(node).state()))
            && !shown.get().contains("snakeoil");
    if (!foreign
        || Certificates.own(goal, node).isPresent()
        || goal.policy().replaceCertificates()) {
      return Stream.empty();
    }
    return Stream.of(
        Refusal.of(
            Refusal.Code.E_ADOPT_01,
            node
                + " shows its clients the certificate "
                + shown.get()
                + ", and the followers need one that they can verify.",
            "name it in the inventory: database: {tls: {ca: ..., certificate: ..., key: ...}}",
            "or let replctl's own take its place: replctl init --replace-certificates"));
  }

  private Stream<Refusal> accounts() {
    NodeName leader = goal.leader();
    Facts facts = goal.site().facts(leader);
    return Accounts.of(goal.site().declared(leader)).stream()
        .flatMap(
            account -> {
              List<String> powers = new ArrayList<>();
              facts.text("powers." + account.role()).ifPresent(powers::add);
              boolean replicates =
                  PostgresqlDrift.roleAt(facts, account.role())
                      .flatMap(at -> facts.truth(at + ".replication"))
                      .orElse(false);
              if (replicates && !account.replication()) {
                powers.add("replication");
              }
              return powers.isEmpty()
                  ? Stream.empty()
                  : Stream.of(
                      Refusal.of(
                          Refusal.Code.E_ADOPT_01,
                          "the role "
                              + account.role()
                              + " of "
                              + leader
                              + " is somebody else's: it has more than replctl gives it ("
                              + String.join(" ", powers)
                              + ").",
                          account.key().equals("reader")
                              ? "name another in the inventory: database: {user: ...}"
                              : "on "
                                  + leader
                                  + ": ALTER ROLE "
                                  + account.role()
                                  + " RENAME TO ...;"));
            });
  }

  /** A leader that has to restart before anybody can follow it. */
  private Stream<Refusal> blockingRestart() {
    NodeName leader = goal.leader();
    boolean copies = goal.followers().stream().anyMatch(goal::isAbsent);
    boolean running = goal.seen(leader).writable();
    if (!copies || !running || goal.policy().restart()) {
      return Stream.empty();
    }
    List<String> waiting =
        new PostgresqlDrift(goal).waiting(leader).stream().filter(BLOCKING::contains).toList();
    return waiting.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Refusal.of(
                Refusal.Code.E_ADOPT_01,
                leader
                    + " must restart before a follower can be copied from it, for "
                    + String.join(", ", waiting)
                    + ".",
                "when its clients can do without it for a moment: replctl init --restart"));
  }

  private int ackers() {
    return (int)
        goal.mayAcknowledge(goal.leader()).stream()
            .filter(n -> goal.nodes().contains(n) || Durability.counts(goal, n))
            .count();
  }
}
