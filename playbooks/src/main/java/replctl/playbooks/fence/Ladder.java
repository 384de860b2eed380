package replctl.playbooks.fence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.Fencing;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Trouble;

/**
 * Which proof that a node is closed is sought next, and which one counts. Pure: {@code FenceRun}
 * does what is decided here.
 *
 * @param knock what answered before anything was done
 */
public record Ladder(Action.Fence plan, Knock knock) {
  /**
   * A no.
   *
   * @param found what was found, a sentence
   */
  public record No(Refusal.Code code, String found) {}

  /** After these, another way to the same host may do better; after any other, none will. */
  private static final Set<Trouble> ON_THE_WAY =
      Set.of(
          Trouble.NO_ADDRESS,
          Trouble.REFUSED,
          Trouble.UNREACHABLE,
          Trouble.SILENT,
          Trouble.HOST_KEY,
          Trouble.LOGIN,
          Trouble.CUT,
          Trouble.OVERDUE,
          Trouble.NO_ANSWER);

  /** Why nothing at all is done. */
  public Optional<No> objection() {
    if (!uses(Fencing.Strength.STOPPED) && knock.answers()) {
      Optional<PowerDevice> elsewhere =
          devices().stream().filter(d -> knock.reading(d) == Power.Reading.OFF).findFirst();
      return elsewhere.map(device -> pointsElsewhere(device, knock.how()));
    }
    return Optional.empty();
  }

  /** The ways to the host on which its cooperative stop is tried, in order. */
  public List<Place> ways() {
    return uses(Fencing.Strength.STOPPED) ? knock.open() : List.of();
  }

  /** Whether the stop is tried by another way after this answer. */
  public static boolean anotherWay(Answer stopped) {
    return ON_THE_WAY.contains(stopped.kind());
  }

  /** Whether anything else may be done to the host after this answer. */
  public Optional<No> forbids(Answer stopped) {
    return stopped.kind() == Trouble.WRONG_IDENTITY
        ? Optional.of(
            new No(
                Refusal.Code.E_FENCE_01,
                plan.node() + " is not touched: " + sentence(stopped.words())))
        : Optional.empty();
  }

  /** Levels of devices to try, in order. */
  public List<List<PowerDevice>> levels() {
    return uses(Fencing.Strength.POWER) ? plan.levels() : List.of();
  }

  /**
   * Whether a device is told to switch off. Where what it says of the power before is not known, or
   * is off, its word afterwards counts only if it was seen to switch this very host: else it is not
   * told, since that would prove nothing.
   */
  public boolean isTold(PowerDevice device) {
    return switch (knock.reading(device)) {
      case ON -> true;
      case OFF -> plan.drilled();
      case UNKNOWN -> plan.drilled() && before(device).kind() != Trouble.OVERDUE;
    };
  }

  /** Why a device is not told, in words. */
  public String whyNot(PowerDevice device) {
    return knock.reading(device) == Power.Reading.OFF
        ? "says off already, and was never seen to switch " + plan.node()
        : words(before(device));
  }

  private Answer before(PowerDevice device) {
    return knock.devices().getOrDefault(device, Knock.SILENT);
  }

  /**
   * Whether the devices did it: the node must not answer any more, and nobody else may have gone.
   *
   * @param after what answers now, of what had answered before or meanwhile
   * @param device the last one that switched
   */
  public Optional<No> contradicts(PowerDevice device, Knock after) {
    List<String> gone =
        after.others().entrySet().stream()
            .filter(e -> !e.getValue().isDone())
            .map(e -> e.getKey().value())
            .toList();
    String others =
        String.join(" and ", gone)
            + (gone.size() == 1 ? " does" : " do")
            + " not answer any more since then";
    if (after.answers()) {
      return Optional.of(
          pointsElsewhere(device, after.how() + (gone.isEmpty() ? "" : "; and " + others)));
    }
    return gone.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new No(
                Refusal.Code.E_FENCE_03,
                "the fence device of "
                    + plan.node()
                    + " ("
                    + device.label()
                    + ") switched off, and "
                    + others
                    + ". The device points at another machine."));
  }

  private No pointsElsewhere(PowerDevice device, String how) {
    return new No(
        Refusal.Code.E_FENCE_03,
        "the fence device of "
            + plan.node()
            + " ("
            + device.label()
            + ") reports off, but "
            + how
            + ". The device points at another machine.");
  }

  /** Whether the word of somebody who has seen the node off is enough. */
  public boolean operatorsWordCounts() {
    return plan.confirmed().isPresent() && !knock.answers();
  }

  /** What is left when nothing was proven. */
  public No notProven(List<String> tried) {
    String confirmed =
        plan.confirmed().isPresent() ? " It was confirmed as off, but " + knock.how() + "." : "";
    return new No(
        Refusal.Code.E_FENCE_01,
        plan.node() + " is not fenced. Tried: " + String.join(", ", tried) + "." + confirmed);
  }

  /** Each way that did not answer, and what can't be tried at all. */
  public List<String> silent() {
    List<String> tried = new ArrayList<>();
    knock
        .ways()
        .forEach(
            (place, answer) -> {
              if (!answer.isDone()) {
                tried.add(Knock.way(place) + " (" + words(answer) + ")");
              }
            });
    if (uses(Fencing.Strength.POWER) && plan.levels().isEmpty()) {
      tried.add("no fence device is declared");
    }
    return tried;
  }

  /** An answer in a few words. */
  public String words(Answer answer) {
    return switch (answer.kind()) {
      case UNREACHABLE -> "no answer" + within();
      case REFUSED -> "nothing listens at its port";
      case SILENT -> "takes a connection and says nothing" + within();
      default -> answer.words();
    };
  }

  private String within() {
    Duration patience = plan.patience();
    long millis = patience.toMillis();
    return " in " + (millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms");
  }

  private static String sentence(String words) {
    return words.endsWith(".") ? words : words + ".";
  }

  private boolean uses(Fencing.Strength strength) {
    return plan.accept().contains(strength);
  }

  private List<PowerDevice> devices() {
    return plan.levels().stream().flatMap(List::stream).toList();
  }
}
