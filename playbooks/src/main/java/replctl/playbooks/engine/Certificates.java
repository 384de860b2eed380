package replctl.playbooks.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.inventory.Tls;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/**
 * The nodes' certificates. The operator's own, or those of a small authority of the cluster's: then
 * each node makes its key itself, and only the request and the certificate travel.
 */
public final class Certificates {
  /** An init this long before the end renews. */
  static final Duration EARLY = Duration.ofDays(30);

  private static final Duration NODE = Duration.ofDays(397);
  static final String AUTHORITY_DAYS = "7300";

  /** Seconds for the lock of the operator's host: the nodes' certificates are made side by side. */
  static final String WAIT = "20";

  private static final Duration QUICK = Duration.ofSeconds(30);

  private Certificates() {}

  /** Where a node has its own, below the folder of replctl's files there. */
  public static String certificate(String state) {
    return state + "/tls/current/server.crt";
  }

  /** Its private key. */
  public static String key(String state) {
    return state + "/tls/current/server.key";
  }

  /** The authority that it trusts. */
  public static String authority(String state) {
    return state + "/tls/ca.crt";
  }

  /** The secret that holds the private key of an operator's own certificate. */
  public static SecretRef ownKey(NodeName node) {
    return new SecretRef("tls-key-" + node);
  }

  /** Why the node needs a certificate; empty: it has a good one. */
  public static Optional<String> reason(SetupGoal goal, NodeName node) {
    Facts facts = goal.site().facts(node);
    Optional<String> has = facts.text("own.fingerprint");
    if (has.isEmpty()) {
      return Optional.of("none yet");
    }
    if (goal.policy().renewCertificates()) {
      return Optional.of("to be renewed, as asked");
    }
    Optional<Instant> end = end(facts);
    if (end.isEmpty() || end.get().isBefore(goal.site().seen().at().plus(EARLY))) {
      return Optional.of("ends " + end.map(e -> e.toString().substring(0, 10)).orElse("unknown"));
    }
    if (own(goal, node).isEmpty()
        && !facts.text("own.names").equals(Optional.of(names(goal, node)))) {
      return Optional.of(
          "is for " + facts.text("own.names").orElse("nobody") + ", not " + names(goal, node));
    }
    Optional<String> trusted = facts.text("authority");
    Optional<String> others = expected(goal);
    if (own(goal, node).isEmpty() && others.isPresent() && !trusted.equals(others)) {
      return Optional.of("is not of the authority that the others trust");
    }
    return Optional.empty();
  }

  /** Shown before anything is done. */
  public static Optional<Drift> drift(SetupGoal goal, NodeName node) {
    return reason(goal, node)
        .map(
            why ->
                new Drift(
                    "certificate",
                    why + "; a new one for " + names(goal, node) + " from " + issuer(goal, node),
                    false));
  }

  /** The authority, where a node needs a certificate of it. */
  public static List<Step> authority(SetupGoal goal) {
    boolean needed =
        goal.nodes().stream().anyMatch(n -> own(goal, n).isEmpty() && reason(goal, n).isPresent());
    if (!needed) {
      return List.of();
    }
    Map<String, Value> values = new TreeMap<>();
    values.put("cluster", Value.of(goal.site().cluster().name().value()));
    values.put("days", Value.of(AUTHORITY_DAYS));
    values.put(
        "expects", Value.of(goal.policy().replaceCertificates() ? "" : expected(goal).orElse("")));
    return List.of(
        Step.of(
            "authority",
            "have the cluster's own certificate authority",
            new Place.Operator(),
            ScriptCall.perform(new Script("operator", "authority"), values),
            QUICK));
  }

  /** What gives the node its certificate. */
  public static List<Step> steps(SetupGoal goal, NodeName node, StepMaker scripts) {
    if (reason(goal, node).isEmpty()) {
      return List.of();
    }
    return own(goal, node)
        .map(tls -> fromOperator(goal, node, tls, scripts))
        .orElseGet(
            () -> fromAuthority(goal, node, scripts, new Value.Known("authority", "certificate")));
  }

  /**
   * A new certificate of the cluster's own authority.
   *
   * @param trusted whom the node trusts then
   */
  static List<Step> fromAuthority(SetupGoal goal, NodeName node, StepMaker scripts, Value trusted) {
    String replaces = goal.site().facts(node).text("own.fingerprint").orElse("");
    List<Step> steps = new ArrayList<>();
    String names = names(goal, node);
    String subject = subject(goal, node);
    steps.add(
        scripts.step(
            "key-" + node,
            "make a private key for " + node + ", on " + node,
            node,
            "key",
            Map.of(
                "subject", Value.of(subject),
                "names", Value.of(names),
                "replaces", Value.of(replaces)),
            QUICK));
    Map<String, Value> signing = new TreeMap<>();
    signing.put("request", new Value.Known("key-" + node, "request"));
    signing.put("subject", Value.of(subject));
    signing.put("names", Value.of(names));
    signing.put("days", Value.of(Long.toString(NODE.toDays())));
    signing.put("lock_wait", Value.of(WAIT));
    steps.add(
        Step.of(
            "sign-" + node,
            "sign a certificate for "
                + names.substring(names.indexOf(':') + 1)
                + " until "
                + goal.site().seen().at().plus(NODE).toString().substring(0, 10),
            new Place.Operator(),
            ScriptCall.perform(new Script("operator", "sign"), signing),
            QUICK));
    steps.add(
        install(
            node,
            scripts,
            new Value.Known("sign-" + node, "certificate"),
            trusted,
            Value.of(""),
            names,
            replaces));
    return steps;
  }

  private static List<Step> fromOperator(
      SetupGoal goal, NodeName node, Tls tls, StepMaker scripts) {
    String names = names(goal, node);
    Map<String, Value> reading = new TreeMap<>();
    reading.put("certificate_file", Value.of(String.valueOf(tls.certificate())));
    reading.put("authority_file", Value.of(String.valueOf(tls.ca())));
    reading.put("names", Value.of(names));
    reading.put("lock_wait", Value.of(WAIT));
    return List.of(
        Step.of(
            "own-certificate-" + node,
            "read " + node + "'s certificate from " + tls.certificate(),
            new Place.Operator(),
            ScriptCall.perform(new Script("operator", "own-certificate"), reading),
            QUICK),
        install(
            node,
            scripts,
            new Value.Known("own-certificate-" + node, "certificate"),
            new Value.Known("own-certificate-" + node, "authority"),
            new Value.Hidden(ownKey(node), Value.Form.PLAIN),
            "",
            // The same certificate may be put there again: only what is asked for must be there.
            ""));
  }

  private static Step install(
      NodeName node,
      StepMaker scripts,
      Value certificate,
      Value authority,
      Value key,
      String names,
      String replaces) {
    return scripts.step(
        "certificate-" + node,
        "install " + node + "'s certificate",
        node,
        "certificate",
        Map.of(
            "certificate", certificate,
            "authority", authority,
            "key", key,
            "names", Value.of(names),
            "replaces", Value.of(replaces)),
        QUICK);
  }

  /** The files that the operator has named for it. */
  public static Optional<Tls> own(SetupGoal goal, NodeName node) {
    return goal.site().declared(node).database().tls();
  }

  private static String issuer(SetupGoal goal, NodeName node) {
    return own(goal, node)
        .map(tls -> String.valueOf(tls.certificate()))
        .orElse("the cluster's own authority");
  }

  /** The authority that nodes trust already: the leader's, or else the first that has one. */
  private static Optional<String> expected(SetupGoal goal) {
    return Stream.concat(Stream.of(goal.leader()), goal.nodes().stream())
        .filter(n -> own(goal, n).isEmpty())
        .flatMap(n -> goal.site().facts(n).text("authority").stream())
        .findFirst();
  }

  private static Optional<Instant> end(Facts facts) {
    var end = facts.number("own.end_ms");
    return end.isPresent() ? Optional.of(Instant.ofEpochMilli(end.getAsLong())) : Optional.empty();
  }

  /** The alternative name: what the other nodes call the host. */
  static String names(SetupGoal goal, NodeName node) {
    String host = goal.site().declared(node).host();
    if (host.contains(":")) {
      return "IP:" + expanded(host);
    }
    return (host.matches("[0-9]+(\\.[0-9]+){3}") ? "IP:" : "DNS:") + host;
  }

  /** An IPv6 address as openssl prints it: eight groups, capitals, no zeros in front. */
  public static String expanded(String address) {
    String[] halves = address.split("::", 2);
    List<String> groups = groups(halves[0]);
    if (halves.length == 2) {
      List<String> after = groups(halves[1]);
      while (groups.size() + after.size() < 8) {
        groups.add("0");
      }
      groups.addAll(after);
    }
    return String.join(":", groups);
  }

  private static List<String> groups(String text) {
    return Stream.of(text.split(":"))
        .filter(g -> !g.isEmpty())
        .map(g -> g.replaceFirst("^0+(?=.)", "").toUpperCase(Locale.ROOT))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The host as well: clients before PostgreSQL 15 look for an address in the common name. */
  private static String subject(SetupGoal goal, NodeName node) {
    String host = goal.site().declared(node).host();
    // X.509: a common name has at most 64 characters.
    return host.length() <= 64 ? host : node.value();
  }
}
