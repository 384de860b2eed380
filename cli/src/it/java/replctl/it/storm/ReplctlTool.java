package replctl.it.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import replctl.it.Replctl;
import replctl.it.site.Operations;

/** replctl, as README says. */
final class ReplctlTool implements Tool {
  private static final Pattern RESUME = Pattern.compile("replctl op resume (op-[0-9a-z]+)");

  private final Replctl replctl;
  private final Replctl another;
  private final Operations operations;

  /**
   * @param another another operator's, who has a folder of his own
   * @param operations what the first has done
   */
  ReplctlTool(Replctl replctl, Replctl another, Operations operations) {
    this.replctl = replctl;
    this.another = another;
    this.operations = operations;
  }

  @Override
  public String name() {
    return "replctl";
  }

  @Override
  public Call switchover(String from, String to) {
    return start(replctl, "switchover", "--to", to, "--yes");
  }

  @Override
  public Call switchoverByAnother(String from, String to) {
    return start(another, "switchover", "--to", to, "--yes");
  }

  @Override
  public Call failover(String leader, String survivor, Optional<String> seen) {
    List<String> words = new ArrayList<>(List.of("failover"));
    seen.ifPresent(why -> words.addAll(List.of("--leader-is-broken", why)));
    words.add("--yes");
    return start(replctl, words.toArray(String[]::new));
  }

  /** A failover whose fence somebody says to have seen, who has not. */
  Typed failoverUnfenced(String leader) {
    return type("failover", "--confirm-fenced", leader, "--accept-loss", "any", "--yes");
  }

  /**
   * As the refusal says: {@code open} loses nothing. Where the host starts it again, either may be
   * right.
   */
  @Override
  public List<Typed> serverDied(String leader) {
    Typed failover = type("failover", "--yes");
    return failover.done() ? List.of(failover) : List.of(failover, type("open", leader, "--yes"));
  }

  @Override
  public Duration switchoverTakes() {
    return Duration.ofSeconds(4);
  }

  @Override
  public Duration failoverTakes() {
    return Duration.ofSeconds(4);
  }

  @Override
  public Optional<String> seat() {
    return Optional.of("operator");
  }

  @Override
  public List<Typed> finish() {
    return operations.resumable().stream().map(op -> type("op", "resume", op, "--yes")).toList();
  }

  @Override
  public boolean finished() {
    return operations.resumable().isEmpty();
  }

  @Override
  public List<Typed> lead(List<String> open) {
    if (!open.isEmpty()) {
      return List.of();
    }
    Typed opened = type("open", "--yes");
    return opened.done()
        ? List.of(opened)
        : List.of(opened, asTold(opened).orElseGet(() -> type("failover", "--yes")));
  }

  /**
   * Resumes the operation that a refusal names: one that was killed before this host wrote it down
   * is known to the others alone.
   */
  private Optional<Typed> asTold(Typed refused) {
    Matcher told = RESUME.matcher(refused.toString());
    return told.find()
        ? Optional.of(type("op", "resume", told.group(1), "--yes"))
        : Optional.empty();
  }

  @Override
  public List<Typed> rejoin(String node, String leader) {
    Typed rejoin = type("rejoin", node, "--yes");
    return rejoin.done()
        ? List.of(rejoin)
        : List.of(rejoin, type("unfence", node, "--yes"), type("rejoin", node, "--yes"));
  }

  @Override
  public Duration heals() {
    return Duration.ofSeconds(5);
  }

  private Typed type(String... words) {
    return Typed.of(replctl.run(words));
  }

  private static Call start(Replctl operator, String... words) {
    return new Running(operator.start(words));
  }

  /** A run of replctl. */
  private record Running(Replctl.Running running) implements Call {
    @Override
    public Typed end() {
      return Typed.of(running.result());
    }

    @Override
    public boolean kill() {
      boolean alive = running.process().isAlive();
      running.process().destroyForcibly();
      return alive;
    }

    @Override
    public void close() {
      running.close();
    }
  }
}
