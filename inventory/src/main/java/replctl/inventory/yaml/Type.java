package replctl.inventory.yaml;

import java.util.Optional;

/** What a key's value must be: read by the reader, described by the schema. */
interface Type<T> {
  /** The value; empty when a problem was told. */
  Optional<T> read(Spot spot);

  /** The same for the schema. */
  Shape shape();
}
