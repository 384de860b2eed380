package replctl.inventory.yaml;

import java.nio.file.Path;

/**
 * What one reading needs to know of its surroundings.
 *
 * @param folder where the file's relative paths start
 * @param home what {@code ~/} stands for
 */
record Context(Path folder, Path home, Problems problems) {}
