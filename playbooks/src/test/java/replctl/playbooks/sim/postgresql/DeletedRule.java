package replctl.playbooks.sim.postgresql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Sequel;
import replctl.playbooks.sim.Altered;
import replctl.playbooks.sim.Deletable;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Forgetful;
import replctl.playbooks.sim.ReturnStage;
import replctl.playbooks.sim.SimGuard;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SurroundedStage;
import replctl.playbooks.sim.SwitchoverStage;

/**
 * A rule that is deleted, by its number among the safety rules; the runs in which the simulator
 * must notice, and what it must say then.
 *
 * <p>Of three rules it can notice nothing, so that tests of their own must do:
 *
 * <ul>
 *   <li>10, that a restart comes first and a leader that answers is not given up unasked: a
 *       failover without need keeps all that was promised, and costs an outage only.
 *   <li>15, that nothing is weakened silently: what is promised is what is written down, also where
 *       that is less than what was declared. That files of others stay as they are is looked at
 *       after each run.
 *   <li>16, that what comes from outside is not believed: simulated servers and devices may be deaf
 *       or gone, and none of them lies.
 * </ul>
 *
 * <p>Of rule 3, that whoever is seen to take writes is closed too: such a failover is refused,
 * since there are two leaders by then, and no plan is made that could forget it.
 */
enum DeletedRule implements Deletable {
  /** 1: a device that says "done" is not asked again. */
  BELIEVES_THE_FIRST_CALL("two writable servers", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return Troubles.deafDevice(seed, traced, deleted);
    }
  },
  /** 1 and 4: a device is relied on that was never seen to switch this host. */
  RELIES_ON_ANY_DEVICE("two writable servers", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(deleted, Troubles.wiredElsewhere(seed, traced), Altered.each(Forgetful::drill));
    }
  },
  /** 2: nobody is closed before the promotion. */
  PROMOTES_WITHOUT_A_FENCE("two writable servers", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(
          deleted,
          Troubles.plain(seed, traced),
          Altered.without(step -> step.action() instanceof Action.Fence));
    }
  },
  /** 3: only the old leader is closed, and not whom an operation may have made one since. */
  FORGETS_A_CANDIDATE("two writable servers", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(
          deleted,
          Cases.FAILOVER_BY_ONE_OF_THREE.stage(seed, traced),
          plan ->
              Altered.without(step -> step.name().equals("fence-pg2"))
                  .apply(
                      plan.of(Forgetful.withoutCandidate(plan.electorate(), new NodeName("pg2")))));
    }
  },
  /** 3: the same where most of the hosts are seen, and an operation is not over. */
  FORGETS_AN_UNFINISHED_OPERATION("two writable servers", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(
          deleted,
          Troubles.operationCutShort(seed, traced),
          Altered.without(step -> step.name().equals("fence-pg2")));
    }
  },
  /** 5: scripts do not look at the promise under which they act. */
  CHECKS_NO_PROMISE("which has promised epoch", ".* perform") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      Drill.Stage stage = Troubles.plain(seed, traced);
      if (deleted) {
        stage.world().hosts().forEach(host -> host.checks(SimHost.PromiseCheck.NOTHING));
      }
      return stage;
    }

    @Override
    public List<Fault> faults() {
      return List.of(Fault.BEGINS_LATE, Fault.OVERTAKEN_BEFORE, Fault.OVERTAKEN_AFTER);
    }
  },
  /** 5: of a promise the number alone is looked at, and not whose it is. */
  COMPARES_THE_NUMBER_ALONE(
      "under epoch 2 of op-\\d+, which has promised epoch 2 to op-a", "pg3 voter/promise .*") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      PostgresScene scene = semiSync(seed, traced);
      SimHost third = scene.server("pg3").host();
      if (deleted) {
        third.checks(SimHost.PromiseCheck.EPOCH);
      }
      // Two begin at the same time, and neither reaches all.
      Drill.Stage begun =
          Altered.of(
              new SwitchoverStage(scene, Optional.empty()),
              plan -> {
                third.promises(2, "op-a");
                return plan;
              });
      return new SurroundedStage(scene, begun) {
        /** One that takes itself for overtaken leaves the rest to the other. */
        @Override
        public List<String> wrong(Optional<Entry.Ending> ending) {
          return List.of();
        }
      };
    }

    @Override
    public List<Fault> faults() {
      return List.of(Fault.FAILS_BEFORE);
    }
  },
  /** 5: an operation that is refused keeps what it was promised. */
  WITHDRAWS_NOTHING("pg1 led, and does not open after a boot", "pg[23] voter/promise .*") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      PostgresScene scene =
          PostgresScene.running(seed, traced, 3, PostgresScene.mode(Replication.Mode.SEMI_SYNC, 1));
      if (deleted) {
        scene.withdrawingNothing();
      }
      return new RebootedStage(scene, new SwitchoverStage(scene, Optional.empty()));
    }

    @Override
    public List<Fault> faults() {
      return List.of(Fault.FAILS_BEFORE);
    }
  },
  /** 5: whoever has any promise goes on, and not only who has a majority's. */
  NEEDS_NO_MAJORITY("have been told that it leads", "pg[23] voter/promise .*") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(
          deleted,
          Cases.SWITCHOVER_SEMI_SYNC.stage(seed, traced),
          plan -> Forgetful.ofOne(plan, new NodeName("pg1")));
    }

    @Override
    public List<Fault> faults() {
      return List.of(Fault.FAILS_BEFORE);
    }
  },
  /** 6: it is written down only afterwards who leads. */
  RECORDS_AFTERWARDS("have been told that it leads", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(deleted, Troubles.plain(seed, traced), Altered::recordsAfterwards);
    }
  },
  /** 7: it is chosen on what followers had before they stood still. */
  CHOOSES_BEFORE_THEY_STAND_STILL("acknowledged writes are lost", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return Troubles.givenUp(seed, traced, (begun, frozen) -> deleted ? begun : frozen);
    }

    @Override
    public int seeds() {
      return 50;
    }
  },
  /** 7: the preferred one leads without what the fullest has. */
  PREFERS_WITHOUT_FETCHING("acknowledged writes are lost", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(
          deleted,
          Troubles.behind(seed, traced),
          Altered.without(step -> step.name().startsWith("fetch-")));
    }
  },
  /** 8: what would be lost is asked about when the old leader is closed. */
  ASKS_ABOUT_LOSS_AFTERWARDS("not over after .* what would be lost", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      OptionalLong limit = OptionalLong.of(deleted ? Long.MAX_VALUE : 0);
      return when(
          deleted,
          Troubles.ackerGone(seed, traced, limit),
          plan ->
              plan.sequel().isPresent() ? plan.then(Sequel.of(Map.of("accept-loss", "0"))) : plan);
    }
  },
  /** 8: it is not asked about at all. */
  NEVER_ASKS_ABOUT_LOSS("acknowledged writes are lost", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return Troubles.ackerGone(seed, traced, OptionalLong.of(deleted ? Long.MAX_VALUE : 0));
    }
  },
  /** 9: a promotion that was sent is taken back like any other step. */
  TAKES_A_PROMOTION_BACK("leads after a failover that was not done", ".*/promote .*") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(deleted, Troubles.plain(seed, traced), Altered.each(Forgetful::likeAnyOther));
    }

    @Override
    public List<Fault> faults() {
      return List.of(Fault.DIES_DURING, Fault.DIES_AFTER);
    }
  },
  /** 11: a leader that comes back opens whoever else can be asked. */
  OPENS_WITHOUT_A_MAJORITY(
      "came back as a writer, and 1 of 3 hosts with a vote could be asked", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return returns(seed, traced, deleted, ReturnStage.Meanwhile.CUT_OFF, SimGuard.Rule.MAJORITY);
    }
  },
  /** 11: it opens though another leads by the newest record. */
  OPENS_THOUGH_SUCCEEDED("came back as a writer, and epoch 2 has the leader pg[23]", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return returns(
          seed, traced, deleted, ReturnStage.Meanwhile.SUCCEEDED, SimGuard.Rule.NEWEST_RECORD);
    }
  },
  /** 11: it opens under the hands of an operation that is not over. */
  OPENS_DURING_AN_OPERATION("came back as a writer, and op-b is not over", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return returns(
          seed,
          traced,
          deleted,
          ReturnStage.Meanwhile.UNFINISHED,
          SimGuard.Rule.NO_UNFINISHED_OPERATION);
    }
  },
  /** 11: it opens though another node takes writes. */
  OPENS_BESIDE_A_WRITER("came back as a writer beside \\[pg[23]\\]", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return returns(
          seed,
          traced,
          deleted,
          ReturnStage.Meanwhile.OPENED_BY_HAND,
          SimGuard.Rule.NO_WRITABLE_PEER);
    }
  },
  /** 11: it opens though another was promoted since. */
  OPENS_BEHIND_A_NEWER_HISTORY("pg1 takes writes, and \\d+ acknowledged writes are lost", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return returns(
          seed,
          traced,
          deleted,
          ReturnStage.Meanwhile.PROMOTED_AND_STOPPED,
          SimGuard.Rule.NO_NEWER_HISTORY);
    }
  },
  /** 12: a fence places no marker. */
  PLACES_NO_MARKER("is called closed, and is not", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return Cases.FENCE.stage(
          seed, traced, deleted ? Optional.of(Mutant.PLACES_NO_MARKER) : Optional.empty());
    }
  },
  /** 12: that a marker could not be placed is not written down. */
  FORGETS_A_DEBT("nothing is owed", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(deleted, Troubles.plain(seed, traced), Altered.each(Forgetful::owing));
    }
  },
  /** 12: it is written down that a debt is paid, and nothing was placed. */
  PAYS_BY_WORD("nothing is owed, and pg3 would lead", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(
          deleted,
          Cases.SWITCHOVER_PAYS.stage(seed, traced),
          Altered.without(step -> step.name().startsWith("block-")));
    }
  },
  /** 13: what a node alone has is not saved before its data is rewound. */
  SAVES_NO_TAIL("what pg1 alone had is nowhere any more", "") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      return when(
          deleted,
          Cases.REJOIN_BY_REWIND.stage(seed, traced),
          Altered.without(step -> step.name().startsWith("save-")));
    }
  },
  /** 14: a step is journaled only when it has ended. */
  JOURNALS_AFTERWARDS("stays frozen", ".*/freeze .*") {
    @Override
    public Drill.Stage stage(long seed, boolean traced, boolean deleted) {
      Drill.Stage stage = Troubles.plain(seed, traced);
      if (deleted) {
        stage.world().breakJournals();
      }
      return stage;
    }

    @Override
    public List<Fault> faults() {
      return List.of(Fault.DIES_DURING, Fault.DIES_AFTER);
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

  @Override
  public boolean isFoundBy(List<String> wrong) {
    return wrong.stream().anyMatch(w -> w.matches("(?s).*(" + words + ").*"));
  }

  @Override
  public boolean strikes(String effect) {
    return effect.matches(effects);
  }

  private static PostgresScene semiSync(long seed, boolean traced) {
    return PostgresScene.running(
        seed, traced, 3, PostgresScene.mode(Replication.Mode.SEMI_SYNC, 1));
  }

  private static Drill.Stage returns(
      long seed,
      boolean traced,
      boolean deleted,
      ReturnStage.Meanwhile meanwhile,
      SimGuard.Rule rule) {
    PostgresScene scene = semiSync(seed, traced);
    if (deleted) {
      scene.deleting(rule);
    }
    return new ReturnStage(scene, meanwhile);
  }

  private static Drill.Stage when(boolean deleted, Drill.Stage stage, UnaryOperator<Plan> change) {
    return deleted ? Altered.of(stage, change) : stage;
  }
}
