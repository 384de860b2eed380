package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds the tree from the parser's events. YAML's own constructor is not used: it guesses types,
 * makes objects of tags, and forgets where things stood.
 *
 * <p>No problem told here repeats text of the file, nor a key's path: a password that begins with a
 * star, an exclamation mark or a brace parses as an alias, a tag or a key.
 */
final class YamlTree {
  /** The deepest legal inventory has 9 levels. */
  static final int MAX_DEPTH = 20;

  static final int MAX_ALIASES = 100;

  /** Nodes that aliases may repeat in all: stops a bomb that doubles at each line. */
  static final int MAX_REPEATED = 10_000;

  private record Anchored(YamlNode node, int size) {}

  private static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Place at;

    TooMuch(Place at, String message) {
      super(message);
      this.at = at;
    }
  }

  private final StreamReader reader;
  private final ParserImpl parser;
  private final Problems problems;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int aliases;
  private int repeated;
  private int nodes;

  private YamlTree(String text, Problems problems) {
    this.reader = new StreamReader(text);
    this.parser = new ParserImpl(reader, new LoaderOptions());
    this.problems = problems;
  }

  /** The tree of the only document; empty when the text is not YAML. */
  static Optional<YamlNode> of(String text, Problems problems) {
    YamlTree tree = new YamlTree(text, problems);
    try {
      return tree.document();
    } catch (MarkedYAMLException malformed) {
      Place at =
          malformed.getProblemMark() == null ? tree.now() : Place.of(malformed.getProblemMark());
      problems.error(at, "", YamlComplaint.of(malformed));
    } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException fault) {
      // The latter two are the parser's own slips, on escapes such as \UFFFFFFFF.
      problems.error(tree.now(), "", "not valid YAML here, or just before");
    } catch (TooMuch tooMuch) {
      problems.error(tooMuch.at, "", tooMuch.getMessage());
    }
    return Optional.empty();
  }

  /** Where the parser has come to. */
  private Place now() {
    return new Place(reader.getLine() + 1, reader.getColumn() + 1);
  }

  private Optional<YamlNode> document() throws TooMuch {
    parser.getEvent(); // the stream's start
    if (!(parser.peekEvent() instanceof DocumentStartEvent start)) {
      problems.error(Place.WHOLE_FILE, "", "the file is empty");
      return Optional.empty();
    }
    parser.getEvent();
    if (start.getVersion() != null || (start.getTags() != null && !start.getTags().isEmpty())) {
      problems.error(Place.of(start.getStartMark()), "", "YAML directives (%) are not taken here");
    }
    YamlNode root = node(1);
    parser.getEvent(); // the document's end
    if (parser.peekEvent() instanceof DocumentStartEvent second) {
      problems.error(
          Place.of(second.getStartMark()), "", "a second document: an inventory is one only");
    }
    return Optional.of(root);
  }

  private YamlNode node(int depth) throws TooMuch {
    Event event = parser.getEvent();
    Place at = Place.of(event.getStartMark());
    if (event instanceof AliasEvent alias) {
      return repeated(alias.getAnchor(), at);
    }
    if (depth > MAX_DEPTH) {
      throw new TooMuch(at, "nested deeper than " + MAX_DEPTH + " levels");
    }
    int before = nodes;
    nodes++;
    YamlNode node;
    String tag;
    if (event instanceof ScalarEvent scalar) {
      tag = scalar.getTag();
      node = new YamlNode.Text(at, scalar.getValue(), scalar.isPlain());
    } else if (event instanceof SequenceStartEvent list) {
      tag = list.getTag();
      node = items(at, depth);
    } else if (event instanceof MappingStartEvent map) {
      tag = map.getTag();
      node = entries(at, depth);
    } else {
      throw new TooMuch(at, "not valid YAML");
    }
    if (tag != null) {
      problems.error(
          at, "", "a YAML tag (!): tags are not taken; text that starts with ! needs quotes");
    }
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, new Anchored(node, nodes - before));
    }
    return node;
  }

  private YamlNode repeated(String anchor, Place at) throws TooMuch {
    Anchored anchored = anchors.get(anchor);
    if (anchored == null) {
      problems.error(
          at,
          "",
          "an alias (*) of nothing that stands above; text that starts with * needs quotes");
      return new YamlNode.Text(at, "", true);
    }
    aliases++;
    repeated += anchored.size();
    // What is repeated counts for whatever repeats this in turn.
    nodes += anchored.size();
    if (aliases > MAX_ALIASES || repeated > MAX_REPEATED) {
      throw new TooMuch(
          at,
          "too many aliases: at most "
              + MAX_ALIASES
              + ", repeating at most "
              + MAX_REPEATED
              + " values");
    }
    return anchored.node();
  }

  private YamlNode items(Place at, int depth) throws TooMuch {
    List<YamlNode> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(depth + 1));
    }
    parser.getEvent();
    return new YamlNode.Items(at, List.copyOf(items));
  }

  private YamlNode entries(Place at, int depth) throws TooMuch {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Place keyAt = Place.of(parser.peekEvent().getStartMark());
      if (!parser.checkEvent(Event.ID.Scalar)) {
        problems.error(keyAt, "", "a key must be plain text");
        node(depth + 1);
        node(depth + 1);
        continue;
      }
      ScalarEvent keyEvent = (ScalarEvent) parser.getEvent();
      String key = keyEvent.getValue();
      if (keyEvent.getTag() != null) {
        problems.error(keyAt, "", "a YAML tag (!) on a key: tags are not taken");
      }
      YamlNode value = node(depth + 1);
      Place first = seen.putIfAbsent(key, keyAt);
      if (key.equals("<<")) {
        problems.error(
            keyAt,
            "",
            "a merge key (<<): write the keys out, or put them in the cluster's defaults");
      } else if (first != null) {
        problems.error(keyAt, "", "a key that stands already on line " + first.line());
      } else {
        entries.add(new YamlNode.Entry(keyAt, key, value));
      }
    }
    parser.getEvent();
    return new YamlNode.Entries(at, List.copyOf(entries));
  }
}
