/** The nodes' servers over their own protocol: reads only. Loaded when it is first used. */
package replctl.playbooks.real.sql;
