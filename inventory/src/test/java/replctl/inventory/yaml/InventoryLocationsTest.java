package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InventoryLocationsTest {
  private static final Path FOLDER = Path.of("/srv/here");
  private static final Path HOME = Path.of("/home/dba");
  private static final Path HERE = FOLDER.resolve("replctl.yaml");
  private static final Path MINE = HOME.resolve(".config/replctl/inventory.yaml");
  private static final Path OURS = Path.of("/etc/replctl/inventory.yaml");

  private final InventoryLocations usual = new InventoryLocations(Map.of(), FOLDER, HOME);

  @Test
  void threePlacesAreLookedAtInOrder() {
    assertThat(usual.candidates(Optional.empty())).containsExactly(HERE, MINE, OURS);
    assertThat(usual.find(Optional.empty(), file -> true)).contains(HERE);
    assertThat(usual.find(Optional.empty(), OURS::equals)).contains(OURS);
    assertThat(usual.find(Optional.empty(), file -> false)).isEmpty();
  }

  @Test
  void theVariableComesFirstAndAlone() {
    InventoryLocations named =
        new InventoryLocations(Map.of("REPLCTL_INVENTORY", "shop.yaml"), FOLDER, HOME);

    assertThat(named.candidates(Optional.empty())).containsExactly(FOLDER.resolve("shop.yaml"));
    // It is missing: that is told, and no other file stands in for it.
    assertThat(named.find(Optional.empty(), file -> false)).contains(FOLDER.resolve("shop.yaml"));
  }

  @Test
  void theOptionComesBeforeTheVariable() {
    InventoryLocations named =
        new InventoryLocations(Map.of("REPLCTL_INVENTORY", "shop.yaml"), FOLDER, HOME);

    assertThat(named.candidates(Optional.of(Path.of("/a.yaml"))))
        .containsExactly(Path.of("/a.yaml"));
    assertThat(named.find(Optional.of(Path.of("b.yaml")), file -> false))
        .contains(FOLDER.resolve("b.yaml"));
  }

  @Test
  void anEmptyVariableIsNone() {
    assertThat(
            new InventoryLocations(Map.of("REPLCTL_INVENTORY", ""), FOLDER, HOME)
                .candidates(Optional.empty()))
        .isEqualTo(usual.candidates(Optional.empty()));
  }
}
