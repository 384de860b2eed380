package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.Sql;
import replctl.playbooks.world.World;

/**
 * One simulated world: hosts, clients, time, and an operator whose processes come and go. All that
 * happens in it follows from the seed and from the faults that were planned.
 */
public final class SimWorld {
  /** How often servers get to do something, in nanoseconds: while scripts work, and else. */
  private static final long TICK = 4 * SimTime.MS;

  private static final long IDLE_TICK = 40 * SimTime.MS;

  /** How often each client writes, in nanoseconds: while scripts work, and else. */
  private static final long WRITE = 9 * SimTime.MS;

  private static final long IDLE_WRITE = 60 * SimTime.MS;

  /** Longer than any lease. */
  private static final long SLEEP = 45 * SimTime.SECOND;

  private final Dice dice;
  private final SimTime time = new SimTime();
  private final SimClock clock = new SimClock(time);
  private final SimFanout fanout;
  private final Faults faults = new Faults();
  private final Trace trace;
  private final Operator operator;
  private final SimStore store;
  private final SimStore othersStore;
  private final SimVault vault = new SimVault();
  private final SimIds ids = new SimIds();
  private final Clients clients = new Clients();
  private final Map<NodeName, SimHost> nodes = new TreeMap<>();
  private final Map<PowerDevice, SimDevice> devices = new LinkedHashMap<>();
  private final Map<String, SimProgram> programs = new TreeMap<>();
  private final SimHost here = new SimHost(new NodeName("here"));
  private final Map<String, SimHost> gateways = new TreeMap<>();
  private final Function<Script, Optional<Twin>> twins;
  private final List<Residence> residents = new ArrayList<>();
  private boolean keepsLeases = true;
  private boolean asksDevicesTwice = true;
  private boolean drilled;
  private boolean jumped;
  private final Leading leading;
  private final Promised promised;

  /**
   * A world without hosts.
   *
   * @param traced whether a trace is kept
   */
  public SimWorld(long seed, boolean traced, Function<Script, Optional<Twin>> twins) {
    this.dice = new Dice(seed);
    this.fanout = new SimFanout(time, clock, dice);
    this.trace = new Trace(seed, time, traced);
    this.leading = new Leading(nodes.values(), clients, trace);
    this.promised = new Promised(nodes.values(), clients);
    this.operator = new Operator(time, dice, trace, faults, SLEEP);
    this.store = new SimStore(operator);
    this.othersStore = new SimStore(operator);
    this.twins = twins;
    operator.onSilence(this::silenceResidents);
    tick();
    write();
    time.afterEach(this::afterEvent);
  }

  /** Adds a node's host. */
  public SimHost add(NodeName name) {
    SimHost host = new SimHost(name);
    nodes.put(name, host);
    return host;
  }

  /** The device of a node that the inventory names; it is well until it is told otherwise. */
  public SimDevice device(PowerDevice named) {
    return devices.computeIfAbsent(named, device -> new SimDevice(device.node()));
  }

  /** A program of the operator's own; it is well until it is told otherwise. */
  public SimProgram program(String name) {
    return programs.computeIfAbsent(name, n -> new SimProgram());
  }

  /** What a new process of replctl sees. */
  public World process() {
    return process(store);
  }

  /** The same at another operator's host, which has files of its own. */
  public World othersProcess() {
    return process(othersStore);
  }

  /** What another operator does while this one's machine sleeps, wherever that was planned. */
  public void rival(Runnable what) {
    operator.onOvertaken(
        () -> {
          trace.say(() -> "the operator's machine sleeps, and another operator is at work");
          List<Residence> silenced = silenced();
          fanout.meanwhile(() -> faults.without(what));
          silenced.forEach(Residence::beat);
          trace.say(() -> "the first operator's machine wakes");
        });
  }

  void overtaken() {
    operator.overtaken();
  }

  private World process(SimStore store) {
    return new World(
        clock,
        ids,
        fanout,
        new SimHosts(this),
        Sql.NONE,
        store,
        vault,
        new SimPower(this),
        new SimSurroundings(this),
        faults::interrupted);
  }

  /** The process is gone: its locks and connections with it. */
  public void processGone() {
    store.releaseAll();
    operator.reborn();
    clock.ahead(0);
    fanout.reset();
    for (Residence resident : residents) {
      if (dice.oneIn(2)) {
        resident.endOfInput();
      } else {
        resident.silence(time.now());
      }
    }
    residents.clear();
  }

  private boolean atWork() {
    for (SimHost host : nodes.values()) {
      if (host.atWork()) {
        return true;
      }
    }
    return false;
  }

  private void write() {
    clients.writeTo(nodes.values());
    time.after(atWork() ? WRITE : IDLE_WRITE, this::write);
  }

  private void tick() {
    time.after(atWork() ? TICK : IDLE_TICK, this::tick);
    for (SimHost host : nodes.values()) {
      if (!host.frozen()) {
        host.server().tick();
      }
    }
  }

  private void afterEvent() {
    here.proceed(time.now());
    for (SimHost host : gateways.values()) {
      host.proceed(time.now());
    }
    for (SimHost host : nodes.values()) {
      host.proceed(time.now());
    }
    leading.look();
    if (drilled) {
      promised.look();
    }
  }

  /** From now on nobody may begin to take writes of whom it is not written down that it leads. */
  public void leadersMustBeRecorded() {
    drilled = true;
    leading.mustBeRecorded();
  }

  /** A server is about to take writes after a boot, and no operation has it do so. */
  public void returnsAsAWriter(SimHost host) {
    leading.returns(host);
  }

  private List<Residence> silenced() {
    residents.removeIf(Residence::ended);
    List<Residence> silenced = List.copyOf(residents);
    silenced.forEach(r -> r.silence(time.now()));
    return silenced;
  }

  private void silenceResidents() {
    List<Residence> silenced = silenced();
    // On waking, the beats come again; a resident whose lease has ended is gone by then.
    time.after(SLEEP - 1, () -> silenced.forEach(Residence::beat));
  }

  /** The clocks of all hosts, and the operator's, jump by up to two hours. */
  void clocksJump() {
    jumped = true;
    clock.jumps(jump());
    nodes.values().forEach(host -> host.clockJumps(jump()));
  }

  private long jump() {
    return dice.between(-7_200, 7_200) * SimTime.SECOND;
  }

  /** Whether clocks have jumped: what was to last for so long may end at any time. */
  public boolean clocksJumped() {
    return jumped;
  }

  /** Lets time pass that only one piece of parallel work waits for. */
  void waitAlone(long nanos) {
    if (nanos <= 0) {
      return;
    }
    if (fanout.shared()) {
      clock.ahead(clock.ahead() + nanos);
    } else {
      time.pass(nanos);
    }
  }

  SimHost at(Place place) {
    if (place instanceof Place.Via via) {
      return host(via.node());
    }
    if (place instanceof Place.Gateway gateway) {
      return gateway(gateway.host());
    }
    return place instanceof Place.Host host ? host(host.node()) : here;
  }

  /** A host that serves clients. */
  public SimHost gateway(String name) {
    return gateways.computeIfAbsent(name, n -> new SimHost(new NodeName(n)));
  }

  Twin twin(Script script) {
    return twins
        .apply(script)
        .orElseThrow(() -> new IllegalStateException("no simulated twin of " + script));
  }

  void reside(Residence resident) {
    residents.add(resident);
  }

  boolean keepsLeases() {
    return keepsLeases;
  }

  /** Breaks the world on purpose: residents stay for ever. */
  public void breakLeases() {
    keepsLeases = false;
  }

  boolean asksDevicesTwice() {
    return asksDevicesTwice;
  }

  /** Breaks the world on purpose: what a device said it would do is taken for done. */
  public void breakSecondCalls() {
    asksDevicesTwice = false;
  }

  /** Breaks the world on purpose: what is about to be done is not written down before it. */
  public void breakJournals() {
    store.forget("intent");
    othersStore.forget("intent");
  }

  /** The host of a node. */
  public SimHost host(NodeName name) {
    return Optional.ofNullable(nodes.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no host " + name));
  }

  /** The nodes' hosts. */
  public Collection<SimHost> hosts() {
    return nodes.values();
  }

  public Faults faults() {
    return faults;
  }

  public Clients clients() {
    return clients;
  }

  public Trace trace() {
    return trace;
  }

  public Dice dice() {
    return dice;
  }

  public SimTime time() {
    return time;
  }

  /** What the operator has on its disk, as one text. */
  public String written() {
    return store.everything();
  }

  /** The operator's own host. */
  public SimHost here() {
    return here;
  }

  SimClock clock() {
    return clock;
  }

  SimVault vault() {
    return vault;
  }

  Operator operator() {
    return operator;
  }
}
