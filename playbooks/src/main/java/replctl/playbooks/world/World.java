package replctl.playbooks.world;

/** Everything outside: one of them is real, the other is simulated from a seed. */
public record World(Clock clock, Ids ids, Fanout fanout, Hosts hosts, Store store, Vault vault) {}
