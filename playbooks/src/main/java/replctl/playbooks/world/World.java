package replctl.playbooks.world;

/** Everything outside: one of them is real, the other is simulated from a seed. */
public record World(
    Clock clock,
    Ids ids,
    Fanout fanout,
    Hosts hosts,
    Sql sql,
    Store store,
    Vault vault,
    Power power,
    Surroundings surroundings,
    Stop stop) {
  /** One without devices and with nothing around, that nobody stops. */
  public World(
      Clock clock, Ids ids, Fanout fanout, Hosts hosts, Sql sql, Store store, Vault vault) {
    this(clock, ids, fanout, hosts, sql, store, vault, Power.NONE, Surroundings.NONE, Stop.NEVER);
  }

  /** The same, until that is wished. */
  public World until(Stop wished) {
    return new World(clock, ids, fanout, hosts, sql, store, vault, power, surroundings, wished);
  }
}
