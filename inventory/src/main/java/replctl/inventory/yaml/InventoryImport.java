package replctl.inventory.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an inventory of what another program has: Ansible's inventory in YAML, or what {@code
 * repmgr cluster show --csv} prints. It proposes; what it can't know it says in comments.
 */
public final class InventoryImport {
  /** {@code node,available,in recovery}; repmgr tells no hosts there. */
  private static final Pattern REPMGR = Pattern.compile("([0-9]{1,9}),(-?[0-9]),(-?[0-9])");

  private InventoryImport() {}

  /**
   * What was made of it.
   *
   * @param text of an inventory; empty where there is nothing to make one of
   * @param problems of what was read; none of them repeats what stands there
   */
  public record Imported(Optional<String> text, List<Problem> problems) {
    public Imported {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a content; the file names it in problems. */
  public static Imported of(Path file, byte[] content) {
    Problems problems = new Problems(file);
    Proposal proposal = new Proposal();
    proposal.remark(
        "Proposed by replctl inventory import. Read it, decide where it says so, then:");
    proposal.remark("replctl -i FILE inventory validate");
    Optional<String> text = SourceText.of(content, problems);
    text.ifPresent(
        read -> {
          List<String> lines = read.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
          if (!lines.isEmpty() && lines.stream().allMatch(l -> REPMGR.matcher(l).matches())) {
            repmgr(proposal, lines);
          } else {
            YamlTree.of(read, problems).ifPresent(n -> AnsibleInventory.into(proposal, n));
          }
        });
    return new Imported(
        proposal.isEmpty() ? Optional.empty() : Optional.of(proposal.text()), problems.inOrder());
  }

  private static void repmgr(Proposal proposal, List<String> lines) {
    String cluster =
        proposal.cluster(
            "main",
            "postgresql",
            List.of(
                "decide: the name of the cluster, and of each node its name and host, which repmgr",
                "does not print in this form: repmgr cluster show has them"));
    boolean led = false;
    for (String line : lines) {
      Matcher found = REPMGR.matcher(line);
      if (found.matches()) {
        boolean leads = !led && found.group(2).equals("0") && found.group(3).equals("0");
        led |= leads;
        String name = "node" + found.group(1);
        proposal.node(
            cluster,
            name,
            new Proposal.Member(name + ".invalid", "", OptionalInt.empty(), "", leads));
      }
    }
  }
}
