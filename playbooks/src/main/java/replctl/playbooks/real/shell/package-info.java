/** What every way to a host looks like: commands with streams, and connections to its own ports. */
package replctl.playbooks.real.shell;
