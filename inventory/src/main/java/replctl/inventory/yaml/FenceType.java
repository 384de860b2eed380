package replctl.inventory.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.FenceDevice;
import replctl.inventory.FenceLevel;

/** One device, or a list of levels, each a device or a list of devices that must all succeed. */
record FenceType() implements Type<List<FenceLevel>> {
  private static final Key<String> AGENT =
      Key.optional(
          "agent",
          new TextType<>(new AgentNameForm()),
          "A stock fence agent on the operator host.");
  private static final Key<List<String>> COMMAND =
      Key.optional(
          "command",
          new ProgramType(),
          "A program of the operator's own, called with on, off or status as its last argument.");
  private static final Key<Duration> TIMEOUT =
      Key.optional("timeout", new TextType<>(new DurationForm()), "How long one action may take.")
          .otherwise("the agent's own");
  private static final Section DEVICE =
      new Section("a fence device", List.of(AGENT, COMMAND, TIMEOUT), Optional.of(new AnyOption()));

  @Override
  public Optional<List<FenceLevel>> read(Spot spot) {
    if (!(spot.node() instanceof YamlNode.Items list)) {
      return device(spot).map(device -> List.of(new FenceLevel(List.of(device))));
    }
    List<FenceLevel> levels = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      level(spot.item(i, list.items().get(i))).ifPresent(levels::add);
    }
    if (list.items().isEmpty()) {
      spot.error("expected a fence device, or a list of at least one; leave fence out for none");
    }
    return levels.size() == list.items().size() && !levels.isEmpty()
        ? Optional.of(List.copyOf(levels))
        : Optional.empty();
  }

  @Override
  public Shape shape() {
    Shape device = DEVICE.shape();
    Shape level = new Shape.AnyOf(List.of(device, new Shape.ListOf(device, 1)));
    return new Shape.AnyOf(List.of(device, new Shape.ListOf(level, 1)));
  }

  private static Optional<FenceLevel> level(Spot spot) {
    if (!(spot.node() instanceof YamlNode.Items list)) {
      return device(spot).map(device -> new FenceLevel(List.of(device)));
    }
    List<FenceDevice> devices = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      device(spot.item(i, list.items().get(i))).ifPresent(devices::add);
    }
    if (list.items().isEmpty()) {
      spot.error("expected a level of at least one fence device");
    }
    return devices.size() == list.items().size() && !devices.isEmpty()
        ? Optional.of(new FenceLevel(devices))
        : Optional.empty();
  }

  private static Optional<FenceDevice> device(Spot spot) {
    Optional<Fields> read = DEVICE.read(spot);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = read.get();
    boolean good = fields.get(TIMEOUT).isPresent() || !fields.has(TIMEOUT);
    if (fields.has(AGENT) == fields.has(COMMAND)) {
      spot.error(
          fields.has(AGENT)
              ? "agent and command exclude each other"
              : "a fence device needs an agent or a command",
          fields.has(AGENT) ? Optional.empty() : mistyped(fields));
      good = false;
    }
    return fields.has(COMMAND) ? command(fields, good) : agent(fields, good);
  }

  private static Optional<FenceDevice> command(Fields fields, boolean good) {
    for (Fields.Other other : fields.others()) {
      other.spot().error("unknown key in a fence device with a command");
    }
    return fields
        .get(COMMAND)
        .filter(command -> good && fields.others().isEmpty())
        .map(command -> new FenceDevice.Command(command, fields.get(TIMEOUT)));
  }

  private static Optional<FenceDevice> agent(Fields fields, boolean good) {
    AgentOptions options = new AgentOptions();
    boolean whole = good;
    for (Fields.Other other : fields.others()) {
      whole &= options.read(other.name(), other.spot());
    }
    return whole && fields.has(AGENT)
        ? fields
            .get(AGENT)
            .map(
                agent ->
                    new FenceDevice.Agent(
                        agent, options.options(), options.secrets(), fields.get(TIMEOUT)))
        : Optional.empty();
  }

  /** Since the agent's own options are open, a mistyped "agent" shows only by its absence. */
  private static Optional<String> mistyped(Fields fields) {
    for (Fields.Other other : fields.others()) {
      Nearest nearest = new Nearest(other.name());
      nearest.offer(AGENT.name());
      nearest.offer(COMMAND.name());
      if (nearest.found().isPresent()) {
        return nearest.found();
      }
    }
    return Optional.empty();
  }

  /** Stands for the agent's options in the schema; {@link AgentOptions} reads them. */
  private record AnyOption() implements Type<String> {
    @Override
    public Optional<String> read(Spot spot) {
      throw new IllegalStateException("options are read by their device");
    }

    @Override
    public Shape shape() {
      return new SecretType(SecretType.Bare.SECRET).shape();
    }
  }
}
