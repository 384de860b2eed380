package replctl.playbooks.real;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import replctl.playbooks.real.keep.UnreadableSecret;
import replctl.playbooks.real.protocol.Account;
import replctl.playbooks.real.protocol.Residents;
import replctl.playbooks.real.protocol.Scripts;
import replctl.playbooks.real.protocol.SudoRules;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Hosts;
import replctl.playbooks.world.Passage;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.RootNeeds;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;

/** The hosts of a cluster, as they are. */
final class RealHosts implements Hosts {
  /** What opening a connection may take; the inventory's own limits are shorter. */
  private static final Duration WARMING = Duration.ofSeconds(10);

  /** What every login shell can run. */
  private static final List<String> NOTHING = List.of("true");

  /** One attempt to reach a host that boots. */
  private static final Duration CONTACT = Duration.ofSeconds(5);

  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final Function<Place, Account> accounts;
  private final Map<Place, Account> known = new ConcurrentHashMap<>();
  private final Map<String, String> operator;
  private final Scripts scripts;
  private final Residents residents;
  private final Threads threads;
  private final Clock clock;

  /**
   * @param accounts whom scripts run as at a place
   * @param operator values that every script on the operator's host is given
   */
  RealHosts(
      Function<Place, Account> accounts,
      Map<String, String> operator,
      Scripts scripts,
      Residents residents,
      Threads threads,
      Clock clock) {
    this.accounts = accounts;
    this.operator = Map.copyOf(operator);
    this.scripts = scripts;
    this.residents = residents;
    this.threads = threads;
    this.clock = clock;
  }

  @Override
  public Answer run(Place on, ScriptCall call, Deadline by, Progress progress) {
    try {
      return scripts.run(account(on), filled(on, call), by, progress);
    } catch (UnreadableSecret secret) {
      // Secrets are read before anything is sent.
      return Answer.notDone(Trouble.SAID_NO, secret.getMessage());
    }
  }

  @Override
  public Answer contact(Place on, Deadline by) {
    Account account = account(on);
    try (Running nothing = account.shell().start(NOTHING, by)) {
      Ending ending = nothing.end(by);
      if (ending instanceof Ending.Exited exited && exited.status() == 0) {
        return new Answer.Done(Facts.NONE);
      }
      return ending instanceof Ending.Runs
          ? Answer.unknown(Trouble.OVERDUE, account.words("no answer in time"))
          : Answer.unknown(Trouble.NO_ANSWER, account.words("a command that does nothing failed"));
    } catch (NoContact unreached) {
      return Answer.notDone(unreached.trouble(), account.words(unreached.getMessage()));
    }
  }

  @Override
  public Duration waited(Place on) {
    return account(on).shell().waited();
  }

  @Override
  public Answer await(Place on, Deadline by) {
    Answer answer = contact(on, clock.in(CONTACT).orEarlier(by));
    while (!answer.isDone() && !clock.left(by).isZero()) {
      try {
        Thread.sleep(BETWEEN.toMillis());
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return answer;
      }
      answer = contact(on, clock.in(CONTACT).orEarlier(by));
    }
    return answer;
  }

  @Override
  public Resident open(Place on, ScriptCall call, Deadline by) {
    return residents.open(account(on), filled(on, call), by);
  }

  @Override
  public List<String> rules(Place on, RootNeeds needs) {
    try {
      return SudoRules.all(account(on), needs);
    } catch (NoContact unreadable) {
      return List.of("# " + unreadable.getMessage());
    }
  }

  @Override
  public List<Passage> way(Place on) {
    try {
      return account(on).shell().way();
    } catch (NoContact unreadable) {
      return List.of();
    }
  }

  @Override
  public void warm(Collection<Place> places) {
    for (Place place : places) {
      threads.execute(() -> warm(place));
    }
  }

  private void warm(Place place) {
    try {
      account(place).shell().warm(clock.in(WARMING));
    } catch (RuntimeException unable) {
      // What is asked next says so.
    }
  }

  /** Whom scripts run as at a place; the same each time. */
  Account account(Place place) {
    return known.computeIfAbsent(place, accounts);
  }

  private ScriptCall filled(Place on, ScriptCall call) {
    ScriptCall filled = call;
    if (on instanceof Place.Operator) {
      for (Map.Entry<String, String> value : operator.entrySet()) {
        filled = filled.with(value.getKey(), Value.of(value.getValue()));
      }
    }
    return filled;
  }
}
