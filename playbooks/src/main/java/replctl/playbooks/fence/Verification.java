package replctl.playbooks.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.FenceDevice;
import replctl.inventory.Node;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;

/**
 * What is known of one device without switching anything.
 *
 * @param power what it says
 * @param trouble why it can't be relied on; empty: nothing
 * @param code the kind of trouble that a script may ask for
 * @param notes what the operator should know of it
 */
public record Verification(
    PowerDevice device,
    Power.Reading power,
    Optional<String> trouble,
    Optional<Refusal.Code> code,
    List<String> notes) {
  /** Whoever watches over a machine may start it again, at once or after its host has failed. */
  private static final Map<String, String> RESTARTED =
      Map.ofEntries(
          Map.entry(
              "fence_aws",
              "an auto-scaling group, or EC2's automatic recovery, may start or replace the instance"),
          Map.entry(
              "fence_gce",
              "automaticRestart or a managed group's autohealing may start the instance again"),
          Map.entry(
              "fence_azure_arm",
              "service healing or a scale set's automatic repair may start the machine again"),
          Map.entry("fence_openstack", "Masakari or Heat, where they run, may start it again"),
          Map.entry("fence_compute", "Masakari or Heat, where they run, may start it again"),
          Map.entry("fence_vmware_rest", "vSphere HA may start the machine again"),
          Map.entry("fence_vmware_soap", "vSphere HA may start the machine again"),
          Map.entry("fence_virsh", "libvirt starts it with its host where autostart is set"),
          Map.entry("fence_pve", "Proxmox starts it again where it is an HA resource"),
          Map.entry("fence_ibm_vpc", "the cloud's host failure policy may start it again"),
          Map.entry("fence_kubevirt", "a running strategy of Always starts it again"));

  public Verification {
    notes = List.copyOf(notes);
  }

  /**
   * Judges one device.
   *
   * @param declared the device as the inventory has it
   * @param status its answer
   * @param answers whether the node's host or server answers; false also when that is not known
   */
  public static Verification of(
      PowerDevice device, FenceDevice declared, Answer status, boolean answers) {
    Power.Reading reading = Power.Reading.of(status);
    List<String> notes = new ArrayList<>();
    if (declared instanceof FenceDevice.Agent agent) {
      Optional.ofNullable(RESTARTED.get(agent.agent())).ifPresent(notes::add);
      if ("cycle".equals(agent.options().get("method"))) {
        notes.add("method cycle may report success before the power is off; use onoff");
      }
    }
    if (reading == Power.Reading.UNKNOWN) {
      return new Verification(
          device,
          reading,
          Optional.of(status.words()),
          Optional.of(Refusal.Code.E_FENCE_01),
          notes);
    }
    if (reading == Power.Reading.OFF && answers) {
      return new Verification(
          device,
          reading,
          Optional.of(
              "it reports off, but " + device.node() + " answers: it points at another machine"),
          Optional.of(Refusal.Code.E_FENCE_03),
          notes);
    }
    return new Verification(device, reading, Optional.empty(), Optional.empty(), notes);
  }

  /** Every device of a node with the inventory's declaration of it. */
  public static List<Map.Entry<PowerDevice, FenceDevice>> devices(Node node) {
    List<Map.Entry<PowerDevice, FenceDevice>> devices = new ArrayList<>();
    List<List<PowerDevice>> levels = Devices.of(node);
    for (int l = 0; l < levels.size(); l++) {
      for (int d = 0; d < levels.get(l).size(); d++) {
        devices.add(Map.entry(levels.get(l).get(d), node.fence().get(l).devices().get(d)));
      }
    }
    return devices;
  }
}
