package replctl.inventory;

import java.util.List;

/** Devices that must all succeed together, such as the two PDUs of two power supplies. */
public record FenceLevel(List<FenceDevice> devices) {
  public FenceLevel {
    devices = List.copyOf(devices);
  }
}
