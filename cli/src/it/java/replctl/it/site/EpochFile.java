package replctl.it.site;

/** Writes a node's epoch file as an operation would have left it. */
public final class EpochFile {
  private EpochFile() {}

  /**
   * Writes it.
   *
   * @param promise epoch, operation, open or closed
   * @param epoch of the record
   * @param leader of the record
   */
  public static void write(LabSite lab, String node, String promise, int epoch, String leader) {
    String record =
        "{\"epoch\":"
            + epoch
            + ",\"operation\":\"op-trial\",\"leader\":\""
            + leader
            + "\",\"voters\":[\"pg1\",\"pg2\",\"pg3\"],\"votersVersion\":1}";
    lab.shell(
        node,
        "cd "
            + state(node)
            + " && { printf '%s\\n' 'replctl-epoch 1' 'cluster shop' 'node "
            + node
            + "' \"machine $(cat /etc/machine-id)\" 'votes yes' 'promise "
            + promise
            + "' 'holder test@here 1, trial' 'record "
            + epoch
            + " "
            + leader
            + " "
            + record
            + "' > epoch.new; echo \"sum $(sha256sum < epoch.new | cut -d' ' -f1)\" >> epoch.new;"
            + " chown postgres: epoch.new; mv epoch.new epoch; sync; }");
  }

  /** The node's state folder. */
  public static String state(String node) {
    return "/var/lib/postgresql/.replctl/shop/" + node;
  }
}
