package replctl.playbooks.sim.mysql;

import java.util.List;
import java.util.function.UnaryOperator;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.sim.Altered;
import replctl.playbooks.sim.Deletable;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Forgetful;
import replctl.playbooks.sim.ReturnStage;
import replctl.playbooks.sim.SimGuard;
import replctl.playbooks.sim.SimHost;

/**
 * A rule of failing over that is deleted, and what the simulator must say then. Those of the
 * electorate and of devices, in which engines do not differ, are PostgreSQL's to try.
 */
enum DeletedRule implements Deletable {
  /** Nobody is closed before the promotion. */
  PROMOTES_WITHOUT_A_FENCE("two writable servers", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return when(
          deleted,
          Troubles.plain(scene),
          Altered.without(step -> step.action() instanceof Action.Fence));
    }
  },
  /** Only the old leader is closed, and not whom an operation may have made one since. */
  FORGETS_A_CANDIDATE("two writable servers", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return when(
          deleted,
          Troubles.candidateNobodySees(scene),
          plan ->
              Altered.without(step -> step.name().equals("fence-my2"))
                  .apply(
                      plan.of(Forgetful.withoutCandidate(plan.electorate(), new NodeName("my2")))));
    }
  },
  /** Scripts do not look at the promise under which they act. */
  CHECKS_NO_PROMISE("which has promised epoch", ".* perform") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      if (deleted) {
        scene.world().hosts().forEach(host -> host.checks(SimHost.PromiseCheck.NOTHING));
      }
      return Troubles.plain(scene);
    }

    @Override
    public List<Fault> faults() {
      return List.of(Fault.BEGINS_LATE, Fault.OVERTAKEN_BEFORE, Fault.OVERTAKEN_AFTER);
    }

    @Override
    public int seeds() {
      return 1;
    }
  },
  /** It is written down only afterwards who leads. */
  RECORDS_AFTERWARDS("have been told that it leads", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return when(deleted, Troubles.plain(scene), Altered::recordsAfterwards);
    }
  },
  /** The preferred one leads without what the fullest has. */
  PREFERS_WITHOUT_FETCHING("acknowledged writes are lost", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return when(
          deleted,
          Troubles.behind(scene),
          Altered.without(step -> step.name().startsWith("fetch-")));
    }
  },
  /** What was received is not applied before it opens. */
  OPENS_BEFORE_ALL_IS_APPLIED("acknowledged writes are lost", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      forgets(scene, deleted, MysqlNet.Forgotten.APPLIED);
      return Troubles.unapplied(scene);
    }

    @Override
    public int seeds() {
      return 10;
    }
  },
  /** One that lost its relay log since it stood still leads all the same. */
  LEADS_WITH_LESS("acknowledged writes are lost", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      forgets(scene, deleted, MysqlNet.Forgotten.STOOD_STILL);
      return Troubles.restarted(scene);
    }

    /** With what is gone there nobody can go on: it is begun anew, and another is chosen. */
    @Override
    public List<Drill.Way> ways() {
      return List.of(Drill.Way.ABORT);
    }
  },
  /** What commits wait for is set only once it is open. */
  WAITS_ONLY_WHEN_OPEN("takes writes, and its commits do not wait as they must", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      forgets(scene, deleted, MysqlNet.Forgotten.WAITS_FIRST);
      return Troubles.plain(scene);
    }
  },
  /**
   * A leader's data does not tell that it was opened: whoever has it can't say that it is newer.
   */
  WRITES_NO_ROW("my1 takes writes, and \\d+ acknowledged writes are lost", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      forgets(scene, deleted, MysqlNet.Forgotten.ROW);
      return new ReturnStage(scene, ReturnStage.Meanwhile.PROMOTED_AND_STOPPED);
    }
  },
  /** A promotion that was sent is taken back like any other step. */
  TAKES_A_PROMOTION_BACK("leads after a failover that was not done", ".*/promote .*") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return when(deleted, Troubles.plain(scene), Altered.each(Forgetful::likeAnyOther));
    }

    @Override
    public List<Fault> faults() {
      return List.of(Fault.DIES_DURING, Fault.DIES_AFTER);
    }
  },
  /** A leader that comes back opens whoever else can be asked. */
  OPENS_WITHOUT_A_MAJORITY(
      "came back as a writer, and 1 of 3 hosts with a vote could be asked", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return returns(scene, deleted, ReturnStage.Meanwhile.CUT_OFF, SimGuard.Rule.MAJORITY);
    }
  },
  /** It opens though another leads by the newest record. */
  OPENS_THOUGH_SUCCEEDED("came back as a writer, and epoch 2 has the leader my[23]", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return returns(scene, deleted, ReturnStage.Meanwhile.SUCCEEDED, SimGuard.Rule.NEWEST_RECORD);
    }
  },
  /** It opens under the hands of an operation that is not over. */
  OPENS_DURING_AN_OPERATION("came back as a writer, and op-b is not over", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return returns(
          scene, deleted, ReturnStage.Meanwhile.UNFINISHED, SimGuard.Rule.NO_UNFINISHED_OPERATION);
    }
  },
  /** It opens though another node takes writes. */
  OPENS_BESIDE_A_WRITER("came back as a writer beside \\[my[23]\\]", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return returns(
          scene, deleted, ReturnStage.Meanwhile.OPENED_BY_HAND, SimGuard.Rule.NO_WRITABLE_PEER);
    }
  },
  /** It opens though another was promoted since. */
  OPENS_BEHIND_A_NEWER_HISTORY("my1 takes writes, and \\d+ acknowledged writes are lost", "") {
    @Override
    Drill.Stage stage(MysqlScene scene, boolean deleted) {
      return returns(
          scene,
          deleted,
          ReturnStage.Meanwhile.PROMOTED_AND_STOPPED,
          SimGuard.Rule.NO_NEWER_HISTORY);
    }
  };

  private final String words;
  private final String effects;

  /**
   * @param words what is found, as a pattern
   * @param effects where faults are tried, as a pattern; empty: none is needed
   */
  DeletedRule(String words, String effects) {
    this.words = words;
    this.effects = effects;
  }

  /** The operation in that world, with the rule or without it. */
  abstract Drill.Stage stage(MysqlScene scene, boolean deleted);

  @Override
  public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
    return stage(Troubles.scene(seed, traced), deleted);
  }

  @Override
  public boolean isFoundBy(List<String> wrong) {
    return wrong.stream().anyMatch(w -> w.matches("(?s).*(" + words + ").*"));
  }

  @Override
  public boolean strikes(String effect) {
    return effect.matches(effects);
  }

  private static void forgets(MysqlScene scene, boolean deleted, MysqlNet.Forgotten rule) {
    if (deleted) {
      scene.net().forgets(rule);
    }
  }

  private static Drill.Stage returns(
      MysqlScene scene, boolean deleted, ReturnStage.Meanwhile meanwhile, SimGuard.Rule rule) {
    if (deleted) {
      scene.deleting(rule);
    }
    return new ReturnStage(scene, meanwhile);
  }

  private static Drill.Stage when(boolean deleted, Drill.Stage stage, UnaryOperator<Plan> change) {
    return deleted ? Altered.of(stage, change) : stage;
  }
}
