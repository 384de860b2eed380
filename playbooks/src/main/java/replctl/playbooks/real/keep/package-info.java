/** What lasts on the operator's own disk: journals, locks, secrets. */
package replctl.playbooks.real.keep;
