package replctl.playbooks.fence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Trouble;

/**
 * What came of asking for a node by every way at the same time, before anything is done to it.
 *
 * @param ways its host over SSH, straight and through others, in the order of preference
 * @param server its server, over its own protocol
 * @param devices the status of each device
 * @param others hosts that the power of this node has nothing to do with
 */
public record Knock(
    Map<Place, Answer> ways,
    Answer server,
    Map<PowerDevice, Answer> devices,
    Map<NodeName, Answer> others) {
  /** A server that was not asked, or not in time. */
  public static final Answer SILENT = Answer.unknown(Trouble.OVERDUE, "no answer");

  public Knock {
    ways = Collections.unmodifiableMap(new LinkedHashMap<>(ways));
    devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  /** The ways by which the host answers. */
  public List<Place> open() {
    return ways.entrySet().stream()
        .filter(e -> e.getValue().isDone())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether anything of the node answers. */
  public boolean answers() {
    return !open().isEmpty() || server.isDone();
  }

  /** In words, how it answers. */
  public String how() {
    return open().isEmpty() ? "its server answers SQL" : "it answers on " + way(open().get(0));
  }

  /** A way in words. */
  public static String way(Place place) {
    return place instanceof Place.Via via ? "ssh through " + via.through() : "ssh";
  }

  /** What a device said before anything was done. */
  public Power.Reading reading(PowerDevice device) {
    return Power.Reading.of(devices.getOrDefault(device, SILENT));
  }
}
