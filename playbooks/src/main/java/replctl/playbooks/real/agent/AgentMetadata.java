package replctl.playbooks.real.agent;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import replctl.inventory.yaml.Nearest;

/**
 * What a fence agent says of itself (FenceAgentAPI, action {@code metadata}).
 *
 * @param options each option, and the older name that it stands for, should there be one
 * @param required options without which it can't work
 */
record AgentMetadata(Map<String, Optional<String>> options, Set<String> required) {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  /** What replctl itself says with each call. */
  private static final String ACTION = "action";

  /** Reads it. */
  static AgentMetadata read(String xml) throws UnusableDevice {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_DOCTYPE, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      NodeList found =
          builder.parse(new InputSource(new StringReader(xml))).getElementsByTagName("parameter");
      Map<String, Optional<String>> options = new LinkedHashMap<>();
      Set<String> required = new LinkedHashSet<>();
      for (int i = 0; i < found.getLength(); i++) {
        Element parameter = (Element) found.item(i);
        String name = parameter.getAttribute("name");
        String older = parameter.getAttribute("obsoletes");
        options.put(name, older.isEmpty() ? Optional.empty() : Optional.of(older));
        boolean needed =
            parameter.getAttribute("required").equals("1")
                && !parameter.getAttribute("deprecated").equals("1");
        if (needed && !name.equals(ACTION)) {
          required.add(name);
        }
      }
      if (options.isEmpty()) {
        throw new UnusableDevice("its metadata names no option");
      }
      return new AgentMetadata(options, required);
    } catch (ParserConfigurationException | SAXException | IOException unreadable) {
      throw new UnusableDevice("its metadata can't be read", unreadable);
    }
  }

  /** What is wrong with a device's options; empty: nothing. */
  Optional<String> objection(String agent, Set<String> given) {
    for (String name : given) {
      if (!options.containsKey(name)) {
        Nearest nearest = new Nearest(name);
        options.keySet().forEach(nearest::offer);
        return Optional.of(
            agent
                + " knows no option \""
                + name
                + "\""
                + nearest.found().map(near -> "; did you mean \"" + near + "\"?").orElse(""));
      }
    }
    for (String name : required) {
      boolean has = given.contains(name) || options.get(name).filter(given::contains).isPresent();
      if (!has) {
        return Optional.of(agent + " needs the option \"" + name + "\"");
      }
    }
    return Optional.empty();
  }
}
