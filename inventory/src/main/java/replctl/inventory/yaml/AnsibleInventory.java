package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an inventory of Ansible's says of clusters: groups of hosts, and how each is logged in to.
 */
final class AnsibleInventory {
  /** {@code db[01:12].example.net}. */
  private static final Pattern RANGE = Pattern.compile("(.*)\\[([0-9]{1,6}):([0-9]{1,6})\\](.*)");

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?");
  private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");

  /** More hosts than replctl is for are a slip in a range. */
  private static final int MOST = 1000;

  /** Of a group's own hosts, each with its variables. */
  private final Map<String, Map<String, Map<String, String>>> groups = new LinkedHashMap<>();

  private final Map<String, String> taken = new TreeMap<>();
  private final Proposal proposal;
  private int count;

  private AnsibleInventory(Proposal proposal) {
    this.proposal = proposal;
  }

  /** Adds a cluster for each group that has hosts of its own. */
  static void into(Proposal proposal, YamlNode root) {
    AnsibleInventory read = new AnsibleInventory(proposal);
    entries(root).forEach(e -> read.group(e.key(), e.value(), Map.of()));
    read.groups.forEach(read::cluster);
  }

  private void group(String name, YamlNode node, Map<String, String> inherited) {
    Map<String, String> variables = new TreeMap<>(inherited);
    child(node, "vars").ifPresent(vars -> variables.putAll(texts(vars)));
    for (YamlNode.Entry host : child(node, "hosts").map(n -> entries(n)).orElse(List.of())) {
      Map<String, String> own = new TreeMap<>(variables);
      own.putAll(texts(host.value()));
      for (String one : expanded(host.key())) {
        groups.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(one, own);
      }
    }
    for (YamlNode.Entry below : child(node, "children").map(n -> entries(n)).orElse(List.of())) {
      group(below.key(), below.value(), variables);
    }
  }

  private List<String> expanded(String host) {
    Matcher range = RANGE.matcher(host);
    if (!range.matches()) {
      count++;
      return count > MOST ? List.of() : List.of(host);
    }
    List<String> hosts = new ArrayList<>();
    int width = range.group(2).startsWith("0") ? range.group(2).length() : 1;
    int last = Integer.parseInt(range.group(3));
    for (int i = Integer.parseInt(range.group(2)); i <= last && ++count <= MOST; i++) {
      String number = String.format(Locale.ROOT, "%0" + width + "d", i);
      hosts.add(range.group(1) + number + range.group(4));
    }
    return hosts;
  }

  private void cluster(String group, Map<String, Map<String, String>> hosts) {
    Map<String, Proposal.Member> members = new LinkedHashMap<>();
    List<String> said = new ArrayList<>();
    hosts.forEach(
        (host, variables) -> member(host, variables, said).ifPresent(m -> members.put(host, m)));
    if (members.isEmpty()) {
      said.forEach(proposal::remark);
      return;
    }
    String engine = engine(group, said);
    said.add("decide: who leads is asked of the servers; for an init of new ones, leader: true");
    String name = proposal.cluster(group, engine, said);
    members.forEach(
        (host, member) -> {
          taken.put(member.host(), name);
          proposal.node(name, host, member);
        });
  }

  private static String engine(String group, List<String> said) {
    String like = group.toLowerCase(Locale.ROOT);
    boolean mysql = like.contains("mysql") || like.contains("maria");
    if (!mysql && !like.contains("pg") && !like.contains("postgres")) {
      said.add("decide: postgresql or mysql; the group's name does not tell");
    }
    return mysql ? "mysql" : "postgresql";
  }

  private Optional<Proposal.Member> member(
      String name, Map<String, String> variables, List<String> said) {
    String host = variables.getOrDefault("ansible_host", name);
    String shown = Shown.part(name);
    if (!HOST.matcher(host).matches()) {
      said.add("left out: " + shown + ", whose address is none, or a template");
      return Optional.empty();
    }
    if (taken.containsKey(host)) {
      said.add("left out: " + shown + ", which is in " + taken.get(host) + " already");
      return Optional.empty();
    }
    String user = either(variables, "ansible_user", "ansible_ssh_user");
    if (!user.isEmpty() && !USER.matcher(user).matches()) {
      said.add("decide: whom to log in as on " + shown + "; what is there is no name");
      user = "";
    }
    String key = either(variables, "ansible_ssh_private_key_file", "ansible_private_key_file");
    if (key.contains("{{") || key.chars().anyMatch(Character::isISOControl)) {
      said.add("decide: the key for " + shown + "; what is there is a template");
      key = "";
    }
    OptionalInt port = port(either(variables, "ansible_port", "ansible_ssh_port"));
    return Optional.of(new Proposal.Member(host, user, port, key, false));
  }

  private static String either(Map<String, String> variables, String one, String other) {
    return variables.getOrDefault(one, variables.getOrDefault(other, ""));
  }

  private static OptionalInt port(String text) {
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    return port > 0 && port <= 65535 && port != 22 ? OptionalInt.of(port) : OptionalInt.empty();
  }

  private static Optional<YamlNode> child(YamlNode node, String key) {
    return entries(node).stream()
        .filter(e -> e.key().equals(key))
        .map(YamlNode.Entry::value)
        .findFirst();
  }

  private static List<YamlNode.Entry> entries(YamlNode node) {
    return node instanceof YamlNode.Entries map ? map.entries() : List.of();
  }

  private static Map<String, String> texts(YamlNode node) {
    Map<String, String> texts = new TreeMap<>();
    for (YamlNode.Entry entry : entries(node)) {
      if (entry.value() instanceof YamlNode.Text text && entry.key().startsWith("ansible_")) {
        texts.put(entry.key(), text.value());
      }
    }
    return texts;
  }
}
