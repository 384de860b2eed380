package replctl.playbooks.decide.candidate;

import java.util.List;
import replctl.inventory.NodeName;

/** A node held against every rule of choice. */
public record Candidate(NodeName node, int priority, List<Check> checks) {
  public Candidate {
    checks = List.copyOf(checks);
  }

  /** Whether every rule passes it. */
  public boolean eligible() {
    return checks.stream().allMatch(c -> c.verdict() == Check.Verdict.PASS);
  }

  /** Whether no rule speaks against it, and what some ask for is not known. */
  public boolean unclear() {
    return !eligible() && checks.stream().noneMatch(c -> c.verdict() == Check.Verdict.FAIL);
  }

  /** The rules that don't pass it. */
  public List<Check> against() {
    return checks.stream().filter(c -> c.verdict() != Check.Verdict.PASS).toList();
  }
}
