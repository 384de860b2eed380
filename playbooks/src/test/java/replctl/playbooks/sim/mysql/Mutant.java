package replctl.playbooks.sim.mysql;

import java.util.List;
import java.util.Optional;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Hunt;
import replctl.playbooks.sim.Hunted;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Otherwise;

/** A rule of a script deleted: the simulator must notice. */
enum Mutant {
  /** The candidate says that it has everything, and has not looked. */
  OPENS_WITHOUT_CATCHING_UP {
    @Override
    void into(MysqlScene scene) {
      scene.replace(
          "handover-opening",
          twin ->
              new Otherwise(twin) {
                @Override
                public Course command(String word, Job job) {
                  return word.equals("catch-up")
                      ? Course.of(
                          () -> {
                            job.remember("caught-up", "yes");
                            my(scene, job).channel().stop();
                          })
                      : super.command(word, job);
                }
              });
    }
  },
  /** The candidate says that it stands down, and has not looked whether it opened. */
  STANDS_DOWN_BY_WORD_ONLY {
    @Override
    void into(MysqlScene scene) {
      scene.replace(
          "handover-opening",
          twin ->
              new Otherwise(twin) {
                @Override
                public Look isDone(Job job) {
                  return job.performs() ? Look.DONE : super.isDone(job);
                }
              });
    }
  },
  /** Whether it opened is told by what it is now, whatever a session that was left was sent. */
  LEAVES_SESSIONS_THAT_OPEN {
    @Override
    void into(MysqlScene scene) {
      scene.net().neverEndsOpeners();
    }

    @Override
    List<Fault> faults() {
      return List.of(Fault.SCRIPT_DIES);
    }
  },
  /** A half-open candidate is closed, though the row of its epoch is written. */
  FORGETS_THAT_ITS_ROW_IS_WRITTEN {
    @Override
    void into(MysqlScene scene) {
      scene.replace(
          "handover-opening",
          twin ->
              new Otherwise(twin) {
                @Override
                public Look isDone(Job job) {
                  SimMysql my = my(scene, job);
                  if (job.performs() && my.answersSql() && my.isReadOnly()) {
                    my.endOpeners();
                    my.superReadOnly(true);
                    my.channel().start();
                    return Look.DONE;
                  }
                  return super.isDone(job);
                }
              });
    }
  },
  /** The leader says that it has closed as soon as it was told to. */
  CLOSES_BY_WORD_ONLY {
    @Override
    void into(MysqlScene scene) {
      scene.replace(
          "handover-closing",
          twin ->
              new Otherwise(twin) {
                @Override
                public Course command(String word, Job job) {
                  return word.equals("freeze")
                      ? Course.of(
                          () -> job.fact("position", my(scene, job).data().executed().toString()))
                      : super.command(word, job);
                }
              });
    }
  },
  /** A resident stays when it hears nothing. */
  STAYS_FOR_EVER {
    @Override
    void into(MysqlScene scene) {
      scene.world().breakLeases();
    }
  };

  /** Faults among which it is found. */
  List<Fault> faults() {
    return Fault.ALONE;
  }

  /** Runs of chance look for it. */
  Hunted hunted() {
    return new Hunt(".*/handover-.* (freeze|catch-up|open)", faults(), 5)
        .of(name(), Cases.SWITCHOVERS, (what, seed) -> what.stage(seed, false, Optional.of(this)));
  }

  private static SimMysql my(MysqlScene scene, Job job) {
    return scene.server(job.host().name().value());
  }

  /** Breaks the world. */
  abstract void into(MysqlScene scene);
}
