package replctl.playbooks.sim.postgresql;

import java.util.Optional;
import java.util.function.BiFunction;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Hunt;
import replctl.playbooks.sim.Hunted;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Otherwise;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** A safety rule deleted: the simulator must notice. */
enum Mutant {
  /** The candidate says that it has everything, and has not looked. */
  OPENS_WITHOUT_CATCHING_UP {
    @Override
    void into(PostgresScene scene) {
      scene.replace(
          "handover-opening",
          twin ->
              new Otherwise(twin) {
                @Override
                public Course command(String word, Job job) {
                  if (word.equals("catch-up")) {
                    return Course.of(() -> job.remember("caught-up", "yes"));
                  }
                  return super.command(word, job);
                }
              });
    }
  },
  /** The candidate says that it stands down, and has not looked whether it opened. */
  STANDS_DOWN_BY_WORD_ONLY {
    @Override
    void into(PostgresScene scene) {
      scene.replace("handover-opening", twin -> new Performed(twin, (job, look) -> Look.DONE));
    }
  },
  /** A promotion that was noticed, and is not done yet, is taken for none. */
  BELIEVES_THE_PROMOTE_FILE {
    @Override
    void into(PostgresScene scene) {
      scene.replace(
          "handover-opening",
          twin ->
              new Otherwise(twin) {
                @Override
                public Look isDone(Job job) {
                  SimPostgres pg = scene.server(job.host().name().value());
                  if (!pg.promoting() || pg.promoteFile()) {
                    return super.isDone(job);
                  }
                  job.fact("open", false);
                  return job.performs() ? Look.DONE : Look.notDone("it follows");
                }
              });
    }
  },
  /** The leader says that it has closed as soon as it was told to. */
  CLOSES_BY_WORD_ONLY {
    @Override
    void into(PostgresScene scene) {
      scene.replace(
          "handover-closing",
          twin ->
              new Otherwise(twin) {
                @Override
                public Course command(String word, Job job) {
                  if (word.equals("freeze")) {
                    return Course.of(
                        () -> {
                          SimPostgres pg = scene.server(job.host().name().value());
                          job.fact("position", Wal.lsn(pg.control().checkpoint()));
                        });
                  }
                  return super.command(word, job);
                }
              });
    }
  },
  /** A resident stays when it hears nothing. */
  STAYS_FOR_EVER {
    @Override
    void into(PostgresScene scene) {
      scene.world().breakLeases();
    }
  },
  /** What was lowered for the switchover is not put back. */
  LEAVES_THE_TIMEOUT_LOWERED {
    @Override
    void into(PostgresScene scene) {
      scene.replace(
          "sender-timeout",
          twin ->
              new Performed(twin, (job, look) -> job.given("wanted").isEmpty() ? Look.DONE : look));
    }
  },
  /** A fence stops the server and masks its unit, and that is all. */
  PLACES_NO_MARKER {
    @Override
    void into(PostgresScene scene) {
      scene.replace("cooperative-stop", twin -> new Unmarked(twin));
    }
  },
  /** Slots that nobody needs are left behind. */
  LEAVES_SLOTS {
    @Override
    void into(PostgresScene scene) {
      scene.replace("drop-slot", twin -> new Performed(twin, (job, look) -> Look.DONE));
    }
  };

  /** Whether hand-overs show it: the others are looked for by a deleted rule of that name. */
  boolean isOfHandovers() {
    return this != PLACES_NO_MARKER;
  }

  /** Runs of chance look for it. */
  Hunted hunted() {
    return new Hunt(".*/handover-.* (freeze|catch-up|open)", Fault.ALONE, 3)
        .of(name(), Cases.SWITCHOVERS, (what, seed) -> what.stage(seed, false, Optional.of(this)));
  }

  /** Breaks the world. */
  abstract void into(PostgresScene scene);

  /** A twin that answers otherwise when it is performed. */
  private static final class Performed extends Otherwise {
    private final BiFunction<Job, Look, Look> other;

    Performed(Twin real, BiFunction<Job, Look, Look> other) {
      super(real);
      this.other = other;
    }

    @Override
    public Look isDone(Job job) {
      Look look = super.isDone(job);
      return job.performs() ? other.apply(job, look) : look;
    }
  }

  /** cooperative-stop.sh without its marker. */
  private static final class Unmarked extends Otherwise {
    Unmarked(Twin real) {
      super(real);
    }

    @Override
    public Look isDone(Job job) {
      if (job.performs()) {
        StateFiles.put(job, "fenced", "for the look alone");
      }
      Look look = super.isDone(job);
      StateFiles.remove(job, "fenced");
      return look;
    }
  }
}
