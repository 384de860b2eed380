package replctl.cli.command;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.inventory.secret.Secret;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Fanout;
import replctl.playbooks.world.Hosts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Sql;
import replctl.playbooks.world.Store;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Vault;
import replctl.playbooks.world.World;

/** A world in which every host refuses the connection. */
final class RefusingHosts implements Hosts, Clock, Fanout, Store, Vault {
  static Session open(Inventory inventory, Cluster cluster, Map<String, String> environment) {
    RefusingHosts all = new RefusingHosts();
    World world = new World(all, () -> "op-1", all, all, Sql.NONE, all, all);
    return new Session(inventory, cluster, world, new PostgresqlEngine(), () -> {});
  }

  @Override
  public Answer run(Place on, ScriptCall call, Deadline by, Progress progress) {
    return Answer.notDone(Trouble.REFUSED, "port 22 refuses the connection");
  }

  @Override
  public Answer contact(Place on, Deadline by) {
    return Answer.notDone(Trouble.REFUSED, "port 22 refuses the connection");
  }

  @Override
  public Resident open(Place on, ScriptCall call, Deadline by) {
    throw new AssertionError("nothing is opened on a host that refuses");
  }

  @Override
  public void warm(Collection<Place> places) {}

  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-11-24T03:12:00Z");
  }

  @Override
  public <K, V> Map<K, Optional<V>> each(Collection<K> keys, Function<K, V> work, Deadline by) {
    Map<K, Optional<V>> results = new LinkedHashMap<>();
    keys.forEach(key -> results.put(key, Optional.of(work.apply(key))));
    return results;
  }

  @Override
  public Optional<String> read(String name) {
    return Optional.empty();
  }

  @Override
  public void append(String name, String line) {
    throw new AssertionError("nothing is written");
  }

  @Override
  public void remove(String name) {
    throw new AssertionError("nothing is removed");
  }

  @Override
  public void replace(String name, String text) {
    throw new AssertionError("nothing is written");
  }

  @Override
  public List<String> list(String folder) {
    return List.of();
  }

  @Override
  public Hold lock(String name, String owner) {
    throw new AssertionError("nothing is locked");
  }

  @Override
  public boolean has(SecretRef ref) {
    return false;
  }

  @Override
  public Secret get(SecretRef ref) {
    throw new AssertionError("no secret is needed");
  }
}
