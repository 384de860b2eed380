package replctl.cli.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import replctl.inventory.ClusterName;
import replctl.inventory.Inventory;
import replctl.inventory.yaml.InventoryShow;

/**
 * A sum of all that an inventory says of one cluster, of secrets only where they come from. A plan
 * file keeps it: the plan's hosts, devices and hooks are looked up when it is run, so what was
 * reviewed is good only for the inventory that was reviewed with it.
 */
public final class InventorySum {
  private InventorySum() {}

  /** In hexadecimal digits. */
  public static String of(Inventory inventory, ClusterName cluster) {
    for (JsonNode shown : InventoryShow.of(inventory).path("clusters")) {
      if (shown.path("name").asText().equals(cluster.value())) {
        return sum(shown.toString());
      }
    }
    throw new IllegalArgumentException("the inventory has no cluster " + cluster);
  }

  private static String sum(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
