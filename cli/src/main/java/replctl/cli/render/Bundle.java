package replctl.cli.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import replctl.inventory.Inventory;
import replctl.inventory.yaml.InventoryShow;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.verb.doctor.Diagnosis;
import replctl.playbooks.world.Facts;

/**
 * {@code doctor --bundle}: the files for whoever is asked for help. Secrets are not in it, since
 * nothing of replctl's has them; what a server quotes of its clients' data is struck out, and its
 * logs and its sessions are left out. Pure.
 *
 * @param at when it was looked
 * @param programs name and version of what made it
 * @param inventory of this cluster alone
 * @param operations newest first
 * @param journals their lines, by the name of the operation; of the newest alone
 */
public record Bundle(
    Instant at,
    Map<String, String> programs,
    Inventory inventory,
    Look look,
    Diagnosis diagnosis,
    List<Recorded> operations,
    Map<String, List<String>> journals) {
  private static final String INSTEAD = "(struck out)";

  /** Facts that may hold what a client has written, or who it is. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "(long|blocking|event|unsafe|lowered|database)\\..*|.*\\bblocker\\..*"
              + "|role\\.[0-9]+\\.settings|persisted\\.text|.*(_text|[._]words|sql_error)");

  /** What servers put between quotes: names, and values of rows. An apostrophe is none. */
  private static final Pattern QUOTED = Pattern.compile("(?<![A-Za-z0-9])'[^'\"\\\\]*'");

  /** Shorter texts stand in many a word. */
  private static final int SHORTEST = 8;

  /** Its files, by their names. */
  public SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put("inventory.json", Json.of(Doc.of(InventoryShow.of(inventory))));
    files.put("status.json", Json.of(new StatusPrinter(look).doc()));
    files.put("doctor.json", Json.of(new DoctorPrinter(look.cluster(), diagnosis).doc()));
    files.put("operations.json", Json.of(new OperationsPrinter(operations, 0).doc()));
    journals.forEach(
        (op, lines) -> files.put("operations/" + op + ".jsonl", String.join("\n", lines) + "\n"));
    for (NodeView node : look.seen().nodes()) {
      files.put("survey/" + node.name() + ".txt", survey(node));
    }
    List<String> struck = struck();
    files.replaceAll((name, text) -> without(struck, text));
    files.put("manifest.json", Json.of(manifest(files)));
    return files;
  }

  private static String survey(NodeView node) {
    StringBuilder text = new StringBuilder();
    text.append("contact ").append(Visible.of(node.contact().words())).append('\n');
    facts(node)
        .byName()
        .forEach(
            (name, value) -> {
              if (!LEFT_OUT.matcher(name).matches()) {
                text.append(name).append(' ').append(Visible.of(value)).append('\n');
              }
            });
    return text.toString();
  }

  private static Facts facts(NodeView node) {
    return node.server().map(Server::facts).orElse(Facts.NONE);
  }

  /** What must not stand in any other file either: findings repeat what a server says. */
  private List<String> struck() {
    List<String> texts = new ArrayList<>();
    for (NodeView node : look.seen().nodes()) {
      facts(node)
          .byName()
          .forEach(
              (name, value) -> {
                if (LEFT_OUT.matcher(name).matches() && name.matches(".*(_text|error|statement)")) {
                  texts.add(value);
                  value.lines().forEach(texts::add);
                }
              });
    }
    // The whole before its parts.
    texts.sort(Comparator.comparing(String::length).reversed());
    return texts.stream().filter(t -> t.length() >= SHORTEST).distinct().toList();
  }

  private static String without(List<String> struck, String text) {
    String clean = text;
    for (String one : struck) {
      String escaped = Json.line(Doc.part().put("t", one)).strip();
      clean =
          clean
              .replace(escaped.substring("{\"t\":\"".length(), escaped.length() - 2), INSTEAD)
              .replace(Visible.of(one), INSTEAD);
    }
    return QUOTED.matcher(clean).replaceAll("'?'");
  }

  private Doc manifest(SortedMap<String, String> files) {
    Doc made = Doc.part();
    programs.forEach(made::put);
    Map<String, Integer> sizes = new LinkedHashMap<>();
    files.forEach((name, text) -> sizes.put(name, text.length()));
    return Doc.of("Bundle")
        .put("cluster", look.cluster().name().value())
        .put("at", at)
        .put("madeBy", made)
        .put(
            "files",
            sizes.entrySet().stream()
                .map(
                    e ->
                        Doc.part()
                            .put("name", e.getKey())
                            .put("characters", e.getValue())
                            .put("what", what(e.getKey())))
                .toList())
        .put(
            "leftOut",
            List.of(
                "secrets: an inventory shows only where they come from",
                "logs of servers and hosts: they may hold clients' data",
                "sessions, their users, addresses and statements; names of databases and events",
                "what servers say of errors in replication, and what stands between single quotes",
                "journals of all but the newest operations"));
  }

  private static String what(String name) {
    return switch (name.replaceAll("/.*", "")) {
      case "inventory.json" -> "the cluster as declared, with every default";
      case "status.json" -> "what status shows";
      case "doctor.json" -> "what doctor finds";
      case "operations.json" -> "the newest operations, by this operator's journals";
      case "operations" -> "an operation's journal: its plan, and what came of each step";
      default -> "what the host answered to the survey";
    };
  }
}
