package replctl.playbooks.plan;

import java.util.List;

/**
 * A no, with its reason.
 *
 * @param found what was found, in a sentence or more
 * @param unchanged what was not changed
 * @param next commands to type, or what to do by hand
 */
public record Refusal(Code code, String found, String unchanged, List<String> next) {
  public Refusal {
    next = List.copyOf(next);
  }

  /** A no before anything was touched. */
  public static Refusal of(Code code, String found, String... next) {
    return new Refusal(code, found, "Nothing was changed.", List.of(next));
  }

  /** Kinds of refusal, each with the exit code that scripts see (product.md, Commands). */
  public enum Code {
    E_STATE_01(10, "the cluster's state does not allow it"),
    E_CANDIDATE_01(10, "the candidate can't lead"),
    E_IDENTITY_01(10, "a host belongs to another cluster"),
    E_ADOPT_01(10, "what runs there is not touched without asking"),
    E_PLAN_01(10, "the cluster moved since the plan was written"),
    E_CONFIRM_01(10, "it was not confirmed"),
    E_HOOK_01(10, "a program of the operator's own says no, or can't be run"),
    E_REDIRECT_01(10, "clients could not be led to the new leader"),
    E_PARAMETER_01(10, "the parameter is not changed so"),
    E_EPOCH_01(15, "another operation holds the cluster, or has overtaken this one"),
    E_EPOCH_02(10, "too few hosts have promised that no other operation runs"),
    E_VOTERS_01(10, "the inventory's voters are not the recorded ones"),
    E_MAINTENANCE_01(10, "the cluster is under maintenance"),
    E_RETURN_01(10, "a node has what the leader has not"),
    E_LOSS_01(13, "more would be lost than is allowed"),
    E_REACH_01(69, "a host that the operation needs does not answer"),
    E_BUSY_01(75, "another operation holds the cluster"),
    E_RIGHTS_01(77, "not permitted"),
    E_FENCE_01(11, "a node is not proven to be closed"),
    E_FENCE_02(10, "the leader is alive, and only this host does not reach it"),
    E_FENCE_03(11, "a fence device says off, and the node answers"),
    E_FENCE_04(11, "a fence device was not tried in a drill"),
    E_SPLIT_01(14, "two writable servers");

    private final int exitCode;
    private final String meaning;

    Code(int exitCode, String meaning) {
      this.exitCode = exitCode;
      this.meaning = meaning;
    }

    /** What the process ends with. */
    public int exitCode() {
      return exitCode;
    }

    /** The kind in words. */
    public String meaning() {
      return meaning;
    }

    /** As printed: {@code E-STATE-01}. */
    public String label() {
      return name().replace('_', '-');
    }
  }
}
