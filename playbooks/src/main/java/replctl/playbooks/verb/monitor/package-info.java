/** What monitoring is told of a cluster: states, with the values and thresholds behind them. */
package replctl.playbooks.verb.monitor;
