package replctl.playbooks.verb;

import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;

/**
 * Another node leads.
 *
 * @param verb as typed
 * @param from who led
 * @param to who is to lead
 * @param why for people: a few words
 */
record LeaderChange(String verb, NodeName from, NodeName to, String why) {
  /** What a program of the operator's own is told of it, by name. */
  SortedMap<String, String> values(Site site, String event) {
    SortedMap<String, String> values = new TreeMap<>();
    values.put("event", event);
    values.put("verb", verb);
    values.put("cluster", site.cluster().name().value());
    values.put("engine", site.cluster().engine().word());
    values.put("why", why);
    node(values, "oldLeader", site.declared(from));
    node(values, "newLeader", site.declared(to));
    return values;
  }

  private static void node(SortedMap<String, String> values, String name, Node node) {
    values.put(name, node.name().value());
    values.put(name + "Host", node.host());
    values.put(name + "Port", Integer.toString(node.database().port()));
  }
}
